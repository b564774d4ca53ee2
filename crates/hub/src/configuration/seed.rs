//! What a new database starts with. Its texts are in the language of the team, so in a file.

use super::lists::{self, Entry};
use crate::db::table::list;
use crate::db::table::order_stage::OrderStage;
use crate::db::{Db, DbError, Tx};
use crate::error::Refused;

const ENTRIES: &str = include_str!("../seed.vi.json");

/// Fills the lists of a database that has none yet.
pub(crate) async fn fill_when_new(db: &Db) -> Result<(), Refused> {
    if !is_new(&mut db.read().await?).await? {
        return Ok(());
    }
    let mut tx = db.write().await?;
    // Another program may have been faster.
    if is_new(&mut tx).await? {
        let entries: Vec<Entry> =
            serde_json::from_str(ENTRIES).map_err(|error| Refused::Bug(error.to_string()))?;
        for entry in entries {
            lists::write(&mut tx, entry).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Entries are never deleted, and there is always a stage.
async fn is_new(tx: &mut Tx) -> Result<bool, DbError> {
    Ok(list::all::<OrderStage>(tx).await?.is_empty())
}
