//! An exchange played by the test, message by message, over TCP. It exists because a real one
//! cannot be told to misbehave on cue; what a real one does is shown against Asterisk elsewhere.

use std::time::Duration;

use alobar_core::{CallId, CallIds, RegistrationState, Signal, SipAction};
use alobar_sip::{Account, SipEvent, UserAgent};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::timeout;

/// Only a hang lasts that long, also where a test lets a minute pass in no time.
const BOUND: Duration = Duration::from_secs(120);

pub(crate) const OFFER: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\n";
pub(crate) const ANSWER: &str = "v=0\r\no=- 9 1 IN IP4 192.0.2.9\r\ns=-\r\n";

/// One SIP message as it came.
#[derive(Debug, Clone)]
pub(crate) struct Message(String);

impl Message {
    pub(crate) fn start(&self) -> &str {
        self.0.lines().next().unwrap_or_default()
    }

    pub(crate) fn body(&self) -> &str {
        self.0.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }

    /// All values of a header, joined by commas.
    pub(crate) fn header(&self, name: &str) -> String {
        let lines = self.0.lines().take_while(|line| !line.is_empty());
        let values = lines.filter_map(|line| {
            line.split_once(": ")
                .filter(|(n, _)| n.eq_ignore_ascii_case(name))
        });
        values
            .map(|(_, value)| value)
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// The exchange's end of the connection.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// `sip:user@host:port…` that the user agent registered.
    pub(crate) contact: String,
    branch: u32,
    /// Keep-alives seen so far.
    pub(crate) pings: u32,
}

impl Connection {
    pub(crate) async fn next(&mut self) -> Message {
        timeout(BOUND, self.read())
            .await
            .expect("the user agent says nothing")
    }

    async fn read(&mut self) -> Message {
        loop {
            while self.buffer.starts_with(b"\r\n\r\n") {
                self.buffer.drain(..4);
                self.pings += 1;
            }
            if let Some(head) = self.buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                let message =
                    Message(String::from_utf8(self.buffer[..head].to_vec()).unwrap() + "\r\n\r\n");
                let length: usize = message.header("Content-Length").parse().unwrap_or(0);
                let whole = head + 4 + length;
                if self.buffer.len() >= whole {
                    let bytes: Vec<u8> = self.buffer.drain(..whole).collect();
                    return Message(String::from_utf8(bytes).unwrap());
                }
            }
            let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
            assert!(read > 0, "the user agent has closed the connection");
        }
    }

    /// The next message, which must start with `start`.
    pub(crate) async fn expect(&mut self, start: &str) -> Message {
        let message = self.next().await;
        assert!(
            message.start().starts_with(start),
            "expected {start}, got {message:?}"
        );
        message
    }

    /// Answers `request`. `extra` are whole header lines.
    pub(crate) async fn reply(
        &mut self,
        request: &Message,
        status: &str,
        extra: &[&str],
        body: &str,
    ) {
        let tag = if status.starts_with("100") || request.header("To").contains("tag=") {
            ""
        } else {
            ";tag=pbx"
        };
        let mut text = format!(
            "SIP/2.0 {status}\r\nVia: {}\r\nFrom: {}\r\nTo: {}{tag}\r\nCall-ID: {}\r\nCSeq: {}\r\n",
            request.header("Via"),
            request.header("From"),
            request.header("To"),
            request.header("Call-ID"),
            request.header("CSeq"),
        );
        self.finish(&mut text, extra, body);
        self.write(&text).await;
    }

    fn finish(&self, text: &mut String, extra: &[&str], body: &str) {
        *text += "Contact: <sip:pbx@127.0.0.1>\r\n";
        for line in extra {
            *text += line;
            *text += "\r\n";
        }
        if !body.is_empty() && !extra.iter().any(|line| line.starts_with("Content-Type")) {
            *text += "Content-Type: application/sdp\r\n";
        }
        *text += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    }

    async fn write(&mut self, text: &str) {
        self.stream.write_all(text.as_bytes()).await.unwrap();
    }

    /// A request to the user agent's contact. `to` carries its tag inside a dialog.
    pub(crate) async fn request(
        &mut self,
        method: &str,
        cseq: u32,
        to: &str,
        extra: &[&str],
        body: &str,
    ) {
        let contact = self.contact.clone();
        self.request_to(&contact, method, cseq, to, extra, body)
            .await;
    }

    pub(crate) async fn request_to(
        &mut self,
        uri: &str,
        method: &str,
        cseq: u32,
        to: &str,
        extra: &[&str],
        body: &str,
    ) {
        // ACK of a 2xx and all else but CANCEL are transactions of their own.
        if method != "CANCEL" {
            self.branch += 1;
        }
        let mut text = format!(
            "{method} {uri} SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKx{}\r\nMax-Forwards: 70\r\n\
             From: \"Lan\" <sip:0912345678@127.0.0.1>;tag=pbx\r\nTo: {to}\r\nCall-ID: incoming-1\r\nCSeq: {cseq} {method}\r\n",
            self.branch
        );
        self.finish(&mut text, extra, body);
        self.write(&text).await;
    }

    /// ACK of a refused INVITE: it belongs to the INVITE's transaction.
    pub(crate) async fn acknowledge(&mut self, answer: &Message) {
        self.branch -= 1;
        let contact = self.contact.clone();
        self.request_to(&contact, "ACK", 1, &answer.header("To"), &[], "")
            .await;
    }

    /// Takes a REGISTER and grants it.
    pub(crate) async fn grant(&mut self) -> Message {
        let register = self.expect("REGISTER").await;
        let contact = register.header("Contact");
        self.contact = contact[1..contact.find('>').unwrap()].to_owned();
        let granted = format!("Contact: <{}>;expires=300", self.contact);
        self.reply(&register, "200 OK", &[&granted], "").await;
        register
    }
}

/// A user agent and the exchange it signs in to.
pub(crate) struct Desk {
    listener: TcpListener,
    agent: Option<UserAgent>,
    events: UnboundedReceiver<SipEvent>,
    pub(crate) ids: CallIds,
}

impl Desk {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = format!("sip:{};transport=tcp", listener.local_addr().unwrap());
        let ids = CallIds::default();
        let account = Account::new(vec![server.parse().unwrap()], "1001", "secret".to_owned());
        let (agent, events) = UserAgent::start(account, ids.clone()).unwrap();
        Self {
            listener,
            agent: Some(agent),
            events,
            ids,
        }
    }

    pub(crate) fn agent(&self) -> &UserAgent {
        self.agent.as_ref().unwrap()
    }

    pub(crate) fn take_agent(&mut self) -> UserAgent {
        self.agent.take().unwrap()
    }

    pub(crate) async fn accept(&self) -> Connection {
        let (stream, _) = timeout(BOUND, self.listener.accept())
            .await
            .expect("nobody connects")
            .unwrap();
        Connection {
            stream,
            buffer: Vec::new(),
            contact: String::new(),
            branch: 0,
            pings: 0,
        }
    }

    /// Signed in.
    pub(crate) async fn registered() -> (Self, Connection) {
        let mut desk = Self::start().await;
        let mut exchange = desk.accept().await;
        exchange.grant().await;
        while !matches!(
            desk.registration().await,
            RegistrationState::Registered { .. }
        ) {}
        (desk, exchange)
    }

    pub(crate) async fn event(&mut self) -> SipEvent {
        timeout(BOUND, self.events.recv())
            .await
            .expect("no event comes")
            .expect("the user agent has ended")
    }

    pub(crate) async fn registration(&mut self) -> RegistrationState {
        loop {
            if let SipEvent::Registration(state) = self.event().await {
                return state;
            }
        }
    }

    pub(crate) async fn signal(&mut self) -> (CallId, Signal) {
        loop {
            if let SipEvent::Call { call, signal } = self.event().await {
                return (call, signal);
            }
        }
    }

    /// Whether anything has been told that nobody has asked for yet.
    pub(crate) fn is_quiet(&mut self) -> bool {
        self.events.try_recv().is_err()
    }

    pub(crate) fn dial(&self, to: &str) -> CallId {
        let call = self.ids.next_id();
        let headers = vec![("X-CRM-Id".to_owned(), "42".to_owned().into())];
        let action = SipAction::Invite {
            to: to.to_owned().into(),
            offer: OFFER.to_owned().into(),
            headers,
        };
        self.agent().perform(call, action);
        call
    }

    /// An established call that we have made; `extra` are header lines of the exchange's 200.
    pub(crate) async fn calling(extra: &[&str]) -> (Self, Connection, CallId) {
        let (mut desk, mut exchange) = Self::registered().await;
        let call = desk.dial("600");
        let invite = exchange.expect("INVITE").await;
        exchange.reply(&invite, "200 OK", extra, ANSWER).await;
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
        (desk, exchange, call)
    }

    /// An established call that came in; the exchange's end, its id and our To with tag.
    pub(crate) async fn called(extra: &[&str]) -> (Self, Connection, CallId, Message) {
        let (mut desk, mut exchange) = Self::registered().await;
        let (call, _) = ring(&mut desk, &mut exchange, extra, OFFER).await;
        desk.agent().perform(
            call,
            SipAction::Accept {
                sdp: ANSWER.to_owned().into(),
            },
        );
        let ok = exchange.expect("SIP/2.0 200").await;
        exchange.request("ACK", 1, &ok.header("To"), &[], "").await;
        assert_eq!(
            desk.signal().await,
            (call, Signal::Confirmed { answer: None })
        );
        (desk, exchange, call, ok)
    }
}

/// An INVITE to our contact, up to its signal.
pub(crate) async fn ring(
    desk: &mut Desk,
    exchange: &mut Connection,
    extra: &[&str],
    offer: &str,
) -> (CallId, Signal) {
    exchange
        .request("INVITE", 1, "<sip:1001@127.0.0.1>", extra, offer)
        .await;
    exchange.expect("SIP/2.0 100").await;
    desk.signal().await
}
