//! Who is told about something without being in charge (TK-32).

use alobar_core::UserId;

use crate::db::{DbError, Tx};
use crate::subject::Subject;

const ADD: &str = "
    INSERT INTO follower (subject_kind, subject_id, user_id) VALUES ($1, $2, $3)
    ON CONFLICT (subject_kind, subject_id, user_id) DO NOTHING";
const REMOVE: &str = "
    DELETE FROM follower WHERE subject_kind = $1 AND subject_id = $2 AND user_id = $3";
const OF_SUBJECT: &str = "
    SELECT user_id FROM follower WHERE subject_kind = $1 AND subject_id = $2 ORDER BY user_id";

/// False: they did already.
pub(crate) async fn add(tx: &mut Tx, subject: Subject, person: UserId) -> Result<bool, DbError> {
    let values = [subject.kind.into(), subject.id.into(), person.into()];
    Ok(tx.run(ADD, values).await? == 1)
}

/// False: they did not follow it.
pub(crate) async fn remove(tx: &mut Tx, subject: Subject, person: UserId) -> Result<bool, DbError> {
    let values = [subject.kind.into(), subject.id.into(), person.into()];
    Ok(tx.run(REMOVE, values).await? == 1)
}

pub(crate) async fn of_subject(tx: &mut Tx, subject: Subject) -> Result<Vec<UserId>, DbError> {
    let values = [subject.kind.into(), subject.id.into()];
    let rows = tx.rows(OF_SUBJECT, values).await?;
    rows.into_iter().map(|mut row| row.next()).collect()
}
