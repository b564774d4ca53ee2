//! The end of `webrtc`'s receiving chain: takes RTP out to the pump and reads RTCP reports.
//!
//! Packets leave here and not through `webrtc`'s tracks: those lose the packets before their
//! first event and are rebuilt by every negotiation.

use std::collections::VecDeque;
use std::time::Instant;

use rtc::interceptor::{Interceptor, Packet, StreamInfo, TaggedPacket};
use rtc::sansio::Protocol;
use rtc::shared::error::Error;

use crate::delivery::Delivery;

/// See the module.
pub(super) struct Tap {
    delivery: Delivery,
    read: VecDeque<TaggedPacket>,
    write: VecDeque<TaggedPacket>,
}

impl Tap {
    pub(super) fn new(delivery: Delivery) -> Self {
        Self {
            delivery,
            read: VecDeque::new(),
            write: VecDeque::new(),
        }
    }
}

impl Protocol<TaggedPacket, TaggedPacket, ()> for Tap {
    type Rout = TaggedPacket;
    type Wout = TaggedPacket;
    type Eout = ();
    type Error = Error;
    type Time = Instant;

    fn handle_read(&mut self, message: TaggedPacket) -> Result<(), Error> {
        match &message.message.packet {
            Packet::Rtp(packet) => self.delivery.packet(packet), // ends here
            Packet::Rtcp(packets) => {
                self.delivery.reports(packets);
                self.read.push_back(message);
            }
            _ => self.read.push_back(message), // the type is non-exhaustive: let through
        }
        Ok(())
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        self.read.pop_front()
    }

    fn handle_write(&mut self, message: TaggedPacket) -> Result<(), Error> {
        self.write.push_back(message);
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.write.pop_front()
    }
}

impl Interceptor for Tap {
    fn bind_local_stream(&mut self, _: &StreamInfo) {}
    fn unbind_local_stream(&mut self, _: &StreamInfo) {}
    fn bind_remote_stream(&mut self, _: &StreamInfo) {}
    fn unbind_remote_stream(&mut self, _: &StreamInfo) {}
}
