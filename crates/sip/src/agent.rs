//! The user agent: what the driver holds.

use std::sync::Arc;

use alobar_core::{CallId, CallIds, RegistrationFailure, RegistrationState, Signal, SipAction};
use rsipstack::dialog::dialog_layer::DialogLayer;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use crate::account::{Account, AccountError};
use crate::calls::{self, Calls, Context, Side};
use crate::ladder::LadderLine;
use crate::link::{Dialler, TlsSetupError, client_config};
use crate::registration::{Command, Registrar, Supervisor};
use crate::stack::Stack;
use crate::wire::Identity;

/// What the user agent tells its driver, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum SipEvent {
    Registration(RegistrationState),
    Call { call: CallId, signal: Signal },
}

/// One account's SIP user agent. Dropping it ends it without signing out; [`stop`](Self::stop) signs out.
#[derive(Debug)]
pub struct UserAgent {
    work: mpsc::UnboundedSender<Work>,
    calls: Arc<Calls>,
}

#[derive(Debug)]
enum Work {
    Perform(CallId, SipAction),
    Reconnect,
    Stop(oneshot::Sender<()>),
}

impl UserAgent {
    /// Starts signing in and keeps us signed in. Incoming calls take their ids from `ids`.
    /// Needs a Tokio runtime around it.
    ///
    /// # Errors
    /// What [`Account::validate`] finds wrong.
    pub fn start(
        account: Account,
        ids: CallIds,
    ) -> Result<(Self, mpsc::UnboundedReceiver<SipEvent>), AccountError> {
        account.validate()?;
        let (events, told) = mpsc::unbounded_channel();
        let (work, inbox) = mpsc::unbounded_channel();
        let calls = Arc::new(Calls::default());
        tokio::spawn(run(account, ids, Arc::clone(&calls), events, inbox));
        Ok((Self { work, calls }, told))
    }

    /// Does `action` in `call`; returns at once, what comes of it is told as [`Signal`]s.
    pub fn perform(&self, call: CallId, action: SipAction) {
        let _ = self.work.send(Work::Perform(call, action));
    }

    /// Tries to sign in again at once, for instance after a new password or a change of network.
    pub fn reconnect(&self) {
        let _ = self.work.send(Work::Reconnect);
    }

    /// Ends all calls, removes our binding and ends; takes at most 3 s.
    pub async fn stop(self) {
        let (done, ended) = oneshot::channel();
        if self.work.send(Work::Stop(done)).is_ok() {
            // The sender is dropped when all is done.
            let _ = ended.await;
        }
    }

    /// The messages of a call so far, or of one of the last 50 that are over.
    pub fn ladder(&self, call: CallId) -> Vec<LadderLine> {
        self.calls.ladder(call)
    }
}

/// Why the user agent could not be set up at all.
#[derive(Debug, thiserror::Error)]
enum SetupError {
    #[error("Set up TLS")]
    Tls(#[from] TlsSetupError),
    #[error("Read the system's certificates")]
    Roots(#[from] tokio::task::JoinError),
    #[error("Set up the SIP stack")]
    Stack(#[from] rsipstack::Error),
}

async fn run(
    account: Account,
    ids: CallIds,
    calls: Arc<Calls>,
    events: mpsc::UnboundedSender<SipEvent>,
    mut work: mpsc::UnboundedReceiver<Work>,
) {
    let cancel = CancellationToken::new();
    let _ends_with_us = cancel.clone().drop_guard();
    let (ctx, registration) = match set_up(account, ids, calls, events.clone(), cancel).await {
        Ok(parts) => parts,
        Err(error) => {
            tracing::warn!(%error, "user agent could not be set up");
            let why = RegistrationFailure::TlsFailed;
            // A driver that has stopped listening needs no states.
            let _ = events.send(SipEvent::Registration(RegistrationState::Failed {
                why,
                retry_in: None,
            }));
            return;
        }
    };
    while let Some(work) = work.recv().await {
        match work {
            Work::Perform(call, SipAction::Invite { to, offer, headers }) => {
                calls::place(&ctx, call, to.reveal(), offer.into_inner(), headers);
            }
            Work::Perform(call, action) => {
                if !ctx.calls.act(call, action.into()) {
                    tracing::debug!(%call, "action for a call that is over");
                }
            }
            Work::Reconnect => drop(registration.send(Command::Reconnect)),
            Work::Stop(done) => {
                for call in ctx.calls.live() {
                    ctx.calls.act(call, SipAction::Bye.into());
                }
                crate::registration::stop(&registration).await;
                return drop(done);
            }
        }
    }
}

async fn set_up(
    account: Account,
    ids: CallIds,
    calls: Arc<Calls>,
    events: mpsc::UnboundedSender<SipEvent>,
    cancel: CancellationToken,
) -> Result<(Arc<Context>, mpsc::UnboundedSender<Command>), SetupError> {
    let ca = account.ca.clone();
    let tls = tokio::task::spawn_blocking(move || client_config(ca.as_deref())).await??;
    let identity = Identity::random();
    let stack = Stack::start(identity.clone(), &calls, &account.user_agent, cancel).await?;
    let credential = calls::credential(&account);
    let registrar = Registrar::new(stack.endpoint.clone(), &account, &identity, credential)?;
    let servers = account.servers.clone();
    let ctx = Arc::new(Context {
        layer: Arc::new(DialogLayer::new(stack.endpoint)),
        account,
        identity,
        calls,
        side: Side::Phone(events.clone()),
    });
    tokio::spawn(calls::serve(Arc::clone(&ctx), ids, stack.incoming));
    let (commands, inbox) = mpsc::unbounded_channel();
    let dialler = Dialler::new(tls);
    let supervisor = Supervisor {
        servers,
        dialler,
        wire: stack.wire,
        registrar,
        events,
        registered: false,
    };
    tokio::spawn(supervisor.run(inbox));
    Ok((ctx, commands))
}
