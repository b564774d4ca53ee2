//! Brings what was written to the hub, in order, until each line is acknowledged or refused.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use alobar_hub::{Done, Envelope};
use http::Method;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::door::{Door, DoorError};
use crate::local::{Entry, Journal, LocalError};

/// A draft is left alone for so long after its first key: the hub has every key within 1.5 s.
const DRAFT_RESTS: Duration = Duration::from_millis(900);
const FIRST_RETRY: Duration = Duration::from_millis(500);
const LAST_RETRY: Duration = Duration::from_secs(30);

/// What has not reached the hub.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Unsent {
    /// Grows with every look at the journal.
    pub(crate) revision: u64,
    /// On their way, by subject.
    pub(crate) waiting: HashSet<String>,
    /// A person must look at these.
    pub(crate) refused: Vec<Entry>,
    /// The hub cannot be reached since (epoch milliseconds).
    pub(crate) away_since: Option<i64>,
}

/// Ends when dropped; what is unsent stays in the journal.
#[derive(Debug)]
pub(crate) struct Outbox {
    journal: Journal,
    wake: Arc<Notify>,
    unsent: watch::Receiver<Unsent>,
    task: JoinHandle<()>,
}

impl Drop for Outbox {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Outbox {
    pub(crate) fn start(journal: Journal, door: Door) -> Self {
        let wake = Arc::new(Notify::new());
        let (sender, unsent) = watch::channel(Unsent::default());
        let task = Work {
            journal: journal.clone(),
            door,
            wake: wake.clone(),
            unsent: sender,
            retry: FIRST_RETRY,
        };
        let task = tokio::spawn(task.run());
        Self {
            journal,
            wake,
            unsent,
            task,
        }
    }

    /// Keeps a command on this machine; it goes to the hub by itself. When this returns, nothing
    /// can lose it.
    pub(crate) async fn write(
        &self,
        envelope: &Envelope,
        is_draft: bool,
    ) -> Result<(), LocalError> {
        self.journal.write(envelope, is_draft).await?;
        self.wake.notify_one();
        Ok(())
    }

    /// What was refused is sent again in this form, or thrown away (`None`).
    pub(crate) async fn decide(
        &self,
        seq: i64,
        again: Option<&Envelope>,
    ) -> Result<(), LocalError> {
        match again {
            Some(envelope) => self.journal.retry(seq, envelope).await?,
            None => self.journal.remove(seq).await?,
        }
        self.wake.notify_one();
        Ok(())
    }

    pub(crate) fn unsent(&self) -> watch::Receiver<Unsent> {
        self.unsent.clone()
    }
}

struct Work {
    journal: Journal,
    door: Door,
    wake: Arc<Notify>,
    unsent: watch::Sender<Unsent>,
    retry: Duration,
}

impl Work {
    async fn run(mut self) {
        loop {
            let rest = self.round().await;
            tokio::select! {
                () = self.wake.notified() => {}
                () = sleep(rest) => {}
            }
        }
    }

    /// Sends what is due; answers when to look again, `None` for when something is written.
    async fn round(&mut self) -> Option<Duration> {
        let entries = match self.journal.entries().await {
            Ok(entries) => entries,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "Read the journal");
                return Some(self.back_off());
            }
        };
        let mut held: HashSet<String> = HashSet::new();
        let mut rest = None;
        for entry in entries {
            if entry.problem.is_some() || held.contains(&entry.subject) {
                held.insert(entry.subject);
                continue;
            }
            if let Some(wait) = resting(&entry) {
                rest = Some(rest.map_or(wait, |rest: Duration| rest.min(wait)));
                held.insert(entry.subject);
                continue;
            }
            if let Err(error) = self.send(&entry).await {
                tracing::info!(error = &error as &dyn std::error::Error, "Not sent yet");
                self.tell(true).await;
                return Some(self.back_off());
            }
            self.retry = FIRST_RETRY;
        }
        self.tell(false).await;
        rest
    }

    /// Fails when it has to be tried again.
    async fn send(&self, entry: &Entry) -> Result<(), SendError> {
        self.journal.sending(entry.seq).await?;
        let sent = self
            .door
            .ask::<Done>(Method::POST, "/api/commands", Some(&entry.envelope));
        match sent.await {
            Ok(_) => self.journal.remove(entry.seq).await?,
            Err(DoorError::Refused(problem)) => {
                tracing::warn!(code = problem.code, "The hub refuses what was written");
                self.journal.refuse(entry.seq, &problem).await?;
            }
            Err(later @ (DoorError::Later(_) | DoorError::Unknown(_))) => return Err(later.into()),
        }
        Ok(())
    }

    async fn tell(&self, is_away: bool) {
        let Ok(entries) = self.journal.entries().await else {
            return;
        };
        let (refused, waiting): (Vec<_>, Vec<_>) = entries
            .into_iter()
            .partition(|entry| entry.problem.is_some());
        self.unsent.send_modify(|unsent| {
            unsent.revision += 1;
            unsent.waiting = waiting.into_iter().map(|entry| entry.subject).collect();
            unsent.refused = refused;
            unsent.away_since = match (is_away, unsent.away_since) {
                (false, _) => None,
                (true, since) => since.or_else(|| Some(now_ms())),
            };
        });
    }

    fn back_off(&mut self) -> Duration {
        let wait = self.retry;
        self.retry = (wait * 2).min(LAST_RETRY);
        wait
    }
}

#[derive(Debug, thiserror::Error)]
enum SendError {
    #[error(transparent)]
    Local(#[from] LocalError),
    #[error(transparent)]
    Door(#[from] DoorError),
}

/// How long a draft is still left alone.
fn resting(entry: &Entry) -> Option<Duration> {
    let age = u64::try_from(now_ms().saturating_sub(entry.written_at)).unwrap_or(0);
    let rest = DRAFT_RESTS.checked_sub(Duration::from_millis(age))?;
    (entry.is_draft && !rest.is_zero()).then_some(rest)
}

async fn sleep(rest: Option<Duration>) {
    match rest {
        Some(rest) => tokio::time::sleep(rest).await,
        None => std::future::pending().await,
    }
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

#[cfg(test)]
mod tests;
