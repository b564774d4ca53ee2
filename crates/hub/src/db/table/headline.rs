//! How a customer, a ticket, a task or an order is shown in one line.

use uuid::Uuid;

use super::tens::tens;
use crate::db::{DbError, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Headline {
    pub(crate) id: Uuid,
    pub(crate) title: String,
    /// How a customer is reached; of the others the customer's name. Empty: there is none.
    pub(crate) detail: String,
    /// What people say, of a ticket, a task or an order.
    pub(crate) number: Option<i64>,
}

/// `sql` answers id, title, detail and number for ten ids.
pub(super) async fn read(
    tx: &mut Tx,
    sql: &'static str,
    ids: &[Uuid],
) -> Result<Vec<Headline>, DbError> {
    let mut headlines = Vec::with_capacity(ids.len());
    for ten in tens(ids) {
        for mut row in tx.rows(sql, ten).await? {
            headlines.push(Headline {
                id: row.next()?,
                title: row.next()?,
                detail: row.next()?,
                number: row.next()?,
            });
        }
    }
    Ok(headlines)
}
