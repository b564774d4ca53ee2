//! The sounds we make ourselves, synthesised.

use std::f32::consts::TAU;

use alobar_core::Tone;

use super::{FRAME, Frame, SAMPLE_RATE};

/// One sound within a tone's period.
#[derive(Debug)]
struct Note {
    /// Seconds into the period.
    start: f32,
    length: f32,
    hertz: f32,
    /// Peak, full scale 1.
    peak: f32,
    /// Time constant of the fading (s); infinite for an even tone.
    decay: f32,
    /// Part of the second harmonic: a little makes a bell of a beep.
    octave: f32,
}

/// Edges are rounded over this time (s): no clicks.
const EDGE: f32 = 0.010;

const fn even(start: f32, length: f32, peak: f32) -> Note {
    Note {
        start,
        length,
        hertz: 425.0,
        peak,
        decay: f32::INFINITY,
        octave: 0.0,
    }
}

const fn bell(start: f32, hertz: f32) -> Note {
    Note {
        start,
        length: 0.45,
        hertz,
        peak: 0.5,
        decay: 0.3,
        octave: 0.15,
    }
}

const fn chime(start: f32, length: f32, hertz: f32) -> Note {
    Note {
        start,
        length,
        hertz,
        peak: 0.27,
        decay: 0.35,
        octave: 0.1,
    }
}

/// Two bells a fourth apart, twice, then a rest.
const RINGTONE: &[Note] = &[
    bell(0.0, 783.99),
    bell(0.22, 1046.5),
    bell(0.8, 783.99),
    bell(1.02, 1046.5),
];
/// Viet Nam, ITU-T E.180 Supplement 2: 425 Hz, 1 s on, 4 s off.
const RINGBACK: &[Note] = &[even(0.0, 1.0, 0.18)];
/// Same source: 425 Hz, 0.5 s on, 0.5 s off.
const BUSY: &[Note] = &[even(0.0, 0.5, 0.18)];
/// Much quieter than speech, which it must not cover.
const CALL_WAITING: &[Note] = &[even(0.0, 0.2, 0.04)];

/// A third upwards, as loud as speech: tries a speaker out.
const CHIME: &[Note] = &[chime(0.0, 0.6, 659.25), chime(0.6, 0.9, 830.61)];

/// The notes of a tone and after how many seconds they repeat.
const fn score(tone: Tone) -> (&'static [Note], f32) {
    match tone {
        Tone::Ringtone => (RINGTONE, 3.0),
        Tone::Ringback => (RINGBACK, 5.0),
        Tone::Busy => (BUSY, 1.0),
        Tone::CallWaiting => (CALL_WAITING, 4.0),
    }
}

impl Note {
    /// Value `time` seconds after the start of the note.
    fn at(&self, time: f32) -> f32 {
        if !(0.0..self.length).contains(&time) {
            return 0.0;
        }
        let edge = (time.min(self.length - time) / EDGE).min(1.0);
        let phase = TAU * self.hertz * time;
        let wave = (1.0 - self.octave) * phase.sin() + self.octave * (2.0 * phase).sin();
        self.peak * edge * edge * (3.0 - 2.0 * edge) * (-time / self.decay).exp() * wave
    }
}

/// A tone being played.
#[derive(Debug)]
pub(super) struct Playing {
    notes: &'static [Note],
    /// In samples.
    period: usize,
    rings: bool,
    /// Samples into the period.
    position: usize,
}

impl Playing {
    pub(super) fn new(tone: Tone) -> Self {
        let (notes, period) = score(tone);
        Self {
            notes,
            period: (period * SAMPLE_RATE as f32) as usize,
            rings: tone == Tone::Ringtone,
            position: 0,
        }
    }

    /// A second and a half, once: the rest is silence for as long as anybody listens.
    pub(super) fn chime() -> Self {
        Self {
            notes: CHIME,
            period: usize::MAX,
            rings: false,
            position: 0,
        }
    }

    /// Whether it belongs on the ringer device, not in the headset.
    pub(super) fn rings(&self) -> bool {
        self.rings
    }

    /// The next 10 ms, added to `frame`.
    pub(super) fn add(&mut self, frame: &mut Frame) {
        for sample in frame {
            let time = self.position as f32 / SAMPLE_RATE as f32;
            *sample += self
                .notes
                .iter()
                .map(|note| note.at(time - note.start))
                .sum::<f32>();
            self.position = (self.position + 1) % self.period;
        }
    }

    /// The last 10 ms of a tone that is stopped: it fades instead of clicking.
    pub(super) fn add_farewell(&mut self, frame: &mut Frame) {
        let mut last = [0.0; FRAME];
        self.add(&mut last);
        for (n, (sample, tone)) in frame.iter_mut().zip(last).enumerate() {
            *sample += tone * (1.0 - n as f32 / FRAME as f32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn play(tone: Tone, seconds: usize) -> Vec<f32> {
        sound_of(Playing::new(tone), seconds)
    }

    fn sound_of(mut playing: Playing, seconds: usize) -> Vec<f32> {
        let mut sound = Vec::new();
        for _ in 0..seconds * 100 {
            let mut frame = [0.0; FRAME];
            playing.add(&mut frame);
            sound.extend(frame);
        }
        sound
    }

    fn second(sound: &[f32], from: f32, to: f32) -> &[f32] {
        let at = |time: f32| (time * SAMPLE_RATE as f32) as usize;
        &sound[at(from)..at(to)]
    }

    fn dbfs(sound: &[f32]) -> f32 {
        let mean = sound.iter().map(|s| s * s).sum::<f32>() / sound.len() as f32;
        10.0 * mean.max(1e-12).log10()
    }

    /// Part of the power that lies at `hertz` (Goertzel).
    fn share_at(sound: &[f32], hertz: f32) -> f32 {
        let (mut cos, mut sin, mut total) = (0.0, 0.0, 0.0);
        for (n, s) in sound.iter().enumerate() {
            let phase = TAU * hertz * n as f32 / SAMPLE_RATE as f32;
            cos += s * phase.cos();
            sin += s * phase.sin();
            total += s * s;
        }
        2.0 * (cos * cos + sin * sin) / (total * sound.len() as f32)
    }

    #[test]
    fn ringback_is_425_hz_one_second_of_five() {
        let sound = play(Tone::Ringback, 6);
        assert!(share_at(second(&sound, 0.1, 0.9), 425.0) > 0.99);
        assert!((-20.0..-12.0).contains(&dbfs(second(&sound, 0.0, 1.0))));
        assert!(dbfs(second(&sound, 1.0, 5.0)) < -100.0);
        assert!((-20.0..-12.0).contains(&dbfs(second(&sound, 5.0, 6.0))));
    }

    #[test]
    fn busy_is_425_hz_half_on_half_off() {
        let sound = play(Tone::Busy, 2);
        assert!(share_at(second(&sound, 0.1, 0.4), 425.0) > 0.99);
        assert!(dbfs(second(&sound, 0.5, 1.0)) < -100.0);
        assert!((-20.0..-12.0).contains(&dbfs(second(&sound, 1.0, 1.5))));
    }

    #[test]
    fn call_waiting_does_not_cover_speech() {
        let beep = play(Tone::CallWaiting, 1);
        assert!((-40.0..-28.0).contains(&dbfs(second(&beep, 0.0, 0.2))));
    }

    #[test]
    fn the_ringtone_is_loud_enough_and_never_clips_or_clicks() {
        let sound = play(Tone::Ringtone, 6);
        assert!((-20.0..-12.0).contains(&dbfs(second(&sound, 0.0, 1.2))));
        assert!(sound.iter().all(|s| s.abs() < 0.9));
        assert!(steepest(&sound) < 0.15, "{}", steepest(&sound));
    }

    fn steepest(sound: &[f32]) -> f32 {
        let steps = sound.windows(2).map(|w| (w[1] - w[0]).abs());
        steps.fold(0.0, f32::max)
    }

    #[test]
    fn the_chime_is_as_loud_as_speech_for_a_second_and_a_half_and_does_not_click() {
        let sound = sound_of(Playing::chime(), 3);
        let peak = sound.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
        assert!((-12.5..-11.5).contains(&(20.0 * peak.log10())), "{peak}");
        assert!(dbfs(second(&sound, 1.4, 1.45)) > -50.0);
        assert!(dbfs(second(&sound, 1.5, 3.0)) < -100.0);
        assert!(steepest(&sound) < 0.05, "{}", steepest(&sound));
    }

    #[test]
    fn a_stopped_tone_fades_out() {
        let mut playing = Playing::new(Tone::Busy);
        let mut frame = [0.0; FRAME];
        for _ in 0..10 {
            frame = [0.0; FRAME];
            playing.add(&mut frame);
        }
        let mut last = [0.0; FRAME];
        playing.add_farewell(&mut last);
        assert!((last[0] - frame[FRAME - 1]).abs() < 0.05);
        assert!(last[FRAME - 1].abs() < 0.001);
    }
}
