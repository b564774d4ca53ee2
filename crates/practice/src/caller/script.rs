//! What a customer says and waits for.

use std::time::Duration;

use crate::clip::Clip;

/// The course of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// From [`Input::Start`](super::Input::Start) to the call.
    pub before_ringing: Duration,
    /// How long the customer lets it ring.
    pub patience: Duration,
    /// Once answered. After the last one the customer hangs up.
    pub steps: Vec<Step>,
}

/// One step of the talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The customer says a clip.
    Say(Clip),
    /// The customer waits until the agent has said something.
    Listen(Listen),
}

/// A customer who waits for the agent's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listen {
    /// Until the agent begins to speak.
    pub at_most: Duration,
    /// Said when nothing came in that time; then the customer waits as long once more.
    pub nudge: Option<Clip>,
    /// When nothing came at all.
    pub then: Silence,
}

/// What a customer makes of silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// Goes on as if the agent had spoken.
    GoOn,
    /// Has had enough.
    HangUp,
}

impl Script {
    /// The first call of a new agent: an order has not come. Friendly, patient, in Vietnamese.
    pub fn late_order() -> Self {
        let listen = |seconds, nudge, then| {
            Step::Listen(Listen {
                at_most: Duration::from_secs(seconds),
                nudge,
                then,
            })
        };
        let hello = Some(Clip::ViCustomerHello);
        Self {
            before_ringing: Duration::from_secs(2),
            patience: Duration::from_secs(25),
            steps: vec![
                listen(6, hello, Silence::GoOn),
                Step::Say(Clip::ViCustomerRequest),
                // The agent may have to find the order first.
                listen(20, hello, Silence::HangUp),
                Step::Say(Clip::ViCustomerThanks),
                listen(3, None, Silence::GoOn),
                Step::Say(Clip::ViCustomerGoodbye),
            ],
        }
    }
}
