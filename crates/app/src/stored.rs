//! Small JSON files in the data folder.

use std::io;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What the file holds, and the defaults for what it does not say. A damaged file is set aside as
/// `<name>.damaged`, so that a start never fails because of it.
pub fn load<T: Serialize + DeserializeOwned + Default>(path: &Path) -> T {
    let Ok(text) = std::fs::read_to_string(path) else {
        return T::default();
    };
    read(&text).unwrap_or_else(|error| {
        tracing::warn!(%error, "A file is damaged, starting from the defaults");
        if let Err(error) = std::fs::rename(path, path.with_added_extension("damaged")) {
            tracing::warn!(%error, "Set the damaged file aside");
        }
        T::default()
    })
}

/// Here and not by `#[serde(default)]`, which would tell the pages that a field may be missing.
fn read<T: Serialize + DeserializeOwned + Default>(text: &str) -> serde_json::Result<T> {
    let said = serde_json::from_str(text)?;
    serde_json::from_value(over(serde_json::to_value(T::default())?, said))
}

fn over(default: Value, said: Value) -> Value {
    match (default, said) {
        (Value::Object(mut fields), Value::Object(said)) => {
            for (name, value) in said {
                let value = match fields.remove(&name) {
                    Some(default) => over(default, value),
                    None => value,
                };
                fields.insert(name, value);
            }
            Value::Object(fields)
        }
        (_, said) => said,
    }
}

/// Replaces the file in one step: a crash leaves the old one or the new one.
pub fn save<T: Serialize>(value: &T, path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let fresh = path.with_added_extension("new");
    std::fs::write(&fresh, serde_json::to_vec_pretty(value)?)?;
    std::fs::rename(fresh, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_is_set_aside_and_the_program_starts() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("settings.json");
        std::fs::write(&path, "{ not json").unwrap();
        assert!(load::<Vec<u32>>(&path).is_empty());
        assert!(dir.path().join("settings.json.damaged").exists());
    }

    #[test]
    fn what_a_file_of_another_version_does_not_say_keeps_its_default() {
        #[derive(Debug, PartialEq, Default, Serialize, serde::Deserialize)]
        struct Inner {
            known: u8,
            newer: Option<String>,
        }
        #[derive(Debug, PartialEq, Default, Serialize, serde::Deserialize)]
        struct Outer {
            inner: Inner,
            newest: bool,
        }
        let read: Outer = read(r#"{ "inner": { "known": 3, "gone": 1 } }"#).unwrap();
        let known = Inner {
            known: 3,
            newer: None,
        };
        let expected = Outer {
            inner: known,
            newest: false,
        };
        assert_eq!(read, expected);
    }
}
