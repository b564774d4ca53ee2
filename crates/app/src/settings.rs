//! What this machine remembers between starts: no secret, no customer.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::api::view::{DeviceChoice, Language};

/// Stored as `settings.json` in the data folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    pub language: Language,
    pub server: String,
    pub user: String,
    /// Sign in again at the next start, if the keyring has the password.
    pub signed_in: bool,
    pub devices: DeviceChoice,
}

impl Settings {
    /// What the file holds; the defaults when there is none. A damaged file is set aside as
    /// `settings.json.damaged`, so that a start never fails because of it.
    pub(crate) fn load(data_dir: &Path) -> Self {
        let path = file(data_dir);
        let Ok(text) = std::fs::read_to_string(&path) else {
            return Self::default();
        };
        serde_json::from_str(&text).unwrap_or_else(|error| {
            tracing::warn!(%error, "Settings are damaged, starting from the defaults");
            if let Err(error) = std::fs::rename(&path, path.with_extension("json.damaged")) {
                tracing::warn!(%error, "Set damaged settings aside");
            }
            Self::default()
        })
    }

    /// Replaces the file in one step: a crash leaves the old one or the new one.
    pub(crate) fn save(&self, data_dir: &Path) -> io::Result<()> {
        std::fs::create_dir_all(data_dir)?;
        let path = file(data_dir);
        let fresh = path.with_extension("json.new");
        std::fs::write(&fresh, serde_json::to_vec_pretty(self)?)?;
        std::fs::rename(fresh, path)
    }
}

fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("settings.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_is_there_at_the_next_start() {
        let dir = tempfile::tempdir().unwrap();
        let settings = Settings {
            language: Language::En,
            user: "1001".into(),
            ..Settings::default()
        };
        settings.save(dir.path()).unwrap();
        assert_eq!(Settings::load(dir.path()), settings);
    }

    #[test]
    fn damaged_settings_are_set_aside_and_the_program_starts() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(file(dir.path()), "{ not json").unwrap();
        assert_eq!(Settings::load(dir.path()), Settings::default());
        assert!(dir.path().join("settings.json.damaged").exists());
    }
}
