//! What a call's packets did, in both directions.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use crate::codec::Codec;
use crate::jitter::Reception;

/// Counters of one call since its beginning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CallStats {
    /// `opus`, `g722`, `pcma` or `pcmu`: what we send; before that, what we receive.
    pub codec: Option<&'static str>,
    /// RTP packets sent, telephone events included.
    pub sent: u64,
    /// RTP packets that came.
    pub received: u64,
    /// RTP packets from the peer that never came.
    pub lost: u64,
    /// Interarrival jitter of what comes, in ms (RFC 3550 section 6.4.1).
    pub jitter_ms: f64,
    /// Round trip between the peer and us, in ms, once the peer has reported.
    pub rtt_ms: Option<f64>,
    /// Our packets that the peer missed, as it reported.
    pub remote_lost: Option<u64>,
    /// Interarrival jitter at the peer, in ms, as it reported.
    pub remote_jitter_ms: Option<f64>,
}

/// The counters of a running call, written from several threads without waiting.
#[derive(Debug)]
pub(crate) struct Counters {
    begin: Instant,
    sent: AtomicU64,
    received: AtomicU64,
    lost: AtomicU64,
    jitter_us: AtomicU64,
    /// Index in [`Codec::PREFERENCE`] plus one.
    sent_codec: AtomicU64,
    received_codec: AtomicU64,
    /// From the peer's RTCP; -1 before the first.
    rtt_us: AtomicI64,
    remote_lost: AtomicI64,
    remote_jitter_us: AtomicI64,
    /// Milliseconds since `begin`.
    last_sound: AtomicU64,
    /// The last packet said that a pause begins.
    pausing: std::sync::atomic::AtomicBool,
}

/// A report block about what we sent (RFC 3550 section 6.4.1).
#[derive(Debug, Clone, Copy)]
pub(crate) struct RemoteReport {
    pub(crate) rtt: Option<Duration>,
    pub(crate) lost: u32,
    /// In units of the RTP clock.
    pub(crate) jitter: u32,
}

impl Counters {
    pub(crate) fn new() -> Self {
        Self {
            begin: Instant::now(),
            sent: AtomicU64::new(0),
            received: AtomicU64::new(0),
            lost: AtomicU64::new(0),
            jitter_us: AtomicU64::new(0),
            sent_codec: AtomicU64::new(0),
            received_codec: AtomicU64::new(0),
            rtt_us: AtomicI64::new(-1),
            remote_lost: AtomicI64::new(-1),
            remote_jitter_us: AtomicI64::new(-1),
            last_sound: AtomicU64::new(0),
            pausing: false.into(),
        }
    }

    /// Time since the call's media began: the clock of the jitter buffer.
    pub(crate) fn elapsed(&self) -> Duration {
        self.begin.elapsed()
    }

    pub(crate) fn packet_sent(&self) {
        self.sent.fetch_add(1, Relaxed);
    }

    pub(crate) fn sending(&self, codec: Codec) {
        self.sent_codec.store(number(codec), Relaxed);
    }

    /// An RTP packet came; `pausing` when it announces silence.
    pub(crate) fn packet_came(&self, pausing: bool) {
        self.last_sound
            .store(self.elapsed().as_millis() as u64, Relaxed);
        self.pausing.store(pausing, Relaxed);
    }

    pub(crate) fn reception(&self, reception: Reception, codec: Option<Codec>) {
        self.received.store(reception.received, Relaxed);
        self.lost.store(reception.lost, Relaxed);
        self.jitter_us
            .store((reception.jitter_ms * 1e3) as u64, Relaxed);
        self.received_codec.store(codec.map_or(0, number), Relaxed);
    }

    pub(crate) fn remote(&self, report: RemoteReport) {
        if let Some(rtt) = report.rtt {
            self.rtt_us.store(rtt.as_micros() as i64, Relaxed);
        }
        self.remote_lost.store(i64::from(report.lost), Relaxed);
        if let Some(codec) = codec(self.sent_codec.load(Relaxed)) {
            let microseconds = f64::from(report.jitter) * 1e6 / f64::from(codec.clock_rate());
            self.remote_jitter_us.store(microseconds as i64, Relaxed);
        }
    }

    /// How long nothing has come although something should; `None` before the first packet and
    /// while the sender pauses on purpose.
    pub(crate) fn silence(&self) -> Option<Duration> {
        let last = self.last_sound.load(Relaxed);
        (last > 0 && !self.pausing.load(Relaxed))
            .then(|| self.elapsed().saturating_sub(Duration::from_millis(last)))
    }

    pub(crate) fn snapshot(&self) -> CallStats {
        let reported = |value: &AtomicI64| u64::try_from(value.load(Relaxed)).ok();
        let milliseconds = |microseconds: u64| microseconds as f64 / 1e3;
        let codec = codec(self.sent_codec.load(Relaxed))
            .or_else(|| codec(self.received_codec.load(Relaxed)));
        CallStats {
            codec: codec.map(Codec::name),
            sent: self.sent.load(Relaxed),
            received: self.received.load(Relaxed),
            lost: self.lost.load(Relaxed),
            jitter_ms: milliseconds(self.jitter_us.load(Relaxed)),
            rtt_ms: reported(&self.rtt_us).map(milliseconds),
            remote_lost: reported(&self.remote_lost),
            remote_jitter_ms: reported(&self.remote_jitter_us).map(milliseconds),
        }
    }
}

fn number(codec: Codec) -> u64 {
    Codec::PREFERENCE
        .iter()
        .position(|other| *other == codec)
        .map_or(0, |index| index as u64 + 1)
}

fn codec(number: u64) -> Option<Codec> {
    Codec::PREFERENCE
        .get(usize::try_from(number.checked_sub(1)?).ok()?)
        .copied()
}
