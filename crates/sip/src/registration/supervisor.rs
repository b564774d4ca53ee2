//! Keeps us registered: connects, registers, refreshes, notices a dead link, comes back.

use std::io;
use std::time::Duration;

use alobar_core::{RegistrationFailure, RegistrationState};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, timeout};

use super::Registrar;
use crate::account::Server;
use crate::agent::SipEvent;
use crate::link::Dialler;
use crate::wire::{Lost, Wire};

/// Signing out takes no longer, answered or not.
const SIGN_OUT_WITHIN: Duration = Duration::from_secs(3);

pub(crate) enum Command {
    /// Tries again at once, from the first server.
    Reconnect,
    /// Removes the binding and ends; the sender is dropped when that is done.
    Stop(oneshot::Sender<()>),
}

pub(crate) struct Supervisor {
    pub(crate) servers: Vec<Server>,
    pub(crate) dialler: Dialler,
    pub(crate) wire: Wire,
    pub(crate) registrar: Registrar,
    pub(crate) events: mpsc::UnboundedSender<SipEvent>,
    pub(crate) registered: bool,
}

/// How long we have been trying.
struct Outage {
    since: Instant,
    failures: u32,
    attempts: u32,
}

impl Outage {
    fn begin() -> Self {
        Self {
            since: Instant::now(),
            failures: 0,
            attempts: 0,
        }
    }
}

impl Supervisor {
    pub(crate) async fn run(mut self, mut commands: mpsc::UnboundedReceiver<Command>) {
        let mut outage = Outage::begin();
        loop {
            outage.attempts += 1;
            let command = tokio::select! {
                why = self.sign_in(outage.attempts) => {
                    if self.registered {
                        outage = Outage::begin();
                    }
                    outage.failures += 1;
                    self.registered = false;
                    self.wire.detach();
                    self.pause(why, &outage, &mut commands).await
                }
                command = commands.recv() => Some(command.unwrap_or_else(|| Command::Stop(oneshot::channel().0))),
            };
            match command {
                None => {}
                Some(Command::Reconnect) => {
                    self.registered = false;
                    outage = Outage::begin();
                }
                Some(Command::Stop(_done)) => return self.sign_out().await,
            }
        }
    }

    /// Tells what went wrong and waits for the next try, or for a command.
    async fn pause(
        &self,
        why: RegistrationFailure,
        outage: &Outage,
        commands: &mut mpsc::UnboundedReceiver<Command>,
    ) -> Option<Command> {
        let retry_in = retries(why)
            .then(|| back_off(outage.failures, outage.since.elapsed(), random_fraction()));
        tracing::warn!(?why, ?retry_in, "not registered");
        self.tell(RegistrationState::Failed { why, retry_in });
        let wait = async {
            match retry_in {
                Some(delay) => sleep(delay).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = wait => None,
            command = commands.recv() => Some(command.unwrap_or_else(|| Command::Stop(oneshot::channel().0))),
        }
    }

    /// Tries each server once; returns when none took us, or when the one that did is lost.
    async fn sign_in(&mut self, attempt: u32) -> RegistrationFailure {
        let mut last = RegistrationFailure::UnknownHost;
        for server in self.servers.clone() {
            self.tell(RegistrationState::Connecting { attempt });
            let link = match self.dialler.dial(&server).await {
                Ok(link) => link,
                Err(error) => {
                    last = error.failure();
                    tracing::info!(transport = ?server.transport, why = ?last, "server not reached");
                    continue;
                }
            };
            let mut lost = self.wire.attach(link);
            self.tell(RegistrationState::Registering);
            match self.register(&mut lost).await {
                Ok(granted) => return self.stay(&server, granted, lost).await,
                // The next server would ask for the same password.
                Err(why) if !retries(why) => return why,
                Err(why) => last = why,
            }
            self.wire.detach();
        }
        last
    }

    async fn register(&mut self, lost: &mut Lost) -> Result<Duration, RegistrationFailure> {
        let (wanted, registered) = (Some(self.registrar.expires), self.registered);
        tokio::select! {
            biased;
            reason = lost => Err(match reason {
                // UDP learns of a closed port only by sending to it.
                Ok(io::ErrorKind::ConnectionRefused) if !registered => RegistrationFailure::PortRefused,
                _ => RegistrationFailure::LinkLost,
            }),
            outcome = self.registrar.register(wanted) => outcome,
        }
    }

    /// Registered: refreshes until the link or the server is gone.
    async fn stay(
        &mut self,
        server: &Server,
        mut granted: Duration,
        mut lost: Lost,
    ) -> RegistrationFailure {
        loop {
            self.registered = true;
            let secure = server.transport.is_secure();
            tracing::info!(transport = ?server.transport, expires = granted.as_secs(), "registered");
            self.tell(RegistrationState::Registered {
                expires: granted,
                secure,
            });
            tokio::select! {
                _ = &mut lost => return RegistrationFailure::LinkLost,
                () = sleep(refresh_after(granted)) => {}
            }
            granted = match self.register(&mut lost).await {
                Ok(granted) => granted,
                // A server that has fallen silent is a lost link, whatever the socket says.
                Err(RegistrationFailure::TimedOut) => return RegistrationFailure::LinkLost,
                Err(why) => return why,
            };
        }
    }

    async fn sign_out(mut self) {
        if self.registered {
            self.tell(RegistrationState::Unregistering);
            // The binding runs out by itself when the server does not answer.
            let _ = timeout(SIGN_OUT_WITHIN, self.registrar.register(None)).await;
        }
        self.wire.detach();
        self.tell(RegistrationState::Offline);
    }

    fn tell(&self, state: RegistrationState) {
        // A driver that has stopped listening needs no states.
        let _ = self.events.send(SipEvent::Registration(state));
    }
}

/// Whether trying again by itself can help: not with a wrong password, which would only lock the account.
fn retries(why: RegistrationFailure) -> bool {
    !matches!(
        why,
        RegistrationFailure::WrongPassword | RegistrationFailure::WeakDigest
    )
}

/// Refresh well before the binding ends, early enough for one retry.
fn refresh_after(granted: Duration) -> Duration {
    (granted * 3 / 4).max(Duration::from_secs(1))
}

/// Time before the next try: fast at first, at most 5 s in the first minute and 30 s later, so that
/// a restarted exchange has us back soon and all agents do not return in the same instant.
fn back_off(failures: u32, outage: Duration, fraction: f64) -> Duration {
    let cap = if outage < Duration::from_mins(1) {
        5
    } else {
        30
    };
    let seconds = (1_u64 << failures.saturating_sub(1).min(6)).min(cap);
    Duration::from_secs(seconds).mul_f64(0.5 + fraction / 2.0)
}

/// Uniform in 0..1.
fn random_fraction() -> f64 {
    let mut bytes = [0; 4];
    match getrandom::fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 0.5,
    }
}

/// Ends the supervisor and waits for it.
pub(crate) async fn stop(commands: &mpsc::UnboundedSender<Command>) {
    let (done, ended) = oneshot::channel();
    if commands.send(Command::Stop(done)).is_ok() {
        // Dropped when signed out, which is bounded.
        let _ = ended.await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_retry_comes_within_a_second_and_the_first_minute_never_waits_longer_than_five() {
        assert!(back_off(1, Duration::ZERO, 1.0) <= Duration::from_secs(1));
        assert!(back_off(1, Duration::ZERO, 0.0) >= Duration::from_millis(500));
        for failures in 1..100 {
            assert!(back_off(failures, Duration::from_secs(59), 1.0) <= Duration::from_secs(5));
            assert!(back_off(failures, Duration::from_hours(9), 1.0) <= Duration::from_secs(30));
        }
        assert!(back_off(99, Duration::from_hours(9), 0.0) >= Duration::from_secs(15));
    }

    #[test]
    fn a_wrong_password_is_not_tried_again() {
        assert!(!retries(RegistrationFailure::WrongPassword));
        assert!(retries(RegistrationFailure::LinkLost));
    }

    #[test]
    fn a_short_lease_is_refreshed_without_spinning() {
        assert_eq!(
            refresh_after(Duration::from_secs(120)),
            Duration::from_secs(90)
        );
        assert_eq!(refresh_after(Duration::ZERO), Duration::from_secs(1));
    }
}
