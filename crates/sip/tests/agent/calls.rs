//! Calls both ways, from the INVITE to the end.

use alobar_core::{Signal, SipAction};

use crate::exchange::{ANSWER, Desk, OFFER, ring};

#[tokio::test]
async fn our_call_rings_with_early_sound_is_answered_and_hung_up() {
    let (mut desk, mut exchange) = Desk::registered().await;
    let call = desk.dial("*45");
    let invite = exchange.expect("INVITE sip:*45@127.0.0.1 SIP/2.0").await;
    assert_eq!(invite.body(), OFFER);
    assert_eq!(invite.header("X-CRM-Id"), "42");
    assert!(
        invite.header("Supported").contains("100rel")
            && invite.header("Supported").contains("timer")
    );
    exchange
        .reply(&invite, "183 Session Progress", &[], ANSWER)
        .await;
    assert_eq!(
        desk.signal().await,
        (
            call,
            Signal::Progress {
                early: Some(ANSWER.to_owned().into())
            }
        )
    );
    exchange.reply(&invite, "200 OK", &[], ANSWER).await;
    exchange.expect("ACK").await;
    assert_eq!(
        desk.signal().await,
        (
            call,
            Signal::Accepted {
                answer: Some(ANSWER.to_owned().into())
            }
        )
    );
    desk.agent().perform(call, SipAction::Bye);
    let bye = exchange.expect("BYE").await;
    exchange.reply(&bye, "200 OK", &[], "").await;
    assert_eq!(desk.signal().await, (call, Signal::Closed));
    let course: Vec<_> = desk
        .agent()
        .ladder(call)
        .iter()
        .map(|line| (line.method.clone(), line.status))
        .collect();
    let expected = [
        ("INVITE", None),
        ("INVITE", Some(183)),
        ("INVITE", Some(200)),
        ("ACK", None),
        ("BYE", None),
    ];
    assert_eq!(
        course[..5],
        expected.map(|(method, status)| (method.to_owned(), status))
    );
}

#[tokio::test]
async fn a_reliable_ringing_is_acknowledged() {
    let (desk, mut exchange) = Desk::registered().await;
    desk.dial("600");
    let invite = exchange.expect("INVITE").await;
    exchange
        .reply(&invite, "180 Ringing", &["Require: 100rel", "RSeq: 9"], "")
        .await;
    let prack = exchange.expect("PRACK").await;
    assert_eq!(prack.header("RAck"), "9 1 INVITE");
}

#[tokio::test]
async fn a_busy_line_is_no_error() {
    let (mut desk, mut exchange) = Desk::registered().await;
    let call = desk.dial("604");
    let invite = exchange.expect("INVITE").await;
    exchange.reply(&invite, "486 Busy Here", &[], "").await;
    exchange.expect("ACK").await;
    assert_eq!(desk.signal().await, (call, Signal::Refused { status: 486 }));
}

#[tokio::test]
async fn a_cancelled_call_ends_closed() {
    let (mut desk, mut exchange) = Desk::registered().await;
    let call = desk.dial("607");
    let invite = exchange.expect("INVITE").await;
    exchange.reply(&invite, "180 Ringing", &[], "").await;
    desk.signal().await;
    desk.agent().perform(call, SipAction::Cancel);
    let cancel = exchange.expect("CANCEL").await;
    assert_eq!(
        cancel.header("Via"),
        invite.header("Via"),
        "a CANCEL matches by its Via"
    );
    exchange.reply(&cancel, "200 OK", &[], "").await;
    exchange
        .reply(&invite, "487 Request Terminated", &[], "")
        .await;
    exchange.expect("ACK").await;
    assert_eq!(desk.signal().await, (call, Signal::Closed));
}

#[tokio::test]
async fn an_answer_that_crosses_our_cancel_is_hung_up() {
    let (mut desk, mut exchange) = Desk::registered().await;
    let call = desk.dial("607");
    let invite = exchange.expect("INVITE").await;
    exchange.reply(&invite, "180 Ringing", &[], "").await;
    desk.signal().await;
    desk.agent().perform(call, SipAction::Cancel);
    exchange.expect("CANCEL").await;
    exchange.reply(&invite, "200 OK", &[], ANSWER).await;
    exchange.expect("ACK").await;
    exchange.expect("BYE").await;
    assert_eq!(desk.signal().await, (call, Signal::Closed));
}

#[tokio::test]
async fn too_short_a_session_interval_is_called_again_with_a_longer_one() {
    let (desk, mut exchange) = Desk::registered().await;
    desk.dial("600");
    let invite = exchange.expect("INVITE").await;
    assert_eq!(invite.header("Session-Expires"), "1800");
    exchange
        .reply(
            &invite,
            "422 Session Interval Too Small",
            &["Min-SE: 3600"],
            "",
        )
        .await;
    exchange.expect("ACK").await;
    assert_eq!(
        exchange.expect("INVITE").await.header("Session-Expires"),
        "3600"
    );
}

#[tokio::test]
async fn an_incoming_call_rings_is_accepted_and_ended_by_the_caller() {
    let (mut desk, mut exchange) = Desk::registered().await;
    let (call, signal) = ring(&mut desk, &mut exchange, &["X-Alobar-Call: 17.4"], OFFER).await;
    let Signal::Incoming {
        from,
        offer,
        linked_id,
    } = signal
    else {
        panic!("{signal:?}")
    };
    assert_eq!(
        (from.number.reveal().as_str(), linked_id.as_deref()),
        ("0912345678", Some("17.4"))
    );
    assert_eq!(from.name.unwrap().reveal(), "Lan");
    assert_eq!(offer.unwrap().reveal(), OFFER);
    desk.agent().perform(call, SipAction::Ring);
    exchange.expect("SIP/2.0 180").await;
    desk.agent().perform(
        call,
        SipAction::Accept {
            sdp: ANSWER.to_owned().into(),
        },
    );
    let ok = exchange.expect("SIP/2.0 200").await;
    assert_eq!(ok.body(), ANSWER);
    exchange.request("ACK", 1, &ok.header("To"), &[], "").await;
    assert_eq!(
        desk.signal().await,
        (call, Signal::Confirmed { answer: None })
    );
    exchange.request("BYE", 2, &ok.header("To"), &[], "").await;
    exchange.expect("SIP/2.0 200").await;
    assert_eq!(desk.signal().await, (call, Signal::Bye));
    assert_eq!(desk.agent().ladder(call)[0].method, "INVITE");
}

#[tokio::test]
async fn an_invite_without_offer_gets_ours_and_the_ack_brings_the_answer() {
    let (mut desk, mut exchange) = Desk::registered().await;
    let (call, signal) = ring(&mut desk, &mut exchange, &[], "").await;
    assert!(matches!(signal, Signal::Incoming { offer: None, .. }));
    desk.agent().perform(
        call,
        SipAction::Accept {
            sdp: OFFER.to_owned().into(),
        },
    );
    let ok = exchange.expect("SIP/2.0 200").await;
    exchange
        .request("ACK", 1, &ok.header("To"), &[], ANSWER)
        .await;
    assert_eq!(
        desk.signal().await,
        (
            call,
            Signal::Confirmed {
                answer: Some(ANSWER.to_owned().into())
            }
        )
    );
}

#[tokio::test]
async fn a_refused_call_tells_the_exchange_why() {
    let (mut desk, mut exchange) = Desk::registered().await;
    let (call, _) = ring(&mut desk, &mut exchange, &[], OFFER).await;
    desk.agent()
        .perform(call, SipAction::Refuse { status: 486 });
    exchange.expect("SIP/2.0 486").await;
    assert_eq!(desk.signal().await, (call, Signal::Closed));
}

#[tokio::test]
async fn a_cancel_says_whether_somebody_else_took_the_call() {
    for (reason, elsewhere) in [
        (
            "Reason: SIP;cause=200;text=\"Call completed elsewhere\"",
            true,
        ),
        ("Reason: Q.850;cause=16", false),
    ] {
        let (mut desk, mut exchange) = Desk::registered().await;
        let (call, _) = ring(&mut desk, &mut exchange, &[], OFFER).await;
        exchange
            .request("CANCEL", 1, "<sip:1001@127.0.0.1>", &[reason], "")
            .await;
        assert_eq!(desk.signal().await, (call, Signal::Canceled { elsewhere }));
    }
}

#[tokio::test]
async fn only_the_contact_we_registered_rings() {
    let (mut desk, mut exchange) = Desk::registered().await;
    let stranger = "sip:1001@127.0.0.1";
    exchange
        .request_to(stranger, "INVITE", 1, "<sip:1001@127.0.0.1>", &[], OFFER)
        .await;
    exchange.expect("SIP/2.0 404").await;
    assert!(desk.is_quiet());
}

#[tokio::test]
async fn requests_outside_calls_are_answered_as_they_should_be() {
    let (mut desk, mut exchange) = Desk::registered().await;
    let us = "<sip:1001@127.0.0.1>";
    let gone = "<sip:1001@127.0.0.1>;tag=gone";
    for (method, to, extra, status) in [
        ("OPTIONS", us, "X: y", "200"),
        ("NOTIFY", us, "Event: message-summary", "200"),
        ("NOTIFY", us, "Event: unheard-of", "489"),
        ("MESSAGE", us, "X: y", "405"),
        ("REFER", us, "Refer-To: <sip:00900@evil>", "405"),
        ("INVITE", us, "Require: nothing-known", "420"),
        ("BYE", gone, "X: y", "481"),
        ("INVITE", gone, "X: y", "481"),
    ] {
        exchange.request(method, 1, to, &[extra], "").await;
        let answer = exchange.expect(&format!("SIP/2.0 {status}")).await;
        if matches!(status, "200" | "405") && method != "NOTIFY" {
            assert!(
                answer.header("Allow").contains("INVITE"),
                "{method}: {answer:?}"
            );
        }
        if method == "INVITE" {
            exchange.acknowledge(&answer).await;
        }
    }
    assert!(desk.is_quiet());
}
