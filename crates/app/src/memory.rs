//! What the desktop remembers customers with: a hub, and what is on its way to it.

use std::path::{Path, PathBuf};

use alobar_core::CommandId;
use alobar_hub::seal::Key;
use alobar_hub::{Command, Envelope, Hub, HubConfig, OpenError, Place};
use tokio::sync::watch;
use uuid::Uuid;

use crate::door::Door;
use crate::local::{Journal, LocalError, Opened};
use crate::outbox::{Outbox, Unsent};
use crate::secrets;

/// Why there is nothing to remember with. Calls go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MemoryError {
    #[error(transparent)]
    Hub(#[from] OpenError),
    #[error(transparent)]
    Local(#[from] LocalError),
    #[error("The key of the local files")]
    Key(#[from] std::io::Error),
    #[error("Who sits here")]
    Person,
}

impl MemoryError {
    /// The stable code that selects the sentence on screen.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Hub(OpenError::TooNew { .. }) => "memory_newer",
            Self::Local(LocalError::Full) => "disk_full",
            Self::Hub(_) | Self::Local(_) | Self::Key(_) | Self::Person => "memory_not_opened",
        }
    }
}

/// A hub and the journal of what it has not acknowledged.
#[derive(Debug)]
pub(crate) struct Memory {
    door: Door,
    outbox: Outbox,
    /// Damaged files that stand beside the new ones now.
    set_aside: Vec<PathBuf>,
}

impl Memory {
    /// The hub of this machine, with its files in `folder`.
    pub(crate) async fn embedded(folder: &Path) -> Result<Memory, MemoryError> {
        let key = secrets::local_key(folder).await?;
        let mut set_aside = Vec::new();
        let hub = open_hub(folder, &key, &mut set_aside).await?;
        let person = hub.local_person().await.map_err(|_| MemoryError::Person)?;
        let Opened {
            journal,
            set_aside: journal_aside,
        } = Journal::open(&folder.join("journal.sqlite"), key)?;
        set_aside.extend(journal_aside);
        let door = Door::Embedded(hub.inside(person));
        Ok(Memory {
            outbox: Outbox::start(journal, door.clone()),
            door,
            set_aside,
        })
    }

    pub(crate) fn door(&self) -> &Door {
        &self.door
    }

    pub(crate) fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    pub(crate) fn unsent(&self) -> watch::Receiver<Unsent> {
        self.outbox.unsent()
    }

    /// Whether files were found damaged; they are kept, and new ones were begun.
    pub(crate) fn was_damaged(&self) -> bool {
        !self.set_aside.is_empty()
    }

    /// Keeps a command on this machine's disk and sends it on.
    pub(crate) async fn write(&self, command: Command, is_draft: bool) -> Result<(), LocalError> {
        self.outbox.write(&in_envelope(command), is_draft).await
    }
}

/// A new command, with an id of its own.
pub(crate) fn in_envelope(command: Command) -> Envelope {
    Envelope {
        id: CommandId::from(Uuid::now_v7()),
        command,
    }
}

async fn open_hub(
    folder: &Path,
    key: &Key,
    set_aside: &mut Vec<PathBuf>,
) -> Result<Hub, MemoryError> {
    let file = folder.join("hub.sqlite");
    let config = HubConfig {
        place: Place::Sqlite(file.clone()),
        key: key.clone(),
    };
    match Hub::open(config.clone()).await {
        Err(OpenError::Damaged) => {
            let aside = file.with_extension(format!("damaged-{}", Uuid::now_v7().simple()));
            tracing::warn!("The hub's file is damaged and set aside");
            std::fs::rename(&file, &aside)?;
            set_aside.push(aside);
            Ok(Hub::open(config).await?)
        }
        opened => Ok(opened?),
    }
}
