//! The pump's handle; the thread is a [`Clock`]'s.

use alobar_core::{CallId, Tone};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::clock::Clock;
use super::engine::Engine;
use super::{AudioConfig, AudioError, AudioEvent, CallAudio, DeviceChoice};

/// Handle of the sound of all calls. Dropping it closes the devices and finishes the recording.
#[derive(Debug)]
pub struct Pump {
    clock: Clock<Command>,
}

pub(super) enum Command {
    Attach(CallId, Box<dyn CallAudio>),
    Detach(CallId),
    Focus(CallId, bool),
    Mute(bool),
    Tone(Option<Tone>),
    Choose(DeviceChoice),
}

impl Pump {
    /// Starts the sound threads. Devices are opened only when a call has the focus or a tone sounds.
    ///
    /// # Errors
    /// A sound file that cannot be read or created, or a thread that cannot be started. A missing
    /// device is no error here but an [`AudioEvent::DeviceFailed`] once it is needed.
    pub fn start(config: AudioConfig) -> Result<(Pump, UnboundedReceiver<AudioEvent>), AudioError> {
        let (events, received) = unbounded_channel();
        let engine = Engine::new(config, events)?;
        let clock = Clock::start("alobar-pump", engine)?;
        Ok((Pump { clock }, received))
    }

    /// Adds a call. It hears silence and is not heard until it has the focus.
    pub fn attach(&self, call: CallId, audio: Box<dyn CallAudio>) {
        self.clock.send(Command::Attach(call, audio));
    }

    /// Removes a call; its recording is complete on disk soon after.
    pub fn detach(&self, call: CallId) {
        self.clock.send(Command::Detach(call));
    }

    /// Gives the headset to a call, or takes it away. At most one call has it: the last one asked for.
    pub fn focus(&self, call: CallId, on: bool) {
        self.clock.send(Command::Focus(call, on));
    }

    /// Silences the microphone in all calls.
    pub fn mute(&self, on: bool) {
        self.clock.send(Command::Mute(on));
    }

    /// Starts a tone from its beginning, or stops it.
    pub fn tone(&self, tone: Option<Tone>) {
        self.clock.send(Command::Tone(tone));
    }

    /// Changes devices, also during a call. Without effect on a side that uses a file.
    pub fn choose(&self, choice: DeviceChoice) {
        self.clock.send(Command::Choose(choice));
    }
}
