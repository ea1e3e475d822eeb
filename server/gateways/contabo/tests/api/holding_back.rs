//! When the account is asked less: after a 429, and when everything fails.

use crate::server::{Reply, Server, StoppedClock, account, ok, status, text};
use contabo::{Call, Client, Error, InstanceFilter, InstanceId, RequestId};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// 429 to the first request, then an answer.
fn too_often_once(retry_after: Option<&'static str>) -> impl Fn(&crate::server::Seen) -> Option<Reply> {
    move |seen| {
        (seen.path != "/token").then(|| match seen.before {
            0 => Reply::Answer {
                status: 429,
                headers: retry_after
                    .map(|value| ("retry-after", value.to_owned()))
                    .into_iter()
                    .collect(),
                body: r#"{"message":"API rate limit exceeded"}"#.to_owned(),
            },
            _ => ok(&json!({"data": [{"instanceId": 7}]})),
        })
    }
}

#[tokio::test]
async fn after_a_429_everybody_rests_as_long_as_it_says() {
    for (retry_after, seconds) in [(Some("7"), 7), (None, 60), (Some("soon"), 60)] {
        let server = Server::start(too_often_once(retry_after)).await;
        let (refused, mut was_refused) = tokio::sync::mpsc::unbounded_channel();
        let mut options = server.options();
        options.observer = Some(Arc::new(move |call: &Call| {
            if call.status == Some(429) {
                refused.send(()).unwrap();
            }
        }));
        let client = Client::new(account(), options).unwrap();
        client.sign_in().await.unwrap();
        let clock = StoppedClock::stop();
        let spawn = || {
            let client = client.clone();
            tokio::spawn(async move { client.instances().get(InstanceId(7)).await })
        };
        let first = spawn();
        was_refused.recv().await.unwrap();
        let second = spawn();
        clock.advance(seconds - 1).await;
        tokio::task::yield_now().await;
        assert!(!first.is_finished() && !second.is_finished());
        assert_eq!(server.asked().len(), 1);
        clock.advance(2).await;
        first.await.unwrap().unwrap();
        second.await.unwrap().unwrap();
        assert_eq!(server.asked().len(), 3);
        tokio::time::resume();
    }
}

#[tokio::test]
async fn a_change_that_came_too_often_was_not_made_and_is_sent_again() {
    let server = Server::start(too_often_once(Some("0"))).await;
    let number = RequestId::random();
    server.client().instances().start(InstanceId(7), number).await.unwrap();
    let asked = server.asked();
    assert_eq!(asked.len(), 2);
    assert!(
        asked
            .iter()
            .all(|seen| seen.header("x-request-id") == number.to_string())
    );
}

#[tokio::test]
async fn a_storm_of_429_ends() {
    let server = Server::start(|seen| {
        (seen.path != "/token").then(|| Reply::Answer {
            status: 429,
            headers: vec![("retry-after", "0".to_owned())],
            body: String::new(),
        })
    })
    .await;
    let client = server.client();
    let error = client.instances().get(InstanceId(7)).await.unwrap_err();
    let wanted = Error::RateLimited {
        retry_after: Some(Duration::ZERO),
    };
    assert_eq!(error, wanted);
    let error = client
        .instances()
        .start(InstanceId(7), RequestId::random())
        .await
        .unwrap_err();
    assert_eq!(error, wanted);
    assert!(!error.may_have_been_done());
    assert_eq!(server.asked().len(), 6);
}

#[tokio::test]
async fn a_rest_that_is_too_long_is_said_at_once() {
    let server = Server::start(too_often_once(Some("900"))).await;
    let client = server.client();
    let error = client.instances().get(InstanceId(7)).await.unwrap_err();
    let rest = Some(Duration::from_secs(900));
    assert_eq!(error, Error::RateLimited { retry_after: rest });
    let error = client.instances().get(InstanceId(7)).await.unwrap_err();
    assert!(matches!(error, Error::Paused { .. }), "{error:?}");
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn requests_keep_to_the_rate() {
    let server = Server::start(|_| None).await;
    let mut options = server.options();
    options.rate.per_second = 4.0;
    options.rate.burst = 8;
    let client = Client::new(account(), options).unwrap();
    client.sign_in().await.unwrap();
    let clock = StoppedClock::stop();
    let calls: Vec<_> = (0..12)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.instances().list(&InstanceFilter::default()).await })
        })
        .collect();
    server.came(9).await;
    assert_eq!(server.asked().len(), 8);
    clock.advance(2).await;
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(server.asked().len(), 12);
}

#[tokio::test]
async fn an_api_that_only_fails_is_left_alone_and_then_tried_once() {
    let broken = Arc::new(AtomicBool::new(true));
    let server = Server::start({
        let broken = broken.clone();
        move |seen| {
            (seen.path != "/token").then(|| match broken.load(Ordering::SeqCst) {
                true => text(500, ""),
                false => status(404, &json!({"message": "not there"})),
            })
        }
    })
    .await;
    let client = server.client();
    let get = || async { client.instances().get(InstanceId(7)).await.unwrap_err() };
    let start = || async {
        client
            .instances()
            .start(InstanceId(7), RequestId::random())
            .await
            .unwrap_err()
    };
    // Five failures, the last one in the middle of the second question: it says what it saw.
    assert!(matches!(get().await, Error::Unclear { .. }));
    let clock = StoppedClock::stop();
    for _ in 0..2 {
        assert!(matches!(start().await, Error::Unclear { .. }));
    }
    assert_eq!(server.asked().len(), 5);
    for error in [get().await, start().await] {
        assert!(matches!(error, Error::Paused { .. }), "{error:?}");
        assert!(!error.may_have_been_done());
    }
    assert_eq!(server.asked().len(), 5);
    clock.advance(31).await;
    assert!(matches!(start().await, Error::Unclear { .. }));
    assert!(matches!(start().await, Error::Paused { .. }));
    assert_eq!(server.asked().len(), 6);
    // The pause is twice as long now; after it, all is well, for a refusal is an answer.
    broken.store(false, Ordering::SeqCst);
    clock.advance(31).await;
    assert!(matches!(start().await, Error::Paused { .. }));
    clock.advance(30).await;
    assert!(start().await.is_not_found());
    assert!(get().await.is_not_found());
}

#[tokio::test]
async fn nobody_listening_opens_the_breaker_too() {
    let mut server = Server::start(|_| None).await;
    let mut options = server.options();
    options.retry.attempts = 1;
    let client = Client::new(account(), options).unwrap();
    server.stop().await;
    for _ in 0..5 {
        let error = client.instances().get(InstanceId(7)).await.unwrap_err();
        assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    }
    let error = client.instances().get(InstanceId(7)).await.unwrap_err();
    assert!(matches!(error, Error::Paused { .. }), "{error:?}");
}
