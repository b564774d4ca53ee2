//! Virtual time: each test says when packets come and when sound is pulled.

use super::*;
use crate::codec::Encoder;
use crate::test_sound::{aligned_correlation, loudness, piecewise_correlation, speech_like};

/// A sender of 20 ms packets and the network to us.
struct Trace {
    packets: Vec<(Duration, Incoming)>,
    seconds: f32,
}

impl Trace {
    /// `arrive(n)` is the network's delay of packet `n` in ms; `None` loses it.
    fn new(
        codec: Codec,
        seconds: f32,
        mut arrive: impl FnMut(u32) -> Option<u32>,
    ) -> (Trace, Vec<f32>) {
        let said = speech_like(seconds);
        let mut encoder = Encoder::new(codec).unwrap();
        let mut packets = Vec::new();
        for (n, sound) in said.as_chunks::<PACKET>().0.iter().enumerate() {
            let n = n as u32;
            let payload = encoder.encode(sound).unwrap();
            if let Some(delay) = arrive(n) {
                let packet = Incoming {
                    ssrc: 7,
                    sequence: 65_500u16.wrapping_add(n as u16), // wraps early
                    timestamp: (u32::MAX - 10_000).wrapping_add(n * codec.clock_rate() / 50),
                    kind: Kind::Sound(codec),
                    payload,
                };
                packets.push((Duration::from_millis(u64::from(20 * n + delay)), packet));
            }
        }
        packets.sort_by_key(|(at, _)| *at);
        (Trace { packets, seconds }, said)
    }

    /// Pulls each 10 ms; packets come in between.
    fn play(self) -> (Vec<f32>, JitterBuffer) {
        let mut buffer = JitterBuffer::default();
        let mut packets = self.packets.into_iter().peekable();
        let mut heard = Vec::new();
        for n in 0..(self.seconds * 100.0) as u64 {
            let now = Duration::from_millis(10 * n);
            while let Some((at, packet)) = packets.next_if(|(at, _)| *at <= now) {
                buffer.push(packet, at);
            }
            let mut frame = [9.0; FRAME];
            buffer.pull(now, &mut frame);
            assert!(
                frame.iter().all(|sample| sample.abs() <= 1.5),
                "a frame is always filled"
            );
            heard.extend(frame);
        }
        (heard, buffer)
    }
}

/// A repeatable sequence of pseudo-random numbers below `bound`.
fn dice(bound: u32) -> impl FnMut() -> u32 {
    let mut state = 12_345u32;
    move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % bound
    }
}

/// How far `heard` is behind `said`, in ms.
fn delay_ms(said: &[f32], heard: &[f32], at: usize) -> usize {
    let piece = &said[at..at + 48_000];
    (0..200)
        .max_by(|a, b| {
            let score = |ms: &usize| aligned_correlation(piece, &heard[at + ms * 48..], 0);
            score(a).total_cmp(&score(b))
        })
        .unwrap()
}

#[test]
fn a_steady_stream_is_played_one_packet_late_and_unchanged() {
    for codec in Codec::PREFERENCE {
        let (trace, said) = Trace::new(codec, 4.0, |_| Some(5));
        let (heard, buffer) = trace.play();
        let whole = aligned_correlation(&said[..144_000], &heard, 4_800);
        assert!(whole > 0.95, "{codec:?}: {whole}");
        let delay = delay_ms(&said, &heard, 96_000);
        assert!((20..=45).contains(&delay), "{codec:?}: {delay} ms");
        let Reception {
            received,
            lost,
            jitter_ms,
        } = buffer.reception();
        assert_eq!((received, lost), (200, 0), "{codec:?}");
        assert!(jitter_ms < 0.01, "{codec:?}: {jitter_ms}");
    }
}

#[test]
fn jitter_and_reordering_are_smoothed() {
    let mut dice = dice(40);
    let (trace, said) = Trace::new(Codec::Opus, 8.0, |_| Some(10 + dice()));
    let (heard, buffer) = trace.play();
    let fit = piecewise_correlation(&said, &heard);
    assert!(fit > 0.9, "{fit}");
    assert_eq!(buffer.reception().lost, 0);
    assert!(buffer.reception().jitter_ms > 5.0);
    let delay = delay_ms(&said, &heard, 288_000);
    assert!(delay < 110, "{delay} ms");
}

#[test]
fn scattered_losses_are_rebuilt_from_the_next_opus_packet() {
    let (trace, said) = Trace::new(Codec::Opus, 6.0, |n| (n % 15 != 9).then_some(5));
    let (heard, buffer) = trace.play();
    let fit = piecewise_correlation(&said, &heard);
    assert!(fit > 0.9, "{fit}");
    assert_eq!(buffer.reception().lost, 20);
}

#[test]
fn losses_in_g711_are_covered_and_counted() {
    let mut dice = dice(20);
    let (trace, said) = Trace::new(Codec::Pcma, 6.0, |_| (dice() != 0).then_some(5));
    let sent = trace.packets.len() as u64;
    let (heard, buffer) = trace.play();
    assert!(piecewise_correlation(&said, &heard) > 0.85);
    assert_eq!(buffer.reception().received, sent);
    assert!(buffer.reception().lost >= 8);
}

#[test]
fn a_burst_of_losses_fades_and_the_voice_comes_back_in_place() {
    let (trace, said) = Trace::new(Codec::Pcmu, 5.0, |n| {
        (!(100..140).contains(&n)).then_some(5)
    });
    let (heard, _) = trace.play();
    // 800 ms are gone: quiet after the fade, and then the old rhythm.
    assert!(loudness(&heard[48 * 2_300..48 * 2_750]) < 0.001);
    let after = aligned_correlation(&said[48 * 3_200..48 * 4_200], &heard[48 * 3_200..], 4_800);
    assert!(after > 0.95, "{after}");
}

#[test]
fn the_delay_comes_down_again_after_a_spike() {
    // Packets 100–109 stay in a queue for 200 ms and then come together.
    let spike = |n: u32| {
        Some(if (100..110).contains(&n) {
            205 - (n - 100) * 20
        } else {
            5
        })
    };
    let (trace, said) = Trace::new(Codec::Opus, 20.0, spike);
    let (heard, buffer) = trace.play();
    assert_eq!(buffer.reception().lost, 0);
    let delay = delay_ms(&said, &heard, 48_000 * 18);
    assert!(delay <= 60, "{delay} ms");
}

#[test]
fn a_clock_that_runs_fast_or_slow_is_followed() {
    for drift in [-1i64, 1] {
        // 500 ppm: 30 ms in a minute.
        let (trace, said) = Trace::new(Codec::Pcma, 60.0, |n| {
            Some((50 + drift * i64::from(n) / 100) as u32)
        });
        let (heard, buffer) = trace.play();
        assert_eq!(buffer.reception().lost, 0);
        assert!(piecewise_correlation(&said, &heard) > 0.9, "drift {drift}");
    }
}

#[test]
fn copies_and_late_packets_are_not_played_twice() {
    let (mut trace, said) = Trace::new(Codec::Pcma, 3.0, |_| Some(5));
    let copies: Vec<_> = trace
        .packets
        .iter()
        .map(|(at, packet)| (*at + Duration::from_millis(120), packet.clone()))
        .collect();
    trace.packets.extend(copies);
    trace.packets.sort_by_key(|(at, _)| *at);
    let (heard, _) = trace.play();
    let fit = aligned_correlation(&said[..96_000], &heard, 4_800);
    assert!(fit > 0.95, "{fit}");
}

#[test]
fn a_pause_of_the_sender_is_no_loss() {
    // Discontinuous transmission: numbers go on, timestamps jump.
    let (mut trace, said) = Trace::new(Codec::Pcma, 6.0, |n| {
        (!(100..150).contains(&n)).then_some(5)
    });
    for (at, packet) in &mut trace.packets {
        if *at > Duration::from_millis(2_500) {
            packet.sequence = packet.sequence.wrapping_sub(50);
        }
    }
    let (heard, buffer) = trace.play();
    assert_eq!(buffer.reception().lost, 0);
    let after = aligned_correlation(&said[48 * 3_500..48 * 4_500], &heard[48 * 3_500..], 4_800);
    assert!(after > 0.95, "{after}");
}

#[test]
fn comfort_noise_and_events_take_a_number_but_no_sound() {
    let (mut trace, said) = Trace::new(Codec::Pcma, 4.0, |_| Some(5));
    for (n, (_, packet)) in trace.packets.iter_mut().enumerate() {
        match n {
            0..3 | 120 => packet.kind = Kind::Noise,
            100..104 => packet.kind = Kind::Event,
            104..108 => packet.kind = Kind::Other,
            _ => {}
        }
    }
    let (heard, buffer) = trace.play();
    assert_eq!(buffer.reception().lost, 0);
    let after = aligned_correlation(&said[48 * 2_500..48 * 3_500], &heard[48 * 2_500..], 4_800);
    assert!(after > 0.95, "{after}");
}

#[test]
fn a_new_sender_or_numbering_starts_anew() {
    for (ssrc, jump) in [(8, 0), (7, 30_000)] {
        let (mut trace, said) = Trace::new(Codec::Pcma, 6.0, |_| Some(5));
        for (at, packet) in &mut trace.packets {
            if *at > Duration::from_secs(2) {
                packet.ssrc = ssrc;
                packet.sequence = packet.sequence.wrapping_add(jump);
                packet.timestamp = packet.timestamp.wrapping_add(1 << 30);
            }
        }
        let (heard, buffer) = trace.play();
        assert!(buffer.reception().lost <= 1, "{ssrc}");
        let after = aligned_correlation(&said[48 * 3_000..48 * 4_500], &heard[48 * 3_000..], 4_800);
        assert!(after > 0.95, "{ssrc} {jump}: {after}");
    }
}

#[test]
fn a_codec_can_change_within_the_stream() {
    let (mut trace, _) = Trace::new(Codec::Opus, 4.0, |_| Some(5));
    let (later, said) = Trace::new(Codec::Pcma, 4.0, |_| Some(5));
    trace.packets.truncate(100);
    trace.packets.extend(later.packets.into_iter().skip(100));
    let (heard, buffer) = trace.play();
    assert_eq!(buffer.codec(), Some(Codec::Pcma));
    let after = aligned_correlation(&said[48 * 2_500..48 * 3_500], &heard[48 * 2_500..], 4_800);
    assert!(after > 0.95, "{after}");
}

#[test]
fn nothing_received_is_silence() {
    let mut buffer = JitterBuffer::default();
    let mut frame = [1.0; FRAME];
    buffer.pull(Duration::from_secs(1), &mut frame);
    assert_eq!(frame, [0.0; FRAME]);
    assert_eq!(buffer.reception(), Reception::default());
}
