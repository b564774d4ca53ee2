//! The sound of calls: devices, codecs and WebRTC connections behind [`Media`].
//!
//! ```text
//! Phone ──MediaAction──► Media ──► one task a call ── ICE, DTLS-SRTP ──► peer
//!   ▲                      │            ▲  packets, over a ring and a channel
//!   └──── MediaReport ◄────┴──► pump ◄──┘  10 ms frames ◄──► devices or files
//! ```
//!
//! [`Voices`] is the same without a headset, for calls that programs hold.
//!
//! The `webrtc` and `rtc` crates log packets, addresses and descriptions, and call normal events
//! errors: a program keeps their targets off (`webrtc=off,rtc=off` and the `rtc_*` crates).

pub mod audio;
mod call;
mod codec;
mod delivery;
mod dtmf;
mod jitter;
mod media;
mod peer;
mod plain;
mod sdp;
mod stats;
pub mod voices;

#[cfg(test)]
#[path = "../tests/support/sound.rs"]
#[expect(unreachable_pub, reason = "shared with the integration tests")]
mod test_sound;

pub use audio::{
    AudioConfig, AudioError, Check, CheckEvent, Device, DeviceChoice, DeviceRole, Devices, Input,
    Output, Trial, Volume, devices,
};
pub use codec::{Codec, UnknownCodec};
pub use media::{IceServer, Media, MediaConfig, MediaError, MediaReport, Network};
pub use sdp::{SdpError, check_sdp};
pub use stats::CallStats;
pub use voices::{Voice, Voices, VoicesConfig};
