//! The door of the crate.

use alobar_core::{CallId, MediaAction, MediaEvent, MediaFailure, Pii, Tone};
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use crate::audio::{AudioConfig, AudioError, AudioEvent, DeviceChoice, DeviceRole, Pump};
use crate::call::Calls;
use crate::codec::Codec;
use crate::peer::PeerConfig;
use crate::stats::CallStats;

/// How calls get their sound.
#[derive(Debug, Clone)]
pub struct MediaConfig {
    /// What we offer, best first; empty means [`Codec::PREFERENCE`].
    pub codecs: Vec<Codec>,
    pub ice_servers: Vec<IceServer>,
    pub network: Network,
    pub audio: AudioConfig,
}

/// A STUN or TURN server.
#[derive(Debug, Clone)]
pub struct IceServer {
    /// `stun:host:port`, `turn:host:port?transport=udp`, … (RFC 7064, RFC 7065)
    pub url: String,
    pub username: Option<String>,
    pub credential: Option<Pii<String>>,
}

/// Which network interfaces a call may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Network {
    /// All but loopback and link-local.
    #[default]
    Interfaces,
    /// 127.0.0.1 only: both ends on this machine.
    Loopback,
}

/// What the media edge says.
#[derive(Debug, Clone, PartialEq)]
pub enum MediaReport {
    /// For the phone.
    Call { call: CallId, event: MediaEvent },
    /// Twice a second for each call, and once when it is closed.
    Stats { call: CallId, stats: CallStats },
    /// RMS of the microphone before mute and of what is heard, full scale 1; 20 a second in a call.
    Levels { microphone: f32, speaker: f32 },
    /// A device came or went.
    DevicesChanged,
    /// The device in use is gone; the default replaces it.
    DeviceLost { role: DeviceRole, id: String },
    /// No device could be opened, or it delivers nothing. Tried again each second.
    DeviceFailed { failure: MediaFailure },
    /// The file of `Input::Wav` has been played to its end.
    SourceFinished,
}

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MediaError {
    #[error(transparent)]
    Audio(#[from] AudioError),
}

/// All calls' media. Must be started inside a tokio runtime.
#[derive(Debug)]
pub struct Media {
    pump: Pump,
    calls: Calls,
}

impl Media {
    /// Starts the sound; devices open when the first call or tone needs them.
    ///
    /// # Errors
    ///
    /// When a sound file cannot be used or a thread cannot be started.
    pub fn start(
        config: MediaConfig,
    ) -> Result<(Media, UnboundedReceiver<MediaReport>), MediaError> {
        let (pump, audio_events) = Pump::start(config.audio)?;
        let (reports, reports_out) = mpsc::unbounded_channel();
        let peers = PeerConfig {
            ice_servers: config.ice_servers,
            ..PeerConfig::new(config.codecs, config.network)
        };
        tokio::spawn(forward(audio_events, reports.clone()));
        let media = Media {
            pump,
            calls: Calls::new(peers, reports),
        };
        Ok((media, reports_out))
    }

    /// Does `action`; returns at once. What comes of it is reported.
    pub fn perform(&self, call: CallId, action: MediaAction) {
        match action {
            MediaAction::Focus { on } => self.pump.focus(call, on),
            MediaAction::Mute { on } => self.pump.mute(on),
            MediaAction::Close => {
                self.pump.detach(call);
                self.calls.close(call);
            }
            action @ (MediaAction::CreateOffer { .. }
            | MediaAction::AcceptOffer { .. }
            | MediaAction::AcceptAnswer { .. }
            | MediaAction::RollBack
            | MediaAction::SendDtmf { .. }) => self.calls.act(call, action, |sound| {
                self.pump.attach(call, Box::new(sound))
            }),
        }
    }

    /// Plays a tone of ours, or stops it.
    pub fn tone(&self, tone: Option<Tone>) {
        self.pump.tone(tone);
    }

    /// Uses other devices from now on.
    pub fn choose_devices(&self, choice: DeviceChoice) {
        self.pump.choose(choice);
    }

    /// Closes all calls and waits until their peers have been told.
    pub async fn stop(self) {
        self.calls.stop(|call| self.pump.detach(call)).await;
    }
}

async fn forward(mut events: UnboundedReceiver<AudioEvent>, reports: UnboundedSender<MediaReport>) {
    while let Some(event) = events.recv().await {
        let report = match event {
            AudioEvent::Levels {
                microphone,
                speaker,
            } => MediaReport::Levels {
                microphone,
                speaker,
            },
            AudioEvent::DevicesChanged => MediaReport::DevicesChanged,
            AudioEvent::DeviceLost { role, id } => MediaReport::DeviceLost { role, id },
            AudioEvent::DeviceFailed {
                role: DeviceRole::Microphone,
            } => MediaReport::DeviceFailed {
                failure: MediaFailure::NoMicrophone,
            },
            AudioEvent::DeviceFailed {
                role: DeviceRole::Speaker,
            } => MediaReport::DeviceFailed {
                failure: MediaFailure::NoSpeaker,
            },
            // A call can be answered without having rung.
            AudioEvent::DeviceFailed {
                role: DeviceRole::Ringer,
            }
            | AudioEvent::DeviceOpened { .. } => continue,
            AudioEvent::SourceFinished => MediaReport::SourceFinished,
        };
        if reports.send(report).is_err() {
            return;
        }
    }
}
