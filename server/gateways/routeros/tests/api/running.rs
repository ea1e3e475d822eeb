//! Commands on a connection that works: tags, ends, traps, cancelling.

use crate::peer::{Peer, impatient, sentence, signed_in};
use routeros::{Category, CodePage, Command, Error, InterfaceFilter, Options, PingRequest, Stage};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::sync::oneshot;

fn names(reply: &routeros::Reply) -> Vec<&[u8]> {
    (reply.rows.iter())
        .map(|row| row.get(b"name").unwrap_or(b"?"))
        .collect()
}

#[tokio::test]
async fn replies_that_interleave_reach_their_own_commands() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let first = peer.expect("/one").await;
        let second = peer.expect("/two").await;
        peer.reply(&second, &["!re", "=name=b1"]).await;
        // The tag may stand anywhere in the sentence.
        peer.say(&["!re", &first, "=name=a1"]).await;
        peer.reply(&second, &["!re", "=name=b2"]).await;
        peer.reply(&second, &["!done"]).await;
        peer.reply(&first, &["!re", "=name=a2"]).await;
        peer.reply(&first, &["!done"]).await;
    })
    .await;
    let (one, two) = tokio::join!(client.run(Command::new("/one")), client.run(Command::new("/two")));
    assert_eq!(names(&one.unwrap()), [b"a1", b"a2"]);
    assert_eq!(names(&two.unwrap()), [b"b1", b"b2"]);
    served.await.unwrap();
}

#[tokio::test]
async fn what_done_returns_is_kept() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let tag = peer.expect("/interface/print").await;
        peer.reply(&tag, &["!done", "=ret=12"]).await;
    })
    .await;
    let command = Command::new("/interface/print").with("count-only", "");
    let reply = client.run(command).await.unwrap();
    assert_eq!(reply.ret.as_deref(), Some(&b"12"[..]));
    served.await.unwrap();
}

#[tokio::test]
async fn an_empty_table_is_a_reply_on_every_version() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let tag = peer.expect("/new").await;
        peer.reply(&tag, &["!empty"]).await;
        peer.reply(&tag, &["!done"]).await;
        let tag = peer.expect("/old").await;
        peer.reply(&tag, &["!done"]).await;
    })
    .await;
    for path in ["/new", "/old"] {
        let reply = client.run(Command::new(path)).await.unwrap();
        assert_eq!(reply, routeros::Reply::default());
    }
    served.await.unwrap();
}

#[tokio::test]
async fn names_that_are_not_utf_8_are_kept_and_shown() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let tag = peer.expect("/interface/print").await;
        let row: [&[u8]; 4] = [b"!re", b"=name=Caf\xE9", b"=comment=\xC4\x8D", tag.as_bytes()];
        peer.say(&row).await;
        peer.reply(&tag, &["!done"]).await;
    })
    .await;
    let reply = client.run(Command::new("/interface/print")).await.unwrap();
    let row = &reply.rows[0];
    assert_eq!(row.get(b"name"), Some(&b"Caf\xE9"[..]));
    let text = |name: &[u8], page| row.text(name, page).unwrap().into_owned();
    assert_eq!(text(b"name", CodePage::default()), "Café");
    let cyrillic = CodePage::named("windows-1251").unwrap();
    assert_eq!(text(b"name", cyrillic), "Cafй");
    assert_eq!(text(b"comment", CodePage::default()), "č");
    served.await.unwrap();
}

#[tokio::test]
async fn a_trap_ends_its_own_command_at_its_done_and_no_other() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let bad = peer.expect("/bad").await;
        let good = peer.expect("/good").await;
        peer.reply(&bad, &["!re", "=name=half"]).await;
        // More attributes than the manual names must not matter.
        let trap = ["!trap", "=category=1", "=line=3", "=message=no such thing", "=x=y"];
        peer.reply(&bad, &trap).await;
        peer.reply(&bad, &["!trap", "=message=a second one"]).await;
        peer.reply(&bad, &["!re", "=name=late"]).await;
        peer.reply(&good, &["!re", "=name=whole"]).await;
        peer.reply(&bad, &["!done"]).await;
        peer.reply(&good, &["!done"]).await;
    })
    .await;
    let (bad, good) = tokio::join!(client.run(Command::new("/bad")), client.run(Command::new("/good")));
    let trap = Error::Trap {
        category: Some(Category::Argument),
        message: "no such thing".to_owned(),
    };
    assert_eq!(bad.unwrap_err(), trap);
    assert_eq!(names(&good.unwrap()), [b"whole"]);
    served.await.unwrap();
}

#[tokio::test]
async fn a_trap_without_its_done_is_still_told() {
    let (client, served) = signed_in(impatient(), async |mut peer: Peer| {
        let tag = peer.expect("/bad").await;
        peer.reply(&tag, &["!trap", "=message=failure"]).await;
        peer.expect("/cancel").await;
        peer.reply(&tag, &["!done"]).await;
    })
    .await;
    let error = client.run(Command::new("/bad")).await.unwrap_err();
    assert_eq!(error.code(), "trap");
    served.await.unwrap();
}

#[tokio::test]
async fn dropping_a_commands_future_cancels_it_on_the_router() {
    let (begun, has_begun) = oneshot::channel();
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let victim = peer.expect("/long").await;
        peer.reply(&victim, &["!re", "=name=1"]).await;
        begun.send(()).unwrap();
        let cancel = peer.asked().await;
        assert_eq!(cancel.path(), "/cancel");
        assert!(cancel.has(&victim.replace(".tag=", "=tag=")));
        assert_ne!(cancel.tag, victim);
        // The order that the manual shows.
        let trap = ["!trap", "=category=2", "=message=interrupted"];
        peer.reply(&victim, &trap).await;
        peer.reply(&cancel.tag, &["!done"]).await;
        peer.reply(&victim, &["!done"]).await;
        let tag = peer.expect("/next").await;
        peer.reply(&tag, &["!re", "=name=2"]).await;
        peer.reply(&tag, &["!done"]).await;
    })
    .await;
    tokio::select! {
        _ = client.run(Command::new("/long")) => panic!("it never ends"),
        _ = has_begun => {}
    }
    let reply = client.run(Command::new("/next")).await.unwrap();
    assert_eq!(names(&reply), [b"2"]);
    served.await.unwrap();
}

#[tokio::test]
async fn a_stream_gives_rows_until_it_is_cancelled() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let tag = peer.expect("/interface/listen").await;
        peer.reply(&tag, &["!re", "=name=1"]).await;
        peer.reply(&tag, &["!re", "=name=2"]).await;
        let cancel = peer.expect("/cancel").await;
        peer.reply(&tag, &["!trap", "=category=2", "=message=interrupted"])
            .await;
        peer.reply(&cancel, &["!done"]).await;
        peer.reply(&tag, &["!done"]).await;
    })
    .await;
    let mut rows = client.stream(Command::new("/interface/listen")).await.unwrap();
    for name in [b"1", b"2"] {
        let row = rows.next().await.unwrap().unwrap();
        assert_eq!(row.get(b"name"), Some(&name[..]));
    }
    rows.cancel().await.unwrap();
    served.await.unwrap();
}

#[tokio::test]
async fn dropping_a_stream_cancels_it_on_the_router() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        peer.expect("/interface/listen").await;
        peer.expect("/cancel").await;
    })
    .await;
    drop(client.stream(Command::new("/interface/listen")).await.unwrap());
    served.await.unwrap();
}

#[tokio::test]
async fn a_stream_whose_reader_falls_behind_is_ended_and_holds_nobody_up() {
    let mut options = Options::default();
    options.limits.backlog = 2;
    let (client, served) = signed_in(options, async |mut peer: Peer| {
        let listen = peer.expect("/interface/listen").await;
        for _ in 0..3 {
            peer.reply(&listen, &["!re", "=name=x"]).await;
        }
        let mut paths = Vec::new();
        for _ in 0..2 {
            let asked = peer.asked().await;
            peer.reply(&asked.tag, &["!done"]).await;
            paths.push(asked.path().to_owned());
        }
        paths.sort();
        assert_eq!(paths, ["/cancel", "/other"]);
        peer.ignore_the_rest().await;
    })
    .await;
    let mut rows = client.stream(Command::new("/interface/listen")).await.unwrap();
    // Not reading; another command must pass the stream.
    client.run(Command::new("/other")).await.unwrap();
    assert!(rows.next().await.unwrap().is_ok());
    assert!(rows.next().await.unwrap().is_ok());
    assert_eq!(rows.next().await, Some(Err(Error::FellBehind)));
    assert_eq!(rows.next().await, None);
    drop(client);
    served.await.unwrap();
}

#[tokio::test]
async fn a_command_that_the_router_never_answers_fails_alone() {
    let mut options = impatient();
    options.timeouts.cancel = Duration::from_secs(30);
    let (client, served) = signed_in(options, async |mut peer: Peer| {
        let silent = peer.expect("/silent").await;
        let answered = peer.expect("/answered").await;
        peer.reply(&answered, &["!done"]).await;
        peer.expect("/cancel").await;
        let later = peer.expect("/later").await;
        // What comes for a command that was given up is nobody's.
        peer.reply(&silent, &["!re", "=name=late"]).await;
        peer.reply(&later, &["!done"]).await;
    })
    .await;
    let (silent, answered) = tokio::join!(
        client.run(Command::new("/silent")),
        client.run(Command::new("/answered"))
    );
    let stage = Stage::Silence("/silent".to_owned());
    assert!(matches!(silent, Err(Error::TimedOut { stage: s, .. }) if s == stage));
    assert!(answered.is_ok());
    client.run(Command::new("/later")).await.unwrap();
    served.await.unwrap();
}

#[tokio::test]
async fn a_reply_that_never_ends_meets_its_whole_time_out() {
    let mut options = Options::default();
    options.limits.rows = usize::MAX;
    options.limits.reply = usize::MAX;
    options.limits.replies = usize::MAX;
    let (client, served) = signed_in(options, async |mut peer: Peer| {
        let tag = peer.expect("/endless").await;
        let row = sentence(&["!re", "=name=again", &tag]);
        while peer.0.write_all(&row).await.is_ok() {}
    })
    .await;
    let command = Command::new("/endless").whole(Duration::from_millis(100));
    let error = client.run(command).await.unwrap_err();
    let stage = Stage::Whole("/endless".to_owned());
    assert!(matches!(error, Error::TimedOut { stage: s, .. } if s == stage));
    drop(client);
    served.await.unwrap();
}

#[tokio::test]
async fn commands_beyond_the_limit_wait_their_turn() {
    let mut options = Options::default();
    options.limits.commands = 1;
    let (client, served) = signed_in(options, async |mut peer: Peer| {
        for path in ["/one", "/two"] {
            let tag = peer.expect(path).await;
            peer.reply(&tag, &["!done"]).await;
        }
    })
    .await;
    let (one, two) = tokio::join!(client.run(Command::new("/one")), client.run(Command::new("/two")));
    assert!(one.is_ok() && two.is_ok());
    served.await.unwrap();
}

#[tokio::test]
async fn a_command_too_long_to_be_sent_is_refused_here() {
    let (client, _served) = signed_in(Options::default(), async |_: Peer| {}).await;
    let command = Command::new("/x").with("comment", vec![b'x'; 2 << 20]);
    let error = client.run(command).await.unwrap_err();
    assert_eq!(error.code(), "invalid_request");
}

#[tokio::test]
async fn a_client_can_be_moved_to_and_shared_by_tasks() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        while let Some(asked) = peer.next().await {
            peer.reply(&asked.tag, &["!done"]).await;
        }
    })
    .await;
    let client = Arc::new(client);
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                let filter = InterfaceFilter::names(["ether1"]);
                let found = client.interfaces(&filter).await;
                let pinged = client.pings(&[PingRequest::new("192.0.2.1")], 4).await;
                (found, pinged)
            })
        })
        .collect();
    for task in tasks {
        let (found, pinged) = task.await.unwrap();
        assert_eq!(found, Ok(Vec::new()));
        assert_eq!(pinged.len(), 1);
    }
    drop(client);
    served.await.unwrap();
}
