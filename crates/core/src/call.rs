//! One call: its phase, its regions, and what each input does to it.
//!
//! Rules between calls are not here but in [`Phone`](crate::Phone).

mod cause;
mod command;
mod deadline;
mod media;
mod negotiation;
mod phase;
mod signal;

use crate::dial::{DialFormat, Dialable};
use crate::id::CallId;
use crate::input::{Peer, Sdp};
use crate::output::{Direction, EndCause, Event, MediaAction, SipAction};
use crate::phone::Outputs;
use crate::pii::Pii;
use crate::time::Now;

pub use cause::{CallResult, end_cause};
pub(crate) use negotiation::Negotiation;
pub(crate) use phase::{Answering, Dialing, Ending};
pub use phase::{CallPhase, Established, Hold, MediaPath, PhaseName, Transfer};

/// Who called whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallDirection {
    /// They called us.
    Incoming,
    /// We called them.
    Outgoing,
}

/// The media edge's part of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MediaPeer {
    Unopened,
    Open,
    Closed,
}

/// One conversation as the user sees it. Read by the views, changed by the [`Phone`](crate::Phone).
#[derive(Debug)]
pub struct Call {
    id: CallId,
    direction: CallDirection,
    peer: Peer,
    linked_id: Option<String>,
    created: Now,
    answered: Option<Now>,
    phase: CallPhase,
    media: MediaPath,
    media_peer: MediaPeer,
    /// The peer's last description that was applied, so that a 200 repeating the 183 is not.
    applied: Option<Sdp>,
    /// What the person (or a rule between calls) wants; made true as soon as nothing is in the way.
    wants_hold: bool,
    /// The peer's last description takes no sound from us.
    held_by_peer: bool,
    /// The last word we said to end the call.
    goodbye: Option<Ending>,
}

impl Call {
    /// Our id.
    pub fn id(&self) -> CallId {
        self.id
    }

    /// Who called whom.
    pub fn direction(&self) -> CallDirection {
        self.direction
    }

    /// Who is at the other end. For a dialled call the number is [`Dialable::as_text`].
    pub fn peer(&self) -> &Peer {
        &self.peer
    }

    /// The exchange's key of the whole call, if it sent one.
    pub fn linked_id(&self) -> Option<&str> {
        self.linked_id.as_deref()
    }

    /// When the call came or was dialled.
    pub fn created(&self) -> Now {
        self.created
    }

    /// When it was established: the talk timer counts from here.
    pub fn answered(&self) -> Option<Now> {
        self.answered
    }

    /// Where the call stands.
    pub fn phase(&self) -> &CallPhase {
        &self.phase
    }

    /// Whether sound can flow.
    pub fn media(&self) -> MediaPath {
        self.media
    }

    /// Who holds whom; [`Hold::None`] unless established.
    pub fn hold(&self) -> Hold {
        self.phase.established().map_or(Hold::None, |e| e.hold)
    }

    /// A hold or resume was asked for and is not agreed yet.
    pub fn hold_pending(&self) -> bool {
        self.phase
            .established()
            .is_some_and(|e| e.hold.local() != self.wants_hold)
    }

    /// What the history says, once the call has ended.
    pub fn result(&self) -> Option<CallResult> {
        cause::result(self)
    }

    /// A call we start; the media edge is asked for an offer at once.
    pub(crate) fn dial(
        now: Now,
        id: CallId,
        to: &Dialable,
        format: &DialFormat,
        headers: Vec<(String, Pii<String>)>,
        out: &mut Outputs,
    ) -> Self {
        let wire = Pii::new(format.dial_string(to));
        let step = Dialing::CreatingOffer { to: wire, headers };
        let peer = Peer {
            number: to.as_text().clone(),
            name: None,
        };
        let phase = CallPhase::Dialing { since: now, step };
        let mut call = Self::new(now, id, CallDirection::Outgoing, peer, None, phase);
        out.event(Event::CallAdded { call: id });
        call.open_media(
            MediaAction::CreateOffer {
                direction: Direction::SendRecv,
            },
            out,
        );
        call
    }

    /// A call that comes in: it rings at once.
    pub(crate) fn incoming(
        now: Now,
        id: CallId,
        from: Peer,
        offer: Option<Sdp>,
        linked_id: Option<String>,
        out: &mut Outputs,
    ) -> Self {
        let phase = CallPhase::Alerting { since: now, offer };
        let call = Self::new(now, id, CallDirection::Incoming, from, linked_id, phase);
        out.event(Event::CallAdded { call: id });
        out.sip(id, SipAction::Ring);
        out.event(Event::PopupDue { call: id });
        call
    }

    fn new(
        now: Now,
        id: CallId,
        direction: CallDirection,
        peer: Peer,
        linked_id: Option<String>,
        phase: CallPhase,
    ) -> Self {
        Self {
            id,
            direction,
            peer,
            linked_id,
            created: now,
            answered: None,
            phase,
            media: MediaPath::Connecting,
            media_peer: MediaPeer::Unopened,
            applied: None,
            wants_hold: false,
            held_by_peer: false,
            goodbye: None,
        }
    }

    /// The only place where a phase changes. Closes the media on the way out, and tells the screen.
    fn enter(&mut self, now: Now, next: CallPhase, out: &mut Outputs) {
        if !self.phase.allows(&next) {
            let (from, to) = (self.phase.name().code(), next.name().code());
            tracing::error!(call = %self.id, from, to, "Change call phase");
            return;
        }
        match &next {
            CallPhase::Established(_) => self.answered = Some(now),
            CallPhase::Terminating { .. } => self.close_media(out),
            CallPhase::Terminated { cause, .. } => {
                self.close_media(out);
                out.event(Event::CallEnded {
                    call: self.id,
                    cause: *cause,
                });
            }
            CallPhase::Dialing { .. }
            | CallPhase::Ringing { .. }
            | CallPhase::Alerting { .. }
            | CallPhase::Answering { .. } => {}
        }
        self.phase = next;
        self.changed(out);
    }

    fn changed(&self, out: &mut Outputs) {
        out.event(Event::CallChanged { call: self.id });
    }

    fn open_media(&mut self, action: MediaAction, out: &mut Outputs) {
        self.media_peer = MediaPeer::Open;
        out.media(self.id, action);
    }

    fn close_media(&mut self, out: &mut Outputs) {
        if self.media_peer == MediaPeer::Open {
            out.media(self.id, MediaAction::Close);
        }
        self.media_peer = MediaPeer::Closed;
    }

    pub(crate) fn media_open(&self) -> bool {
        self.media_peer == MediaPeer::Open
    }

    /// Ends at once: nothing is left to say to the exchange, or it is said already.
    fn terminate(&mut self, now: Now, cause: EndCause, out: &mut Outputs) {
        self.enter(now, CallPhase::Terminated { cause, at: now }, out);
    }

    /// Says goodbye and waits for the exchange to agree.
    fn terminating(&mut self, now: Now, cause: EndCause, ending: Ending, out: &mut Outputs) {
        match ending {
            Ending::Cancel => {
                self.goodbye = Some(Ending::Cancel);
                out.sip(self.id, SipAction::Cancel);
            }
            Ending::Bye => self.bye(out),
            Ending::AwaitingAck => {}
        }
        self.enter(
            now,
            CallPhase::Terminating {
                cause,
                since: now,
                ending,
            },
            out,
        );
    }

    /// Refuses an incoming call that has no 2xx yet.
    fn refuse(&mut self, now: Now, status: u16, cause: EndCause, out: &mut Outputs) {
        out.sip(self.id, SipAction::Refuse { status });
        self.terminate(now, cause, out);
    }
}
