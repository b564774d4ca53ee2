//! Turns packets that come late, doubled, disordered or not at all into steady 10 ms of sound.
//!
//! Sans-IO: [`JitterBuffer::push`] and [`JitterBuffer::pull`] are told the time. One thread owns
//! it; packets reach that thread over a ring.
//!
//! The sound at the front of the buffer is played `target` behind the fastest recent packet.
//! `front` is its media time; `now - base - front` is how late it is played. What is missing is
//! taken from the next packet (Opus FEC), else made up by the codec, and fades out. A packet that
//! comes while nothing is left is played late; the delay then shrinks by shortening sound.

mod delay;
mod sequence;
mod stretch;

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;

use crate::audio::{FRAME, Frame, SAMPLE_RATE};
use crate::codec::{Codec, Decoder, PACKET};
use delay::Delay;
pub(crate) use sequence::Reception;
use sequence::Sequence;

/// Packets that can wait: 5 s of 20 ms.
const SLOTS: usize = 256;
/// Made-up sound begins to fade after this and is silent at the end.
const FADE_START: usize = 6 * FRAME;
const FADE_END: usize = 16 * FRAME;
/// Pause between two changes of length, so that speech keeps its rhythm.
const STRETCH_PAUSE: f64 = 0.060;
/// Deviation from the target that is left alone.
const TOO_LATE: f64 = 0.015;
const TOO_EARLY: f64 = 0.010;
/// While someone speaks, only this much lateness is worth a change of rhythm.
const LATE_IN_SPEECH: f64 = 0.050;
/// Mean square of a pause: about -40 dB.
const QUIET: f32 = 1e-4;
/// Beyond this, sound is thrown away instead of shortened.
const FAR_TOO_LATE: f64 = 0.300;
/// A timestamp that disagrees this much with the arrival is a new time line.
const CLOCK_JUMP: f64 = 1.0;
/// Opus packets up to this size carry no sound: discontinuous transmission (RFC 6716 section 3.1).
const OPUS_DTX_BYTES: usize = 2;

/// What a packet is, by its payload type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sound(Codec),
    /// Comfort noise (RFC 3389): the sender pauses.
    Noise,
    /// A telephone event (RFC 4733): takes a sequence number and no time of the sound.
    Event,
    /// Takes a sequence number and nothing else.
    Other,
}

/// A packet as it came.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    pub(crate) ssrc: u32,
    pub(crate) sequence: u16,
    pub(crate) timestamp: u32,
    pub(crate) kind: Kind,
    pub(crate) payload: Bytes,
}

#[derive(Debug)]
struct Waiting {
    sequence: i64,
    /// Media time in seconds.
    start: f64,
    kind: Kind,
    payload: Bytes,
}

/// One call's received sound.
pub(crate) struct JitterBuffer {
    sequence: Sequence,
    delay: Delay,
    slots: Box<[Option<Waiting>]>,
    decoder: Option<(Codec, Decoder)>,
    /// Arrival and media time of the last sound packet.
    last: Option<(f64, f64)>,
    /// The packet to play next, once playing.
    next: Option<i64>,
    /// Media time where `sound` ends.
    end: f64,
    sound: VecDeque<f32>,
    scratch: Vec<f32>,
    /// Made-up samples since the last real one.
    concealed: usize,
    /// Those of them that stand for no packet yet: they made everything after them late.
    inserted: usize,
    /// Opus pauses on purpose and its decoder makes comfort noise: nothing fades.
    comfort: bool,
    stretch_after: f64,
}

impl Default for JitterBuffer {
    fn default() -> Self {
        Self {
            sequence: Sequence::default(),
            delay: Delay::default(),
            slots: (0..SLOTS).map(|_| None).collect(),
            decoder: None,
            last: None,
            next: None,
            end: 0.0,
            sound: VecDeque::with_capacity(SAMPLE_RATE as usize),
            scratch: Vec::with_capacity(SAMPLE_RATE as usize / 4),
            concealed: 0,
            inserted: 0,
            comfort: false,
            stretch_after: 0.0,
        }
    }
}

impl JitterBuffer {
    /// Takes a packet that came at `now`.
    pub(crate) fn push(&mut self, packet: Incoming, now: Duration) {
        let now = now.as_secs_f64();
        let Some(place) = self
            .sequence
            .place(packet.ssrc, packet.sequence, packet.timestamp)
        else {
            return;
        };
        if place.restarted {
            self.restart();
        }
        let mut start = self.end;
        if let Kind::Sound(codec) = packet.kind {
            if self
                .decoder
                .as_ref()
                .is_none_or(|(current, _)| *current != codec)
                && !self.switch(codec)
            {
                return;
            }
            start = place.timestamp as f64 / f64::from(codec.clock_rate());
            self.time(start, now);
        }
        let unwanted = match self.next {
            Some(next) => place.sequence < next, // too late, or a second copy
            None => !matches!(packet.kind, Kind::Sound(_)),
        };
        if unwanted {
            return;
        }
        let slot = &mut self.slots[place.sequence as usize % SLOTS];
        let waiting = Waiting {
            sequence: place.sequence,
            start,
            kind: packet.kind,
            payload: packet.payload,
        };
        // A slot still taken by a much older packet means nobody pulls: the newer one counts.
        *slot = Some(waiting);
    }

    /// The next 10 ms of sound.
    pub(crate) fn pull(&mut self, now: Duration, frame: &mut Frame) {
        let now = now.as_secs_f64();
        // Each turn makes sound or uses up a packet; the bound only stops what should not happen.
        for _ in 0..2 * SLOTS {
            if self.sound.len() >= FRAME {
                break;
            }
            self.produce(now);
        }
        for (sample, sound) in frame
            .iter_mut()
            .zip(self.sound.drain(..FRAME.min(self.sound.len())))
        {
            *sample = sound;
        }
    }

    /// Counters since the beginning.
    pub(crate) fn reception(&self) -> Reception {
        self.sequence.reception()
    }

    /// The codec of the last sound.
    pub(crate) fn codec(&self) -> Option<Codec> {
        self.decoder.as_ref().map(|(codec, _)| *codec)
    }

    fn restart(&mut self) {
        self.slots.iter_mut().for_each(|slot| *slot = None);
        self.next = None;
        self.delay = Delay::default();
        self.last = None;
    }

    /// Another codec: what waits is in the old one, whose time line may differ.
    fn switch(&mut self, codec: Codec) -> bool {
        let Ok(decoder) = Decoder::new(codec) else {
            return false;
        };
        self.decoder = Some((codec, decoder));
        self.sequence.forget_transit();
        self.restart();
        true
    }

    fn time(&mut self, start: f64, now: f64) {
        if let Some((arrived, started)) = self.last.replace((now, start))
            && ((now - arrived) - (start - started)).abs() > CLOCK_JUMP
        {
            self.sequence.forget_transit();
            self.restart();
            self.last = Some((now, start));
        }
        self.sequence.note_transit(now - start);
        self.delay.observe(now - start, now);
    }

    /// Adds at least 10 ms to `sound`, or uses up a packet without any.
    fn produce(&mut self, now: f64) {
        let Some((sequence, start)) = self.first_waiting() else {
            return self.insert();
        };
        let due = now - self.delay.base() - start >= self.delay.target() - 1e-6;
        match self.next {
            // The beginning: wait for the target.
            None if !due => self.insert(),
            None => {
                self.end = start;
                self.inserted = 0;
                self.next = Some(sequence);
            }
            Some(next) if sequence == next => self.play(sequence, now, due),
            Some(_) => self.fill(sequence, start),
        }
    }

    fn first_waiting(&self) -> Option<(i64, f64)> {
        match self.next.and_then(|next| {
            self.slots[next as usize % SLOTS]
                .as_ref()
                .filter(|w| w.sequence == next)
        }) {
            Some(waiting) => Some((waiting.sequence, waiting.start)),
            None => self
                .slots
                .iter()
                .flatten()
                .map(|w| (w.sequence, w.start))
                .min_by_key(|(sequence, _)| *sequence),
        }
    }

    /// The packet that follows what was played is here.
    fn play(&mut self, sequence: i64, now: f64, due: bool) {
        let slot = sequence as usize % SLOTS;
        let Some(waiting) = &self.slots[slot] else {
            return;
        };
        let Kind::Sound(_) = waiting.kind else {
            if waiting.kind == Kind::Noise {
                self.concealed = FADE_END; // the sender is silent: so are we, at once
            }
            self.slots[slot] = None;
            self.next = Some(sequence + 1);
            return;
        };
        if waiting.start > self.end + 0.001 && !due {
            return self.insert(); // the sender paused, and its next word is not due yet
        }
        let Some(waiting) = self.slots[slot].take() else {
            return;
        };
        self.next = Some(sequence + 1);
        let late = now - self.delay.base() - waiting.start;
        if late > self.delay.target() + FAR_TOO_LATE && self.first_waiting().is_some() {
            self.end = waiting.start;
            return; // a burst after an outage: catch up
        }
        let Some((codec, decoder)) = &mut self.decoder else {
            return;
        };
        self.scratch.clear();
        if decoder.decode(&waiting.payload, &mut self.scratch) {
            self.comfort = *codec == Codec::Opus && waiting.payload.len() <= OPUS_DTX_BYTES;
            self.end = waiting.start + seconds(self.scratch.len());
            self.concealed = 0;
            self.inserted = 0;
            self.adjust(now);
            self.sound.extend(&self.scratch);
        }
    }

    /// What should come next is missing while the later `sequence` is here.
    fn fill(&mut self, sequence: i64, start: f64) {
        self.end += seconds(self.inserted);
        self.inserted = 0;
        let gap = ((start - self.end) * f64::from(SAMPLE_RATE)).round();
        if gap < 48.0 {
            self.end = start;
            self.next = Some(sequence);
            return;
        }
        let last_missing = gap as usize <= PACKET;
        if last_missing && self.recover(sequence, gap as usize) {
            self.end = start;
            self.next = Some(sequence);
            return;
        }
        self.conceal();
        self.end += seconds(FRAME);
    }

    /// Adds the packet before `sequence` from the copy in `sequence`.
    fn recover(&mut self, sequence: i64, samples: usize) -> bool {
        let waiting = self.slots[sequence as usize % SLOTS].as_ref();
        let (Some(waiting), Some((_, decoder))) = (waiting, &mut self.decoder) else {
            return false;
        };
        self.scratch.clear();
        let recovered = matches!(waiting.kind, Kind::Sound(_))
            && decoder.recover(&waiting.payload, samples, &mut self.scratch);
        if recovered {
            self.concealed = 0;
            self.sound.extend(&self.scratch);
        }
        recovered
    }

    /// Adds 10 ms that no packet is known to be missing for.
    fn insert(&mut self) {
        self.conceal();
        self.inserted = self.inserted.saturating_add(FRAME);
    }

    /// Adds 10 ms of made-up sound that fades out.
    fn conceal(&mut self) {
        self.scratch.clear();
        match &mut self.decoder {
            Some((_, decoder))
                if self.next.is_some() && (self.comfort || self.concealed < FADE_END) =>
            {
                decoder.conceal(&mut self.scratch);
            }
            _ => self.scratch.resize(FRAME, 0.0),
        }
        if !self.comfort {
            for (n, sample) in self.scratch.iter_mut().enumerate() {
                let age = (self.concealed + n).clamp(FADE_START, FADE_END);
                *sample *= (FADE_END - age) as f32 / (FADE_END - FADE_START) as f32;
            }
        }
        self.concealed = self.concealed.saturating_add(FRAME);
        self.sound.extend(&self.scratch);
    }

    /// Shortens or lengthens the sound just decoded when it plays too late or too early.
    fn adjust(&mut self, now: f64) {
        let front = self.end - seconds(self.scratch.len() + self.sound.len());
        let off = now - self.delay.base() - front - self.delay.target();
        if now < self.stretch_after || (-TOO_EARLY..TOO_LATE).contains(&off) {
            return;
        }
        // A little lateness waits for a pause in the speech; too little in hand does not.
        let quiet = loudness(&self.scratch) < QUIET;
        if !quiet && (0.0..LATE_IN_SPEECH).contains(&off) {
            return;
        }
        let changed = if off > 0.0 {
            stretch::shorten(&mut self.scratch)
        } else {
            stretch::lengthen(&mut self.scratch)
        };
        if changed > 0 {
            self.stretch_after = now + STRETCH_PAUSE;
        }
    }
}

/// Mean square.
fn loudness(sound: &[f32]) -> f32 {
    sound.iter().map(|sample| sample * sample).sum::<f32>() / sound.len().max(1) as f32
}

fn seconds(samples: usize) -> f64 {
    samples as f64 / f64::from(SAMPLE_RATE)
}

#[cfg(test)]
mod tests;
