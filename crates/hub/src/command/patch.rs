//! Changing some fields of something that others change too: per field, the first one wins.

use std::collections::HashMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use crate::db::Tx;
use crate::db::table::change_log;
use crate::error::{Conflict, Refused};
use crate::subject::Subject;

/// What a patch makes of something.
#[derive(Debug)]
pub(crate) struct Patched<T> {
    pub(crate) new: T,
    /// Each field that really changes: `[before, after]`. Empty: nothing to do.
    pub(crate) changed: Map<String, Json>,
}

/// Puts the fields of `patch` (absent: untouched) into `old`. A field that somebody else changed
/// since `base_rev` to something else is a conflict; then nothing is changed.
pub(crate) async fn merge<T: Serialize + DeserializeOwned>(
    tx: &mut Tx,
    subject: Subject,
    old: &T,
    base_rev: i64,
    patch: &impl Serialize,
) -> Result<Patched<T>, Refused> {
    let mut fields = object(old)?;
    let wanted = object(patch)?;
    let mut touched = HashMap::new();
    for change in change_log::since_rev(tx, subject, base_rev).await? {
        touched.extend(change.fields);
    }
    let mut changed = Map::new();
    let mut conflicts = Vec::new();
    for (field, mine) in wanted {
        let theirs = fields.get(&field).cloned().unwrap_or(Json::Null);
        if theirs == mine {
            continue;
        }
        if touched.contains_key(&field) {
            conflicts.push(Conflict {
                field,
                mine,
                theirs,
            });
            continue;
        }
        fields.insert(field.clone(), mine.clone());
        changed.insert(field, Json::Array(vec![theirs, mine]));
    }
    if !conflicts.is_empty() {
        return Err(Refused::Conflict(conflicts));
    }
    let new = serde_json::from_value(Json::Object(fields));
    Ok(Patched {
        new: new.map_err(|e| Refused::Bug(e.to_string()))?,
        changed,
    })
}

pub(super) fn object(of: &impl Serialize) -> Result<Map<String, Json>, Refused> {
    match serde_json::to_value(of) {
        Ok(Json::Object(fields)) => Ok(fields),
        Ok(_) => Err(Refused::Bug("Not an object".to_owned())),
        Err(error) => Err(Refused::Bug(error.to_string())),
    }
}
