//! The calls of this run of the program: the list, the call window's tabs, the notes.

use serde::Serialize;
use specta::Type;

use super::view::{CallDirection, CauseView};

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
