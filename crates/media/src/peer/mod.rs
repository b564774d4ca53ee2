//! One call's WebRTC connection: ICE, DTLS-SRTP and RTP, over the `webrtc` crate.

mod connect;
mod tap;

use std::sync::Arc;
use std::time::Duration;

use alobar_core::Direction;
use rtc::media_stream::MediaStreamTrack;
use rtc::rtp_transceiver::rtp_sender::{
    RTCRtpCodecParameters, RTCRtpCodingParameters, RTCRtpEncodingParameters, RtpCodecKind,
};
use tokio::sync::{mpsc, watch};
use webrtc::media_stream::track_local::TrackLocal;
use webrtc::media_stream::track_local::static_rtp::TrackLocalStaticRTP;
use webrtc::peer_connection::{PeerConnection, RTCSessionDescription};

use crate::call::Outgoing;
use crate::codec::Codec;
use crate::delivery::Delivery;
use crate::sdp::{Description, Setup, from_peer, to_peer};
use crate::{IceServer, Network};
use connect::{Handler, codec_parameters, connect};

/// How long to wait for STUN and TURN servers; host candidates are there at once.
const GATHERING: Duration = Duration::from_secs(3);

/// The `webrtc` crate refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum PeerError {
    #[error("Open a peer connection")]
    Open(#[source] webrtc::error::Error),
    #[error("Make a description")]
    Describe(#[source] webrtc::error::Error),
    #[error("Apply the peer's description")]
    Apply(#[source] webrtc::error::Error),
}

/// What happens on the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeerEvent {
    /// ICE found a path.
    Path,
    /// DTLS is up too.
    Connected,
    /// Nothing comes on the path any more.
    Interrupted,
    Failed,
}

/// How connections are made.
#[derive(Debug, Clone)]
pub(crate) struct PeerConfig {
    pub(crate) codecs: Vec<Codec>,
    pub(crate) ice_servers: Vec<IceServer>,
    /// Only 127.0.0.1, which no peer elsewhere can reach.
    pub(crate) loopback: bool,
    /// Offers without keys are answered.
    pub(crate) plain_rtp: bool,
}

impl PeerConfig {
    /// Without servers and plain RTP; no `codecs` means [`Codec::PREFERENCE`].
    pub(crate) fn new(codecs: Vec<Codec>, network: Network) -> PeerConfig {
        PeerConfig {
            codecs: if codecs.is_empty() {
                Codec::PREFERENCE.to_vec()
            } else {
                codecs
            },
            ice_servers: Vec::new(),
            loopback: network == Network::Loopback,
            plain_rtp: false,
        }
    }
}

/// The connection. [`Peer::close`] it: dropping only detaches its task.
pub(crate) struct Peer {
    connection: Arc<dyn PeerConnection>,
    track: Arc<TrackLocalStaticRTP>,
    ssrc: u32,
    codecs: Vec<Codec>,
    gathered: watch::Receiver<bool>,
    setup: Setup,
}

impl Peer {
    /// `setup` is our DTLS role for the connection's whole life.
    pub(crate) async fn open(
        config: &PeerConfig,
        setup: Setup,
        ssrc: u32,
        delivery: Delivery,
        events: mpsc::UnboundedSender<PeerEvent>,
    ) -> Result<Peer, PeerError> {
        let (gathering, gathered) = watch::channel(false);
        let handler = Handler { events, gathering };
        let codecs = codec_parameters(&config.codecs);
        let connection = connect(config, setup, &codecs, delivery, handler)
            .await
            .map_err(PeerError::Open)?;
        let track = Arc::new(local_track(ssrc, codecs.first()));
        connection
            .add_track(track.clone())
            .await
            .map_err(PeerError::Open)?;
        // Without this the offer has only the track's own codec.
        for transceiver in connection.get_transceivers().await {
            transceiver
                .set_codec_preferences(codecs.clone())
                .await
                .map_err(PeerError::Open)?;
        }
        Ok(Peer {
            connection,
            track,
            ssrc,
            codecs: config.codecs.clone(),
            gathered,
            setup,
        })
    }

    /// Tells webrtc which codec will be sent: it makes sender reports only for a track's own codec.
    async fn will_send(&self, description: &Description) -> Result<(), webrtc::error::Error> {
        let codecs = codec_parameters(&self.codecs);
        let mut common = description.codecs.iter().filter_map(|(_, codec)| {
            let position = self.codecs.iter().position(|ours| ours == codec)?;
            codecs.get(position)
        });
        let track = local_track(self.ssrc, common.next());
        for sender in self.connection.get_senders().await {
            sender.replace_track(Arc::new(track.clone())).await?;
        }
        Ok(())
    }

    /// A new offer with all candidates.
    pub(crate) async fn offer(&mut self, direction: Direction) -> Result<String, PeerError> {
        let offer = self
            .connection
            .create_offer(None)
            .await
            .map_err(PeerError::Describe)?;
        self.connection
            .set_local_description(offer)
            .await
            .map_err(PeerError::Describe)?;
        Ok(to_peer(
            &self.gathered_description().await,
            direction,
            self.setup,
            None,
        ))
    }

    /// Applies the peer's offer; our answer to it.
    pub(crate) async fn accept_offer(
        &mut self,
        sdp: &str,
        offer: &Description,
        direction: Direction,
    ) -> Result<String, PeerError> {
        let description =
            RTCSessionDescription::offer(from_peer(sdp, offer)).map_err(PeerError::Apply)?;
        self.will_send(offer).await.map_err(PeerError::Apply)?;
        self.connection
            .set_remote_description(description)
            .await
            .map_err(PeerError::Apply)?;
        let answer = self
            .connection
            .create_answer(None)
            .await
            .map_err(PeerError::Describe)?;
        self.connection
            .set_local_description(answer)
            .await
            .map_err(PeerError::Describe)?;
        Ok(to_peer(
            &self.gathered_description().await,
            direction,
            self.setup,
            Some(offer),
        ))
    }

    /// Applies the peer's answer to our last offer.
    pub(crate) async fn accept_answer(
        &self,
        sdp: &str,
        answer: &Description,
    ) -> Result<(), PeerError> {
        let description =
            RTCSessionDescription::answer(from_peer(sdp, answer)).map_err(PeerError::Apply)?;
        self.will_send(answer).await.map_err(PeerError::Apply)?;
        self.connection
            .set_remote_description(description)
            .await
            .map_err(PeerError::Apply)
    }

    /// Forgets our last offer.
    pub(crate) async fn roll_back(&self) -> Result<(), PeerError> {
        let rollback = RTCSessionDescription::rollback(None).map_err(PeerError::Apply)?;
        self.connection
            .set_local_description(rollback)
            .await
            .map_err(PeerError::Apply)
    }

    pub(crate) async fn send(&self, packet: Outgoing) -> Result<(), webrtc::error::Error> {
        self.track.write_rtp(packet.into_rtp(self.ssrc)).await
    }

    pub(crate) async fn close(&self) {
        // It says so when it is closed already; there is nothing to do about it.
        self.connection.close().await.ok();
    }

    async fn gathered_description(&mut self) -> String {
        // On a timeout or a gone driver, what was gathered so far must do.
        tokio::time::timeout(GATHERING, self.gathered.wait_for(|gathered| *gathered))
            .await
            .ok();
        self.connection
            .local_description()
            .await
            .map(|description| description.sdp)
            .unwrap_or_default()
    }
}

/// Our one track; `codec` is only a first guess until [`Peer::will_send`].
fn local_track(ssrc: u32, codec: Option<&RTCRtpCodecParameters>) -> TrackLocalStaticRTP {
    TrackLocalStaticRTP::new(MediaStreamTrack::new(
        "alobar".to_owned(),
        "microphone".to_owned(),
        "microphone".to_owned(),
        RtpCodecKind::Audio,
        vec![RTCRtpEncodingParameters {
            rtp_coding_parameters: RTCRtpCodingParameters {
                ssrc: Some(ssrc),
                ..Default::default()
            },
            codec: codec
                .map(|codec| codec.rtp_codec.clone())
                .unwrap_or_default(),
            ..Default::default()
        }],
    ))
}
