//! Who speaks when: begin and end of an utterance by its energy.

use std::time::Duration;

use crate::voice::{Frame, SAMPLE_RATE};

/// Begin or end of an utterance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpeechEvent {
    /// Somebody speaks, since some 60 ms.
    Began,
    /// Nobody has spoken for [`Speech::PAUSE`].
    Ended,
}

/// Never speech below this (dBFS): comfort noise, a quiet room.
const FAINTEST: f32 = -45.0;
/// Louder than the noise by this (dB) is speech.
const ABOVE_NOISE: f32 = 9.0;
/// The noise is taken to lie in here (dBFS). The upper end keeps whoever speaks from the first frame
/// on from being taken for noise.
const NOISE: std::ops::RangeInclusive<f32> = -60.0..=-35.0;
/// How fast the estimate of the noise follows it up (dB a frame: 5 dB/s). Down it goes at once: the
/// gaps between syllables show it.
const RISE: f32 = 0.05;
/// Hum of the mains and the rumble of a desk lie below (Hz).
const LOWEST: f32 = 120.0;

/// So many loud frames of the last [`BEGIN_WITHIN`] begin an utterance: a click does not.
const BEGIN: u32 = 6;
const BEGIN_WITHIN: u32 = 10;
/// So many loud frames in [`Speech::PAUSE`] do not make an utterance go on: a click does not either.
const STRAY: u32 = 5;

/// A detector of speech in one direction of a call, fed with every frame of it.
#[derive(Debug, Clone, Default)]
pub struct Speech {
    /// dBFS; `None` before the first frame.
    noise: Option<f32>,
    /// One bit a frame, the newest lowest: was it loud?
    loud: u128,
    speaking: bool,
    /// Last input and output of the high-pass filter.
    last: (f32, f32),
}

impl Speech {
    pub(crate) const PAUSE_FRAMES: usize = 80;

    /// The silence that ends an utterance: longer than between words, about as long as people wait
    /// before they take their turn.
    pub const PAUSE: Duration = Duration::from_millis(Self::PAUSE_FRAMES as u64 * 10);

    /// Whether an utterance is under way.
    pub fn speaking(&self) -> bool {
        self.speaking
    }

    /// Takes the next 10 ms.
    pub fn frame(&mut self, heard: &Frame) -> Option<SpeechEvent> {
        let level = self.level(heard);
        let noise = self.noise.map_or(level, |noise| level.min(noise + RISE));
        let noise = noise.clamp(*NOISE.start(), *NOISE.end());
        self.noise = Some(noise);
        let loud = level > FAINTEST.max(noise + ABOVE_NOISE);
        self.loud = self.loud << 1 | u128::from(loud);
        let of_last = |frames: u32| (self.loud & ((1 << frames) - 1)).count_ones();
        if !self.speaking && of_last(BEGIN_WITHIN) >= BEGIN {
            self.speaking = true;
            return Some(SpeechEvent::Began);
        }
        if self.speaking && of_last(Self::PAUSE_FRAMES as u32) <= STRAY {
            self.speaking = false;
            return Some(SpeechEvent::Ended);
        }
        None
    }

    /// Loudness above [`LOWEST`], dBFS.
    fn level(&mut self, heard: &Frame) -> f32 {
        let keep = 1.0 - std::f32::consts::TAU * LOWEST / SAMPLE_RATE as f32;
        let (mut last_in, mut last_out) = self.last;
        let mut energy = 0.0;
        for sample in heard {
            // What is no number came out of a broken codec; it must not stay in the filter.
            let sample = if sample.is_finite() { *sample } else { 0.0 };
            last_out = keep * (last_out + sample - last_in);
            last_in = sample;
            energy += last_out * last_out;
        }
        self.last = (last_in, last_out);
        10.0 * (energy / heard.len() as f32).max(1e-12).log10()
    }
}

#[cfg(test)]
mod tests;
