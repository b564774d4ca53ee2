//! What a change comes to, for the history.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::patch::object;
use crate::error::Refused;

/// What each change changes.
const EACH_TIME: [&str; 2] = ["rev", "updated_at"];

/// Each field that is another one now: `[before, after]`.
pub(crate) fn difference<T: Serialize>(old: &T, new: &T) -> Result<Map<String, Json>, Refused> {
    let mut before = object(old)?;
    let mut changed = Map::new();
    for (field, after) in object(new)? {
        let before = before.remove(&field).unwrap_or(Json::Null);
        if before != after && !EACH_TIME.contains(&field.as_str()) {
            changed.insert(field, Json::Array(vec![before, after]));
        }
    }
    // What is there no more: a line of an order.
    for (field, before) in before {
        changed.insert(field, Json::Array(vec![before, Json::Null]));
    }
    Ok(changed)
}
