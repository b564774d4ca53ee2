//! Our own phone at the switch, and those who have no business there. Foreign phones are shown in
//! the end-to-end tests.

use std::time::Duration;

use alobar_core::{
    CallId, CallIds, Peer, RegistrationFailure, RegistrationState, Signal, SipAction,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::timeout;

use super::{Switch, SwitchConfig, SwitchEvent};
use crate::{Account, SipEvent, UserAgent};

/// Only a hang lasts that long.
const BOUND: Duration = Duration::from_secs(60);
const PASSWORD: &str = "drawn-at-start";
const OFFER: &str = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n";
const ANSWER: &str = "v=0\r\no=- 9 1 IN IP4 127.0.0.1\r\ns=-\r\n";

struct Exchange {
    switch: Switch,
    events: UnboundedReceiver<SwitchEvent>,
    ids: CallIds,
}

impl Exchange {
    async fn start() -> Self {
        let ids = CallIds::default();
        let config = SwitchConfig {
            users: vec!["1001".to_owned(), "1002".to_owned()],
            password: PASSWORD.to_owned().into(),
            plain_transports: true,
        };
        let (switch, events) = Switch::start(config, ids.clone()).await.unwrap();
        Self {
            switch,
            events,
            ids,
        }
    }

    async fn event(&mut self) -> SwitchEvent {
        let event = timeout(BOUND, self.events.recv()).await;
        event
            .expect("no event comes")
            .expect("the switch has ended")
    }

    async fn signal(&mut self) -> (CallId, Signal) {
        loop {
            if let SwitchEvent::Call { call, signal } = self.event().await {
                return (call, signal);
            }
        }
    }
}

struct Phone {
    agent: UserAgent,
    events: UnboundedReceiver<SipEvent>,
    ids: CallIds,
}

impl Phone {
    fn start(server: &str, user: &str, password: &str) -> Self {
        let ids = CallIds::default();
        let account = Account::new(vec![server.parse().unwrap()], user, password.to_owned());
        let (agent, events) = UserAgent::start(account, ids.clone()).unwrap();
        Self { agent, events, ids }
    }

    async fn registered(exchange: &mut Exchange, user: &str) -> Self {
        let mut phone = Self::start(&exchange.switch.server(), user, PASSWORD);
        assert_eq!(phone.outcome().await, None);
        let user = user.to_owned();
        assert_eq!(exchange.event().await, SwitchEvent::Registered { user });
        phone
    }

    async fn event(&mut self) -> SipEvent {
        let event = timeout(BOUND, self.events.recv()).await;
        event.expect("no event comes").expect("the phone has ended")
    }

    /// How signing in ends: `None` is well.
    async fn outcome(&mut self) -> Option<RegistrationFailure> {
        loop {
            match self.event().await {
                SipEvent::Registration(RegistrationState::Registered { .. }) => return None,
                SipEvent::Registration(RegistrationState::Failed { why, .. }) => return Some(why),
                SipEvent::Registration(_) | SipEvent::Call { .. } => {}
            }
        }
    }

    async fn signal(&mut self) -> (CallId, Signal) {
        loop {
            if let SipEvent::Call { call, signal } = self.event().await {
                return (call, signal);
            }
        }
    }

    fn dial(&self, to: &str) -> CallId {
        let call = self.ids.next_id();
        let action = SipAction::Invite {
            to: to.to_owned().into(),
            offer: OFFER.to_owned().into(),
            headers: Vec::new(),
        };
        self.agent.perform(call, action);
        call
    }
}

fn accept() -> SipAction {
    SipAction::Accept {
        sdp: ANSWER.to_owned().into(),
    }
}

/// A call from the phone to 600, answered: the phone's id and the switch's.
async fn talking(exchange: &mut Exchange, phone: &mut Phone) -> (CallId, CallId) {
    let here = phone.dial("600");
    let SwitchEvent::Dialled { call, user, to } = exchange.event().await else {
        panic!("not dialled")
    };
    assert_eq!((user.as_str(), to.reveal().as_str()), ("1001", "600"));
    let (_, incoming) = exchange.signal().await;
    assert!(matches!(incoming, Signal::Incoming { offer: Some(_), .. }));
    exchange.switch.perform(call, accept());
    let answer = Some(ANSWER.to_owned().into());
    assert_eq!(phone.signal().await, (here, Signal::Accepted { answer }));
    assert_eq!(
        exchange.signal().await,
        (call, Signal::Confirmed { answer: None })
    );
    (here, call)
}

#[tokio::test]
async fn a_phone_signs_in_over_every_transport_with_the_password_of_this_start() {
    let mut exchange = Exchange::start().await;
    let plain = exchange.switch.plain_address().unwrap();
    for server in [
        exchange.switch.server(),
        format!("sip:{plain};transport=tcp"),
        format!("sip:{plain};transport=udp"),
    ] {
        let mut phone = Phone::start(&server, "1001", PASSWORD);
        assert_eq!(phone.outcome().await, None, "{server}");
        let user = "1001".to_owned();
        assert_eq!(exchange.event().await, SwitchEvent::Registered { user });
        phone.agent.stop().await;
        let mut phone = Phone::start(&server, "1001", "yesterday's");
        let refused = Some(RegistrationFailure::WrongPassword);
        assert_eq!(phone.outcome().await, refused, "{server}");
    }
}

#[tokio::test]
async fn a_user_that_is_not_one_of_the_desks_is_unknown() {
    let exchange = Exchange::start().await;
    let mut phone = Phone::start(&exchange.switch.server(), "1003", PASSWORD);
    let unknown = Some(RegistrationFailure::UnknownUser);
    assert_eq!(phone.outcome().await, unknown);
}

#[tokio::test]
async fn a_page_of_the_web_is_turned_away() {
    let exchange = Exchange::start().await;
    let server = exchange.switch.server();
    let address = server.trim_start_matches("ws://").trim_end_matches("/ws");
    for (extra, path, status) in [
        ("Origin: https://evil.example\r\n", "/ws", "403"),
        ("", "/other", "404"),
    ] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
             Sec-WebSocket-Protocol: sip\r\n{extra}\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = vec![0; 64];
        let length = timeout(BOUND, stream.read(&mut answer)).await.unwrap();
        let answer = String::from_utf8_lossy(&answer[..length.unwrap()]).into_owned();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_call_from_somebody_unknown_is_asked_for_its_password() {
    let exchange = Exchange::start().await;
    let plain = exchange.switch.plain_address().unwrap();
    let mut stream = TcpStream::connect(plain).await.unwrap();
    let invite = format!(
        "INVITE sip:600@{plain} SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:1;branch=z9hG4bK1\r\n\
         Max-Forwards: 70\r\nFrom: <sip:1001@{plain}>;tag=1\r\nTo: <sip:600@{plain}>\r\n\
         Call-ID: 1\r\nCSeq: 1 INVITE\r\nContact: <sip:1001@127.0.0.1:1>\r\nContent-Length: 0\r\n\r\n"
    );
    stream.write_all(invite.as_bytes()).await.unwrap();
    let mut answer = String::new();
    while !answer.contains("SIP/2.0 401") {
        let mut part = vec![0; 2048];
        let length = timeout(BOUND, stream.read(&mut part))
            .await
            .unwrap()
            .unwrap();
        assert!(length > 0, "closed after {answer}");
        answer += &String::from_utf8_lossy(&part[..length]);
        assert!(
            !answer.contains("SIP/2.0 180") && !answer.contains("SIP/2.0 200"),
            "{answer}"
        );
    }
}

#[tokio::test]
async fn a_phone_calls_a_number_and_hangs_up() {
    let mut exchange = Exchange::start().await;
    let mut phone = Phone::registered(&mut exchange, "1001").await;
    let (here, there) = talking(&mut exchange, &mut phone).await;
    phone.agent.perform(here, SipAction::Bye);
    assert_eq!(exchange.signal().await, (there, Signal::Bye));
    assert_eq!(phone.signal().await, (here, Signal::Closed));
}

#[tokio::test]
async fn early_sound_comes_before_the_answer() {
    let mut exchange = Exchange::start().await;
    let mut phone = Phone::registered(&mut exchange, "1001").await;
    let here = phone.dial("608");
    let (there, _) = exchange.signal().await;
    exchange.switch.early_media(there, ANSWER.to_owned().into());
    let early = Some(ANSWER.to_owned().into());
    assert_eq!(phone.signal().await, (here, Signal::Progress { early }));
}

#[tokio::test]
async fn the_exchange_rings_a_phone_as_somebody_with_number_and_name() {
    let mut exchange = Exchange::start().await;
    let mut phone = Phone::registered(&mut exchange, "1001").await;
    let from = Peer {
        number: "0912345678".to_owned().into(),
        name: Some("Trần \"Bé\" Ba".to_owned().into()),
    };
    let there = exchange.ids.next_id();
    let offer = OFFER.to_owned();
    exchange
        .switch
        .call(there, "1001", &from, offer.into(), Vec::new());
    let (here, incoming) = phone.signal().await;
    let Signal::Incoming { from, .. } = incoming else {
        panic!("{incoming:?}")
    };
    assert_eq!(from.number.reveal(), "0912345678");
    assert_eq!(from.name.unwrap().reveal(), "Trần Bé Ba");
    phone.agent.perform(here, accept());
    let answer = Some(ANSWER.to_owned().into());
    assert_eq!(
        exchange.signal().await,
        (there, Signal::Accepted { answer })
    );
    exchange.switch.perform(there, SipAction::Bye);
    assert_eq!(
        phone.signal().await,
        (here, Signal::Confirmed { answer: None })
    );
    assert_eq!(phone.signal().await, (here, Signal::Bye));
}

#[tokio::test]
async fn nobody_at_home_is_unavailable() {
    let mut exchange = Exchange::start().await;
    let call = exchange.ids.next_id();
    let (from, offer) = (Peer::default(), OFFER.to_owned());
    exchange
        .switch
        .call(call, "1002", &from, offer.into(), Vec::new());
    assert_eq!(
        exchange.signal().await,
        (call, Signal::Refused { status: 480 })
    );
}

#[tokio::test]
async fn a_phone_hands_its_call_on_and_is_told_how_that_went() {
    let mut exchange = Exchange::start().await;
    let mut phone = Phone::registered(&mut exchange, "1001").await;
    let (here, there) = talking(&mut exchange, &mut phone).await;
    let to = "1002".to_owned();
    phone
        .agent
        .perform(here, SipAction::Refer { to: to.into() });
    let asked = loop {
        if let SwitchEvent::TransferAsked { call, to } = exchange.event().await {
            break (call, to);
        }
    };
    assert_eq!(asked, (there, "1002".to_owned().into()));
    exchange.switch.tell_transfer(there, 100);
    exchange.switch.tell_transfer(there, 200);
    let mut told = Vec::new();
    while told.last() != Some(&200) {
        if let (_, Signal::TransferProgress { status }) = phone.signal().await {
            told.push(status);
        }
    }
    // The answer to the REFER itself, then each NOTIFY in order.
    assert_eq!(told, [100, 100, 200]);
}

#[tokio::test]
async fn a_phone_that_vanishes_ends_its_calls_at_the_exchange() {
    let mut exchange = Exchange::start().await;
    let mut phone = Phone::registered(&mut exchange, "1001").await;
    let (_, there) = talking(&mut exchange, &mut phone).await;
    drop(phone);
    assert_eq!(exchange.signal().await, (there, Signal::Closed));
    assert_eq!(exchange.switch.shared.bindings().find("1001"), None);
}
