//! Connections that end, stall or lie.

use crate::peer::{Peer, impatient, sentence, signed_in};
use routeros::{Command, Error, Options, Stage};

#[tokio::test]
async fn a_table_cut_off_is_an_error_for_every_command_and_never_a_short_table() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let one = peer.expect("/one").await;
        peer.expect("/two").await;
        peer.reply(&one, &["!re", "=name=1"]).await;
        peer.reply(&one, &["!re", "=name=2"]).await;
    })
    .await;
    let (one, two) = tokio::join!(client.run(Command::new("/one")), client.run(Command::new("/two")));
    assert_eq!(one.unwrap_err().code(), "lost");
    assert_eq!(two.unwrap_err().code(), "lost");
    // Whoever comes later hears the same reason at once.
    let later = client.run(Command::new("/three")).await;
    assert_eq!(later.unwrap_err().code(), "lost");
    assert_eq!(client.closed().await.code(), "lost");
    assert_eq!(client.ended().map(|e| e.code()), Some("lost"));
    served.await.unwrap();
}

#[tokio::test]
async fn a_sentence_cut_off_is_told() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let tag = peer.expect("/one").await;
        let row = sentence(&["!re", "=name=ether1", &tag]);
        peer.raw(&row[..row.len() - 1]).await;
    })
    .await;
    let error = client.run(Command::new("/one")).await.unwrap_err();
    assert!(error.to_string().contains("in the middle"), "{error}");
    served.await.unwrap();
}

#[tokio::test]
async fn a_lost_connection_ends_a_stream_with_an_error() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let tag = peer.expect("/interface/listen").await;
        peer.reply(&tag, &["!re", "=name=1"]).await;
    })
    .await;
    let mut rows = client.stream(Command::new("/interface/listen")).await.unwrap();
    assert!(rows.next().await.unwrap().is_ok());
    let error = rows.next().await.unwrap().unwrap_err();
    assert_eq!(error.code(), "lost");
    assert_eq!(rows.next().await, None);
    served.await.unwrap();
}

#[tokio::test]
async fn a_fatal_tells_every_command_its_reason() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        peer.expect("/one").await;
        peer.expect("/two").await;
        peer.say(&["!fatal", "session terminated"]).await;
    })
    .await;
    let (one, two) = tokio::join!(client.run(Command::new("/one")), client.run(Command::new("/two")));
    let reason = "session terminated".to_owned();
    assert_eq!(one, Err(Error::Fatal { reason }));
    assert_eq!(one, two);
    served.await.unwrap();
}

#[tokio::test]
async fn an_absurd_length_ends_the_connection_at_once() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        peer.expect("/one").await;
        peer.raw(&[0xEF, 0xFF, 0xFF, 0xFF]).await;
        peer.ignore_the_rest().await;
    })
    .await;
    let error = client.run(Command::new("/one")).await.unwrap_err();
    assert_eq!(error.code(), "too_large");
    served.await.unwrap();
}

#[tokio::test]
async fn a_control_byte_ends_the_connection() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        peer.expect("/one").await;
        peer.raw(&[0xF8]).await;
        peer.ignore_the_rest().await;
    })
    .await;
    let error = client.run(Command::new("/one")).await.unwrap_err();
    assert_eq!(error.code(), "malformed");
    served.await.unwrap();
}

#[tokio::test]
async fn a_reply_that_was_never_asked_for_ends_the_connection() {
    for words in [&["!done"][..], &["!re", ".tag=77"], &["!re", ".tag=x"]] {
        let (client, served) = signed_in(Options::default(), async move |mut peer: Peer| {
            peer.expect("/one").await;
            peer.say(words).await;
            peer.ignore_the_rest().await;
        })
        .await;
        let error = client.run(Command::new("/one")).await.unwrap_err();
        assert_eq!(error.code(), "malformed", "{words:?}");
        served.await.unwrap();
    }
}

#[tokio::test]
async fn a_reply_that_comes_byte_by_byte_is_read() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let tag = peer.expect("/one").await;
        let row = sentence(&["!re", "=name=ether1", &tag]);
        let done = sentence(&["!done", &tag]);
        for byte in [row, done].concat() {
            peer.raw(&[byte]).await;
            tokio::task::yield_now().await;
        }
    })
    .await;
    let reply = client.run(Command::new("/one")).await.unwrap();
    assert_eq!(reply.rows.len(), 1);
    assert_eq!(reply.rows[0].get(b"name"), Some(&b"ether1"[..]));
    served.await.unwrap();
}

#[tokio::test]
async fn a_table_beyond_a_ceiling_fails_alone() {
    let mut options = Options::default();
    options.limits.rows = 2;
    options.limits.reply = 10_000;
    let (client, served) = signed_in(options, async |mut peer: Peer| {
        let rows = peer.expect("/rows").await;
        for _ in 0..3 {
            peer.reply(&rows, &["!re", "=name=x"]).await;
        }
        peer.expect("/cancel").await;
        peer.reply(&rows, &["!done"]).await;
        let bytes = peer.expect("/bytes").await;
        let name = format!("=name={}", "x".repeat(10_000));
        peer.reply(&bytes, &["!re", &name]).await;
        peer.expect("/cancel").await;
        peer.reply(&bytes, &["!done"]).await;
        let fine = peer.expect("/fine").await;
        peer.reply(&fine, &["!done"]).await;
    })
    .await;
    for path in ["/rows", "/bytes"] {
        let error = client.run(Command::new(path)).await.unwrap_err();
        assert_eq!(error.code(), "too_large", "{path}");
    }
    client.run(Command::new("/fine")).await.unwrap();
    served.await.unwrap();
}

#[tokio::test]
async fn replies_that_are_too_large_together_are_refused_too() {
    let mut options = Options::default();
    options.limits.replies = 10_000;
    let (client, served) = signed_in(options, async |mut peer: Peer| {
        let one = peer.expect("/one").await;
        let two = peer.expect("/two").await;
        let name = format!("=name={}", "x".repeat(6_000));
        peer.reply(&one, &["!re", &name]).await;
        peer.reply(&two, &["!re", &name]).await;
        peer.expect("/cancel").await;
        peer.reply(&one, &["!done"]).await;
        peer.reply(&two, &["!done"]).await;
    })
    .await;
    let (one, two) = tokio::join!(client.run(Command::new("/one")), client.run(Command::new("/two")));
    assert_eq!(one.unwrap().rows.len(), 1);
    assert_eq!(two.unwrap_err().code(), "too_large");
    served.await.unwrap();
}

#[tokio::test]
async fn a_router_that_hangs_is_given_up() {
    let (client, served) = signed_in(impatient(), async |mut peer: Peer| {
        peer.ignore_the_rest().await;
    })
    .await;
    let error = client.run(Command::new("/one")).await.unwrap_err();
    assert_eq!(error.code(), "timed_out");
    // It does not even answer the cancelling: the connection is dead.
    let end = client.closed().await;
    assert_eq!(
        end,
        Error::Lost {
            detail: "the router stopped answering".to_owned()
        }
    );
    served.await.unwrap();
}

#[tokio::test]
async fn a_router_that_does_not_read_is_given_up() {
    let (client, served) = signed_in(impatient(), async |peer: Peer| {
        std::future::pending::<()>().await;
        drop(peer);
    })
    .await;
    let large = || {
        let comment = vec![b'x'; 1_000_000];
        client.run(Command::new("/one").with("comment", comment))
    };
    // More than the sockets of both sides hold.
    let outcomes = tokio::join!(large(), large(), large(), large(), large(), large(), large());
    assert!(outcomes.0.is_err() && outcomes.6.is_err());
    let end = client.closed().await;
    assert!(
        matches!(
            &end,
            Error::TimedOut {
                stage: Stage::Sending,
                ..
            }
        ),
        "{end}"
    );
    served.abort();
}
