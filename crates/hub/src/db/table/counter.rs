//! The numbers that people say: counted, without a gap.

use crate::db::{DbError, Tx};

const NEXT: &str = "
    INSERT INTO counter (name, value) VALUES ($1, 1)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
    RETURNING value";

/// The next number of this counter, from 1.
pub(crate) async fn next(tx: &mut Tx, name: &str) -> Result<i64, DbError> {
    let row = tx.row(NEXT, [name.into()]).await?;
    row.map_or(Ok(0), |mut row| row.next())
}
