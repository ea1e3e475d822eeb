//! What Contabo says when it will not or can't, in every shape in which it says it.

use crate::server::{Reply, Server, status, text};
use contabo::{Error, InstanceId, NewSnapshot, RegionCheck, RequestId};
use serde_json::json;

async fn answered(reply: impl Fn() -> Reply + Send + Sync + 'static) -> Error {
    let server = Server::start(move |seen| (seen.path != "/token").then(&reply)).await;
    let error = server.client().instances().get(InstanceId(7)).await.unwrap_err();
    let asked = server.asked();
    // Whatever the words are, the number is that of the last request.
    if let Some(number) = error.request_id() {
        assert_eq!(number.to_string(), asked[asked.len() - 1].header("x-request-id"));
    }
    error
}

#[tokio::test]
async fn a_refusal_keeps_the_words() {
    for (code, body, says) in [
        (
            400,
            json!({"statusCode": 400, "message": "Bad Request productId V0 is wrong"}),
            vec!["Bad Request productId V0 is wrong"],
        ),
        (
            400,
            json!({"message": ["imageId must be a UUID", "period is wrong"], "error": "Bad Request", "statusCode": 400}),
            vec!["imageId must be a UUID", "period is wrong"],
        ),
        (402, json!({"statusCode": 402, "message": "too many"}), vec!["too many"]),
        (403, json!({"message": null}), vec![]),
        (409, json!({"errors": ["taken"]}), vec!["taken"]),
        (
            415,
            json!({"message": "Unsupported Media Type", "statusCode": 415}),
            vec!["Unsupported Media Type"],
        ),
        (422, json!([]), vec![]),
    ] {
        let error = answered(move || status(code, &body)).await;
        assert_eq!(error.status(), Some(code), "{error:?}");
        assert_eq!(error.says(), says);
        assert!(matches!(error, Error::Refused { .. }) && !error.may_have_been_done());
        assert!(
            error
                .to_string()
                .starts_with(&format!("Contabo refused instances.get ({code})"))
        );
    }
}

#[tokio::test]
async fn a_refusal_without_words_is_a_refusal() {
    for body in ["", "<html><body>403 Forbidden</body></html>", "{", "\u{feff}", "null"] {
        let error = answered(move || text(403, body)).await;
        assert_eq!((error.status(), error.says()), (Some(403), vec![]), "{body}");
    }
}

#[tokio::test]
async fn gone_is_told_from_a_wrong_address() {
    let gone = answered(|| status(404, &json!({"statusCode": 404, "message": "Entry Instances not found"}))).await;
    assert!(gone.is_not_found());
    let empty = answered(|| text(404, "")).await;
    assert!(empty.is_not_found());
    for message in [
        "Cannot GET /v1/compute/instances/7",
        "no Route matched with those values",
    ] {
        let error = answered(move || status(404, &json!({"message": message}))).await;
        assert!(!error.is_not_found(), "{message}");
    }
}

#[tokio::test]
async fn the_gateways_and_other_peoples_failures_are_unclear() {
    for (code, body, says) in [
        (
            503,
            r#"{"message":"failure to get a peer from the ring-balancer"}"#,
            vec!["failure to get a peer from the ring-balancer"],
        ),
        (
            500,
            r#"{"statusCode":500,"message":"Internal server error"}"#,
            vec!["Internal server error"],
        ),
        (502, "<html><h1>502 Bad Gateway</h1></html>", vec![]),
        (504, "", vec![]),
        // A sign-in page of somebody's network.
        (302, "", vec![]),
    ] {
        let error = answered(move || text(code, body)).await;
        assert!(matches!(error, Error::Unclear { changing: false, .. }), "{error:?}");
        assert_eq!((error.status(), error.says()), (Some(code), says));
        // A question changes nothing.
        assert!(!error.may_have_been_done());
    }
}

#[tokio::test]
async fn a_good_answer_that_is_none_is_unreadable_and_says_where() {
    for (body, place) in [
        ("", ""),
        ("<html>", ""),
        (r#"{"data":[]}"#, "data"),
        (r#"{"data":[{"name":"vmi1"}]}"#, "data[0].instanceId"),
        (
            r#"{"data":[{"instanceId":7,"ipConfig":{"v4":{"netmaskCidr":[24]}}}]}"#,
            "data[0].ipConfig.v4.netmaskCidr",
        ),
    ] {
        let error = answered(move || text(200, body)).await;
        match &error {
            Error::Unreadable { place: found, .. } => assert_eq!(found, place, "{error}"),
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let server = Server::start(|seen| (seen.path != "/token").then(|| text(200, &" ".repeat(5000)))).await;
    let mut options = server.options();
    options.largest_answer = 4000;
    let client = contabo::Client::new(crate::server::account(), options).unwrap();
    let error = client.instances().get(InstanceId(7)).await.unwrap_err();
    assert!(error.to_string().contains("larger than 4000 bytes"), "{error}");
}

#[tokio::test]
async fn whether_an_instance_may_move_is_an_answer_either_way() {
    let server = Server::start(|seen| {
        seen.path.ends_with("/check").then(|| match seen.before {
            0 => text(204, ""),
            1 => status(400, &json!({"errors": ["private_network", "invalid_token"]})),
            _ => text(500, ""),
        })
    })
    .await;
    let client = server.client();
    let check = || async { client.instances().check_region_change(InstanceId(7)).await };
    assert_eq!(check().await.unwrap(), RegionCheck::Possible);
    let reasons = vec!["private_network".to_owned(), "invalid_token".to_owned()];
    assert_eq!(check().await.unwrap(), RegionCheck::Impossible(reasons));
    assert!(matches!(check().await.unwrap_err(), Error::Unclear { .. }));
}

#[tokio::test]
async fn a_free_domain_is_told_from_a_taken_one() {
    let server = Server::start(|seen| match seen.path.as_str() {
        "/token" => None,
        "/v1/registries-domains/free.example/check-availability" => Some(text(204, "")),
        "/v1/registries-domains/taken.example/check-availability" => Some(status(404, &json!({"message": "taken"}))),
        _ => Some(status(404, &json!({"message": "Cannot POST it"}))),
    })
    .await;
    let client = server.client();
    assert!(client.domains().is_available("free.example").await.unwrap());
    assert!(!client.domains().is_available("taken.example").await.unwrap());
    client.domains().is_available("other.example").await.unwrap_err();
}

#[tokio::test]
async fn a_change_that_was_made_with_an_unusable_answer_may_have_been_done() {
    let new = NewSnapshot {
        name: "before the update".to_owned(),
        description: None,
    };
    for body in ["", "<html>", "{}", r#"{"data":[{}]}"#] {
        let server = Server::start(move |seen| (seen.path != "/token").then(|| text(201, body))).await;
        let number = RequestId::random();
        let error = server
            .client()
            .snapshots()
            .create(InstanceId(7), &new, number)
            .await
            .unwrap_err();
        assert!(error.may_have_been_done(), "{body}: {error:?}");
        assert_eq!(error.request_id(), Some(number));
        assert_eq!(server.asked().len(), 1);
    }
    // What is only to be done needs no words for it, but no HTML either.
    let server = Server::start(|seen| match seen.path.as_str() {
        "/token" => None,
        path if path.ends_with("/start") => Some(text(201, "")),
        path if path.ends_with("/stop") => Some(text(201, r#"{"_links":{}}"#)),
        _ => Some(text(200, "<html>Welcome</html>")),
    })
    .await;
    let client = server.client();
    client
        .instances()
        .start(InstanceId(7), RequestId::random())
        .await
        .unwrap();
    client
        .instances()
        .stop(InstanceId(7), RequestId::random())
        .await
        .unwrap();
    let error = client
        .instances()
        .restart(InstanceId(7), RequestId::random())
        .await
        .unwrap_err();
    assert!(error.may_have_been_done());
}
