//! The calls at this desk: the list, the tabs of the call window, and what the hub is told of them.

mod news;

use std::collections::{HashMap, HashSet};

use alobar_hub::Command;
use uuid::Uuid;

use crate::api::calls::{CallEntry, CallsView};
use crate::api::view::{CallDirection, CallView, PhaseView};

/// The oldest calls beyond this many are forgotten.
const KEPT: usize = 500;

#[derive(Debug, Default)]
pub(crate) struct CallLog {
    view: CallsView,
    /// Of calls that are up, or whose end the hub has not been told, by id.
    legs: HashMap<String, news::Leg>,
}

/// The call is not in the list, or not any more.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unknown;

impl CallLog {
    pub(crate) fn view(&self) -> &CallsView {
        &self.view
    }

    /// Takes the phone's calls as they are now. A call that has left the phone without an end
    /// (its line was closed) ended now. Answers whether anything has changed.
    pub(crate) fn follow(&mut self, calls: &[CallView], practice: bool, now_ms: f64) -> bool {
        let before = self.view.clone();
        let up: HashSet<String> = self.up().map(|call| call.id.clone()).collect();
        for call in calls {
            self.take(call, practice);
        }
        for entry in &mut self.view.calls {
            if entry.ended_ms.is_none() && !calls.iter().any(|call| call.id == entry.id) {
                entry.ended_ms = Some(now_ms);
            }
        }
        for call in &self.view.calls {
            if up.contains(&call.id) && not_taken(call) {
                self.view.tabs.retain(|tab| *tab != call.id);
            }
        }
        self.settle();
        self.view != before
    }

    fn take(&mut self, call: &CallView, practice: bool) {
        let known = self.view.calls.iter().position(|each| each.id == call.id);
        let at = known.unwrap_or_else(|| {
            self.view.calls.insert(0, began(call, practice));
            self.legs.insert(call.id.clone(), news::Leg::default());
            self.view.tabs.push(call.id.clone());
            0
        });
        let entry = &mut self.view.calls[at];
        entry.number.clone_from(&call.number);
        entry.name.clone_from(&call.name);
        entry.answered_ms = call.answered_ms;
        entry.cause.clone_from(&call.cause);
        entry.missed = call.missed;
        if call.phase == PhaseView::Terminated {
            entry.ended_ms = Some(call.since_ms);
        }
    }

    fn up(&self) -> impl Iterator<Item = &CallEntry> {
        self.view
            .calls
            .iter()
            .filter(|call| call.ended_ms.is_none())
    }

    fn settle(&mut self) {
        self.view.calls.truncate(KEPT);
        let calls = &self.view.calls;
        let known = |id: &String| calls.iter().any(|call| call.id == *id);
        self.view.tabs.retain(known);
        self.legs.retain(|id, _| known(id));
        let unseen = calls.iter().filter(|call| call.missed && !call.seen);
        self.view.unseen = u32::try_from(unseen.count()).unwrap_or(u32::MAX);
    }

    /// What the hub has not been told, with whether it is practice.
    pub(crate) fn news(&mut self) -> Vec<(bool, Command)> {
        let mut news = Vec::new();
        for call in &self.view.calls {
            let leg = self.legs.get_mut(&call.id);
            news.extend(
                leg.and_then(|leg| leg.news(call))
                    .map(|told| (call.practice, told)),
            );
            if call.ended_ms.is_some() {
                self.legs.remove(&call.id);
            }
        }
        news
    }

    /// Puts calls of earlier runs behind those of this one.
    pub(crate) fn remember(&mut self, calls: Vec<CallEntry>) {
        let calls = calls.into_iter();
        let unknown =
            calls.filter(|call| self.view.calls.iter().all(|known| known.key != call.key));
        let unknown: Vec<_> = unknown.collect();
        self.view.calls.extend(unknown);
        self.settle();
    }

    /// Whether something is written about a call.
    pub(crate) fn note_is(&mut self, key: &str, has_note: bool) {
        let mut calls = self.view.calls.iter_mut();
        if let Some(call) = calls.find(|call| call.key == key) {
            call.has_note = has_note;
        }
    }

    /// Opens a call's tab; one that is open goes to the end.
    pub(crate) fn open_tab(&mut self, call: &str) -> Result<(), Unknown> {
        self.entry(call)?;
        self.close_tab(call);
        self.view.tabs.push(call.to_owned());
        Ok(())
    }

    pub(crate) fn close_tab(&mut self, call: &str) {
        self.view.tabs.retain(|tab| tab != call);
    }

    pub(crate) fn see_missed(&mut self) {
        for call in &mut self.view.calls {
            call.seen |= call.missed;
        }
        self.view.unseen = 0;
    }

    fn entry(&mut self, call: &str) -> Result<&mut CallEntry, Unknown> {
        let mut calls = self.view.calls.iter_mut();
        calls.find(|each| each.id == call).ok_or(Unknown)
    }

    pub(crate) fn changed(&mut self) {
        self.view.revision += 1;
    }
}

/// CP-04: such a call closes its tab at its end, any other keeps it (CP-05); what was written about
/// it stays on screen.
fn not_taken(call: &CallEntry) -> bool {
    let over = call.ended_ms.is_some() && call.answered_ms.is_none();
    over && call.direction == CallDirection::Incoming && !call.has_note
}

fn began(call: &CallView, practice: bool) -> CallEntry {
    CallEntry {
        id: call.id.clone(),
        key: Uuid::now_v7().to_string(),
        direction: call.direction,
        number: call.number.clone(),
        name: call.name.clone(),
        practice,
        started_ms: call.since_ms,
        answered_ms: None,
        ended_ms: None,
        cause: None,
        missed: false,
        seen: false,
        has_note: false,
    }
}

#[cfg(test)]
mod tests;
