//! Where the device's clock meets ours: rings read and written at 10 ms, resampled to and from the
//! device's rate, with the ratio steered so that the rings stay short.
//!
//! A ring's fill jumps with every chunk, but its *low water* (what is left at the worst moment)
//! does not: it is the latency that does nothing useful. [`Drift`] keeps it at a small margin.

use rtrb::{Consumer, Producer};
use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{
    Async, FixedAsync, Resampler, SincInterpolationParameters, SincInterpolationType,
    WindowFunction,
};

use super::{AudioError, FRAME, Frame, SAMPLE_RATE};

/// What a ring holds at most, as a part of a second.
const CAPACITY: f64 = 0.5;

/// Low water aimed at (s): covers the jitter of an ordinary machine's scheduler.
const MARGIN: f64 = 0.010;
const MARGIN_MAX: f64 = 0.040;
/// After an underrun the margin grows by this (s), then shrinks slowly again.
const MARGIN_STEP: f64 = 0.005;
const MARGIN_DECAY: f64 = 0.000_1;

/// Samples above the margin (s) that are thrown away at once: only a start or a stall leaves so
/// many, and bending them away would take long.
const SURPLUS: f64 = 0.015;
/// The same while a stream settles, when there is nothing to spoil yet.
const SURPLUS_SETTLING: f64 = 0.003;

/// Ticks over which low water is taken: 1 s.
const WINDOW: u32 = 100;
/// The same while a stream settles, and how many such windows that takes.
const WINDOW_SETTLING: u32 = 30;
const SETTLING: u32 = 3;

/// The most the ratio is bent: a thirtieth of a semitone. Real clocks differ by a tenth of it.
const BEND_MAX: f64 = 0.002;

/// Size of a ring for a device of `rate` Hz.
pub(super) fn ring_capacity(rate: u32) -> usize {
    samples(CAPACITY, rate)
}

fn samples(seconds: f64, rate: u32) -> usize {
    (seconds * f64::from(rate)).round() as usize
}

/// Decides, from a ring's low water, how much faster it is to be emptied.
#[derive(Debug)]
struct Drift {
    rate: u32,
    /// Low water aimed at, in seconds.
    margin: f64,
    low: usize,
    ticks: u32,
    /// Short windows still to come.
    settling: u32,
}

/// What [`Drift`] asks for after each window.
#[derive(Debug, PartialEq)]
struct Correction {
    /// Factor on the resampling ratio: below 1 empties the ring.
    ratio: f64,
    /// Samples to throw away.
    surplus: usize,
}

impl Drift {
    fn new(rate: u32) -> Self {
        Self {
            rate,
            margin: MARGIN,
            low: usize::MAX,
            ticks: 0,
            settling: SETTLING,
        }
    }

    fn margin(&self) -> usize {
        samples(self.margin, self.rate)
    }

    fn underran(&mut self) {
        self.margin = (self.margin + MARGIN_STEP).min(MARGIN_MAX);
        self.restart();
    }

    fn restart(&mut self) {
        self.low = usize::MAX;
        self.ticks = 0;
    }

    /// Takes the fill at its lowest moment of this tick.
    fn observe(&mut self, fill: usize) -> Option<Correction> {
        self.low = self.low.min(fill);
        self.ticks += 1;
        let (window, surplus) = match self.settling {
            0 => (WINDOW, SURPLUS),
            _ => (WINDOW_SETTLING, SURPLUS_SETTLING),
        };
        if self.ticks < window {
            return None;
        }
        self.settling = self.settling.saturating_sub(1);
        let error = self.low as f64 / f64::from(self.rate) - self.margin;
        self.restart();
        self.margin = (self.margin - MARGIN_DECAY).max(MARGIN);
        if error > surplus {
            return Some(Correction {
                ratio: 1.0,
                surplus: samples(error, self.rate),
            });
        }
        // Hardly at all while near: jitter is not to bend the sound, clocks differ by 0.03 %.
        let gain = if error.abs() < 0.010 { 0.03 } else { 0.1 };
        let bend = (gain * error).clamp(-BEND_MAX, BEND_MAX);
        Some(Correction {
            ratio: 1.0 - bend,
            surplus: 0,
        })
    }
}

fn resampler(from: u32, to: u32, fixed: FixedAsync) -> Result<Async<f32>, AudioError> {
    let parameters = SincInterpolationParameters::new(64, WindowFunction::BlackmanHarris2)
        .oversampling_factor(256)
        .interpolation(SincInterpolationType::Linear);
    let ratio = f64::from(to) / f64::from(from);
    Async::new_sinc(ratio, 1.0 + 2.0 * BEND_MAX, &parameters, FRAME, 1, fixed)
        .map_err(|_| AudioError::Resample { rate: from.min(to) })
}

fn bend(resampler: &mut Async<f32>, ratio: f64) {
    if let Some(adjustable) = resampler.as_adjustable()
        && let Err(error) = adjustable.set_resample_ratio_relative(ratio, true)
    {
        tracing::error!(%error, ratio, "Ratio outside the resampler's bounds");
    }
}

/// Runs one chunk; both slices have the exact sizes the resampler asked for.
fn resample(resampler: &mut Async<f32>, input: &[f32], output: &mut [f32]) {
    let (frames_in, frames_out) = (input.len(), output.len());
    let (Ok(source), Ok(mut target)) = (
        InterleavedSlice::new(input, 1, frames_in),
        InterleavedSlice::new_mut(output, 1, frames_out),
    ) else {
        return;
    };
    if let Err(error) = resampler.process_into_buffer(&source, &mut target, None) {
        tracing::error!(%error, frames_in, frames_out, "Resampler refused a chunk");
    }
}

/// The pump's end of a microphone's ring.
pub(super) struct Reader {
    ring: Consumer<f32>,
    resampler: Async<f32>,
    drift: Drift,
    chunk: Vec<f32>,
    /// Whether the ring was filled to the margin since the last underrun.
    primed: bool,
}

impl Reader {
    /// `rate` is the device's, in Hz.
    pub(super) fn new(ring: Consumer<f32>, rate: u32) -> Result<Self, AudioError> {
        let resampler = resampler(rate, SAMPLE_RATE, FixedAsync::Output)?;
        let chunk = vec![0.0; resampler.input_frames_max()];
        Ok(Self {
            ring,
            resampler,
            drift: Drift::new(rate),
            chunk,
            primed: false,
        })
    }

    /// The next 10 ms; silence when the device is behind.
    pub(super) fn read(&mut self, frame: &mut Frame) {
        let need = self.resampler.input_frames_next();
        let fill = self.ring.slots();
        let lead = if self.primed { 0 } else { self.drift.margin() };
        if fill < need + lead {
            if self.primed {
                self.primed = false;
                self.drift.underran();
            }
            frame.fill(0.0);
            return;
        }
        if !self.primed {
            self.primed = true;
            self.discard(fill - need - lead);
        }
        let chunk = &mut self.chunk[..need];
        if self.ring.pop_entire_slice(chunk).is_ok() {
            resample(&mut self.resampler, chunk, frame);
        }
        if let Some(correction) = self.drift.observe(self.ring.slots()) {
            self.discard(correction.surplus);
            bend(&mut self.resampler, correction.ratio);
        }
    }

    fn discard(&mut self, samples: usize) {
        if let Ok(chunk) = self.ring.read_chunk(samples.min(self.ring.slots())) {
            chunk.commit_all();
        }
    }
}

/// The pump's end of a speaker's ring.
pub(super) struct Writer {
    ring: Producer<f32>,
    resampler: Async<f32>,
    drift: Drift,
    chunk: Vec<f32>,
    /// Samples still to be left out to get rid of a surplus.
    skip: usize,
    /// Whether anything was written: before, an empty ring is no underrun.
    primed: bool,
}

impl Writer {
    /// `rate` is the device's, in Hz.
    pub(super) fn new(ring: Producer<f32>, rate: u32) -> Result<Self, AudioError> {
        let resampler = resampler(SAMPLE_RATE, rate, FixedAsync::Input)?;
        let chunk = vec![0.0; resampler.output_frames_max()];
        Ok(Self {
            ring,
            resampler,
            drift: Drift::new(rate),
            chunk,
            skip: 0,
            primed: false,
        })
    }

    /// Hands over the next 10 ms.
    pub(super) fn write(&mut self, frame: &Frame) {
        let fill = self.ring.buffer().capacity() - self.ring.slots();
        let length = self.resampler.output_frames_next();
        resample(&mut self.resampler, frame, &mut self.chunk[..length]);
        if fill == 0 {
            if self.primed {
                self.drift.underran();
            }
            self.primed = true;
            self.skip = 0;
            let margin = self.drift.margin();
            self.push_silence(margin);
        } else if let Some(correction) = self.drift.observe(fill) {
            self.skip = correction.surplus;
            bend(&mut self.resampler, correction.ratio);
        }
        if self.skip >= length {
            self.skip -= length;
            return;
        }
        // A full ring means a stalled device: what does not fit would be heard too late anyway.
        let _ = self.ring.push_partial_slice(&self.chunk[..length]);
    }

    fn push_silence(&mut self, samples: usize) {
        if let Ok(chunk) = self.ring.write_chunk_uninit(samples.min(self.ring.slots())) {
            chunk.fill_from_iter(std::iter::repeat(0.0));
        }
    }
}

#[cfg(test)]
mod tests;
