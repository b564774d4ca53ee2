//! Resampling by a whole factor between 48 kHz and a codec's rate.
//!
//! One windowed-sinc low-pass (Kaiser, about 70 dB), used as a decimator and as a polyphase
//! interpolator. The factor is fixed and exact, so frames join without a seam.

use std::f32::consts::PI;

/// Filter taps for each sample of the lower rate: delay is half of it, 2 ms at 8 kHz.
const TAPS_PER_SAMPLE: usize = 32;

/// From 48 kHz down to 48 kHz / `factor`.
#[derive(Debug)]
pub(crate) struct Decimator {
    factor: usize,
    taps: Vec<f32>,
    history: Vec<f32>,
}

impl Decimator {
    pub(crate) fn new(factor: usize) -> Self {
        let taps = low_pass(factor);
        Self {
            factor,
            history: vec![0.0; taps.len() - 1],
            taps,
        }
    }

    /// Appends the lower-rate samples of `input`, whose length is a multiple of the factor.
    pub(crate) fn process(&mut self, input: &[f32], output: &mut Vec<f32>) {
        self.history.extend_from_slice(input);
        for window in self
            .history
            .windows(self.taps.len())
            .skip(self.factor - 1)
            .step_by(self.factor)
        {
            output.push(dot(window, &self.taps));
        }
        let spent = self.history.len() + 1 - self.taps.len();
        self.history.drain(..spent);
    }
}

/// From 48 kHz / `factor` up to 48 kHz.
#[derive(Debug)]
pub(crate) struct Interpolator {
    /// `phases[k]` makes the k-th of `factor` output samples; newest input last.
    phases: Vec<Vec<f32>>,
    history: Vec<f32>,
}

impl Interpolator {
    pub(crate) fn new(factor: usize) -> Self {
        let taps = low_pass(factor);
        let phases = (0..factor)
            .map(|k| {
                taps.iter()
                    .skip(k)
                    .step_by(factor)
                    .rev()
                    .map(|tap| tap * factor as f32)
                    .collect()
            })
            .collect();
        Self {
            phases,
            history: vec![0.0; TAPS_PER_SAMPLE - 1],
        }
    }

    /// Appends `factor` samples for each of `input`.
    pub(crate) fn process(&mut self, input: &[f32], output: &mut Vec<f32>) {
        self.history.extend_from_slice(input);
        for window in self.history.windows(TAPS_PER_SAMPLE) {
            output.extend(self.phases.iter().map(|taps| dot(window, taps)));
        }
        self.history.drain(..input.len());
    }
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Unity-gain low-pass just below half of the lower rate.
fn low_pass(factor: usize) -> Vec<f32> {
    let length = TAPS_PER_SAMPLE * factor;
    let centre = (length - 1) as f32 / 2.0;
    let cutoff = 0.457 / factor as f32; // cycles per sample at 48 kHz
    let mut taps: Vec<f32> = (0..length)
        .map(|n| {
            let x = n as f32 - centre;
            let sinc = (2.0 * PI * cutoff * x).sin() / (PI * x);
            sinc * kaiser(x / (centre + 0.5))
        })
        .collect();
    let gain: f32 = taps.iter().sum();
    taps.iter_mut().for_each(|tap| *tap /= gain);
    taps
}

/// Kaiser window at `x` in -1..1, beta 6.8.
fn kaiser(x: f32) -> f32 {
    const BETA: f32 = 6.8;
    bessel_i0(BETA * (1.0 - x * x).max(0.0).sqrt()) / bessel_i0(BETA)
}

fn bessel_i0(x: f32) -> f32 {
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 1..24 {
        let factor = x / (2.0 * k as f32);
        term *= factor * factor;
        sum += term;
    }
    sum
}
