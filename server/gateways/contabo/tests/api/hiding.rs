//! Nothing secret shows: not in the log at its most talkative, not in what is told to the observer, and
//! not in what prints itself.

use crate::server::{Server, account, ok, status, text};
use contabo::{
    Call, Client, Hidden, InstanceId, NewSecret, ObjectStorageId, Reinstall, RequestId, SecretId, SecretType, UserId,
};
use serde_json::json;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// What may never show.
const SECRETS: [&str; 9] = [
    "client-s3cret",
    "p&ss",
    "p%26ss",
    "token-1",
    "refresh-of",
    "Sup3r!secret",
    "s3-key-of-alice",
    "one-time-link",
    "chpasswd",
];

#[tokio::test]
async fn the_log_tells_of_each_call_and_of_no_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .with_ansi(false)
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = Server::start(|seen| match seen.path.as_str() {
        "/token" => None,
        "/v1/secrets/5" => Some(ok(&json!({"data": [{"secretId": 5, "value": "Sup3r!secret"}]}))),
        "/v1/secrets" => Some(status(201, &json!({"data": [{"secretId": 5}]}))),
        "/v1/users/sso-token" => Some(ok(&json!({"data": [{"url": "https://my.example/one-time-link"}]}))),
        path if path.contains("credentials") => Some(ok(&json!({
            "data": [{"credentialId": 1, "accessKey": "AK", "secretKey": "s3-key-of-alice"}]
        }))),
        path if path.starts_with("/v1/compute") => Some(ok(&json!({"data": []}))),
        _ => Some(text(500, "")),
    })
    .await;
    let told: Arc<Mutex<Vec<Call>>> = Arc::default();
    let mut options = server.options();
    options.observer = Some(Arc::new({
        let told = told.clone();
        move |call: &Call| told.lock().unwrap().push(call.clone())
    }));
    let client = Client::new(account(), options).unwrap();
    let number = RequestId::random();
    let new = NewSecret {
        name: "root".to_owned(),
        value: "Sup3r!secret".into(),
        kind: SecretType::Password,
    };
    let reinstall = Reinstall {
        image_id: "i".into(),
        ssh_keys: vec![],
        root_password: Some(SecretId(5)),
        user_data: Some(Hidden::from("#cloud-config\nchpasswd: x")),
        default_user: contabo::DefaultUser::Root,
        application_id: None,
    };
    let created = client.secrets().create(&new, number).await.unwrap();
    let secret = client.secrets().get(SecretId(5)).await.unwrap();
    let link = client.users().panel_link(RequestId::random()).await.unwrap();
    let pair = client
        .credentials()
        .get(
            &UserId::from("u"),
            &ObjectStorageId::from("o"),
            contabo::CredentialId(1),
        )
        .await
        .unwrap();
    client
        .instances()
        .reinstall(InstanceId(7), &reinstall, RequestId::random())
        .await
        .unwrap();
    let error = client.tags().get(contabo::TagId(1)).await.unwrap_err();
    assert_eq!(secret.value.as_ref().map(Hidden::expose), Some("Sup3r!secret"));
    assert_eq!(pair.secret_key.as_ref().map(Hidden::expose), Some("s3-key-of-alice"));
    assert!(link.url.is_some());

    let mut shown = log.text();
    assert!(shown.contains("operation=\"secrets.create\""), "{shown}");
    assert!(shown.contains("path=\"/v1/secrets\""));
    assert!(shown.contains(&format!("request_id={number}")));
    assert!(shown.contains("operation=\"sign_in\""));
    {
        let told = told.lock().unwrap();
        let seen = server.seen();
        // One call a request, in the same order and with the same numbers.
        let numbers: Vec<_> = seen.iter().map(|seen| seen.header("x-request-id").to_owned()).collect();
        assert_eq!(
            told.iter().map(|call| call.request_id.to_string()).collect::<Vec<_>>(),
            numbers
        );
        assert_eq!(told[1].operation, "secrets.create");
        assert_eq!(
            (told[1].status, told[1].attempt, told[1].changing),
            (Some(201), 1, true)
        );
        assert_eq!(told.last().unwrap().attempt, 3);
        shown.push_str(&format!("{told:?}"));
    }
    shown.push_str(&format!(
        "{client:?} {new:?} {reinstall:?} {created:?} {secret:?} {link:?} {pair:?} {error:?} {error}"
    ));
    shown.push_str(&format!("{:?}", account()));
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{secret} shows");
    }
}

#[tokio::test]
async fn a_query_does_not_show() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = Server::start(|seen| (seen.path != "/token").then_some(crate::server::Reply::Cut)).await;
    let filter = contabo::UserFilter {
        email: Some("alice@example.org".to_owned()),
        ..contabo::UserFilter::default()
    };
    let error = server.client().users().list(&filter).await.unwrap_err();
    assert!(server.asked()[0].query.contains("alice"));
    assert!(
        !log.text().contains("alice") && !format!("{error:?}").contains("alice"),
        "{}",
        log.text()
    );
}
