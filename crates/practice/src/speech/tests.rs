use super::*;
use crate::clip::{Clip, Clips};
use crate::voice::FRAME;

/// Sound made in pieces, and when speech was heard in it (s).
struct Line {
    sound: Vec<f32>,
    noise: f32,
    random: u32,
}

impl Line {
    /// With white noise of `dbfs` all along.
    fn with_noise(dbfs: f32) -> Self {
        Self {
            sound: Vec::new(),
            noise: 10_f32.powf(dbfs / 20.0),
            random: 1,
        }
    }

    fn quiet() -> Self {
        Self::with_noise(-90.0)
    }

    fn silence(mut self, seconds: f32) -> Self {
        self.add(&vec![0.0; (seconds * SAMPLE_RATE as f32) as usize]);
        self
    }

    /// `gain` in dB beside the clip's own -24 dBFS.
    fn clip(mut self, clip: Clip, gain: f32) -> Self {
        let clips = Clips::load().unwrap();
        let mut sound = vec![0.0; clips.sound(clip).len()];
        clips.sound(clip).read(0, &mut sound);
        let factor = 10_f32.powf(gain / 20.0);
        sound.iter_mut().for_each(|sample| *sample *= factor);
        self.add(&sound);
        self
    }

    fn hum(mut self, hertz: f32, peak: f32, seconds: f32) -> Self {
        let wave =
            |n: usize| peak * (std::f32::consts::TAU * hertz * n as f32 / SAMPLE_RATE as f32).sin();
        let samples: Vec<f32> = (0..(seconds * SAMPLE_RATE as f32) as usize)
            .map(wave)
            .collect();
        self.add(&samples);
        self
    }

    fn add(&mut self, sound: &[f32]) {
        for sample in sound {
            self.random = self
                .random
                .wrapping_mul(1_664_525)
                .wrapping_add(1_013_904_223);
            // Evenly spread, so the RMS is a root of three below the peak.
            let noise = (self.random as f32 / u32::MAX as f32 * 2.0 - 1.0) * 3_f32.sqrt();
            self.sound.push(sample + noise * self.noise);
        }
    }

    fn length(&self) -> f32 {
        self.sound.len() as f32 / SAMPLE_RATE as f32
    }

    fn heard(&self) -> Vec<(SpeechEvent, f32)> {
        let mut speech = Speech::default();
        let mut events = Vec::new();
        for (n, frame) in self.sound.chunks_exact(FRAME).enumerate() {
            if let Some(event) = speech.frame(frame.try_into().unwrap()) {
                events.push((event, (n + 1) as f32 / 100.0));
            }
        }
        events
    }
}

/// One utterance, begun at `begin` and ended at `end`, found in time.
fn assert_one_utterance(line: &Line, begin: f32, end: f32) {
    let events = line.heard();
    let [(SpeechEvent::Began, began), (SpeechEvent::Ended, ended)] = events[..] else {
        panic!("{events:?}");
    };
    assert!((0.0..0.25).contains(&(began - begin)), "began {events:?}");
    let pause = ended - end;
    assert!((0.5..1.0).contains(&pause), "ended after {pause} s");
}

#[test]
fn a_sentence_is_one_utterance() {
    let line = Line::quiet().silence(0.5);
    let line = line.clip(Clip::ViCustomerRequest, 0.0);
    let end = line.length();
    assert_one_utterance(&line.silence(2.0), 0.5, end);
}

#[test]
fn a_single_word_is_an_utterance() {
    for clip in [Clip::ViCustomerHello, Clip::ViCustomerGoodbye, Clip::EnSix] {
        let line = Line::quiet().silence(0.5).clip(clip, 0.0);
        let end = line.length();
        assert_one_utterance(&line.silence(2.0), 0.5, end);
    }
}

#[test]
fn somebody_who_speaks_softly_in_a_quiet_room_is_heard() {
    let line = Line::with_noise(-65.0).silence(1.0);
    let line = line.clip(Clip::ViCustomerRequest, -12.0);
    let end = line.length();
    assert_one_utterance(&line.silence(2.0), 1.0, end);
}

#[test]
fn speech_over_the_noise_of_an_office_is_one_utterance() {
    let line = Line::with_noise(-45.0).silence(1.0);
    let line = line.clip(Clip::ViCustomerRequest, 0.0);
    let end = line.length();
    assert_one_utterance(&line.silence(2.0), 1.0, end);
}

#[test]
fn somebody_who_speaks_at_once_is_heard() {
    let line = Line::with_noise(-55.0).clip(Clip::ViCustomerRequest, 0.0);
    let end = line.length();
    assert_one_utterance(&line.silence(2.0), 0.0, end);
}

#[test]
fn a_pause_between_words_does_not_end_the_utterance() {
    let line = Line::quiet().silence(0.5).clip(Clip::ViWelcome, 0.0);
    let line = line.silence(0.4).clip(Clip::EnWelcome, 0.0);
    let end = line.length();
    assert_one_utterance(&line.silence(2.0), 0.5, end);
}

#[test]
fn two_sentences_with_a_silence_between_are_two_utterances() {
    let line = Line::quiet().silence(0.5).clip(Clip::ViWelcome, 0.0);
    let line = line.silence(1.5).clip(Clip::EnWelcome, 0.0).silence(1.5);
    assert_eq!(line.heard().len(), 4);
}

#[test]
fn steady_noise_is_not_speech() {
    for dbfs in [-90.0, -60.0, -47.0, -40.0, -30.0] {
        let line = Line::with_noise(dbfs).silence(10.0);
        assert_eq!(line.heard(), [], "noise of {dbfs} dBFS");
    }
}

#[test]
fn comfort_noise_that_sets_in_is_not_speech() {
    let line = Line::quiet().silence(1.0);
    let noise = 10_f32.powf(-48.0 / 20.0);
    let line = Line { noise, ..line }.silence(5.0);
    assert_eq!(line.heard(), []);
}

#[test]
fn a_long_vowel_from_the_first_moment_on_is_speech() {
    let line = Line::quiet().hum(300.0, 0.2, 1.0);
    assert_eq!(line.heard()[0].0, SpeechEvent::Began);
}

#[test]
fn noise_that_sets_in_is_forgotten_after_a_while() {
    let line = Line::quiet().silence(1.0);
    let mut line = Line {
        noise: 0.01,
        ..line
    };
    line = line.silence(10.0);
    let events = line.heard();
    let (last, at) = events[events.len() - 1];
    assert_eq!(last, SpeechEvent::Ended);
    assert!(at < 6.0, "{events:?}");
}

#[test]
fn hum_of_the_mains_is_not_speech() {
    let line = Line::quiet().silence(0.5).hum(50.0, 0.01, 5.0);
    assert_eq!(line.heard(), []);
}

#[test]
fn clicks_are_not_speech_and_do_not_keep_an_utterance_alive() {
    let clicks =
        |line: Line| (0..6).fold(line, |line, _| line.hum(1_000.0, 0.5, 0.01).silence(0.39));
    let line = clicks(Line::quiet().silence(0.5));
    assert_eq!(line.heard(), []);
    let line = line.clip(Clip::ViCustomerHello, 0.0);
    let end = line.length();
    let line = clicks(line.silence(0.1));
    let events = line.heard();
    assert_eq!(events.len(), 2, "{events:?}");
    assert!(events[1].1 - end < 1.0, "{events:?}");
}

#[test]
fn a_broken_frame_does_not_make_the_detector_deaf() {
    let mut line = Line::quiet().silence(0.5);
    line.sound[1_000] = f32::NAN;
    line.sound[2_000] = f32::INFINITY;
    let line = line.clip(Clip::ViCustomerRequest, 0.0);
    let end = line.length();
    assert_one_utterance(&line.silence(2.0), 0.5, end);
}
