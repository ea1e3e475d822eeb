//! One connection: commands in, replies out.

use std::io;
use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use super::{Mail, Privacy, Shared};

/// Octets of the longest mail that is taken.
const LONGEST: usize = 32 * 1024 * 1024;

/// How a stretch of a connection ends.
enum End {
    Closed,
    /// The peer asked for TLS and was told to begin.
    Upgrade,
}

pub(super) async fn serve(shared: Arc<Shared>, stream: TcpStream) -> io::Result<()> {
    let _ = stream.set_nodelay(true);
    let acceptor = TlsAcceptor::from(Arc::clone(&shared.certificate.config));
    if shared.privacy == Privacy::Tls {
        let mut session = Session::new(shared, acceptor.accept(stream).await?, true);
        session.reply("220 mail.invalid ESMTP fake").await?;
        session.commands().await?;
        return Ok(());
    }
    let mut session = Session::new(shared, stream, false);
    session.reply("220 mail.invalid ESMTP fake").await?;
    if let End::Upgrade = session.commands().await? {
        let (shared, stream) = (session.shared, session.stream.into_inner());
        let mut session = Session::new(shared, acceptor.accept(stream).await?, true);
        session.commands().await?;
    }
    Ok(())
}

struct Session<S> {
    shared: Arc<Shared>,
    stream: BufReader<S>,
    encrypted: bool,
    signed_in: bool,
    from: Option<String>,
    to: Vec<String>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    fn new(shared: Arc<Shared>, stream: S, encrypted: bool) -> Self {
        let signed_in = shared.account.is_none();
        Self {
            shared,
            stream: BufReader::new(stream),
            encrypted,
            signed_in,
            from: None,
            to: Vec::new(),
        }
    }

    async fn commands(&mut self) -> io::Result<End> {
        while let Some(line) = self.line().await? {
            let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
            match verb.to_ascii_uppercase().as_str() {
                "EHLO" => self.hello().await?,
                "HELO" => self.reply("250 mail.invalid").await?,
                "STARTTLS" if self.shared.privacy == Privacy::Starttls && !self.encrypted => {
                    self.reply("220 2.0.0 go ahead").await?;
                    return Ok(End::Upgrade);
                }
                "AUTH" => self.auth(rest).await?,
                "MAIL" if !self.signed_in => self.reply("530 5.7.0 authentication required").await?,
                "MAIL" => {
                    self.from = address(rest);
                    self.to.clear();
                    self.reply("250 2.1.0 ok").await?;
                }
                "RCPT" if self.from.is_none() => self.reply("503 5.5.1 MAIL first").await?,
                "RCPT" => self.recipient(rest).await?,
                "DATA" if self.to.is_empty() => self.reply("503 5.5.1 RCPT first").await?,
                "DATA" => {
                    self.reply("354 end with a dot").await?;
                    if !self.data().await? {
                        return Ok(End::Closed);
                    }
                }
                "RSET" => {
                    self.from = None;
                    self.to.clear();
                    self.reply("250 2.0.0 ok").await?;
                }
                "NOOP" => self.reply("250 2.0.0 ok").await?,
                "QUIT" => {
                    self.reply("221 2.0.0 bye").await?;
                    return Ok(End::Closed);
                }
                _ => self.reply("502 5.5.2 not understood").await?,
            }
        }
        Ok(End::Closed)
    }

    async fn hello(&mut self) -> io::Result<()> {
        let mut lines = vec!["mail.invalid", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"];
        let offers_tls = self.shared.privacy == Privacy::Starttls && !self.encrypted;
        if offers_tls {
            lines.push("STARTTLS");
        }
        if self.shared.account.is_some() && !offers_tls {
            lines.push("AUTH PLAIN LOGIN");
        }
        let last = lines.len() - 1;
        let lines = lines.iter().enumerate().map(|(at, line)| {
            let mark = if at == last { ' ' } else { '-' };
            format!("250{mark}{line}")
        });
        let reply = lines.collect::<Vec<_>>().join("\r\n");
        self.reply(&reply).await
    }

    async fn auth(&mut self, rest: &str) -> io::Result<()> {
        let (mechanism, first) = rest.split_once(' ').unwrap_or((rest, ""));
        let given = match mechanism.to_ascii_uppercase().as_str() {
            "PLAIN" => {
                let answer = if first.is_empty() {
                    self.ask("").await?
                } else {
                    decoded(first)
                };
                let mut parts = answer.splitn(3, '\0').skip(1).map(ToOwned::to_owned);
                parts.next().zip(parts.next())
            }
            "LOGIN" => {
                let user = if first.is_empty() {
                    self.ask("Username:").await?
                } else {
                    decoded(first)
                };
                Some((user, self.ask("Password:").await?))
            }
            _ => return self.reply("504 5.5.4 no such mechanism").await,
        };
        self.signed_in = given.is_some() && given == self.shared.account;
        match self.signed_in {
            true => self.reply("235 2.7.0 welcome").await,
            false => self.reply("535 5.7.8 wrong user or password").await,
        }
    }

    async fn ask(&mut self, what: &str) -> io::Result<String> {
        self.reply(&format!("334 {}", STANDARD.encode(what))).await?;
        Ok(decoded(&self.line().await?.unwrap_or_default()))
    }

    async fn recipient(&mut self, rest: &str) -> io::Result<()> {
        let Some(recipient) = address(rest) else {
            return self.reply("501 5.1.3 no address").await;
        };
        let refusal = self.shared.faults().refusal(&recipient);
        match refusal {
            Some(refusal) => self.reply(refusal).await,
            None => {
                self.to.push(recipient);
                self.reply("250 2.1.5 ok").await
            }
        }
    }

    /// Takes the mail; false when the connection ends without an answer.
    async fn data(&mut self) -> io::Result<bool> {
        let mut raw = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.stream.read_until(b'\n', &mut line).await? == 0 || raw.len() > LONGEST {
                return Ok(false);
            }
            if line == b".\r\n" {
                break;
            }
            // RFC 5321, 4.5.2: a dot at the beginning of a line was doubled.
            raw.extend(line.strip_prefix(b".").unwrap_or(&line));
        }
        let mail = Mail {
            from: self.from.take().unwrap_or_default(),
            to: std::mem::take(&mut self.to),
            raw,
        };
        self.shared.take(mail)?;
        if self.shared.faults().loses_answer() {
            return Ok(false);
        }
        self.reply("250 2.0.0 taken").await?;
        Ok(true)
    }

    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        let pause = self.shared.faults().slow;
        if let Some(pause) = pause {
            tokio::time::sleep(pause).await;
        }
        Ok(Some(line.trim_end().to_owned()))
    }

    async fn reply(&mut self, reply: &str) -> io::Result<()> {
        self.stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
        self.stream.flush().await
    }
}

/// The address in `FROM:<a@b> …` or `TO:<a@b> …`.
fn address(rest: &str) -> Option<String> {
    let (_, after) = rest.split_once('<')?;
    let (address, _) = after.split_once('>')?;
    Some(address.to_owned())
}

fn decoded(text: &str) -> String {
    let octets = STANDARD.decode(text.trim()).unwrap_or_default();
    String::from_utf8(octets).unwrap_or_default()
}
