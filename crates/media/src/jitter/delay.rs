//! How long to hold packets back: the network's delay variation, measured.

/// Resolution and reach of the histogram.
const BUCKET: f64 = 0.005;
const BUCKETS: usize = 100;
/// The share of packets that should come in time; FEC or concealment covers the others.
const QUANTILE: f32 = 0.96;
/// What one packet weighs once the histogram is full: about 10 s of memory.
const LEARNING: f32 = 0.002;
/// Never less than one packet.
const FLOOR: f64 = 0.020;
/// The fastest packet is looked for in the last one to two windows, so that clock drift is followed.
const WINDOW: f64 = 4.0;

/// Relative delay = transit time minus that of the fastest recent packet. Times are in seconds.
#[derive(Debug)]
pub(super) struct Delay {
    fastest: f64,
    fastest_before: f64,
    window_end: f64,
    histogram: [f32; BUCKETS],
    packets: u32,
}

impl Default for Delay {
    fn default() -> Self {
        Self {
            fastest: f64::INFINITY,
            fastest_before: f64::INFINITY,
            window_end: 0.0,
            histogram: [0.0; BUCKETS],
            packets: 0,
        }
    }
}

impl Delay {
    pub(super) fn observe(&mut self, transit: f64, now: f64) {
        if now >= self.window_end {
            self.fastest_before = self.fastest;
            self.fastest = f64::INFINITY;
            self.window_end = now + WINDOW;
        }
        self.fastest = self.fastest.min(transit);
        let relative = transit - self.base();
        let bucket = ((relative / BUCKET) as usize).min(BUCKETS - 1);
        self.packets = self.packets.saturating_add(1);
        let weight = LEARNING.max(1.0 / self.packets as f32);
        self.histogram
            .iter_mut()
            .for_each(|share| *share *= 1.0 - weight);
        self.histogram[bucket] += weight;
    }

    /// The transit time of the fastest recent packet.
    pub(super) fn base(&self) -> f64 {
        self.fastest.min(self.fastest_before)
    }

    /// How far behind the fastest packet to play.
    pub(super) fn target(&self) -> f64 {
        let mut share = 0.0;
        let bucket = self.histogram.iter().position(|part| {
            share += part;
            share >= QUANTILE
        });
        (bucket.map_or(0, |bucket| bucket + usize::from(bucket > 0)) as f64 * BUCKET).max(FLOOR)
    }
}
