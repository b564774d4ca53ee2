//! Loss concealment for codecs without their own: repeats the last pitch period
//! (the idea of G.711 Appendix I).

use std::collections::VecDeque;

use crate::audio::FRAME;

/// Sound kept to find the pitch in: 40 ms.
const HISTORY: usize = 1_920;
/// Pitch periods looked for: 2.5–15 ms, that is 400–66 Hz.
const LAGS: std::ops::RangeInclusive<usize> = 120..=720;
/// The search looks at each fourth sample: speech pitch needs no more.
const STRIDE: usize = 4;
/// Length compared to find the pitch, and the crossfade back to real sound.
const MATCH: usize = 960;
const CROSSFADE: usize = 240;

/// Repeats what was heard last.
#[derive(Debug, Default)]
pub(crate) struct Concealer {
    history: VecDeque<f32>,
    /// The period being repeated, while packets are missing.
    lag: Option<usize>,
}

impl Concealer {
    /// Notes decoded sound, and fades from the concealment into it.
    pub(crate) fn good(&mut self, sound: &mut [f32]) {
        if self.lag.is_some() {
            let length = CROSSFADE.min(sound.len());
            for (n, sample) in sound[..length].iter_mut().enumerate() {
                let weight = n as f32 / length as f32;
                *sample = *sample * weight + self.next() * (1.0 - weight);
            }
            self.lag = None;
        }
        let keep = sound.len().min(HISTORY);
        self.note(&sound[sound.len() - keep..]);
    }

    /// Appends 10 ms of the repeated period.
    pub(crate) fn conceal(&mut self, sound: &mut Vec<f32>) {
        sound.extend((0..FRAME).map(|_| self.next()));
    }

    fn next(&mut self) -> f32 {
        if self.history.len() < HISTORY {
            return 0.0;
        }
        let lag = match self.lag {
            Some(lag) => lag,
            None => *self.lag.insert(pitch(self.history.make_contiguous())),
        };
        let sample = self.history[HISTORY - lag];
        self.note(&[sample]);
        sample
    }

    fn note(&mut self, sound: &[f32]) {
        self.history.extend(sound);
        let extra = self.history.len().saturating_sub(HISTORY);
        self.history.drain(..extra);
    }
}

/// The lag at which the newest sound resembles itself most.
fn pitch(history: &[f32]) -> usize {
    let newest = &history[HISTORY - MATCH..];
    let likeness = |lag: usize| {
        let earlier = &history[HISTORY - MATCH - lag..];
        let (mut product, mut energy) = (0.0, 1e-9);
        for n in (0..MATCH).step_by(STRIDE) {
            product += newest[n] * earlier[n];
            energy += earlier[n] * earlier[n];
        }
        product / energy.sqrt()
    };
    let best = |lags: &mut dyn Iterator<Item = usize>| {
        lags.max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)))
    };
    let coarse = best(&mut LAGS.step_by(STRIDE)).unwrap_or(FRAME);
    let around = coarse.saturating_sub(STRIDE - 1).max(*LAGS.start())
        ..=(coarse + STRIDE - 1).min(*LAGS.end());
    best(&mut around.into_iter()).unwrap_or(coarse)
}
