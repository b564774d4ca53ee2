//! The phases of a call and their regions.

use crate::dial::Dialable;
use crate::input::Sdp;
use crate::output::EndCause;
use crate::pii::Pii;
use crate::time::{Mono, Now};

use super::Negotiation;

/// Phase of one call. Hold and transfer are regions of `Established`; so is the offer/answer
/// exchange of a running call, which stays inside. The media path is [`Call::media`](super::Call::media),
/// because it may come up before the ACK.
///
/// ```text
/// Phase        Input                     Next          Outputs
/// (none)       Dial                      Dialing       CallAdded, CreateOffer
/// Dialing      Offer                     Dialing       Invite
/// Dialing      Progress                  Ringing       CallChanged; ringback unless early media
/// Dialing      HangUp before the INVITE  Terminated    Close
/// Dialing,     Progress with sdp         Ringing       AcceptAnswer
///  Ringing     Accepted                  Established   AcceptAnswer unless applied already
///              Accepted, never an answer Terminating   Bye
///              Refused, Bye, Closed      Terminated    Close; busy tone if busy
///              HangUp                    Terminating   Cancel
///              Failed                    Terminating   Cancel
///              deadline                  Terminating   Cancel
/// (none)       Incoming                  Alerting      Ring, CallAdded, PopupDue; ringtone
/// Alerting     Answer                    Answering     AcceptOffer, or CreateOffer without offer
/// Alerting     Decline, HangUp           Terminated    Refuse 603
/// Alerting,    Canceled, Bye, Closed     Terminated    Close
///  Answering
/// Alerting     deadline                  Terminated    Refuse 480
/// Answering    media Answer / Offer      Answering     Accept
/// Answering    Confirmed                 Established   AcceptAnswer if we had offered
/// Answering    HangUp before Accept      Terminated    Refuse 603
/// Answering    HangUp after Accept       Terminating   none: the BYE waits for the ACK
/// Answering    Failed before Accept      Terminated    Refuse 488 or 480
/// Answering    Failed after Accept       Terminating   none: the BYE waits for the ACK
/// Answering    deadline before Accept    Terminated    Refuse 480
/// Answering    deadline after Accept     Terminating   Bye
/// Established  Hold, Resume              Established   CreateOffer … Reoffer (see `negotiation`)
/// Established  Reoffered                 Established   AcceptOffer … AnswerReoffer
/// Established  BlindTransfer             Established   Refer
/// Established  TransferProgress 2xx      Terminating   Bye
/// Established  TransferProgress ≥ 300    Established   TransferFailed
/// Established  SendDtmf (Ringing: early) Established   SendDtmf
/// Established  Bye, Closed               Terminated    Close
/// Established  HangUp                    Terminating   Bye
/// Established  Failed, deadline of media Terminating   Bye
/// Terminating  Accepted (crossed CANCEL) Terminating   Bye
/// Terminating  Confirmed (was waited for) Terminating  Bye
/// Terminating  Refused, Bye, Canceled, Closed  Terminated
/// Terminating  deadline                  Terminated    Bye if it still waited for the ACK
/// Terminated   Accepted after all        Terminated    Bye
/// Terminated   deadline                  (forgotten)   CallRemoved
/// ```
///
/// A command in a phase without a row is [`Rejected`](crate::Rejected); a signal or media event
/// without a row is logged and ignored.
#[derive(Debug, Clone, PartialEq)]
pub enum CallPhase {
    /// We called; nothing has come back yet.
    Dialing {
        /// Since when.
        since: Now,
        /// How far our INVITE is.
        step: Dialing,
    },
    /// We called, and the other side rings (180, 183).
    Ringing {
        /// Since when.
        since: Now,
        /// The exchange plays sound of its own.
        early_media: bool,
    },
    /// They called; the person has not reacted.
    Alerting {
        /// Since when.
        since: Now,
        /// The caller's description; without it, our 200 carries the offer.
        offer: Option<Sdp>,
    },
    /// The person has answered; media and ACK are under way.
    Answering {
        /// Since when.
        since: Now,
        /// How far our 200 is.
        step: Answering,
    },
    /// The two talk.
    Established(Established),
    /// We are ending it; the exchange has not agreed yet. The media is closed.
    Terminating {
        /// Why.
        cause: EndCause,
        /// Since when.
        since: Now,
        /// What was said to the exchange.
        ending: Ending,
    },
    /// Over. Kept for a moment so that the screen can say why.
    Terminated {
        /// Why.
        cause: EndCause,
        /// When.
        at: Now,
    },
}

/// How far our INVITE is.
#[derive(Debug, Clone, PartialEq)]
pub enum Dialing {
    /// The media edge makes our offer; then the INVITE goes to `to`.
    CreatingOffer {
        /// User part in the account's dial format.
        to: Pii<String>,
        /// Extra headers of the INVITE.
        headers: Vec<(String, Pii<String>)>,
    },
    /// Sent.
    Invited,
}

/// How far our 200 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    /// The media edge makes our answer.
    CreatingAnswer,
    /// The media edge makes our offer: the INVITE had none.
    CreatingOffer,
    /// 200 sent, no ACK yet.
    AwaitingAck {
        /// Since when.
        since: Mono,
        /// Our 200 had the offer, so the ACK must have the answer.
        offered: bool,
    },
}

/// How we are ending the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// CANCEL sent.
    Cancel,
    /// BYE sent.
    Bye,
    /// The BYE waits for the ACK of our 200 (RFC 3261 section 15).
    AwaitingAck,
}

/// A confirmed dialog.
#[derive(Debug, Clone, PartialEq)]
pub struct Established {
    /// When it was answered.
    pub since: Now,
    /// Who holds whom, as agreed with the peer.
    pub hold: Hold,
    /// A transfer under way.
    pub transfer: Transfer,
    /// The offer/answer exchange under way.
    pub(crate) negotiation: Negotiation,
}

/// Whether sound can flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaPath {
    /// ICE and DTLS are not up yet.
    Connecting,
    /// Sound flows.
    Flowing,
    /// Sound should come and does not.
    Interrupted {
        /// Since when.
        since: Mono,
    },
}

/// Who holds whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// Nobody.
    None,
    /// We hold the peer.
    Local,
    /// The peer holds us.
    Remote,
    /// Each holds the other.
    Both,
}

impl Hold {
    /// Do we hold the peer?
    pub fn local(self) -> bool {
        match self {
            Self::Local | Self::Both => true,
            Self::None | Self::Remote => false,
        }
    }

    /// Does the peer hold us?
    pub fn remote(self) -> bool {
        match self {
            Self::Remote | Self::Both => true,
            Self::None | Self::Local => false,
        }
    }

    pub(crate) fn of(local: bool, remote: bool) -> Self {
        match (local, remote) {
            (false, false) => Self::None,
            (true, false) => Self::Local,
            (false, true) => Self::Remote,
            (true, true) => Self::Both,
        }
    }
}

/// A transfer under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transfer {
    /// None.
    None,
    /// REFER sent (RFC 3515).
    Blind {
        /// Where to.
        to: Dialable,
        /// Since when.
        since: Mono,
        /// The peer has agreed to try.
        accepted: bool,
    },
}

/// [`CallPhase`] without its contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "as in CallPhase")]
pub enum PhaseName {
    Dialing,
    Ringing,
    Alerting,
    Answering,
    Established,
    Terminating,
    Terminated,
}

impl PhaseName {
    /// `dialing`, `ringing`, …
    pub fn code(self) -> &'static str {
        match self {
            Self::Dialing => "dialing",
            Self::Ringing => "ringing",
            Self::Alerting => "alerting",
            Self::Answering => "answering",
            Self::Established => "established",
            Self::Terminating => "terminating",
            Self::Terminated => "terminated",
        }
    }
}

impl CallPhase {
    /// The phase without its contents.
    pub fn name(&self) -> PhaseName {
        match self {
            Self::Dialing { .. } => PhaseName::Dialing,
            Self::Ringing { .. } => PhaseName::Ringing,
            Self::Alerting { .. } => PhaseName::Alerting,
            Self::Answering { .. } => PhaseName::Answering,
            Self::Established(_) => PhaseName::Established,
            Self::Terminating { .. } => PhaseName::Terminating,
            Self::Terminated { .. } => PhaseName::Terminated,
        }
    }

    /// When the phase began.
    pub fn since(&self) -> Now {
        match self {
            Self::Dialing { since, .. }
            | Self::Ringing { since, .. }
            | Self::Alerting { since, .. }
            | Self::Answering { since, .. }
            | Self::Terminating { since, .. }
            | Self::Established(Established { since, .. })
            | Self::Terminated { at: since, .. } => *since,
        }
    }

    /// The regions of an established call.
    pub fn established(&self) -> Option<&Established> {
        match self {
            Self::Established(established) => Some(established),
            Self::Dialing { .. }
            | Self::Ringing { .. }
            | Self::Alerting { .. }
            | Self::Answering { .. }
            | Self::Terminating { .. }
            | Self::Terminated { .. } => None,
        }
    }

    /// Counted by the rules between calls: neither ending nor over.
    pub fn is_live(&self) -> bool {
        match self {
            Self::Dialing { .. }
            | Self::Ringing { .. }
            | Self::Alerting { .. }
            | Self::Answering { .. }
            | Self::Established(_) => true,
            Self::Terminating { .. } | Self::Terminated { .. } => false,
        }
    }

    /// The map above: which phase may follow which.
    pub(super) fn allows(&self, next: &Self) -> bool {
        use PhaseName as P;
        let next = next.name();
        match self.name() {
            P::Dialing => {
                matches!(
                    next,
                    P::Dialing | P::Ringing | P::Established | P::Terminating | P::Terminated
                )
            }
            P::Ringing => matches!(
                next,
                P::Ringing | P::Established | P::Terminating | P::Terminated
            ),
            P::Alerting => matches!(next, P::Answering | P::Terminated),
            P::Answering => {
                matches!(
                    next,
                    P::Answering | P::Established | P::Terminating | P::Terminated
                )
            }
            P::Established => matches!(next, P::Terminating | P::Terminated),
            P::Terminating => matches!(next, P::Terminating | P::Terminated),
            P::Terminated => false,
        }
    }
}
