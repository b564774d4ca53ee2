//! The hub as one value.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

use crate::auth::Doors;
use crate::configuration::fill_when_new;
use crate::db::table::change_log;
use crate::db::{Db, DbError, OpenError, Place, Tx};
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
    doors: Doors,
    /// Whether the hub is about to end: sockets close.
    stopping: watch::Sender<bool>,
    /// The newest line of the change log that is committed.
    head: watch::Sender<i64>,
    /// How far a test has turned the clock, in milliseconds.
    #[cfg(test)]
    turned: std::sync::atomic::AtomicI64,
}

impl Hub {
    /// Opens the database, migrates it if it is older.
    ///
    /// # Errors
    /// The database cannot be opened, is damaged, or is newer than this program.
    pub async fn open(config: HubConfig) -> Result<Hub, OpenError> {
        let db = Db::open(config.place).await?;
        fill_when_new(&db)
            .await
            .map_err(|error| OpenError::Fill(Box::new(error)))?;
        let head = newest(&db).await.map_err(|_| OpenError::Damaged)?;
        Ok(Hub(Arc::new(Inner {
            db,
            key: config.key,
            doors: Doors::new(),
            stopping: watch::Sender::new(false),
            head: watch::Sender::new(head),
            #[cfg(test)]
            turned: std::sync::atomic::AtomicI64::new(0),
        })))
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0.key
    }

    pub(crate) fn doors(&self) -> &Doors {
        &self.0.doors
    }

    /// Closes what is open for long, so that a server can end.
    pub fn stop(&self) {
        self.0.stopping.send_replace(true);
    }

    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stopping.subscribe()
    }

    /// Epoch milliseconds.
    pub(crate) fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = since.map_or(0, |since| {
            i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
        });
        #[cfg(test)]
        let now = now + self.0.turned.load(std::sync::atomic::Ordering::Relaxed);
        now
    }

    /// Turns the hub's clock.
    #[cfg(test)]
    pub(crate) fn turn_clock(&self, by_ms: i64) {
        let turned = &self.0.turned;
        turned.fetch_add(by_ms, std::sync::atomic::Ordering::Relaxed);
    }

    /// Keeps what `tx` has done and tells everybody who follows the change log.
    pub(crate) async fn keep(&self, mut tx: Tx) -> Result<(), DbError> {
        let head = change_log::head(&mut tx).await?;
        tx.commit().await?;
        self.moved_to(head);
        Ok(())
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

async fn newest(db: &Db) -> Result<i64, DbError> {
    let mut tx = db.read().await?;
    change_log::head(&mut tx).await
}
