//! A clip's samples, and their way up to 48 kHz.

use std::f32::consts::PI;

use crate::voice::SAMPLE_RATE;

/// Samples of the clip that make one sample of the call.
const TAPS: usize = 16;

/// Decoded speech at its own rate: a sixth or a third of the memory, made 48 kHz while it is played.
#[derive(Debug)]
pub(crate) struct Sound {
    samples: Vec<i16>,
    kernel: Kernel,
}

impl Sound {
    /// `None` when 48 kHz is no small multiple of `rate` (Hz).
    pub(super) fn new(samples: Vec<i16>, rate: u32) -> Option<Self> {
        let times = match rate {
            8_000 | 16_000 => (SAMPLE_RATE / rate) as usize,
            _ => return None,
        };
        let kernel = Kernel::new(times);
        Some(Self { samples, kernel })
    }

    /// Length in samples of 48 kHz.
    pub(crate) fn len(&self) -> usize {
        self.samples.len() * self.kernel.times
    }

    /// Writes the samples of 48 kHz from `position` on, silence after the end.
    pub(crate) fn read(&self, position: usize, out: &mut [f32]) {
        for (n, sample) in out.iter_mut().enumerate() {
            let (base, phase) = (
                (position + n) / self.kernel.times,
                (position + n) % self.kernel.times,
            );
            // Tap k looks at the clip's sample base + k - (TAPS / 2 - 1).
            *sample = self.kernel.phases[phase]
                .iter()
                .enumerate()
                .filter_map(|(k, weight)| {
                    let index = (base + k).checked_sub(TAPS / 2 - 1)?;
                    Some(weight * f32::from(*self.samples.get(index)?) / 32_768.0)
                })
                .sum();
        }
    }
}

/// A windowed sinc, cut into the phases between two samples of the clip.
#[derive(Debug)]
struct Kernel {
    times: usize,
    phases: Vec<[f32; TAPS]>,
}

impl Kernel {
    fn new(times: usize) -> Self {
        let phase = |phase: usize| {
            let between = phase as f32 / times as f32;
            let mut weights = [0.0; TAPS];
            for (k, weight) in weights.iter_mut().enumerate() {
                *weight = weight_at(k as f32 - (TAPS / 2 - 1) as f32 - between);
            }
            let sum: f32 = weights.iter().sum();
            weights.map(|weight| weight / sum)
        };
        Self {
            times,
            phases: (0..times).map(phase).collect(),
        }
    }
}

/// Sinc under a Blackman window, `x` in samples of the clip.
fn weight_at(x: f32) -> f32 {
    let half = (TAPS / 2) as f32;
    if x.abs() >= half {
        return 0.0;
    }
    let sinc = if x == 0.0 {
        1.0
    } else {
        (PI * x).sin() / (PI * x)
    };
    let window = 0.42 + 0.5 * (PI * x / half).cos() + 0.08 * (2.0 * PI * x / half).cos();
    sinc * window
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What differs from the tone that was meant, in dB of the tone.
    fn error_of_a_tone(rate: u32, hertz: f32) -> f32 {
        let wave = |n: usize, rate: u32| (2.0 * PI * hertz * n as f32 / rate as f32).sin();
        let tone = (0..rate as usize / 10).map(|n| (wave(n, rate) * 16_384.0) as i16);
        let sound = Sound::new(tone.collect(), rate).unwrap();
        let mut out = vec![0.0; sound.len()];
        sound.read(0, &mut out);
        let middle = 480..out.len() - 480;
        let error: f32 = middle
            .clone()
            .map(|n| (out[n] - wave(n, SAMPLE_RATE) / 2.0).powi(2))
            .sum();
        10.0 * (error / (middle.len() as f32 / 8.0)).log10()
    }

    #[test]
    fn a_tone_stays_that_tone_at_48_khz() {
        for (rate, hertz) in [(8_000, 440.0), (8_000, 2_000.0), (16_000, 3_400.0)] {
            let error = error_of_a_tone(rate, hertz);
            assert!(error < -50.0, "{hertz} Hz at {rate} Hz: {error} dB");
        }
    }

    #[test]
    fn reading_in_frames_sounds_like_reading_at_once() {
        let samples = (0..400).map(|n| (n * 7_919 % 20_000) as i16).collect();
        let sound = Sound::new(samples, 8_000).unwrap();
        let mut whole = vec![0.0; 2_400];
        sound.read(0, &mut whole);
        let mut framed = vec![0.0; 2_400];
        for (n, frame) in framed.chunks_mut(480).enumerate() {
            sound.read(n * 480, frame);
        }
        assert_eq!(framed, whole);
    }

    #[test]
    fn long_after_the_end_is_silence() {
        let sound = Sound::new(vec![20_000; 80], 8_000).unwrap();
        let mut out = [1.0; 480];
        sound.read(960, &mut out);
        assert_eq!(out, [0.0; 480]);
    }

    #[test]
    fn an_odd_rate_is_refused() {
        assert!(Sound::new(vec![0; 10], 44_100).is_none());
    }
}
