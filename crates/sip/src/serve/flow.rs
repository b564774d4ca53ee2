//! One phone's connection.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use alobar_core::SipAction;
use rsipstack::dialog::dialog_layer::DialogLayer;
use rsipstack::sip::{Header, Request, StatusCode};

use super::bindings::Refusal;
use super::{Shared, SwitchEvent};
use crate::account::{Account, Transport};
use crate::calls::{self, Calls, Context, Side};
use crate::link::Link;
use crate::stack::Stack;
use crate::wire::Identity;

/// What a call needs to know of the connection it came by.
pub(crate) struct Flow {
    id: u64,
    transport: Transport,
    shared: Arc<Shared>,
}

impl Flow {
    pub(crate) fn tell(&self, event: SwitchEvent) {
        self.shared.tell(event);
    }

    /// REGISTER: status and headers of the answer.
    pub(crate) fn register(&self, request: &Request) -> (StatusCode, Vec<Header>) {
        let outcome = self
            .shared
            .bindings()
            .register(request, self.id, self.transport);
        match outcome {
            Ok((user, headers)) => {
                if !headers.is_empty() {
                    self.tell(SwitchEvent::Registered { user });
                }
                (StatusCode::OK, headers)
            }
            Err(refusal) => refusal,
        }
    }

    /// The user who calls: known by the connection once signed in over it, else by a digest.
    pub(crate) fn caller(&self, invite: &Request) -> Result<String, Refusal> {
        let mut bindings = self.shared.bindings();
        match bindings.user_of(self.id) {
            Some(user) => Ok(user),
            None => bindings.proven(invite, self.transport),
        }
    }
}

/// Serves one phone until its connection ends.
pub(super) async fn serve(shared: Arc<Shared>, link: Link) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    let transport = link.transport;
    let identity = Identity::random();
    let calls = Arc::new(Calls::default());
    // Ends the stack with this task.
    let cancel = shared.cancel.child_token();
    let _ends_with_us = cancel.clone().drop_guard();
    let host = link.local.ip().to_string();
    let mut account = Account::new(Vec::new(), "practice", String::new());
    account.domain = Some(host);
    let stack = Stack::start(identity.clone(), &calls, &account.user_agent, cancel).await;
    let stack = match stack {
        Ok(stack) => stack,
        Err(error) => return tracing::warn!(%error, "flow could not be set up"),
    };
    let ctx = Arc::new(Context {
        layer: Arc::new(DialogLayer::new(stack.endpoint)),
        account,
        identity,
        calls,
        side: Side::Exchange(Flow {
            id,
            transport,
            shared: Arc::clone(&shared),
        }),
    });
    shared.flows().insert(id, Arc::clone(&ctx));
    let ids = shared.ids.clone();
    tokio::spawn(calls::serve(Arc::clone(&ctx), ids, stack.incoming));
    let lost = stack.wire.attach(link);
    tokio::select! {
        _ = lost => {}
        () = shared.cancel.cancelled() => {}
    }
    shared.bindings().forget_flow(id);
    for call in ctx.calls.live() {
        ctx.calls.act(call, SipAction::Bye.into());
    }
    shared.flows().remove(&id);
}
