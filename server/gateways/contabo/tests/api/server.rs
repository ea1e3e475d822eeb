//! A server that answers as a test says: with a status and a body, with half a body, with nothing, or by
//! cutting the connection. It knows HTTP/1.1 as far as one client needs, and nothing of Contabo but the
//! answer of its token endpoint.

use contabo::{Account, Client, Options, Url};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A request that came.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
    /// How many requests to the same path came before.
    pub(crate) before: usize,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The page that is asked for.
    pub(crate) fn page(&self) -> usize {
        self.parameter("page").parse().unwrap()
    }

    pub(crate) fn parameter(&self, name: &str) -> String {
        let url = Url::parse(&format!("http://localhost/?{}", self.query)).unwrap();
        let found = url.query_pairs().find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    }
}

/// What is done about it.
pub(crate) enum Reply {
    Answer {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// The connection is closed without an answer.
    Cut,
    /// The connection is closed in the middle of the answer.
    CutInBody,
    /// Nothing is answered for as long as the client waits.
    Silence,
}

pub(crate) fn status(status: u16, body: &Value) -> Reply {
    text(status, &body.to_string())
}

pub(crate) fn ok(body: &Value) -> Reply {
    status(200, body)
}

pub(crate) fn text(status: u16, body: &str) -> Reply {
    Reply::Answer {
        status,
        headers: vec![("content-type", "application/json".to_owned())],
        body: body.to_owned(),
    }
}

/// A page of instances with these ids.
pub(crate) fn instances(ids: &[i64], page: usize, pages: usize, total: usize) -> Reply {
    ok(&json!({
        "data": ids.iter().map(|id| json!({"instanceId": id})).collect::<Vec<_>>(),
        "_pagination": {"size": 100, "totalElements": total, "totalPages": pages, "page": page},
        "_links": {"previous": "", "next": "", "self": "v1/compute/instances"},
    }))
}

/// The answer of the token endpoint.
pub(crate) fn token(token: &str, expires_in: i64) -> Reply {
    ok(&json!({
        "access_token": token, "expires_in": expires_in,
        "refresh_token": format!("refresh-of-{token}"), "refresh_expires_in": 1800,
        "token_type": "Bearer", "not-before-policy": 0, "scope": "profile email",
    }))
}

type Script = dyn Fn(&Seen) -> Option<Reply> + Send + Sync;

pub(crate) struct Server {
    port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
    count: watch::Receiver<usize>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// What the script does not answer is a token where one is asked for (`token-1` and so on), and an
    /// empty list otherwise.
    pub(crate) async fn start(script: impl Fn(&Seen) -> Option<Reply> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (counted, count) = watch::channel(0);
        let script: Arc<Script> = Arc::new(script);
        let task = tokio::spawn({
            let seen = seen.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(serve(stream, script.clone(), seen.clone(), counted.clone()));
                }
            }
        });
        Self {
            port,
            seen,
            count,
            task,
        }
    }

    /// All that came, in order.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// What came to the API.
    pub(crate) fn asked(&self) -> Vec<Seen> {
        self.seen().into_iter().filter(|seen| seen.path != "/token").collect()
    }

    /// The bodies that came to the token endpoint.
    pub(crate) fn signed_in(&self) -> Vec<String> {
        let tokens = self.seen().into_iter().filter(|seen| seen.path == "/token");
        tokens.map(|seen| seen.body).collect()
    }

    /// Waits until so many requests have come, those to the token endpoint included.
    pub(crate) async fn came(&self, number: usize) {
        self.count.clone().wait_for(|count| *count >= number).await.unwrap();
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}{path}", self.port)).unwrap()
    }

    /// Options that lead here and wait shortly.
    pub(crate) fn options(&self) -> Options {
        let mut options = Options {
            api: self.url("/"),
            sign_in: self.url("/token"),
            ..Options::default()
        };
        options.retry.first_wait = Duration::from_millis(2);
        options.rate.per_second = 10_000.0;
        options.rate.burst = 1_000;
        options
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(account(), self.options()).unwrap()
    }

    /// Nobody listens here any more.
    pub(crate) async fn stop(&mut self) {
        self.task.abort();
        let _ = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub(crate) fn account() -> Account {
    Account {
        client_id: "INT-54321".to_owned(),
        client_secret: "client-s3cret".into(),
        user: "api+test@example.org".to_owned(),
        password: "p&ss=w+rd%41 ü€".into(),
    }
}

async fn serve(stream: TcpStream, script: Arc<Script>, log: Arc<Mutex<Vec<Seen>>>, count: watch::Sender<usize>) {
    let mut stream = BufReader::new(stream);
    while let Some(mut seen) = read(&mut stream).await {
        {
            let mut log = log.lock().unwrap();
            seen.before = log.iter().filter(|other| other.path == seen.path).count();
            log.push(seen.clone());
        }
        let signed_in = seen.before + 1;
        let reply = script(&seen).unwrap_or_else(|| match seen.path.as_str() {
            "/token" => token(&format!("token-{signed_in}"), 300),
            _ => instances(&[], 1, 1, 0),
        });
        count.send_modify(|count| *count += 1);
        match reply {
            Reply::Answer { status, headers, body } => {
                let mut answer = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    answer.push_str(&format!("{name}: {value}\r\n"));
                }
                answer.push_str("\r\n");
                if status != 204 {
                    answer.push_str(&body);
                }
                if stream.write_all(answer.as_bytes()).await.is_err() {
                    return;
                }
            }
            Reply::CutInBody => {
                let _ = stream
                    .write_all(b"HTTP/1.1 201 x\r\ncontent-length: 100\r\n\r\n{\"data\":[{")
                    .await;
                return;
            }
            Reply::Cut => return,
            Reply::Silence => {
                // Until the client hangs up.
                let mut rest = Vec::new();
                let _ = stream.read_to_end(&mut rest).await;
                return;
            }
        }
    }
}

/// One request, or nothing where the connection ended.
async fn read(stream: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut line = String::new();
    if stream.read_line(&mut line).await.ok()? == 0 {
        return None;
    }
    let mut parts = line.split_whitespace();
    let (method, target) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers
        .get("content-length")
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    Some(Seen {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body: String::from_utf8(body).unwrap(),
        before: 0,
    })
}

/// Tokio's clock, stopped, and moved by hand alone: Tokio would move a stopped clock by itself while it
/// waits for the network, and every time-out would come at once.
pub(crate) struct StoppedClock {
    _holds: std::sync::mpsc::Sender<()>,
}

impl StoppedClock {
    pub(crate) fn stop() -> Self {
        tokio::time::pause();
        let (holds, held) = std::sync::mpsc::channel::<()>();
        // Tokio's clock does not move by itself while a blocking task runs.
        tokio::task::spawn_blocking(move || held.recv());
        Self { _holds: holds }
    }

    pub(crate) async fn advance(&self, seconds: u64) {
        tokio::time::advance(Duration::from_secs(seconds)).await;
    }
}
