//! What happens in a tick. No clock, no thread: the pump's call it.

use std::collections::BTreeMap;

use alobar_core::CallId;
use tokio::sync::mpsc::UnboundedSender;

use super::clock::Clockwork;
use super::hardware::{Hardware, Needs};
use super::processing::{Bypass, Processing, Sonora};
use super::pump::Command;
use super::rate::{Reader, Writer};
use super::stream::End;
use super::tone::Playing;
use super::volume::Fader;
use super::wav::{WavSink, WavSource};
use super::{
    AudioConfig, AudioError, AudioEvent, CallAudio, DeviceChoice, DeviceRole, FRAME, Frame, Input,
    Output, SILENCE,
};

/// Ticks per report of levels: 20 a second.
const LEVELS_EVERY: u32 = 5;

enum Source {
    Silence,
    Wav(WavSource),
    /// `None` while no microphone is open.
    Microphone(Option<Box<Reader>>),
}

enum Sink {
    Discard,
    Wav(WavSink),
    /// `None` while closed.
    Devices {
        speaker: Option<Box<Writer>>,
        ringer: Option<Box<Writer>>,
    },
}

struct Call {
    audio: Box<dyn CallAudio>,
    /// A file source has begun to play into this call.
    begun: bool,
}

pub(super) struct Engine {
    calls: BTreeMap<CallId, Call>,
    focus: Option<CallId>,
    muted: bool,
    tone: Option<Playing>,
    /// A stopped tone that has not faded out yet.
    leaving: Option<Playing>,
    ring: Fader,
    source: Source,
    sink: Sink,
    hardware: Option<Hardware>,
    needs: Needs,
    processing: Box<dyn Processing>,
    meter: Meter,
    events: UnboundedSender<AudioEvent>,
}

impl Engine {
    pub(super) fn new(
        config: AudioConfig,
        events: UnboundedSender<AudioEvent>,
    ) -> Result<Self, AudioError> {
        let mut choice = DeviceChoice {
            ringer: config.ringer,
            ring_volume: config.ring_volume,
            ..DeviceChoice::default()
        };
        let source = match config.input {
            Input::Silence => Source::Silence,
            Input::Wav(path) => Source::Wav(WavSource::load(&path)?),
            Input::Device(id) => {
                choice.microphone = id;
                Source::Microphone(None)
            }
        };
        let sink = match config.output {
            Output::Discard => Sink::Discard,
            Output::Wav(path) => Sink::Wav(WavSink::create(&path)?),
            Output::Device(id) => {
                choice.speaker = id;
                Sink::Devices {
                    speaker: None,
                    ringer: None,
                }
            }
        };
        let uses_devices =
            matches!(source, Source::Microphone(_)) || matches!(sink, Sink::Devices { .. });
        let hardware = uses_devices
            .then(|| Hardware::start(choice, events.clone()))
            .transpose()?;
        let processing: Box<dyn Processing> = if config.processing {
            Box::new(Sonora::new())
        } else {
            Box::new(Bypass)
        };
        Ok(Self {
            calls: BTreeMap::new(),
            focus: None,
            muted: false,
            tone: None,
            leaving: None,
            ring: Fader::new(config.ring_volume),
            source,
            sink,
            hardware,
            needs: Needs::default(),
            processing,
            meter: Meter::default(),
            events,
        })
    }

    fn unfocus(&mut self, id: CallId) {
        if self.focus.take_if(|focus| *focus == id).is_some()
            && let Sink::Wav(sink) = &mut self.sink
        {
            sink.flush();
        }
    }

    fn tell_needs(&mut self) {
        let Some(hardware) = &self.hardware else {
            return;
        };
        let focused = self.focus.is_some_and(|id| self.calls.contains_key(&id));
        let tones = || self.tone.iter().chain(&self.leaving);
        let has_speaker = matches!(self.sink, Sink::Devices { .. });
        let needs = Needs {
            microphone: focused && matches!(self.source, Source::Microphone(_)),
            speaker: has_speaker && (focused || tones().any(|tone| !tone.rings())),
            ringer: has_speaker && tones().any(Playing::rings),
        };
        if needs != self.needs {
            self.needs = needs;
            hardware.need(needs);
        }
    }

    fn take_ends(&mut self) {
        let Some(hardware) = &self.hardware else {
            return;
        };
        while let Some((role, end)) = hardware.next_end() {
            let (reader, writer) = match end {
                Some(End::Reader(reader)) => (Some(reader), None),
                Some(End::Writer(writer)) => (None, Some(writer)),
                None => (None, None),
            };
            match (role, &mut self.source, &mut self.sink) {
                (DeviceRole::Microphone, Source::Microphone(place), _) => *place = reader,
                (DeviceRole::Speaker, _, Sink::Devices { speaker, .. }) => *speaker = writer,
                (DeviceRole::Ringer, _, Sink::Devices { ringer, .. }) => *ringer = writer,
                _ => {}
            }
        }
    }

    /// Sends `heard` and the tones where they belong; `heard` becomes what the speaker plays.
    fn play(&mut self, heard: &mut Frame) {
        match &mut self.sink {
            Sink::Discard => {}
            Sink::Wav(sink) => {
                // A held call is silence in the recording, not a gap.
                if self.focus.is_some() || self.calls.values().any(|call| call.audio.ready()) {
                    sink.write(heard);
                }
            }
            Sink::Devices { speaker, ringer } => {
                let mut ringing = SILENCE;
                // A tone whose device is not open yet waits for it, to be heard from its beginning.
                let open = |tone: &Playing| match tone.rings() {
                    true => ringer.is_some(),
                    false => speaker.is_some(),
                };
                if let Some(tone) = self.tone.as_mut().filter(|tone| open(tone)) {
                    tone.add(if tone.rings() { &mut ringing } else { heard });
                }
                if let Some(tone) = self.leaving.as_mut().filter(|tone| open(tone)) {
                    tone.add_farewell(if tone.rings() { &mut ringing } else { heard });
                }
                if let Some(speaker) = speaker {
                    speaker.write(heard);
                }
                if let Some(ringer) = ringer {
                    self.ring.apply(&mut ringing);
                    ringer.write(&ringing);
                }
            }
        }
        if self.leaving.take().is_some() {
            self.tell_needs();
        }
    }

    /// What the person says, given what is played.
    fn listen(&mut self, heard: &Frame) -> Frame {
        let Some(call) = self.focus.and_then(|id| self.calls.get_mut(&id)) else {
            return SILENCE;
        };
        let mut said = SILENCE;
        match &mut self.source {
            Source::Silence | Source::Microphone(None) => {}
            Source::Microphone(Some(microphone)) => microphone.read(&mut said),
            Source::Wav(source) => {
                if !call.begun && call.audio.ready() {
                    call.begun = true;
                    source.rewind();
                }
                if source.read(&mut said) {
                    // Fails only when nobody listens any more.
                    let _ = self.events.send(AudioEvent::SourceFinished);
                }
            }
        }
        self.processing.far(heard);
        self.processing.near(&mut said);
        if let Some(levels) = self.meter.measure(&said, heard) {
            // As above.
            let _ = self.events.send(levels);
        }
        said
    }
}

impl Clockwork for Engine {
    type Command = Command;

    fn is_idle(&self) -> bool {
        self.calls.is_empty() && self.tone.is_none() && self.leaving.is_none()
    }

    fn perform(&mut self, command: Command) {
        match command {
            Command::Attach(id, audio) => {
                self.calls.insert(
                    id,
                    Call {
                        audio,
                        begun: false,
                    },
                );
            }
            Command::Detach(id) => {
                self.calls.remove(&id);
                self.unfocus(id);
            }
            Command::Focus(id, true) => self.focus = Some(id),
            Command::Focus(id, false) => self.unfocus(id),
            Command::Mute(on) => self.muted = on,
            Command::Tone(tone) => {
                self.leaving = self.tone.take();
                self.tone = tone.map(Playing::new);
            }
            Command::Choose(choice) => {
                self.ring.set(choice.ring_volume);
                if let Some(hardware) = &self.hardware {
                    hardware.choose(choice);
                }
            }
        }
        self.tell_needs();
    }

    fn tick(&mut self) {
        self.take_ends();
        let mut heard = SILENCE;
        for (id, call) in &mut self.calls {
            let mut frame = SILENCE;
            call.audio.playback(&mut frame);
            if self.focus == Some(*id) {
                heard = frame;
            }
        }
        self.play(&mut heard);
        let said = self.listen(&heard);
        for (id, call) in &mut self.calls {
            let has_focus = self.focus == Some(*id) && !self.muted;
            call.audio.capture(if has_focus { &said } else { &SILENCE });
        }
    }
}

/// Collects [`AudioEvent::Levels`].
#[derive(Debug, Default)]
struct Meter {
    microphone: f32,
    speaker: f32,
    ticks: u32,
}

impl Meter {
    fn measure(&mut self, said: &Frame, heard: &Frame) -> Option<AudioEvent> {
        let power = |frame: &Frame| frame.iter().map(|s| s * s).sum::<f32>();
        self.microphone += power(said);
        self.speaker += power(heard);
        self.ticks += 1;
        if self.ticks < LEVELS_EVERY {
            return None;
        }
        let rms = |power: f32| {
            (power / (LEVELS_EVERY as usize * FRAME) as f32)
                .sqrt()
                .min(1.0)
        };
        let levels = AudioEvent::Levels {
            microphone: rms(self.microphone),
            speaker: rms(self.speaker),
        };
        *self = Self::default();
        Some(levels)
    }
}

#[cfg(test)]
mod tests;
