//! What is asked again, and above all what never is.

use crate::server::{Reply, Server, account, instances, ok, status, text};
use contabo::{
    Client, DefaultUser, Error, InstanceFilter, InstanceId, NewInstance, NewObjectStorage, PrivateNetworkId, PtrRecord,
    Region, RequestId, SecretChange, SecretId,
};
use serde_json::json;
use std::time::Duration;

fn order() -> NewInstance {
    NewInstance {
        period: 1,
        product_id: "V153".into(),
        region: Region::Europe,
        image_id: "afecbb85-e2fc-46f0-9684-b46b1faf00bb".into(),
        ssh_keys: vec![],
        root_password: Some(SecretId(3)),
        user_data: None,
        license: None,
        display_name: Some("web 1".to_owned()),
        default_user: DefaultUser::Admin,
        add_ons: None,
        application_id: None,
    }
}

#[tokio::test]
async fn a_question_is_asked_again_until_it_is_answered() {
    for broken in [|| text(500, ""), || text(503, "{}"), || Reply::Cut, || Reply::CutInBody] {
        let server = Server::start(move |seen| {
            (seen.path != "/token").then(|| match seen.before {
                0 | 1 => broken(),
                _ => ok(&json!({"data": [{"instanceId": 7}]})),
            })
        })
        .await;
        let instance = server.client().instances().get(InstanceId(7)).await.unwrap();
        assert_eq!(instance.instance_id, InstanceId(7));
        let asked = server.asked();
        assert_eq!(asked.len(), 3);
        assert_ne!(asked[0].header("x-request-id"), asked[1].header("x-request-id"));
    }
}

#[tokio::test]
async fn a_question_is_not_asked_for_ever() {
    let server = Server::start(|seen| (seen.path != "/token").then(|| text(500, ""))).await;
    let error = server.client().instances().get(InstanceId(7)).await.unwrap_err();
    assert!(matches!(error, Error::Unclear { status: Some(500), .. }), "{error:?}");
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn a_refused_question_is_not_asked_again() {
    for code in [400, 402, 403, 404, 409, 422] {
        let server = Server::start(move |seen| (seen.path != "/token").then(|| text(code, ""))).await;
        server.client().instances().get(InstanceId(7)).await.unwrap_err();
        assert_eq!(server.asked().len(), 1, "{code}");
    }
}

/// A way in which an answer to a change can fail to come.
type Failure = (&'static str, fn() -> Reply);

const FAILURES: [Failure; 9] = [
    ("408", || text(408, "")),
    ("500", || {
        text(500, r#"{"message":"Internal server error","statusCode":500}"#)
    }),
    ("502 with HTML", || text(502, "<html>")),
    ("503 of the gateway", || {
        status(503, &json!({"message": "failure to get a peer from the ring-balancer"}))
    }),
    ("504", || text(504, "")),
    ("redirect", || Reply::Answer {
        status: 307,
        headers: vec![("location", "/elsewhere".to_owned())],
        body: String::new(),
    }),
    ("cut connection", || Reply::Cut),
    ("cut in the middle of the answer", || Reply::CutInBody),
    ("time-out", || Reply::Silence),
];

#[tokio::test]
async fn an_order_is_never_sent_twice() {
    for (name, reply) in FAILURES {
        let server = Server::start(move |seen| (seen.path != "/token").then(reply)).await;
        let mut options = server.options();
        options.timeout = Duration::from_secs(1);
        let client = Client::new(account(), options).unwrap();
        let number = RequestId::random();
        let error = client.instances().create(&order(), number).await.unwrap_err();
        assert!(error.may_have_been_done(), "{name}: {error:?}");
        assert_eq!(error.request_id(), Some(number), "{name}");
        assert_eq!(server.asked().len(), 1, "{name}");
    }
}

#[tokio::test]
async fn no_kind_of_change_is_sent_twice() {
    let server = Server::start(|seen| (seen.path != "/token").then_some(Reply::Cut)).await;
    let client = server.client();
    let id = RequestId::random;
    let storage = NewObjectStorage {
        region: Region::Europe,
        total_purchased_space_tb: 0.25,
        display_name: None,
        auto_scaling: None,
    };
    for error in [
        client
            .object_storages()
            .create(&storage, id())
            .await
            .map(drop)
            .unwrap_err(),
        client
            .secrets()
            .update(SecretId(1), &SecretChange::default(), id())
            .await
            .unwrap_err(),
        client
            .ptr_records()
            .set("192.0.2.1", "a.example", id())
            .await
            .unwrap_err(),
        client
            .private_networks()
            .unassign(PrivateNetworkId(1), InstanceId(2), id())
            .await
            .unwrap_err(),
    ] {
        assert!(error.may_have_been_done(), "{error:?}");
    }
    let methods: Vec<_> = server.asked().iter().map(|seen| seen.method.clone()).collect();
    assert_eq!(methods, ["POST", "PATCH", "PUT", "DELETE"]);
}

#[tokio::test]
async fn a_change_on_a_connection_that_was_kept_too_long_is_not_sent_twice() {
    // The first answer leaves the connection open, and the server hangs up as soon as more comes.
    let server = Server::start(|seen| match (seen.path.as_str(), seen.method.as_str()) {
        ("/token", _) | (_, "GET") => None,
        _ => Some(Reply::Cut),
    })
    .await;
    let client = server.client();
    client.instances().list(&InstanceFilter::default()).await.unwrap();
    let error = client
        .instances()
        .create(&order(), RequestId::random())
        .await
        .unwrap_err();
    assert!(error.may_have_been_done(), "{error:?}");
    let orders = server.asked().iter().filter(|seen| seen.method == "POST").count();
    assert_eq!(orders, 1);
}

#[tokio::test]
async fn what_was_not_sent_was_not_done() {
    let mut server = Server::start(|_| None).await;
    let client = server.client();
    client.sign_in().await.unwrap();
    let mut options = server.options();
    options.api = contabo::Url::parse("http://127.0.0.1:1/").unwrap();
    let nobody = Client::new(account(), options).unwrap();
    let error = nobody
        .instances()
        .create(&order(), RequestId::random())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    assert!(!error.may_have_been_done());

    let mut options = server.options();
    options.api = contabo::Url::parse("http://no-such-host.invalid/").unwrap();
    let nowhere = Client::new(account(), options).unwrap();
    let error = nowhere
        .instances()
        .create(&order(), RequestId::random())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");

    // The server speaks no TLS.
    let mut options = server.options();
    options.connect_timeout = Duration::from_millis(500);
    options.api = contabo::Url::parse(&server.url("/").to_string().replace("http:", "https:")).unwrap();
    let plain = Client::new(account(), options).unwrap();
    let error = plain
        .instances()
        .create(&order(), RequestId::random())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error:?}");
    server.stop().await;
}

#[tokio::test]
async fn an_id_that_leads_elsewhere_is_not_sent() {
    let server = Server::start(|_| None).await;
    let client = server.client();
    for zone in ["", ".", "..", "audits"] {
        let error = client.dns_zones().delete(zone, RequestId::random()).await.unwrap_err();
        assert!(matches!(error, Error::Invalid { .. }), "{error:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn an_order_says_what_was_ordered() {
    let server = Server::start(|seen| {
        (seen.path != "/token").then(|| {
            status(
                201,
                &json!({"data": [{"instanceId": 201_234_567, "status": "provisioning"}]}),
            )
        })
    })
    .await;
    let created = server
        .client()
        .instances()
        .create(&order(), RequestId::random())
        .await
        .unwrap();
    assert_eq!(created.instance_id, InstanceId(201_234_567));
    let asked = &server.asked()[0];
    assert_eq!(asked.header("content-type"), "application/json");
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&asked.body).unwrap(),
        json!({
            "period": 1, "productId": "V153", "region": "EU", "displayName": "web 1", "rootPassword": 3,
            "imageId": "afecbb85-e2fc-46f0-9684-b46b1faf00bb", "defaultUser": "admin",
        })
    );
}

#[tokio::test]
async fn the_list_goes_on_after_a_failure_in_the_middle() {
    let server = Server::start(|seen| {
        (seen.path != "/token").then(|| match (seen.before, seen.page()) {
            (1, _) => Reply::Cut,
            (_, page) => instances(&[i64::try_from(page).unwrap()], page, 3, 3),
        })
    })
    .await;
    let list = server
        .client()
        .instances()
        .list(&InstanceFilter::default())
        .await
        .unwrap();
    assert_eq!((list.len(), server.asked().len()), (3, 4));
    let record: Result<PtrRecord, _> = server.client().ptr_records().get("192.0.2.1").await;
    assert!(record.is_err());
}
