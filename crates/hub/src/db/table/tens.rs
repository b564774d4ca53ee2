//! Many rows by their ids with one statement: ten at a time, for a statement has a fixed number of
//! places in both engines.

use uuid::Uuid;

use crate::db::Value;

/// For `IN ($1, …, $10)`; the last ten are filled up with an id that nothing has.
pub(super) fn tens(ids: &[Uuid]) -> impl Iterator<Item = Vec<Value>> {
    ids.chunks(10).map(|ids| {
        let nobody = std::iter::repeat(Uuid::nil());
        let ten = ids.iter().copied().chain(nobody).take(10);
        ten.map(Value::Id).collect()
    })
}
