//! Sound that behaves like speech, and a measure of likeness.

use std::f32::consts::TAU;

/// Syllables of a gliding high voice (Opus for speech turns the phase of low ones) with formant-like overtones and short pauses, at 48 kHz.
pub fn speech_like(seconds: f32) -> Vec<f32> {
    let length = (seconds * 48_000.0) as usize;
    let mut phase = 0.0;
    (0..length)
        .map(|n| {
            let t = n as f32 / 48_000.0;
            let syllable = (t * 4.0).floor();
            let within = (t * 4.0).fract();
            let loudness = if within < 0.8 {
                (within / 0.8 * std::f32::consts::PI).sin()
            } else {
                0.0
            };
            let pitch = 240.0 + 40.0 * (syllable * 1.7).sin() + 25.0 * within;
            phase = (phase + pitch / 48_000.0) % 1.0;
            let tone = |harmonic: f32| (TAU * phase * harmonic).sin() / harmonic.sqrt();
            let colour = 3.0 + (syllable * 2.3).sin().abs() * 3.0;
            0.18 * loudness
                * (tone(1.0) + tone(2.0) + tone(colour.floor()) + tone(colour.floor() + 4.0))
        })
        .collect()
}

/// Normalised cross-correlation (-1..1) of `said` and `heard`, at the delay of `heard` (up to
/// `max_delay` samples) that fits best.
pub fn aligned_correlation(said: &[f32], heard: &[f32], max_delay: usize) -> f32 {
    const STEP: usize = 6;
    let thin = |sound: &[f32]| -> Vec<f32> {
        sound
            .chunks_exact(STEP)
            .map(|chunk| chunk.iter().sum::<f32>() / STEP as f32)
            .collect()
    };
    let (thin_said, thin_heard) = (thin(said), thin(heard));
    let coarse = (0..=max_delay / STEP)
        .max_by(|a, b| {
            at_delay(&thin_said, &thin_heard, *a).total_cmp(&at_delay(&thin_said, &thin_heard, *b))
        })
        .unwrap_or(0);
    let middle = coarse * STEP;
    (middle.saturating_sub(2 * STEP)..=middle + 2 * STEP)
        .map(|delay| at_delay(said, heard, delay))
        .fold(-1.0, f32::max)
}

/// The median over pieces of half a second: what a jitter buffer does to the rhythm does not count.
pub fn piecewise_correlation(said: &[f32], heard: &[f32]) -> f32 {
    const PIECE: usize = 24_000;
    let mut pieces: Vec<f32> = (PIECE..said.len() - PIECE)
        .step_by((said.len() / 10).max(PIECE))
        .filter_map(|at| {
            let around = heard.get(at - PIECE / 2..)?;
            Some(aligned_correlation(&said[at..at + PIECE], around, PIECE))
        })
        .collect();
    pieces.sort_by(f32::total_cmp);
    pieces.get(pieces.len() / 2).copied().unwrap_or(0.0)
}

fn at_delay(said: &[f32], heard: &[f32], delay: usize) -> f32 {
    let heard = heard.get(delay..).unwrap_or(&[]);
    let (mut product, mut said_energy, mut heard_energy) = (0.0f64, 1e-12f64, 1e-12f64);
    for (a, b) in said.iter().zip(heard) {
        product += f64::from(a * b);
        said_energy += f64::from(a * a);
        heard_energy += f64::from(b * b);
    }
    (product / (said_energy * heard_energy).sqrt()) as f32
}

/// Root of the mean square.
pub fn loudness(sound: &[f32]) -> f32 {
    (sound.iter().map(|sample| sample * sample).sum::<f32>() / sound.len().max(1) as f32).sqrt()
}
