//! Everything the [`Phone`](crate::Phone) wants done. Ordered; the driver does them in turn.

use crate::id::CallId;
use crate::input::{MediaFailure, Sdp};
use crate::pii::Pii;

#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    Sip {
        call: CallId,
        action: SipAction,
    },
    Media {
        call: CallId,
        action: MediaAction,
    },
    /// The sound we make ourselves; `None` is silence.
    Tone(Option<Tone>),
    /// Something the shells show. The views are read from the phone itself.
    Event(Event),
}

/// Work for the SIP edge; answers come back as [`Signal`](crate::Signal).
#[derive(Debug, Clone, PartialEq)]
pub enum SipAction {
    /// `to` is the user part, already in the account's dial format.
    Invite {
        to: Pii<String>,
        offer: Sdp,
        headers: Vec<(String, Pii<String>)>,
    },
    /// Gives up an unanswered outgoing call.
    Cancel,
    /// 180 Ringing.
    Ring,
    /// 200 with our answer (or offer, when the INVITE had none).
    Accept {
        sdp: Sdp,
    },
    /// Final refusal of an incoming call: 486 busy, 603 declined, 488 no codec, 480.
    Refuse {
        status: u16,
    },
    Bye,
    /// re-INVITE.
    Reoffer {
        offer: Sdp,
    },
    /// 200 to the peer's re-INVITE or UPDATE.
    AnswerReoffer {
        answer: Sdp,
    },
    RefuseReoffer {
        status: u16,
    },
    /// REFER (RFC 3515) to the user part `to`.
    Refer {
        to: Pii<String>,
    },
}

/// Work for the media edge; answers come back as [`MediaEvent`](crate::MediaEvent).
#[derive(Debug, Clone, PartialEq)]
pub enum MediaAction {
    /// Our offer, with the direction it states. The first one opens the call's peer.
    CreateOffer {
        direction: Direction,
    },
    /// The peer's offer; we answer with `direction` at most. The first one opens the call's peer.
    AcceptOffer {
        offer: Sdp,
        direction: Direction,
    },
    /// The peer's answer to our last offer.
    AcceptAnswer {
        answer: Sdp,
    },
    /// Our last offer was refused, or an answer of ours is not wanted any more: go back to what was
    /// agreed before.
    RollBack,
    /// Whether this call has the headset. At most one call has it.
    Focus {
        on: bool,
    },
    /// Our microphone in this call.
    Mute {
        on: bool,
    },
    SendDtmf {
        digits: Pii<String>,
    },
    Close,
}

/// Direction of our media section (RFC 8866 section 6.7), from our side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    SendRecv,
    /// We hold the peer.
    SendOnly,
    RecvOnly,
    Inactive,
}

/// Sounds that we make ourselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// An incoming call, on the ringer device.
    Ringtone,
    /// A further call while one is up: quiet, in the headset.
    CallWaiting,
    /// The other side rings (no early media), in the headset.
    Ringback,
    /// The line is busy, in the headset; the phone stops it.
    Busy,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    CallAdded {
        call: CallId,
    },
    CallChanged {
        call: CallId,
    },
    CallEnded {
        call: CallId,
        cause: EndCause,
    },
    /// A call that ended some seconds ago is forgotten: take it off the screen.
    CallRemoved {
        call: CallId,
    },
    /// The callbar should come up by itself (CB-10); focus is not taken.
    PopupDue {
        call: CallId,
    },
    RegistrationChanged,
    MuteChanged,
    /// A transfer did not work; the call is still here.
    TransferFailed {
        call: CallId,
        status: u16,
    },
    /// Hold or resume was refused; the call goes on as before.
    HoldFailed {
        call: CallId,
        status: u16,
    },
}

/// Why a call ended. A busy line is no error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndCause {
    LocalHangup,
    RemoteHangup,
    /// We declined.
    Declined,
    /// 486, 600.
    RemoteBusy,
    /// 603, or 403 after ringing (a person's phone).
    RemoteDeclined,
    /// 408, 480 after ringing, or our own deadline.
    NoAnswer,
    /// 480, 502, 503, 504: the other side cannot be reached now.
    Unavailable,
    CanceledByCaller,
    AnsweredElsewhere,
    /// We gave up before the answer.
    CanceledLocally,
    Transferred,
    /// 404, 410, 484, 485, 604: no such number.
    NotFound,
    MediaFailed(MediaFailure),
    LinkLost,
    /// Nothing came within the bound.
    TimedOut,
    /// Any other final status.
    SipFailure {
        status: u16,
    },
}
