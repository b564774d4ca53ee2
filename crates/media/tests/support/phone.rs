//! A phone of RTP in the clear, written by hand: PCMA and telephone events as 101.

use std::net::SocketAddr;
use std::time::Duration;

use alobar_core::Sdp;
use audio_codec_algorithms::{decode_alaw, encode_alaw};
use tokio::net::UdpSocket;

use super::PATIENCE;

/// Samples at 8 kHz in 20 ms, and those of 48 kHz for each of them.
const PACKET: usize = 160;
const FACTOR: usize = 6;

pub struct Phone {
    socket: UdpSocket,
    /// Where its peer takes packets.
    peer: SocketAddr,
    sequence: u16,
    timestamp: u32,
}

impl Phone {
    pub async fn new() -> Phone {
        Phone {
            socket: UdpSocket::bind("127.0.0.1:0").await.unwrap(),
            peer: "127.0.0.1:9".parse().unwrap(),
            sequence: 65_530,
            timestamp: 4_000_000_000,
        }
    }

    /// As sipp and baresip write it.
    pub fn offer(&self, direction: &str) -> Sdp {
        let port = self.socket.local_addr().unwrap().port();
        Sdp::new(format!(
            "v=0\r\no=phone 53655765 2353687637 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\n\
             t=0 0\r\nm=audio {port} RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n\
             a=fmtp:101 0-15\r\na={direction}\r\n"
        ))
    }

    /// Sends where `answer` says from now on.
    pub fn take_answer(&mut self, answer: &Sdp) {
        let value = |prefix: &str| {
            let mut lines = answer.reveal().lines();
            let found = lines.find_map(|line| line.strip_prefix(prefix)).unwrap();
            found.split(' ').next().unwrap().to_owned()
        };
        self.peer = format!("{}:{}", value("c=IN IP4 "), value("m=audio "))
            .parse()
            .unwrap();
    }

    async fn send(&mut self, payload_type: u8, timestamp: u32, payload: &[u8]) {
        let mut packet = vec![0x80, payload_type];
        packet.extend(self.sequence.to_be_bytes());
        packet.extend(timestamp.to_be_bytes());
        packet.extend([0, 0, 0, 7]);
        packet.extend(payload);
        self.sequence = self.sequence.wrapping_add(1);
        self.socket.send_to(&packet, self.peer).await.unwrap();
    }

    /// Only the three ends of an event: its other packets were lost.
    pub async fn press(&mut self, event: u8) {
        for _ in 0..3 {
            self.send(101, self.timestamp, &[event, 0x8a, 5, 0]).await;
        }
        self.timestamp = self.timestamp.wrapping_add(PACKET as u32 * 11);
    }

    /// The payload of the next packet of sound, by the rules of RFC 3550 section 5.1.
    pub async fn packet(&self) -> Vec<u8> {
        let mut buffer = [0; 2_048];
        let receiving = tokio::time::timeout(PATIENCE, self.socket.recv_from(&mut buffer));
        let (length, from) = receiving.await.expect("hangs").unwrap();
        assert_eq!(from, self.peer, "sound comes from where it is taken");
        assert_eq!(buffer[0], 0x80);
        assert_eq!(buffer[1] & 0x7f, 8, "the offer's first codec");
        buffer[12..length].to_vec()
    }

    /// How many packets wait.
    pub fn drain(&self) -> usize {
        let mut buffer = [0; 2_048];
        std::iter::from_fn(|| self.socket.try_recv(&mut buffer).ok()).count()
    }

    /// Says `said` in real time and listens a little longer; what was heard. Both at 48 kHz.
    pub async fn talk(&mut self, said: &[f32]) -> Vec<f32> {
        let payloads: Vec<Vec<u8>> = said.chunks_exact(PACKET * FACTOR).map(encode).collect();
        let packets = payloads.len() + 40;
        let mut payloads = payloads.into_iter();
        let mut ticks = tokio::time::interval(Duration::from_millis(20));
        let mut heard = Vec::new();
        for _ in 0..packets {
            ticks.tick().await;
            if let Some(payload) = payloads.next() {
                self.send(8, self.timestamp, &payload).await;
                self.timestamp = self.timestamp.wrapping_add(PACKET as u32);
            }
            while let Ok(payload) = tokio::time::timeout(Duration::ZERO, self.packet()).await {
                heard.extend(payload.into_iter().flat_map(decode));
            }
        }
        heard
    }
}

fn encode(sound: &[f32]) -> Vec<u8> {
    let thin = sound.chunks_exact(FACTOR);
    thin.map(|chunk| chunk.iter().sum::<f32>() / FACTOR as f32)
        .map(|sample| encode_alaw((sample * 32_768.0) as i16))
        .collect()
}

fn decode(byte: u8) -> [f32; FACTOR] {
    [f32::from(decode_alaw(byte)) / 32_768.0; FACTOR]
}
