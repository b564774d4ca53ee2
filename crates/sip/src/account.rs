//! Who we are and where we sign in.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use alobar_core::Pii;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;

/// How SIP travels to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// SIP over WebSocket over TLS (RFC 7118).
    Wss,
    /// SIP over WebSocket without TLS: on this machine only, for the practice exchange.
    Ws,
    Tls,
    Tcp,
    Udp,
}

impl Transport {
    /// Encrypted and authenticated by a certificate.
    pub fn is_secure(self) -> bool {
        matches!(self, Self::Wss | Self::Tls)
    }

    /// The token of the Via header (RFC 3261 section 20.42, RFC 7118 section 4).
    pub(crate) fn via_token(self) -> &'static str {
        match self {
            Self::Wss => "WSS",
            Self::Ws => "WS",
            Self::Tls => "TLS",
            Self::Tcp => "TCP",
            Self::Udp => "UDP",
        }
    }

    pub(crate) fn is_web_socket(self) -> bool {
        matches!(self, Self::Wss | Self::Ws)
    }

    fn default_port(self) -> u16 {
        match self {
            Self::Wss => 443,
            Self::Ws => 80,
            Self::Tls => 5061,
            Self::Tcp | Self::Udp => 5060,
        }
    }
}

/// One server of an account: `wss://host:8089/ws`, `sips:host:5061`,
/// `sip:host:5060;transport=tcp` (or `udp`, `tls`, `wss`), `ws://127.0.0.1:port/ws`. A `sip:` address must name its transport:
/// nobody gets a plain one by leaving a word out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub transport: Transport,
    /// Host name or IP literal, an IPv6 one without brackets.
    pub host: String,
    pub port: u16,
    /// Path of the WebSocket, `/ws` unless given.
    pub path: String,
}

impl Server {
    /// `host:port` as URIs and HTTP write it: IPv6 literals in brackets.
    pub fn authority(&self) -> String {
        format!("{}:{}", self.uri_host(), self.port)
    }

    /// Names this machine itself.
    pub(crate) fn is_loopback(&self) -> bool {
        self.host.eq_ignore_ascii_case("localhost")
            || self
                .host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback())
    }

    pub(crate) fn uri_host(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]", self.host)
        } else {
            self.host.clone()
        }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let authority = self.authority();
        match self.transport {
            Transport::Wss => write!(f, "wss://{authority}{}", self.path),
            Transport::Ws => write!(f, "ws://{authority}{}", self.path),
            Transport::Tls => write!(f, "sips:{authority}"),
            Transport::Tcp => write!(f, "sip:{authority};transport=tcp"),
            Transport::Udp => write!(f, "sip:{authority};transport=udp"),
        }
    }
}

impl FromStr for Server {
    type Err = ServerError;

    fn from_str(text: &str) -> Result<Self, ServerError> {
        let text = text.trim();
        let (scheme, rest) = text.split_once(':').ok_or(ServerError::Scheme)?;
        match scheme.to_ascii_lowercase().as_str() {
            scheme @ ("wss" | "ws") => {
                let transport = if scheme == "wss" {
                    Transport::Wss
                } else {
                    Transport::Ws
                };
                let rest = rest.strip_prefix("//").ok_or(ServerError::Scheme)?;
                let (authority, path) = match rest.find('/') {
                    Some(at) => rest.split_at(at),
                    None => (rest, ""),
                };
                Self::build(transport, authority, path)
            }
            scheme @ ("sip" | "sips") => {
                let (authority, params) = rest.split_once(';').unwrap_or((rest, ""));
                let transport = sip_transport(scheme == "sips", params)?;
                Self::build(transport, authority, "")
            }
            _ => Err(ServerError::Scheme),
        }
    }
}

fn sip_transport(sips: bool, params: &str) -> Result<Transport, ServerError> {
    let named = params
        .split(';')
        .filter_map(|param| param.split_once('='))
        .find_map(|(name, value)| {
            name.trim()
                .eq_ignore_ascii_case("transport")
                .then(|| value.trim().to_ascii_lowercase())
        });
    match (sips, named.as_deref()) {
        (_, Some("tls")) | (true, None) => Ok(Transport::Tls),
        (_, Some("wss")) => Ok(Transport::Wss),
        (false, Some("tcp")) => Ok(Transport::Tcp),
        (false, Some("udp")) => Ok(Transport::Udp),
        (false, None) => Err(ServerError::TransportMissing),
        (_, Some(_)) => Err(ServerError::Transport),
    }
}

impl Server {
    fn build(transport: Transport, authority: &str, path: &str) -> Result<Self, ServerError> {
        let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
            let (host, after) = rest.split_once(']').ok_or(ServerError::Host)?;
            host.parse::<std::net::Ipv6Addr>()
                .map_err(|_| ServerError::Host)?;
            (
                host,
                after
                    .strip_prefix(':')
                    .or(after.is_empty().then_some(""))
                    .ok_or(ServerError::Host)?,
            )
        } else {
            authority.split_once(':').unwrap_or((authority, ""))
        };
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
        if host.is_empty() || !host.chars().all(name) {
            return Err(ServerError::Host);
        }
        let port = match port {
            "" => transport.default_port(),
            digits => digits
                .parse()
                .ok()
                .filter(|port| *port != 0)
                .ok_or(ServerError::Port)?,
        };
        let path = if path.is_empty() { "/ws" } else { path };
        if !path.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ServerError::Path);
        }
        let server = Self {
            transport,
            host: host.to_owned(),
            port,
            path: path.to_owned(),
        };
        if transport == Transport::Ws && !server.is_loopback() {
            return Err(ServerError::PlainWebSocket);
        }
        Ok(server)
    }
}

/// What is wrong with a server's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    #[error("Expected wss://, sips: or sip:, or ws:// on this machine")]
    Scheme,
    #[error("A sip: address must name its transport")]
    TransportMissing,
    #[error("Unknown or unfitting transport")]
    Transport,
    #[error("A plain WebSocket to another machine")]
    PlainWebSocket,
    #[error("Invalid host")]
    Host,
    #[error("Invalid port")]
    Port,
    #[error("Invalid path")]
    Path,
}

/// What is wrong with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccountError {
    #[error("No server")]
    NoServer,
    #[error("Secure and plain servers in one list")]
    MixedSecurity,
    #[error("Empty or impossible user")]
    User,
    #[error("Impossible domain")]
    Domain,
    #[error("The CA file holds no certificate")]
    Ca,
}

/// A SIP identity, its credentials and its servers, tried in turn.
#[derive(Debug, Clone)]
pub struct Account {
    pub servers: Vec<Server>,
    /// User part of the address of record, also the user name of the digest.
    pub user: String,
    pub password: Pii<String>,
    /// Host part of the address of record; the first server's host unless given.
    pub domain: Option<String>,
    /// PEM certificates trusted besides the operating system's.
    pub ca: Option<Vec<u8>>,
    pub display_name: Option<Pii<String>>,
    /// Value of the User-Agent header.
    pub user_agent: String,
    /// UUID of this installation (`+sip.instance`, RFC 5626 section 4.1), random unless given.
    pub instance: Option<String>,
    /// Lifetime we ask of a registration; the server may grant less.
    pub expires: Duration,
}

impl Account {
    /// An account with the defaults, not yet [validated](Self::validate).
    pub fn new(
        servers: Vec<Server>,
        user: impl Into<String>,
        password: impl Into<Pii<String>>,
    ) -> Self {
        Self {
            servers,
            user: user.into(),
            password: password.into(),
            domain: None,
            ca: None,
            display_name: None,
            user_agent: concat!("Alobar/", env!("CARGO_PKG_VERSION")).to_owned(),
            instance: None,
            expires: Duration::from_mins(10),
        }
    }

    /// Refuses what could never work, and a list that would fall from TLS to plain text.
    pub fn validate(&self) -> Result<(), AccountError> {
        let first = self.servers.first().ok_or(AccountError::NoServer)?;
        if self
            .servers
            .iter()
            .any(|s| s.transport.is_secure() != first.transport.is_secure())
        {
            return Err(AccountError::MixedSecurity);
        }
        if self.user.is_empty()
            || self
                .user
                .chars()
                .any(|c| c.is_control() || c.is_whitespace() || c == '@')
        {
            return Err(AccountError::User);
        }
        let host =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
        if self
            .domain
            .as_ref()
            .is_some_and(|d| d.is_empty() || !d.chars().all(host))
        {
            return Err(AccountError::Domain);
        }
        if let Some(pem) = &self.ca {
            ca_certificates(pem)?;
        }
        Ok(())
    }

    /// Host part of our address of record.
    pub(crate) fn aor_domain(&self) -> String {
        match (&self.domain, self.servers.first()) {
            (Some(domain), _) => domain.clone(),
            (None, Some(server)) => server.uri_host(),
            (None, None) => String::new(),
        }
    }
}

/// The certificates of a PEM file; at least one.
pub(crate) fn ca_certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, AccountError> {
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|_| AccountError::Ca)?;
    if certificates.is_empty() {
        Err(AccountError::Ca)
    } else {
        Ok(certificates)
    }
}

#[cfg(test)]
mod tests;
