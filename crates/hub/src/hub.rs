//! The hub as one value.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

use crate::db::table::change_log;
use crate::db::{Db, OpenError, Place};
use crate::seal::Key;

/// Everything a hub is started with.
#[derive(Debug, Clone)]
pub struct HubConfig {
    pub place: Place,
    /// Seals what must not be read from the database file. The same at each start.
    pub key: Key,
}

/// The team's memory. Cheap to clone: all clones are one hub.
#[derive(Debug, Clone)]
pub struct Hub(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    db: Db,
    key: Key,
    /// The newest line of the change log that is committed.
    head: watch::Sender<i64>,
}

impl Hub {
    /// Opens the database, migrates it if it is older.
    ///
    /// # Errors
    /// The database cannot be opened, is damaged, or is newer than this program.
    pub async fn open(config: HubConfig) -> Result<Hub, OpenError> {
        let db = Db::open(config.place).await?;
        let head = newest(&db).await.map_err(|_| OpenError::Damaged)?;
        Ok(Hub(Arc::new(Inner {
            db,
            key: config.key,
            head: watch::Sender::new(head),
        })))
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0.key
    }

    /// Epoch milliseconds.
    pub(crate) fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        })
    }

    /// Tells everybody who follows the change log that it has grown to `head`.
    pub(crate) fn moved_to(&self, head: i64) {
        self.0.head.send_if_modified(|known| {
            let moved = head > *known;
            *known = head.max(*known);
            moved
        });
    }

    /// The newest line of the change log, now and whenever it moves.
    pub(crate) fn head(&self) -> watch::Receiver<i64> {
        self.0.head.subscribe()
    }
}

async fn newest(db: &Db) -> Result<i64, crate::db::DbError> {
    let mut tx = db.read().await?;
    change_log::head(&mut tx).await
}
