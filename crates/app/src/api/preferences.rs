//! How a person wants the desktop to behave. Stored here, put into effect by the shell.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::handle::PhoneHandle;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Preferences {
    pub theme: Theme,
    pub notify: NotifyChoice,
    /// The call window opens by itself with a call (CP-01).
    pub call_window: bool,
    /// The shortcuts also work while another program has the keyboard. Off until agreed to.
    pub global_shortcuts: bool,
    /// One entry per [`Act`], in its order.
    pub shortcuts: Vec<Shortcut>,
    pub start_with_system: bool,
    /// `tel:`, `callto:` and `sip:` links open Alobar, which asks before it dials.
    pub phone_links: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            notify: NotifyChoice::default(),
            call_window: true,
            global_shortcuts: false,
            shortcuts: Act::ALL.map(Act::standard).to_vec(),
            start_with_system: false,
            phone_links: false,
        }
    }
}

impl Preferences {
    /// With exactly one entry for each act, whatever a file or a page of another version says.
    pub(crate) fn complete(mut self) -> Self {
        self.shortcuts = Act::ALL
            .iter()
            .map(|act| {
                let given = self.shortcuts.iter().find(|each| each.act == *act);
                given.cloned().unwrap_or_else(|| act.standard())
            })
            .collect();
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, Default)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// Which notifications of the system are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NotifyChoice {
    pub incoming: bool,
    pub missed: bool,
    pub connection: bool,
    /// Without names and numbers: others may see the screen.
    pub discreet: bool,
}

impl Default for NotifyChoice {
    fn default() -> Self {
        Self {
            incoming: true,
            missed: true,
            connection: true,
            discreet: false,
        }
    }
}

/// What a shortcut does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Answers the call that rings longest.
    Answer,
    /// Hangs up, or declines what rings; held for 0.4 s.
    HangUp,
    Mute,
    Hold,
    /// Opens the transfer panel.
    Transfer,
    /// Asks whether to dial the number that is selected, or was copied last.
    DialSelection,
}

impl Act {
    pub const ALL: [Act; 6] = [
        Act::Answer,
        Act::HangUp,
        Act::Mute,
        Act::Hold,
        Act::Transfer,
        Act::DialSelection,
    ];

    /// The key as it comes. Control and Alt on all systems: UniKey and OpenKey use
    /// Control+Shift to switch Vietnamese typing.
    fn standard(self) -> Shortcut {
        let keys = match self {
            Act::Answer => "Ctrl+Alt+Enter",
            Act::HangUp => "Ctrl+Alt+Backspace",
            Act::Mute => "Ctrl+Alt+M",
            Act::Hold => "Ctrl+Alt+H",
            Act::Transfer => "Ctrl+Alt+T",
            Act::DialSelection => "Ctrl+Alt+D",
        };
        Shortcut {
            act: self,
            keys: Some(keys.to_owned()),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Shortcut {
    pub act: Act,
    /// Modifiers and one key, `Ctrl+Alt+Enter`; the key is named after its place
    /// (`KeyboardEvent.code` without "Key" or "Digit"). None: no shortcut.
    pub keys: Option<String>,
}

/// A preference that the system did not take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PreferenceTrouble {
    /// shortcut_taken, shortcut_invalid, autostart_failed, links_failed.
    pub code: String,
    pub act: Option<Act>,
}

/// The system under the program: it decides how keys are written and where buttons stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, Default)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    Windows,
    Macos,
    #[default]
    Linux,
}

impl Platform {
    pub(crate) const HERE: Platform = if cfg!(windows) {
        Platform::Windows
    } else if cfg!(target_os = "macos") {
        Platform::Macos
    } else {
        Platform::Linux
    };
}

impl PhoneHandle {
    /// Changes how the desktop behaves; the shell follows [`PhoneHandle::settings`].
    pub async fn set_preferences(&self, preferences: Preferences) {
        let preferences = preferences.complete();
        self.change_settings(|settings| settings.preferences = preferences)
            .await;
    }

    /// What the system did not take when the shell put the preferences into effect.
    pub fn preference_troubles(&self, troubles: Vec<PreferenceTrouble>) {
        self.0.publisher.preference_troubles(troubles);
    }
}
