//! What the screens show: small whole view models, pushed on every change.
//!
//! The UI owns all sentences; these types carry codes and parameters. TypeScript is generated
//! from them (`cargo xtask bindings`).

use serde::{Deserialize, Serialize};
use specta::Type;

use super::preferences::{Platform, PreferenceTrouble, Preferences};

/// The whole state of the phone. Pushed as the event `phone-changed`; `revision` only grows.
#[derive(Debug, Clone, PartialEq, Serialize, Type, Default)]
pub struct PhoneView {
    pub revision: u32,
    /// `None`: nobody is signed in, the sign-in form is due.
    pub account: Option<AccountView>,
    pub registration: RegistrationView,
    /// In order of arrival. At most one has `has_focus`.
    pub calls: Vec<CallView>,
    pub muted: bool,
    /// In practice `account` is that of the practice exchange, never a real one.
    pub practice: Option<PracticeView>,
    /// The last trouble worth a sentence; replaced or cleared by the phone.
    pub notice: Option<ErrorView>,
    /// Milliseconds since the Unix epoch when this was made: the UI's clock for timers.
    pub now_ms: f64,
}

/// Who is signed in where.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct AccountView {
    pub server: String,
    pub user: String,
    /// False over plain TCP, UDP or WebSocket.
    pub secure: bool,
    /// False: no keyring on this machine, so the password is asked at each start.
    pub password_kept: bool,
}

/// Practice under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type, Default)]
pub struct PracticeView {
    /// A simulated customer is about to ring.
    pub customer_coming: bool,
    /// How the last simulated customer's call ended: completed, nobody_answered, unreachable,
    /// refused, agent_hung_up, agent_silent.
    pub last_outcome: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Type, Default)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RegistrationView {
    #[default]
    Offline,
    Connecting {
        attempt: u32,
        since_ms: f64,
    },
    Registering {
        since_ms: f64,
    },
    Registered {
        since_ms: f64,
    },
    Failed {
        error: ErrorView,
        since_ms: f64,
        /// When the next attempt comes by itself; none: the person must act.
        retry_at_ms: Option<f64>,
        attempt: u32,
    },
    Unregistering,
}

#[derive(Debug, Clone, PartialEq, Serialize, Type)]
pub struct CallView {
    pub id: String,
    pub direction: CallDirection,
    pub phase: PhaseView,
    /// The other side's number as it should be read: `0987 654 321`, `1001`.
    pub number: String,
    pub name: Option<String>,
    pub has_focus: bool,
    /// When the present phase began.
    pub since_ms: f64,
    /// When the call was answered; the talk timer counts from here.
    pub answered_ms: Option<f64>,
    pub hold: HoldView,
    pub transfer: TransferView,
    /// Only while established.
    pub media: MediaView,
    /// Only once terminated.
    pub cause: Option<CauseView>,
    /// It came in and ended, and nobody here or elsewhere took it or declined it.
    pub missed: bool,
    pub quality: Option<QualityView>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CallDirection {
    Incoming,
    Outgoing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PhaseView {
    Dialing,
    Ringing,
    Alerting,
    Answering,
    Established,
    Terminating,
    Terminated,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum HoldView {
    None,
    Local,
    Remote,
    Both,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TransferView {
    None,
    Requested,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MediaView {
    Connecting,
    Flowing,
    Interrupted,
}

/// Why a call ended: `code` is one of local_hangup, remote_hangup, declined, remote_busy,
/// remote_declined, no_answer, unavailable, canceled_by_caller, answered_elsewhere,
/// canceled_locally, transferred, not_found, media_no_microphone, media_no_speaker,
/// media_no_codec, media_bad_description, media_no_path, media_dtls, link_lost, timed_out,
/// sip_failure (with `status`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CauseView {
    pub code: String,
    pub status: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Type)]
pub struct QualityView {
    /// 0 (none) to 4 (best), from loss, jitter and round trip.
    pub bars: u8,
    pub loss_percent: f64,
    pub jitter_ms: f64,
    pub rtt_ms: Option<f64>,
}

/// A refusal or failure. `code` selects the sentence in the UI's catalogue, `params` fill it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[error("{code}")]
pub struct ErrorView {
    pub code: String,
    pub params: Vec<(String, String)>,
    /// Ties the sentence on screen to the lines of the log.
    pub trace_id: String,
}

/// Inputs and outputs of the machine, and what is chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Type, Default)]
pub struct DevicesView {
    pub inputs: Vec<DeviceView>,
    pub outputs: Vec<DeviceView>,
    pub chosen: DeviceChoice,
    pub check: CheckView,
}

/// What is being tried out without a call.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Type, Default)]
#[serde(tag = "check", rename_all = "snake_case")]
pub enum CheckView {
    #[default]
    Idle,
    /// The microphone is open for its level only.
    Listening,
    /// What is said now is played back afterwards.
    Recording {
        until_ms: f64,
    },
    Playing {
        until_ms: f64,
    },
    /// A test sound.
    Sounding {
        role: SoundRole,
        until_ms: f64,
    },
}

/// Where a test sound is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SoundRole {
    Speaker,
    Ringer,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DeviceView {
    /// Stable across restarts.
    pub id: String,
    pub name: String,
    pub is_default: bool,
}

/// `None` follows the system's default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DeviceChoice {
    pub microphone: Option<String>,
    pub speaker: Option<String>,
    pub ringer: Option<String>,
    /// Percent, 0 to 100.
    pub ring_volume: u8,
}

impl Default for DeviceChoice {
    fn default() -> Self {
        Self {
            microphone: None,
            speaker: None,
            ringer: None,
            ring_volume: 100,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, Default)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    Vi,
    En,
}

/// What the sign-in form and the settings start from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type, Default)]
pub struct SettingsView {
    pub language: Language,
    /// Last used server and user, for the sign-in form.
    pub server: String,
    pub user: String,
    /// This machine has a keyring that works.
    pub keyring: bool,
    pub version: String,
    pub platform: Platform,
    pub preferences: Preferences,
    /// What the system said when a preference was put into effect.
    pub troubles: Vec<PreferenceTrouble>,
}

/// The sign-in form ("Kết nối trực tiếp tổng đài").
#[derive(Clone, Deserialize, Type)]
pub struct SignIn {
    pub server: String,
    pub user: String,
    pub password: String,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SignIn(•••)")
    }
}

/// Sound levels, 0 to 1, at most 20 a second, on a channel of their own.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Type)]
pub struct LevelsView {
    pub microphone: f32,
    pub speaker: f32,
}
