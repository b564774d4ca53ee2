//! Rules between calls. What should be is computed from all calls after each input; only the
//! difference to what is goes out.

use super::Phone;
use crate::call::{CallPhase, PhaseName};
use crate::id::CallId;
use crate::output::{Event, MediaAction, Output, Tone};
use crate::time::{Mono, Now};

impl Phone {
    /// Dialling, answering or resuming a call takes the headset and holds the others.
    pub(super) fn claim_headset(&mut self, id: CallId) {
        self.claim = Some(id);
        for call in self.calls.iter_mut().filter(|call| call.id() != id) {
            call.want_hold();
        }
    }

    /// Brings headset, holds and tone in line with the calls.
    pub(super) fn settle(&mut self, now: Now) {
        self.settle_focus();
        for call in &mut self.calls {
            call.settle(now, self.focus == Some(call.id()), &mut self.outputs);
        }
        self.settle_tone();
    }

    fn settle_focus(&mut self) {
        let may_have = |id: &CallId| self.call(*id).is_some_and(|call| call.may_have_headset());
        // Without a claim, a call that could not be put on hold gets its headset back.
        let wanted = self
            .claim
            .filter(may_have)
            .or_else(|| self.calls.iter().map(|call| call.id()).find(may_have));
        if wanted == self.focus {
            return;
        }
        for (id, on) in [(self.focus, false), (wanted, true)] {
            if let Some(call) = id
                .and_then(|id| self.call(id))
                .filter(|call| call.media_open())
            {
                let id = call.id();
                self.outputs.media(id, MediaAction::Focus { on });
                self.outputs.event(Event::CallChanged { call: id });
            }
        }
        self.focus = wanted;
    }

    fn settle_tone(&mut self) {
        let tone = self.wanted_tone();
        if tone != self.tone {
            self.tone = tone;
            self.outputs.push(Output::Tone(tone));
        }
    }

    fn wanted_tone(&self) -> Option<Tone> {
        let live = || self.calls.iter().filter(|call| call.phase().is_live());
        if live().any(|call| call.phase().name() == PhaseName::Alerting) {
            let alone = live().all(|call| call.phase().name() == PhaseName::Alerting);
            return Some(if alone {
                Tone::Ringtone
            } else {
                Tone::CallWaiting
            });
        }
        match self
            .focus
            .and_then(|id| self.call(id))
            .map(|call| call.phase())
        {
            Some(CallPhase::Ringing {
                early_media: false, ..
            }) => Some(Tone::Ringback),
            Some(
                CallPhase::Ringing {
                    early_media: true, ..
                }
                | CallPhase::Dialing { .. }
                | CallPhase::Alerting { .. }
                | CallPhase::Answering { .. }
                | CallPhase::Established(_)
                | CallPhase::Terminating { .. }
                | CallPhase::Terminated { .. },
            ) => None,
            None => self.busy_until.map(|_| Tone::Busy),
        }
    }

    /// Drops what has had its time: the busy tone and calls that ended some seconds ago.
    pub(super) fn forget(&mut self, now: Now) {
        let over = |deadline: Option<Mono>| deadline.is_some_and(|deadline| deadline <= now.mono);
        if over(self.busy_until) {
            self.busy_until = None;
        }
        self.calls.retain(|call| {
            let keep = call.phase().name() != PhaseName::Terminated || !over(call.deadline());
            if !keep {
                self.outputs.event(Event::CallRemoved { call: call.id() });
            }
            keep
        });
    }
}
