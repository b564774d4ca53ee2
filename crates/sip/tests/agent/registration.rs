//! Signing in, staying signed in, coming back (requirement: loss shown at once, back by itself).

use alobar_core::{CallIds, RegistrationFailure as Failure, RegistrationState as State, Signal};
use alobar_sip::{Account, UserAgent};

use crate::exchange::Desk;

const MD5: &str =
    "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n1\", algorithm=MD5, qop=\"auth\"";
const SHA: &str =
    "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n2\", algorithm=SHA-256, qop=\"auth\"";

#[tokio::test]
async fn signing_in_tells_each_step_and_answers_the_strongest_challenge() {
    let mut desk = Desk::start().await;
    let mut exchange = desk.accept().await;
    let first = exchange.expect("REGISTER sip:127.0.0.1 SIP/2.0").await;
    assert_eq!(
        first.header("Authorization"),
        "",
        "no credentials before they are asked for"
    );
    exchange
        .reply(&first, "401 Unauthorized", &[MD5, SHA], "")
        .await;
    let second = exchange.grant().await;
    let authorization = second.header("Authorization");
    assert!(
        authorization.contains("algorithm=SHA-256") && authorization.contains("nonce=\"n2\""),
        "{authorization}"
    );
    assert!(
        second
            .header("Contact")
            .contains("+sip.instance=\"<urn:uuid:")
    );
    assert_eq!(desk.registration().await, State::Connecting { attempt: 1 });
    assert_eq!(desk.registration().await, State::Registering);
    let expires = std::time::Duration::from_secs(300);
    assert_eq!(
        desk.registration().await,
        State::Registered {
            expires,
            secure: false
        }
    );
}

#[tokio::test]
async fn each_start_is_reached_at_another_contact() {
    let (_first, one) = Desk::registered().await;
    let (_second, two) = Desk::registered().await;
    let user = |contact: &str| contact.split('@').next().map(str::to_owned);
    assert_ne!(user(&one.contact), user(&two.contact));
}

#[tokio::test]
async fn a_wrong_password_is_told_and_not_tried_again() {
    let mut desk = Desk::start().await;
    let mut exchange = desk.accept().await;
    for _ in 0..2 {
        let register = exchange.expect("REGISTER").await;
        exchange
            .reply(&register, "401 Unauthorized", &[SHA], "")
            .await;
    }
    desk.registration().await;
    desk.registration().await;
    assert_eq!(
        desk.registration().await,
        State::Failed {
            why: Failure::WrongPassword,
            retry_in: None
        }
    );
    desk.agent().reconnect();
    assert_eq!(
        desk.registration().await,
        State::Connecting { attempt: 1 },
        "only when the person says so"
    );
}

#[tokio::test]
async fn final_answers_have_reasons_of_their_own() {
    let only_unknown = "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"n\", algorithm=SHA-512-256";
    for (status, extra, expected) in [
        ("404 Not Found", "X: y", Failure::UnknownUser),
        ("500 Oops", "X: y", Failure::Refused { status: 500 }),
        ("403 Forbidden", "X: y", Failure::Refused { status: 403 }),
        ("401 Unauthorized", only_unknown, Failure::WeakDigest),
    ] {
        let mut desk = Desk::start().await;
        let mut exchange = desk.accept().await;
        let register = exchange.expect("REGISTER").await;
        exchange.reply(&register, status, &[extra], "").await;
        desk.registration().await;
        desk.registration().await;
        let State::Failed { why, .. } = desk.registration().await else {
            panic!("{status} is no failure")
        };
        assert_eq!(why, expected, "{status}");
    }
}

#[tokio::test]
async fn too_short_a_lease_is_asked_for_again_as_long_as_the_server_wants() {
    let desk = Desk::start().await;
    let mut exchange = desk.accept().await;
    let first = exchange.expect("REGISTER").await;
    assert_eq!(first.header("Expires"), "600");
    exchange
        .reply(&first, "423 Interval Too Brief", &["Min-Expires: 3600"], "")
        .await;
    assert_eq!(exchange.grant().await.header("Expires"), "3600");
}

#[tokio::test]
async fn a_lost_link_is_told_and_healed_and_fails_the_ringing_call() {
    let (mut desk, mut exchange) = Desk::registered().await;
    let call = desk.dial("600");
    let invite = exchange.expect("INVITE").await;
    exchange.reply(&invite, "180 Ringing", &[], "").await;
    assert_eq!(
        desk.signal().await,
        (call, Signal::Progress { early: None })
    );
    drop(exchange);
    let (mut lost, mut refused) = (false, false);
    while !(lost && refused) {
        match desk.event().await {
            alobar_sip::SipEvent::Registration(State::Failed {
                why: Failure::LinkLost,
                retry_in: Some(_),
            }) => lost = true,
            alobar_sip::SipEvent::Call {
                signal: Signal::Refused { status: 503 },
                ..
            } => refused = true,
            other => panic!("{other:?}"),
        }
    }
    let mut exchange = desk.accept().await;
    exchange.grant().await;
    while !matches!(desk.registration().await, State::Registered { .. }) {}
}

#[tokio::test]
async fn a_call_outlives_the_link_that_carried_it() {
    let (desk, exchange, call) = Desk::calling(&[]).await;
    drop(exchange);
    let mut exchange = desk.accept().await;
    exchange.grant().await;
    desk.agent().perform(call, alobar_core::SipAction::Bye);
    exchange.expect("BYE").await;
}

#[tokio::test]
async fn signing_out_ends_the_calls_and_removes_the_binding() {
    let (mut desk, mut exchange, _) = Desk::calling(&[]).await;
    let agent = desk.take_agent();
    let stop = tokio::spawn(agent.stop());
    let mut starts = Vec::new();
    for _ in 0..2 {
        let message = exchange.next().await;
        starts.push(message.start().split(' ').next().unwrap().to_owned());
        if message.start().starts_with("REGISTER") {
            assert_eq!(message.header("Expires"), "0");
        }
        exchange.reply(&message, "200 OK", &[], "").await;
    }
    starts.sort();
    assert_eq!(starts, ["BYE", "REGISTER"]);
    stop.await.unwrap();
}

#[tokio::test]
async fn over_udp_an_unanswered_request_is_sent_again() {
    let exchange = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let server = format!("sip:{};transport=udp", exchange.local_addr().unwrap());
    let account = Account::new(vec![server.parse().unwrap()], "1001", String::new());
    let (_agent, _events) = UserAgent::start(account, CallIds::default()).unwrap();
    let mut copies = Vec::new();
    for _ in 0..2 {
        let mut datagram = vec![0; 4096];
        let length = exchange.recv(&mut datagram).await.unwrap();
        datagram.truncate(length);
        copies.push(String::from_utf8(datagram).unwrap());
    }
    assert!(copies[0].starts_with("REGISTER"));
    assert_eq!(copies[0], copies[1]);
}
