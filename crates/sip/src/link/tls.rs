//! Whom we trust: the operating system's roots and the account's own CA, never everybody.

use std::sync::Arc;

use alobar_core::RegistrationFailure;
use rustls::{CertificateError, ClientConfig, RootCertStore};

use crate::account::{AccountError, ca_certificates};

/// TLS could not be set up on our side.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsSetupError {
    #[error("Read the account's CA")]
    Ca(#[from] AccountError),
    #[error("Configure TLS")]
    Rustls(#[from] rustls::Error),
}

/// The client side of TLS. The provider is named here because another crate in the process may
/// bring a second one, which makes the default ambiguous.
pub(crate) fn client_config(ca: Option<&[u8]>) -> Result<ClientConfig, TlsSetupError> {
    let mut roots = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    let (_, unreadable) = roots.add_parsable_certificates(native.certs);
    if unreadable > 0 || !native.errors.is_empty() {
        tracing::debug!(
            unreadable,
            errors = native.errors.len(),
            "some system roots could not be read"
        );
    }
    for certificate in ca.map(ca_certificates).transpose()?.unwrap_or_default() {
        roots.add(certificate)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

/// What a failed handshake means for the person.
pub(crate) fn handshake_failure(error: &rustls::Error) -> RegistrationFailure {
    use CertificateError as E;
    let rustls::Error::InvalidCertificate(certificate) = error else {
        return RegistrationFailure::TlsFailed;
    };
    match certificate {
        E::Expired | E::ExpiredContext { .. } | E::NotValidYet | E::NotValidYetContext { .. } => {
            RegistrationFailure::CertificateExpired
        }
        E::NotValidForName | E::NotValidForNameContext { .. } => {
            RegistrationFailure::CertificateWrongName
        }
        // A bad signature is somebody who calls himself like the CA we trust.
        E::UnknownIssuer | E::BadSignature => RegistrationFailure::CertificateUnknownCa,
        _ => RegistrationFailure::TlsFailed,
    }
}
