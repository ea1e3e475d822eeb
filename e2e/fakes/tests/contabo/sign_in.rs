//! Tokens: who gets one, how long it counts, and what comes before an operation is looked at.

use std::time::Duration;

use fakes::contabo::{ContaboSpec, FakeContabo, Seed};
use reqwest::Method;

use crate::client::{Client, credentials, http, sign_in};
use crate::{contabo, seconds};

/// The right fields, but for one.
fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let other = credentials().into_iter().filter(|(known, _)| *known != name);
    other.chain([(name, value)]).collect()
}

#[tokio::test]
async fn wrong_credentials_are_refused_as_keycloak_does() {
    let contabo = contabo(Seed::Empty, 0).await;
    for (name, error) in [
        ("username", "invalid_grant"),
        ("password", "invalid_grant"),
        ("client_id", "invalid_client"),
        ("client_secret", "unauthorized_client"),
    ] {
        let (status, body) = sign_in(&contabo, &with(name, "wrong")).await;
        assert_eq!((status.as_u16(), body["error"].as_str()), (401, Some(error)), "{name}");
    }
    let (status, body) = sign_in(&contabo, &with("grant_type", "client_credentials")).await;
    assert_eq!(
        (status.as_u16(), body["error"].as_str()),
        (400, Some("unsupported_grant_type"))
    );
    assert_eq!(contabo.tokens_given(), 0);
}

#[tokio::test]
async fn a_token_lives_five_minutes_and_is_renewed_for_half_an_hour() {
    let contabo = FakeContabo::start(ContaboSpec::default()).await.expect("it starts");
    let (_, first) = sign_in(&contabo, &credentials()).await;
    assert_eq!(first["expires_in"], 300);
    let client = Client::of(&contabo).await;
    contabo.advance(seconds(299));
    assert_eq!(client.get("/v1/tags").await.status, 200);
    contabo.advance(seconds(2));
    assert_eq!(client.get("/v1/tags").await.status, 401);
    let refresh = first["refresh_token"].as_str().expect("there is one");
    let fields = |token| {
        let secret = ("client_secret", "fake-client-secret");
        [
            ("grant_type", "refresh_token"),
            ("client_id", "INT-54321"),
            secret,
            ("refresh_token", token),
        ]
    };
    assert_eq!(sign_in(&contabo, &fields(refresh)).await.0, 200);
    contabo.advance(seconds(1_800));
    let (status, body) = sign_in(&contabo, &fields(refresh)).await;
    assert_eq!((status.as_u16(), body["error"].as_str()), (400, Some("invalid_grant")));
    // A token of access is none to renew with.
    let access = first["access_token"].as_str().expect("there is one");
    assert_eq!(sign_in(&contabo, &fields(access)).await.0, 400);
}

#[tokio::test]
async fn a_request_needs_a_token_then_an_operation_then_a_request_id() {
    let contabo = contabo(Seed::Empty, 0).await;
    let path = format!("{}/v1/tags", contabo.api());
    let plain = http().get(&path).send().await.expect("it answers");
    assert_eq!(plain.status(), 401);
    let client = Client::of(&contabo).await;
    let nowhere = client.send(Method::DELETE, "/v1/compute/instances/5", None).await;
    assert_eq!(nowhere.status, 404);
    assert_eq!(nowhere.body["message"], "Cannot DELETE /v1/compute/instances/5");
    let (_, token) = sign_in(&contabo, &credentials()).await;
    let token = token["access_token"].as_str().expect("a token");
    for wrong in [None, Some("5")] {
        let mut request = http().get(&path).bearer_auth(token);
        if let Some(id) = wrong {
            request = request.header("x-request-id", id);
        }
        assert_eq!(request.send().await.expect("it answers").status(), 400, "{wrong:?}");
    }
}

#[tokio::test]
async fn a_new_client_secret_ends_the_old_one() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    let reply = client.send(Method::PUT, "/v1/users/client/secret", None).await;
    let secret = reply.first()["secret"].as_str().expect("a secret").to_owned();
    assert_eq!(sign_in(&contabo, &credentials()).await.0, 401);
    assert_eq!(sign_in(&contabo, &with("client_secret", &secret)).await.0, 200);
}

#[tokio::test]
async fn tokens_can_be_ended_at_once_and_every_few_requests() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    contabo.expire_tokens();
    assert_eq!(client.get("/v1/tags").await.status, 401);
    contabo.expire_tokens_every(Some(2));
    let client = Client::of(&contabo).await;
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(client.get("/v1/tags").await.status);
    }
    assert_eq!(statuses, [200, 200, 401]);
    let client = Client::of(&contabo).await;
    assert_eq!(client.get("/v1/tags").await.status, 200);
}

#[tokio::test]
async fn it_can_be_away_and_comes_back_on_the_same_port() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    contabo.set_reachable(false).await;
    let error = client
        .try_send(Method::GET, "/v1/tags", None)
        .await
        .expect_err("it is away");
    assert!(error.is_connect() || error.is_request(), "{error}");
    assert_eq!(sign_in(&contabo, &credentials()).await.0, 200);
    contabo.set_reachable(true).await;
    assert_eq!(client.get("/v1/tags").await.status, 200);
    contabo.set_sign_in_reachable(false).await;
    let away = http()
        .post(contabo.sign_in())
        .timeout(Duration::from_secs(5))
        .send()
        .await;
    assert!(away.is_err());
}

#[tokio::test]
async fn the_log_keeps_no_secret() {
    let contabo = contabo(Seed::Empty, 0).await;
    let client = Client::of(&contabo).await;
    let secret = serde_json::json!({ "name": "root", "type": "password", "value": "Very-Secret-123!" });
    client.post("/v1/secrets", secret).await;
    let log = format!("{:?}", contabo.requests());
    for secret in ["Very-Secret", "pass+word", "fake-client-secret"] {
        assert!(!log.contains(secret), "{log}");
    }
    assert_eq!(contabo.requests_to("createSecret")[0].body["name"], "root");
    assert_eq!(contabo.requests_to("signIn").len(), 1);
}
