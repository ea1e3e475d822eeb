//! A router that does what a test tells it, sentence by sentence, with a codec of its own.

use routeros::{Client, Credentials, Error, Options, Target, Tls};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub(crate) struct Peer<S = TcpStream>(pub(crate) S);

/// What arrived: the words, and the tag word among them.
pub(crate) struct Asked {
    pub(crate) words: Vec<String>,
    pub(crate) tag: String,
}

impl Asked {
    pub(crate) fn path(&self) -> &str {
        &self.words[0]
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.iter().any(|found| found == word)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Peer<S> {
    /// The next sentence; `None` when the client has gone.
    pub(crate) async fn next(&mut self) -> Option<Asked> {
        let mut words = Vec::new();
        loop {
            let mut length = usize::from(self.0.read_u8().await.ok()?);
            if length >= 0xE0 {
                panic!("longer words are read by no test");
            } else if length >= 0xC0 {
                length = (length & 0x1F) << 16 | usize::from(self.0.read_u16().await.ok()?);
            } else if length >= 0x80 {
                length = (length & 0x3F) << 8 | usize::from(self.0.read_u8().await.ok()?);
            }
            if length == 0 {
                break;
            }
            let mut word = vec![0; length];
            self.0.read_exact(&mut word).await.ok()?;
            words.push(String::from_utf8_lossy(&word).into_owned());
        }
        let tag = words.iter().find(|word| word.starts_with(".tag="));
        let tag = tag.cloned().unwrap_or_default();
        Some(Asked { words, tag })
    }

    pub(crate) async fn asked(&mut self) -> Asked {
        self.next().await.expect("the client to ask something")
    }

    /// Expects a command and gives its tag.
    pub(crate) async fn expect(&mut self, path: &str) -> String {
        let asked = self.asked().await;
        assert_eq!(asked.path(), path);
        asked.tag
    }

    pub(crate) async fn say<W: AsRef<[u8]>>(&mut self, words: &[W]) {
        self.raw(&sentence(words)).await;
    }

    /// A reply with the tag as its last word, as routers send it.
    pub(crate) async fn reply(&mut self, tag: &str, words: &[&str]) {
        self.say(&[words, &[tag]].concat()).await;
    }

    pub(crate) async fn raw(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.expect("the client to read");
        self.0.flush().await.expect("the client to read");
    }

    pub(crate) async fn accept_login(&mut self) {
        let asked = self.asked().await;
        assert_eq!(asked.words, ["/login", "=name=alice", "=password=secret"]);
        self.say(&["!done"]).await;
    }

    /// Answers whatever still comes with nothing, until the client goes.
    pub(crate) async fn ignore_the_rest(&mut self) {
        while self.next().await.is_some() {}
    }
}

pub(crate) fn sentence<W: AsRef<[u8]>>(words: &[W]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for word in words.iter().map(AsRef::as_ref) {
        match word.len() {
            size @ 0..=0x7F => bytes.push(size as u8),
            size @ 0x80..=0x3FFF => bytes.extend((size as u16 | 0x8000).to_be_bytes()),
            size => bytes.extend((size as u32 | 0xE000_0000).to_be_bytes()),
        }
        bytes.extend(word);
    }
    bytes.push(0);
    bytes
}

/// A router that takes one connection and follows the script. Awaiting the handle gives the script's
/// result and its panics.
pub(crate) async fn router<F, T>(script: impl FnOnce(Peer) -> F + Send + 'static) -> (u16, JoinHandle<T>)
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let served = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a connection");
        let _ = stream.set_nodelay(true);
        script(Peer(stream)).await
    });
    (port, served)
}

/// A router at which the client is signed in, and the client.
pub(crate) async fn signed_in<F, T>(
    options: Options,
    script: impl FnOnce(Peer) -> F + Send + 'static,
) -> (Client, JoinHandle<T>)
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let (port, served) = router(async move |mut peer: Peer| {
        peer.accept_login().await;
        peer
    })
    .await;
    let client = connect(port, &options).await.expect("a signed-in client");
    let peer = served.await.expect("the login");
    (client, tokio::spawn(script(peer)))
}

pub(crate) fn target(host: &str, port: u16) -> Target {
    Target {
        host: host.to_owned(),
        port,
        guard: Arc::new(|_| Ok(())),
    }
}

pub(crate) fn alice() -> Credentials {
    Credentials::new("alice", "secret")
}

pub(crate) async fn connect(port: u16, options: &Options) -> Result<Client, Error> {
    Client::connect(&target("127.0.0.1", port), &Tls::Off, &alice(), options).await
}

/// Options that give up soon, for tests of giving up.
pub(crate) fn impatient() -> Options {
    let soon = Duration::from_millis(200);
    let mut options = Options::default();
    options.timeouts.tls = soon;
    options.timeouts.login = soon;
    options.timeouts.idle = soon;
    options.timeouts.write = soon;
    options.timeouts.cancel = soon;
    options
}
