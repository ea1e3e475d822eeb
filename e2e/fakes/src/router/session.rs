//! One connection: login, and many commands at once on it.

use std::io;
use std::sync::Arc;

use md5::{Digest, Md5};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinSet};

use super::codec::Decoder;
use super::commands::{self, Outcome, Outlet, Stream};
use super::reply::{Emission, Emitter, End, Reply, Then, Trap, fatal};
use super::request::Request;
use super::server::Shared;
use super::spec::Version;
use crate::noise;

/// Room to read into; sentences of clients are short.
const READ_AHEAD: usize = 1_024;

/// A command that goes on beside others.
struct Running {
    run: u64,
    tag: Option<Vec<u8>>,
    command: String,
    task: AbortHandle,
}

/// Whether the connection goes on.
#[derive(PartialEq, Eq)]
enum Connection {
    Open,
    Closed,
}

pub(crate) struct Session<S> {
    shared: Arc<Shared>,
    stream: S,
    decoder: Decoder,
    logged_in: bool,
    challenge: Option<[u8; 16]>,
    /// The router has stopped answering on this connection.
    silent: bool,
    tasks: JoinSet<()>,
    running: Vec<Running>,
    next_run: u64,
    sender: mpsc::Sender<(u64, Emission)>,
    pieces: mpsc::Receiver<(u64, Emission)>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    pub(crate) fn new(shared: Arc<Shared>, stream: S) -> Self {
        let (sender, pieces) = mpsc::channel(8);
        Self {
            shared,
            stream,
            decoder: Decoder::default(),
            logged_in: false,
            challenge: None,
            silent: false,
            tasks: JoinSet::new(),
            running: Vec::new(),
            next_run: 0,
            sender,
            pieces,
        }
    }

    /// Serves until either side closes.
    pub(crate) async fn serve(mut self) -> io::Result<()> {
        loop {
            if self.silent {
                self.decoder.buffer.clear();
            }
            match self.decoder.next() {
                Ok(Some(words)) => {
                    if self.handle(Request::parse(words)).await? == Connection::Closed {
                        return Ok(());
                    }
                    continue;
                }
                Ok(None) => {}
                Err(refused) => {
                    self.write(&fatal(&refused.to_string())).await?;
                    return self.stream.shutdown().await;
                }
            }
            self.decoder.buffer.reserve(READ_AHEAD);
            tokio::select! {
                read = self.stream.read_buf(&mut self.decoder.buffer) => {
                    if read? == 0 {
                        return Ok(());
                    }
                }
                Some((run, piece)) = self.pieces.recv() => {
                    if self.pass_on(run, piece).await? == Connection::Closed {
                        return Ok(());
                    }
                }
                Some(_) = self.tasks.join_next() => {}
            }
        }
    }

    async fn handle(&mut self, request: Request) -> io::Result<Connection> {
        let (version, rule) = {
            let mut device = self.shared.device();
            let rule = device.switches.rule_for(&request.command);
            (device.spec.version, rule)
        };
        let broken = rule.is_some();
        let mut emitter = Emitter::new(request.tag.clone(), !version.is_v7(), rule);
        let outcome = match request.command.as_str() {
            "/login" => {
                let reply = self.login(&request, version);
                let accepted = reply.end == End::Done;
                self.logged_in |= accepted && !broken;
                Ok(Outcome::Reply(reply))
            }
            "/quit" => {
                self.write(&fatal("session terminated on request")).await?;
                self.stream.shutdown().await?;
                return Ok(Connection::Closed);
            }
            _ if !self.logged_in => {
                self.write(&fatal("not logged in")).await?;
                self.stream.shutdown().await?;
                return Ok(Connection::Closed);
            }
            "/cancel" => {
                let answer = self.cancel(&request, &emitter, version);
                self.write(&answer).await?;
                self.served("/cancel");
                return Ok(Connection::Open);
            }
            _ => commands::start(&self.shared, &request),
        };
        let reply = match outcome {
            Ok(Outcome::Reply(reply)) => reply,
            Ok(Outcome::Stream(stream)) => {
                self.begin(stream, request, emitter);
                return Ok(Connection::Open);
            }
            Err(trap) => Reply::end(End::Trap(trap)),
        };
        let piece = emitter.reply(&reply);
        self.emit(piece, &request.command).await
    }

    /// Starts a command that goes on beside others.
    fn begin(&mut self, stream: Stream, request: Request, emitter: Emitter) {
        let run = self.next_run;
        self.next_run += 1;
        let outlet = Outlet {
            emitter,
            run,
            sender: self.sender.clone(),
        };
        let shared = Arc::clone(&self.shared);
        let task = self.tasks.spawn(commands::run(stream, shared, outlet));
        self.running.push(Running {
            run,
            tag: request.tag,
            command: request.command,
            task,
        });
    }

    /// Writes a piece of a running command; what a cancelled one left behind is dropped.
    async fn pass_on(&mut self, run: u64, piece: Emission) -> io::Result<Connection> {
        let Some(place) = self.running.iter().position(|one| one.run == run) else {
            return Ok(Connection::Open);
        };
        let command = match piece.then {
            Then::More => String::new(),
            _ => self.running.remove(place).command,
        };
        self.emit(piece, &command).await
    }

    async fn emit(&mut self, piece: Emission, command: &str) -> io::Result<Connection> {
        if self.silent {
            return Ok(Connection::Open);
        }
        self.write(&piece.bytes).await?;
        match piece.then {
            Then::More => {}
            Then::Finished => self.served(command),
            // Without a TLS farewell: this is a router that died, not one that said good-bye.
            Then::Close => return Ok(Connection::Closed),
            Then::Silence => {
                self.silent = true;
                self.tasks.abort_all();
            }
        }
        Ok(Connection::Open)
    }

    async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let drip = self.shared.device().switches.drip;
        let Some(pause) = drip else {
            self.stream.write_all(bytes).await?;
            return self.stream.flush().await;
        };
        for octet in bytes {
            self.stream.write_all(&[*octet]).await?;
            self.stream.flush().await?;
            tokio::time::sleep(pause).await;
        }
        Ok(())
    }

    /// Counts a command, after its answer is written.
    fn served(&self, command: &str) {
        let mut device = self.shared.device();
        match device.served.get_mut(command) {
            Some(count) => *count += 1,
            None => {
                device.served.insert(command.to_owned(), 1);
            }
        }
        drop(device);
        self.shared.count(|activity| {
            activity.commands += 1;
            if matches!(command, "/interface/print" | "/interface/getall") {
                activity.interface_prints += 1;
            }
        });
    }

    fn login(&mut self, request: &Request, version: Version) -> Reply {
        let device = self.shared.device();
        let (user, password) = (&device.spec.user, &device.spec.password);
        let named = request.bytes("name") == Some(user.as_bytes());
        let old = version == Version::V6_40;
        let right = match request.text("response").filter(|_| old) {
            Some(response) => {
                // A challenge is good for one answer.
                let challenge = self.challenge.take();
                challenge.is_some_and(|one| response == expected_response(password, &one))
            }
            // Before 6.43 a password in the first sentence is not even looked at.
            None if old => {
                let connection = self.shared.activity.borrow().connections;
                let [a, b] = [0, 1].map(|half| noise::hash(device.spec.seed, connection * 2 + half).to_be_bytes());
                let mut challenge = [0; 16];
                challenge[..8].copy_from_slice(&a);
                challenge[8..].copy_from_slice(&b);
                self.challenge = Some(challenge);
                return Reply::end(End::Return(hex(&challenge).into_bytes()));
            }
            None => request.bytes("password") == Some(password.as_bytes()),
        };
        let accepted = named && right && !device.switches.refuse_login;
        drop(device);
        self.shared.count(|activity| match accepted {
            true => activity.logins += 1,
            false => activity.refused_logins += 1,
        });
        Reply::end(match accepted {
            true => End::Done,
            false if old => End::Trap(Trap::plain("cannot log in")),
            false => End::Trap(Trap::plain("invalid user name or password (6)")),
        })
    }

    /// Ends running commands, in the order of the documentation: their traps, the `!done` of the
    /// cancel, their own `!done`.
    fn cancel(&mut self, request: &Request, own: &Emitter, version: Version) -> Vec<u8> {
        let wanted = request.bytes("tag");
        let is_wanted = |one: &mut Running| wanted.is_none() || one.tag.as_deref() == wanted;
        let victims: Vec<_> = self.running.extract_if(.., is_wanted).collect();
        let interrupted = Trap {
            category: Some(2),
            message: "interrupted".into(),
        };
        let mut answer = Vec::new();
        let mut endings = Vec::new();
        for victim in victims {
            victim.task.abort();
            let emitter = Emitter::new(victim.tag, !version.is_v7(), None);
            answer.extend(emitter.trap(&interrupted));
            endings.extend(emitter.done());
        }
        answer.extend(own.done());
        answer.extend(endings);
        answer
    }
}

/// `00` and the MD5 of a zero octet, the password and the challenge.
fn expected_response(password: &str, challenge: &[u8]) -> String {
    let mut digest = Md5::new();
    digest.update([0]);
    digest.update(password.as_bytes());
    digest.update(challenge);
    format!("00{}", hex(&digest.finalize()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_response_to_a_challenge_is_the_documented_one() {
        let challenge = 0x93b4_38ec_9b80_057c_06dd_9fe6_7d56_aa9a_u128.to_be_bytes();
        assert_eq!(expected_response("", &challenge), "00e134102a9d330dd7b1849fedfea3cb57");
    }
}
