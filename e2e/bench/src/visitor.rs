//! A visitor who signs in by the form and opens pages: just enough HTTP for that, so that the crates that are
//! measured are built with the same features as without this one.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::{Context, ensure};

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

/// Posts the sign-in form at `path`, and gives the session's cookie, as `name=value`.
pub(crate) fn sign_in(address: SocketAddr, path: &str, mail: &str, password: &str) -> anyhow::Result<String> {
    let form = format!("mail={mail}&password={password}&next=");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    );
    let answer = ask(address, &head)?;
    ensure!(
        answer.status == 303,
        "signing in at {path} was answered with {}",
        answer.status
    );
    let cookie = answer.head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("set-cookie").then_some(value)
    });
    let cookie = cookie.and_then(|cookie| cookie.split(';').next());
    Ok(cookie.context("no cookie after signing in")?.trim().to_owned())
}

/// Opens a page.
pub(crate) fn get(address: SocketAddr, path: &str, cookie: Option<&str>) -> anyhow::Result<Answer> {
    let cookie = cookie.map_or_else(String::new, |cookie| format!("cookie: {cookie}\r\n"));
    ask(
        address,
        &format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{cookie}\r\n"),
    )
}

fn ask(address: SocketAddr, request: &str) -> anyhow::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.context("an answer without an end of its head")?;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok(Answer {
        status: status.context("an answer without a status")?,
        head,
        body: answer.split_off(end + 4),
    })
}
