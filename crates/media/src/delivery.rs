//! What comes from the network, on its way to the call's sound and its counters.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rtc::rtcp;
use rtc::rtp;

use crate::call::Arrival;
use crate::codec::Codec;
use crate::jitter::{Incoming, Kind};
use crate::stats::{Counters, RemoteReport};

/// What each payload type means at present. Locked only for a lookup, never on the pump's thread.
#[derive(Debug, Default)]
pub(crate) struct PayloadTypes {
    pub(crate) codecs: Vec<(u8, Codec)>,
    /// Telephone events.
    pub(crate) events: Vec<u8>,
    pub(crate) noise: Vec<u8>,
}

impl PayloadTypes {
    fn kind(&self, payload_type: u8) -> Kind {
        match self
            .codecs
            .iter()
            .find(|(number, _)| *number == payload_type)
        {
            Some((_, codec)) => Kind::Sound(*codec),
            None if self.events.contains(&payload_type) => Kind::Event,
            // Asterisk sends comfort noise as 13 without having agreed on it.
            None if payload_type == 13 || self.noise.contains(&payload_type) => Kind::Noise,
            None => Kind::Other,
        }
    }
}

/// Where a connection delivers.
pub(crate) struct Delivery {
    pub(crate) arrivals: Mutex<rtrb::Producer<Arrival>>,
    pub(crate) payload_types: Arc<Mutex<PayloadTypes>>,
    pub(crate) counters: Arc<Counters>,
}

impl Delivery {
    pub(crate) fn packet(&self, packet: &rtp::Packet) {
        let header = &packet.header;
        let kind = lock(&self.payload_types).kind(header.payload_type);
        let pausing =
            kind == Kind::Noise || (kind == Kind::Sound(Codec::Opus) && packet.payload.len() <= 2);
        self.counters.packet_came(pausing);
        let incoming = Incoming {
            ssrc: header.ssrc,
            sequence: header.sequence_number,
            timestamp: header.timestamp,
            kind,
            payload: packet.payload.clone(),
        };
        // A full ring means the pump stands still: what comes meanwhile is of no use later.
        lock(&self.arrivals)
            .push((self.counters.elapsed(), incoming))
            .ok();
    }

    pub(crate) fn reports(&self, packets: &[Box<dyn rtcp::Packet>]) {
        for packet in packets {
            let any = packet.as_any();
            let reports = any
                .downcast_ref::<rtcp::sender_report::SenderReport>()
                .map(|report| report.reports.as_slice())
                .or_else(|| {
                    any.downcast_ref::<rtcp::receiver_report::ReceiverReport>()
                        .map(|report| report.reports.as_slice())
                });
            for report in reports.unwrap_or_default() {
                self.counters.remote(RemoteReport {
                    rtt: round_trip(ntp_middle(), report.last_sender_report, report.delay),
                    lost: report.total_lost,
                    jitter: report.jitter,
                });
            }
        }
    }
}

/// RFC 3550 section 6.4.1: `now - LSR - DLSR`, in units of 1/65536 s; LSR 0 means no report yet.
fn round_trip(now: u32, last_sender_report: u32, delay: u32) -> Option<Duration> {
    let units = now.wrapping_sub(last_sender_report).wrapping_sub(delay) as i32;
    // A step of the system's clock can make it negative: then nothing is known.
    (last_sender_report != 0 && units >= 0)
        .then(|| Duration::from_secs_f64(f64::from(units) / 65_536.0))
}

/// The middle 32 bits of the NTP time.
fn ntp_middle() -> u32 {
    const NTP_TO_UNIX_SECONDS: u64 = 2_208_988_800;
    let unix = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let fraction = (u64::from(unix.subsec_nanos()) << 16) / 1_000_000_000;
    (((unix.as_secs() + NTP_TO_UNIX_SECONDS) << 16) | fraction) as u32
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_round_trip_is_what_the_peer_did_not_hold_back() {
        // 2 s since our report, of which the peer held it 1.5 s.
        assert_eq!(
            round_trip(0x0005_0000, 0x0003_0000, 0x0001_8000),
            Some(Duration::from_millis(500))
        );
    }

    #[test]
    fn nothing_is_known_before_our_first_report_or_after_a_step_of_the_clock() {
        assert_eq!(round_trip(0x0005_0000, 0, 0), None);
        assert_eq!(round_trip(0x0003_0000, 0x0003_8000, 0), None);
    }
}
