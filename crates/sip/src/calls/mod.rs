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
use crate::serve::{Flow, SwitchEvent};
use crate::wire::Identity;
pub use message::{HeaderError, check_header};
pub(crate) use {
    incoming::serve,
    message::ALLOW,
    outgoing::credential,
    outgoing::{place, place_at},
};

/// Ladders kept of calls that are over.
const KEPT_CALLS: usize = 50;

/// What every call needs.
pub(crate) struct Context {
    pub(crate) layer: Arc<DialogLayer>,
    pub(crate) account: Account,
    pub(crate) identity: Identity,
    pub(crate) calls: Arc<Calls>,
    pub(crate) side: Side,
}

/// Which end of the line we are, and who is told.
pub(crate) enum Side {
    /// Rings only for the contact it has registered.
    Phone(mpsc::UnboundedSender<SipEvent>),
    /// Takes calls to any number, from phones that have proved who they are.
    Exchange(Flow),
}

/// Work for one call's task.
#[derive(Debug)]
pub(crate) enum CallAction {
    Perform(SipAction),
    /// 183 with sound of our own before the answer; as exchange only.
    EarlyMedia {
        sdp: String,
    },
    /// How a transfer goes that the peer has asked for (RFC 3515 section 2.4.4); as exchange only.
    TellTransfer {
        status: u16,
    },
}

impl From<SipAction> for CallAction {
    fn from(action: SipAction) -> Self {
        Self::Perform(action)
    }
}

impl Context {
    fn signal(&self, call: CallId, signal: Signal) {
        match &self.side {
            // A driver that has stopped listening needs no signals.
            Side::Phone(events) => drop(events.send(SipEvent::Call { call, signal })),
            Side::Exchange(flow) => flow.tell(SwitchEvent::Call { call, signal }),
        }
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
    actions: Option<mpsc::UnboundedSender<CallAction>>,
}

/// The calls by our id and by SIP Call-ID.
#[derive(Debug, Default)]
pub(crate) struct Calls(Mutex<Table>);

impl Calls {
    fn table(&self) -> MutexGuard<'_, Table> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A call begins; its actions come out of the receiver.
    fn open(&self, call: CallId, sip_call_id: &str) -> mpsc::UnboundedReceiver<CallAction> {
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
    pub(crate) fn act(&self, call: CallId, action: CallAction) -> bool {
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
