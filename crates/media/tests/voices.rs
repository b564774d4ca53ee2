//! Calls that programs hold, with each other over WebRTC and with a foreign phone over plain RTP.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[expect(unreachable_pub, reason = "shared with the unit tests")]
#[expect(dead_code, reason = "shared with other tests")]
mod support;

use alobar_core::{Direction, MediaAction, MediaEvent, MediaFailure, Sdp};
use alobar_e2e::sound::listening;
use support::actor::Actor;
use support::phone::Phone;
use support::sound::{loudness, piecewise_correlation, speech_like};
use support::{End, connect};

/// Likeness from which on the words have arrived.
const ALIKE: f32 = 0.9;

fn listening_to<F: Future<Output = Result<(), String>>>(attempt: impl Fn() -> F) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    listening(|| runtime.block_on(attempt()));
}

fn alike(said: &[f32], heard: &[f32], who: &str) -> Result<(), String> {
    let likeness = piecewise_correlation(said, heard);
    let alike = likeness > ALIKE;
    alike.then_some(()).ok_or(format!("{who}: {likeness}"))
}

#[test]
fn one_voice_carries_speech_to_another() {
    listening_to(|| async {
        let said = speech_like(4.0);
        let (speaker, _) = Actor::new(&said);
        let (listener, witness) = Actor::new(&[]);
        let mut caller = End::with_voice(false, speaker);
        let mut callee = End::with_voice(false, listener);
        connect(&mut caller, &mut callee).await;
        callee.stats(|stats| stats.received > 230).await;
        caller.hang_up().await;
        let (stats, _) = callee.hang_up().await;
        assert_eq!((stats.codec, stats.lost), (Some("opus"), 0));
        alike(&said, &witness.heard(), "callee")
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn another_voice_takes_over_in_a_running_call() {
    let (silent, first) = Actor::new(&[]);
    let (listener, witness) = Actor::new(&[]);
    let mut agent = End::with_voice(false, silent);
    let mut customer = End::with_voice(false, listener);
    connect(&mut agent, &mut customer).await;
    customer.stats(|stats| stats.received > 50).await;
    assert!(loudness(&witness.heard()) < 1e-4);

    let (music, _) = Actor::new(&speech_like(10.0));
    agent.replace_voice(music);
    let before = customer.stats(|_| true).await;
    customer
        .stats(|stats| stats.received > before.received + 60)
        .await;
    let heard = witness.heard();
    assert!(loudness(&heard[heard.len() - 24_000..]) > 0.01);
    first.actor_leaves().await;
    agent.hang_up().await;
    let (stats, _) = customer.hang_up().await;
    assert_eq!(stats.lost, 0, "it is one stream");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voice_begins_with_the_connection_and_ends_with_the_call() {
    let (waiting, witness) = Actor::new(&[]);
    let (other, _) = Actor::new(&[]);
    let mut caller = End::with_voice(false, waiting);
    let mut callee = End::with_voice(false, other);
    let offer = caller.offer(Direction::SendRecv).await;
    for _ in 0..2 {
        caller.stats(|_| true).await;
    }
    assert!(witness.heard().is_empty(), "the phone only rings");
    let answer = callee.answer(offer, Direction::SendRecv).await;
    caller.perform(MediaAction::AcceptAnswer { answer });
    caller.stats(|stats| stats.received > 20).await;
    assert!(!witness.heard().is_empty());
    caller.perform(MediaAction::Close);
    witness.actor_leaves().await;
    caller.hang_up().await;
    callee.hang_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pressed_keys_reach_the_voice_once_each_and_in_order() {
    let (caller, _) = Actor::new(&[]);
    let (menu, witness) = Actor::new(&[]);
    let mut caller = End::with_voice(false, caller);
    let mut callee = End::with_voice(false, menu);
    connect(&mut caller, &mut callee).await;
    let digits = "12234*#0".to_owned();
    caller.perform(MediaAction::SendDtmf {
        digits: digits.clone().into(),
    });
    callee.stats(|_| witness.keys().len() >= digits.len()).await;
    callee.stats(|_| true).await;
    assert_eq!(witness.keys(), digits);
    caller.hang_up().await;
    callee.hang_up().await;
}

async fn call_from(phone: &mut Phone, exchange: &mut End, direction: &str) -> Sdp {
    let answer = exchange
        .answer(phone.offer(direction), Direction::SendRecv)
        .await;
    alobar_media::check_sdp(answer.reveal().as_bytes()).unwrap();
    phone.take_answer(&answer);
    answer
}

#[test]
fn a_plain_phone_carries_speech_both_ways() {
    listening_to(|| async {
        let said = speech_like(4.0);
        let replied: Vec<f32> = said.iter().rev().copied().collect();
        let (actor, witness) = Actor::new(&replied);
        let mut exchange = End::with_voice(true, actor);
        let mut phone = Phone::new().await;
        let answer = call_from(&mut phone, &mut exchange, "sendrecv").await;
        assert!(answer.reveal().contains(" RTP/AVP 8 0 101\r\n"));
        let heard = phone.talk(&said).await;
        let (stats, _) = exchange.hang_up().await;
        assert_eq!((stats.codec, stats.lost), (Some("pcma"), 0));
        alike(&replied, &heard, "phone")?;
        alike(&said, &witness.heard(), "exchange")
    });
}

#[tokio::test]
async fn a_key_of_a_plain_phone_is_told_even_when_its_beginning_is_lost() {
    let (menu, witness) = Actor::new(&[]);
    let mut exchange = End::with_voice(true, menu);
    let mut phone = Phone::new().await;
    call_from(&mut phone, &mut exchange, "sendrecv").await;
    phone.packet().await;
    for event in [4, 4, 11] {
        phone.press(event).await;
    }
    exchange.stats(|_| witness.keys().len() >= 3).await;
    exchange.stats(|_| true).await;
    assert_eq!(witness.keys(), "44#");
    exchange.hang_up().await;
}

#[tokio::test]
async fn a_plain_phone_that_holds_gets_no_packets_until_it_resumes() {
    let (actor, _) = Actor::new(&[]);
    let mut exchange = End::with_voice(true, actor);
    let mut phone = Phone::new().await;
    let answer = call_from(&mut phone, &mut exchange, "sendrecv").await;
    assert!(answer.reveal().contains("a=sendrecv\r\n"));
    exchange.expect(MediaEvent::Connected).await;
    phone.packet().await;
    for (held, answered) in [
        ("sendonly", "a=recvonly\r\n"),
        ("inactive", "a=inactive\r\n"),
    ] {
        let answer = call_from(&mut phone, &mut exchange, held).await;
        assert!(answer.reveal().contains(answered));
        exchange
            .expect(MediaEvent::RemoteDirection { receives: false })
            .await;
        // The first report may come at once, before the last packet has.
        for _ in 0..2 {
            exchange.stats(|_| true).await;
        }
        phone.drain();
        exchange.stats(|_| true).await;
        assert_eq!(phone.drain(), 0, "{held}");
        call_from(&mut phone, &mut exchange, "sendrecv").await;
        phone.packet().await;
    }
    exchange.hang_up().await;
}

#[tokio::test]
async fn sound_follows_a_plain_phone_that_moves() {
    let (actor, _) = Actor::new(&[]);
    let mut exchange = End::with_voice(true, actor);
    let (mut phone, mut other) = (Phone::new().await, Phone::new().await);
    call_from(&mut phone, &mut exchange, "sendrecv").await;
    phone.packet().await;
    call_from(&mut other, &mut exchange, "sendrecv").await;
    other.packet().await;
    let applied = MediaEvent::RemoteDirection { receives: true };
    exchange.expect(applied.clone()).await;
    // An answer that turned out to be unwanted.
    exchange.perform(MediaAction::RollBack);
    exchange.expect(applied).await;
    phone.drain();
    phone.packet().await;
    exchange.hang_up().await;
}

async fn refused(end: &mut End, action: MediaAction) {
    end.perform(action);
    end.expect(MediaEvent::Failed(MediaFailure::BadDescription))
        .await;
}

#[tokio::test]
async fn a_plain_phone_is_refused_unless_it_may_call() {
    let (actor, _) = Actor::new(&[]);
    let mut exchange = End::with_voice(false, actor);
    let offer = Phone::new().await.offer("sendrecv");
    let direction = Direction::SendRecv;
    refused(&mut exchange, MediaAction::AcceptOffer { offer, direction }).await;
    exchange.hang_up().await;
}

#[tokio::test]
async fn a_plain_phone_gets_no_offer_and_the_call_goes_on() {
    let (actor, _) = Actor::new(&[]);
    let mut exchange = End::with_voice(true, actor);
    let mut phone = Phone::new().await;
    call_from(&mut phone, &mut exchange, "sendrecv").await;
    let direction = Direction::SendOnly;
    refused(&mut exchange, MediaAction::CreateOffer { direction }).await;
    phone.drain();
    phone.packet().await;
    exchange.hang_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secured_call_never_becomes_a_plain_one() {
    let (actor, _) = Actor::new(&[]);
    let (other, _) = Actor::new(&[]);
    let mut caller = End::with_voice(true, actor);
    let mut callee = End::with_voice(true, other);
    connect(&mut caller, &mut callee).await;
    let phone = Phone::new().await;
    let (offer, direction) = (phone.offer("sendrecv"), Direction::SendRecv);
    refused(&mut callee, MediaAction::AcceptOffer { offer, direction }).await;
    // Nor does the answer to an offer of ours.
    callee.offer(Direction::SendRecv).await;
    let answer = phone.offer("sendrecv");
    refused(&mut callee, MediaAction::AcceptAnswer { answer }).await;
    let before = callee.stats(|_| true).await;
    callee
        .stats(|stats| stats.received > before.received + 20)
        .await;
    assert_eq!(phone.drain(), 0);
    caller.hang_up().await;
    callee.hang_up().await;
}
