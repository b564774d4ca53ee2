//! A simulated customer without sound, clock or sockets: told what happens on the line, it says
//! what it does next.
//!
//! ```text
//! caller.handle(now, input);
//! while let Some(output) = caller.poll_output() { exchange.perform(output) }
//! sleep_until(caller.next_timeout())
//! ```
//!
//! The same script, seed, speed and inputs make the same outputs.

mod person;
mod phase;
mod script;

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::time::Duration;

use alobar_core::{Mono, Peer};

use crate::clip::Clip;

pub use phase::{Outcome, Phase, Turn};
pub use script::{Listen, Script, Silence, Step};

/// An agent's phone that is up says so sooner.
const RUNG: Duration = Duration::from_secs(5);
/// Longer than any clip: only a call whose sound has stopped takes so long.
const SAYING: Duration = Duration::from_secs(30);
/// An agent who speaks on and on, or a noise that is taken for speech.
const HEARING: Duration = Duration::from_secs(60);

/// What happens on the line, as the exchange sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// The person at the desk wants to be called.
    Start,
    /// The agent's phone rings (180).
    Rung,
    /// The agent has answered, and sound flows.
    Answered,
    /// The agent's phone did not take the call: the final status, 480, 486, 603, …
    Refused {
        /// 300 to 699.
        status: u16,
    },
    /// The agent begins to speak.
    SpeechBegan,
    /// The agent has stopped speaking.
    SpeechEnded,
    /// The clip of the last [`Output::Say`] has been said.
    Said,
    /// BYE of the agent, or the call was lost.
    EndedByAgent,
    /// [`Caller::next_timeout`] has come.
    Timeout,
}

/// What the exchange does for the customer, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Call the agent (INVITE).
    Ring {
        /// Shown to the agent: an invented name, and a number of a range that no operator has.
        from: Peer,
    },
    /// Say a clip into the call; [`Input::Said`] follows.
    Say(Clip),
    /// BYE.
    HangUp,
    /// CANCEL; a 200 that crosses it is still to be given in as [`Input::Answered`].
    Cancel,
    /// The call is over. Once; after it comes at most a [`Output::HangUp`] for a crossed 200.
    Done(Outcome),
}

/// One call of one simulated customer.
#[derive(Debug, Clone)]
pub struct Caller {
    script: Script,
    from: Peer,
    speed: NonZeroU32,
    phase: Phase,
    /// The agent is speaking now, whoever's turn it is.
    agent_speaks: bool,
    outputs: VecDeque<Output>,
}

impl Caller {
    /// A customer who has not called yet. `seed` draws name and number. All waits of the script are
    /// `speed` times shorter; sound, and the bounds on it, stay as long as they are.
    pub fn new(script: Script, seed: u64, speed: NonZeroU32) -> Self {
        Self {
            script,
            from: person::drawn(seed),
            speed,
            phase: Phase::Idle,
            agent_speaks: false,
            outputs: VecDeque::new(),
        }
    }

    /// Who the agent will see.
    pub fn from(&self) -> &Peer {
        &self.from
    }

    /// How far the call is.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The next thing to be done; `None` when all is done.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When [`Input::Timeout`] is due. Every phase that waits has one.
    pub fn next_timeout(&self) -> Option<Mono> {
        match self.phase {
            Phase::Idle | Phase::Over(_) => None,
            Phase::Waiting { until } | Phase::Calling { until } | Phase::Ringing { until } => {
                Some(until)
            }
            Phase::Talking { turn, .. } => Some(match turn {
                Turn::Listening { until, .. }
                | Turn::Hearing { until }
                | Turn::Saying { until }
                | Turn::Nudging { until } => until,
            }),
        }
    }

    /// Takes one input. Drain [`Caller::poll_output`] afterwards. An input that has no row in the
    /// table of [`Phase`] changes nothing.
    pub fn handle(&mut self, now: Mono, input: Input) {
        if input == Input::Timeout && self.next_timeout().is_none_or(|until| now < until) {
            return;
        }
        match input {
            Input::SpeechBegan => self.agent_speaks = true,
            Input::SpeechEnded => self.agent_speaks = false,
            Input::Start
            | Input::Rung
            | Input::Answered
            | Input::Refused { .. }
            | Input::Said
            | Input::EndedByAgent
            | Input::Timeout => {}
        }
        match self.phase {
            Phase::Idle => self.idle(now, input),
            Phase::Waiting { .. } => self.waiting(now, input),
            Phase::Calling { .. } => self.calling(now, input, Outcome::Unreachable),
            Phase::Ringing { .. } => self.calling(now, input, Outcome::NobodyAnswered),
            Phase::Talking { step, turn } => self.talking(now, input, step, turn),
            Phase::Over(_) => self.over(input),
        }
    }
}

impl Caller {
    fn idle(&mut self, now: Mono, input: Input) {
        match input {
            Input::Start => {
                let until = now + self.scaled(self.script.before_ringing);
                self.phase = Phase::Waiting { until };
            }
            Input::Rung
            | Input::Answered
            | Input::Refused { .. }
            | Input::SpeechBegan
            | Input::SpeechEnded
            | Input::Said
            | Input::EndedByAgent
            | Input::Timeout => {}
        }
    }

    fn waiting(&mut self, now: Mono, input: Input) {
        match input {
            Input::Timeout => {
                self.phase = Phase::Calling { until: now + RUNG };
                let from = self.from.clone();
                self.outputs.push_back(Output::Ring { from });
            }
            Input::Start
            | Input::Rung
            | Input::Answered
            | Input::Refused { .. }
            | Input::SpeechBegan
            | Input::SpeechEnded
            | Input::Said
            | Input::EndedByAgent => {}
        }
    }

    /// Calling or ringing; in time, the customer gives up with `outcome`.
    fn calling(&mut self, now: Mono, input: Input, outcome: Outcome) {
        match input {
            Input::Rung => {
                if let Phase::Calling { .. } = self.phase {
                    let until = now + self.scaled(self.script.patience);
                    self.phase = Phase::Ringing { until };
                }
            }
            Input::Answered => {
                self.agent_speaks = false;
                self.begin(now, 0);
            }
            Input::Refused { status } => self.end(None, Outcome::Refused { status }),
            Input::EndedByAgent => self.end(None, Outcome::AgentHungUp),
            Input::Timeout => self.end(Some(Output::Cancel), outcome),
            Input::Start | Input::SpeechBegan | Input::SpeechEnded | Input::Said => {}
        }
    }

    fn talking(&mut self, now: Mono, input: Input, step: usize, turn: Turn) {
        match (turn, input) {
            (_, Input::EndedByAgent) => self.end(None, Outcome::AgentHungUp),
            (Turn::Listening { .. }, Input::SpeechBegan) => {
                let until = now + HEARING;
                self.turn(step, Turn::Hearing { until });
            }
            (Turn::Listening { nudged, .. }, Input::Timeout) => self.silence(now, step, nudged),
            (Turn::Hearing { .. }, Input::SpeechEnded | Input::Timeout)
            | (Turn::Saying { .. }, Input::Said | Input::Timeout) => self.begin(now, step + 1),
            (Turn::Nudging { .. }, Input::Said | Input::Timeout) => self.listen(now, step, true),
            (
                Turn::Listening { .. }
                | Turn::Hearing { .. }
                | Turn::Saying { .. }
                | Turn::Nudging { .. },
                Input::Start
                | Input::Rung
                | Input::Answered
                | Input::Refused { .. }
                | Input::SpeechBegan
                | Input::SpeechEnded
                | Input::Said,
            ) => {}
        }
    }

    fn over(&mut self, input: Input) {
        match input {
            // It crossed our CANCEL: do not leave the agent on a dead line.
            Input::Answered => self.outputs.push_back(Output::HangUp),
            Input::Start
            | Input::Rung
            | Input::Refused { .. }
            | Input::SpeechBegan
            | Input::SpeechEnded
            | Input::Said
            | Input::EndedByAgent
            | Input::Timeout => {}
        }
    }

    /// Begins a step of the script; after the last one the customer hangs up.
    fn begin(&mut self, now: Mono, step: usize) {
        match self.script.steps.get(step) {
            Some(Step::Say(clip)) => {
                let clip = *clip;
                let until = now + SAYING;
                self.say(step, clip, Turn::Saying { until });
            }
            Some(Step::Listen(_)) => self.listen(now, step, false),
            None => self.end(Some(Output::HangUp), Outcome::Completed),
        }
    }

    fn listen(&mut self, now: Mono, step: usize, nudged: bool) {
        let Some(Step::Listen(listen)) = self.script.steps.get(step) else {
            return;
        };
        let turn = if self.agent_speaks {
            let until = now + HEARING;
            Turn::Hearing { until }
        } else {
            let until = now + self.scaled(listen.at_most);
            Turn::Listening { until, nudged }
        };
        self.turn(step, turn);
    }

    /// The agent has said nothing in the time of this step.
    fn silence(&mut self, now: Mono, step: usize, nudged: bool) {
        let Some(Step::Listen(listen)) = self.script.steps.get(step) else {
            return;
        };
        match (listen.nudge, listen.then) {
            (Some(clip), _) if !nudged => {
                let until = now + SAYING;
                self.say(step, clip, Turn::Nudging { until });
            }
            (_, Silence::GoOn) => self.begin(now, step + 1),
            (_, Silence::HangUp) => self.end(Some(Output::HangUp), Outcome::AgentSilent),
        }
    }

    fn say(&mut self, step: usize, clip: Clip, turn: Turn) {
        self.outputs.push_back(Output::Say(clip));
        self.turn(step, turn);
    }

    fn turn(&mut self, step: usize, turn: Turn) {
        self.phase = Phase::Talking { step, turn };
    }

    fn end(&mut self, last: Option<Output>, outcome: Outcome) {
        self.outputs.extend(last);
        self.outputs.push_back(Output::Done(outcome));
        self.phase = Phase::Over(outcome);
    }

    fn scaled(&self, wait: Duration) -> Duration {
        wait / self.speed.get()
    }
}

#[cfg(test)]
mod tests;
