//! What can be switched on to go wrong.

use std::time::{Duration, Instant};

use fakes::contabo::{Fault, Rule, Seed, StrangePages, control};
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Client;
use crate::contabo;

const INSTANCES: &str = "/v1/compute/instances";

#[tokio::test]
async fn an_order_may_be_taken_and_the_answer_lost() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    for (fault, name) in [
        (Fault::DropAfter, "dropped"),
        (Fault::ErrorAfter, "failed"),
        (Fault::CutInside, "cut"),
        (Fault::EmptyAfter, "empty"),
    ] {
        contabo.inject(Rule::at("createInstance", fault).once());
        let body = json!({ "period": 1, "displayName": name });
        let reply = client.try_send(Method::POST, INSTANCES, Some(body)).await;
        let answered = reply.is_ok_and(|reply| reply.status == 201 && reply.body["data"].is_array());
        assert!(!answered, "{name}");
        assert_eq!(contabo.orders_named(name), 1, "{name}");
    }
    let requests = contabo.requests_to("createInstance");
    assert!(requests.iter().all(|request| request.done && request.ended));
    assert_eq!(requests[0].status, None);
    // What was done is found by its request.
    let path = format!("{INSTANCES}/audits?requestId={}", Client::request_id(1));
    assert_eq!(client.get(&path).await.data().len(), 1);
}

#[tokio::test]
async fn some_faults_leave_everything_as_it_was() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    let expected = [
        (Fault::ErrorBefore, 500),
        (Fault::TooManyRequests { retry_after: None }, 429),
        (Fault::Gateway, 503),
        (Fault::Html, 502),
        (Fault::Empty(504), 504),
        (Fault::Refuse(402, "no".to_owned()), 402),
        (Fault::Vanished, 404),
    ];
    for (fault, status) in expected {
        contabo.inject(Rule::at("createInstance", fault.clone()).once());
        let reply = client.post(INSTANCES, json!({ "period": 1 })).await;
        assert_eq!(reply.status, status, "{fault:?}");
    }
    contabo.inject(Rule::always(Fault::DropBefore).on_method("POST").once());
    assert!(
        client
            .try_send(Method::POST, INSTANCES, Some(json!({ "period": 1 })))
            .await
            .is_err()
    );
    assert_eq!(contabo.orders(), []);
    contabo.inject(Rule::always(Fault::TokenExpired).once());
    assert_eq!(client.get(INSTANCES).await.status, 401);
    assert_eq!(client.get(INSTANCES).await.status, 401);
    assert_eq!(Client::of(&contabo).await.get(INSTANCES).await.status, 200);
}

#[tokio::test]
async fn a_silent_server_is_noticed_by_the_log_alone() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    contabo.inject(Rule::at("createInstance", Fault::HangAfter).once());
    let silent = {
        let client = client.clone();
        tokio::spawn(async move {
            client
                .post(INSTANCES, json!({ "period": 1, "displayName": "silent" }))
                .await
        })
    };
    contabo.wait_for("createInstance", 1).await;
    assert_eq!(contabo.orders_named("silent"), 1);
    assert!(!silent.is_finished());
    silent.abort();
    assert_eq!(contabo.faults_left(), 0);
}

#[tokio::test]
async fn too_many_requests_come_with_and_without_a_time_and_for_real() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    contabo.inject(Rule::at("retrieveTagList", Fault::TooManyRequests { retry_after: Some(7) }).times(2));
    for _ in 0..2 {
        let reply = client.get("/v1/tags").await;
        assert_eq!((reply.status, reply.retry_after.as_deref()), (429, Some("7")));
    }
    assert_eq!(client.get("/v1/tags").await.status, 200);
    contabo.limit_rate(Some(1));
    let mut refused = 0;
    for _ in 0..10 {
        refused += usize::from(client.get("/v1/tags").await.status == 429);
    }
    assert!(refused > 0, "ten at once are more than one a second");
    contabo.limit_rate(None);
    assert_eq!(client.get("/v1/tags").await.status, 200);
}

#[tokio::test]
async fn a_slow_answer_is_right_and_late() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    let pause = Duration::from_millis(150);
    contabo.inject(Rule::always(Fault::Slow(pause)).on_path("/v1/tags").once());
    let begun = Instant::now();
    assert_eq!(client.get("/v1/tags").await.status, 200);
    assert!(begun.elapsed() >= pause);
}

#[tokio::test]
async fn answers_may_hold_unknown_words_and_nulls() {
    let contabo = contabo(Seed::Demo, 0).await;
    let client = Client::of(&contabo).await;
    contabo.inject(Rule::at("retrieveInstancesList", Fault::UnknownValues).once());
    let strange = client.get(INSTANCES).await;
    assert_eq!(
        (&strange.first()["status"], &strange.first()["region"]),
        (&json!("hibernating"), &json!("MARS"))
    );
    contabo.inject(Rule::at("retrieveInstancesList", Fault::Nulls).once());
    let nulls = client.get(INSTANCES).await;
    assert_eq!(nulls.first()["sshKeys"], Value::Null);
    assert_eq!(nulls.first().get("defaultUser"), None);
    assert_eq!(client.get(INSTANCES).await.first()["defaultUser"], "admin");
}

#[tokio::test]
async fn lists_may_lie_about_their_pages() {
    let contabo = contabo(Seed::Empty, 30).await;
    let client = Client::of(&contabo).await;
    let pages = async |strange| {
        contabo.inject(Rule::at("retrieveInstancesList", Fault::Pages(strange)).once());
        client.get(&format!("{INSTANCES}?page=2")).await.body
    };
    assert_eq!(pages(StrangePages::Endless).await["_pagination"]["totalPages"], 3);
    assert_eq!(pages(StrangePages::None).await["_pagination"]["totalPages"], 0);
    assert_eq!(pages(StrangePages::TooMany).await["_pagination"]["totalPages"], 5);
    assert_eq!(pages(StrangePages::Absent).await.get("_pagination"), None);
    assert_eq!(
        pages(StrangePages::Shifted).await["data"].as_array().map(Vec::len),
        Some(11)
    );
}

#[tokio::test]
async fn switches_are_words_too() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    let say = async |line: &str| control::apply(&contabo, line).await;
    let id = say("new shop V154 UK").await.expect("it is made");
    assert_eq!(say(&format!("show {id}")).await, Ok("running shop".to_owned()));
    assert_eq!(say("find shop").await, Ok(id.clone()));
    for line in [
        "fail start 500-after after 1 once",
        "fail any 429:9 times 2",
        "order pending",
        "tokens every 5",
        "clear",
    ] {
        assert_eq!(say(line).await, Ok(String::new()), "{line}");
    }
    say(&format!("stop {id}")).await.expect("it is there");
    say(&format!("cancel {id}")).await.expect("it is there");
    say("advance 3000000").await.expect("time passes");
    assert_eq!(
        say(&format!("show {id}")).await,
        Err(format!("there is no instance {id}"))
    );
    client.get("/v1/tags").await;
    assert_eq!(say("served retrieveTagList").await, Ok("1".to_owned()));
    assert_eq!(say("orders").await, Ok("0".to_owned()));
    for wrong in [
        "",
        "fail start nonsense",
        "fail start 500 often",
        "reachable maybe",
        "stop x",
    ] {
        assert!(say(wrong).await.is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn times_may_be_written_in_another_way() {
    let contabo = contabo(Seed::Demo, 0).await;
    let client = Client::of(&contabo).await;
    let created = async || client.get(INSTANCES).await.first()["createdDate"].clone();
    assert_eq!(created().await, "2025-10-07T10:00:00.000Z");
    contabo.inject(Rule::at("retrieveInstancesList", Fault::OtherTimes).once());
    assert_eq!(created().await, "2025-10-07 10:00:00+00:00");
}

#[tokio::test]
async fn an_answer_is_lost_only_where_there_is_something_to_lose() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    contabo.inject(Rule::at("createInstance", Fault::ErrorAfter).once());
    assert_eq!(client.post(INSTANCES, json!({})).await.status, 400);
    contabo.expire_tokens();
    assert_eq!(client.post(INSTANCES, json!({ "period": 1 })).await.status, 401);
    let client = Client::of(&contabo).await;
    assert_eq!(client.post(INSTANCES, json!({ "period": 1 })).await.status, 500);
    assert_eq!(contabo.orders().len(), 1);
}
