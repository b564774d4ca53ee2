//! The connection to the peer, of either kind.

use std::sync::Mutex;

use super::{ActionError, Call, Outgoing};
use crate::delivery::Delivery;
use crate::peer::Peer;
use crate::plain::Plain;
use crate::sdp::{Setup, Transport, Unusable};

/// See the module.
pub(super) enum Leg {
    Secured(Peer),
    Plain(Plain),
}

impl Leg {
    pub(super) async fn send(&self, packet: Outgoing) {
        match self {
            // Refused once the connection is closed or before it is negotiated.
            Leg::Secured(peer) => {
                peer.send(packet).await.ok();
            }
            Leg::Plain(plain) => plain.send(packet).await,
        }
    }

    pub(super) async fn close(self) {
        match self {
            Leg::Secured(peer) => peer.close().await,
            Leg::Plain(plain) => drop(plain),
        }
    }
}

impl Call {
    /// The WebRTC connection, opened at the first call. A plain one cannot become one.
    pub(super) async fn open(&mut self, setup: Setup) -> Result<&mut Peer, ActionError> {
        if let Some(delivery) = self.delivery() {
            let events = self.peer_events.clone();
            let peer = Peer::open(&self.config, setup, self.ssrc, delivery, events).await?;
            self.leg = Some(Leg::Secured(peer));
        }
        match &mut self.leg {
            Some(Leg::Secured(peer)) => Ok(peer),
            Some(Leg::Plain(_)) => Err(ActionError::PlainOffer),
            None => Err(OPENING_FAILED),
        }
    }

    /// The plain connection, opened at the first call.
    pub(super) async fn open_plain(&mut self) -> Result<&mut Plain, ActionError> {
        if let Some(delivery) = self.delivery() {
            let plain = Plain::open(self.ssrc, delivery, &self.peer_events)
                .await
                .map_err(ActionError::Plain)?;
            self.leg = Some(Leg::Plain(plain));
        }
        match &mut self.leg {
            Some(Leg::Plain(plain)) => Ok(plain),
            Some(Leg::Secured(_)) => Err(ActionError::OtherPeer),
            None => Err(OPENING_FAILED),
        }
    }

    /// Where plain packets go from now on: the peer may move with each description.
    pub(super) fn aim(&mut self, transport: &Transport) {
        if let (Some(Leg::Plain(plain)), Transport::Plain { address }) = (&mut self.leg, transport)
        {
            plain.aim(*address);
        }
    }

    /// Once: there is one ring to the sound.
    fn delivery(&mut self) -> Option<Delivery> {
        Some(Delivery {
            arrivals: Mutex::new(self.arrivals.take()?),
            payload_types: self.payload_types.clone(),
            counters: self.counters.clone(),
        })
    }
}

/// Opening failed before: the call has failed already.
const OPENING_FAILED: ActionError = ActionError::Unusable(Unusable::NotSecured);
