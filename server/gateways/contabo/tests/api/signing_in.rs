//! The token: one for all, renewed in time, and what becomes of a call without one.

use crate::server::{Reply, Server, StoppedClock, account, instances, ok, status, text, token};
use contabo::{Client, Error, InstanceFilter, InstanceId, RequestId};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

#[tokio::test]
async fn the_password_is_sent_as_a_form_and_every_sign_survives() {
    let server = Server::start(|_| None).await;
    server.client().sign_in().await.unwrap();
    let url = server.url(&format!("/?{}", server.signed_in()[0]));
    let form: Vec<_> = url.query_pairs().into_owned().collect();
    for (name, value) in [
        ("grant_type", "password"),
        ("client_id", "INT-54321"),
        ("client_secret", "client-s3cret"),
        ("username", "api+test@example.org"),
        ("password", "p&ss=w+rd%41 ü€"),
    ] {
        assert!(form.contains(&(name.to_owned(), value.to_owned())), "{name}: {form:?}");
    }
    assert_eq!(form.len(), 5);
    assert_eq!(
        server.seen()[0].header("content-type"),
        "application/x-www-form-urlencoded"
    );
}

#[tokio::test]
async fn many_callers_make_one_token() {
    let server = Server::start(|_| None).await;
    let client = server.client();
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.instances().list(&InstanceFilter::default()).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.signed_in().len(), 1);
    assert!(
        server
            .asked()
            .iter()
            .all(|seen| seen.header("authorization") == "Bearer token-1")
    );
}

#[tokio::test]
async fn each_call_has_a_number_of_its_own() {
    let server = Server::start(|_| None).await;
    let client = server.client();
    for _ in 0..3 {
        client.instances().list(&InstanceFilter::default()).await.unwrap();
    }
    let mut numbers: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("x-request-id").to_owned())
        .collect();
    assert!(numbers.iter().all(|number| number.parse::<RequestId>().is_ok()));
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 4);
}

#[tokio::test]
async fn a_token_is_renewed_a_minute_before_its_end_with_the_refresh_token() {
    let server = Server::start(|_| None).await;
    let client = server.client();
    let clock = StoppedClock::stop();
    let list = || async { client.instances().list(&InstanceFilter::default()).await.unwrap() };
    list().await;
    clock.advance(239).await;
    list().await;
    assert_eq!(server.signed_in().len(), 1);
    clock.advance(2).await;
    list().await;
    let signed_in = server.signed_in();
    assert_eq!(signed_in.len(), 2);
    assert!(signed_in[1].contains("grant_type=refresh_token"));
    assert!(signed_in[1].contains("refresh_token=refresh-of-token-1"));
    assert!(!signed_in[1].contains("password"));
    // The refresh token itself ends: then it is the password again.
    clock.advance(1800).await;
    list().await;
    assert!(server.signed_in()[2].contains("grant_type=password"));
}

#[tokio::test]
async fn a_refused_refresh_falls_back_to_the_password() {
    let server = Server::start(|seen| match seen.path.as_str() {
        "/token" if seen.body.contains("grant_type=refresh_token") => Some(status(
            400,
            &json!({"error": "invalid_grant", "error_description": "Session not active"}),
        )),
        "/token" => Some(token(&format!("token-{}", seen.before + 1), 0)),
        _ => None,
    })
    .await;
    let client = server.client();
    client.instances().list(&InstanceFilter::default()).await.unwrap();
    client.instances().list(&InstanceFilter::default()).await.unwrap();
    let grants: Vec<_> = server
        .signed_in()
        .iter()
        .map(|body| body.contains("grant_type=password"))
        .collect();
    assert_eq!(grants, [true, false, true]);
}

#[tokio::test]
async fn a_token_that_ends_in_the_middle_of_a_list_is_renewed() {
    let server = Server::start(|seen| match seen.path.as_str() {
        // It lives for no time at all.
        "/token" => Some(token(&format!("token-{}", seen.before + 1), 0)),
        _ => {
            let page = seen.page();
            Some(instances(&[i64::try_from(page).unwrap()], page, 3, 3))
        }
    })
    .await;
    let list = server
        .client()
        .instances()
        .list(&InstanceFilter::default())
        .await
        .unwrap();
    assert_eq!(list.len(), 3);
    let tokens: Vec<_> = server
        .asked()
        .iter()
        .map(|seen| seen.header("authorization").to_owned())
        .collect();
    assert_eq!(tokens, ["Bearer token-1", "Bearer token-2", "Bearer token-3"]);
}

#[tokio::test]
async fn a_401_renews_once_and_asks_once_more_with_the_same_number() {
    let server = Server::start(|seen| {
        (seen.path != "/token" && seen.header("authorization") == "Bearer token-1").then(|| text(401, ""))
    })
    .await;
    let client = server.client();
    let number = RequestId::random();
    client.instances().start(InstanceId(7), number).await.unwrap();
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert!(
        asked
            .iter()
            .all(|seen| seen.header("x-request-id") == number.to_string())
    );
    assert_eq!(asked[1].header("authorization"), "Bearer token-2");
}

#[tokio::test]
async fn callers_whose_token_was_not_taken_make_one_new_token() {
    let server = Server::start(|seen| {
        (seen.path != "/token" && seen.header("authorization") == "Bearer token-1").then(|| text(401, ""))
    })
    .await;
    let client = server.client();
    client.sign_in().await.unwrap();
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.instances().list(&InstanceFilter::default()).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.signed_in().len(), 2);
}

#[tokio::test]
async fn a_second_401_is_a_refusal() {
    let server = Server::start(|seen| (seen.path != "/token").then(|| status(401, &json!({"message": "no"})))).await;
    let error = server.client().instances().get(InstanceId(7)).await.unwrap_err();
    assert!(matches!(error, Error::Refused { status: 401, .. }), "{error:?}");
    assert_eq!(error.says(), ["no"]);
    assert_eq!(server.asked().len(), 2);
}

#[tokio::test]
async fn wrong_credentials_are_said_and_not_tried_again_at_once() {
    for code in [400, 401] {
        let server = Server::start(move |_| {
            Some(status(
                code,
                &json!({"error": "invalid_grant", "error_description": "Invalid user credentials"}),
            ))
        })
        .await;
        let client = server.client();
        let clock = StoppedClock::stop();
        for _ in 0..3 {
            let error = client.instances().get(InstanceId(7)).await.unwrap_err();
            assert_eq!(
                error,
                Error::SignIn {
                    status: code,
                    says: "invalid_grant: Invalid user credentials".to_owned()
                }
            );
        }
        assert_eq!(server.seen().len(), 1);
        clock.advance(61).await;
        client.sign_in().await.unwrap_err();
        assert_eq!(server.seen().len(), 2);
        tokio::time::resume();
    }
}

#[tokio::test]
async fn without_the_identity_server_nothing_is_asked() {
    for reply in [|| text(503, "<html>"), || Reply::Cut] {
        let server = Server::start(move |seen| (seen.path == "/token").then(reply)).await;
        let client = server.client();
        let error = client
            .instances()
            .start(InstanceId(7), RequestId::random())
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
        assert!(!error.may_have_been_done());
        // A question is tried again; a change is not.
        assert_eq!(server.seen().len(), 1);
        client.instances().get(InstanceId(7)).await.unwrap_err();
        assert_eq!(server.seen().len(), 4);
        assert!(server.asked().is_empty());
    }
}

#[tokio::test]
async fn who_waits_for_a_token_hears_of_the_failure_with_whoever_tried() {
    let server = Server::start(|_| Some(Reply::Silence)).await;
    let mut options = server.options();
    options.timeout = Duration::from_millis(500);
    let client = Client::new(account(), options).unwrap();
    let calls: Vec<_> = (0..10)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.sign_in().await })
        })
        .collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    }
    assert_eq!(server.signed_in().len(), 1);
    client.sign_in().await.unwrap_err();
    assert_eq!(server.signed_in().len(), 2);
}

#[tokio::test]
async fn an_answer_without_a_token_is_unreadable() {
    for body in ["<html>", "{}", r#"{"access_token": 7}"#, "{\"access_token\":\"a\\nb\"}"] {
        let server = Server::start(move |_| Some(text(200, body))).await;
        let error = server.client().sign_in().await.unwrap_err();
        assert!(matches!(error, Error::Unreadable { .. }), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn a_token_without_a_refresh_token_is_enough() {
    let server =
        Server::start(|seen| (seen.path == "/token").then(|| ok(&json!({"access_token": "t", "expires_in": "0"}))))
            .await;
    let client = server.client();
    client.sign_in().await.unwrap();
    client.sign_in().await.unwrap();
    assert!(
        server
            .signed_in()
            .iter()
            .all(|body| body.contains("grant_type=password"))
    );
}

#[tokio::test]
async fn a_token_that_can_not_be_renewed_is_used_to_its_end() {
    for answer in [|| text(503, ""), || status(400, &json!({"error": "invalid_grant"}))] {
        let server = Server::start(move |seen| (seen.path == "/token" && seen.before > 0).then(answer)).await;
        let client = server.client();
        let clock = StoppedClock::stop();
        let start = || async { client.instances().start(InstanceId(7), RequestId::random()).await };
        start().await.unwrap();
        clock.advance(245).await;
        start().await.unwrap();
        let tried = server.signed_in().len();
        assert!(tried > 1);
        // Not with each call.
        start().await.unwrap();
        assert_eq!(server.signed_in().len(), tried);
        clock.advance(50).await;
        start().await.unwrap();
        assert!(
            server
                .asked()
                .iter()
                .all(|seen| seen.header("authorization") == "Bearer token-1")
        );
        clock.advance(6).await;
        start().await.unwrap_err();
        tokio::time::resume();
    }
}

#[tokio::test]
async fn the_refresh_token_survives_an_identity_server_that_is_away() {
    let away = Arc::new(AtomicBool::new(false));
    let server = Server::start({
        let away = away.clone();
        move |seen| match seen.path.as_str() {
            "/token" if away.load(Ordering::SeqCst) => Some(text(500, "")),
            "/token" => Some(token(&format!("token-{}", seen.before), 0)),
            _ => None,
        }
    })
    .await;
    let client = Client::new(account(), server.options()).unwrap();
    client.sign_in().await.unwrap();
    away.store(true, Ordering::SeqCst);
    client.sign_in().await.unwrap_err();
    away.store(false, Ordering::SeqCst);
    client.sign_in().await.unwrap();
    assert!(server.signed_in()[2].contains("refresh-of-token-0"));
}
