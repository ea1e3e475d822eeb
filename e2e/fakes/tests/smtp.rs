//! The fake mail server over a real socket: what it answers line by line, and how it reads what it took.

#![expect(clippy::expect_used, reason = "a helper of a test fails the test")]

use fakes::smtp::{MailServer, MailServerSpec, Privacy, control};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Says lines one after the other and gives the first three digits of each reply, the greeting's first.
async fn codes(server: &MailServer, lines: &[&str]) -> Vec<String> {
    let mut stream = TcpStream::connect(server.address()).await.expect("it listens");
    let mut codes = vec![reply(&mut stream).await];
    for line in lines {
        let line = format!("{line}\r\n");
        stream.write_all(line.as_bytes()).await.expect("it reads");
        codes.push(reply(&mut stream).await);
    }
    codes
}

async fn reply(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let mut octets = [0; 512];
    loop {
        let read = stream.read(&mut octets).await.expect("it answers");
        said.extend(&octets[..read]);
        let text = String::from_utf8_lossy(&said);
        let last = text.lines().next_back().unwrap_or_default();
        if read == 0 || (text.ends_with("\r\n") && last.as_bytes().get(3) == Some(&b' ')) {
            return text.get(..3).unwrap_or("end").to_owned();
        }
    }
}

const MAIL: [&str; 5] = [
    "EHLO here",
    "MAIL FROM:<a@x.test>",
    "RCPT TO:<b@y.test>",
    "DATA",
    "Subject: =?utf-8?b?R3LDvMOfZQ==?=\r\n =?utf-8?q?_von_mir?=\r\n\r\n..dot\r\n.",
];

#[tokio::test]
async fn it_takes_a_mail_and_reads_it_as_a_mail_program_does() {
    let server = MailServer::start(MailServerSpec::default()).await.expect("it starts");
    assert_eq!(codes(&server, &MAIL).await, ["220", "250", "250", "250", "354", "250"]);
    server.wait_for(1).await;
    let mail = server.mails().remove(0);
    assert_eq!((mail.from.as_str(), mail.to), ("a@x.test", vec!["b@y.test".to_owned()]));
    let mail = server.mails().remove(0);
    assert_eq!(mail.header("subject").as_deref(), Some("Grüße von mir"));
    assert!(String::from_utf8_lossy(&mail.raw).ends_with("\r\n\r\n.dot\r\n"));
    let shown = control::apply(&server, "mail 0").await.expect("there is one");
    assert!(shown.contains("\"subject\":\"Grüße von mir\""), "{shown}");
}

#[tokio::test]
async fn it_takes_nothing_without_the_account_nor_in_another_order() {
    let account = Some(("north".to_owned(), "s3cret".to_owned()));
    let spec = |privacy| MailServerSpec {
        privacy,
        account: account.clone(),
        ..MailServerSpec::default()
    };
    let server = MailServer::start(spec(Privacy::None)).await.expect("it starts");
    assert_eq!(codes(&server, &MAIL[..2]).await, ["220", "250", "530"]);
    let wrong = ["EHLO here", "AUTH PLAIN AG5vcnRoAHdyb25n", MAIL[1]];
    assert_eq!(codes(&server, &wrong).await, ["220", "250", "535", "530"]);
    let login = [
        "EHLO here",
        "AUTH LOGIN",
        "bm9ydGg=",
        "czNjcmV0",
        MAIL[1],
        "DATA",
        "NONSENSE",
    ];
    assert_eq!(
        codes(&server, &login).await,
        ["220", "250", "334", "334", "235", "250", "503", "502"]
    );
    let open = MailServer::start(spec(Privacy::Starttls)).await.expect("it starts");
    assert_eq!(codes(&open, &["EHLO here", "STARTTLS"]).await, ["220", "250", "220"]);
}

#[tokio::test]
async fn each_switch_does_what_it_says_and_is_taken_back() {
    let server = MailServer::start(MailServerSpec::default()).await.expect("it starts");
    let switch = async |words: &str| control::apply(&server, words).await.expect("it is understood");
    switch("greylist on").await;
    assert_eq!(codes(&server, &MAIL[..3]).await[3], "450");
    assert_eq!(codes(&server, &MAIL[..3]).await[3], "250");
    switch("refuse B@y.test").await;
    assert_eq!(codes(&server, &MAIL[..3]).await[3], "550");
    switch("clear").await;
    switch("drop-after-data 1").await;
    assert_eq!(codes(&server, &MAIL).await[5], "end");
    assert_eq!(switch("count").await, "1", "it was taken all the same");
    switch("close on").await;
    assert_eq!(codes(&server, &[]).await, ["end"]);
    switch("close off").await;
    assert_eq!(codes(&server, &MAIL).await[5], "250");
    assert!(control::apply(&server, "mail 7").await.is_err());
    assert!(control::apply(&server, "dance").await.is_err());
}
