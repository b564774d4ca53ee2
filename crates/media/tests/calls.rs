//! Calls between two ends in one process: real ICE, DTLS-SRTP, codecs and sound files.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[expect(unreachable_pub, reason = "shared with the unit tests")]
#[expect(dead_code, reason = "shared with other tests")]
mod support;

use alobar_core::{Direction, MediaAction, MediaEvent, MediaFailure, Sdp};
use alobar_e2e::sound::listening;
use alobar_media::{Codec, MediaReport};
use support::sound::{loudness, piecewise_correlation, speech_like};
use support::{End, connect, renegotiate, write};

/// What both ends said and heard in a whole call.
fn talk(codec: Codec) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    listening(|| runtime.block_on(likeness_of(codec)));
}

/// Whether both ends heard what was said; everything but the sound is asserted.
async fn likeness_of(codec: Codec) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let said = speech_like(4.0);
    let speech = folder.path().join("speech.wav");
    write(&speech, &said);
    let mut caller = End::new(folder.path(), "caller", &[], Some(&speech));
    let mut callee = End::new(folder.path(), "callee", &[codec], Some(&speech));
    connect(&mut caller, &mut callee).await;
    // 4 s of speech and a little more, and the first reports of RTCP.
    for end in [&mut caller, &mut callee] {
        end.stats(|stats| stats.received > 230 && stats.rtt_ms.is_some())
            .await;
    }
    let mut heard_by = Vec::new();
    for (end, name) in [(caller, "caller"), (callee, "callee")] {
        let (stats, heard) = end.hang_up().await;
        let likeness = piecewise_correlation(&said, &heard);
        heard_by.push((name, likeness));
        assert_eq!(stats.codec, Some(codec.name()));
        assert_eq!(stats.lost, 0, "{name}");
        assert!(stats.sent > 230, "{name}: {stats:?}");
        assert!(stats.rtt_ms.is_some_and(|rtt| rtt < 1_000.0), "{stats:?}");
        assert_eq!(stats.remote_lost, Some(0), "{name}");
    }
    let alike = heard_by.iter().all(|(_, likeness)| *likeness > 0.9);
    alike
        .then_some(())
        .ok_or_else(|| format!("{codec:?}: {heard_by:?}"))
}

#[test]
fn opus_carries_speech_both_ways() {
    talk(Codec::Opus);
}

#[test]
fn g722_carries_speech_both_ways() {
    talk(Codec::G722);
}

#[test]
fn a_law_carries_speech_both_ways() {
    talk(Codec::Pcma);
}

#[test]
fn u_law_carries_speech_both_ways() {
    talk(Codec::Pcmu);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_peer_hears_and_says_nothing_until_resumed() {
    let folder = tempfile::tempdir().unwrap();
    let said = speech_like(60.0);
    let speech = folder.path().join("speech.wav");
    write(&speech, &said);
    let mut agent = End::new(folder.path(), "agent", &[Codec::Pcma], Some(&speech));
    let mut customer = End::new(folder.path(), "customer", &[Codec::Pcma], Some(&speech));
    connect(&mut agent, &mut customer).await;
    customer.stats(|stats| stats.received > 50).await;

    // The customer's end is told, and answers that it only listens.
    let answer = renegotiate(&mut agent, &mut customer, Direction::SendOnly).await;
    assert!(answer.reveal().contains("a=recvonly"));
    customer
        .expect(MediaEvent::RemoteDirection { receives: false })
        .await;
    let held = agent.stats(|_| true).await;
    // Three more reports, 1.5 s: a packet or two may have been on its way.
    for _ in 0..3 {
        agent.stats(|_| true).await;
    }
    let still_held = agent.stats(|_| true).await;
    assert!(
        still_held.received <= held.received + 5,
        "{held:?} {still_held:?}"
    );

    let answer = renegotiate(&mut agent, &mut customer, Direction::SendRecv).await;
    assert!(answer.reveal().contains("a=sendrecv"));
    let resumed = agent
        .stats(|stats| stats.received > still_held.received + 100)
        .await;
    assert!(resumed.lost <= 5, "{resumed:?}");

    let (_, heard) = agent.hang_up().await;
    customer.hang_up().await;
    let seconds = heard.chunks(24_000).map(loudness).collect::<Vec<_>>();
    let quiet = seconds.iter().filter(|second| **second < 1e-4).count();
    assert!(
        (2..seconds.len() - 3).contains(&quiet),
        "silence in the middle: {seconds:?}"
    );
    assert!(seconds.last().is_some_and(|last| *last > 0.01) || seconds[seconds.len() - 2] > 0.01);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_hold_leaves_the_call_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut agent = End::new(folder.path(), "agent", &[], None);
    let mut customer = End::new(folder.path(), "customer", &[], None);
    connect(&mut agent, &mut customer).await;
    agent.offer(Direction::SendOnly).await;
    agent.perform(MediaAction::RollBack);
    let before = agent.stats(|stats| stats.received > 20).await;
    agent
        .stats(|stats| stats.received > before.received + 50)
        .await;
    // And the next one works.
    renegotiate(&mut agent, &mut customer, Direction::SendOnly).await;
    customer
        .expect(MediaEvent::RemoteDirection { receives: false })
        .await;
    agent.hang_up().await;
    customer.hang_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn both_can_hold_and_the_later_resume_keeps_the_other_hold() {
    let folder = tempfile::tempdir().unwrap();
    let mut agent = End::new(folder.path(), "agent", &[Codec::Pcmu], None);
    let mut customer = End::new(folder.path(), "customer", &[Codec::Pcmu], None);
    connect(&mut agent, &mut customer).await;
    renegotiate(&mut agent, &mut customer, Direction::SendOnly).await;
    // The customer holds too, while the agent allows only what it allowed before.
    let offer = customer.offer(Direction::Inactive).await;
    let answer = agent.answer(offer, Direction::SendOnly).await;
    assert!(answer.reveal().contains("a=inactive"));
    customer.perform(MediaAction::AcceptAnswer { answer });
    agent
        .expect(MediaEvent::RemoteDirection { receives: false })
        .await;
    // Sound comes back after an inactive time.
    renegotiate(&mut agent, &mut customer, Direction::SendRecv).await;
    let before = agent.stats(|_| true).await;
    agent
        .stats(|stats| stats.received > before.received + 20)
        .await;
    agent.hang_up().await;
    customer.hang_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_answer_twice_is_one_answer() {
    // 183 with a description, then 200 with the same.
    let folder = tempfile::tempdir().unwrap();
    let mut caller = End::new(folder.path(), "caller", &[], None);
    let mut callee = End::new(folder.path(), "callee", &[], None);
    let offer = caller.offer(Direction::SendRecv).await;
    let answer = callee.answer(offer, Direction::SendRecv).await;
    for _ in 0..2 {
        caller.perform(MediaAction::AcceptAnswer {
            answer: answer.clone(),
        });
        caller
            .expect(MediaEvent::RemoteDirection { receives: true })
            .await;
    }
    caller.expect(MediaEvent::Connected).await;
    caller.perform(MediaAction::Focus { on: true });
    callee.perform(MediaAction::Focus { on: true });
    caller.stats(|stats| stats.received > 20).await;
    caller.hang_up().await;
    callee.hang_up().await;
}

/// Queues offer what the customer speaks first, which is G.711 (RFC 3264 section 6.1).
#[tokio::test(flavor = "multi_thread")]
async fn the_one_who_answers_chooses_the_codec() {
    let folder = tempfile::tempdir().unwrap();
    let narrow_first = [Codec::Pcmu, Codec::Pcma, Codec::Opus];
    let mut caller = End::new(folder.path(), "caller", &narrow_first, None);
    let mut callee = End::new(folder.path(), "callee", &[], None);
    let offer = caller.offer(Direction::SendRecv).await;
    assert_eq!(payload_types(&offer), ["0", "8", "111", "110"]);
    let answer = callee.answer(offer, Direction::SendRecv).await;
    assert_eq!(payload_types(&answer), ["111", "8", "0", "110"]);
    caller.perform(MediaAction::AcceptAnswer { answer });
    for end in [&mut caller, &mut callee] {
        end.perform(MediaAction::Focus { on: true });
    }
    for mut end in [caller, callee] {
        let stats = end.stats(|stats| stats.received > 20).await;
        assert_eq!(stats.codec, Some("opus"));
        end.hang_up().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_offer_leaves_the_codec_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut caller = End::new(folder.path(), "caller", &[], None);
    let narrow_first = [Codec::Pcma, Codec::Opus];
    let mut callee = End::new(folder.path(), "callee", &narrow_first, None);
    connect(&mut caller, &mut callee).await;
    let answer = renegotiate(&mut callee, &mut caller, Direction::SendRecv).await;
    assert_eq!(payload_types(&answer)[0], "8");
    let before = caller.stats(|stats| stats.received > 20).await;
    let after = caller
        .stats(|stats| stats.received > before.received + 20)
        .await;
    assert_eq!(after.codec, Some("pcma"));
    caller.hang_up().await;
    callee.hang_up().await;
}

fn payload_types(sdp: &Sdp) -> Vec<&str> {
    let mut lines = sdp.reveal().lines();
    let media = lines.find_map(|line| line.strip_prefix("m=audio "));
    media.unwrap().split(' ').skip(2).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_was_not_promised_ends_the_call_without_sound() {
    let folder = tempfile::tempdir().unwrap();
    let mut caller = End::new(folder.path(), "caller", &[], None);
    let mut callee = End::new(folder.path(), "callee", &[], None);
    let offer = caller.offer(Direction::SendRecv).await;
    let answer = callee.answer(offer, Direction::SendRecv).await;
    caller.perform(MediaAction::AcceptAnswer {
        answer: with_another_fingerprint(&answer),
    });
    caller.perform(MediaAction::Focus { on: true });
    callee.perform(MediaAction::Focus { on: true });
    let failure = caller
        .event(|event| match event {
            MediaEvent::Failed(failure) => Some(*failure),
            MediaEvent::Connected => panic!("connected to a stranger"),
            _ => None,
        })
        .await;
    assert_eq!(failure, MediaFailure::Dtls);
    let (stats, _) = caller.hang_up().await;
    assert_eq!((stats.sent, stats.received), (0, 0));
    callee.hang_up().await;
}

/// The first byte of the certificate's digest is another one.
fn with_another_fingerprint(sdp: &Sdp) -> Sdp {
    let lines =
        sdp.reveal()
            .lines()
            .map(|line| match line.strip_prefix("a=fingerprint:sha-256 ") {
                Some(value) if value.starts_with("00") => {
                    format!("a=fingerprint:sha-256 11{}\r\n", &value[2..])
                }
                Some(value) => format!("a=fingerprint:sha-256 00{}\r\n", &value[2..]),
                None => format!("{line}\r\n"),
            });
    Sdp::new(lines.collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn ends_without_a_common_codec_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut caller = End::new(folder.path(), "caller", &[Codec::Opus], None);
    let mut callee = End::new(folder.path(), "callee", &[Codec::Pcma], None);
    let offer = caller.offer(Direction::SendRecv).await;
    callee.perform(MediaAction::AcceptOffer {
        offer,
        direction: Direction::SendRecv,
    });
    callee
        .expect(MediaEvent::Failed(MediaFailure::NoCodec))
        .await;
    caller.hang_up().await;
    callee.hang_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_description_without_keys_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut callee = End::new(folder.path(), "callee", &[], None);
    let plain = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n";
    callee.perform(MediaAction::AcceptOffer {
        offer: Sdp::new(plain.to_owned()),
        direction: Direction::SendRecv,
    });
    callee
        .expect(MediaEvent::Failed(MediaFailure::BadDescription))
        .await;
    callee.hang_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn digits_take_the_place_of_sound() {
    let folder = tempfile::tempdir().unwrap();
    let mut caller = End::new(folder.path(), "caller", &[], None);
    let mut callee = End::new(folder.path(), "callee", &[], None);
    connect(&mut caller, &mut callee).await;
    callee.stats(|stats| stats.received > 20).await;
    caller.perform(MediaAction::SendDtmf {
        digits: "1234*#".to_owned().into(),
    });
    let stats = callee.stats(|stats| stats.received > 120).await;
    assert_eq!(stats.lost, 0);
    caller.hang_up().await;
    callee.hang_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_are_what_asterisk_accepts() {
    let folder = tempfile::tempdir().unwrap();
    let mut caller = End::new(folder.path(), "caller", &[], None);
    let offer = caller.offer(Direction::SendRecv).await;
    let sdp = offer.reveal();
    alobar_media::check_sdp(sdp.as_bytes()).unwrap();
    let lines: Vec<&str> = sdp.lines().collect();
    let media = lines.iter().find(|line| line.starts_with("m=")).unwrap();
    assert!(
        media.ends_with(" UDP/TLS/RTP/SAVPF 111 9 8 0 110"),
        "{media}"
    );
    assert!(
        !media.starts_with("m=audio 9 "),
        "the default port is a real one"
    );
    assert!(
        lines.contains(&"c=IN IP4 127.0.0.1"),
        "0.0.0.0 would mean hold"
    );
    assert!(lines.contains(&"a=setup:active"), "actpass costs a second");
    assert!(lines.contains(&"a=sendrecv") && lines.contains(&"a=rtcp-mux"));
    assert!(lines.contains(&"a=rtpmap:111 opus/48000/2"));
    assert!(lines.contains(&"a=rtpmap:110 telephone-event/48000"));
    assert!(lines.iter().any(|line| line.starts_with("a=candidate:")));
    assert!(sdp.contains("useinbandfec=1"));
    caller.hang_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_played_file_ends_with_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let speech = folder.path().join("speech.wav");
    write(&speech, &speech_like(0.5));
    let mut caller = End::new(folder.path(), "caller", &[], Some(&speech));
    let mut callee = End::new(folder.path(), "callee", &[], None);
    connect(&mut caller, &mut callee).await;
    caller
        .report(|report| (*report == MediaReport::SourceFinished).then_some(()))
        .await;
    caller.hang_up().await;
    callee.hang_up().await;
}
