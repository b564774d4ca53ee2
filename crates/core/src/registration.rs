//! The account's registration, as the SIP edge reports it.

use std::time::Duration;

/// Where the account stands with its server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum RegistrationState {
    /// Not signed in.
    #[default]
    Offline,
    /// Opening the connection (`attempt` counts from 1).
    Connecting { attempt: u32 },
    /// Connected, REGISTER sent.
    Registering,
    /// The server has our binding. `secure` is false over plain TCP or UDP.
    Registered { expires: Duration, secure: bool },
    /// The last attempt failed. With `retry_in`, another follows by itself.
    Failed {
        why: RegistrationFailure,
        retry_in: Option<Duration>,
    },
    /// Signing out.
    Unregistering,
}

/// Why a registration did not come up. Each has its own code and its own sentence on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegistrationFailure {
    /// 401/403 after our credentials.
    WrongPassword,
    /// 404: the server does not know the user.
    UnknownUser,
    /// The name does not resolve.
    UnknownHost,
    /// The certificate's validity is over or has not begun.
    CertificateExpired,
    /// The certificate is for another name.
    CertificateWrongName,
    /// Nobody we trust has signed the certificate.
    CertificateUnknownCa,
    /// TLS failed otherwise.
    TlsFailed,
    /// The port answers "connection refused".
    PortRefused,
    /// No answer within the bound (10 s).
    TimedOut,
    /// The machine has no route to the server.
    NetworkUnreachable,
    /// The HTTP proxy of the system refused the tunnel.
    ProxyRefused,
    /// The address answers, but it is no SIP over WebSocket (HTTP status instead of 101).
    NotSip,
    /// A connection that worked is gone.
    LinkLost,
    /// The digest algorithm offered is not allowed over this transport.
    WeakDigest,
    /// Any other final SIP status.
    Refused { status: u16 },
}

impl RegistrationState {
    /// The word for the state in events.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Connecting { .. } => "connecting",
            Self::Registering => "registering",
            Self::Registered { .. } => "registered",
            Self::Failed { .. } => "failed",
            Self::Unregistering => "unregistering",
        }
    }
}

impl RegistrationFailure {
    /// The stable code that selects the sentence on screen.
    pub fn code(self) -> &'static str {
        match self {
            Self::WrongPassword => "wrong_password",
            Self::UnknownUser => "unknown_user",
            Self::UnknownHost => "unknown_host",
            Self::CertificateExpired => "certificate_expired",
            Self::CertificateWrongName => "certificate_wrong_name",
            Self::CertificateUnknownCa => "certificate_unknown_ca",
            Self::TlsFailed => "tls_failed",
            Self::PortRefused => "port_refused",
            Self::TimedOut => "timed_out",
            Self::NetworkUnreachable => "network_unreachable",
            Self::ProxyRefused => "proxy_refused",
            Self::NotSip => "not_sip",
            Self::LinkLost => "link_lost",
            Self::WeakDigest => "weak_digest",
            Self::Refused { .. } => "refused",
        }
    }

    /// The SIP status that the sentence needs, if any.
    pub fn status(self) -> Option<u16> {
        if let Self::Refused { status } = self {
            Some(status)
        } else {
            None
        }
    }
}
