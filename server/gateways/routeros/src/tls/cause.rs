//! From the TLS library's word to what is probably wrong on the router.

use rustls::{AlertDescription, CertificateError, Error, PeerIncompatible};
use std::io;

const NO_COMMON_CIPHER: &str = "the router offers no ECDHE: either its api-ssl service has no \
    certificate (it then offers anonymous Diffie-Hellman only; make one and set it with /ip service \
    set api-ssl certificate=NAME), or its RouterOS is too old (update it, or use the plain api \
    service inside a VPN)";
const OLD_TLS: &str = "the router speaks only TLS older than 1.2: update RouterOS, or allow TLS 1.2 in /ip service";
const NOT_TLS: &str = "what answers on this port does not speak TLS: is it the plain api service \
    (8728) instead of api-ssl (8729)?";
const CLOSED: &str = "the router closed the connection during the handshake: its api-ssl service has \
    no certificate, does not allow our address, or has no free session";
const WEAK: &str = "the router's certificate uses a key or signature that is too weak or too unusual: \
    make one with an RSA key of 2048 bits or more";

/// The cause of a failed handshake, for a person who can change the router.
pub(super) fn in_plain_words(error: &io::Error) -> &'static str {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    let Some(inner) = inner else {
        return CLOSED;
    };
    match inner {
        Error::AlertReceived(AlertDescription::HandshakeFailure | AlertDescription::InsufficientSecurity)
        | Error::PeerIncompatible(PeerIncompatible::NoCipherSuitesInCommon | PeerIncompatible::NoKxGroupsInCommon) => {
            NO_COMMON_CIPHER
        }
        Error::AlertReceived(AlertDescription::ProtocolVersion)
        | Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13 | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
        ) => OLD_TLS,
        Error::InvalidMessage(_) => NOT_TLS,
        Error::NoCertificatesPresented => NO_COMMON_CIPHER,
        Error::InvalidCertificate(problem) => certificate(problem),
        _ => "the router and the portal could not agree on TLS",
    }
}

fn certificate(problem: &CertificateError) -> &'static str {
    match problem {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "the router's certificate has expired: renew it"
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "the router's certificate is not valid yet: one of the two clocks is wrong"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "the router's certificate is for another name: put the address that the portal uses into \
             its subject-alt-name"
        }
        CertificateError::UnknownIssuer => "the router's certificate was not signed by the configured authority",
        CertificateError::BadEncoding => "the router's certificate can't be read",
        CertificateError::BadSignature => {
            "a signature does not match: the certificate is not from the configured authority, or \
             the router does not hold its key"
        }
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => WEAK,
        _ => "the router's certificate was refused",
    }
}
