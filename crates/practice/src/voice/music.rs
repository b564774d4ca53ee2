//! Sounds made by arithmetic: music, and the tone of a ringing line.

use std::f32::consts::TAU;

use super::{Frame, SAMPLE_RATE, Voice};

/// Between two notes, in samples: 0.4 s.
const BEAT: usize = 19_200;
/// How many beats a note is heard, over the ones that follow: until it has faded below hearing.
const RING: usize = 4;
/// Peak of one note: quiet, since it may sound for minutes.
const PEAK: f32 = 0.06;
/// Edges are rounded over this time (s): no clicks.
const EDGE: f32 = 0.010;

/// Steps of a pentatonic scale, which cannot clash, in half tones above C5. Played for ever.
const MELODY: [u8; 32] = [
    0, 4, 7, 12, 9, 7, 4, 7, 2, 7, 9, 14, 12, 9, 7, 9, 4, 7, 12, 16, 14, 12, 9, 12, 7, 9, 12, 9, 7,
    4, 2, 0,
];
const C5: f32 = 523.25;

/// Quiet music without an end: number 602, and whoever is on hold.
#[derive(Debug, Clone, Copy, Default)]
pub struct Music {
    /// Samples into the melody.
    position: usize,
}

impl Music {
    /// The note that began `back` beats before the present one.
    fn note(self, back: usize) -> f32 {
        let beats = MELODY.len();
        let step = MELODY[(self.position / BEAT + beats - back) % beats];
        let hertz = C5 * (f32::from(step) / 12.0).exp2();
        let since = (self.position % BEAT + back * BEAT) as f32 / SAMPLE_RATE as f32;
        let edge = (since / EDGE).min(1.0);
        let wave = (TAU * hertz * since).sin() + 0.2 * (TAU * 2.0 * hertz * since).sin();
        PEAK * edge * (-3.0 * since).exp() * wave
    }
}

impl Voice for Music {
    fn frame(&mut self, _heard: &Frame, said: &mut Frame) {
        for sample in said {
            *sample = (0..RING).map(|back| self.note(back)).sum();
            self.position = (self.position + 1) % (MELODY.len() * BEAT);
        }
    }
}

/// The tone of a ringing line as early media, without an end.
/// Viet Nam, ITU-T E.180 Supplement 2: 425 Hz, 1 s on, 4 s off.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ringback {
    /// Samples into the 5 s.
    position: usize,
}

impl Voice for Ringback {
    fn frame(&mut self, _heard: &Frame, said: &mut Frame) {
        for sample in said {
            let time = self.position as f32 / SAMPLE_RATE as f32;
            let edge = (time / EDGE).min(1.0) * ((1.0 - time) / EDGE).clamp(0.0, 1.0);
            *sample = 0.18 * edge * (TAU * 425.0 * time).sin();
            self.position = (self.position + 1) % (5 * SAMPLE_RATE as usize);
        }
    }
}
