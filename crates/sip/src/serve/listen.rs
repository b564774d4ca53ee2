//! Opening flows: WebSocket, TCP and UDP on loopback.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::BytesMut;
use futures_util::StreamExt;
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::{HeaderValue, StatusCode};

use super::{Shared, flow};
use crate::account::Transport;
use crate::link::{BoxedStream, Link, MAX_MESSAGE, Reader, Writer};

/// Datagrams that may wait for a flow.
const BACKLOG: usize = 64;

pub(super) async fn web_sockets(shared: Arc<Shared>, listener: TcpListener) {
    while let Some((tcp, remote)) = accept(&shared, &listener).await {
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            match upgrade(tcp, remote).await {
                Some(link) => flow::serve(shared, link).await,
                None => tracing::warn!("WebSocket refused"),
            }
        });
    }
}

pub(super) async fn streams(shared: Arc<Shared>, listener: TcpListener) {
    while let Some((tcp, remote)) = accept(&shared, &listener).await {
        let Ok(local) = tcp.local_addr() else {
            continue;
        };
        let (half, write) = tokio::io::split(Box::new(tcp) as BoxedStream);
        let link = Link {
            transport: Transport::Tcp,
            local,
            remote,
            reader: Reader::Stream {
                half,
                buffer: BytesMut::new(),
            },
            writer: Writer::Stream(write),
        };
        tokio::spawn(flow::serve(Arc::clone(&shared), link));
    }
}

/// A connection while there is room; `None` when the switch ends.
async fn accept(shared: &Shared, listener: &TcpListener) -> Option<(TcpStream, SocketAddr)> {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shared.cancel.cancelled() => return None,
        };
        match accepted {
            Ok((tcp, remote)) if remote.ip().is_loopback() && !shared.is_full() => {
                // Without it only a little slower.
                let _ = tcp.set_nodelay(true);
                return Some((tcp, remote));
            }
            // Closed at once; or the connection broke before it was taken.
            Ok(_) | Err(_) => {}
        }
    }
}

/// The WebSocket handshake (RFC 7118). A browser states its `Origin`, and no page of the web has
/// business here.
#[expect(
    clippy::result_large_err,
    reason = "the shape that tungstenite asks for"
)]
fn admit(request: &Request, mut response: Response) -> Result<Response, ErrorResponse> {
    let refuse = |status| {
        let mut refusal = ErrorResponse::new(None);
        *refusal.status_mut() = status;
        Err(refusal)
    };
    if request.headers().contains_key("Origin") {
        return refuse(StatusCode::FORBIDDEN);
    }
    if request.uri().path() != "/ws" {
        return refuse(StatusCode::NOT_FOUND);
    }
    let protocols = request.headers().get_all("Sec-WebSocket-Protocol");
    let speaks_sip = protocols
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|protocol| protocol.trim() == "sip");
    if !speaks_sip {
        return refuse(StatusCode::BAD_REQUEST);
    }
    response
        .headers_mut()
        .insert("Sec-WebSocket-Protocol", HeaderValue::from_static("sip"));
    Ok(response)
}

async fn upgrade(tcp: TcpStream, remote: SocketAddr) -> Option<Link> {
    let local = tcp.local_addr().ok()?;
    let limits = tungstenite::protocol::WebSocketConfig::default()
        .max_message_size(Some(MAX_MESSAGE))
        .max_frame_size(Some(MAX_MESSAGE));
    let stream: BoxedStream = Box::new(tcp);
    let socket = tokio_tungstenite::accept_hdr_async_with_config(stream, admit, Some(limits))
        .await
        .ok()?;
    let (sink, stream) = socket.split();
    Some(Link {
        transport: Transport::Ws,
        local,
        remote,
        reader: Reader::WebSocket(stream),
        writer: Writer::WebSocket(sink),
    })
}

/// One flow for each address that sends.
pub(super) async fn datagrams(shared: Arc<Shared>, socket: UdpSocket) {
    let socket = Arc::new(socket);
    let Ok(local) = socket.local_addr() else {
        return;
    };
    let mut buffer = vec![0; MAX_MESSAGE];
    let mut flows: HashMap<SocketAddr, mpsc::Sender<Vec<u8>>> = HashMap::new();
    loop {
        let received = tokio::select! {
            received = socket.recv_from(&mut buffer) => received,
            () = shared.cancel.cancelled() => return,
        };
        // An error here is the last send's, to somebody who is gone.
        let Ok((length, remote)) = received else {
            continue;
        };
        let feed = match flows.entry(remote) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(_) if shared.is_full() => continue,
            Entry::Vacant(new) => {
                let (feed, fed) = mpsc::channel(BACKLOG);
                let link = Link {
                    transport: Transport::Udp,
                    local,
                    remote,
                    reader: Reader::Fed(fed),
                    writer: Writer::DatagramTo(Arc::clone(&socket), remote),
                };
                tokio::spawn(flow::serve(Arc::clone(&shared), link));
                new.insert(feed)
            }
        };
        // A flow that does not keep up loses datagrams, as on any network.
        let _ = feed.try_send(buffer[..length].to_vec());
    }
}
