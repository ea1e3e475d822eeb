//! TLS to a router: a pinned certificate or an own certificate authority.
//!
//! Routers have no public names, so the web's authorities are of no use here. There is no mode that
//! accepts whatever is shown, and nothing in this crate falls back to plain text: [`Tls::Off`] is
//! chosen by a person or not at all.

mod cause;
mod pin;

use crate::Error;
use crate::target::BoxStream;
use chrono::{DateTime, Utc};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName};
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::sync::Arc;
use tokio::net::TcpStream;

/// How the connection is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tls {
    /// Not at all: the password goes over the wire readable (service `api`, 8728).
    Off,
    /// By the SHA-256 of the router's own certificate.
    Pin {
        /// `None` is trust on first use: whatever is shown is accepted, and
        /// [`Client::certificate`](crate::Client::certificate) says what to pin from then on.
        sha256: Option<[u8; 32]>,
    },
    /// By a certificate authority of the provider's own, and the name or address in the certificate.
    Ca {
        /// One or more certificates in PEM.
        pem: String,
    },
}

/// What a router's certificate says, for a person to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Over the whole certificate (DER), as `/certificate print` shows it as `fingerprint`.
    pub sha256: [u8; 32],
    /// As in `CN=router1`; empty if it can't be read.
    pub subject: String,
    pub issuer: String,
    /// A pinned certificate is accepted before and after these too: routers' own certificates expire
    /// unnoticed, and their clocks are wrong after a power cut.
    pub not_before: Option<DateTime<Utc>>,
    pub not_after: Option<DateTime<Utc>>,
}

impl Certificate {
    fn read(der: &CertificateDer<'_>) -> Self {
        let parsed = x509_parser::parse_x509_certificate(der).ok();
        let parsed = parsed.as_ref().map(|(_, certificate)| certificate);
        let time = |time: x509_parser::time::ASN1Time| DateTime::from_timestamp(time.timestamp(), 0);
        Self {
            sha256: Sha256::digest(der).into(),
            subject: parsed.map(|c| c.subject().to_string()).unwrap_or_default(),
            issuer: parsed.map(|c| c.issuer().to_string()).unwrap_or_default(),
            not_before: parsed.and_then(|c| time(c.validity().not_before)),
            not_after: parsed.and_then(|c| time(c.validity().not_after)),
        }
    }
}

/// A SHA-256 as people compare it: lower-case hexadecimal, as the router prints it.
pub fn fingerprint(sha256: &[u8; 32]) -> String {
    use std::fmt::Write as _;
    sha256.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Everything that can be got ready before there is a connection.
pub(crate) struct Handshake {
    connector: tokio_rustls::TlsConnector,
    witness: Arc<pin::Witness>,
    expected: Option<[u8; 32]>,
}

impl Handshake {
    /// `None` for plain text.
    ///
    /// # Errors
    /// [`Error::BadAuthority`].
    pub(crate) fn prepare(tls: &Tls) -> Result<Option<Self>, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let (verifier, expected): (Arc<dyn ServerCertVerifier>, _) = match tls {
            Tls::Off => return Ok(None),
            Tls::Pin { sha256 } => {
                let verifier = pin::Pinned::new(*sha256, &provider);
                (Arc::new(verifier), *sha256)
            }
            Tls::Ca { pem } => (authority(pem, &provider)?, None),
        };
        let witness = Arc::new(pin::Witness::new(verifier));
        let mut config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::Tls {
                cause: "the TLS library could not be set up",
                detail: error.to_string(),
            })?
            .dangerous()
            .with_custom_certificate_verifier(witness.clone())
            .with_no_client_auth();
        // A resumed session would not show its certificate again.
        config.resumption = rustls::client::Resumption::disabled();
        Ok(Some(Self {
            connector: Arc::new(config).into(),
            witness,
            expected,
        }))
    }

    /// Runs the handshake. The caller limits its time.
    pub(crate) async fn run(
        self,
        host: &str,
        address: IpAddr,
        tcp: TcpStream,
    ) -> Result<(BoxStream, Option<Certificate>), Error> {
        let name = ServerName::try_from(host.to_owned()).unwrap_or_else(|_| address.into());
        let outcome = self.connector.connect(name, tcp).await;
        let certificate = self.witness.seen().map(|der| Certificate::read(&der));
        match (outcome, certificate, self.expected) {
            (_, Some(seen), Some(expected)) if seen.sha256 != expected => Err(Error::PinMismatch {
                expected,
                seen: Box::new(seen),
            }),
            (Ok(stream), certificate, _) => Ok((Box::new(stream), certificate)),
            (Err(error), ..) => Err(Error::Tls {
                cause: cause::in_plain_words(&error),
                detail: error.to_string(),
            }),
        }
    }
}

fn authority(pem: &str, provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let bad = |detail: String| Error::BadAuthority { detail };
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
        let certificate = certificate.map_err(|error| bad(error.to_string()))?;
        roots.add(certificate).map_err(|e| bad(e.to_string()))?;
    }
    if roots.is_empty() {
        return Err(bad("there is no certificate in it".to_owned()));
    }
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone());
    Ok(verifier.build().map_err(|error| bad(error.to_string()))?)
}
