//! Why a call ended, and what the history says about it.

use std::time::Duration;

use super::{Call, CallDirection, CallPhase};
use crate::input::MediaFailure;
use crate::output::EndCause;

/// What the history shows of an ended call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallResult {
    /// The two talked.
    Answered {
        /// From the answer to the end.
        talk: Duration,
    },
    /// They called, and nobody took it.
    Missed,
    /// They called, and the person here refused.
    Declined,
    /// They called, and another desk took it.
    AnsweredElsewhere,
    /// We called, and nobody took it.
    NotReached,
}

/// The meaning of a final status 3xx–6xx to our INVITE (RFC 3261 section 21). `rang` is true when
/// a 180 or 183 came before: then a person may have let it ring or refused it.
pub fn end_cause(status: u16, rang: bool) -> EndCause {
    match status {
        486 | 600 => EndCause::RemoteBusy,
        603 => EndCause::RemoteDeclined,
        403 if rang => EndCause::RemoteDeclined,
        404 | 410 | 484 | 485 | 604 => EndCause::NotFound,
        408 | 480 if rang => EndCause::NoAnswer,
        408 => EndCause::TimedOut,
        480 | 502 | 503 | 504 => EndCause::Unavailable,
        488 | 606 => EndCause::MediaFailed(MediaFailure::NoCodec),
        _ => EndCause::SipFailure { status },
    }
}

pub(super) fn result(call: &Call) -> Option<CallResult> {
    let CallPhase::Terminated { cause, at } = call.phase() else {
        return None;
    };
    if let Some(answered) = call.answered() {
        return Some(CallResult::Answered {
            talk: at.mono.0.saturating_sub(answered.mono.0),
        });
    }
    if call.direction() == CallDirection::Outgoing {
        return Some(CallResult::NotReached);
    }
    Some(match cause {
        EndCause::Declined | EndCause::LocalHangup => CallResult::Declined,
        EndCause::AnsweredElsewhere => CallResult::AnsweredElsewhere,
        EndCause::RemoteHangup
        | EndCause::RemoteBusy
        | EndCause::RemoteDeclined
        | EndCause::NoAnswer
        | EndCause::Unavailable
        | EndCause::CanceledByCaller
        | EndCause::CanceledLocally
        | EndCause::Transferred
        | EndCause::NotFound
        | EndCause::MediaFailed(_)
        | EndCause::LinkLost
        | EndCause::TimedOut
        | EndCause::SipFailure { .. } => CallResult::Missed,
    })
}

impl EndCause {
    /// The stable code that selects the sentence on screen.
    pub fn code(self) -> &'static str {
        match self {
            Self::LocalHangup => "local_hangup",
            Self::RemoteHangup => "remote_hangup",
            Self::Declined => "declined",
            Self::RemoteBusy => "remote_busy",
            Self::RemoteDeclined => "remote_declined",
            Self::NoAnswer => "no_answer",
            Self::Unavailable => "unavailable",
            Self::CanceledByCaller => "canceled_by_caller",
            Self::AnsweredElsewhere => "answered_elsewhere",
            Self::CanceledLocally => "canceled_locally",
            Self::Transferred => "transferred",
            Self::NotFound => "not_found",
            Self::MediaFailed(failure) => failure.code(),
            Self::LinkLost => "link_lost",
            Self::TimedOut => "timed_out",
            Self::SipFailure { .. } => "sip_failure",
        }
    }

    /// The SIP status that the sentence needs, if any.
    pub fn status(self) -> Option<u16> {
        if let Self::SipFailure { status } = self {
            Some(status)
        } else {
            None
        }
    }
}
