//! One call's media: a task that owns the connection to the peer, does the phone's actions in turn and
//! reports what comes of them.

mod agreement;
mod leg;
mod path;
mod sound;
mod table;

use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use alobar_core::{CallId, Direction, MediaAction, MediaEvent, MediaFailure, Pii, Sdp};
use tokio::sync::mpsc as tokio_mpsc;

use crate::MediaReport;
use crate::codec::Codec;
use crate::delivery::PayloadTypes;
use crate::peer::{PeerConfig, PeerError, PeerEvent};
use crate::sdp::{Description, Setup, Transport, Unusable, in_order_of};
use crate::stats::Counters;
use agreement::{Agreement, narrowest, reversed};
use leg::Leg;
use path::Path;
pub(crate) use sound::{Arrival, CallSound, Change, Outgoing, Sending};
pub(crate) use table::Calls;

const TICK: Duration = Duration::from_millis(500);
/// Packets between the network and the pump: half a second each way.
const ARRIVALS: usize = 64;
const PACKETS: usize = 32;

/// Why an action could not be done.
#[derive(Debug, thiserror::Error)]
enum ActionError {
    #[error("Read the description")]
    Unusable(#[from] Unusable),
    #[error("Find a codec in common")]
    NoCodec,
    #[error("Keep the connection while the peer's certificate changes")]
    OtherPeer,
    #[error("Offer on a plain connection")]
    PlainOffer,
    #[error("Open a socket for plain RTP")]
    Plain(#[source] std::io::Error),
    #[error(transparent)]
    Peer(#[from] PeerError),
}

impl ActionError {
    fn failure(&self) -> MediaFailure {
        match self {
            ActionError::NoCodec | ActionError::Unusable(Unusable::NoAudio) => {
                MediaFailure::NoCodec
            }
            ActionError::Plain(_) => MediaFailure::NoPath,
            ActionError::Unusable(Unusable::NotSecured | Unusable::NoAddress)
            | ActionError::OtherPeer
            | ActionError::PlainOffer
            | ActionError::Peer(_) => MediaFailure::BadDescription,
        }
    }
}

/// The task's state.
pub(crate) struct Call {
    id: CallId,
    config: Arc<PeerConfig>,
    reports: tokio_mpsc::UnboundedSender<MediaReport>,
    changes: mpsc::Sender<Change>,
    counters: Arc<Counters>,
    payload_types: Arc<Mutex<PayloadTypes>>,
    peer_events: tokio_mpsc::UnboundedSender<PeerEvent>,
    arrivals: Option<rtrb::Producer<Arrival>>,
    ssrc: u32,
    leg: Option<Leg>,
    /// Our offer that waits for an answer: its direction and its own reading.
    offered: Option<(Direction, Description)>,
    agreement: Option<Agreement>,
    /// What was agreed before our last answer, which may turn out to be unwanted.
    before_answer: Option<Agreement>,
    /// When the first agreement was reached.
    agreed_at: Option<Instant>,
    receiving_since: Option<Instant>,
    /// When ICE found a path.
    path_at: Option<Instant>,
    path: Path,
}

impl Call {
    /// Starts the task; the sound goes to the pump.
    pub(crate) fn start(
        id: CallId,
        config: Arc<PeerConfig>,
        reports: tokio_mpsc::UnboundedSender<MediaReport>,
        actions: tokio_mpsc::UnboundedReceiver<MediaAction>,
    ) -> (CallSound, tokio::task::JoinHandle<()>) {
        let seed = random();
        let counters = Arc::new(Counters::new());
        let (changes, changes_in) = mpsc::channel();
        let (arrivals, arrivals_in) = rtrb::RingBuffer::new(ARRIVALS);
        let (packets, packets_in) = tokio_mpsc::channel(PACKETS);
        let (peer_events, peer_events_in) = tokio_mpsc::unbounded_channel();
        let sound = CallSound::new(changes_in, arrivals_in, packets, counters.clone(), seed);
        let call = Call {
            id,
            config,
            reports,
            changes,
            counters,
            payload_types: Arc::default(),
            peer_events,
            arrivals: Some(arrivals),
            ssrc: random() as u32,
            leg: None,
            offered: None,
            agreement: None,
            before_answer: None,
            agreed_at: None,
            receiving_since: None,
            path_at: None,
            path: Path::None,
        };
        (
            sound,
            tokio::spawn(call.run(actions, peer_events_in, packets_in)),
        )
    }

    async fn run(
        mut self,
        mut actions: tokio_mpsc::UnboundedReceiver<MediaAction>,
        mut peer_events: tokio_mpsc::UnboundedReceiver<PeerEvent>,
        mut packets: tokio_mpsc::Receiver<Outgoing>,
    ) {
        let mut ticks = tokio::time::interval(TICK);
        loop {
            tokio::select! {
                biased;
                action = actions.recv() => match action {
                    None | Some(MediaAction::Close) => break,
                    Some(action) => self.act(action).await,
                },
                Some(event) = peer_events.recv() => self.on_peer(event),
                Some(packet) = packets.recv() => {
                    // Refused once the connection is closed or before it is negotiated.
                    if let Some(leg) = &self.leg {
                        leg.send(packet).await;
                    }
                }
                _ = ticks.tick() => self.tick(),
            }
        }
        if let Some(leg) = self.leg.take() {
            leg.close().await;
        }
        self.report_stats();
    }

    async fn act(&mut self, action: MediaAction) {
        let done = match action {
            MediaAction::CreateOffer { direction } => self.create_offer(direction).await,
            MediaAction::AcceptOffer { offer, direction } => {
                self.accept_offer(offer.reveal(), direction).await
            }
            MediaAction::AcceptAnswer { answer } => self.accept_answer(answer.reveal()).await,
            MediaAction::RollBack => self.roll_back().await.map(|()| self.forget_answer()),
            MediaAction::SendDtmf { digits } => {
                self.change(Change::Dtmf(digits));
                Ok(())
            }
            // The pump's and the loop's: see `Media::perform` and `run`.
            MediaAction::Focus { .. } | MediaAction::Mute { .. } | MediaAction::Close => Ok(()),
        };
        if let Err(error) = done {
            tracing::warn!(call = %self.id, error = %chain(&error), "media action failed");
            self.fail(error.failure());
        }
    }

    async fn create_offer(&mut self, direction: Direction) -> Result<(), ActionError> {
        self.roll_back().await?;
        let sdp = self.open(Setup::Active).await?.offer(direction).await?;
        self.offered = Some((direction, Description::read(&sdp)?));
        self.report(MediaEvent::Offer(Sdp::from(sdp)));
        Ok(())
    }

    async fn accept_offer(&mut self, sdp: &str, direction: Direction) -> Result<(), ActionError> {
        let offer = self.usable(sdp, self.config.plain_rtp)?;
        let sdp = in_order_of(&self.preference(), sdp, &offer);
        let offer = Description::read(&sdp)?;
        self.roll_back().await?;
        let direction = narrowest(direction, reversed(offer.direction));
        let answer = match &offer.transport {
            Transport::Secured { setup, .. } => {
                let peer = self.open(Setup::answering(setup.as_deref())).await?;
                peer.accept_offer(&sdp, &offer, direction).await?
            }
            Transport::Plain { .. } => {
                let codecs = self.config.codecs.clone();
                let plain = self.open_plain().await?;
                plain.accept_offer(&sdp, &offer, &codecs, direction)
            }
        };
        let own = Description::read(&answer)?;
        let agreement = Agreement::new(&self.config.codecs, direction, &own, &offer, &own)
            .ok_or(ActionError::NoCodec)?;
        self.report(MediaEvent::Answer(Pii::new(answer)));
        self.before_answer = self.agreement.clone();
        self.agree(agreement);
        Ok(())
    }

    async fn accept_answer(&mut self, sdp: &str) -> Result<(), ActionError> {
        let answer = self.usable(sdp, false)?;
        if let Some((offered, own)) = self.offered.take() {
            self.before_answer = None;
            let Some(Leg::Secured(peer)) = &self.leg else {
                return Ok(());
            };
            peer.accept_answer(sdp, &answer).await?;
            let direction = narrowest(offered, reversed(answer.direction));
            let agreement = Agreement::new(&self.config.codecs, direction, &answer, &answer, &own)
                .ok_or(ActionError::NoCodec)?;
            self.agree(agreement);
        } else if let Some(agreement) = &self.agreement {
            // The 200 after a 183 repeats the answer; its direction may have opened.
            let agreement = agreement.with_answer(&answer);
            self.agree(agreement);
        }
        Ok(())
    }

    async fn roll_back(&mut self) -> Result<(), ActionError> {
        if self.offered.take().is_some()
            && let Some(Leg::Secured(peer)) = &self.leg
        {
            peer.roll_back().await?;
        }
        Ok(())
    }

    /// Goes back to what was agreed before our last answer.
    fn forget_answer(&mut self) {
        if let Some(before) = self.before_answer.take() {
            self.agree(before);
        }
    }

    /// Our order of codecs; the one in use comes first, so that no later offer changes it.
    fn preference(&self) -> Vec<Codec> {
        let used = self.agreement.iter().map(|agreement| agreement.codec);
        used.chain(self.config.codecs.iter().copied()).collect()
    }

    /// Reads the peer's description; refuses one that we could not, or may not, talk to.
    fn usable(&self, sdp: &str, plain_allowed: bool) -> Result<Description, ActionError> {
        let description = Description::read(sdp)?;
        if description.transport.is_plain() && !plain_allowed {
            return Err(Unusable::NotSecured.into());
        }
        if !description
            .codecs
            .iter()
            .any(|(_, codec)| self.config.codecs.contains(codec))
        {
            return Err(ActionError::NoCodec);
        }
        if self
            .agreement
            .as_ref()
            .is_some_and(|agreement| !agreement.transport.same_peer(&description.transport))
        {
            return Err(ActionError::OtherPeer);
        }
        Ok(description)
    }

    fn agree(&mut self, agreement: Agreement) {
        *self
            .payload_types
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = agreement.payload_types();
        self.report(MediaEvent::RemoteDirection {
            receives: agreement.remote_receives,
        });
        self.aim(&agreement.transport);
        let receives = agreement.receives();
        self.receiving_since = receives.then(|| self.receiving_since.unwrap_or_else(Instant::now));
        self.change(Change::Hear(receives));
        let before = self.agreement.replace(agreement);
        self.agreed_at.get_or_insert_with(Instant::now);
        if self.connected() {
            self.plan_sending(before.as_ref());
        }
    }

    /// Sends as agreed; an encoder that still fits goes on.
    fn plan_sending(&mut self, before: Option<&Agreement>) {
        let Some(agreement) = &self.agreement else {
            return;
        };
        if before.is_some_and(|before| before.same_sending(agreement)) {
            return;
        }
        match agreement.sending() {
            Ok(sending) => {
                if let Some(sending) = &sending {
                    self.counters.sending(sending.codec);
                }
                self.change(Change::Send(sending.map(Box::new)));
            }
            Err(error) => {
                tracing::error!(call = %self.id, error = %chain(&error), "no encoder");
                self.fail(MediaFailure::NoCodec);
            }
        }
    }

    fn change(&self, change: Change) {
        self.changes.send(change).ok(); // the pump has let the call go
    }

    fn report(&self, event: MediaEvent) {
        self.reports
            .send(MediaReport::Call {
                call: self.id,
                event,
            })
            .ok(); // nobody listens any more
    }

    fn report_stats(&self) {
        self.reports
            .send(MediaReport::Stats {
                call: self.id,
                stats: self.counters.snapshot(),
            })
            .ok();
    }
}

/// An error with its causes, on one line.
fn chain(error: &dyn std::error::Error) -> String {
    std::iter::successors(error.source(), |error| error.source())
        .fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

/// A number that a peer cannot guess cheaply; no secret.
fn random() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(())
}
