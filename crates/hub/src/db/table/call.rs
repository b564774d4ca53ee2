//! Calls, one row however many desks it rang at.

use alobar_core::{ContactId, codes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::{DbError, Row, Tx, from_row, stored_as_text};

/// What a row is read from.
macro_rules! columns {
    () => {
        "call.id, call.key, call.rev, call.created_at, call.updated_at, call.direction, call.peer,
        call.peer_name, call.did, call.queue, call.contact_id, call.started_at, call.answered_at,
        call.ended_at"
    };
}

// Reports of one call come from several desks, in any order: the earliest beginning, the latest
// end, and of the rest what was known first.
const REPORT: &str = concat!(
    "
    INSERT INTO call (id, key, rev, created_at, updated_at, direction, peer, peer_name, did, queue,
        contact_id, started_at, answered_at, ended_at)
    VALUES ($1, $2, 1, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (key) DO UPDATE SET rev = call.rev + 1, updated_at = excluded.updated_at,
        direction = COALESCE(call.direction, excluded.direction),
        peer = CASE WHEN call.peer = '' THEN excluded.peer ELSE call.peer END,
        peer_name = COALESCE(call.peer_name, excluded.peer_name),
        did = COALESCE(call.did, excluded.did),
        queue = COALESCE(call.queue, excluded.queue),
        contact_id = COALESCE(call.contact_id, excluded.contact_id),
        started_at = CASE WHEN call.direction IS NULL OR excluded.started_at < call.started_at
            THEN excluded.started_at ELSE call.started_at END,
        answered_at = CASE WHEN call.answered_at IS NULL OR excluded.answered_at < call.answered_at
            THEN excluded.answered_at ELSE call.answered_at END,
        ended_at = CASE WHEN call.ended_at IS NULL OR excluded.ended_at > call.ended_at
            THEN excluded.ended_at ELSE call.ended_at END
    RETURNING ",
    columns!()
);
const MENTION: &str = concat!(
    "
    INSERT INTO call (id, key, rev, created_at, updated_at, peer, contact_id, started_at)
    VALUES ($1, $2, 1, $3, $3, '', $4, $3)
    ON CONFLICT (key) DO UPDATE SET rev = call.rev + 1, updated_at = excluded.updated_at,
        contact_id = COALESCE(excluded.contact_id, call.contact_id)
    RETURNING ",
    columns!()
);
const FIND: &str = concat!("SELECT ", columns!(), " FROM call WHERE id = $1");
const BY_KEY: &str = concat!("SELECT ", columns!(), " FROM call WHERE key = $1");
const NEWEST: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM call WHERE (started_at, id) < ($1, $2) ORDER BY started_at DESC, id DESC LIMIT $3"
);
const OF_CONTACT: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM call WHERE contact_id = $1 AND (started_at, id) < ($2, $3)
    ORDER BY started_at DESC, id DESC LIMIT $4"
);
const OF_PEER: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM call WHERE peer = $1 AND (started_at, id) < ($2, $3)
    ORDER BY started_at DESC, id DESC LIMIT $4"
);
const OF_PEER_ALONE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM call WHERE peer = $1 AND contact_id IS NULL AND (started_at, id) < ($2, $3)
    ORDER BY started_at DESC, id DESC LIMIT $4"
);
const COUNT: &str = "SELECT COUNT(*) FROM call WHERE peer = $1 AND started_at >= $2";

codes! {
    /// Who called whom.
    #[derive(ToSchema)]
    CallDirection {
        In = "in",
        Out = "out",
    }
}

stored_as_text!(CallDirection);

/// One conversation with the outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Call {
    pub id: Uuid,
    /// The exchange's name of the whole call, or the desktop's when the exchange sends none.
    pub key: String,
    pub rev: i64,
    /// Epoch milliseconds, as all times here.
    pub created_at: i64,
    pub updated_at: i64,
    /// None while only a form or a ticket speaks of this call, and no desk has reported it.
    pub direction: Option<CallDirection>,
    /// E.164, or as it would be dialled; empty when hidden.
    pub peer: String,
    /// As the caller's side has sent it.
    pub peer_name: Option<String>,
    /// The number that was called.
    pub did: Option<String>,
    pub queue: Option<String>,
    pub contact_id: Option<ContactId>,
    pub started_at: i64,
    pub answered_at: Option<i64>,
    pub ended_at: Option<i64>,
}

impl Call {
    fn read(mut row: Row) -> Result<Self, DbError> {
        from_row!(row; id, key, rev, created_at, updated_at, direction, peer, peer_name, did, queue, contact_id, started_at, answered_at, ended_at)
    }
}

fn all(rows: Vec<Row>) -> Result<Vec<Call>, DbError> {
    rows.into_iter().map(Call::read).collect()
}

fn written(row: Option<Row>) -> Result<Call, DbError> {
    let row = row.ok_or_else(|| DbError::Statement("Nothing came back".to_owned()))?;
    Call::read(row)
}

/// Adds what one desk knows to what is known of the call with this key. `call.id` is for a new row.
pub(crate) async fn report(tx: &mut Tx, call: Call) -> Result<Call, DbError> {
    let values = [
        call.id.into(),
        call.key.into(),
        call.updated_at.into(),
        call.direction.into(),
        call.peer.into(),
        call.peer_name.into(),
        call.did.into(),
        call.queue.into(),
        call.contact_id.into(),
        call.started_at.into(),
        call.answered_at.into(),
        call.ended_at.into(),
    ];
    written(tx.row(REPORT, values).await?)
}

/// The call with this key, made when nobody has reported it yet; a person has named its customer,
/// or none.
pub(crate) async fn mention(
    tx: &mut Tx,
    key: &str,
    contact: Option<ContactId>,
    now: i64,
) -> Result<Call, DbError> {
    let values = [
        Uuid::now_v7().into(),
        key.into(),
        now.into(),
        contact.into(),
    ];
    written(tx.row(MENTION, values).await?)
}

pub(crate) async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Call>, DbError> {
    tx.row(FIND, [id.into()]).await?.map(Call::read).transpose()
}

pub(crate) async fn by_key(tx: &mut Tx, key: &str) -> Result<Option<Call>, DbError> {
    let row = tx.row(BY_KEY, [key.into()]).await?;
    row.map(Call::read).transpose()
}

/// Newest first, after the one that `before` names by its beginning and id.
pub(crate) async fn newest(
    tx: &mut Tx,
    before: (i64, Uuid),
    limit: i64,
) -> Result<Vec<Call>, DbError> {
    let values = [before.0.into(), before.1.into(), limit.into()];
    all(tx.rows(NEWEST, values).await?)
}

/// Those whose customer is known to be this one.
pub(crate) async fn of_contact(
    tx: &mut Tx,
    contact: ContactId,
    before: (i64, Uuid),
    limit: i64,
) -> Result<Vec<Call>, DbError> {
    let values = [
        contact.into(),
        before.0.into(),
        before.1.into(),
        limit.into(),
    ];
    all(tx.rows(OF_CONTACT, values).await?)
}

/// Those from and to this number.
pub(crate) async fn of_peer(
    tx: &mut Tx,
    peer: &str,
    before: (i64, Uuid),
    limit: i64,
) -> Result<Vec<Call>, DbError> {
    let values = [peer.into(), before.0.into(), before.1.into(), limit.into()];
    all(tx.rows(OF_PEER, values).await?)
}

/// Those from and to this number whose customer nobody knows.
pub(crate) async fn of_peer_alone(
    tx: &mut Tx,
    peer: &str,
    before: (i64, Uuid),
    limit: i64,
) -> Result<Vec<Call>, DbError> {
    let values = [peer.into(), before.0.into(), before.1.into(), limit.into()];
    all(tx.rows(OF_PEER_ALONE, values).await?)
}

/// How many calls there were with this number since then.
pub(crate) async fn count_of_peer(tx: &mut Tx, peer: &str, since: i64) -> Result<i64, DbError> {
    let row = tx.row(COUNT, [peer.into(), since.into()]).await?;
    row.map_or(Ok(0), |mut row| row.next())
}
