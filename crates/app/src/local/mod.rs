//! The local file: what was written and is not yet acknowledged by the hub.
//!
//! One file for each hub and person. A line is on the disk (fsync) when [`Journal::write`] returns;
//! it is sealed under a key that the system's keyring keeps, and leaves the file only when the hub
//! has acknowledged it or the person has thrown it away.

mod table;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use alobar_hub::seal::{self, Key, SealError};
use alobar_hub::{Envelope, Problem};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use table::journal::{self, Line};

const BUSY: Duration = Duration::from_secs(2);

/// Why the local file could not do what was asked. Nothing that was in it is lost.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LocalError {
    #[error("The disk is full")]
    Full,
    #[error("The local file")]
    File(#[source] rusqlite::Error),
    #[error("The folder of the local file")]
    Folder(#[source] std::io::Error),
    #[error("A line of the local file")]
    Sealed(#[from] SealError),
    #[error("A line of the local file has no known form")]
    Form(#[from] serde_json::Error),
    #[error("The program is stopping")]
    Stopped,
}

impl From<rusqlite::Error> for LocalError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            _ => Self::File(error),
        }
    }
}

/// A command that waits for the hub, or for a person.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) seq: i64,
    pub(crate) subject: String,
    /// More of it may be written soon.
    pub(crate) is_draft: bool,
    /// Epoch milliseconds.
    pub(crate) written_at: i64,
    pub(crate) envelope: Envelope,
    /// The hub refused it: a person must look.
    pub(crate) problem: Option<Problem>,
}

/// How the file was opened.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) journal: Journal,
    /// The file was damaged and stands beside the new one under this name.
    pub(crate) set_aside: Option<PathBuf>,
}

/// Clones are the same file.
#[derive(Debug, Clone)]
pub(crate) struct Journal(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    connection: Mutex<Connection>,
    key: Key,
}

impl Journal {
    /// Opens the file, or makes it. A damaged one is set aside, never deleted.
    pub(crate) fn open(file: &Path, key: Key) -> Result<Opened, LocalError> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(LocalError::Folder)?;
        }
        let mut set_aside = None;
        let connection = match connect(file) {
            Ok(connection) => connection,
            Err(error) if is_damage(&error) => {
                let aside = aside(file);
                tracing::warn!(error = %error, "The local file is damaged and set aside");
                fs::rename(file, &aside).map_err(LocalError::Folder)?;
                set_aside = Some(aside);
                connect(file)?
            }
            Err(error) => return Err(error.into()),
        };
        let connection = Mutex::new(connection);
        let journal = Self(Arc::new(Inner { connection, key }));
        Ok(Opened { journal, set_aside })
    }

    /// Keeps a command; when this returns it survives a crash and a power cut. A draft takes the
    /// place of the draft before it that has not been sent.
    pub(crate) async fn write(
        &self,
        envelope: &Envelope,
        is_draft: bool,
    ) -> Result<i64, LocalError> {
        let plain = serde_json::to_vec(envelope)?;
        let command = envelope.id.into();
        let subject = envelope.command.about();
        self.work(move |connection, key| {
            let line = Line {
                seq: 0,
                command,
                sealed: seal::seal(key, subject.as_bytes(), &plain)?,
                subject,
                is_draft,
                written_at: now_ms(),
                problem: None,
            };
            Ok(journal::add(connection, &line)?)
        })
        .await
    }

    /// Everything that is not acknowledged, in the order of writing.
    pub(crate) async fn entries(&self) -> Result<Vec<Entry>, LocalError> {
        self.work(|connection, key| {
            let lines = journal::all(connection)?;
            lines.into_iter().map(|line| entry(key, line)).collect()
        })
        .await
    }

    /// From now on the hub may have it.
    pub(crate) async fn sending(&self, seq: i64) -> Result<(), LocalError> {
        self.work(move |connection, _| Ok(journal::mark_sent(connection, seq)?))
            .await
    }

    /// The hub has it, or the person wants it no more.
    pub(crate) async fn remove(&self, seq: i64) -> Result<(), LocalError> {
        self.work(move |connection, _| Ok(journal::remove(connection, seq)?))
            .await
    }

    /// The hub will never take it as it is.
    pub(crate) async fn refuse(&self, seq: i64, problem: &Problem) -> Result<(), LocalError> {
        let plain = serde_json::to_vec(problem)?;
        self.work(move |connection, key| {
            let Some(line) = journal::find(connection, seq)? else {
                return Ok(());
            };
            let sealed = seal::seal(key, line.subject.as_bytes(), &plain)?;
            Ok(journal::refuse(connection, seq, &sealed)?)
        })
        .await
    }

    /// What was refused is sent again in this form.
    pub(crate) async fn retry(&self, seq: i64, envelope: &Envelope) -> Result<(), LocalError> {
        let (plain, command) = (serde_json::to_vec(envelope)?, envelope.id.into());
        self.work(move |connection, key| {
            let Some(line) = journal::find(connection, seq)? else {
                return Ok(());
            };
            let sealed = seal::seal(key, line.subject.as_bytes(), &plain)?;
            Ok(journal::retry(connection, seq, command, &sealed)?)
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection, &Key) -> Result<T, LocalError> + Send + 'static,
    ) -> Result<T, LocalError> {
        let inner = self.0.clone();
        let done = tokio::task::spawn_blocking(move || {
            let mut connection: MutexGuard<'_, _> = inner
                .connection
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            work(&mut connection, &inner.key)
        });
        done.await.map_err(|_| LocalError::Stopped)?
    }
}

fn entry(key: &Key, line: Line) -> Result<Entry, LocalError> {
    let unsealed = |sealed: &[u8]| seal::unseal(key, line.subject.as_bytes(), sealed);
    let envelope = serde_json::from_slice(&unsealed(&line.sealed)?)?;
    let problem = match &line.problem {
        Some(sealed) => Some(serde_json::from_slice(&unsealed(sealed)?)?),
        None => None,
    };
    Ok(Entry {
        seq: line.seq,
        subject: line.subject,
        is_draft: line.is_draft,
        written_at: line.written_at,
        envelope,
        problem,
    })
}

fn connect(file: &Path) -> rusqlite::Result<Connection> {
    make_private(file).map_err(|_| rusqlite::Error::InvalidPath(file.to_owned()))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    let answer: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if answer != "ok" {
        return Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
            None,
        ));
    }
    connection.execute_batch(journal::MAKE)?;
    Ok(connection)
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}

fn aside(file: &Path) -> PathBuf {
    file.with_added_extension(format!("damaged-{}", now_ms()))
}

/// Only this user may read it, sealed or not.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}

#[cfg(test)]
mod tests;
