//! The self-signed certificate that a router shows on its TLS port.

use std::io;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::server::NoServerSessionStorage;
use sha2::{Digest, Sha256};

/// A certificate with its key, ready to serve.
pub(crate) struct Certificate {
    pub(crate) config: Arc<ServerConfig>,
    /// SHA-256 of the DER form, which is what a client pins.
    pub(crate) sha256: [u8; 32],
}

impl Certificate {
    /// A new key and certificate: the one thing here that does not follow from the seed.
    pub(crate) fn self_signed() -> io::Result<Self> {
        let names = vec!["router.invalid".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).map_err(io::Error::other)?;
        let der = made.cert.der().clone();
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
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
