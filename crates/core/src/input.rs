//! Everything that can happen to the [`Phone`](crate::Phone).

use crate::dial::Dialable;
use crate::id::CallId;
use crate::pii::Pii;
use crate::registration::RegistrationState;

/// A session description (RFC 8866). Holds addresses and keys, hence [`Pii`].
pub type Sdp = Pii<String>;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    /// The person asked for something.
    Command(Command),
    /// The SIP edge reports the account's state.
    Registration(RegistrationState),
    /// The exchange said something about one call.
    Sip { call: CallId, signal: Signal },
    /// The media edge reports about one call.
    Media { call: CallId, event: MediaEvent },
    /// The deadline of [`Phone::next_timeout`](crate::Phone::next_timeout) has come.
    Timeout,
}

/// What a person asks for. Out of place, it is [`Rejected`](crate::Rejected) and changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Call `to`. `headers` are extra SIP headers of the INVITE.
    Dial {
        call: CallId,
        to: Dialable,
        headers: Vec<(String, Pii<String>)>,
    },
    Answer {
        call: CallId,
    },
    Decline {
        call: CallId,
    },
    HangUp {
        call: CallId,
    },
    Hold {
        call: CallId,
    },
    Resume {
        call: CallId,
    },
    /// Our microphone only; the same for all calls.
    SetMute {
        on: bool,
    },
    /// Digits `0-9 * # A-D`.
    SendDtmf {
        call: CallId,
        digits: Pii<String>,
    },
    BlindTransfer {
        call: CallId,
        to: Dialable,
    },
}

/// Who is at the other end, as the exchange told us.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Peer {
    /// User part of the URI: a number or an extension.
    pub number: Pii<String>,
    /// Display name, stripped of control and bidi characters, at most 80 characters.
    pub name: Option<Pii<String>>,
}

/// What the exchange says about one call.
#[derive(Debug, Clone, PartialEq)]
pub enum Signal {
    /// A new INVITE. Without `offer` we must offer in our 200 (RFC 3261 section 14.2 style).
    /// `linked_id` is the exchange's key of the whole call (`X-Alobar-Call`), if it sent one.
    Incoming {
        from: Peer,
        offer: Option<Sdp>,
        linked_id: Option<String>,
    },
    /// 180, or 183: with a description the exchange plays sound of its own (early media).
    Progress { early: Option<Sdp> },
    /// 2xx to our INVITE; the SIP edge has sent the ACK.
    Accepted { answer: Option<Sdp> },
    /// Final answer 3xx–6xx to our INVITE (408 and 503 also stand for "no answer at all" and "link gone").
    Refused { status: u16 },
    /// CANCEL ended an incoming call (never once our 2xx has left); `elsewhere` when its Reason
    /// header says "Call completed elsewhere".
    Canceled { elsewhere: bool },
    /// ACK for our 2xx; with the answer when we had offered.
    Confirmed { answer: Option<Sdp> },
    /// re-INVITE or UPDATE from the peer; must be answered with `AnswerReoffer` or `RefuseReoffer`.
    /// Without `offer`, our 200 carries one and the answer comes with `Confirmed`.
    Reoffered { offer: Option<Sdp> },
    /// 2xx to our re-INVITE.
    ReofferAccepted { answer: Sdp },
    /// Final refusal of our re-INVITE (491 is retried by the SIP edge first).
    ReofferRefused { status: u16 },
    /// REFER was answered or its NOTIFY reports a status (RFC 3515): 1xx and 202 going on, other 2xx
    /// done, else failed.
    TransferProgress { status: u16 },
    /// BYE from the peer.
    Bye,
    /// Our BYE, CANCEL or refusal is finished: nothing more will come for this call.
    Closed,
}

/// What the media edge says about one call.
#[derive(Debug, Clone, PartialEq)]
pub enum MediaEvent {
    /// Answer to `CreateOffer`.
    Offer(Sdp),
    /// Answer to `AcceptOffer`.
    Answer(Sdp),
    /// The peer's description was applied. `receives` is false when it takes no sound from us
    /// (`sendonly`, `inactive`): it holds us, perhaps with music (RFC 3264 section 8.4).
    RemoteDirection { receives: bool },
    /// Packets can flow both ways (ICE and DTLS are up).
    Connected,
    /// Nothing has come for a while although it should.
    Interrupted,
    /// Packets come again.
    Restored,
    /// The call can have no sound. As the outcome of `AcceptOffer` for a re-INVITE, `NoCodec` and
    /// `BadDescription` only refuse that offer: what was agreed before goes on.
    Failed(MediaFailure),
}

/// Why a call can have no sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaFailure {
    /// "Không thể truy cập microphone" (CB-20).
    NoMicrophone,
    NoSpeaker,
    /// No codec in common.
    NoCodec,
    /// The description could not be used.
    BadDescription,
    /// ICE found no path.
    NoPath,
    /// DTLS failed, or the certificate does not match the fingerprint.
    Dtls,
}

impl MediaFailure {
    /// The stable code that selects the sentence on screen.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoMicrophone => "media_no_microphone",
            Self::NoSpeaker => "media_no_speaker",
            Self::NoCodec => "media_no_codec",
            Self::BadDescription => "media_bad_description",
            Self::NoPath => "media_no_path",
            Self::Dtls => "media_dtls",
        }
    }
}
