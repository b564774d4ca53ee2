//! The exchange itself: what the switch and the voices say becomes calls between phones, numbers
//! and simulated customers.
//!
//! The exchange's end of each call is a [`Phone`](alobar_core::Phone) of its own, so that offers,
//! holds, deadlines and races are the same rules as at the agent's desk.

mod bridge;
mod caller;
mod driver;
mod leg;
mod service;
mod transfer;

use std::io;
use std::net::SocketAddr;
use std::num::NonZeroU32;

use alobar_core::{CallIds, Pii};
use alobar_media::{Codec, MediaError, Network, Voices, VoicesConfig};
use alobar_sip::{Switch, SwitchConfig};
use tokio::sync::{mpsc, oneshot};

use crate::caller::Outcome;
use crate::clip::{ClipError, Clips};
use crate::number::Extension;
use driver::{Driver, Request};

/// How the exchange runs.
#[derive(Debug, Clone)]
pub struct PracticeConfig {
    /// How much quicker than life simulated customers are.
    pub speed: NonZeroU32,
    /// The same seed brings the same customers in the same order.
    pub seed: u64,
    /// Also take phones without WebSocket and WebRTC: TCP and UDP, plain RTP. On this machine only.
    pub foreign_phones: bool,
}

/// What happens at the exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PracticeEvent {
    /// A phone has signed in, or renewed its binding.
    Registered { extension: String },
    /// The simulated customer of [`Practice::call`] is done.
    CustomerDone { extension: String, outcome: Outcome },
    /// What 603 has read.
    KeysRead {
        extension: String,
        keys: Pii<String>,
    },
}

/// Why the exchange does not run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PracticeError {
    #[error("Listen on this machine")]
    Listen(#[source] io::Error),
    #[error("Draw the password")]
    Password(#[source] getrandom::Error),
    #[error(transparent)]
    Media(#[from] MediaError),
    #[error(transparent)]
    Clips(#[from] ClipError),
}

/// A running exchange. Dropping it ends all calls without a word; [`stop`](Self::stop) says goodbye.
#[derive(Debug)]
pub struct Practice {
    requests: mpsc::UnboundedSender<Request>,
    server: String,
    plain: Option<SocketAddr>,
    password: Pii<String>,
}

impl Practice {
    /// Starts it on ports of the system's choice, on this machine only, with a password drawn now.
    /// Needs a Tokio runtime around it.
    ///
    /// # Errors
    /// When there is no port, no thread or no randomness to be had.
    pub async fn start(
        config: PracticeConfig,
    ) -> Result<(Self, mpsc::UnboundedReceiver<PracticeEvent>), PracticeError> {
        let password = Pii::new(password().map_err(PracticeError::Password)?);
        let clips = Clips::load()?;
        let (voices, media) = Voices::start(VoicesConfig {
            codecs: vec![Codec::Opus, Codec::Pcma, Codec::Pcmu],
            network: Network::Loopback,
            plain_rtp: config.foreign_phones,
        })?;
        let ids = CallIds::default();
        let accounts = SwitchConfig {
            users: Extension::all()
                .map(|extension| extension.to_string())
                .collect(),
            password: password.clone(),
            plain_transports: config.foreign_phones,
        };
        let (switch, sip) = Switch::start(accounts, ids.clone())
            .await
            .map_err(PracticeError::Listen)?;
        let (server, plain) = (switch.server(), switch.plain_address());
        let (events, told) = mpsc::unbounded_channel();
        let (requests, inbox) = mpsc::unbounded_channel();
        let driver = Driver::new(config, switch, voices, ids, clips, events);
        tokio::spawn(driver.run(inbox, sip, media));
        let practice = Self {
            requests,
            server,
            plain,
            password,
        };
        Ok((practice, told))
    }

    /// The `server` of an account file.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Where phones without WebSocket connect.
    pub fn plain_address(&self) -> Option<SocketAddr> {
        self.plain
    }

    /// The password of every extension until the exchange ends.
    pub fn password(&self) -> &Pii<String> {
        &self.password
    }

    /// Has a simulated customer call `extension`; one at a time.
    pub fn call(&self, extension: &str) {
        // An exchange that has ended takes no requests.
        let _ = self.requests.send(Request::Call(extension.to_owned()));
    }

    /// Hangs up all calls and ends; takes at most some seconds.
    pub async fn stop(self) {
        let (done, ended) = oneshot::channel();
        if self.requests.send(Request::Stop(done)).is_ok() {
            // The sender is dropped when all is done.
            let _ = ended.await;
        }
    }
}

fn password() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
