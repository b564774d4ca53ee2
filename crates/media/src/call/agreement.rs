//! What two descriptions agree on.

use alobar_core::Direction;

use super::Sending;
use crate::codec::{Codec, CodecError, Encoder};
use crate::delivery::PayloadTypes;
use crate::sdp::{Description, Transport};

/// The outcome of an offer and its answer.
#[derive(Debug, Clone)]
pub(super) struct Agreement {
    /// Ours.
    direction: Direction,
    /// The most we ever said in this offer: the peer may open it up to this.
    offered: Direction,
    /// The peer sends us sound; the peer takes ours.
    pub(super) remote_sends: bool,
    pub(super) remote_receives: bool,
    /// To the peer.
    pub(super) transport: Transport,
    pub(super) codec: Codec,
    payload_type: u8,
    events: Option<(u8, u32)>,
    /// What the peer may send us.
    receive: Vec<(u8, Codec)>,
    receive_events: Vec<u8>,
    noise: Vec<u8>,
}

impl Agreement {
    /// `answer` is the answer, whoever wrote it: its first codec is used (RFC 3264 section 6.1).
    /// `remote` and `own` are the two sides' descriptions. `None` without a codec of ours.
    pub(super) fn new(
        codecs: &[Codec],
        direction: Direction,
        answer: &Description,
        remote: &Description,
        own: &Description,
    ) -> Option<Agreement> {
        let (payload_type, codec) = *answer
            .codecs
            .iter()
            .find(|(_, codec)| codecs.contains(codec))?;
        Some(Agreement {
            direction,
            offered: own.direction,
            remote_sends: remote.sends(),
            remote_receives: remote.receives(),
            transport: remote.transport.clone(),
            codec,
            payload_type,
            events: answer.events_for(codec),
            receive: own.codecs.iter().chain(&answer.codecs).copied().collect(),
            receive_events: own
                .events
                .iter()
                .chain(&answer.events)
                .map(|e| e.0)
                .collect(),
            noise: own.noise.iter().chain(&answer.noise).copied().collect(),
        })
    }

    /// The same with the direction of a repeated answer.
    pub(super) fn with_answer(&self, answer: &Description) -> Agreement {
        Agreement {
            direction: narrowest(self.offered, reversed(answer.direction)),
            remote_sends: answer.sends(),
            remote_receives: answer.receives(),
            ..self.clone()
        }
    }

    pub(super) fn receives(&self) -> bool {
        matches!(self.direction, Direction::SendRecv | Direction::RecvOnly)
    }

    fn sends(&self) -> bool {
        matches!(self.direction, Direction::SendRecv | Direction::SendOnly)
    }

    /// What to send, with a fresh encoder; `None` while we must not.
    pub(super) fn sending(&self) -> Result<Option<Sending>, CodecError> {
        if !self.sends() {
            return Ok(None);
        }
        let encoder = Encoder::new(self.codec)?;
        Ok(Some(Sending {
            codec: self.codec,
            payload_type: self.payload_type,
            encoder,
            events: self.events,
        }))
    }

    pub(super) fn same_sending(&self, other: &Agreement) -> bool {
        let key = |agreement: &Agreement| {
            (
                agreement.sends(),
                agreement.codec,
                agreement.payload_type,
                agreement.events,
            )
        };
        key(self) == key(other)
    }

    pub(super) fn payload_types(&self) -> PayloadTypes {
        PayloadTypes {
            codecs: self.receive.clone(),
            events: self.receive_events.clone(),
            noise: self.noise.clone(),
        }
    }
}

/// The same direction from the other side.
pub(super) fn reversed(direction: Direction) -> Direction {
    match direction {
        Direction::SendOnly => Direction::RecvOnly,
        Direction::RecvOnly => Direction::SendOnly,
        Direction::SendRecv | Direction::Inactive => direction,
    }
}

/// What both directions allow.
pub(super) fn narrowest(a: Direction, b: Direction) -> Direction {
    match (a, b) {
        (Direction::SendRecv, other) | (other, Direction::SendRecv) => other,
        (Direction::SendOnly, Direction::SendOnly) => Direction::SendOnly,
        (Direction::RecvOnly, Direction::RecvOnly) => Direction::RecvOnly,
        (Direction::SendOnly | Direction::RecvOnly | Direction::Inactive, _) => Direction::Inactive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_does_only_what_both_allow() {
        use Direction::{Inactive, RecvOnly, SendOnly, SendRecv};
        // We hold (sendonly) and the peer answers recvonly.
        assert_eq!(narrowest(SendOnly, reversed(RecvOnly)), SendOnly);
        // The peer holds us: sendonly seen from here is recvonly.
        assert_eq!(narrowest(SendRecv, reversed(SendOnly)), RecvOnly);
        // Both hold.
        assert_eq!(narrowest(SendOnly, reversed(SendOnly)), Inactive);
        assert_eq!(narrowest(SendRecv, reversed(Inactive)), Inactive);
        assert_eq!(narrowest(SendRecv, reversed(SendRecv)), SendRecv);
    }
}
