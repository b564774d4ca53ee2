use std::sync::{Arc, Mutex};

use alobar_core::Tone;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::*;

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
