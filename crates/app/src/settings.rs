//! What this machine remembers between starts: no secret, no customer.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::api::preferences::Preferences;
use crate::api::view::{DeviceChoice, Language};
use crate::stored;

/// Stored as `settings.json` in the data folder.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Settings {
    pub language: Language,
    pub server: String,
    pub user: String,
    /// Sign in again at the next start, if the keyring has the password.
    pub signed_in: bool,
    pub devices: DeviceChoice,
    pub preferences: Preferences,
}

impl Settings {
    pub(crate) fn load(data_dir: &Path) -> Self {
        let mut settings: Self = stored::load(&file(data_dir));
        settings.preferences = settings.preferences.complete();
        settings
    }

    pub(crate) fn save(&self, data_dir: &Path) -> io::Result<()> {
        stored::save(self, &file(data_dir))
    }
}

fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("settings.json")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::preferences::Act;

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

    /// A file of another version may lack an act, or know one that is gone.
    #[test]
    fn each_act_has_its_shortcut_whatever_the_file_says() {
        let dir = tempfile::tempdir().unwrap();
        let file = r#"{"preferences":{"shortcuts":[{"act":"mute","keys":"Ctrl+Alt+K"}]}}"#;
        std::fs::write(dir.path().join("settings.json"), file).unwrap();
        let shortcuts = Settings::load(dir.path()).preferences.shortcuts;
        let acts: Vec<Act> = shortcuts.iter().map(|each| each.act).collect();
        assert_eq!(acts, Act::ALL);
        let mute = shortcuts.iter().find(|each| each.act == Act::Mute);
        assert_eq!(mute.unwrap().keys.as_deref(), Some("Ctrl+Alt+K"));
    }
}
