//! What the team has decided, as JSON under a key.

use serde_json::Value as Json;

use crate::db::{DbError, Tx};

const FIND: &str = "SELECT rev, value FROM setting WHERE key = $1";
const PUT: &str = "
    INSERT INTO setting (key, rev, updated_at, value) VALUES ($1, 1, $2, $3)
    ON CONFLICT (key) DO UPDATE
    SET rev = setting.rev + 1, updated_at = excluded.updated_at, value = excluded.value
    RETURNING rev";

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Setting {
    pub(crate) rev: i64,
    pub(crate) value: Json,
}

pub(crate) async fn find(tx: &mut Tx, key: &str) -> Result<Option<Setting>, DbError> {
    let Some(mut row) = tx.row(FIND, [key.into()]).await? else {
        return Ok(None);
    };
    Ok(Some(Setting {
        rev: row.next()?,
        value: row.next()?,
    }))
}

/// Answers the new rev.
pub(crate) async fn put(tx: &mut Tx, key: &str, value: Json, now: i64) -> Result<i64, DbError> {
    let row = tx.row(PUT, [key.into(), now.into(), value.into()]).await?;
    row.map_or(Ok(0), |mut row| row.next())
}

/// Its key alone, unread.
#[cfg(test)]
pub(crate) async fn any_row(tx: &mut Tx) -> Result<crate::db::Row, DbError> {
    let row = tx.row("SELECT key FROM setting", []).await?;
    row.ok_or(DbError::Constraint)
}
