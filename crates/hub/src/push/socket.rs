//! One reader at a WebSocket.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use alobar_core::UserId;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use tokio::sync::{broadcast, watch};
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};

use super::Pushed;
use crate::auth::recognise;
use crate::auth::token;
use crate::db::table::session::SignedIn;
use crate::error::Refused;
use crate::hub::Hub;
use crate::identity::Identity;

/// How long a client takes to say who it is.
const HELLO: Duration = Duration::from_secs(5);
const PING: Duration = Duration::from_secs(20);
/// Pings without a word from the other side before it is gone.
const SILENT: u32 = 3;
/// How often the sign-in is looked up without any sign of a change, in pings: five minutes.
const LOOK_UP: u32 = 15;
/// How long a message may wait for a slow reader.
const SLOW: Duration = Duration::from_millis(if cfg!(test) { 200 } else { 10_000 });
/// Sockets of one person: a desktop, some pages.
const SOCKETS: usize = 10;

/// Why a socket ends; the reason is a code for the screen. RFC 6455 7.4.2 leaves 4000 and on to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ending(u16, &'static str);

const MALFORMED: Ending = Ending(4400, "malformed_request");
const TOO_MANY: Ending = Ending(4429, "too_many_requests");
/// Come back with the cursor.
const RESYNC: Ending = Ending(4408, "resync");
const STOPPING: Ending = Ending(1001, "hub_stopping");
const UNAVAILABLE: Ending = Ending(1011, "hub_unavailable");

impl From<Refused> for Ending {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotSignedIn(code) => Self(4401, code),
            _ => UNAVAILABLE,
        }
    }
}

/// The first frame. The token is never in an address, where logs would keep it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Said {
    Hello(Hello),
}

#[derive(Serialize, Deserialize)]
struct Hello {
    /// Absent: the cookie has said who it is.
    token: Option<String>,
    /// Absent: from now on.
    cursor: Option<i64>,
}

/// Those that are open.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sockets {
    of: Arc<Mutex<HashMap<UserId, usize>>>,
    all: watch::Sender<usize>,
}

/// One socket, until it is closed.
struct Open(Sockets);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.all.send_modify(|all| *all -= 1);
    }
}

/// One of a person's, given back when dropped.
struct Place {
    sockets: Sockets,
    user: UserId,
}

impl Sockets {
    /// Once the last one is closed.
    #[cfg(feature = "server")]
    pub(crate) async fn gone(&self) {
        // The sender is here: it cannot end.
        let _ = self.all.subscribe().wait_for(|all| *all == 0).await;
    }

    fn open(&self) -> Open {
        self.all.send_modify(|all| *all += 1);
        Open(self.clone())
    }

    fn place(&self, user: UserId) -> Result<Place, Ending> {
        let mut of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        let open = of.entry(user).or_default();
        if *open >= SOCKETS {
            return Err(TOO_MANY);
        }
        *open += 1;
        Ok(Place {
            sockets: self.clone(),
            user,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut of = self
            .sockets
            .of
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = of.get_mut(&self.user) {
            *open -= 1;
            if *open == 0 {
                of.remove(&self.user);
            }
        }
    }
}

/// Tells whoever is at `socket` what changes, until they go or have to. `cookie`: who the request
/// came from.
pub(crate) async fn serve(hub: Hub, mut socket: WebSocket, cookie: Option<SignedIn>) {
    let _open = hub.doors().sockets.open();
    let ending = match follow(&hub, &mut socket, cookie).await {
        // They have gone.
        Ok(()) => return,
        Err(ending) => ending,
    };
    let Ending(code, reason) = ending;
    let frame = CloseFrame {
        code,
        reason: reason.into(),
    };
    // Who does not read this does not read anything.
    let _ = timeout(SLOW, socket.send(Message::Close(Some(frame)))).await;
}

async fn follow(hub: &Hub, socket: &mut WebSocket, cookie: Option<SignedIn>) -> Result<(), Ending> {
    let Some(hello) = hello(socket).await? else {
        return Ok(());
    };
    let by_token = hello.token.map(|token| token::hash(&token));
    let shown = by_token.or_else(|| cookie.map(|it| it.token_hash));
    let shown = shown.ok_or(Refused::NotSignedIn("not_signed_in"))?;
    // Before the sign-in is looked at, so that no revocation is missed.
    let revocations = hub.doors().revocations();
    let (person, signed_in) = recognise(hub, &shown).await?;
    let _place = hub.doors().sockets.place(person.user)?;
    let reader = Reader {
        hub,
        socket,
        signed_in,
        revocations,
        silent: 0,
        pings: 0,
    };
    reader.tell(person, hello.cursor).await
}

/// None: they have gone again.
async fn hello(socket: &mut WebSocket) -> Result<Option<Hello>, Ending> {
    let first = timeout(HELLO, socket.recv()).await;
    match first.map_err(|_| MALFORMED)? {
        Some(Ok(Message::Text(text))) => {
            let Said::Hello(hello) = serde_json::from_str(&text).map_err(|_| MALFORMED)?;
            Ok(Some(hello))
        }
        Some(Ok(Message::Close(_)) | Err(_)) | None => Ok(None),
        Some(Ok(_)) => Err(MALFORMED),
    }
}

struct Reader<'a> {
    hub: &'a Hub,
    socket: &'a mut WebSocket,
    signed_in: SignedIn,
    revocations: broadcast::Receiver<UserId>,
    /// Pings since the last word.
    silent: u32,
    pings: u32,
}

impl Reader<'_> {
    async fn tell(mut self, person: Identity, cursor: Option<i64>) -> Result<(), Ending> {
        let changes = self.hub.changes(person, cursor);
        tokio::pin!(changes);
        let mut pings = interval_at(Instant::now() + PING, PING);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                pushed = changes.next() => self.push(pushed).await?,
                _ = pings.tick() => self.ping().await?,
                revoked = self.revocations.recv() => self.revoked(revoked).await?,
                said = self.socket.recv() => match said {
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => self.silent = 0,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return Ok(()),
                    Some(Ok(_)) => return Err(MALFORMED),
                },
            }
        }
    }

    async fn push(&mut self, pushed: Option<Pushed>) -> Result<(), Ending> {
        let Some(pushed) = pushed else {
            let stopping = *self.hub.stopping().borrow();
            return Err(if stopping { STOPPING } else { UNAVAILABLE });
        };
        let text = serde_json::to_string(&pushed).map_err(|_| UNAVAILABLE)?;
        self.send(Message::text(text)).await
    }

    async fn ping(&mut self) -> Result<(), Ending> {
        self.silent += 1;
        self.pings += 1;
        if self.silent > SILENT {
            return Err(RESYNC);
        }
        let is_over = self.hub.now() >= self.signed_in.expires_at;
        if is_over || self.pings.is_multiple_of(LOOK_UP) {
            self.look_up().await?;
        }
        self.send(Message::Ping(Vec::new().into())).await
    }

    async fn revoked(
        &mut self,
        revoked: Result<UserId, broadcast::error::RecvError>,
    ) -> Result<(), Ending> {
        match revoked {
            Ok(user) if user != self.signed_in.user => Ok(()),
            // Ours, or so many at once that some were missed.
            _ => self.look_up().await,
        }
    }

    async fn look_up(&mut self) -> Result<(), Ending> {
        recognise(self.hub, &self.signed_in.token_hash).await?;
        Ok(())
    }

    async fn send(&mut self, message: Message) -> Result<(), Ending> {
        match timeout(SLOW, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(RESYNC),
        }
    }
}
