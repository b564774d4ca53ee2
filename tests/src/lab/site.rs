//! Where foreign phones run, and which exchange they use.

use std::ffi::OsStr;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::process::Command;

use super::Lab;
use super::netns::Netns;

/// An exchange's address for plain SIP, and its machine: foreign phones run beside it.
#[derive(Clone, Debug)]
pub struct Site {
    pub(super) exchange: SocketAddrV4,
    /// This machine itself without one.
    netns: Option<Netns>,
}

impl Site {
    /// Of an exchange on loopback.
    #[must_use]
    pub fn on_this_machine(exchange: SocketAddrV4) -> Self {
        Self {
            exchange,
            netns: None,
        }
    }

    pub(super) fn address(&self) -> Ipv4Addr {
        *self.exchange.ip()
    }

    /// A command that runs `program` there, as the calling user.
    pub(super) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        match &self.netns {
            Some(netns) => netns.command(program),
            None => Command::new(program),
        }
    }
}

impl Lab {
    pub(super) fn site(&self) -> Site {
        Site {
            exchange: SocketAddrV4::new(self.address(), 5060),
            netns: Some(self.netns.clone()),
        }
    }
}
