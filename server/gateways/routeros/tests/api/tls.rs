//! TLS: pinning, an own authority, and never plain text instead.

use crate::peer::{Peer, alice, impatient, router, target};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use routeros::{Client, Error, Options, Stage, Tls, fingerprint};
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A certificate with its key, as a router has it.
struct Identity {
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

impl Identity {
    fn params(names: &[&str]) -> CertificateParams {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).unwrap();
        params.distinguished_name.push(DnType::CommonName, "router1");
        params
    }

    fn self_signed() -> Self {
        let key = KeyPair::generate().unwrap();
        let certificate = Self::params(&["router1"]).self_signed(&key).unwrap();
        Self {
            certificate: certificate.der().clone(),
            key: key.serialize_der(),
        }
    }

    fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.certificate).into()
    }

    fn config(&self, versions: &[&'static rustls::SupportedProtocolVersion]) -> Arc<rustls::ServerConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::try_from(self.key.clone()).unwrap();
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.clone()], key)
            .unwrap();
        Arc::new(config)
    }

    /// A router with this certificate. Gives whether a login arrived.
    async fn serve(&self) -> (u16, JoinHandle<bool>) {
        self.serve_only(rustls::ALL_VERSIONS).await
    }

    async fn serve_only(&self, versions: &[&'static rustls::SupportedProtocolVersion]) -> (u16, JoinHandle<bool>) {
        let acceptor = tokio_rustls::TlsAcceptor::from(self.config(versions));
        router(async move |peer: Peer| {
            let Ok(stream) = acceptor.accept(peer.0).await else {
                return false;
            };
            let mut peer = Peer(stream);
            // With TLS 1.3 the handshake ends here before the client has looked at the certificate.
            let Some(asked) = peer.next().await else {
                return false;
            };
            assert!(asked.has("=password=secret"));
            peer.say(&["!done"]).await;
            peer.ignore_the_rest().await;
            true
        })
        .await
    }
}

async fn connect(port: u16, tls: &Tls) -> Result<Client, Error> {
    let target = target("127.0.0.1", port);
    Client::connect(&target, tls, &alice(), &Options::default()).await
}

#[tokio::test]
async fn the_first_use_tells_which_certificate_was_seen() {
    let identity = Identity::self_signed();
    let (port, served) = identity.serve().await;
    let client = connect(port, &Tls::Pin { sha256: None }).await.unwrap();
    let seen = client.certificate().unwrap();
    assert_eq!(seen.sha256, identity.sha256());
    assert_eq!(seen.subject, "CN=router1");
    assert_eq!(seen.issuer, "CN=router1");
    assert!(seen.not_before.unwrap() < seen.not_after.unwrap());
    drop(client);
    assert!(served.await.unwrap());
}

#[tokio::test]
async fn the_pinned_certificate_is_accepted_with_either_version_of_tls() {
    // Routers can be told `tls-version=only-1.2`.
    for version in [&rustls::version::TLS12, &rustls::version::TLS13] {
        let identity = Identity::self_signed();
        let (port, served) = identity.serve_only(&[version]).await;
        let sha256 = Some(identity.sha256());
        drop(connect(port, &Tls::Pin { sha256 }).await.unwrap());
        assert!(served.await.unwrap());
    }
}

#[tokio::test]
async fn another_certificate_than_the_pinned_one_never_gets_the_password() {
    let (pinned, changed) = (Identity::self_signed(), Identity::self_signed());
    let (port, served) = changed.serve().await;
    let sha256 = Some(pinned.sha256());
    let error = connect(port, &Tls::Pin { sha256 }).await.unwrap_err();
    assert_eq!(error.code(), "pin_mismatch");
    let text = error.to_string();
    assert!(text.contains(&fingerprint(&pinned.sha256())), "{text}");
    assert!(text.contains(&fingerprint(&changed.sha256())), "{text}");
    let Error::PinMismatch { expected, seen } = error else {
        panic!("another error");
    };
    assert_eq!(expected, pinned.sha256());
    assert_eq!(seen.sha256, changed.sha256());
    assert!(!served.await.unwrap(), "no login arrived");
}

fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "our CA");
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

fn signed(issuer: &CertifiedIssuer<'static, KeyPair>, names: &[&str]) -> Identity {
    let key = KeyPair::generate().unwrap();
    let certificate = Identity::params(names).signed_by(&key, issuer).unwrap();
    Identity {
        certificate: certificate.der().clone(),
        key: key.serialize_der(),
    }
}

#[tokio::test]
async fn an_own_authority_vouches_for_its_routers() {
    let ours = authority();
    let (port, served) = signed(&ours, &["127.0.0.1"]).serve().await;
    let client = connect(port, &Tls::Ca { pem: ours.pem() }).await.unwrap();
    assert_eq!(client.certificate().unwrap().issuer, "CN=our CA");
    drop(client);
    assert!(served.await.unwrap());
}

#[tokio::test]
async fn an_own_authority_refuses_strangers_and_other_names() {
    let ours = authority();
    let cases = [
        (signed(&authority(), &["127.0.0.1"]), "authority"),
        (signed(&ours, &["router1.example"]), "subject-alt-name"),
    ];
    for (identity, cause) in cases {
        let (port, served) = identity.serve().await;
        let error = connect(port, &Tls::Ca { pem: ours.pem() }).await.unwrap_err();
        assert_eq!(error.code(), "tls");
        assert!(error.to_string().contains(cause), "{error}");
        assert!(!served.await.unwrap(), "no login arrived");
    }
}

#[tokio::test]
async fn an_unusable_authority_is_told_before_anything_is_connected() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    for pem in ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let pem = pem.to_owned();
        let error = connect(port, &Tls::Ca { pem }).await.unwrap_err();
        assert_eq!(error.code(), "bad_authority");
    }
    let connected = tokio::time::timeout(std::time::Duration::ZERO, listener.accept()).await;
    assert!(connected.is_err(), "nobody connected");
}

/// A router that answers the first bytes with these, and gives all bytes that it ever got. It listens
/// until the client has failed, so that a second attempt would be seen.
async fn answering(answer: &'static [u8]) -> (u16, JoinHandle<Vec<u8>>, Listening) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let served = tokio::spawn(async move {
        let mut seen = Vec::new();
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.read_buf(&mut seen).await.unwrap();
        stream.write_all(answer).await.unwrap();
        if answer.is_empty() {
            stream.shutdown().await.unwrap();
        }
        // A reset is an end as good as any.
        let _ = stream.read_to_end(&mut seen).await;
        tokio::select! {
            biased;
            _ = listener.accept() => panic!("a second connection"),
            _ = stopped => {}
        }
        seen
    });
    (port, served, Listening(stop))
}

/// Keeps the router listening until it is told to stop.
struct Listening(tokio::sync::oneshot::Sender<()>);

#[tokio::test]
async fn a_failed_handshake_names_its_cause_and_is_never_followed_by_plain_text() {
    let cases: [(&'static [u8], &str); 4] = [
        // alert: handshake_failure
        (&[0x15, 3, 3, 0, 2, 2, 40], "no ECDHE"),
        // alert: protocol_version
        (&[0x15, 3, 3, 0, 2, 2, 70], "older than 1.2"),
        // a plain api service
        (b"\x06!fatal\x0Dnot logged in\x00", "does not speak TLS"),
        (b"", "no certificate"),
    ];
    for (answer, cause) in cases {
        let (port, served, stop) = answering(answer).await;
        let error = connect(port, &Tls::Pin { sha256: None }).await.unwrap_err();
        assert_eq!(error.code(), "tls");
        assert!(error.to_string().contains(cause), "{error}");
        let _ = stop.0.send(());
        let seen = served.await.unwrap();
        assert_eq!(seen[0], 0x16, "a TLS handshake");
        assert!(!seen.windows(6).any(|part| part == b"secret"));
    }
}

#[tokio::test]
async fn a_port_that_is_silent_to_tls_is_given_up() {
    let (port, served) = router(async |mut peer: Peer| {
        let mut seen = Vec::new();
        let _ = peer.0.read_to_end(&mut seen).await;
    })
    .await;
    let target = target("127.0.0.1", port);
    let pin = Tls::Pin { sha256: None };
    let error = Client::connect(&target, &pin, &alice(), &impatient()).await;
    assert!(matches!(error.unwrap_err(), Error::TimedOut { stage: Stage::Tls, .. }));
    served.await.unwrap();
}
