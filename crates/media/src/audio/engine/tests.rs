use std::sync::{Arc, Mutex};

use alobar_core::Tone;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::*;
use crate::audio::rate::ring_capacity;
use crate::audio::{SAMPLE_RATE, Volume};

/// Says one value for ever and keeps the value it last heard.
struct Peer {
    says: f32,
    hears: Arc<Mutex<f32>>,
    ready: Arc<Mutex<bool>>,
}

impl CallAudio for Peer {
    fn capture(&mut self, frame: &Frame) {
        *self.hears.lock().unwrap() = frame[0];
    }

    fn playback(&mut self, frame: &mut Frame) {
        frame.fill(self.says);
    }

    fn ready(&self) -> bool {
        *self.ready.lock().unwrap()
    }
}

struct Room {
    engine: Engine,
    events: UnboundedReceiver<AudioEvent>,
    folder: tempfile::TempDir,
}

impl Room {
    /// 20 ms of 0.5 to say, everything heard is recorded.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 48_000,
            bits_per_sample: 32,
            sample_format: hound::SampleFormat::Float,
        };
        let said = folder.path().join("said.wav");
        let mut file = hound::WavWriter::create(&said, spec).unwrap();
        for _ in 0..2 * FRAME {
            file.write_sample(0.5_f32).unwrap();
        }
        file.finalize().unwrap();
        let (sender, events) = unbounded_channel();
        let config = AudioConfig {
            input: Input::Wav(said),
            output: Output::Wav(folder.path().join("heard.wav")),
            ringer: None,
            ring_volume: Volume::FULL,
            processing: false,
        };
        Self {
            engine: Engine::new(config, sender).unwrap(),
            events,
            folder,
        }
    }

    fn attach(&mut self, call: u64, says: f32) -> (Arc<Mutex<f32>>, Arc<Mutex<bool>>) {
        let (hears, ready) = (Arc::new(Mutex::new(f32::NAN)), Arc::new(Mutex::new(true)));
        let peer = Peer {
            says,
            hears: hears.clone(),
            ready: ready.clone(),
        };
        self.engine
            .perform(Command::Attach(CallId(call), Box::new(peer)));
        (hears, ready)
    }

    fn focus(&mut self, call: u64) {
        self.engine.perform(Command::Focus(CallId(call), true));
    }

    /// Ends everything; what was recorded, one sample of each 10 ms.
    fn recording(self) -> Vec<f32> {
        drop(self.engine);
        let file = hound::WavReader::open(self.folder.path().join("heard.wav")).unwrap();
        let samples = file.into_samples::<i16>().step_by(FRAME);
        samples
            .map(|sample| f32::from(sample.unwrap()) / 32768.0)
            .collect()
    }
}

#[test]
fn only_the_call_with_the_focus_hears_us_and_is_heard() {
    let mut room = Room::new();
    let (first, _) = room.attach(1, 0.25);
    let (second, _) = room.attach(2, 0.75);
    room.engine.tick();
    room.focus(1);
    room.engine.tick();
    assert_eq!(
        (*first.lock().unwrap(), *second.lock().unwrap()),
        (0.5, 0.0)
    );
    room.focus(2);
    room.engine.tick();
    assert_eq!(
        (*first.lock().unwrap(), *second.lock().unwrap()),
        (0.0, 0.5)
    );
    // Nobody has the focus at first: silence, as of a held call.
    assert_eq!(room.recording(), [0.0, 0.25, 0.75]);
}

#[test]
fn mute_silences_us_and_not_the_peer() {
    let mut room = Room::new();
    let (hears, _) = room.attach(1, 0.25);
    room.focus(1);
    room.engine.perform(Command::Mute(true));
    room.engine.tick();
    assert_eq!(*hears.lock().unwrap(), 0.0);
    room.engine.perform(Command::Mute(false));
    room.engine.tick();
    assert_eq!(*hears.lock().unwrap(), 0.5);
    assert_eq!(room.recording(), [0.25, 0.25]);
}

#[test]
fn a_file_starts_when_the_call_is_ready_plays_once_and_anew_into_the_next_call() {
    let mut room = Room::new();
    let (hears, ready) = room.attach(1, 0.0);
    *ready.lock().unwrap() = false;
    room.focus(1);
    room.engine.tick();
    assert_eq!(*hears.lock().unwrap(), 0.0);
    *ready.lock().unwrap() = true;
    for expected in [0.5, 0.5, 0.0] {
        room.engine.tick();
        assert_eq!(*hears.lock().unwrap(), expected);
    }
    assert_eq!(room.events.try_recv(), Ok(AudioEvent::SourceFinished));
    room.engine.perform(Command::Detach(CallId(1)));
    let (hears, _) = room.attach(2, 0.0);
    room.focus(2);
    room.engine.tick();
    assert_eq!(*hears.lock().unwrap(), 0.5);
}

#[test]
fn tones_are_not_recorded() {
    let mut room = Room::new();
    room.attach(1, 0.0);
    room.focus(1);
    room.engine.perform(Command::Tone(Some(Tone::Busy)));
    for _ in 0..20 {
        room.engine.tick();
    }
    assert!(room.recording().iter().all(|sample| *sample == 0.0));
}

#[test]
fn levels_are_told_twenty_times_a_second_while_a_call_has_the_focus() {
    let mut room = Room::new();
    room.attach(1, 0.25);
    for _ in 0..100 {
        room.engine.tick();
    }
    assert!(room.events.try_recv().is_err(), "nobody has the focus");
    room.focus(1);
    let mut levels = Vec::new();
    for _ in 0..100 {
        room.engine.tick();
        while let Ok(event) = room.events.try_recv() {
            levels.extend(matches!(event, AudioEvent::Levels { .. }).then_some(event));
        }
    }
    assert_eq!(levels.len(), 20);
    let AudioEvent::Levels {
        microphone,
        speaker,
    } = levels[0]
    else {
        unreachable!()
    };
    assert!((microphone - 0.5 * 0.4_f32.sqrt()).abs() < 1e-3);
    assert!((speaker - 0.25).abs() < 1e-3);
}

#[test]
fn without_calls_and_tones_nothing_ticks() {
    let mut room = Room::new();
    assert!(room.engine.is_idle());
    room.attach(1, 0.0);
    assert!(!room.engine.is_idle());
    room.engine.perform(Command::Detach(CallId(1)));
    assert!(room.engine.is_idle());
    room.engine.perform(Command::Tone(Some(Tone::Busy)));
    assert!(!room.engine.is_idle());
    room.engine.perform(Command::Tone(None));
    room.engine.tick();
    assert!(room.engine.is_idle());
}

/// The speaker and the ringer of an engine, with nobody at their other ends but the test.
struct Desk {
    engine: Engine,
    speaker: rtrb::Consumer<f32>,
    ringer: rtrb::Consumer<f32>,
}

impl Desk {
    fn new() -> Self {
        let config = AudioConfig {
            input: Input::Silence,
            output: Output::Discard,
            ringer: None,
            ring_volume: Volume::FULL,
            processing: false,
        };
        let mut engine = Engine::new(config, unbounded_channel().0).unwrap();
        let device = || {
            let (ring, heard) = rtrb::RingBuffer::new(ring_capacity(SAMPLE_RATE));
            (
                Some(Box::new(Writer::new(ring, SAMPLE_RATE).unwrap())),
                heard,
            )
        };
        let ((speaker_end, speaker), (ringer_end, ringer)) = (device(), device());
        engine.sink = Sink::Devices {
            speaker: speaker_end,
            ringer: ringer_end,
        };
        Self {
            engine,
            speaker,
            ringer,
        }
    }

    fn ring_volume(&mut self, percent: u8) {
        self.engine.perform(Command::Choose(DeviceChoice {
            ring_volume: Volume::from_percent(percent),
            ..DeviceChoice::default()
        }));
    }

    fn ringer_end(&mut self) -> &mut Option<Box<Writer>> {
        match &mut self.engine.sink {
            Sink::Devices { ringer, .. } => ringer,
            Sink::Discard | Sink::Wav(_) => unreachable!(),
        }
    }

    /// Plays on for half a second; what came out of the speaker and the ringer.
    fn play(&mut self) -> (Vec<f32>, Vec<f32>) {
        let mut sounds = (Vec::new(), Vec::new());
        for _ in 0..50 {
            self.engine.tick();
            sounds.0.extend(drain(&mut self.speaker));
            sounds.1.extend(drain(&mut self.ringer));
        }
        sounds
    }

    /// [`Desk::play`] of a tone from its beginning.
    fn play_tone(&mut self, tone: Tone) -> (Vec<f32>, Vec<f32>) {
        self.engine.perform(Command::Tone(Some(tone)));
        self.play();
        self.engine.perform(Command::Tone(Some(tone)));
        self.play()
    }
}

/// What a device takes in 10 ms.
fn drain(ring: &mut rtrb::Consumer<f32>) -> Vec<f32> {
    let sound = std::iter::from_fn(|| ring.pop().ok());
    sound.take(FRAME).collect()
}

fn rms(sound: &[f32]) -> f32 {
    (sound.iter().map(|s| s * s).sum::<f32>() / sound.len() as f32).sqrt()
}

#[test]
fn the_ring_is_as_loud_as_its_volume_says_and_silent_at_zero() {
    let mut desk = Desk::new();
    let full = rms(&desk.play_tone(Tone::Ringtone).1);
    assert!(full > 0.05, "{full}");
    for (percent, gain) in [(50, 0.315), (25, 0.099), (0, 0.0)] {
        desk.ring_volume(percent);
        let (speaker, ringer) = desk.play_tone(Tone::Ringtone);
        let part = rms(&ringer) / full;
        assert!((part - gain).abs() < 0.01, "{percent} %: {part}");
        assert_eq!(rms(&speaker), 0.0);
    }
}

#[test]
fn a_volume_chosen_while_it_rings_is_heard_at_once_without_a_click() {
    let mut desk = Desk::new();
    desk.engine.perform(Command::Tone(Some(Tone::Ringtone)));
    let mut ring = desk.play().1;
    desk.ring_volume(0);
    ring.extend(desk.play().1);
    let steps = ring.windows(2).map(|pair| (pair[1] - pair[0]).abs());
    assert!(steps.fold(0.0, f32::max) < 0.15);
    let silent_from = ring.len() - 40 * FRAME;
    assert!(rms(&ring[..silent_from]) > 0.05);
    assert_eq!(rms(&ring[silent_from..]), 0.0);
}

#[test]
fn the_ring_volume_leaves_calls_and_other_tones_alone() {
    let mut desk = Desk::new();
    let busy = rms(&desk.play_tone(Tone::Busy).0);
    desk.ring_volume(0);
    assert!((rms(&desk.play_tone(Tone::Busy).0) / busy - 1.0).abs() < 0.02);
    desk.engine.perform(Command::Tone(None));
    let peer = Peer {
        says: 0.25,
        hears: Arc::default(),
        ready: Arc::default(),
    };
    desk.engine
        .perform(Command::Attach(CallId(1), Box::new(peer)));
    desk.engine.perform(Command::Focus(CallId(1), true));
    desk.play();
    assert!((rms(&desk.play().0) - 0.25).abs() < 0.01);
}

#[test]
fn a_ring_waits_for_its_device_and_then_begins_at_its_beginning() {
    let mut desk = Desk::new();
    let late = desk.ringer_end().take();
    desk.engine.perform(Command::Tone(Some(Tone::Ringtone)));
    assert_eq!(desk.play().1.len(), 0);
    *desk.ringer_end() = late;
    let begun = desk.play().1;
    let at_once = Desk::new().play_tone(Tone::Ringtone).1;
    assert!((rms(&begun) / rms(&at_once) - 1.0).abs() < 0.05);
}
