//! One phone's call, seen from the exchange.

use alobar_core::{
    CallId, Hold, Input, Now, Output, Peer, PhaseName, Phone, PhoneConfig, RegistrationState, Sdp,
};

use crate::number::Number;

/// The exchange's end of a call with one phone.
#[derive(Debug)]
pub(super) struct Leg {
    /// Whose phone is at the other end.
    pub(super) extension: String,
    /// Whom that phone sees calling, when we have called it.
    pub(super) from: Peer,
    pub(super) phone: Phone,
    pub(super) joined: Joined,
    pub(super) early: Early,
}

/// Who is at the exchange's side of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    /// Its partner has gone, or has been handed on.
    Nobody,
    Service(Number),
    Leg(CallId),
    /// The simulated customer who is filed under this call.
    Customer,
}

/// An answer that is given first as early media.
#[derive(Debug)]
pub(super) enum Early {
    No,
    /// The answer, once it is made, goes out as 183.
    Wanted,
    /// It has; the 200 waits.
    Held(Sdp),
}

impl Leg {
    pub(super) fn new(now: Now, extension: String, from: Peer, joined: Joined) -> Self {
        let mut phone = Phone::new(PhoneConfig::default());
        // The exchange needs nobody's leave to call.
        let registered = RegistrationState::Registered {
            expires: std::time::Duration::MAX,
            secure: false,
        };
        let outcome = phone.handle(now, Input::Registration(registered));
        debug_assert!(outcome.is_ok(), "only commands are rejected");
        while phone.poll_output().is_some() {}
        Self {
            extension,
            from,
            phone,
            joined,
            early: Early::No,
        }
    }

    /// Takes an input; what is to be done.
    pub(super) fn handle(&mut self, now: Now, input: Input) -> Vec<Output> {
        if let Err(rejected) = self.phone.handle(now, input) {
            tracing::debug!(%rejected, "command out of place");
        }
        std::iter::from_fn(|| self.phone.poll_output()).collect()
    }

    pub(super) fn state(&self, call: CallId) -> State {
        match self.phone.call(call) {
            Some(call) => State {
                phase: Some(call.phase().name()),
                held: matches!(call.hold(), Hold::Remote | Hold::Both),
            },
            None => State::default(),
        }
    }
}

/// What the exchange watches of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct State {
    /// `None` before its first signal.
    pub(super) phase: Option<PhaseName>,
    /// The phone holds us.
    pub(super) held: bool,
}

impl State {
    /// It rings here and is not answered.
    pub(super) fn waits(self) -> bool {
        self.phase == Some(PhaseName::Alerting)
    }

    pub(super) fn is_established(self) -> bool {
        self.phase == Some(PhaseName::Established)
    }
}
