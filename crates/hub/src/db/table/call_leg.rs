//! Each agent's part of a call: one row a ring.

use alobar_core::{UserId, codes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::tens::tens;
use crate::db::{DbError, Row, Tx, from_row, stored_as_text};

const REPORT: &str = "
    INSERT INTO call_leg (id, call_id, user_id, rang_at, answered_at, ended_at, result, cause,
        sip_status)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (id) DO UPDATE SET
        answered_at = COALESCE(excluded.answered_at, call_leg.answered_at),
        ended_at = COALESCE(excluded.ended_at, call_leg.ended_at),
        result = COALESCE(excluded.result, call_leg.result),
        cause = COALESCE(excluded.cause, call_leg.cause),
        sip_status = COALESCE(excluded.sip_status, call_leg.sip_status)
    WHERE call_leg.user_id = excluded.user_id AND call_leg.call_id = excluded.call_id";
const OF_CALL: &str = "
    SELECT id, user_id, rang_at, answered_at, ended_at, result, cause, sip_status
    FROM call_leg WHERE call_id = $1 ORDER BY rang_at, id";
const OF_CALLS: &str = "
    SELECT call_id, id, user_id, rang_at, answered_at, ended_at, result, cause, sip_status
    FROM call_leg WHERE call_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ORDER BY rang_at, id";
// The last ring of each call.
const OF_PERSON: &str = "
    SELECT call_id, rang_at, id FROM call_leg
    WHERE user_id = $1 AND (rang_at, id) < ($2, $3)
        AND NOT EXISTS (SELECT 1 FROM call_leg AS later
            WHERE later.call_id = call_leg.call_id AND later.user_id = call_leg.user_id
                AND (later.rang_at, later.id) > (call_leg.rang_at, call_leg.id))
    ORDER BY rang_at DESC, id DESC LIMIT $4";

codes! {
    /// What became of a ring, as the phone's history says it.
    #[derive(ToSchema)]
    LegResult {
        Answered = "answered",
        Missed = "missed",
        Declined = "declined",
        /// Another desk took it.
        Elsewhere = "elsewhere",
        /// We called, and nobody took it.
        NotReached = "not_reached",
    }
}

stored_as_text!(LegResult);

/// One ring at one desk, or one call out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CallLeg {
    /// Made by the desk.
    pub id: Uuid,
    pub user_id: UserId,
    /// Epoch milliseconds, as all times here.
    pub rang_at: i64,
    pub answered_at: Option<i64>,
    pub ended_at: Option<i64>,
    /// None while it is going on.
    pub result: Option<LegResult>,
    /// Why it ended, as `EndCause::code` names it.
    pub cause: Option<String>,
    pub sip_status: Option<i64>,
}

impl CallLeg {
    fn read(row: &mut Row) -> Result<Self, DbError> {
        from_row!(row; id, user_id, rang_at, answered_at, ended_at, result, cause, sip_status)
    }
}

/// Adds a leg, or what is new of it. False: the id is another person's leg, or of another call.
pub(crate) async fn report(tx: &mut Tx, call: Uuid, leg: CallLeg) -> Result<bool, DbError> {
    let values = [
        leg.id.into(),
        call.into(),
        leg.user_id.into(),
        leg.rang_at.into(),
        leg.answered_at.into(),
        leg.ended_at.into(),
        leg.result.into(),
        leg.cause.into(),
        leg.sip_status.into(),
    ];
    Ok(tx.run(REPORT, values).await? == 1)
}

/// All rings of a call, in their order.
pub(crate) async fn of_call(tx: &mut Tx, call: Uuid) -> Result<Vec<CallLeg>, DbError> {
    let rows = tx.rows(OF_CALL, [call.into()]).await?;
    rows.into_iter()
        .map(|mut row| CallLeg::read(&mut row))
        .collect()
}

/// All rings of these calls, each with its call.
pub(crate) async fn of_calls(tx: &mut Tx, calls: &[Uuid]) -> Result<Vec<(Uuid, CallLeg)>, DbError> {
    let mut legs = Vec::new();
    for ten in tens(calls) {
        for mut row in tx.rows(OF_CALLS, ten).await? {
            legs.push((row.next()?, CallLeg::read(&mut row)?));
        }
    }
    Ok(legs)
}

/// The calls that rang at this person's desk, the last ring first: the call, when, the leg.
pub(crate) async fn of_person(
    tx: &mut Tx,
    person: UserId,
    before: (i64, Uuid),
    limit: i64,
) -> Result<Vec<(Uuid, i64, Uuid)>, DbError> {
    let values = [
        person.into(),
        before.0.into(),
        before.1.into(),
        limit.into(),
    ];
    let rows = tx.rows(OF_PERSON, values).await?;
    let read = |mut row: Row| Ok((row.next()?, row.next()?, row.next()?));
    rows.into_iter().map(read).collect()
}
