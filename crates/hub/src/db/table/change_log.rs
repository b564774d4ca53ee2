//! What was done: append only, read by history tabs, conflict rules and push.

use alobar_core::UserId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use utoipa::ToSchema;

use crate::db::{DbError, Row, Tx};
use crate::subject::{Subject, SubjectKind};

const ADD: &str = "
    INSERT INTO change_log (at, actor_id, subject_kind, subject_id, rev, op, patch, only_for)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const OF_SUBJECT: &str = "
    SELECT seq, at, actor_id, subject_kind, subject_id, rev, op, patch FROM change_log
    WHERE subject_kind = $1 AND subject_id = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4";
const SINCE_REV: &str = "
    SELECT seq, at, actor_id, subject_kind, subject_id, rev, op, patch FROM change_log
    WHERE subject_kind = $1 AND subject_id = $2 AND rev > $3 ORDER BY seq";
const AFTER: &str = "
    SELECT seq, at, actor_id, subject_kind, subject_id, rev, op, patch FROM change_log
    WHERE seq > $1 AND (only_for IS NULL OR only_for = $2) ORDER BY seq LIMIT $3";
const HEAD: &str = "SELECT COALESCE(MAX(seq), 0) FROM change_log";
const OLDEST: &str = "SELECT COALESCE(MIN(seq), 1) FROM change_log";
const HEAD_OF: &str = "SELECT COALESCE(MAX(seq), 0) FROM change_log WHERE subject_kind = $1";

/// A line of a history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    pub seq: i64,
    /// Epoch milliseconds.
    pub at: i64,
    /// Nobody: the hub itself.
    pub actor: Option<UserId>,
    pub subject: Subject,
    /// Of the subject, after the change.
    pub rev: i64,
    /// created, changed, removed, noted, followed, unfollowed.
    pub op: String,
    /// Each field that changed: `[before, after]`.
    #[schema(value_type = Object)]
    pub fields: Map<String, Json>,
}

impl Change {
    fn read(mut row: Row) -> Result<Self, DbError> {
        Ok(Self {
            seq: row.next()?,
            at: row.next()?,
            actor: row.next()?,
            subject: Subject {
                kind: row.next()?,
                id: row.next()?,
            },
            rev: row.next()?,
            op: row.next()?,
            fields: match row.next()? {
                Json::Object(fields) => fields,
                _ => Map::new(),
            },
        })
    }
}

/// A line to be added.
#[derive(Debug, Clone)]
pub(crate) struct NewChange {
    pub(crate) at: i64,
    pub(crate) actor: Option<UserId>,
    pub(crate) subject: Subject,
    pub(crate) rev: i64,
    pub(crate) op: &'static str,
    pub(crate) fields: Map<String, Json>,
    pub(crate) only_for: Option<UserId>,
}

pub(crate) async fn add(tx: &mut Tx, change: NewChange) -> Result<(), DbError> {
    let values = [
        change.at.into(),
        change.actor.into(),
        change.subject.kind.into(),
        change.subject.id.into(),
        change.rev.into(),
        change.op.into(),
        Json::Object(change.fields).into(),
        change.only_for.into(),
    ];
    tx.run(ADD, values).await.map(drop)
}

/// Newest first, before `before`.
pub(crate) async fn history(
    tx: &mut Tx,
    subject: Subject,
    before: i64,
    limit: i64,
) -> Result<Vec<Change>, DbError> {
    let values = [
        subject.kind.into(),
        subject.id.into(),
        before.into(),
        limit.into(),
    ];
    let rows = tx.rows(OF_SUBJECT, values).await?;
    rows.into_iter().map(Change::read).collect()
}

/// What became of a subject after `rev`, oldest first.
pub(crate) async fn since_rev(
    tx: &mut Tx,
    subject: Subject,
    rev: i64,
) -> Result<Vec<Change>, DbError> {
    let values = [subject.kind.into(), subject.id.into(), rev.into()];
    let rows = tx.rows(SINCE_REV, values).await?;
    rows.into_iter().map(Change::read).collect()
}

/// What `person` is told after `seq`, oldest first.
pub(crate) async fn after(
    tx: &mut Tx,
    seq: i64,
    person: UserId,
    limit: i64,
) -> Result<Vec<Change>, DbError> {
    let rows = tx
        .rows(AFTER, [seq.into(), person.into(), limit.into()])
        .await?;
    rows.into_iter().map(Change::read).collect()
}

/// The newest line; 0 when there is none.
pub(crate) async fn head(tx: &mut Tx) -> Result<i64, DbError> {
    let row = tx.row(HEAD, []).await?;
    row.map_or(Ok(0), |mut row| row.next())
}

/// The oldest line that is kept; 1 when there is none.
pub(crate) async fn oldest(tx: &mut Tx) -> Result<i64, DbError> {
    let row = tx.row(OLDEST, []).await?;
    row.map_or(Ok(1), |mut row| row.next())
}

/// The newest line about anything of a kind; 0 when there is none.
pub(crate) async fn newest_of(tx: &mut Tx, kind: SubjectKind) -> Result<i64, DbError> {
    let row = tx.row(HEAD_OF, [kind.into()]).await?;
    row.map_or(Ok(0), |mut row| row.next())
}

/// As a hub that keeps less will do.
#[cfg(test)]
pub(crate) async fn forget_before(tx: &mut Tx, seq: i64) -> Result<u64, DbError> {
    tx.run("DELETE FROM change_log WHERE seq < $1", [seq.into()])
        .await
}
