//! What the popup writes: one form for each agent of a call (CP-08, CP-14).

use alobar_core::{CallTypeId, ContactId, DispositionId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::tens::tens;
use crate::db::{DbError, Row, Tx, from_row};

macro_rules! columns {
    () => {
        "call_id, user_id, rev, updated_at, written_at, contact_id, call_type_id, disposition_id,
        body, closed_at"
    };
}

// An older text than the one that stands changes nothing.
const SAVE: &str = "
    INSERT INTO call_form (call_id, user_id, rev, updated_at, written_at, contact_id,
        call_type_id, disposition_id, body, closed_at)
    VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (call_id, user_id) DO UPDATE SET rev = call_form.rev + 1,
        updated_at = excluded.updated_at, written_at = excluded.written_at,
        contact_id = excluded.contact_id, call_type_id = excluded.call_type_id,
        disposition_id = excluded.disposition_id, body = excluded.body,
        closed_at = excluded.closed_at
    WHERE excluded.written_at >= call_form.written_at";
const FIND: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM call_form WHERE call_id = $1 AND user_id = $2"
);
const OF_CALLS: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM call_form WHERE call_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ORDER BY updated_at, user_id"
);
const OPEN: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM call_form WHERE user_id = $1 AND closed_at IS NULL ORDER BY updated_at DESC LIMIT $2"
);

/// What one agent has written about a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CallForm {
    pub call_id: Uuid,
    pub user_id: UserId,
    pub rev: i64,
    /// Epoch milliseconds, as all times here.
    pub updated_at: i64,
    /// By the writer's clock.
    pub written_at: i64,
    pub contact_id: Option<ContactId>,
    pub call_type_id: Option<CallTypeId>,
    pub disposition_id: Option<DispositionId>,
    pub body: String,
    /// None: not finished.
    pub closed_at: Option<i64>,
}

impl CallForm {
    fn read(mut row: Row) -> Result<Self, DbError> {
        from_row!(row; call_id, user_id, rev, updated_at, written_at, contact_id, call_type_id, disposition_id, body, closed_at)
    }
}

/// False: what stands was written later, and stays.
pub(crate) async fn save(tx: &mut Tx, form: &CallForm) -> Result<bool, DbError> {
    let values = [
        form.call_id.into(),
        form.user_id.into(),
        form.updated_at.into(),
        form.written_at.into(),
        form.contact_id.into(),
        form.call_type_id.into(),
        form.disposition_id.into(),
        form.body.as_str().into(),
        form.closed_at.into(),
    ];
    Ok(tx.run(SAVE, values).await? == 1)
}

pub(crate) async fn find(
    tx: &mut Tx,
    call: Uuid,
    person: UserId,
) -> Result<Option<CallForm>, DbError> {
    let row = tx.row(FIND, [call.into(), person.into()]).await?;
    row.map(CallForm::read).transpose()
}

/// What everybody wrote about these calls.
pub(crate) async fn of_calls(tx: &mut Tx, calls: &[Uuid]) -> Result<Vec<CallForm>, DbError> {
    let mut forms = Vec::new();
    for ten in tens(calls) {
        let rows = tx.rows(OF_CALLS, ten).await?;
        for row in rows {
            forms.push(CallForm::read(row)?);
        }
    }
    Ok(forms)
}

/// This person's forms that are not finished, the one written last first.
pub(crate) async fn open_of(
    tx: &mut Tx,
    person: UserId,
    limit: i64,
) -> Result<Vec<CallForm>, DbError> {
    let rows = tx.rows(OPEN, [person.into(), limit.into()]).await?;
    rows.into_iter().map(CallForm::read).collect()
}
