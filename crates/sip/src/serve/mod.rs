//! The other end of the line: a small registrar with its calls, for the practice exchange.
//!
//! It listens on loopback only. Each phone's connection is a *flow* with a stack of its own; what
//! a [`UserAgent`](crate::UserAgent) does in a call, a flow does too.

mod bindings;
mod flow;
mod listen;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{fmt, io};

use alobar_core::{CallId, CallIds, Peer, Pii, Sdp, Signal, SipAction};
use tokio::net::{TcpListener, UdpSocket};
use tokio::sync::mpsc;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::calls::{self, CallAction, Context};
use bindings::Bindings;
pub(crate) use flow::Flow;

/// Most connections at once; each costs a stack of its own.
const MAX_FLOWS: usize = 64;

/// Who may sign in.
#[derive(Debug, Clone)]
pub struct SwitchConfig {
    /// Users, at most as many phones at once. One contact each, the newest wins.
    pub users: Vec<String>,
    /// The password of every user.
    pub password: Pii<String>,
    /// Also listen on TCP and UDP, for phones that know no WebSocket.
    pub plain_transports: bool,
}

/// What the switch tells its driver, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum SwitchEvent {
    /// A phone has signed in, or renewed its binding.
    Registered {
        user: String,
    },
    /// `user` dials `to`; [`Signal::Incoming`] of the same call follows.
    Dialled {
        call: CallId,
        user: String,
        to: Pii<String>,
    },
    Call {
        call: CallId,
        signal: Signal,
    },
    /// The phone asks us to connect its peer with `to` (RFC 3515).
    TransferAsked {
        call: CallId,
        to: Pii<String>,
    },
}

/// A running switch. Dropping it closes every connection.
pub struct Switch {
    shared: Arc<Shared>,
    web_socket: SocketAddr,
    plain: Option<SocketAddr>,
    _ends_with_us: DropGuard,
}

impl fmt::Debug for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Switch")
            .field("web_socket", &self.web_socket)
            .field("plain", &self.plain)
            .finish_non_exhaustive()
    }
}

/// What all flows use.
struct Shared {
    bindings: Mutex<Bindings>,
    flows: Mutex<HashMap<u64, Arc<Context>>>,
    ids: CallIds,
    events: mpsc::UnboundedSender<SwitchEvent>,
    cancel: CancellationToken,
}

impl Switch {
    /// Starts listening on ports of the system's choice. Needs a Tokio runtime around it. Calls from
    /// phones take their ids from `ids`.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start(
        config: SwitchConfig,
        ids: CallIds,
    ) -> io::Result<(Self, mpsc::UnboundedReceiver<SwitchEvent>)> {
        let (events, told) = mpsc::unbounded_channel();
        let cancel = CancellationToken::new();
        let shared = Arc::new(Shared {
            bindings: Mutex::new(Bindings::new(config.users, config.password)),
            flows: Mutex::default(),
            ids,
            events,
            cancel: cancel.clone(),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let web_socket = listener.local_addr()?;
        tokio::spawn(listen::web_sockets(Arc::clone(&shared), listener));
        let mut plain = None;
        if config.plain_transports {
            let (tcp, udp) = one_port().await?;
            plain = Some(tcp.local_addr()?);
            tokio::spawn(listen::streams(Arc::clone(&shared), tcp));
            tokio::spawn(listen::datagrams(Arc::clone(&shared), udp));
        }
        let switch = Self {
            shared,
            web_socket,
            plain,
            _ends_with_us: cancel.drop_guard(),
        };
        Ok((switch, told))
    }

    /// Where phones connect: the `server` of their account file.
    pub fn server(&self) -> String {
        format!("ws://{}/ws", self.web_socket)
    }

    /// Where phones without WebSocket connect, over TCP and UDP.
    pub fn plain_address(&self) -> Option<SocketAddr> {
        self.plain
    }

    /// Does `action` in `call`; what comes of it is told as [`Signal`]s.
    pub fn perform(&self, call: CallId, action: SipAction) {
        self.act(call, || action.clone().into());
    }

    /// Lets the caller hear something before the answer (183 with `sdp`).
    pub fn early_media(&self, call: CallId, sdp: Sdp) {
        self.act(call, || CallAction::EarlyMedia {
            sdp: sdp.reveal().clone(),
        });
    }

    /// Tells the phone how the transfer goes that it has asked for: a status as in a SIP answer.
    pub fn tell_transfer(&self, call: CallId, status: u16) {
        self.act(call, || CallAction::TellTransfer { status });
    }

    /// Calls `user`'s phone, as from `from`. Nobody signed in there is a refusal with 480.
    pub fn call(
        &self,
        call: CallId,
        user: &str,
        from: &Peer,
        offer: Sdp,
        headers: Vec<(String, Pii<String>)>,
    ) {
        let binding = self.shared.bindings().find(user);
        let flow = binding.and_then(|(flow, contact)| {
            let flow = self.shared.flows().get(&flow).cloned()?;
            Some((flow, contact))
        });
        match flow {
            Some((flow, contact)) => {
                calls::place_at(&flow, call, &contact, from, offer.into_inner(), headers);
            }
            None => self.shared.tell(SwitchEvent::Call {
                call,
                signal: Signal::Refused { status: 480 },
            }),
        }
    }

    fn act(&self, call: CallId, action: impl Fn() -> CallAction) {
        let flows: Vec<_> = self.shared.flows().values().cloned().collect();
        if !flows.iter().any(|flow| flow.calls.act(call, action())) {
            tracing::debug!(%call, "action for a call that is over");
        }
    }
}

impl Shared {
    fn tell(&self, event: SwitchEvent) {
        // A driver that has stopped listening needs no events.
        let _ = self.events.send(event);
    }

    fn bindings(&self) -> MutexGuard<'_, Bindings> {
        self.bindings.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn flows(&self) -> MutexGuard<'_, HashMap<u64, Arc<Context>>> {
        self.flows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_full(&self) -> bool {
        self.flows().len() >= MAX_FLOWS
    }
}

/// TCP and UDP on the same port, as phones expect.
async fn one_port() -> io::Result<(TcpListener, UdpSocket)> {
    const ATTEMPTS: usize = 8;
    for _ in 1..ATTEMPTS {
        let tcp = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        if let Ok(udp) = UdpSocket::bind(tcp.local_addr()?).await {
            return Ok((tcp, udp));
        }
    }
    Err(io::ErrorKind::AddrInUse.into())
}
