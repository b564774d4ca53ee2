use super::*;
use crate::test_sound::{aligned_correlation, speech_like};

/// With at most 15 ms of delay.
fn correlation(said: &[f32], heard: &[f32]) -> f32 {
    aligned_correlation(said, heard, 720.min(said.len() / 4))
}

fn through(codec: Codec, sound: &[f32]) -> Vec<f32> {
    let (mut encoder, mut decoder) = (Encoder::new(codec).unwrap(), Decoder::new(codec).unwrap());
    let mut heard = Vec::new();
    for packet in sound.as_chunks::<PACKET>().0 {
        assert!(decoder.decode(&encoder.encode(packet).unwrap(), &mut heard));
    }
    heard
}

#[test]
fn every_codec_gives_back_what_was_said() {
    let said = speech_like(2.0);
    for codec in Codec::PREFERENCE {
        let heard = through(codec, &said);
        assert_eq!(heard.len(), said.len(), "{codec:?}");
        let likeness = correlation(&said, &heard);
        assert!(likeness > 0.95, "{codec:?}: {likeness}");
    }
}

#[test]
fn frames_join_without_a_seam() {
    // A steady tone through G.711: a click at a frame border would be a jump of the second difference.
    let tone: Vec<f32> = (0..48_000)
        .map(|n| 0.5 * (n as f32 * 440.0 * std::f32::consts::TAU / 48_000.0).sin())
        .collect();
    let heard = through(Codec::Pcma, &tone);
    let sharpest = heard[9_600..]
        .windows(3)
        .map(|w| (w[0] - 2.0 * w[1] + w[2]).abs())
        .fold(0.0, f32::max);
    assert!(sharpest < 0.01, "{sharpest}");
}

#[test]
fn a_missing_packet_of_a_vowel_is_hidden_by_its_pitch() {
    let vowel: Vec<f32> = (0..24_000)
        .map(|n| {
            let phase = n as f32 * 150.0 * std::f32::consts::TAU / 48_000.0;
            0.3 * phase.sin() + 0.2 * (2.0 * phase).sin() + 0.1 * (3.0 * phase).sin()
        })
        .collect();
    for codec in [Codec::G722, Codec::Pcma, Codec::Pcmu] {
        let (mut encoder, mut decoder) =
            (Encoder::new(codec).unwrap(), Decoder::new(codec).unwrap());
        let mut heard = Vec::new();
        for (n, packet) in vowel.as_chunks::<PACKET>().0.iter().enumerate() {
            let payload = encoder.encode(packet).unwrap();
            if n == 12 {
                decoder.conceal(&mut heard);
                decoder.conceal(&mut heard);
            } else {
                decoder.decode(&payload, &mut heard);
            }
        }
        let gap = 12 * PACKET..13 * PACKET;
        let likeness = correlation(&through(codec, &vowel)[gap.clone()], &heard[gap]);
        assert!(likeness > 0.9, "{codec:?}: {likeness}");
    }
}

#[test]
fn opus_rebuilds_a_lost_packet_from_the_next_one() {
    let said = speech_like(2.0);
    let (mut encoder, mut decoder) = (
        Encoder::new(Codec::Opus).unwrap(),
        Decoder::new(Codec::Opus).unwrap(),
    );
    let payloads: Vec<_> = said
        .as_chunks::<PACKET>()
        .0
        .iter()
        .map(|p| encoder.encode(p).unwrap())
        .collect();
    let mut heard = Vec::new();
    for n in 0..payloads.len() {
        if n % 10 == 5 {
            assert!(decoder.recover(&payloads[n + 1], PACKET, &mut heard));
        } else {
            decoder.decode(&payloads[n], &mut heard);
        }
    }
    let likeness = correlation(&said, &heard);
    assert!(likeness > 0.9, "{likeness}");
}

#[test]
fn nonsense_is_refused_without_a_panic() {
    for codec in Codec::PREFERENCE {
        let mut decoder = Decoder::new(codec).unwrap();
        let mut sound = Vec::new();
        assert!(!decoder.decode(&[], &mut sound), "{codec:?}");
        decoder.decode(&[0xff; 2_000], &mut sound);
        decoder.conceal(&mut sound);
        assert!(!decoder.recover(&[], PACKET, &mut sound));
    }
}

#[test]
fn names_are_read_in_any_case() {
    assert_eq!("PCMA".parse(), Ok(Codec::Pcma));
    assert_eq!("opus".parse(), Ok(Codec::Opus));
    assert_eq!(
        "speex".parse::<Codec>(),
        Err(UnknownCodec("speex".to_owned()))
    );
    assert_eq!(Codec::from_encoding("G722", 8_000), Some(Codec::G722));
    assert_eq!(Codec::from_encoding("opus", 8_000), None);
}
