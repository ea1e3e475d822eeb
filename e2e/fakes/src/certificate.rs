//! The self-signed certificates that fakes show.

use std::io;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, pem::PemObject};
use rustls::server::NoServerSessionStorage;
use sha2::{Digest, Sha256};

/// A certificate with its key, ready to serve.
pub(crate) struct Certificate {
    pub(crate) config: Arc<ServerConfig>,
    /// SHA-256 of the DER form, which is what a client pins.
    pub(crate) sha256: [u8; 32],
}

/// A certificate and its key as PEM, to be shown again by a later start.
#[derive(Clone, Debug)]
pub struct SelfSigned {
    pub certificate: String,
    pub key: String,
}

impl SelfSigned {
    /// New ones: the one thing here that does not follow from the seed.
    pub fn new() -> io::Result<Self> {
        let names = vec!["router.invalid".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).map_err(io::Error::other)?;
        Ok(Self {
            certificate: made.cert.pem(),
            key: made.signing_key.serialize_pem(),
        })
    }
}

impl Certificate {
    pub(crate) fn of(kept: &SelfSigned) -> io::Result<Self> {
        let der = CertificateDer::from_pem_slice(kept.certificate.as_bytes()).map_err(io::Error::other)?;
        let key = PrivatePkcs8KeyDer::from_pem_slice(kept.key.as_bytes()).map_err(io::Error::other)?;
        let sha256 = Sha256::digest(&der).into();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(io::Error::other)?
            .with_no_client_auth()
            .with_single_cert(vec![der], key.into())
            .map_err(io::Error::other)?;
        // A thousand routers must not keep a thousand session caches.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(Self {
            config: Arc::new(config),
            sha256,
        })
    }
}
