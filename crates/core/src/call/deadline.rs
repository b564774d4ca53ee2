//! How long each phase may wait, and what happens then. No call waits for ever.

use std::time::Duration;

use super::{
    Answering, Call, CallPhase, Dialing, Ending, Established, Hold, MediaPath, Negotiation,
    Transfer,
};
use crate::input::MediaFailure;
use crate::output::{EndCause, MediaAction};
use crate::phone::Outputs;
use crate::time::{Mono, Now};

/// The media edge makes an offer or answer: devices may have to be opened.
const MAKE_DESCRIPTION: Duration = Duration::from_secs(10);
/// From INVITE to 180. A 100 is not reported to us, and mobile networks search for their phone for
/// ten seconds and more; a server that does not answer at all is reported earlier (408, 503).
const FIRST_PROGRESS: Duration = Duration::from_secs(30);
/// The other side rings (RFC 3261 section 13.3.1.1: three minutes are the custom).
const RINGING: Duration = Duration::from_secs(180);
/// The person lets it ring.
const ALERTING: Duration = Duration::from_secs(180);
/// Our 200 is repeated for 64 × T1 (RFC 3261 section 13.3.1.4).
const ACK: Duration = Duration::from_secs(32);
/// Our BYE or CANCEL; the person has long turned to something else.
const GOODBYE: Duration = Duration::from_secs(10);
/// Answered, but ICE and DTLS do not come up.
const MEDIA_UP: Duration = Duration::from_secs(15);
/// No sound while nobody holds anybody: the peer is gone and its BYE was lost.
const MEDIA_SILENT: Duration = Duration::from_secs(30);
/// 64 × T1 for our re-INVITE, and some for the SIP edge's retries after 491.
const REOFFER: Duration = Duration::from_secs(40);
/// 64 × T1 for our REFER.
const REFER: Duration = Duration::from_secs(32);
/// The transfer's target rings.
const TRANSFER: Duration = Duration::from_secs(180);
/// How long an ended call stays on screen with its cause.
const SHOW_ENDED: Duration = Duration::from_secs(4);

impl Call {
    /// When something must have happened.
    pub(crate) fn deadline(&self) -> Option<Mono> {
        match &self.phase {
            CallPhase::Dialing { since, step } => Some(match step {
                Dialing::CreatingOffer { .. } => since.mono + MAKE_DESCRIPTION,
                Dialing::Invited => since.mono + MAKE_DESCRIPTION + FIRST_PROGRESS,
            }),
            CallPhase::Ringing { since, .. } => Some(since.mono + RINGING),
            CallPhase::Alerting { since, .. } => Some(since.mono + ALERTING),
            CallPhase::Answering { since, step } => Some(match step {
                Answering::CreatingAnswer | Answering::CreatingOffer => {
                    since.mono + MAKE_DESCRIPTION
                }
                Answering::AwaitingAck { since, .. } => *since + ACK,
            }),
            CallPhase::Established(established) => [
                self.media_deadline(established),
                established.negotiation.deadline(),
                established.transfer.deadline(),
            ]
            .into_iter()
            .flatten()
            .min(),
            CallPhase::Terminating { since, .. } => Some(since.mono + GOODBYE),
            CallPhase::Terminated { at, .. } => Some(at.mono + SHOW_ENDED),
        }
    }

    fn media_deadline(&self, established: &Established) -> Option<Mono> {
        match (self.media, established.hold) {
            (MediaPath::Connecting, _) => Some(established.since.mono + MEDIA_UP),
            (MediaPath::Interrupted { since }, Hold::None) => Some(since + MEDIA_SILENT),
            (MediaPath::Interrupted { .. }, Hold::Local | Hold::Remote | Hold::Both)
            | (MediaPath::Flowing, _) => None,
        }
    }

    /// The deadline has come.
    pub(crate) fn on_deadline(&mut self, now: Now, out: &mut Outputs) {
        match &self.phase {
            CallPhase::Dialing {
                step: Dialing::CreatingOffer { .. },
                ..
            } => {
                self.terminate(now, EndCause::TimedOut, out);
            }
            CallPhase::Dialing {
                step: Dialing::Invited,
                ..
            } => {
                self.terminating(now, EndCause::TimedOut, Ending::Cancel, out);
            }
            CallPhase::Ringing { .. } => {
                self.terminating(now, EndCause::NoAnswer, Ending::Cancel, out);
            }
            CallPhase::Alerting { .. } => self.refuse(now, 480, EndCause::NoAnswer, out),
            CallPhase::Answering { step, .. } => match step {
                Answering::CreatingAnswer | Answering::CreatingOffer => {
                    self.refuse(now, 480, EndCause::TimedOut, out);
                }
                Answering::AwaitingAck { .. } => {
                    self.terminating(now, EndCause::TimedOut, Ending::Bye, out);
                }
            },
            CallPhase::Established(established) => {
                let over = |deadline: Option<Mono>| deadline.is_some_and(|at| at <= now.mono);
                if over(self.media_deadline(established)) {
                    let cause = EndCause::MediaFailed(MediaFailure::NoPath);
                    self.terminating(now, cause, Ending::Bye, out);
                } else if over(established.transfer.deadline()) {
                    self.transfer_failed(408, out);
                } else {
                    self.on_negotiation_deadline(now, established.negotiation, out);
                }
            }
            CallPhase::Terminating { cause, ending, .. } => {
                let (cause, ending) = (*cause, *ending);
                if ending == Ending::AwaitingAck {
                    self.bye(out);
                }
                self.terminate(now, cause, out);
            }
            // The phone forgets it.
            CallPhase::Terminated { .. } => {}
        }
    }

    fn on_negotiation_deadline(&mut self, now: Now, negotiation: Negotiation, out: &mut Outputs) {
        match negotiation {
            Negotiation::Stable => {}
            Negotiation::CreatingOffer { .. } | Negotiation::AwaitingAnswer { .. } => {
                self.hold_failed(408, out);
            }
            Negotiation::CreatingAnswer { .. } | Negotiation::CreatingOfferForPeer { .. } => {
                out.media(self.id, MediaAction::RollBack);
                self.refuse_reoffer(500, out);
            }
            Negotiation::AwaitingAck { .. } => {
                self.terminating(now, EndCause::TimedOut, Ending::Bye, out);
            }
        }
    }
}

impl Negotiation {
    fn deadline(self) -> Option<Mono> {
        match self {
            Self::Stable => None,
            Self::CreatingOffer { since, .. }
            | Self::CreatingAnswer { since }
            | Self::CreatingOfferForPeer { since } => Some(since + MAKE_DESCRIPTION),
            Self::AwaitingAnswer { since, .. } => Some(since + REOFFER),
            Self::AwaitingAck { since } => Some(since + ACK),
        }
    }
}

impl Transfer {
    fn deadline(&self) -> Option<Mono> {
        match self {
            Self::None => None,
            Self::Blind {
                since,
                accepted: false,
                ..
            } => Some(*since + REFER),
            Self::Blind {
                since,
                accepted: true,
                ..
            } => Some(*since + TRANSFER),
        }
    }
}
