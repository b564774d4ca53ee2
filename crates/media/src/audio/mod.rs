//! Sound: devices, files and tones at one side, calls at the other, and a [`Pump`] between them.
//!
//! ```text
//! microphone ─ring─► resample ─► echo, noise, gain ─► CallAudio::capture   (the call with focus)
//! speaker    ◄─ring─ resample ◄─ mix with tones    ◄─ CallAudio::playback  (every call; one is heard)
//! ```
//!
//! Four kinds of thread: the device's callbacks (wait-free: no lock, allocation or log), the pump
//! (one tick each 10 ms, never blocks), the hardware thread (opens, closes and watches devices,
//! may block) and the writer of a recording. They talk over rings and channels.

mod check;
mod clock;
mod devices;
mod engine;
mod hardware;
mod pace;
mod processing;
mod pump;
mod rate;
mod stream;
mod tone;
mod volume;
mod wav;

use std::path::PathBuf;

pub use check::{Check, CheckEvent, Trial};
pub(crate) use clock::{Clock, Clockwork};
pub use devices::{Device, Devices, devices};
pub use pump::Pump;
pub use volume::Volume;

/// Everything inside runs at this rate, mono.
pub const SAMPLE_RATE: u32 = 48_000;

/// Samples in 10 ms.
pub const FRAME: usize = 480;

/// 10 ms of mono sound, full scale ±1.
pub type Frame = [f32; FRAME];

/// A frame of nothing.
pub(crate) const SILENCE: Frame = [0.0; FRAME];

/// One call's sound, driven by the pump every 10 ms on the pump's thread. Must not block.
pub trait CallAudio: Send {
    /// Takes what the person says: silence while muted or while another call has the focus.
    fn capture(&mut self, frame: &Frame);

    /// Fills `frame` with what the peer says. Called for every attached call, heard or not.
    fn playback(&mut self, frame: &mut Frame);

    /// Whether sound can flow to the peer. A file as source waits for it.
    fn ready(&self) -> bool {
        true
    }
}

/// Where the sound comes from and goes to.
#[derive(Debug, Clone)]
pub struct AudioConfig {
    pub input: Input,
    pub output: Output,
    /// Id or name of the device that rings; `None` rings on the output device.
    pub ringer: Option<String>,
    /// Of the ringing tone alone.
    pub ring_volume: Volume,
    /// Echo cancellation, noise suppression and gain control of the input.
    pub processing: bool,
}

/// What is said into calls.
#[derive(Debug, Clone)]
pub enum Input {
    /// A microphone by id or name; `None` follows the system's default.
    Device(Option<String>),
    /// A file, any rate and channels. Played once into each call from its first focus on.
    Wav(PathBuf),
    Silence,
}

/// Where calls are heard.
#[derive(Debug, Clone)]
pub enum Output {
    /// A speaker by id or name; `None` follows the system's default.
    Device(Option<String>),
    /// A recording of what the peer with the focus sends: 16 bit, mono, 48 kHz, without our tones.
    Wav(PathBuf),
    Discard,
}

/// The person's choice of devices, each by id or name; `None` follows the system's default.
/// A chosen device that is away is replaced by the default until it comes back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeviceChoice {
    pub microphone: Option<String>,
    pub speaker: Option<String>,
    /// `None` rings on the speaker.
    pub ringer: Option<String>,
    /// Heard at once, also while it rings.
    pub ring_volume: Volume,
}

/// What a device is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceRole {
    Microphone,
    Speaker,
    Ringer,
}

#[derive(Debug, Clone, PartialEq)]
pub enum AudioEvent {
    /// Loudness (RMS of 50 ms, full scale 1) of the microphone before mute, and of what is heard.
    /// 20 a second while a call has the focus.
    Levels { microphone: f32, speaker: f32 },
    /// A device came or went, or the default is another one.
    DevicesChanged,
    /// The device in use is gone; the default replaces it.
    DeviceLost { role: DeviceRole, id: String },
    /// A device that was needed is open: what is played from now on is heard.
    DeviceOpened { role: DeviceRole },
    /// No device could be opened, or it delivers nothing. Tried again each second.
    DeviceFailed { role: DeviceRole },
    /// The file of [`Input::Wav`] has been played to its end.
    SourceFinished,
}

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AudioError {
    #[error("Reach the sound system")]
    Host(#[source] cpal::Error),
    #[error("Read the sound file {path}")]
    ReadWav { path: PathBuf, source: hound::Error },
    #[error("Create the recording {path}")]
    CreateWav { path: PathBuf, source: hound::Error },
    #[error("Resample a sound file of {rate} Hz")]
    Resample { rate: u32 },
    #[error("Start a sound thread")]
    Thread(#[source] std::io::Error),
}
