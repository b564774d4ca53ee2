//! The pump's thread and its handle.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use alobar_core::{CallId, Tone};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::engine::Engine;
use super::pace::Pace;
use super::{AudioConfig, AudioError, AudioEvent, CallAudio, DeviceChoice};

/// Handle of the sound of all calls. Dropping it closes the devices and finishes the recording.
#[derive(Debug)]
pub struct Pump {
    /// `None` only while dropping: its end is what stops the thread.
    commands: Option<Sender<Command>>,
    thread: Option<JoinHandle<()>>,
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
        let (commands, inbox) = channel();
        let thread = thread::Builder::new()
            .name("alobar-pump".into())
            .spawn(move || run(engine, &inbox))
            .map_err(AudioError::Thread)?;
        Ok((
            Pump {
                commands: Some(commands),
                thread: Some(thread),
            },
            received,
        ))
    }

    /// Adds a call. It hears silence and is not heard until it has the focus.
    pub fn attach(&self, call: CallId, audio: Box<dyn CallAudio>) {
        self.send(Command::Attach(call, audio));
    }

    /// Removes a call; its recording is complete on disk soon after.
    pub fn detach(&self, call: CallId) {
        self.send(Command::Detach(call));
    }

    /// Gives the headset to a call, or takes it away. At most one call has it: the last one asked for.
    pub fn focus(&self, call: CallId, on: bool) {
        self.send(Command::Focus(call, on));
    }

    /// Silences the microphone in all calls.
    pub fn mute(&self, on: bool) {
        self.send(Command::Mute(on));
    }

    /// Starts a tone from its beginning, or stops it.
    pub fn tone(&self, tone: Option<Tone>) {
        self.send(Command::Tone(tone));
    }

    /// Changes devices, also during a call. Without effect on a side that uses a file.
    pub fn choose(&self, choice: DeviceChoice) {
        self.send(Command::Choose(choice));
    }

    fn send(&self, command: Command) {
        if let Some(commands) = &self.commands {
            // Fails only when the thread has panicked, which `Drop` reports.
            let _ = commands.send(command);
        }
    }
}

impl Drop for Pump {
    fn drop(&mut self) {
        self.commands = None;
        if self
            .thread
            .take()
            .is_some_and(|thread| thread.join().is_err())
        {
            tracing::error!("The pump has panicked");
        }
    }
}

/// Ticks while there is something to hear, sleeps while not, ends when the handle is gone.
fn run(mut engine: Engine, inbox: &Receiver<Command>) {
    loop {
        if engine.is_idle() {
            let Ok(command) = inbox.recv() else { return };
            engine.perform(command);
            continue;
        }
        let mut pace = Pace::start(Instant::now());
        while !engine.is_idle() {
            for _ in 0..pace.due(Instant::now()) {
                engine.tick();
            }
            thread::sleep(pace.until_next(Instant::now()));
            loop {
                match inbox.try_recv() {
                    Ok(command) => engine.perform(command),
                    Err(std::sync::mpsc::TryRecvError::Empty) => break,
                    Err(std::sync::mpsc::TryRecvError::Disconnected) => return,
                }
            }
        }
    }
}
