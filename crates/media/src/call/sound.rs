//! One call's side of the pump: sound to packets, packets to sound.
//!
//! Nothing here waits. Packets from the network come over a wait-free ring and wait in the jitter
//! buffer, which this thread alone owns; packets to the network and the plan of what to send go
//! over channels that are only ever tried.

use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use alobar_core::Pii;
use bytes::Bytes;

use crate::audio::{CallAudio, FRAME, Frame};
use crate::codec::{Codec, Encoder, PACKET};
use crate::dtmf::{Dtmf, Keys, Step};
use crate::jitter::{Incoming, JitterBuffer, Kind};
use crate::stats::Counters;

/// The pump calls each 10 ms; a pause longer than this is skipped in the timestamps.
const PAUSE: Duration = Duration::from_millis(200);

/// A packet as it came, with its arrival on the clock of [`Counters::elapsed`].
pub(crate) type Arrival = (Duration, Incoming);

/// A packet to send.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    pub(crate) payload_type: u8,
    pub(crate) sequence: u16,
    pub(crate) timestamp: u32,
    pub(crate) marker: bool,
    pub(crate) payload: Bytes,
}

impl Outgoing {
    /// As it goes over the network.
    pub(crate) fn into_rtp(self, ssrc: u32) -> rtc::rtp::Packet {
        rtc::rtp::Packet {
            header: rtc::rtp::Header {
                version: 2,
                marker: self.marker,
                payload_type: self.payload_type,
                sequence_number: self.sequence,
                timestamp: self.timestamp,
                ssrc,
                ..Default::default()
            },
            payload: self.payload,
        }
    }
}

/// What to send: made outside the pump's thread, since an encoder costs time to make.
pub(crate) struct Sending {
    pub(crate) codec: Codec,
    pub(crate) payload_type: u8,
    pub(crate) encoder: Encoder,
    /// Payload type and clock of telephone events.
    pub(crate) events: Option<(u8, u32)>,
}

/// Changes decided by the call's task.
pub(crate) enum Change {
    /// `None` stops sending.
    Send(Option<Box<Sending>>),
    /// Whether the peer's sound is heard.
    Hear(bool),
    Dtmf(Pii<String>),
}

/// Driven by the pump.
pub(crate) struct CallSound {
    changes: mpsc::Receiver<Change>,
    arrivals: rtrb::Consumer<Arrival>,
    packets: tokio::sync::mpsc::Sender<Outgoing>,
    counters: Arc<Counters>,
    buffer: JitterBuffer,
    keys: Keys,
    hears: bool,
    sending: Option<Box<Sending>>,
    /// It has been decided what to send, be it nothing.
    connected: bool,
    dtmf: Dtmf,
    sequence: u16,
    timestamp: u32,
    sound: [f32; PACKET],
    filled: usize,
    /// The next sound packet begins a spurt.
    marker: bool,
    last_capture: Option<Instant>,
}

impl CallSound {
    /// `seed` makes the first sequence number and timestamp unpredictable (RFC 3550 section 5.1).
    pub(crate) fn new(
        changes: mpsc::Receiver<Change>,
        arrivals: rtrb::Consumer<Arrival>,
        packets: tokio::sync::mpsc::Sender<Outgoing>,
        counters: Arc<Counters>,
        seed: u64,
    ) -> Self {
        Self {
            changes,
            arrivals,
            packets,
            counters,
            buffer: JitterBuffer::default(),
            keys: Keys::default(),
            hears: false,
            sending: None,
            connected: false,
            dtmf: Dtmf::default(),
            sequence: seed as u16 >> 1, // the upper half stays free: no wrap in the first minutes
            timestamp: (seed >> 32) as u32,
            sound: [0.0; PACKET],
            filled: 0,
            marker: true,
            last_capture: None,
        }
    }

    /// Whether the connection has come up.
    pub(crate) fn connected(&self) -> bool {
        self.connected
    }

    /// [`CallAudio::playback`] that also tells the keys which the peer has pressed since the last.
    pub(crate) fn listen(&mut self, frame: &mut Frame, mut pressed: impl FnMut(char)) {
        self.take_changes();
        while let Ok((at, packet)) = self.arrivals.pop() {
            if packet.kind == Kind::Event
                && let Some(key) = self
                    .keys
                    .take(packet.ssrc, packet.timestamp, &packet.payload)
                && self.hears
            {
                pressed(key);
            }
            self.buffer.push(packet, at);
        }
        self.buffer.pull(self.counters.elapsed(), frame);
        self.counters
            .reception(self.buffer.reception(), self.buffer.codec());
        if !self.hears {
            frame.fill(0.0);
        }
    }

    fn take_changes(&mut self) {
        while let Ok(change) = self.changes.try_recv() {
            match change {
                Change::Send(sending) => {
                    self.sending = sending;
                    self.connected = true;
                    self.filled = 0;
                    self.marker = true;
                }
                Change::Hear(hears) => self.hears = hears,
                Change::Dtmf(digits) => self.dtmf.push(digits.reveal()),
            }
        }
    }

    /// Keeps the timestamps on the wall's time over pauses of the pump.
    fn skip_pause(&mut self, clock_rate: u32) {
        let now = Instant::now();
        if let Some(last) = self.last_capture.replace(now) {
            let pause = now.duration_since(last);
            if pause > PAUSE {
                let frames = pause.as_millis() as u32 / 10;
                self.timestamp = self.timestamp.wrapping_add(frames * (clock_rate / 100));
                self.filled = 0;
                self.marker = true;
            }
        }
    }

    /// Sends the filled 20 ms, or the telephone event that takes its place.
    fn send_packet(&mut self) {
        let Some(sending) = &mut self.sending else {
            return;
        };
        let timestamp = self.timestamp;
        self.timestamp = timestamp.wrapping_add(sending.codec.clock_rate() / 50);
        let step = match sending.events {
            Some((_, clock_rate)) => self.dtmf.step(timestamp, clock_rate),
            None => Step::Sound,
        };
        match (step, sending.events) {
            (
                Step::Event {
                    timestamp,
                    marker,
                    payload,
                    copies,
                },
                Some((payload_type, _)),
            ) => {
                for _ in 0..copies {
                    self.emit(
                        payload_type,
                        timestamp,
                        marker,
                        Bytes::copy_from_slice(&payload),
                    );
                }
                self.marker = true;
            }
            _ => {
                // libopus refuses only what we never pass; a packet less is the mildest outcome.
                let Ok(payload) = sending.encoder.encode(&self.sound) else {
                    return;
                };
                let payload_type = sending.payload_type;
                let marker = std::mem::take(&mut self.marker);
                self.emit(payload_type, timestamp, marker, payload);
            }
        }
    }

    fn emit(&mut self, payload_type: u8, timestamp: u32, marker: bool, payload: Bytes) {
        let packet = Outgoing {
            payload_type,
            sequence: self.sequence,
            timestamp,
            marker,
            payload,
        };
        self.sequence = self.sequence.wrapping_add(1);
        // Full means the network task is starved: the packet counts as lost at the peer, rightly.
        if self.packets.try_send(packet).is_ok() {
            self.counters.packet_sent();
        }
    }
}

impl CallAudio for CallSound {
    fn capture(&mut self, frame: &Frame) {
        self.take_changes();
        let Some(clock_rate) = self
            .sending
            .as_ref()
            .map(|sending| sending.codec.clock_rate())
        else {
            return;
        };
        self.skip_pause(clock_rate);
        self.sound[self.filled..self.filled + FRAME].copy_from_slice(frame);
        self.filled += FRAME;
        if self.filled == PACKET {
            self.filled = 0;
            self.send_packet();
        }
    }

    fn playback(&mut self, frame: &mut Frame) {
        self.listen(frame, |_| {}); // a person in a call has no use for the peer's keys
    }

    fn ready(&self) -> bool {
        self.sending.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sending() -> (
        CallSound,
        mpsc::Sender<Change>,
        tokio::sync::mpsc::Receiver<Outgoing>,
    ) {
        let (changes, changes_in) = mpsc::channel();
        let (_, arrivals) = rtrb::RingBuffer::new(1);
        let (packets, sent) = tokio::sync::mpsc::channel(1_000);
        let sound = CallSound::new(changes_in, arrivals, packets, Arc::new(Counters::new()), 7);
        let plan = Sending {
            codec: Codec::Pcma,
            payload_type: 8,
            encoder: Encoder::new(Codec::Pcma).unwrap(),
            events: Some((101, 8_000)),
        };
        changes.send(Change::Send(Some(Box::new(plan)))).unwrap();
        (sound, changes, sent)
    }

    fn drain(sent: &mut tokio::sync::mpsc::Receiver<Outgoing>) -> Vec<Outgoing> {
        std::iter::from_fn(|| sent.try_recv().ok()).collect()
    }

    #[test]
    fn sound_goes_out_in_packets_of_20_ms() {
        let (mut sound, _changes, mut sent) = sending();
        for _ in 0..10 {
            sound.capture(&[0.1; FRAME]);
        }
        let sent = drain(&mut sent);
        assert_eq!(sent.len(), 5);
        assert!(sent[0].marker && !sent[1].marker);
        assert!(sent.iter().all(|packet| packet.payload.len() == 160));
        assert!(
            sent.windows(2)
                .all(|pair| pair[1].timestamp.wrapping_sub(pair[0].timestamp) == 160)
        );
    }

    #[test]
    fn a_digit_replaces_sound_in_one_row_of_sequence_numbers() {
        let (mut sound, changes, mut sent) = sending();
        changes.send(Change::Dtmf("5".to_owned().into())).unwrap();
        for _ in 0..40 {
            sound.capture(&[0.1; FRAME]);
        }
        let sent = drain(&mut sent);
        assert!(
            sent.windows(2)
                .all(|pair| pair[1].sequence == pair[0].sequence.wrapping_add(1))
        );
        let (events, rest) = sent.split_at(10);
        assert!(
            events
                .iter()
                .all(|packet| packet.payload_type == 101 && packet.payload[0] == 5)
        );
        assert!(
            events
                .iter()
                .all(|packet| packet.timestamp == events[0].timestamp)
        );
        assert!(rest.iter().all(|packet| packet.payload_type == 8));
        // 160 ms later, and a new spurt.
        assert_eq!(rest[0].timestamp.wrapping_sub(events[0].timestamp), 8 * 160);
        assert!(rest[0].marker);
    }

    #[test]
    fn nothing_goes_out_before_or_without_a_plan() {
        let (mut sound, changes, mut sent) = sending();
        changes.send(Change::Send(None)).unwrap();
        for _ in 0..10 {
            sound.capture(&[0.1; FRAME]);
        }
        assert!(drain(&mut sent).is_empty());
        assert!(!sound.ready());
    }
}
