//! What happens inside an established call.

use alobar_core::{Signal, SipAction};

use crate::exchange::{ANSWER, Desk, OFFER};

const CHANGED: &str = "v=0\r\no=- 1 2 IN IP4 192.0.2.7\r\ns=-\r\na=sendonly\r\n";

#[tokio::test]
async fn a_changed_offer_goes_to_the_phone_and_its_answer_back() {
    let (mut desk, mut exchange, call, ok) = Desk::called(&[]).await;
    exchange
        .request("INVITE", 2, &ok.header("To"), &[], CHANGED)
        .await;
    assert_eq!(
        desk.signal().await,
        (
            call,
            Signal::Reoffered {
                offer: Some(CHANGED.to_owned().into())
            }
        )
    );
    desk.agent().perform(
        call,
        SipAction::AnswerReoffer {
            answer: ANSWER.to_owned().into(),
        },
    );
    let answer = exchange.expect("SIP/2.0 200").await;
    assert_eq!(
        (answer.body(), answer.header("Content-Type").as_str()),
        (ANSWER, "application/sdp")
    );
}

#[tokio::test]
async fn a_refused_offer_leaves_the_call_as_it_is() {
    let (mut desk, mut exchange, call, ok) = Desk::called(&[]).await;
    exchange
        .request("UPDATE", 2, &ok.header("To"), &[], CHANGED)
        .await;
    desk.signal().await;
    desk.agent()
        .perform(call, SipAction::RefuseReoffer { status: 488 });
    exchange.expect("SIP/2.0 488").await;
    desk.agent().perform(call, SipAction::Bye);
    exchange.expect("BYE").await;
}

#[tokio::test]
async fn refreshes_without_change_do_not_disturb_the_phone() {
    let timer = ["Supported: timer", "Session-Expires: 1800;refresher=uac"];
    let (mut desk, mut exchange, call, ok) = Desk::called(&timer).await;
    assert_eq!(ok.header("Session-Expires"), "1800;refresher=uac");
    exchange
        .request("UPDATE", 2, &ok.header("To"), &timer, "")
        .await;
    let update = exchange.expect("SIP/2.0 200").await;
    assert_eq!(
        (update.body(), update.header("Session-Expires").as_str()),
        ("", "1800;refresher=uac")
    );
    exchange
        .request("INVITE", 3, &ok.header("To"), &timer, OFFER)
        .await;
    assert_eq!(exchange.expect("SIP/2.0 200").await.body(), ANSWER);
    exchange.request("ACK", 3, &ok.header("To"), &[], "").await;
    exchange
        .request(
            "UPDATE",
            4,
            &ok.header("To"),
            &["Supported: timer", "Session-Expires: 60"],
            "",
        )
        .await;
    assert_eq!(exchange.expect("SIP/2.0 422").await.header("Min-SE"), "90");
    desk.agent().perform(call, SipAction::Bye);
    exchange.expect("BYE").await;
    assert!(desk.is_quiet());
}

#[tokio::test]
async fn an_offerless_reinvite_is_answered_with_our_offer_and_the_ack_with_theirs() {
    let (mut desk, mut exchange, call, ok) = Desk::called(&[]).await;
    exchange
        .request("INVITE", 2, &ok.header("To"), &[], "")
        .await;
    assert_eq!(
        desk.signal().await,
        (call, Signal::Reoffered { offer: None })
    );
    desk.agent().perform(
        call,
        SipAction::AnswerReoffer {
            answer: OFFER.to_owned().into(),
        },
    );
    assert_eq!(exchange.expect("SIP/2.0 200").await.body(), OFFER);
    exchange
        .request("ACK", 2, &ok.header("To"), &[], ANSWER)
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
async fn our_own_offer_is_accepted_or_refused() {
    let (mut desk, mut exchange, call) = Desk::calling(&[]).await;
    let hold = || SipAction::Reoffer {
        offer: CHANGED.to_owned().into(),
    };
    desk.agent().perform(call, hold());
    let reinvite = exchange.expect("INVITE").await;
    assert_eq!(reinvite.body(), CHANGED);
    exchange.reply(&reinvite, "200 OK", &[], ANSWER).await;
    exchange.expect("ACK").await;
    assert_eq!(
        desk.signal().await,
        (
            call,
            Signal::ReofferAccepted {
                answer: ANSWER.to_owned().into()
            }
        )
    );
    desk.agent().perform(call, hold());
    let reinvite = exchange.expect("INVITE").await;
    exchange
        .reply(&reinvite, "488 Not Acceptable Here", &[], "")
        .await;
    exchange.expect("ACK").await;
    assert_eq!(
        desk.signal().await,
        (call, Signal::ReofferRefused { status: 488 })
    );
}

#[tokio::test]
async fn glare_is_tried_again_without_telling_the_phone() {
    let (mut desk, mut exchange, call) = Desk::calling(&[]).await;
    desk.agent().perform(
        call,
        SipAction::Reoffer {
            offer: CHANGED.to_owned().into(),
        },
    );
    let reinvite = exchange.expect("INVITE").await;
    exchange
        .reply(&reinvite, "491 Request Pending", &[], "")
        .await;
    exchange.expect("ACK").await;
    let again = exchange.expect("INVITE").await;
    exchange.reply(&again, "200 OK", &[], ANSWER).await;
    assert_eq!(
        desk.signal().await,
        (
            call,
            Signal::ReofferAccepted {
                answer: ANSWER.to_owned().into()
            }
        )
    );
}

#[tokio::test]
async fn a_dialog_the_peer_has_forgotten_is_over() {
    let (mut desk, mut exchange, call) = Desk::calling(&[]).await;
    desk.agent().perform(
        call,
        SipAction::Reoffer {
            offer: CHANGED.to_owned().into(),
        },
    );
    let reinvite = exchange.expect("INVITE").await;
    exchange
        .reply(&reinvite, "481 Call/Transaction Does Not Exist", &[], "")
        .await;
    assert_eq!(desk.signal().await, (call, Signal::Bye));
}

#[tokio::test]
async fn a_transfer_tells_how_it_goes() {
    let (mut desk, mut exchange, call, ok) = Desk::called(&[]).await;
    desk.agent().perform(
        call,
        SipAction::Refer {
            to: "601".to_owned().into(),
        },
    );
    let refer = exchange.expect("REFER").await;
    assert_eq!(refer.header("Refer-To"), "<sip:601@127.0.0.1>");
    exchange.reply(&refer, "202 Accepted", &[], "").await;
    assert_eq!(
        desk.signal().await,
        (call, Signal::TransferProgress { status: 100 })
    );
    let event = [
        "Event: refer",
        "Subscription-State: terminated",
        "Content-Type: message/sipfrag",
    ];
    exchange
        .request(
            "NOTIFY",
            2,
            &ok.header("To"),
            &event,
            "SIP/2.0 486 Busy Here",
        )
        .await;
    exchange.expect("SIP/2.0 200").await;
    assert_eq!(
        desk.signal().await,
        (call, Signal::TransferProgress { status: 486 })
    );
}

#[tokio::test]
async fn the_peer_cannot_make_us_dial_or_read_messages() {
    let (mut desk, mut exchange, _, ok) = Desk::called(&[]).await;
    for (method, extra, status) in [
        ("OPTIONS", "X: y", "200"),
        ("INFO", "Content-Type: application/dtmf-relay", "200"),
        ("INFO", "Content-Type: application/other", "415"),
        ("MESSAGE", "Content-Type: text/plain", "405"),
        ("REFER", "Refer-To: <sip:00900@evil>", "603"),
        ("NOTIFY", "Event: unheard-of", "489"),
    ] {
        let cseq = 2 + u32::from(method != "OPTIONS");
        exchange
            .request(method, cseq, &ok.header("To"), &[extra], "x=1")
            .await;
        exchange.expect(&format!("SIP/2.0 {status}")).await;
    }
    assert!(desk.is_quiet());
}

#[tokio::test]
async fn our_turn_to_refresh_is_an_update_where_the_peer_takes_it() {
    let timer = "Session-Expires: 90;refresher=uac";
    for (allow, method, body) in [
        ("Allow: INVITE, UPDATE", "UPDATE", ""),
        ("Allow: INVITE", "INVITE", OFFER),
    ] {
        let (mut desk, mut exchange, call) = Desk::calling(&[timer, allow]).await;
        tokio::time::pause();
        for _ in 0..2 {
            let refresh = exchange.expect(method).await;
            assert_eq!(
                (refresh.body(), refresh.header("Session-Expires").as_str()),
                (body, "90;refresher=uac")
            );
            exchange
                .reply(
                    &refresh,
                    "200 OK",
                    &[timer],
                    if body.is_empty() { "" } else { ANSWER },
                )
                .await;
            if method == "INVITE" {
                exchange.expect("ACK").await;
            }
        }
        tokio::time::resume();
        assert!(exchange.pings > 0, "an idle link is kept alive");
        desk.agent().perform(call, SipAction::Bye);
        exchange.expect("BYE").await;
        assert!(desk.is_quiet());
    }
}

#[tokio::test]
async fn a_peer_that_stops_refreshing_is_given_up() {
    let (mut desk, mut exchange, call) =
        Desk::calling(&["Session-Expires: 90;refresher=uas"]).await;
    tokio::time::pause();
    exchange.expect("BYE").await;
    assert_eq!(desk.signal().await, (call, Signal::Bye));
}
