//! The codecs of a call, behind one encoder and one decoder.
//!
//! Inside, sound is 48 kHz mono `f32`; the narrow codecs resample at their own border.

mod conceal;
mod decoder;
mod encoder;
mod resample;

use std::str::FromStr;

pub(crate) use decoder::Decoder;
pub(crate) use encoder::Encoder;

use crate::audio::FRAME;

/// Packet time: 20 ms at 48 kHz.
pub(crate) const PACKET: usize = 2 * FRAME;

/// A codec that a call can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Codec {
    /// RFC 7587, with in-band FEC.
    Opus,
    /// 16 kHz sound; its RTP clock says 8000 by an old mistake (RFC 3551 section 4.5.2).
    G722,
    /// G.711 A-law.
    Pcma,
    /// G.711 µ-law.
    Pcmu,
}

/// A codec's name that we do not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Find the codec {0}")]
pub struct UnknownCodec(pub String);

/// libopus refused.
#[derive(Debug, thiserror::Error)]
#[error("Run the Opus codec")]
pub(crate) struct CodecError(#[from] opus::Error);

impl Codec {
    /// What we offer, best first.
    pub const PREFERENCE: [Codec; 4] = [Codec::Opus, Codec::G722, Codec::Pcma, Codec::Pcmu];

    /// The name used in statistics and account files.
    pub fn name(self) -> &'static str {
        match self {
            Codec::Opus => "opus",
            Codec::G722 => "g722",
            Codec::Pcma => "pcma",
            Codec::Pcmu => "pcmu",
        }
    }

    /// Its encoding name in `a=rtpmap`.
    pub(crate) fn encoding(self) -> &'static str {
        match self {
            Codec::Opus => "opus",
            Codec::G722 => "G722",
            Codec::Pcma => "PCMA",
            Codec::Pcmu => "PCMU",
        }
    }

    /// What `a=fmtp` says of it, or nothing.
    pub(crate) fn format_parameters(self) -> &'static str {
        match self {
            Codec::Opus => "minptime=10;useinbandfec=1",
            Codec::G722 | Codec::Pcma | Codec::Pcmu => "",
        }
    }

    /// The clock of its RTP timestamps, in Hz.
    pub(crate) fn clock_rate(self) -> u32 {
        match self {
            Codec::Opus => 48_000,
            Codec::G722 | Codec::Pcma | Codec::Pcmu => 8_000,
        }
    }

    /// Channels as written in `a=rtpmap`: Opus always says 2 (RFC 7587 section 7), others nothing.
    pub(crate) fn channels(self) -> u16 {
        match self {
            Codec::Opus => 2,
            Codec::G722 | Codec::Pcma | Codec::Pcmu => 0,
        }
    }

    /// The payload type of our offers: static where RFC 3551 gives one.
    pub(crate) fn payload_type(self) -> u8 {
        match self {
            Codec::Opus => 111,
            Codec::G722 => 9,
            Codec::Pcma => 8,
            Codec::Pcmu => 0,
        }
    }

    /// The codec of a static payload type, which needs no `a=rtpmap`.
    pub(crate) fn from_static_payload_type(payload_type: u8) -> Option<Codec> {
        [Codec::G722, Codec::Pcma, Codec::Pcmu]
            .into_iter()
            .find(|c| c.payload_type() == payload_type)
    }

    /// The codec of an `a=rtpmap` encoding name and clock.
    pub(crate) fn from_encoding(name: &str, clock_rate: u32) -> Option<Codec> {
        let codec = name.parse().ok()?;
        (Codec::clock_rate(codec) == clock_rate).then_some(codec)
    }
}

impl FromStr for Codec {
    type Err = UnknownCodec;

    /// Case does not matter, as in SDP (RFC 8866 section 6.6).
    fn from_str(name: &str) -> Result<Codec, UnknownCodec> {
        Codec::PREFERENCE
            .into_iter()
            .find(|codec| codec.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownCodec(name.to_owned()))
    }
}

#[cfg(test)]
mod tests;
