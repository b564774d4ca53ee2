//! The calls at this desk: the list and the call window's tabs.

use serde::Serialize;
use specta::Type;
use tokio::sync::watch;

use super::error;
use super::handle::PhoneHandle;
use super::view::{CallDirection, CauseView, ErrorView};
use crate::call_log::{CallLog, Unknown};

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
    /// As in [`CallView`](super::view::CallView) while the call is up; of an earlier run its key.
    pub id: String,
    /// What the hub knows the call by.
    pub key: String,
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
}
