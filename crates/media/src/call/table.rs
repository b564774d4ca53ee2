//! The calls that run.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use alobar_core::{CallId, MediaAction};
use tokio::sync::mpsc::{self, UnboundedSender};
use tokio::task::JoinHandle;

use super::{Call, CallSound};
use crate::MediaReport;
use crate::peer::PeerConfig;

/// A task for each call.
#[derive(Debug)]
pub(crate) struct Calls {
    config: Arc<PeerConfig>,
    reports: UnboundedSender<MediaReport>,
    running: Mutex<HashMap<CallId, Running>>,
}

#[derive(Debug)]
struct Running {
    actions: UnboundedSender<MediaAction>,
    task: JoinHandle<()>,
}

impl Calls {
    pub(crate) fn new(config: PeerConfig, reports: UnboundedSender<MediaReport>) -> Calls {
        Calls {
            config: Arc::new(config),
            reports,
            running: Mutex::default(),
        }
    }

    /// Has the call's task do `action`. The first one starts the task; `attach` then takes its sound.
    pub(crate) fn act(&self, call: CallId, action: MediaAction, attach: impl FnOnce(CallSound)) {
        let mut running = self.running();
        let running = running.entry(call).or_insert_with(|| {
            let (actions, actions_in) = mpsc::unbounded_channel();
            let (sound, task) =
                Call::start(call, self.config.clone(), self.reports.clone(), actions_in);
            attach(sound);
            Running { actions, task }
        });
        running.actions.send(action).ok(); // its task ended in a panic, which was reported
    }

    /// Lets the call go: its task ends when its last action is done.
    pub(crate) fn close(&self, call: CallId) {
        self.take(call);
    }

    /// Lets all calls go, each by `detach` too, and waits until their peers have been told.
    pub(crate) async fn stop(&self, detach: impl Fn(CallId)) {
        let calls: Vec<CallId> = self.running().keys().copied().collect();
        let tasks: Vec<_> = calls
            .into_iter()
            .filter_map(|call| {
                detach(call);
                self.take(call)
            })
            .collect();
        for task in tasks {
            task.await.ok(); // a panic was reported where it happened
        }
    }

    fn take(&self, call: CallId) -> Option<JoinHandle<()>> {
        let running = self.running().remove(&call)?;
        running.actions.send(MediaAction::Close).ok(); // ended already
        Some(running.task)
    }

    fn running(&self) -> MutexGuard<'_, HashMap<CallId, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
