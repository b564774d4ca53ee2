//! What was answered to a command, so that it is done once.

use alobar_core::{CommandId, UserId};
use serde_json::Value as Json;

use crate::db::{DbError, Tx};

const FIND: &str = "SELECT user_id, request_hash, response FROM idempotency WHERE command_id = $1";
const ADD: &str = "
    INSERT INTO idempotency (command_id, user_id, request_hash, response, at)
    VALUES ($1, $2, $3, $4, $5)";
const FORGET: &str = "DELETE FROM idempotency WHERE at < $1";

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answered {
    pub(crate) user: UserId,
    pub(crate) request_hash: Vec<u8>,
    pub(crate) response: Json,
}

pub(crate) async fn find(tx: &mut Tx, command: CommandId) -> Result<Option<Answered>, DbError> {
    let Some(mut row) = tx.row(FIND, [command.into()]).await? else {
        return Ok(None);
    };
    Ok(Some(Answered {
        user: row.next()?,
        request_hash: row.next()?,
        response: row.next()?,
    }))
}

pub(crate) async fn add(
    tx: &mut Tx,
    command: CommandId,
    answered: Answered,
    at: i64,
) -> Result<(), DbError> {
    let values = [
        command.into(),
        answered.user.into(),
        answered.request_hash.into(),
        answered.response.into(),
        at.into(),
    ];
    tx.run(ADD, values).await.map(drop)
}

/// Forgets what was answered before `at`.
pub(crate) async fn forget_before(tx: &mut Tx, at: i64) -> Result<u64, DbError> {
    tx.run(FORGET, [at.into()]).await
}
