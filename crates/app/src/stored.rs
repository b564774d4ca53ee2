//! Small JSON files in the data folder.

use std::io;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// What the file holds; the defaults when there is none. A damaged file is set aside as
/// `<name>.damaged`, so that a start never fails because of it.
pub fn load<T: DeserializeOwned + Default>(path: &Path) -> T {
    let Ok(text) = std::fs::read_to_string(path) else {
        return T::default();
    };
    serde_json::from_str(&text).unwrap_or_else(|error| {
        tracing::warn!(%error, "A file is damaged, starting from the defaults");
        if let Err(error) = std::fs::rename(path, path.with_added_extension("damaged")) {
            tracing::warn!(%error, "Set the damaged file aside");
        }
        T::default()
    })
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
}
