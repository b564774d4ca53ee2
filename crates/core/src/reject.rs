//! Why a command is out of place. Not an error: the screen turns it into a quiet hint.

use crate::call::PhaseName;

/// The state does not allow the command; nothing has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// Dialling needs a registration.
    #[error("Not registered")]
    NotRegistered,
    /// The call is unknown or already forgotten.
    #[error("No such call")]
    NoSuchCall,
    /// The id of the new call is in use.
    #[error("Call id in use")]
    CallIdInUse,
    /// Another call is just being set up.
    #[error("Another call is being set up")]
    AnotherCallInProgress,
    /// The call's phase has no place for this command.
    #[error("Not possible while {}", phase.code())]
    WrongPhase {
        /// The phase the call is in.
        phase: PhaseName,
    },
    /// Hold of a call that is held by us, or about to be.
    #[error("Already held")]
    AlreadyHeld,
    /// Resume of the call that has the headset already.
    #[error("Not held")]
    NotHeld,
    /// A transfer of this call is under way.
    #[error("Transfer in progress")]
    TransferInProgress,
    /// Digits other than `0-9 * # A-D`, none, or more than 64.
    #[error("Not DTMF digits")]
    BadDigits,
}

impl Rejected {
    /// The stable code that selects the sentence on screen.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotRegistered => "not_registered",
            Self::NoSuchCall => "no_such_call",
            Self::CallIdInUse => "call_id_in_use",
            Self::AnotherCallInProgress => "another_call_in_progress",
            Self::WrongPhase { .. } => "wrong_phase",
            Self::AlreadyHeld => "already_held",
            Self::NotHeld => "not_held",
            Self::TransferInProgress => "transfer_in_progress",
            Self::BadDigits => "bad_digits",
        }
    }
}
