//! RTP in the clear to a phone on this machine that knows neither ICE nor DTLS (RFC 3550, RFC 3551).
//!
//! The socket is bound to 127.0.0.1: nothing from or for another machine passes through it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::sync::Arc;
use std::time::Duration;

use alobar_core::Direction;
use bytes::Bytes;
use rtc::rtp;
use rtc::shared::marshal::{Marshal, Unmarshal};
use tokio::net::UdpSocket;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;

use crate::call::Outgoing;
use crate::codec::Codec;
use crate::delivery::Delivery;
use crate::peer::PeerEvent;
use crate::sdp::{Description, Origin, plain_answer};

/// Larger than any packet of sound.
const MAX_PACKET: usize = 2_048;
/// Tries for an even port, which RTP should have (RFC 3550 section 11): each one halves the doubt.
const TRIES: usize = 16;
/// After an error that might come again at once.
const PAUSE: Duration = Duration::from_millis(20);

/// The connection; closed by dropping it.
pub(crate) struct Plain {
    socket: Arc<UdpSocket>,
    receiving: JoinHandle<()>,
    ssrc: u32,
    origin: Origin,
    /// The peer, once its description counts.
    peer: Option<SocketAddrV4>,
}

impl Plain {
    /// Connected from the start: there is nobody to shake hands with.
    pub(crate) async fn open(
        ssrc: u32,
        delivery: Delivery,
        events: &UnboundedSender<PeerEvent>,
    ) -> io::Result<Plain> {
        let (socket, address) = bind().await?;
        let socket = Arc::new(socket);
        let receiving = tokio::spawn(receive(socket.clone(), delivery));
        events.send(PeerEvent::Connected).ok(); // the call is over: nobody wants to know
        Ok(Plain {
            socket,
            receiving,
            ssrc,
            origin: Origin {
                session: ssrc,
                version: 0,
                address,
            },
            peer: None,
        })
    }

    /// Our answer, whatever the offer before was.
    pub(crate) fn accept_offer(
        &mut self,
        sdp: &str,
        offer: &Description,
        codecs: &[Codec],
        direction: Direction,
    ) -> String {
        self.origin.version += 1;
        plain_answer(sdp, offer, codecs, direction, self.origin)
    }

    /// Sends to `peer` from now on.
    pub(crate) fn aim(&mut self, peer: SocketAddrV4) {
        self.peer = Some(peer);
    }

    pub(crate) async fn send(&self, packet: Outgoing) {
        let (Some(peer), Ok(packet)) = (self.peer, packet.into_rtp(self.ssrc).marshal()) else {
            return;
        };
        // A phone that is gone shows in what does not come from it.
        self.socket.send_to(&packet, peer).await.ok();
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        self.receiving.abort();
    }
}

async fn bind() -> io::Result<(UdpSocket, SocketAddrV4)> {
    let mut tries = 0..TRIES;
    loop {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        if let SocketAddr::V4(address) = socket.local_addr()?
            && (address.port() % 2 == 0 || tries.next().is_none())
        {
            return Ok((socket, address));
        }
    }
}

async fn receive(socket: Arc<UdpSocket>, delivery: Delivery) {
    let mut buffer = [0; MAX_PACKET];
    loop {
        match socket.recv_from(&mut buffer).await {
            Ok((length, _)) => {
                if let Some(packet) = read(&buffer[..length]) {
                    delivery.packet(&packet);
                }
            }
            // Windows tells here that nobody took what was sent; the phone may open its port yet.
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// A packet of RTP; `None` for anything else that a phone may send to its peer's port.
fn read(datagram: &[u8]) -> Option<rtp::Packet> {
    let is_rtp = datagram.first().is_some_and(|byte| byte >> 6 == 2);
    // RFC 5761 section 4.
    let is_rtcp = matches!(datagram.get(1), Some(192..=223));
    if !is_rtp || is_rtcp {
        return None;
    }
    rtp::Packet::unmarshal(&mut Bytes::copy_from_slice(datagram)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rtp_is_taken_for_sound() {
        let packet = [&[0x80, 8, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3][..], &[9; 160]].concat();
        let read_back = read(&packet).unwrap();
        assert_eq!(read_back.header.payload_type, 8);
        assert_eq!(read_back.payload.len(), 160);
        let report = [&[0x80, 200, 0, 6][..], &[0; 24]].concat();
        assert!(read(&report).is_none(), "a sender report");
        let binding = [&[0, 1, 0, 0][..], &[0; 16]].concat();
        assert!(read(&binding).is_none(), "a STUN request");
        assert!(read(&[0x80, 8]).is_none() && read(&[]).is_none(), "cut off");
    }
}
