//! The simulated customers' calls.

use std::collections::BTreeMap;

use alobar_core::{CallId, Command, EndCause, Mono};

use super::PracticeEvent;
use super::driver::{Driver, status_of};
use super::leg::Joined;
use crate::caller::{Caller, Input, Outcome, Output, Script};
use crate::clip::Clip;
use crate::voice::{Customer, Lines, VoiceEvent};

/// All customers who have not done yet, by their present call.
#[derive(Debug, Default)]
pub(super) struct Customers {
    here: BTreeMap<CallId, Guest>,
    /// How many have come.
    count: u64,
}

#[derive(Debug)]
struct Guest {
    extension: String,
    caller: Caller,
    lines: Lines,
}

impl Customers {
    pub(super) fn next_timeout(&self) -> Option<Mono> {
        let guests = self.here.values();
        guests.filter_map(|guest| guest.caller.next_timeout()).min()
    }
}

impl Driver {
    pub(super) fn send_customer(&mut self, extension: String) {
        let busy = |guest: &Guest| guest.extension == extension;
        if self.customers.here.values().any(busy) {
            return;
        }
        let call = self.ids.next_id();
        let seed = self.config.seed.wrapping_add(self.customers.count);
        self.customers.count += 1;
        let caller = Caller::new(Script::late_order(), seed, self.config.speed);
        let lines = self.open_customer(call);
        let guest = Guest {
            extension,
            caller,
            lines,
        };
        self.customers.here.insert(call, guest);
        self.customer(call, Input::Start);
    }

    fn open_customer(&self, call: CallId) -> Lines {
        let (voice, lines) = Customer::new(&self.clips, self.report(call));
        self.voices.open(call, Box::new(voice));
        lines
    }

    /// One input for a customer, and all that comes of it.
    fn customer(&mut self, call: CallId, input: Input) {
        let now = self.now().mono;
        let Some(guest) = self.customers.here.get_mut(&call) else {
            return;
        };
        guest.caller.handle(now, input);
        while let Some(guest) = self.customers.here.get_mut(&call)
            && let Some(output) = guest.caller.poll_output()
        {
            match output {
                Output::Ring { from } => {
                    let extension = guest.extension.clone();
                    self.dial(call, &extension, from, Joined::Customer);
                }
                Output::Say(clip) => say(guest, clip),
                Output::HangUp | Output::Cancel => self.command(Command::HangUp { call }),
                Output::Done(outcome) => self.done(call, outcome),
            }
        }
    }

    fn done(&mut self, call: CallId, outcome: Outcome) {
        if let Some(guest) = self.customers.here.get(&call) {
            let extension = guest.extension.clone();
            self.tell(PracticeEvent::CustomerDone { extension, outcome });
        }
        // Otherwise the call's end, which is on its way, takes the customer along.
        if !self.legs.contains_key(&call) {
            self.customers.here.remove(&call);
        }
    }

    pub(super) fn customer_rung(&mut self, call: CallId) {
        self.customer(call, Input::Rung);
    }

    pub(super) fn customer_answered(&mut self, call: CallId) {
        self.customer(call, Input::Answered);
    }

    pub(super) fn customer_hears(&mut self, call: CallId, event: &VoiceEvent) {
        let input = match event {
            VoiceEvent::Finished => Input::Said,
            VoiceEvent::SpeechBegan => Input::SpeechBegan,
            VoiceEvent::SpeechEnded => Input::SpeechEnded,
            VoiceEvent::KeysRead(_) => return,
        };
        self.customer(call, input);
    }

    /// The customer's call has ended.
    pub(super) fn customer_lost(&mut self, call: CallId, was_answered: bool, cause: EndCause) {
        self.customer(
            call,
            if was_answered {
                Input::EndedByAgent
            } else {
                Input::Refused {
                    status: status_of(cause),
                }
            },
        );
        self.customers.here.remove(&call);
    }

    /// The customer goes on in another call.
    pub(super) fn move_customer(&mut self, from: CallId, to: CallId, extension: &str) {
        let lines = self.open_customer(to);
        if let Some(mut guest) = self.customers.here.remove(&from) {
            guest.lines = lines;
            guest.extension = extension.to_owned();
            self.customers.here.insert(to, guest);
        }
    }

    /// What the caller's number and name are, for whoever the call is handed to.
    pub(super) fn customer_peer(&self, call: CallId) -> Option<alobar_core::Peer> {
        let guest = self.customers.here.get(&call)?;
        Some(guest.caller.from().clone())
    }

    pub(super) fn customers_timeout(&mut self) {
        let now = self.now().mono;
        let due: Vec<CallId> = self
            .customers
            .here
            .iter()
            .filter(|(_, guest)| guest.caller.next_timeout().is_some_and(|at| at <= now))
            .map(|(call, _)| *call)
            .collect();
        for call in due {
            self.customer(call, Input::Timeout);
        }
    }
}

fn say(guest: &Guest, clip: Clip) {
    guest.lines.say(clip);
}
