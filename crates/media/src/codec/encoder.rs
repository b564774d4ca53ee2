//! From 20 ms of 48 kHz sound to one packet's payload.

use audio_codec_algorithms::{encode_alaw, encode_ulaw};
use bytes::Bytes;
use ezk_g722::libg722::{Bitrate, encoder::Encoder as G722};

use super::resample::Decimator;
use super::{Codec, CodecError, PACKET};

/// Speech is transparent enough here, with room for the redundant copy that FEC carries.
const OPUS_BITS_PER_SECOND: i32 = 32_000;
/// Tells libopus how much of the bits to spend on FEC.
const OPUS_EXPECTED_LOSS_PERCENT: i32 = 10;
/// The largest packet of 20 ms we ever make is G.711's or G.722's 160 bytes.
const MAX_PAYLOAD: usize = 400;

/// One codec's encoder with its state.
pub(crate) enum Encoder {
    Opus(opus::Encoder),
    G722(Box<G722>, Decimator, Vec<f32>),
    G711(fn(i16) -> u8, Decimator, Vec<f32>),
}

impl Encoder {
    pub(crate) fn new(codec: Codec) -> Result<Encoder, CodecError> {
        Ok(match codec {
            Codec::Opus => Encoder::Opus(opus_encoder()?),
            Codec::G722 => Encoder::G722(
                Box::new(G722::new(Bitrate::Mode1_64000, false, false)),
                Decimator::new(3),
                Vec::with_capacity(PACKET / 3),
            ),
            Codec::Pcma => Encoder::G711(
                encode_alaw,
                Decimator::new(6),
                Vec::with_capacity(PACKET / 6),
            ),
            Codec::Pcmu => Encoder::G711(
                encode_ulaw,
                Decimator::new(6),
                Vec::with_capacity(PACKET / 6),
            ),
        })
    }

    /// The payload of 20 ms of sound.
    pub(crate) fn encode(&mut self, sound: &[f32; PACKET]) -> Result<Bytes, CodecError> {
        match self {
            Encoder::Opus(encoder) => {
                let mut payload = [0; MAX_PAYLOAD];
                let length = encoder.encode_float(sound, &mut payload)?;
                Ok(Bytes::copy_from_slice(&payload[..length]))
            }
            Encoder::G722(encoder, decimator, low) => {
                low.clear();
                decimator.process(sound, low);
                let mut samples = [0; PACKET / 3];
                samples
                    .iter_mut()
                    .zip(low.iter())
                    .for_each(|(to, from)| *to = to_i16(*from));
                Ok(encoder.encode(&samples).into())
            }
            Encoder::G711(encode, decimator, low) => {
                low.clear();
                decimator.process(sound, low);
                Ok(low.iter().map(|sample| encode(to_i16(*sample))).collect())
            }
        }
    }
}

fn opus_encoder() -> Result<opus::Encoder, CodecError> {
    let mut encoder = opus::Encoder::new(48_000, opus::Channels::Mono, opus::Application::Voip)?;
    encoder.set_bitrate(opus::Bitrate::Bits(OPUS_BITS_PER_SECOND))?;
    encoder.set_inband_fec(true)?;
    encoder.set_packet_loss_perc(OPUS_EXPECTED_LOSS_PERCENT)?;
    encoder.set_signal(opus::Signal::Voice)?;
    Ok(encoder)
}

fn to_i16(sample: f32) -> i16 {
    (sample * 32_768.0) as i16 // `as` saturates
}
