//! Account files for `alobar --account`.

use std::fmt::{self, Display, Formatter};
use std::net::Ipv4Addr;
use std::path::Path;

use super::numbers::password;

/// How a softphone reaches the exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// WebSocket over TLS, port 8089.
    Wss,
    /// TLS, port 5061.
    Tls,
    /// TCP, port 5060.
    Tcp,
    /// UDP, port 5060.
    Udp,
}

impl Transport {
    /// All four, for tests that run once over each.
    pub const ALL: [Self; 4] = [Self::Wss, Self::Tls, Self::Tcp, Self::Udp];

    /// The address as an account file's `server` writes it.
    #[must_use]
    pub fn server(self, host: impl Display) -> String {
        match self {
            Self::Wss => format!("wss://{host}:8089/ws"),
            Self::Tls => format!("sips:{host}:5061"),
            Self::Tcp => format!("sip:{host}:5060;transport=tcp"),
            Self::Udp => format!("sip:{host}:5060;transport=udp"),
        }
    }
}

impl Display for Transport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wss => "wss",
            Self::Tls => "tls",
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        })
    }
}

/// The account file of `extension`, as TOML.
pub(super) fn toml(extension: u16, transport: Transport, address: Ipv4Addr, ca: &Path) -> String {
    format!(
        "server = \"{}\"\nuser = \"{extension}\"\npassword = \"{}\"\ndomain = \"{address}\"\nca = \"{}\"\n",
        transport.server(address),
        password(extension),
        ca.display()
    )
}
