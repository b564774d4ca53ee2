//! Trying devices out without a call: a pump of its own, closed with all its devices at the end.

use std::time::Duration;

use alobar_core::{CallId, Tone};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::pump::Pump;
use super::tone::Playing;
use super::{
    AudioConfig, AudioError, AudioEvent, CallAudio, DeviceChoice, DeviceRole, FRAME, Frame, Input,
    Output,
};

/// What is said in an echo test, in ticks of 10 ms.
const RECORDING: u32 = 400;
const CHIME: u32 = 150;
/// One ring and a breath: it ends in the rest between two rings.
const RING: u32 = 200;
/// What is under way to the speaker when the last frame has left the pump.
const LINGER: u32 = 20;

/// To the pump, a check is the only call.
const CALL: CallId = CallId(0);

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trial {
    /// The microphone's level, for as long as one likes.
    Microphone,
    /// The microphone, processed as in a call, played back on the speaker.
    Echo,
    /// A short phrase on the speaker.
    Speaker,
    /// A ring on the ringer, as loud as a call rings.
    Ringer,
}

/// How a check goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CheckEvent {
    /// The microphone is open.
    Listening,
    /// What is said from now on, for so long, is played back.
    Recording(Duration),
    Playing(Duration),
    /// On the speaker or the ringer.
    Sounding(DeviceRole, Duration),
    /// As in a call.
    Levels {
        microphone: f32,
        speaker: f32,
    },
    /// The device cannot be opened or delivers nothing.
    Failed(DeviceRole),
    Done,
}

/// A check under way; dropping it closes the devices.
#[derive(Debug)]
pub struct Check {
    trial: Trial,
    pump: Pump,
    events: UnboundedReceiver<AudioEvent>,
    /// What the pump's thread tells: the steps of [`Echo`] and the end of [`Sound`].
    steps: UnboundedReceiver<CheckEvent>,
    teller: UnboundedSender<CheckEvent>,
    /// Nothing begins before these are open: it would be lost.
    awaited: Vec<DeviceRole>,
}

impl Check {
    /// Opens the devices that `trial` needs.
    ///
    /// # Errors
    /// A sound thread cannot be started. A missing device is [`CheckEvent::Failed`].
    pub fn start(trial: Trial, choice: DeviceChoice) -> Result<Check, AudioError> {
        let awaited = match trial {
            Trial::Microphone => vec![DeviceRole::Microphone],
            Trial::Echo => vec![DeviceRole::Microphone, DeviceRole::Speaker],
            Trial::Speaker => vec![DeviceRole::Speaker],
            Trial::Ringer => vec![DeviceRole::Ringer],
        };
        let hears = awaited.contains(&DeviceRole::Microphone);
        let (pump, events) = Pump::start(AudioConfig {
            input: if hears {
                Input::Device(choice.microphone)
            } else {
                Input::Silence
            },
            output: if trial == Trial::Microphone {
                Output::Discard
            } else {
                Output::Device(choice.speaker)
            },
            ringer: choice.ringer,
            ring_volume: choice.ring_volume,
            processing: hears,
        })?;
        if trial == Trial::Ringer {
            pump.tone(Some(Tone::Ringtone));
        } else {
            pump.attach(CALL, Box::new(Quiet));
            pump.focus(CALL, true);
        }
        let (teller, steps) = unbounded_channel();
        Ok(Check {
            trial,
            pump,
            events,
            steps,
            teller,
            awaited,
        })
    }

    /// Uses other devices, and another ring volume, from now on.
    pub fn choose(&self, choice: DeviceChoice) {
        self.pump.choose(choice);
    }

    /// What happens next; nothing comes after [`CheckEvent::Done`] and [`CheckEvent::Failed`].
    /// Giving up waiting loses nothing.
    pub async fn next(&mut self) -> CheckEvent {
        loop {
            let event = tokio::select! {
                // Never closed: we hold a sender.
                Some(step) = self.steps.recv() => return step,
                event = self.events.recv() => event,
            };
            match event {
                Some(AudioEvent::Levels {
                    microphone,
                    speaker,
                }) => {
                    return CheckEvent::Levels {
                        microphone,
                        speaker,
                    };
                }
                Some(AudioEvent::DeviceOpened { role }) if self.begins_with(role) => {
                    return self.begin();
                }
                Some(AudioEvent::DeviceFailed { role }) => return CheckEvent::Failed(role),
                Some(
                    AudioEvent::DeviceOpened { .. }
                    | AudioEvent::DevicesChanged
                    | AudioEvent::DeviceLost { .. }
                    | AudioEvent::SourceFinished,
                ) => {}
                // The pump's thread has panicked, which its end reports.
                None => return CheckEvent::Done,
            }
        }
    }

    /// Whether `role` is the last device that was waited for. Later it may be opened again.
    fn begins_with(&mut self, role: DeviceRole) -> bool {
        let waited = !self.awaited.is_empty();
        self.awaited.retain(|awaited| *awaited != role);
        waited && self.awaited.is_empty()
    }

    fn begin(&self) -> CheckEvent {
        let teller = self.teller.clone();
        match self.trial {
            Trial::Microphone => CheckEvent::Listening,
            Trial::Echo => {
                self.pump.attach(CALL, Box::new(Echo::new(teller)));
                CheckEvent::Recording(lasting(RECORDING))
            }
            Trial::Speaker => {
                let phrase = Some(Playing::chime());
                self.sound(phrase, CHIME + LINGER);
                CheckEvent::Sounding(DeviceRole::Speaker, lasting(CHIME))
            }
            Trial::Ringer => {
                self.sound(None, RING);
                CheckEvent::Sounding(DeviceRole::Ringer, lasting(RING))
            }
        }
    }

    fn sound(&self, phrase: Option<Playing>, ticks: u32) {
        let sound = Sound {
            phrase,
            ticks,
            teller: self.teller.clone(),
        };
        self.pump.attach(CALL, Box::new(sound));
    }
}

fn lasting(ticks: u32) -> Duration {
    Duration::from_millis(10) * ticks
}

/// Only keeps the devices open.
struct Quiet;

impl CallAudio for Quiet {
    fn capture(&mut self, _frame: &Frame) {}

    fn playback(&mut self, _frame: &mut Frame) {}
}

/// Says what it has heard, once.
struct Echo {
    heard: Vec<f32>,
    /// Samples played back so far.
    played: usize,
    teller: UnboundedSender<CheckEvent>,
}

impl Echo {
    const LENGTH: usize = RECORDING as usize * FRAME;

    fn new(teller: UnboundedSender<CheckEvent>) -> Self {
        Self {
            heard: Vec::with_capacity(Self::LENGTH),
            played: 0,
            teller,
        }
    }
}

impl CallAudio for Echo {
    fn capture(&mut self, frame: &Frame) {
        if self.heard.len() < Self::LENGTH {
            self.heard.extend_from_slice(frame);
            if self.heard.len() == Self::LENGTH {
                tell(&self.teller, CheckEvent::Playing(lasting(RECORDING)));
            }
        }
    }

    fn playback(&mut self, frame: &mut Frame) {
        if self.heard.len() < Self::LENGTH {
            return;
        }
        if let Some(sound) = self.heard.get(self.played..self.played + FRAME) {
            frame.copy_from_slice(sound);
        }
        self.played += FRAME;
        if self.played == Self::LENGTH + LINGER as usize * FRAME {
            tell(&self.teller, CheckEvent::Done);
        }
    }
}

/// Says a phrase, or nothing while the phone rings, and tells when its time is over.
struct Sound {
    phrase: Option<Playing>,
    /// Still to come.
    ticks: u32,
    teller: UnboundedSender<CheckEvent>,
}

impl CallAudio for Sound {
    fn capture(&mut self, _frame: &Frame) {}

    fn playback(&mut self, frame: &mut Frame) {
        if self.ticks == 0 {
            return;
        }
        if let Some(phrase) = &mut self.phrase {
            phrase.add(frame);
        }
        self.ticks -= 1;
        if self.ticks == 0 {
            tell(&self.teller, CheckEvent::Done);
        }
    }
}

fn tell(teller: &UnboundedSender<CheckEvent>, step: CheckEvent) {
    // Fails only while the check is being dropped.
    let _ = teller.send(step);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One tick, as the pump does it: what is played, given what is captured.
    fn tick(audio: &mut impl CallAudio, captured: f32) -> f32 {
        let mut frame = [0.0; FRAME];
        audio.playback(&mut frame);
        audio.capture(&[captured; FRAME]);
        frame[FRAME - 1]
    }

    #[test]
    fn an_echo_test_records_four_seconds_in_silence_then_plays_them_once() {
        let (teller, mut steps) = unbounded_channel();
        let mut echo = Echo::new(teller);
        for n in 0..400 {
            assert_eq!(tick(&mut echo, n as f32), 0.0);
        }
        assert_eq!(
            steps.try_recv(),
            Ok(CheckEvent::Playing(Duration::from_secs(4)))
        );
        for n in 0..400 {
            assert_eq!(tick(&mut echo, -1.0), n as f32);
            assert!(steps.try_recv().is_err());
        }
        for _ in 0..100 {
            assert_eq!(tick(&mut echo, -1.0), 0.0);
        }
        assert_eq!(steps.try_recv(), Ok(CheckEvent::Done));
        assert!(steps.try_recv().is_err(), "told once");
    }

    #[test]
    fn a_test_sound_ends_after_its_time_and_says_so_once() {
        let (teller, mut steps) = unbounded_channel();
        let mut sound = Sound {
            phrase: Some(Playing::chime()),
            ticks: CHIME + LINGER,
            teller,
        };
        for _ in 0..169 {
            tick(&mut sound, 0.0);
        }
        assert!(steps.try_recv().is_err());
        for _ in 0..100 {
            tick(&mut sound, 0.0);
        }
        assert_eq!(steps.try_recv(), Ok(CheckEvent::Done));
        assert!(steps.try_recv().is_err());
    }
}
