//! Whether the connection carries sound: what the peer connection and the clock say about it.

use std::time::{Duration, Instant};

use alobar_core::{MediaEvent, MediaFailure};

use super::Call;
use crate::peer::PeerEvent;

/// ICE must find a path this long after the descriptions are exchanged.
const CONNECTING: Duration = Duration::from_secs(15);
/// DTLS takes at most this long once there is a path. A refused certificate shows only as silence.
const HANDSHAKE: Duration = Duration::from_secs(8);
/// Silence of a peer that should send.
const SILENCE: Duration = Duration::from_secs(3);

/// How far the connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Path {
    None,
    /// ICE is up, DTLS is not.
    Found,
    Connected,
    Interrupted,
    Failed,
}

impl Call {
    pub(super) fn on_peer(&mut self, event: PeerEvent) {
        match (event, self.path) {
            (_, Path::Failed) => {}
            (PeerEvent::Path, Path::None) => {
                self.path = Path::Found;
                self.path_at = Some(Instant::now());
            }
            (PeerEvent::Path, Path::Found | Path::Connected) => {}
            (PeerEvent::Connected, Path::None | Path::Found) => {
                self.path = Path::Connected;
                self.report(MediaEvent::Connected);
                self.plan_sending(None);
            }
            (PeerEvent::Path | PeerEvent::Connected, Path::Interrupted) => self.restored(),
            (PeerEvent::Connected, Path::Connected) => {}
            (PeerEvent::Interrupted, Path::Connected) => self.interrupted(),
            (PeerEvent::Interrupted, Path::None | Path::Found | Path::Interrupted) => {}
            (PeerEvent::Failed, Path::Found) => self.fail(MediaFailure::Dtls),
            (PeerEvent::Failed, Path::None | Path::Connected | Path::Interrupted) => {
                self.fail(MediaFailure::NoPath)
            }
        }
    }

    pub(super) fn tick(&mut self) {
        self.report_stats();
        let later_than = |at: Option<Instant>, limit| at.is_some_and(|at| at.elapsed() > limit);
        match self.path {
            Path::None if later_than(self.agreed_at, CONNECTING) => self.fail(MediaFailure::NoPath),
            Path::Found if later_than(self.path_at, HANDSHAKE) => self.fail(MediaFailure::Dtls),
            Path::None | Path::Found | Path::Connected | Path::Interrupted | Path::Failed => {}
        }
        let expecting = self
            .agreement
            .as_ref()
            .is_some_and(|agreement| agreement.remote_sends)
            && self
                .receiving_since
                .is_some_and(|since| since.elapsed() > SILENCE);
        let silent = expecting
            && self
                .counters
                .silence()
                .is_some_and(|silence| silence > SILENCE);
        match self.path {
            Path::Connected if silent => self.interrupted(),
            Path::Interrupted if expecting && !silent && self.counters.silence().is_some() => {
                self.restored()
            }
            Path::None | Path::Found | Path::Connected | Path::Interrupted | Path::Failed => {}
        }
    }

    fn interrupted(&mut self) {
        self.path = Path::Interrupted;
        self.report(MediaEvent::Interrupted);
    }

    fn restored(&mut self) {
        self.path = Path::Connected;
        self.report(MediaEvent::Restored);
    }

    pub(super) fn connected(&self) -> bool {
        matches!(self.path, Path::Connected | Path::Interrupted)
    }

    pub(super) fn fail(&mut self, failure: MediaFailure) {
        // A bad re-offer leaves what was agreed as it is.
        if self.agreement.is_none()
            || !matches!(
                failure,
                MediaFailure::NoCodec | MediaFailure::BadDescription
            )
        {
            self.path = Path::Failed;
        }
        self.report(MediaEvent::Failed(failure));
    }
}
