//! Order and loss of one RTP stream: RFC 3550 appendices A.1, A.3 and A.8.

/// A sequence number this far ahead is a new start, not a loss.
const MAX_DROPOUT: i64 = 3_000;
/// A sequence number this far behind is late, not a new start.
const MAX_MISORDER: i64 = 100;

/// How far back second copies are known.
const REMEMBERED: usize = 256;

/// Where a packet belongs in its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Sequence number and timestamp, extended so that they never wrap.
    pub(super) sequence: i64,
    pub(super) timestamp: i64,
    /// The sender started anew: nothing before this packet counts any more.
    pub(super) restarted: bool,
}

/// Receive counters over all streams of a call.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Reception {
    /// RTP packets that came.
    pub(crate) received: u64,
    /// RTP packets that never came, as far as known now.
    pub(crate) lost: u64,
    /// Interarrival jitter in ms (RFC 3550 section 6.4.1).
    pub(crate) jitter_ms: f64,
}

/// The numbering of what comes.
#[derive(Debug, Default)]
pub(super) struct Sequence {
    stream: Option<Stream>,
    /// Finished streams.
    before: Reception,
}

#[derive(Debug)]
struct Stream {
    ssrc: u32,
    first: i64,
    highest: i64,
    timestamp: i64,
    received: u64,
    /// The sequence number that would prove a new start.
    suspect: Option<u16>,
    transit: Option<f64>,
    jitter: f64,
    /// The newest sequence number seen in each residue class: knows second copies.
    seen: Box<[i64; REMEMBERED]>,
}

impl Sequence {
    /// Places a packet; `None` for a second copy, and while it looks like a stray of another numbering.
    pub(super) fn place(&mut self, ssrc: u32, sequence: u16, timestamp: u32) -> Option<Place> {
        let Some(stream) = self.stream.as_mut().filter(|stream| stream.ssrc == ssrc) else {
            return Some(self.start(ssrc, sequence, timestamp));
        };
        let step = i64::from(sequence.wrapping_sub(stream.highest as u16) as i16);
        if !(-MAX_MISORDER..MAX_DROPOUT).contains(&step) {
            if stream.suspect == Some(sequence) {
                return Some(self.start(ssrc, sequence, timestamp));
            }
            stream.suspect = Some(sequence.wrapping_add(1));
            return None;
        }
        stream.suspect = None;
        let extended = stream.highest + step;
        let seen = &mut stream.seen[extended as usize % REMEMBERED];
        if *seen == extended {
            return None;
        }
        *seen = (*seen).max(extended);
        stream.received += 1;
        let place = Place {
            sequence: extended,
            timestamp: stream.timestamp
                + i64::from(timestamp.wrapping_sub(stream.timestamp as u32) as i32),
            restarted: false,
        };
        if step > 0 {
            stream.highest = place.sequence;
            stream.timestamp = place.timestamp;
        }
        stream.first = stream.first.min(place.sequence);
        Some(place)
    }

    fn start(&mut self, ssrc: u32, sequence: u16, timestamp: u32) -> Place {
        self.before = self.reception();
        // One cycle up, so that a reordered earlier packet does not go below zero.
        let (highest, timestamp) = (
            i64::from(sequence) + (1 << 16),
            i64::from(timestamp) + (1 << 32),
        );
        let mut seen = Box::new([0; REMEMBERED]);
        seen[highest as usize % REMEMBERED] = highest;
        self.stream = Some(Stream {
            ssrc,
            seen,
            first: highest,
            highest,
            timestamp,
            received: 1,
            suspect: None,
            transit: None,
            jitter: self.before.jitter_ms / 1e3,
        });
        Place {
            sequence: highest,
            timestamp,
            restarted: true,
        }
    }

    /// Notes a sound packet's transit time: arrival minus timestamp, in seconds.
    pub(super) fn note_transit(&mut self, transit: f64) {
        if let Some(stream) = &mut self.stream
            && let Some(before) = stream.transit.replace(transit)
        {
            stream.jitter += ((transit - before).abs() - stream.jitter) / 16.0;
        }
    }

    /// Forgets the last transit: the sender's clock jumped.
    pub(super) fn forget_transit(&mut self) {
        if let Some(stream) = &mut self.stream {
            stream.transit = None;
        }
    }

    pub(super) fn reception(&self) -> Reception {
        let Some(stream) = &self.stream else {
            return self.before;
        };
        let expected = (stream.highest - stream.first + 1).unsigned_abs();
        Reception {
            received: self.before.received + stream.received,
            lost: self.before.lost + expected.saturating_sub(stream.received),
            jitter_ms: stream.jitter * 1e3,
        }
    }
}
