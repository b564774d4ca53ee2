//! Notes on customers, tickets, tasks and orders (TK-35, OR-20).

use alobar_core::{NoteId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::{DbError, Row, Tx};
use crate::subject::Subject;

const ADD: &str = "
    INSERT INTO note (id, rev, created_at, updated_at, author_id, subject_kind, subject_id, body)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const CHANGE: &str = "UPDATE note SET rev = $2, updated_at = $3, body = $4 WHERE id = $1";
const REMOVE: &str = "DELETE FROM note WHERE id = $1";
const FIND: &str = "
    SELECT id, rev, created_at, updated_at, author_id, subject_kind, subject_id, body
    FROM note WHERE id = $1";
const OF_SUBJECT: &str = "
    SELECT id, rev, created_at, updated_at, author_id, subject_kind, subject_id, body
    FROM note WHERE subject_kind = $1 AND subject_id = $2 ORDER BY created_at DESC, id DESC
    LIMIT $3";

/// What somebody wrote on something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Note {
    pub id: NoteId,
    pub rev: i64,
    /// Epoch milliseconds.
    pub created_at: i64,
    pub updated_at: i64,
    pub author_id: UserId,
    pub subject: Subject,
    pub body: String,
}

impl Note {
    fn read(mut row: Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.next()?,
            rev: row.next()?,
            created_at: row.next()?,
            updated_at: row.next()?,
            author_id: row.next()?,
            subject: Subject {
                kind: row.next()?,
                id: row.next()?,
            },
            body: row.next()?,
        })
    }
}

pub(crate) async fn add(tx: &mut Tx, note: &Note) -> Result<(), DbError> {
    let values = [
        note.id.into(),
        note.rev.into(),
        note.created_at.into(),
        note.updated_at.into(),
        note.author_id.into(),
        note.subject.kind.into(),
        note.subject.id.into(),
        note.body.as_str().into(),
    ];
    tx.run(ADD, values).await.map(drop)
}

pub(crate) async fn change(tx: &mut Tx, note: &Note) -> Result<(), DbError> {
    let values = [
        note.id.into(),
        note.rev.into(),
        note.updated_at.into(),
        note.body.as_str().into(),
    ];
    tx.run(CHANGE, values).await.map(drop)
}

pub(crate) async fn remove(tx: &mut Tx, id: NoteId) -> Result<(), DbError> {
    tx.run(REMOVE, [id.into()]).await.map(drop)
}

pub(crate) async fn find(tx: &mut Tx, id: NoteId) -> Result<Option<Note>, DbError> {
    tx.row(FIND, [id.into()]).await?.map(Note::read).transpose()
}

/// Newest first.
pub(crate) async fn of_subject(
    tx: &mut Tx,
    subject: Subject,
    limit: i64,
) -> Result<Vec<Note>, DbError> {
    let values = [subject.kind.into(), subject.id.into(), limit.into()];
    let rows = tx.rows(OF_SUBJECT, values).await?;
    rows.into_iter().map(Note::read).collect()
}
