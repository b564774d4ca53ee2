//! From a packet's payload, or from its absence, to 48 kHz sound.

use audio_codec_algorithms::{decode_alaw, decode_ulaw};
use ezk_g722::libg722::{Bitrate, decoder::Decoder as G722};

use super::conceal::Concealer;
use super::resample::Interpolator;
use super::{Codec, CodecError};
use crate::audio::FRAME;

/// The longest Opus packet is 120 ms (RFC 6716 section 3.2.5).
const MAX_DECODED: usize = 5_760;
/// A payload longer than 120 ms of G.711 is no sound of ours.
const MAX_WAVEFORM_PAYLOAD: usize = 960;

/// One codec's decoder with its state and its concealment.
pub(crate) enum Decoder {
    Opus {
        decoder: opus::Decoder,
        scratch: Box<[f32; MAX_DECODED]>,
    },
    G722 {
        decoder: Box<G722>,
        low: Vec<f32>,
        up: Interpolator,
        concealer: Concealer,
    },
    G711 {
        decode: fn(u8) -> i16,
        low: Vec<f32>,
        up: Interpolator,
        concealer: Concealer,
    },
}

impl Decoder {
    pub(crate) fn new(codec: Codec) -> Result<Decoder, CodecError> {
        let g711 = |decode| Decoder::G711 {
            decode,
            low: Vec::with_capacity(MAX_WAVEFORM_PAYLOAD),
            up: Interpolator::new(6),
            concealer: Concealer::default(),
        };
        Ok(match codec {
            Codec::Opus => Decoder::Opus {
                decoder: opus::Decoder::new(48_000, opus::Channels::Mono)?,
                scratch: Box::new([0.0; MAX_DECODED]),
            },
            Codec::G722 => Decoder::G722 {
                decoder: Box::new(G722::new(Bitrate::Mode1_64000, false, false)),
                low: Vec::with_capacity(2 * MAX_WAVEFORM_PAYLOAD),
                up: Interpolator::new(3),
                concealer: Concealer::default(),
            },
            Codec::Pcma => g711(decode_alaw),
            Codec::Pcmu => g711(decode_ulaw),
        })
    }

    /// Appends the sound of `payload`; `false` when it cannot be decoded.
    pub(crate) fn decode(&mut self, payload: &[u8], sound: &mut Vec<f32>) -> bool {
        let start = sound.len();
        match self {
            Decoder::Opus { decoder, scratch } => {
                // An empty slice would mean "lost" to libopus.
                if payload.is_empty() {
                    return false;
                }
                let Ok(length) = decoder.decode_float(payload, &mut scratch[..], false) else {
                    return false;
                };
                sound.extend_from_slice(&scratch[..length]);
            }
            Decoder::G722 {
                decoder,
                low,
                up,
                concealer,
            } => {
                if payload.is_empty() || payload.len() > MAX_WAVEFORM_PAYLOAD {
                    return false;
                }
                low.clear();
                low.extend(decoder.decode(payload).into_iter().map(from_i16));
                up.process(low, sound);
                concealer.good(&mut sound[start..]);
            }
            Decoder::G711 {
                decode,
                low,
                up,
                concealer,
            } => {
                if payload.is_empty() || payload.len() > MAX_WAVEFORM_PAYLOAD {
                    return false;
                }
                low.clear();
                low.extend(payload.iter().map(|byte| from_i16(decode(*byte))));
                up.process(low, sound);
                concealer.good(&mut sound[start..]);
            }
        }
        true
    }

    /// Appends the lost packet before `next` from the copy that `next` carries (Opus in-band FEC).
    pub(crate) fn recover(&mut self, next: &[u8], samples: usize, sound: &mut Vec<f32>) -> bool {
        let Decoder::Opus { decoder, scratch } = self else {
            return false;
        };
        if next.is_empty() || samples == 0 || samples > MAX_DECODED {
            return false;
        }
        let Ok(length) = decoder.decode_float(next, &mut scratch[..samples], true) else {
            return false;
        };
        sound.extend_from_slice(&scratch[..length]);
        true
    }

    /// Appends 10 ms that hide the absence of a packet.
    pub(crate) fn conceal(&mut self, sound: &mut Vec<f32>) {
        match self {
            Decoder::Opus { decoder, scratch } => {
                let length = decoder
                    .decode_float(&[], &mut scratch[..FRAME], false)
                    .unwrap_or(0);
                sound.extend_from_slice(&scratch[..length]);
                sound.extend(std::iter::repeat_n(0.0, FRAME - length));
            }
            Decoder::G722 { concealer, .. } | Decoder::G711 { concealer, .. } => {
                concealer.conceal(sound)
            }
        }
    }
}

fn from_i16(sample: i16) -> f32 {
    f32::from(sample) / 32_768.0
}
