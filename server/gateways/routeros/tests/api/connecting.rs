//! From a name to a signed-in connection.

use crate::peer::{Peer, alice, connect, impatient, router, signed_in, target};
use routeros::{Client, Command, Credentials, Error, Login, Options, Stage, Tls};
use std::net::IpAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

#[tokio::test]
async fn a_router_from_6_43_on_is_signed_in_to_at_once() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        let tag = peer.expect("/system/identity/print").await;
        peer.reply(&tag, &["!re", "=name=MikroTik"]).await;
        peer.reply(&tag, &["!done"]).await;
    })
    .await;
    assert_eq!(client.identity().await.unwrap().as_str(), "MikroTik");
    assert_eq!(client.certificate(), None);
    served.await.unwrap();
}

#[tokio::test]
async fn a_router_before_6_43_is_not_taken_for_signed_in_until_its_challenge_is_answered() {
    let (port, served) = router(async |mut peer: Peer| {
        peer.expect("/login").await;
        peer.say(&["!done", "=ret=93b438ec9b80057c06dd9fe67d56aa9a"]).await;
        let asked = peer.asked().await;
        assert_eq!(
            asked.words,
            ["/login", "=name=admin", "=response=00e134102a9d330dd7b1849fedfea3cb57"]
        );
        peer.say(&["!done"]).await;
        let tag = peer.expect("/system/identity/print").await;
        peer.reply(&tag, &["!re", "=name=old"]).await;
        peer.reply(&tag, &["!done"]).await;
    })
    .await;
    let client = Client::connect(
        &target("127.0.0.1", port),
        &Tls::Off,
        &Credentials::new("admin", ""),
        &Options::default(),
    )
    .await
    .unwrap();
    assert_eq!(client.identity().await.unwrap().as_str(), "old");
    served.await.unwrap();
}

#[tokio::test]
async fn a_wrong_answer_to_the_challenge_is_a_refused_login() {
    let (port, served) = router(async |mut peer: Peer| {
        peer.expect("/login").await;
        peer.say(&["!done", "=ret=00ff"]).await;
        peer.expect("/login").await;
        peer.say(&["!trap", "=message=cannot log in"]).await;
        peer.say(&["!done"]).await;
    })
    .await;
    let error = connect(port, &Options::default()).await.unwrap_err();
    assert_eq!(error.code(), "login_refused");
    served.await.unwrap();
}

#[tokio::test]
async fn the_old_login_can_be_forbidden() {
    let (port, served) = router(async |mut peer: Peer| {
        peer.expect("/login").await;
        peer.say(&["!done", "=ret=00ff"]).await;
        assert!(peer.next().await.is_none(), "nothing more is said");
    })
    .await;
    let options = Options {
        login: Login::RefuseChallenge,
        ..Options::default()
    };
    let error = connect(port, &options).await.unwrap_err();
    assert_eq!(error, Error::ChallengeForbidden);
    served.await.unwrap();
}

#[tokio::test]
async fn a_wrong_password_is_said_in_the_routers_words() {
    let (port, served) = router(async |mut peer: Peer| {
        peer.expect("/login").await;
        peer.say(&["!trap", "=message=invalid user name or password (6)"]).await;
        peer.say(&["!done"]).await;
    })
    .await;
    let error = connect(port, &Options::default()).await.unwrap_err();
    let message = "invalid user name or password (6)".to_owned();
    assert_eq!(error, Error::LoginRefused { message });
    served.await.unwrap();
}

#[tokio::test]
async fn a_router_that_closes_at_once_is_explained() {
    let (port, served) = router(async |peer: Peer| drop(peer)).await;
    let error = connect(port, &Options::default()).await.unwrap_err();
    assert_eq!(error.code(), "lost");
    assert!(error.to_string().contains("max-sessions"), "{error}");
    served.await.unwrap();
}

#[tokio::test]
async fn a_router_that_says_nothing_to_the_login_is_given_up() {
    let (port, served) = router(async |mut peer: Peer| peer.ignore_the_rest().await).await;
    let error = connect(port, &impatient()).await.unwrap_err();
    assert!(
        matches!(
            &error,
            Error::TimedOut {
                stage: Stage::Login,
                ..
            }
        ),
        "{error}"
    );
    served.await.unwrap();
}

#[tokio::test]
async fn a_fatal_before_the_login_is_told() {
    let (port, served) = router(async |mut peer: Peer| {
        peer.expect("/login").await;
        peer.say(&["!fatal", "too many commands before login"]).await;
    })
    .await;
    let error = connect(port, &Options::default()).await.unwrap_err();
    let reason = "too many commands before login".to_owned();
    assert_eq!(error, Error::Fatal { reason });
    served.await.unwrap();
}

#[tokio::test]
async fn what_does_not_speak_the_protocol_is_told_apart() {
    let (port, served) = router(async |mut peer: Peer| {
        peer.expect("/login").await;
        peer.raw(b"\x04HTTP\x00").await;
    })
    .await;
    let error = connect(port, &Options::default()).await.unwrap_err();
    assert_eq!(error.code(), "malformed");
    served.await.unwrap();
}

#[tokio::test]
async fn a_session_that_the_router_forgot_is_told() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        peer.asked().await;
        peer.say(&["!fatal", "not logged in"]).await;
    })
    .await;
    let error = client.identity().await.unwrap_err();
    assert_eq!(error, Error::NotLoggedIn);
    served.await.unwrap();
}

#[tokio::test]
async fn a_forbidden_address_is_not_connected_to() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    // The last is the first in IPv6's clothes.
    for host in ["127.0.0.1", "localhost", "::ffff:127.0.0.1"] {
        let mut target = target(host, port);
        target.guard = Arc::new(|address| match address.is_loopback() {
            true => Err("loopback".to_owned()),
            false => Ok(()),
        });
        let outcome = Client::connect(&target, &Tls::Off, &alice(), &Options::default()).await;
        let Err(Error::ForbiddenAddress { address, reason }) = outcome else {
            panic!("{host} was not refused");
        };
        assert!(address.is_loopback());
        assert_eq!(reason, "loopback");
    }
    let connected = tokio::time::timeout(std::time::Duration::ZERO, listener.accept()).await;
    assert!(connected.is_err(), "nobody connected");
}

#[tokio::test]
async fn a_port_where_nobody_listens_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = connect(address.port(), &Options::default()).await;
    assert_eq!(error.unwrap_err(), Error::Refused { address });
    assert!(matches!(address.ip(), IpAddr::V4(_)));
}

#[tokio::test]
async fn a_name_without_address_is_told() {
    let target = target("no\0name", 8728);
    let error = Client::connect(&target, &Tls::Off, &alice(), &Options::default()).await;
    assert_eq!(error.unwrap_err().code(), "unresolvable");
}

#[tokio::test]
async fn quitting_waits_for_the_routers_goodbye() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        peer.expect("/quit").await;
        peer.say(&["!fatal", "session terminated on request"]).await;
    })
    .await;
    client.quit().await.unwrap();
    served.await.unwrap();
}

#[tokio::test]
async fn dropping_the_client_closes_the_connection() {
    let (client, served) = signed_in(Options::default(), async |mut peer: Peer| {
        // The command may still be on its way out when the client goes.
        peer.ignore_the_rest().await;
    })
    .await;
    let mut rows = client.stream(Command::new("/interface/listen")).await.unwrap();
    assert_eq!(client.ended(), None);
    drop(client);
    served.await.unwrap();
    assert_eq!(rows.next().await, Some(Err(Error::Closed)));
    assert_eq!(rows.next().await, None);
}
