//! The phases of a simulated customer's call.

use alobar_core::Mono;

/// How far the call is. `until` is when [`Input::Timeout`](super::Input::Timeout) is due.
///
/// ```text
/// Phase        Input                    Next       Outputs
/// Idle         Start                    Waiting
/// Waiting      Timeout                  Calling    Ring
/// Calling      Rung                     Ringing
/// Calling      Timeout                  Over       Cancel, Done Unreachable
/// Ringing      Timeout                  Over       Cancel, Done NobodyAnswered
/// Calling,     Answered                 Talking    first step of the script
///  Ringing     Refused                  Over       Done Refused
///              EndedByAgent             Over       Done AgentHungUp
/// Talking      EndedByAgent             Over       Done AgentHungUp
///  Listening   SpeechBegan              Hearing
///              Timeout, not yet nudged  Nudging    Say, if the script has a nudge
///              Timeout otherwise        Talking    next step
///                                       or Over    HangUp, Done AgentSilent, as the script says
///  Hearing     SpeechEnded, Timeout     Talking    next step
///  Saying      Said, Timeout            Talking    next step
///  Nudging     Said, Timeout            Listening, or Hearing when the agent is speaking
/// Over         Answered (crossed)       Over       HangUp
///
/// next step    Say                      Saying     Say
///              Listen                   Listening, or Hearing when the agent is speaking
///              none                     Over       HangUp, Done Completed
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Not started.
    Idle,
    /// Started; the phone does not ring yet, so that hands can leave the mouse.
    Waiting {
        /// When it rings.
        until: Mono,
    },
    /// INVITE sent.
    Calling {
        /// When the phone must have rung.
        until: Mono,
    },
    /// The agent's phone rings.
    Ringing {
        /// When the customer's patience ends.
        until: Mono,
    },
    /// Answered.
    Talking {
        /// Index of the script's step.
        step: usize,
        /// Whose turn it is.
        turn: Turn,
    },
    /// Ended, and said so.
    Over(Outcome),
}

/// Whose turn it is in a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The agent's, who is silent.
    Listening {
        /// When the customer has waited long enough.
        until: Mono,
        /// The customer has already asked whether somebody is there.
        nudged: bool,
    },
    /// The agent's, who speaks.
    Hearing {
        /// When the customer stops listening.
        until: Mono,
    },
    /// The customer's.
    Saying {
        /// When the clip must have been said.
        until: Mono,
    },
    /// The customer's, to ask whether somebody is there.
    Nudging {
        /// When the clip must have been said.
        until: Mono,
    },
}

/// How the call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The script was played to its end.
    Completed,
    /// The phone rang and nobody answered.
    NobodyAnswered,
    /// The phone did not even ring.
    Unreachable,
    /// The phone refused the call.
    Refused {
        /// Its final status.
        status: u16,
    },
    /// The agent hung up first.
    AgentHungUp,
    /// The agent answered and left the customer without a word.
    AgentSilent,
}

impl Outcome {
    /// The stable code that selects the sentence on screen.
    pub fn code(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::NobodyAnswered => "nobody_answered",
            Self::Unreachable => "unreachable",
            Self::Refused { .. } => "refused",
            Self::AgentHungUp => "agent_hung_up",
            Self::AgentSilent => "agent_silent",
        }
    }
}
