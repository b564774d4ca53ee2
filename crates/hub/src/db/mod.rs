//! What the hub remembers, and the seam to the engine that keeps it.
//!
//! SQL is written once, in what SQLite and PostgreSQL have in common, with `$1..$n`; it stands only
//! in [`table`], one file a table. A [`Tx`] is one transaction: [`Tx::commit`] keeps it, dropping it
//! takes everything back.

mod error;
mod row;
mod sqlite;
pub(crate) mod table;
mod value;

use std::path::PathBuf;

pub(crate) use error::DbError;
pub use error::OpenError;
pub(crate) use row::{Row, from_row};
pub(crate) use value::{FromValue, Value, stored_as_text};

/// Where the database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file of this machine; made when it is not there.
    Sqlite(PathBuf),
}

/// The database, open and migrated.
#[derive(Debug, Clone)]
pub(crate) struct Db(sqlite::Sqlite);

impl Db {
    /// Opens the database and brings it to this program's schema; a copy is made first.
    pub(crate) async fn open(place: Place) -> Result<Db, OpenError> {
        let Place::Sqlite(file) = place;
        let opened = tokio::task::spawn_blocking(move || sqlite::Sqlite::open(&file));
        Ok(Db(opened.await.map_err(|_| OpenError::Stopped)??))
    }

    /// Sees one state of everything, however long it takes; cannot write.
    pub(crate) async fn read(&self) -> Result<Tx, DbError> {
        Ok(Tx(self.0.read().await?))
    }

    /// Waits for its turn: there is one writer at a time.
    pub(crate) async fn write(&self) -> Result<Tx, DbError> {
        Ok(Tx(self.0.write().await?))
    }
}

/// A transaction.
#[derive(Debug)]
pub(crate) struct Tx(sqlite::Transaction);

impl Tx {
    pub(crate) async fn rows(
        &mut self,
        sql: &'static str,
        values: impl Into<Vec<Value>>,
    ) -> Result<Vec<Row>, DbError> {
        self.0.rows(sql, values.into()).await
    }

    /// The first row, if there is one.
    pub(crate) async fn row(
        &mut self,
        sql: &'static str,
        values: impl Into<Vec<Value>>,
    ) -> Result<Option<Row>, DbError> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// How many rows were touched.
    pub(crate) async fn run(
        &mut self,
        sql: &'static str,
        values: impl Into<Vec<Value>>,
    ) -> Result<u64, DbError> {
        self.0.run(sql, values.into()).await
    }

    pub(crate) async fn commit(self) -> Result<(), DbError> {
        self.0.commit().await
    }
}

#[cfg(test)]
mod tests;
