//! Getting in, and not.

use std::sync::Arc;

use fakes::router::{RouterSpec, Version};
use md5::{Digest, Md5};
use rustls::ClientConfig;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use sha2::Sha256;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::peer::{Peer, spec, start};

#[tokio::test]
async fn a_wrong_password_is_refused_and_the_right_one_still_works() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::connect(&router).await;
    let refused = peer.ask(&["/login", "=name=mainstay", "=password=x"]).await;
    assert_eq!(refused[0].kind(), "!trap");
    assert_eq!(refused[0].get("message"), Some("invalid user name or password (6)"));
    assert_eq!(refused[1].kind(), "!done");
    peer.sign_in().await;
    assert_eq!(router.logins(), 1);
    assert_eq!(router.activity().borrow().refused_logins, 1);
}

#[tokio::test]
async fn an_old_router_ignores_the_password_and_wants_its_challenge_answered() {
    let version = Version::V6_40;
    let (router, _) = start(RouterSpec { version, ..spec() }).await;
    let mut peer = Peer::connect(&router).await;
    let first = peer.ask(&["/login", "=name=mainstay", "=password=secret"]).await;
    let challenge = first[0].get("ret").expect("a challenge").to_owned();
    assert_eq!(challenge.len(), 32);

    let octets: Vec<u8> = (0..16)
        .map(|n| u8::from_str_radix(&challenge[2 * n..2 * n + 2], 16).expect("hex"))
        .collect();
    let digest = Md5::digest([&b"\0secret"[..], &octets].concat());
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let response = format!("=response=00{digest}");
    let second = peer.ask(&["/login", "=name=mainstay", &response]).await;
    assert_eq!(second[0].0, ["!done"]);
    assert_eq!(peer.interfaces().await.len(), 3);

    let replayed = peer.ask(&["/login", "=name=mainstay", &response]).await;
    assert_eq!(replayed[0].get("message"), Some("cannot log in"));
}

#[tokio::test]
async fn a_command_before_the_login_is_fatal() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::connect(&router).await;
    let answer = peer.ask(&["/interface/print", ".tag=1"]).await;
    assert_eq!(answer[0].0, ["!fatal", "not logged in"]);
    peer.ends().await;
}

#[tokio::test]
async fn quitting_is_answered_and_ends_the_connection() {
    let (router, _) = start(spec()).await;
    let mut peer = Peer::signed_in(&router).await;
    let answer = peer.ask(&["/quit"]).await;
    assert_eq!(answer[0].0, ["!fatal", "session terminated on request"]);
    peer.ends().await;
}

#[tokio::test]
async fn refusing_every_login_can_be_switched() {
    let (router, _) = start(spec()).await;
    router.refuse_login(true);
    let mut peer = Peer::connect(&router).await;
    let words = ["/login", "=name=mainstay", "=password=secret"];
    assert_eq!(peer.ask(&words).await[0].kind(), "!trap");
    router.refuse_login(false);
    peer.sign_in().await;
}

#[tokio::test]
async fn a_session_too_many_is_closed_at_once() {
    let (router, _) = start(spec()).await;
    router.limit_sessions(Some(1));
    let first = Peer::signed_in(&router).await;
    Peer::connect(&router).await.ends().await;
    drop(first);
    let mut activity = router.activity();
    assert!(activity.wait_for(|seen| seen.sessions == 0).await.is_ok());
    Peer::signed_in(&router).await;
}

/// Accepts any certificate: the test compares its digest afterwards.
#[derive(Debug)]
struct AnyCertificate;

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        vec![rustls::SignatureScheme::ECDSA_NISTP256_SHA256]
    }
}

/// Signs in over TLS and returns the digest of the certificate that was shown.
async fn shown_certificate(router: &fakes::router::Router) -> [u8; 32] {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyCertificate))
        .with_no_client_auth();
    let address = router.tls_address().expect("a TLS port");
    let stream = TcpStream::connect(address).await.expect("an open port");
    let name = ServerName::try_from("router.invalid").expect("a name");
    let connector = TlsConnector::from(Arc::new(config));
    let stream = connector.connect(name, stream).await.expect("a handshake");
    let chain = stream.get_ref().1.peer_certificates().expect("a certificate");
    let shown = Sha256::digest(&chain[0]).into();
    Peer::on(stream).sign_in().await;
    shown
}

#[tokio::test]
async fn both_ports_serve_and_the_certificate_can_change() {
    let tls_port = Some(0);
    let (router, _) = start(RouterSpec { tls_port, ..spec() }).await;
    Peer::signed_in(&router).await;
    let before = router.certificate_sha256().expect("a certificate");
    assert_eq!(shown_certificate(&router).await, before);
    router.renew_certificate().expect("a new key");
    let after = shown_certificate(&router).await;
    assert_ne!(after, before);
    assert_eq!(router.certificate_sha256(), Some(after));
}
