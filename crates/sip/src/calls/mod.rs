//! All calls of the user agent: which SIP Call-ID is whose, and what each went through.

mod call;
mod incoming;
mod message;
mod outgoing;
mod reoffer;
mod session_timer;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use alobar_core::{CallId, Signal, SipAction};
use rsipstack::dialog::dialog_layer::DialogLayer;
use rsipstack::sip::prelude::HeadersExt;
use rsipstack::sip::{Method, SipMessage};
use tokio::sync::mpsc;

use crate::account::Account;
use crate::agent::SipEvent;
use crate::ladder::{Direction, Ladder, LadderLine, reason_cause};
use crate::wire::Identity;
pub use message::{HeaderError, check_header};
pub(crate) use {incoming::serve, message::ALLOW, outgoing::credential, outgoing::place};

/// Ladders kept of calls that are over.
const KEPT_CALLS: usize = 50;

/// What every call needs.
pub(crate) struct Context {
    pub(crate) layer: Arc<DialogLayer>,
    pub(crate) account: Account,
    pub(crate) identity: Identity,
    pub(crate) calls: Arc<Calls>,
    pub(crate) events: mpsc::UnboundedSender<SipEvent>,
}

impl Context {
    fn signal(&self, call: CallId, signal: Signal) {
        // A driver that has stopped listening needs no signals.
        let _ = self.events.send(SipEvent::Call { call, signal });
    }
}

#[derive(Debug, Default)]
struct Table {
    calls: HashMap<CallId, Entry>,
    by_sip_call_id: HashMap<String, CallId>,
    over: VecDeque<CallId>,
}

#[derive(Debug)]
struct Entry {
    sip_call_id: String,
    ladder: Ladder,
    /// Whether the CANCEL said that somebody else took the call.
    elsewhere: bool,
    /// Gone once the call is over.
    actions: Option<mpsc::UnboundedSender<SipAction>>,
}

/// The calls by our id and by SIP Call-ID.
#[derive(Debug, Default)]
pub(crate) struct Calls(Mutex<Table>);

impl Calls {
    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A call begins; its actions come out of the receiver.
    fn open(&self, call: CallId, sip_call_id: &str) -> mpsc::UnboundedReceiver<SipAction> {
        let (actions, inbox) = mpsc::unbounded_channel();
        let entry = Entry {
            sip_call_id: sip_call_id.to_owned(),
            ladder: Ladder::default(),
            elsewhere: false,
            actions: Some(actions),
        };
        let mut table = self.table();
        table.by_sip_call_id.insert(sip_call_id.to_owned(), call);
        table.calls.insert(call, entry);
        inbox
    }

    /// A call is over; its ladder stays a while.
    fn close(&self, call: CallId) {
        let mut table = self.table();
        if let Some(entry) = table.calls.get_mut(&call) {
            entry.actions = None;
            table.over.push_back(call);
        }
        if table.over.len() > KEPT_CALLS
            && let Some(oldest) = table.over.pop_front()
            && let Some(entry) = table.calls.remove(&oldest)
        {
            table.by_sip_call_id.remove(&entry.sip_call_id);
        }
    }

    /// Hands an action to its call; `false` when there is no such call (any more).
    pub(crate) fn act(&self, call: CallId, action: SipAction) -> bool {
        let table = self.table();
        let actions = table
            .calls
            .get(&call)
            .and_then(|entry| entry.actions.as_ref());
        actions.is_some_and(|actions| actions.send(action).is_ok())
    }

    /// Calls that are not over.
    pub(crate) fn live(&self) -> Vec<CallId> {
        self.table()
            .calls
            .iter()
            .filter(|(_, entry)| entry.actions.is_some())
            .map(|(call, _)| *call)
            .collect()
    }

    fn is_live(&self, sip_call_id: &str) -> bool {
        let table = self.table();
        let entry = table
            .by_sip_call_id
            .get(sip_call_id)
            .and_then(|call| table.calls.get(call));
        entry.is_some_and(|entry| entry.actions.is_some())
    }

    fn was_taken_elsewhere(&self, call: CallId) -> bool {
        self.table()
            .calls
            .get(&call)
            .is_some_and(|entry| entry.elsewhere)
    }

    pub(crate) fn ladder(&self, call: CallId) -> Vec<LadderLine> {
        self.table()
            .calls
            .get(&call)
            .map(|entry| entry.ladder.lines())
            .unwrap_or_default()
    }

    /// Every message passes here on its way between stack and link.
    pub(crate) fn saw(&self, direction: Direction, message: &SipMessage) {
        let (Ok(sip_call_id), Some(line)) =
            (message.call_id_header(), LadderLine::of(direction, message))
        else {
            return;
        };
        let mut table = self.table();
        let Some(call) = table.by_sip_call_id.get(sip_call_id.value()).copied() else {
            return;
        };
        let Some(entry) = table.calls.get_mut(&call) else {
            return;
        };
        entry.ladder.push(line);
        if let (Direction::Received, SipMessage::Request(request)) = (direction, message)
            && request.method == Method::Cancel
        {
            entry.elsewhere = reason_cause(message) == Some(200);
        }
    }
}
