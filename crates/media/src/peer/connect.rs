//! How a connection is made, and what it tells while it lives.

use std::sync::Arc;
use std::time::Duration;

use rtc::ice::mdns::MulticastDnsMode;
use rtc::peer_connection::transport::RTCDtlsRole;
use rtc::rtp_transceiver::rtp_sender::{RTCRtpCodec, RTCRtpCodecParameters, RtpCodecKind};
use tokio::sync::{mpsc, watch};
use webrtc::peer_connection::{
    MediaEngine, PeerConnection, PeerConnectionBuilder, PeerConnectionEventHandler,
    RTCConfigurationBuilder, RTCIceConnectionState, RTCIceGatheringState, RTCIceServer,
    RTCPeerConnectionState, Registry, SettingEngineBuilder, configure_rtcp_reports,
};

use super::tap::Tap;
use super::{PeerConfig, PeerEvent};
use crate::codec::Codec;
use crate::delivery::Delivery;
use crate::sdp::Setup;

/// ICE: a path is interrupted after 3 s without any packet, given up after 25 s more.
const ICE_DISCONNECTED: Duration = Duration::from_secs(3);
const ICE_FAILED: Duration = Duration::from_secs(25);
const ICE_KEEPALIVE: Duration = Duration::from_secs(1);

pub(super) async fn connect(
    config: &PeerConfig,
    setup: Setup,
    codecs: &[RTCRtpCodecParameters],
    delivery: Delivery,
    handler: Handler,
) -> Result<Arc<dyn PeerConnection>, webrtc::error::Error> {
    let mut engine = MediaEngine::default();
    for codec in codecs {
        engine.register_codec(codec.clone(), RtpCodecKind::Audio)?;
    }
    // Last in the chain: every other interceptor has seen the packets before they leave it here.
    let registry = configure_rtcp_reports(Registry::new())
        .with(rtc::interceptor::Slot::from(14_000), Tap::new(delivery));
    let settings = SettingEngineBuilder::new()
        .with_multicast_dns_mode(MulticastDnsMode::Disabled)
        .with_include_loopback_candidate(config.loopback)
        .with_ice_timeouts(
            Some(ICE_DISCONNECTED),
            Some(ICE_FAILED),
            Some(ICE_KEEPALIVE),
        )
        .with_answering_dtls_role(match setup {
            Setup::Active => RTCDtlsRole::Client,
            Setup::Passive => RTCDtlsRole::Server,
        })
        .build();
    let servers = config.ice_servers.iter().map(|server| RTCIceServer {
        urls: vec![server.url.clone()],
        username: server.username.clone().unwrap_or_default(),
        credential: server
            .credential
            .as_ref()
            .map(|secret| secret.reveal().clone())
            .unwrap_or_default(),
    });
    let address = if config.loopback {
        "127.0.0.1:0"
    } else {
        "0.0.0.0:0"
    };
    let connection = PeerConnectionBuilder::new()
        .with_configuration(
            RTCConfigurationBuilder::new()
                .with_ice_servers(servers.collect())
                .build(),
        )
        .with_media_engine(engine)
        .with_setting_engine(settings)
        .with_interceptor_registry(registry)
        .with_handler(Arc::new(handler))
        .with_udp_addrs(vec![address.to_owned()])
        .build()
        .await?;
    Ok(Arc::new(connection))
}

/// Our codecs, and one telephone event: two collapse into one payload type.
pub(super) fn codec_parameters(codecs: &[Codec]) -> Vec<RTCRtpCodecParameters> {
    let parameters =
        |name: &str, clock_rate, channels, fmtp: &str, payload_type| RTCRtpCodecParameters {
            rtp_codec: RTCRtpCodec {
                mime_type: format!("audio/{name}"),
                clock_rate,
                channels,
                sdp_fmtp_line: fmtp.to_owned(),
                rtcp_feedback: vec![],
            },
            payload_type,
        };
    let sound = codecs.iter().map(|codec| {
        parameters(
            codec.encoding(),
            codec.clock_rate(),
            codec.channels(),
            codec.format_parameters(),
            codec.payload_type(),
        )
    });
    let events = if codecs.contains(&Codec::Opus) {
        parameters("telephone-event", 48_000, 0, "0-16", 110)
    } else {
        parameters("telephone-event", 8_000, 0, "0-16", 101)
    };
    sound.chain([events]).collect()
}

pub(super) struct Handler {
    pub(super) events: mpsc::UnboundedSender<PeerEvent>,
    pub(super) gathering: watch::Sender<bool>,
}

impl Handler {
    fn report(&self, event: PeerEvent) {
        self.events.send(event).ok(); // the call is over: nobody wants to know
    }
}

#[async_trait::async_trait]
impl PeerConnectionEventHandler for Handler {
    async fn on_ice_gathering_state_change(&self, state: RTCIceGatheringState) {
        if state == RTCIceGatheringState::Complete {
            self.gathering.send_replace(true);
        }
    }

    async fn on_ice_connection_state_change(&self, state: RTCIceConnectionState) {
        match state {
            RTCIceConnectionState::Connected | RTCIceConnectionState::Completed => {
                self.report(PeerEvent::Path)
            }
            RTCIceConnectionState::Disconnected => self.report(PeerEvent::Interrupted),
            _ => {} // on the way, or told by the connection's state
        }
    }

    async fn on_connection_state_change(&self, state: RTCPeerConnectionState) {
        match state {
            RTCPeerConnectionState::Connected => self.report(PeerEvent::Connected),
            RTCPeerConnectionState::Failed => self.report(PeerEvent::Failed),
            _ => {} // on the way, or told by the state of ICE
        }
    }
}
