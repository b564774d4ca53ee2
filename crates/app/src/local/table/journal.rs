//! What was written and has not been acknowledged by the hub, in the order of writing.

use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

pub(crate) const MAKE: &str = "
    CREATE TABLE IF NOT EXISTS journal (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        command_id BLOB NOT NULL UNIQUE,
        -- Commands about one thing are sent one after the other.
        subject TEXT NOT NULL,
        -- A later draft takes the place of an earlier one that has not been sent.
        is_draft INTEGER NOT NULL CHECK (is_draft IN (0, 1)),
        sent INTEGER NOT NULL DEFAULT 0 CHECK (sent IN (0, 1)),
        written_at INTEGER NOT NULL,
        sealed BLOB NOT NULL,
        -- What the hub said when it refused: then a person must look.
        problem BLOB
    ) STRICT";
const ADD: &str = "
    INSERT INTO journal (command_id, subject, is_draft, written_at, sealed)
    VALUES (?1, ?2, ?3, ?4, ?5)";
const DROP_DRAFT: &str = "
    DELETE FROM journal WHERE subject = ?1 AND is_draft = 1 AND sent = 0 AND problem IS NULL
    RETURNING written_at";
const ALL: &str = "
    SELECT seq, command_id, subject, is_draft, written_at, sealed, problem
    FROM journal ORDER BY seq";
const FIND: &str = "
    SELECT seq, command_id, subject, is_draft, written_at, sealed, problem
    FROM journal WHERE seq = ?1";
const SENT: &str = "UPDATE journal SET sent = 1 WHERE seq = ?1";
const REFUSED: &str = "UPDATE journal SET problem = ?2 WHERE seq = ?1";
const RETRY: &str = "
    UPDATE journal SET problem = NULL, command_id = ?2, sealed = ?3, sent = 0 WHERE seq = ?1";
const REMOVE: &str = "DELETE FROM journal WHERE seq = ?1";

/// A line as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) seq: i64,
    pub(crate) command: Uuid,
    pub(crate) subject: String,
    pub(crate) is_draft: bool,
    /// Epoch milliseconds; of a draft, when the first of what it holds was written.
    pub(crate) written_at: i64,
    pub(crate) sealed: Vec<u8>,
    /// Sealed too: it may quote what was written.
    pub(crate) problem: Option<Vec<u8>>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        seq: row.get(0)?,
        command: Uuid::from_bytes(row.get(1)?),
        subject: row.get(2)?,
        is_draft: row.get(3)?,
        written_at: row.get(4)?,
        sealed: row.get(5)?,
        problem: row.get(6)?,
    })
}

/// Adds a line in one step; a draft takes the place of the one before it. Answers its number.
pub(crate) fn add(connection: &mut Connection, line: &Line) -> rusqlite::Result<i64> {
    let transaction = connection.transaction()?;
    let mut written_at = line.written_at;
    if line.is_draft {
        let mut dropped = transaction.prepare_cached(DROP_DRAFT)?;
        for earlier in dropped.query_map([&line.subject], |row| row.get::<_, i64>(0))? {
            written_at = written_at.min(earlier?);
        }
    }
    let command = line.command.as_bytes();
    let values = params![
        command,
        line.subject,
        line.is_draft,
        written_at,
        line.sealed
    ];
    transaction.execute(ADD, values)?;
    let seq = transaction.last_insert_rowid();
    transaction.commit()?;
    Ok(seq)
}

pub(crate) fn all(connection: &Connection) -> rusqlite::Result<Vec<Line>> {
    connection.prepare(ALL)?.query_map([], read)?.collect()
}

pub(crate) fn find(connection: &Connection, seq: i64) -> rusqlite::Result<Option<Line>> {
    connection.query_row(FIND, [seq], read).optional()
}

/// From here on the hub may have it: no draft takes its place any more.
pub(crate) fn mark_sent(connection: &Connection, seq: i64) -> rusqlite::Result<()> {
    connection.execute(SENT, [seq]).map(drop)
}

pub(crate) fn refuse(connection: &Connection, seq: i64, problem: &[u8]) -> rusqlite::Result<()> {
    connection.execute(REFUSED, params![seq, problem]).map(drop)
}

/// A person has decided: it is sent once more, as another command.
pub(crate) fn retry(
    connection: &Connection,
    seq: i64,
    command: Uuid,
    sealed: &[u8],
) -> rusqlite::Result<()> {
    let values = params![seq, command.as_bytes(), sealed];
    connection.execute(RETRY, values).map(drop)
}

pub(crate) fn remove(connection: &Connection, seq: i64) -> rusqlite::Result<()> {
    connection.execute(REMOVE, [seq]).map(drop)
}
