//! A peer for the tests: as little of a client as will do, with a codec of its own.

use std::time::Duration;

use fakes::clock::{Clock, ManualClock};
use fakes::router::{Behaviour, InterfaceSpec, PingTarget, Router, RouterSpec};
use fakes::traffic::{Both, Latency, Shape, Traffic};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sunday, 1 March 2026, 00:00 UTC.
pub(crate) const MARCH: i64 = 1_772_323_200_000;

/// Fails a test that would otherwise hang; no test waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

pub(crate) struct Peer {
    wire: Box<dyn Wire>,
}

/// One sentence: its words as text, unknown bytes replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence(pub(crate) Vec<String>);

impl Sentence {
    pub(crate) fn kind(&self) -> &str {
        &self.0[0]
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let prefix = format!("={name}=");
        self.0.iter().find_map(|word| word.strip_prefix(&prefix))
    }

    pub(crate) fn number(&self, name: &str) -> u64 {
        self.get(name).expect(name).parse().expect("a number")
    }

    pub(crate) fn tag(&self) -> Option<&str> {
        self.0.iter().find_map(|word| word.strip_prefix(".tag="))
    }
}

impl Peer {
    pub(crate) async fn connect(router: &Router) -> Self {
        let stream = TcpStream::connect(router.address()).await.expect("open port");
        Self::on(stream)
    }

    pub(crate) fn on(wire: impl Wire + 'static) -> Self {
        Self { wire: Box::new(wire) }
    }

    pub(crate) async fn signed_in(router: &Router) -> Self {
        let mut peer = Self::connect(router).await;
        peer.sign_in().await;
        peer
    }

    pub(crate) async fn sign_in(&mut self) {
        let words = ["/login", "=name=mainstay", "=password=secret"];
        assert_eq!(self.ask(&words).await.last().expect("answer").kind(), "!done");
    }

    pub(crate) async fn send(&mut self, words: &[&str]) {
        let mut bytes = Vec::new();
        for word in words {
            let length = u16::try_from(word.len()).expect("short words");
            bytes.extend((length | 0x8000).to_be_bytes());
            bytes.extend(word.as_bytes());
        }
        bytes.push(0);
        self.wire.write_all(&bytes).await.expect("written");
        self.wire.flush().await.expect("flushed");
    }

    /// The next sentence, or `None` at the end of the connection, wherever it comes.
    pub(crate) async fn next(&mut self) -> Option<Sentence> {
        let read = async {
            let mut words = Vec::new();
            loop {
                let first = self.wire.read_u8().await.ok()?;
                let length = match first {
                    0..0x80 => usize::from(first),
                    0x80..0xc0 => usize::from(first & 0x3f) << 8 | usize::from(self.wire.read_u8().await.ok()?),
                    _ => panic!("no router should say so much: {first:#x}"),
                };
                if length == 0 {
                    return Some(Sentence(words));
                }
                let mut word = vec![0; length];
                self.wire.read_exact(&mut word).await.ok()?;
                words.push(String::from_utf8_lossy(&word).into_owned());
            }
        };
        tokio::time::timeout(PATIENCE, read).await.expect("an answer")
    }

    /// Bytes as they come, until the end or until so many were read.
    pub(crate) async fn raw(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = vec![0; count];
        let read = self.wire.read_exact(&mut bytes);
        let read = tokio::time::timeout(PATIENCE, read).await.expect("bytes");
        read.expect("bytes");
        bytes
    }

    /// Everything up to `!done`, `!fatal` or the end of the connection.
    pub(crate) async fn answer(&mut self) -> Vec<Sentence> {
        let mut answer = Vec::new();
        while let Some(sentence) = self.next().await {
            let last = matches!(sentence.kind(), "!done" | "!fatal");
            answer.push(sentence);
            if last {
                break;
            }
        }
        answer
    }

    pub(crate) async fn ask(&mut self, words: &[&str]) -> Vec<Sentence> {
        self.send(words).await;
        self.answer().await
    }

    pub(crate) async fn interfaces(&mut self) -> Vec<Sentence> {
        let mut answer = self.ask(&["/interface/print"]).await;
        assert_eq!(answer.pop().expect("an end").kind(), "!done");
        answer
    }

    /// The router answers nothing, neither now nor soon.
    pub(crate) async fn hears_nothing(&mut self) {
        let soon = Duration::from_millis(100);
        let heard = tokio::time::timeout(soon, self.wire.read_u8()).await;
        assert!(heard.is_err(), "heard {heard:?}");
    }

    /// The connection ends without another octet.
    pub(crate) async fn ends(&mut self) {
        let read = tokio::time::timeout(PATIENCE, self.wire.read_u8()).await;
        assert!(read.expect("an end").is_err());
    }
}

pub(crate) fn traffic() -> Traffic {
    Traffic {
        seed: 11,
        shape: Shape::DataCentre,
        ceiling_bps: Both {
            rx: 100_000_000,
            tx: 200_000_000,
        },
        utc_offset_minutes: 0,
        growth: None,
    }
}

/// Three ports, the first with traffic and a host `10.0.0.1` behind it.
pub(crate) fn spec() -> RouterSpec {
    RouterSpec {
        uptime_ms: 3_600_000,
        interfaces: vec![
            InterfaceSpec::ether(1).carrying(traffic()),
            InterfaceSpec::ether(2),
            InterfaceSpec::ether(3),
        ],
        targets: vec![PingTarget {
            address: "10.0.0.1".to_owned(),
            behaviour: Behaviour::Answers(Latency::constant(1_445)),
            via: Some("ether1".to_owned()),
            netwatch: true,
        }],
        ..RouterSpec::new("edge")
    }
}

/// A router with a clock that only the test moves.
pub(crate) async fn start(spec: RouterSpec) -> (Router, ManualClock) {
    let (clock, hands) = Clock::manual(MARCH);
    (Router::start(spec, clock).await.expect("a free port"), hands)
}
