//! The calls of this run of the program: the list, the call window's tabs, the notes.

use serde::Serialize;
use specta::Type;
use tokio::sync::watch;

use super::error;
use super::handle::PhoneHandle;
use super::view::{CallDirection, CauseView, ErrorView};
use crate::call_log::{CallLog, MAX_NOTE, Unknown};

/// Pushed as the event `calls-changed`.
#[derive(Debug, Clone, PartialEq, Serialize, Type, Default)]
pub struct CallsView {
    pub revision: u32,
    /// Newest first; the oldest are forgotten beyond 500.
    pub calls: Vec<CallEntry>,
    /// Ids of the calls that are open in the call window, in order of arrival.
    pub tabs: Vec<String>,
    /// Missed calls that nobody has looked at.
    pub unseen: u32,
}

/// One call, from its first ring to long after its end.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct CallEntry {
    /// As in [`CallView`](super::view::CallView) while the call is up.
    pub id: String,
    pub direction: CallDirection,
    /// As it should be read; empty when hidden.
    pub number: String,
    pub name: Option<String>,
    /// The other side was simulated.
    pub practice: bool,
    pub started_ms: f64,
    pub answered_ms: Option<f64>,
    pub ended_ms: Option<f64>,
    /// Only once ended.
    pub cause: Option<CauseView>,
    /// It came in, and nobody here or elsewhere took it or declined it.
    pub missed: bool,
    /// A missed call that somebody has looked at.
    pub seen: bool,
    pub has_note: bool,
}

impl PhoneHandle {
    pub fn calls(&self) -> watch::Receiver<CallsView> {
        self.0.publisher.calls()
    }

    /// What was written about a call; empty when nothing was.
    pub fn read_note(&self, call: &str) -> String {
        self.0.publisher.log(|log| log.note(call).to_owned())
    }

    /// Replaces what was written about a call.
    pub fn write_note(&self, call: &str, text: String) -> Result<(), ErrorView> {
        if text.chars().count() > MAX_NOTE {
            return Err(error::view("note_too_long"));
        }
        self.0
            .publisher
            .change_log(|log| log.write_note(call, text))
            .map_err(|Unknown| error::view("no_such_call"))
    }

    /// CP-17: opens a call in the call window again.
    pub fn open_tab(&self, call: &str) -> Result<(), ErrorView> {
        self.0
            .publisher
            .change_log(|log| log.open_tab(call))
            .map_err(|Unknown| error::view("no_such_call"))
    }

    pub fn close_tab(&self, call: &str) {
        self.0.publisher.change_log(|log| log.close_tab(call));
    }

    /// The missed calls have been looked at.
    pub fn see_missed(&self) {
        self.0.publisher.change_log(CallLog::see_missed);
    }

    /// Forgets every call that has ended, with its note.
    pub fn forget_calls(&self) {
        self.0.publisher.change_log(CallLog::forget);
    }
}
