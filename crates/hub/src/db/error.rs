//! What can go wrong with a database.

use std::path::PathBuf;

/// A statement or a transaction failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DbError {
    /// A row with this key is already there.
    #[error("Already there")]
    Duplicate,
    /// It refers to a row that is not there, or breaks a CHECK.
    #[error("A constraint refuses it")]
    Constraint,
    #[error("The disk is full")]
    Full,
    /// Busy for too long, the disk fails, the server is away: may be tried again.
    #[error("The database does not answer")]
    Unavailable(#[source] rusqlite::Error),
    /// A bug of ours.
    #[error("Statement: {0}")]
    Statement(String),
}

/// The database cannot be used at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    #[error("Make the folder {0}")]
    Folder(PathBuf, #[source] std::io::Error),
    #[error("Open {0}")]
    File(PathBuf, #[source] rusqlite::Error),
    /// Written by a newer program: this one would spoil it.
    #[error("The database has schema {found}, this program knows {known}")]
    TooNew { found: u32, known: u32 },
    #[error("Copy the database before its migration")]
    Backup(#[source] rusqlite::Error),
    #[error("Migrate the database")]
    Migrate(#[source] Box<refinery::Error>),
    #[error("Fill the new database")]
    Fill(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("The database is damaged")]
    Damaged,
    #[error("The program is stopping")]
    Stopped,
}
