//! HTTP/1.1 as far as a fake needs it, on a bare socket: faults such as half an answer, or none although the thing was
//! done, need one's hands on the connection. No TLS, no pipelining, no compression.

use std::io;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// More than any client of this API sends.
const LARGEST_HEAD: usize = 64 * 1024;
const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// Without the query, percent-decoding not yet done.
    pub(crate) path: String,
    pub(crate) query: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.iter();
        all.find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn keeps_alive(&self) -> bool {
        self.header("connection")
            .is_none_or(|value| !value.eq_ignore_ascii_case("close"))
    }
}

/// An answer before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl Response {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        let headers = vec![("content-type", "application/json; charset=utf-8".to_owned())];
        let body = body.to_string().into_bytes();
        Self { status, headers, body }
    }

    pub(crate) fn text(status: u16, content_type: &str, body: &str) -> Self {
        let headers = vec![("content-type", content_type.to_owned())];
        let body = body.as_bytes().to_vec();
        Self { status, headers, body }
    }

    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// The octets of it. A 204 has no body and says nothing of a length.
    fn octets(&self, keep_alive: bool) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if self.status != 204 {
            head += &format!("content-length: {}\r\n", self.body.len());
        }
        if !keep_alive {
            head += "connection: close\r\n";
        }
        let mut octets = (head + "\r\n").into_bytes();
        octets.extend(&self.body);
        octets
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        404 => "Not Found",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Said",
    }
}

/// What becomes of a connection after a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    Answer(Response),
    /// The connection ends without a word.
    Cut,
    /// The connection ends in the middle of the body.
    CutInside(Response),
    /// The connection stays and nothing is ever said.
    Silence,
}

/// A connection of a client.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    pub(crate) fn new(stream: TcpStream) -> Self {
        // An answer is one write; it shall not wait for the acknowledgement of the one before.
        let _ = stream.set_nodelay(true);
        Self(BufReader::new(stream))
    }

    /// The next request; `None` when the client has gone.
    pub(crate) async fn read(&mut self) -> io::Result<Option<Request>> {
        let Some(first) = self.line().await? else {
            return Ok(None);
        };
        let mut words = first.split(' ');
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Err(malformed("no request line"));
        };
        // A proxy may ask with the whole address.
        let target = match target.strip_prefix("http://") {
            Some(rest) => rest.find('/').map_or("/", |at| &rest[at..]),
            None => target,
        };
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut request = Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            ..Request::default()
        };
        let mut size = first.len();
        loop {
            let line = self.line().await?.ok_or_else(|| malformed("the head ends early"))?;
            if line.is_empty() {
                break;
            }
            size += line.len();
            if size > LARGEST_HEAD {
                return Err(malformed("the head is too long"));
            }
            let (name, value) = line.split_once(':').ok_or_else(|| malformed("no header"))?;
            request
                .headers
                .push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        request.body = self.body(&request).await?;
        Ok(Some(request))
    }

    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let mut limited = (&mut self.0).take(LARGEST_HEAD as u64);
        if limited.read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8(line).map_err(|_| malformed("a line is no text"))?;
        Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
    }

    async fn body(&mut self, request: &Request) -> io::Result<Vec<u8>> {
        let chunked = request
            .header("transfer-encoding")
            .is_some_and(|value| value.contains("chunked"));
        let mut body = Vec::new();
        if !chunked {
            let length = request.header("content-length").unwrap_or("0");
            let length: usize = length.parse().map_err(|_| malformed("the length is no number"))?;
            self.append(&mut body, length).await?;
            return Ok(body);
        }
        loop {
            let line = self.line().await?.unwrap_or_default();
            let size = line.split(';').next().unwrap_or_default().trim();
            let size = usize::from_str_radix(size, 16).map_err(|_| malformed("a chunk has no size"))?;
            self.append(&mut body, size).await?;
            self.line().await?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    async fn append(&mut self, body: &mut Vec<u8>, more: usize) -> io::Result<()> {
        let start = body.len();
        if more > LARGEST_BODY || start + more > LARGEST_BODY {
            return Err(malformed("the body is too long"));
        }
        body.resize(start + more, 0);
        self.0.read_exact(&mut body[start..]).await?;
        Ok(())
    }

    /// Ends the exchange as it shall end, and says whether another may follow.
    pub(crate) async fn write(&mut self, request: &Request, ending: Ending) -> io::Result<bool> {
        let stream = self.0.get_mut();
        match ending {
            Ending::Answer(response) => {
                let keep_alive = request.keeps_alive();
                stream.write_all(&response.octets(keep_alive)).await?;
                Ok(keep_alive)
            }
            Ending::Cut => Ok(false),
            Ending::CutInside(response) => {
                let octets = response.octets(false);
                let half = octets.len() - response.body.len().div_ceil(2);
                stream.write_all(&octets[..half]).await?;
                Ok(false)
            }
            Ending::Silence => std::future::pending().await,
        }
    }
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Undoes percent-encoding of a piece of a path.
pub(crate) fn decode(text: &str) -> String {
    let octets = text.as_bytes();
    let (mut plain, mut at) = (Vec::with_capacity(octets.len()), 0);
    while at < octets.len() {
        let hex = text.get(at + 1..at + 3);
        match (octets[at], hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(octet)) => {
                plain.push(octet);
                at += 2;
            }
            (octet, _) => plain.push(octet),
        }
        at += 1;
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// A connection, and the client's end of it.
    async fn connected() -> (Connection, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("it has one");
        let client = TcpStream::connect(address).await.expect("it listens");
        let (server, _) = listener.accept().await.expect("somebody came");
        (Connection::new(server), client)
    }

    #[tokio::test]
    async fn bodies_come_with_a_length_or_in_chunks() {
        let (mut server, mut client) = connected().await;
        let sent = "POST /v1/tags?a=b HTTP/1.1\r\nContent-Length: 3\r\nX-Request-Id: 5\r\n\r\nabc\
            PUT http://api.example/v1/tags/1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n1;x\r\nf\r\n0\r\n\r\n";
        client.write_all(sent.as_bytes()).await.expect("it is read");
        drop(client);
        let first = server.read().await.expect("well-formed").expect("a request");
        assert_eq!((first.path.as_str(), first.query.as_str()), ("/v1/tags", "a=b"));
        assert_eq!(
            (first.header("x-request-id"), first.body.as_slice()),
            (Some("5"), &b"abc"[..])
        );
        let second = server.read().await.expect("well-formed").expect("a request");
        assert_eq!(
            (second.path.as_str(), second.body.as_slice()),
            ("/v1/tags/1", &b"def"[..])
        );
        assert!(server.read().await.expect("an end").is_none());
    }

    #[tokio::test]
    async fn half_an_answer_promises_the_whole() {
        let (mut server, mut client) = connected().await;
        let response = Response::text(200, "text/plain", "abcdef");
        let goes_on = server.write(&Request::default(), Ending::CutInside(response)).await;
        assert!(!goes_on.expect("it is written"));
        drop(server);
        let mut said = String::new();
        client.read_to_string(&mut said).await.expect("it ends");
        assert!(
            said.contains("content-length: 6\r\n") && said.ends_with("\r\n\r\nabc"),
            "{said}"
        );
    }

    #[tokio::test]
    async fn what_is_no_http_ends_the_connection() {
        for sent in [
            "\r\n\r\n",
            "GET / HTTP/1.1\r\nnonsense\r\n\r\n",
            "GET / HTTP/1.1\r\ncontent-length: x\r\n\r\n",
        ] {
            let (mut server, mut client) = connected().await;
            client.write_all(sent.as_bytes()).await.expect("it is read");
            assert!(server.read().await.is_err(), "{sent}");
        }
    }
}
