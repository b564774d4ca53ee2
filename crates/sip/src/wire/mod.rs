//! Between the stack and the link: one connection for the stack that never dies, whatever link
//! carries it now. So dialogs outlive a lost link, and every message passes one place.

mod mend;
mod outstanding;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rsipstack::sip::{Method, Request, SipMessage, StatusCode};
use rsipstack::transport::channel::ChannelConnection;
use rsipstack::transport::{SipAddr, SipConnection, TransportEvent};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout};

use crate::account::Transport;
use crate::calls::Calls;
use crate::ladder::Direction;
use crate::link::{Frame, Link};
use mend::Ends;
pub(crate) use mend::Identity;
use outstanding::{Due, Outstanding, local_response};

/// RFC 5626 section 4.4.1 asks for 24 to 29 s on streams.
const KEEP_ALIVE: Duration = Duration::from_secs(27);
/// A ping unanswered for this long means the link is dead (RFC 5626 section 4.4.1).
const PONG_WITHIN: Duration = Duration::from_secs(10);
/// A write that blocks this long means the link is dead.
const WRITE_WITHIN: Duration = Duration::from_secs(5);

/// Puts a link under the stack, or takes it away.
#[derive(Debug, Clone)]
pub(crate) struct Wire(mpsc::UnboundedSender<Command>);

enum Command {
    Attach(Box<Link>, LostSender),
    Detach,
}

/// Fires when the attached link dies by itself, with the reason the system gave.
type LostSender = oneshot::Sender<io::ErrorKind>;
pub(crate) type Lost = oneshot::Receiver<io::ErrorKind>;

impl Wire {
    /// The wire and the stack's end of it, reached at `address`.
    pub(crate) async fn start(
        identity: Identity,
        calls: Arc<Calls>,
        address: SipAddr,
    ) -> rsipstack::Result<(Self, SipConnection)> {
        let (to_stack, stack_reads) = mpsc::unbounded_channel();
        let (stack_writes, from_stack) = mpsc::unbounded_channel();
        let channel =
            ChannelConnection::create_connection(stack_reads, stack_writes, address.clone(), None)
                .await?;
        let connection = SipConnection::Channel(channel);
        let (commands, inbox) = mpsc::unbounded_channel();
        let pump = Pump {
            identity,
            calls,
            address,
            connection: connection.clone(),
            to_stack,
            outstanding: Outstanding::default(),
            up: None,
        };
        tokio::spawn(pump.run(inbox, from_stack));
        Ok((Self(commands), connection))
    }

    /// From now on the stack speaks over `link`. The receiver resolves when that link dies.
    pub(crate) fn attach(&self, link: Link) -> Lost {
        let (lost, watch) = oneshot::channel();
        // A stopped pump drops the sender, which reads as "lost".
        let _ = self.0.send(Command::Attach(Box::new(link), lost));
        watch
    }

    /// Closes the link, if there is one.
    pub(crate) fn detach(&self) {
        let _ = self.0.send(Command::Detach);
    }
}

/// The link in use.
struct Up {
    link: Link,
    lost: LostSender,
    ping_at: Instant,
    pong_by: Option<Instant>,
    /// WebSocket peers must answer a ping; SIP over TCP need not, so wait until one has.
    pongs: bool,
}

struct Pump {
    identity: Identity,
    calls: Arc<Calls>,
    address: SipAddr,
    connection: SipConnection,
    to_stack: mpsc::UnboundedSender<TransportEvent>,
    outstanding: Outstanding,
    up: Option<Up>,
}

#[expect(
    clippy::large_enum_variant,
    reason = "lives for one turn of the loop, on the stack"
)]
enum Wake {
    Command(Option<Command>),
    Stack(Option<TransportEvent>),
    Frame(io::Result<Frame>),
    Timer,
}

impl Pump {
    async fn run(
        mut self,
        mut commands: mpsc::UnboundedReceiver<Command>,
        mut from_stack: mpsc::UnboundedReceiver<TransportEvent>,
    ) {
        loop {
            let timer = self.next_timer();
            let frame = async {
                match &mut self.up {
                    Some(up) => up.link.reader.next().await,
                    None => std::future::pending().await,
                }
            };
            let wake = tokio::select! {
                // A new link comes before what is to be sent over it.
                biased;
                command = commands.recv() => Wake::Command(command),
                event = from_stack.recv() => Wake::Stack(event),
                frame = frame => Wake::Frame(frame),
                () = sleep_until(timer) => Wake::Timer,
            };
            match wake {
                Wake::Command(None) | Wake::Stack(None) => break,
                Wake::Command(Some(Command::Attach(link, lost))) => self.attach(*link, lost),
                Wake::Command(Some(Command::Detach)) => self.close(),
                Wake::Stack(Some(TransportEvent::Incoming(message, _, _))) => {
                    self.send(message).await
                }
                Wake::Stack(Some(_)) => {}
                Wake::Frame(Ok(frame)) => self.receive(frame).await,
                Wake::Frame(Err(error)) => self.lose(&error),
                Wake::Timer => self.tick().await,
            }
        }
    }

    fn attach(&mut self, link: Link, lost: LostSender) {
        self.close();
        let pongs = link.transport.is_web_socket();
        self.up = Some(Up {
            link,
            lost,
            ping_at: Instant::now() + KEEP_ALIVE,
            pong_by: None,
            pongs,
        });
    }

    /// Takes the link away; whoever waits for an answer over it is told 503.
    fn close(&mut self) {
        self.up = None;
        for request in self.outstanding.fail_all() {
            self.answer_locally(&request, StatusCode::ServiceUnavailable);
        }
    }

    fn lose(&mut self, error: &io::Error) {
        let Some(up) = self.up.take() else { return };
        tracing::warn!(transport = up.link.transport.via_token(), kind = ?error.kind(), "link lost");
        // Nobody listens when the registration has just given the link up.
        let _ = up.lost.send(error.kind());
        self.close();
    }

    fn next_timer(&self) -> Instant {
        let far = Instant::now() + Duration::from_hours(1);
        let keep_alive = self
            .up
            .as_ref()
            .map(|up| up.pong_by.map_or(up.ping_at, |by| by.min(up.ping_at)));
        [self.outstanding.next_deadline(), keep_alive]
            .into_iter()
            .flatten()
            .fold(far, Instant::min)
    }

    async fn tick(&mut self) {
        let now = Instant::now();
        for due in self.outstanding.due(now) {
            match due {
                Due::Send(bytes) => self.write(&bytes).await,
                Due::Unanswered(request) => {
                    self.answer_locally(&request, StatusCode::RequestTimeout)
                }
            }
        }
        let Some(up) = &mut self.up else { return };
        if up.pong_by.is_some_and(|by| by <= now) {
            return self.lose(&io::ErrorKind::TimedOut.into());
        }
        if up.ping_at <= now {
            up.ping_at = now + KEEP_ALIVE;
            up.pong_by = up.pongs.then_some(now + PONG_WITHIN);
            let sent = timeout(WRITE_WITHIN, up.link.writer.ping()).await;
            if let Err(error) = sent.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
                self.lose(&error);
            }
        }
    }

    async fn send(&mut self, mut message: SipMessage) {
        let Some(ends) = self.ends() else {
            if let SipMessage::Request(request) = &message {
                self.answer_locally(request, StatusCode::ServiceUnavailable);
            }
            return;
        };
        mend::outgoing(&mut message, ends, &self.identity);
        self.calls.saw(Direction::Sent, &message);
        let bytes = message.to_bytes();
        let (now, unreliable) = (Instant::now(), ends.transport == Transport::Udp);
        match &message {
            SipMessage::Request(request) => self
                .outstanding
                .sent_request(now, request, &bytes, unreliable),
            SipMessage::Response(response) => self
                .outstanding
                .sent_response(now, response, &bytes, unreliable),
        }
        self.write(&bytes).await;
    }

    async fn write(&mut self, bytes: &[u8]) {
        let Some(up) = &mut self.up else { return };
        let written = timeout(WRITE_WITHIN, up.link.writer.send(bytes)).await;
        if let Err(error) = written.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into())) {
            self.lose(&error);
        }
    }

    async fn receive(&mut self, frame: Frame) {
        let Some(up) = &mut self.up else { return };
        up.pong_by = None;
        match frame {
            Frame::Pong => up.pongs = true,
            Frame::Ping => {
                if let Err(error) = up.link.writer.pong().await {
                    self.lose(&error);
                }
            }
            Frame::Message(bytes) => self.receive_message(&bytes),
        }
    }

    fn receive_message(&mut self, bytes: &[u8]) {
        let Some(ends) = self.ends() else { return };
        let message = SipMessage::try_from(bytes).map_err(rsipstack::Error::from);
        let Ok(message) = message.and_then(|message| mend::incoming(message, ends)) else {
            // The error's text would quote the message: say only how long it was.
            return tracing::warn!(length = bytes.len(), "message not understood");
        };
        self.calls.saw(Direction::Received, &message);
        match &message {
            SipMessage::Request(request) => self.outstanding.received_request(request),
            SipMessage::Response(response) => self.outstanding.received_response(response),
        }
        self.deliver(message);
    }

    fn ends(&self) -> Option<Ends> {
        let link = &self.up.as_ref()?.link;
        Some(Ends {
            transport: link.transport,
            local: link.local,
            remote: link.remote,
        })
    }

    fn answer_locally(&self, request: &Request, status: StatusCode) {
        if request.method != Method::Ack {
            self.deliver(local_response(request, status).into());
        }
    }

    fn deliver(&self, message: SipMessage) {
        let event =
            TransportEvent::Incoming(message, self.connection.clone(), self.address.clone());
        // The stack stops reading only when the user agent stops.
        let _ = self.to_stack.send(event);
    }
}
