//! The second door of the screens: the hub, and what is on its way to it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};

use alobar_hub::{Command, Envelope};
use http::Method;
use serde::{Deserialize, Serialize};
use specta::Type;
use tokio::sync::OnceCell;
use tokio::sync::mpsc::UnboundedReceiver;

use super::error;
use super::handle::{Inner, PhoneHandle};
use super::publish::News;
use super::view::ErrorView;
use crate::local::{Entry, LocalError};
use crate::memory::{Memory, MemoryError, in_envelope};

/// What has not reached the hub. Pushed as the event `unsent-changed`.
#[derive(Debug, Clone, PartialEq, Serialize, Type, Default)]
pub struct UnsentView {
    pub revision: u32,
    /// What it is about: `call:` and the call's key, or an id.
    pub waiting: Vec<String>,
    /// "Cần bạn xem": refused by the hub, kept until a person decides.
    pub refused: Vec<RefusedView>,
    /// The hub cannot be reached since.
    pub away_since_ms: Option<f64>,
}

/// Something written that the hub will not take as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct RefusedView {
    pub practice: bool,
    /// Names it in [`PhoneHandle::decide`].
    pub seq: u32,
    pub written_at_ms: f64,
    /// The command, JSON of the hub's API.
    pub command: String,
    /// The hub's `Problem`, JSON.
    pub problem: String,
}

/// A request of a screen to the hub.
#[derive(Debug, Clone, Deserialize, Type)]
pub struct HubAsk {
    /// Whose memory: of practice, or the real one.
    pub practice: bool,
    pub method: HubMethod,
    /// With its query.
    pub path: String,
    /// JSON.
    pub body: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "UPPERCASE")]
pub enum HubMethod {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// The hub's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct HubAnswer {
    pub status: u16,
    /// JSON; empty when there is none.
    pub body: String,
}

/// Real work and practice are remembered apart; each is opened when it is first needed.
#[derive(Debug)]
pub(super) struct Memories {
    folder: PathBuf,
    real: OnceCell<Memory>,
    practice: OnceCell<Memory>,
}

impl Memories {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            real: OnceCell::new(),
            practice: OnceCell::new(),
        }
    }
}

impl PhoneHandle {
    /// What has not reached the hub.
    pub fn unsent(&self) -> tokio::sync::watch::Receiver<UnsentView> {
        self.0.publisher.unsent()
    }

    /// Passes a request on to the hub: for what acts on the present, and for reading. Never kept.
    pub async fn ask_hub(&self, ask: HubAsk) -> Result<HubAnswer, ErrorView> {
        let memory = self.memory(ask.practice).await?;
        let method = match ask.method {
            HubMethod::Get => Method::GET,
            HubMethod::Post => Method::POST,
            HubMethod::Put => Method::PUT,
            HubMethod::Patch => Method::PATCH,
            HubMethod::Delete => Method::DELETE,
        };
        let body = ask.body.map(String::into_bytes);
        let (status, body) = memory.door().pass(method, &ask.path, body).await;
        Ok(HubAnswer {
            status: status.as_u16(),
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }

    /// Keeps what was written on this machine's disk; it goes to the hub by itself. When this
    /// answers, nothing can lose it. `command` is a command of the hub's API as JSON.
    pub async fn write(
        &self,
        practice: bool,
        command: &str,
        is_draft: bool,
    ) -> Result<(), ErrorView> {
        let command = parsed(command)?;
        let noted = match &command {
            Command::SaveCallForm(form) => Some((form.call_key.clone(), !form.body.is_empty())),
            _ => None,
        };
        let memory = self.memory(practice).await?;
        let written = memory.write(command, is_draft).await;
        written.map_err(|failure| local(&failure))?;
        if let Some((key, has_note)) = noted {
            self.0
                .publisher
                .change_log(|log| log.note_is(&key, has_note));
        }
        Ok(())
    }

    /// What the hub refused is sent again as `again`, or thrown away.
    pub async fn decide(
        &self,
        practice: bool,
        seq: i64,
        again: Option<&str>,
    ) -> Result<(), ErrorView> {
        let again: Option<Envelope> = again
            .map(|command| parsed(command).map(in_envelope))
            .transpose()?;
        let memory = self.memory(practice).await?;
        let decided = memory.outbox().decide(seq, again.as_ref()).await;
        decided.map_err(|failure| local(&failure))
    }

    /// Shows the calls that the real memory knows, and tells it the `news` from now on. Without it
    /// calls go on, and the person is told.
    pub(super) fn remember(&self, news: UnboundedReceiver<News>) {
        let inner = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            if let Some(handle) = inner.upgrade().map(PhoneHandle)
                && let Ok(memory) = handle.memory(false).await
            {
                let known = super::recall::calls(memory.door()).await;
                handle.0.publisher.change_log(|log| log.remember(known));
            }
            tell(inner, news).await;
        });
    }

    async fn memory(&self, practice: bool) -> Result<&Memory, ErrorView> {
        let memories = &self.0.memories;
        let (cell, folder) = match practice {
            false => (&memories.real, memories.folder.clone()),
            true => (&memories.practice, memories.folder.join("practice")),
        };
        let opened = cell
            .get_or_try_init(|| async {
                let memory = Memory::embedded(&folder).await?;
                self.follow_unsent(&memory, practice);
                if memory.was_damaged() {
                    self.0
                        .publisher
                        .notice(Some(error::view("memory_set_aside")));
                }
                Ok::<_, MemoryError>(memory)
            })
            .await;
        opened.map_err(|failure| {
            tracing::warn!(
                error = &failure as &dyn std::error::Error,
                "Open the memory"
            );
            error::view(failure.code())
        })
    }

    fn follow_unsent(&self, memory: &Memory, practice: bool) {
        let mut unsent = memory.unsent();
        let publisher = self.0.publisher.clone();
        tokio::spawn(async move {
            loop {
                let now = unsent.borrow_and_update().clone();
                publisher.unsent_is(|view| {
                    // Practice is never waited for: its hub is in this process.
                    if !practice {
                        view.waiting = now.waiting.iter().cloned().collect();
                        view.away_since_ms = now.away_since.map(|ms| ms as f64);
                    }
                    view.refused.retain(|refused| refused.practice != practice);
                    let refused = now.refused.iter().map(|entry| refused(entry, practice));
                    view.refused.extend(refused);
                });
                if unsent.changed().await.is_err() {
                    return;
                }
            }
        });
    }
}

/// Until the program ends.
async fn tell(inner: Weak<Inner>, mut news: UnboundedReceiver<News>) {
    while let Some(news) = news.recv().await {
        let Some(handle) = inner.upgrade().map(PhoneHandle) else {
            return;
        };
        match news {
            News::Call { practice, command } => {
                let Ok(memory) = handle.memory(practice).await else {
                    continue;
                };
                if let Err(failure) = memory.write(command, false).await {
                    handle.0.publisher.notice(Some(local(&failure)));
                }
            }
            News::Flush(done) => {
                // Fails only when nobody waits any more.
                let _ = done.send(());
            }
        }
    }
}

fn refused(entry: &Entry, practice: bool) -> RefusedView {
    RefusedView {
        practice,
        seq: u32::try_from(entry.seq).unwrap_or(u32::MAX),
        written_at_ms: entry.written_at as f64,
        command: serde_json::to_string(&entry.envelope.command).unwrap_or_default(),
        problem: serde_json::to_string(&entry.problem).unwrap_or_default(),
    }
}

fn parsed(command: &str) -> Result<Command, ErrorView> {
    serde_json::from_str(command).map_err(|failure| {
        tracing::error!(%failure, "A screen has written what is no command");
        error::view("hub_does_not_understand")
    })
}

fn local(failure: &LocalError) -> ErrorView {
    tracing::warn!(
        error = failure as &dyn std::error::Error,
        "Keep what was written"
    );
    error::view(match failure {
        LocalError::Full => "disk_full",
        _ => "not_kept",
    })
}
