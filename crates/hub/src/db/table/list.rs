//! What the lists that an admin keeps have in common. Their entries are never deleted, for records
//! refer to them: an entry that is not active is no longer offered.

use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::db::{DbError, Row, Tx, Value};

/// An entry of such a list.
pub(crate) trait Listed: Serialize + DeserializeOwned + Clone {
    /// In the order that people see.
    const ALL: &'static str;
    /// By its id, with the same columns.
    const FIND: &'static str;
    /// Adds it, or puts it in the place of the one with its id.
    const PUT: &'static str;

    fn read(row: Row) -> Result<Self, DbError>;
    /// For `PUT`.
    fn values(&self) -> Vec<Value>;

    fn id(&self) -> Uuid;
    fn rev(&self) -> i64;
    fn position(&self) -> i64;
    fn is_active(&self) -> bool;
    /// The same entry in another revision at another place.
    fn moved(self, rev: i64, position: i64) -> Self;
}

/// The part of [`Listed`] that follows from the struct's fields, named in the order of the columns.
macro_rules! columns {
    ($($field:ident),+ $(,)?) => {
        fn read(mut row: crate::db::Row) -> Result<Self, crate::db::DbError> {
            crate::db::from_row!(row; $($field),+)
        }

        fn values(&self) -> Vec<crate::db::Value> {
            vec![$(self.$field.clone().into()),+]
        }

        fn id(&self) -> uuid::Uuid {
            self.id.into()
        }

        fn rev(&self) -> i64 {
            self.rev
        }

        fn position(&self) -> i64 {
            self.position
        }

        fn is_active(&self) -> bool {
            self.active
        }

        fn moved(self, rev: i64, position: i64) -> Self {
            Self {
                rev,
                position,
                ..self
            }
        }
    };
}
pub(super) use columns;

pub(crate) async fn all<T: Listed>(tx: &mut Tx) -> Result<Vec<T>, DbError> {
    let rows = tx.rows(T::ALL, []).await?;
    rows.into_iter().map(T::read).collect()
}

pub(crate) async fn find<T: Listed>(
    tx: &mut Tx,
    id: impl Into<Uuid>,
) -> Result<Option<T>, DbError> {
    let row = tx.row(T::FIND, [Value::Id(id.into())]).await?;
    row.map(T::read).transpose()
}

pub(crate) async fn put<T: Listed>(tx: &mut Tx, entry: &T) -> Result<(), DbError> {
    tx.run(T::PUT, entry.values()).await.map(drop)
}
