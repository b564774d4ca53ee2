//! Opening a link: resolve, connect, TLS, WebSocket; each way to fail has its own name.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use alobar_core::RegistrationFailure;
use bytes::BytesMut;
use futures_util::StreamExt;
use hyper_util::client::proxy::matcher::Matcher;
use rustls::ClientConfig;
use rustls_pki_types::ServerName;
use tokio::net::{TcpStream, UdpSocket, lookup_host};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsConnector;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{self, Error as WebSocketError};

use super::{BoxedStream, Link, MAX_MESSAGE, Reader, Writer, proxy, tls};
use crate::account::{Server, Transport};

/// Bound of one whole attempt, from the name to the open link. Short enough that one attempt lost on
/// an exchange that is starting still leaves us back within 10 s of its return.
const ATTEMPT: Duration = Duration::from_secs(6);
/// Head start of each resolved address over the next (RFC 8305 section 5).
const STAGGER: Duration = Duration::from_millis(250);

/// Why a link did not open.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DialError {
    #[error("Resolve the server's name")]
    Resolve(#[source] io::Error),
    #[error("Connect")]
    Connect(#[source] io::Error),
    #[error("TLS handshake")]
    Tls(#[source] io::Error),
    #[error("The host is no name for TLS")]
    ServerName,
    #[error("WebSocket handshake")]
    WebSocket(#[source] Box<WebSocketError>),
    #[error("Talk to the HTTP proxy")]
    ProxyIo(#[source] io::Error),
    #[error("The HTTP proxy answered {status}")]
    ProxyRefused { status: u16 },
    #[error("The system's proxy is not an HTTP proxy")]
    ProxyUnsupported,
    #[error("Not open within {ATTEMPT:?}")]
    TimedOut,
}

impl DialError {
    /// The reason as the person is told it.
    pub(crate) fn failure(&self) -> RegistrationFailure {
        match self {
            Self::Resolve(_) => RegistrationFailure::UnknownHost,
            Self::Connect(error) => connect_failure(error),
            Self::Tls(error) => error
                .get_ref()
                .and_then(|inner| inner.downcast_ref::<rustls::Error>())
                .map_or(RegistrationFailure::TlsFailed, tls::handshake_failure),
            Self::ServerName => RegistrationFailure::CertificateWrongName,
            Self::WebSocket(_) => RegistrationFailure::NotSip,
            Self::ProxyIo(_) | Self::ProxyRefused { .. } | Self::ProxyUnsupported => {
                RegistrationFailure::ProxyRefused
            }
            Self::TimedOut => RegistrationFailure::TimedOut,
        }
    }
}

fn connect_failure(error: &io::Error) -> RegistrationFailure {
    match error.kind() {
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset => {
            RegistrationFailure::PortRefused
        }
        io::ErrorKind::TimedOut => RegistrationFailure::TimedOut,
        _ => RegistrationFailure::NetworkUnreachable,
    }
}

/// Opens links for one account.
pub(crate) struct Dialler {
    tls: Arc<ClientConfig>,
    proxy: Matcher,
}

impl Dialler {
    pub(crate) fn new(tls: ClientConfig) -> Self {
        Self {
            tls: Arc::new(tls),
            proxy: Matcher::from_system(),
        }
    }

    #[cfg(test)]
    pub(crate) fn with_proxy(tls: ClientConfig, proxy: Matcher) -> Self {
        Self {
            tls: Arc::new(tls),
            proxy,
        }
    }

    /// One attempt, bounded by [`ATTEMPT`] as a whole.
    pub(crate) async fn dial(&self, server: &Server) -> Result<Link, DialError> {
        timeout(ATTEMPT, self.open(server))
            .await
            .unwrap_or(Err(DialError::TimedOut))
    }

    async fn open(&self, server: &Server) -> Result<Link, DialError> {
        if server.transport == Transport::Udp {
            return open_datagram(server).await;
        }
        let tcp = match (server.transport, proxy::proxy_for(&self.proxy, server)) {
            (Transport::Wss, Some(through)) => {
                let (host, port) = proxy::endpoint(&through)?;
                let stream = connect(&host, port).await.map_err(as_proxy_error)?;
                proxy::open_tunnel(stream, server, through.basic_auth()).await?
            }
            _ => connect(&server.host, server.port).await?,
        };
        tcp.set_nodelay(true).map_err(DialError::Connect)?;
        let local = tcp.local_addr().map_err(DialError::Connect)?;
        let remote = tcp.peer_addr().map_err(DialError::Connect)?;
        let stream: BoxedStream = if server.transport.is_secure() {
            Box::new(self.handshake(tcp, server).await?)
        } else {
            Box::new(tcp)
        };
        let (reader, writer) = if server.transport.is_web_socket() {
            upgrade(stream, server).await?
        } else {
            let (half, write) = tokio::io::split(stream);
            (
                Reader::Stream {
                    half,
                    buffer: BytesMut::new(),
                },
                Writer::Stream(write),
            )
        };
        Ok(Link {
            transport: server.transport,
            local,
            remote,
            reader,
            writer,
        })
    }

    /// TLS for the host the account names: SNI and certificate are checked against that, whatever it resolved to.
    async fn handshake(
        &self,
        tcp: TcpStream,
        server: &Server,
    ) -> Result<tokio_rustls::client::TlsStream<TcpStream>, DialError> {
        let name = ServerName::try_from(server.host.clone()).map_err(|_| DialError::ServerName)?;
        TlsConnector::from(Arc::clone(&self.tls))
            .connect(name, tcp)
            .await
            .map_err(DialError::Tls)
    }
}

fn as_proxy_error(error: DialError) -> DialError {
    match error {
        DialError::Resolve(source) | DialError::Connect(source) => DialError::ProxyIo(source),
        other => other,
    }
}

async fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, DialError> {
    let addresses: Vec<_> = lookup_host((host, port))
        .await
        .map_err(DialError::Resolve)?
        .collect();
    if addresses.is_empty() {
        return Err(DialError::Resolve(io::ErrorKind::NotFound.into()));
    }
    Ok(addresses)
}

/// The first address that answers wins; each has a head start over the next.
async fn connect(host: &str, port: u16) -> Result<TcpStream, DialError> {
    let mut attempts = JoinSet::new();
    for (address, turn) in resolve(host, port).await?.into_iter().zip(0_u32..) {
        attempts.spawn(async move {
            sleep(STAGGER * turn).await;
            TcpStream::connect(address).await
        });
    }
    let mut worst = io::Error::from(io::ErrorKind::NetworkUnreachable);
    while let Some(outcome) = attempts.join_next().await {
        match outcome.map_err(io::Error::other).flatten() {
            Ok(stream) => return Ok(stream),
            // "Refused" says more than the unreachable IPv6 address beside it.
            Err(error) if worst.kind() != io::ErrorKind::ConnectionRefused => worst = error,
            Err(_) => {}
        }
    }
    Err(DialError::Connect(worst))
}

/// A socket connected to the server: the kernel drops what anybody else sends.
async fn open_datagram(server: &Server) -> Result<Link, DialError> {
    let addresses = resolve(&server.host, server.port).await?;
    let mut last = io::Error::from(io::ErrorKind::NetworkUnreachable);
    for remote in addresses {
        let any: SocketAddr = match remote {
            SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
            SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
        };
        match bind_connected(any, remote).await {
            Ok((socket, local)) => {
                let socket = Arc::new(socket);
                let reader = Reader::Datagram {
                    socket: Arc::clone(&socket),
                    buffer: Box::new([0; MAX_MESSAGE]),
                };
                let writer = Writer::Datagram(socket);
                return Ok(Link {
                    transport: Transport::Udp,
                    local,
                    remote,
                    reader,
                    writer,
                });
            }
            Err(error) => last = error,
        }
    }
    Err(DialError::Connect(last))
}

async fn bind_connected(
    local: SocketAddr,
    remote: SocketAddr,
) -> io::Result<(UdpSocket, SocketAddr)> {
    let socket = UdpSocket::bind(local).await?;
    socket.connect(remote).await?;
    let local = socket.local_addr()?;
    Ok((socket, local))
}

/// The WebSocket handshake with subprotocol `sip` (RFC 7118 section 4). Host is the account's host name.
async fn upgrade(stream: BoxedStream, server: &Server) -> Result<(Reader, Writer), DialError> {
    let boxed = |error: WebSocketError| DialError::WebSocket(Box::new(error));
    let mut request = server.to_string().into_client_request().map_err(boxed)?;
    request
        .headers_mut()
        .insert("Sec-WebSocket-Protocol", HeaderValue::from_static("sip"));
    let limits = tungstenite::protocol::WebSocketConfig::default()
        .max_message_size(Some(MAX_MESSAGE))
        .max_frame_size(Some(MAX_MESSAGE));
    let (socket, _) = tokio_tungstenite::client_async_with_config(request, stream, Some(limits))
        .await
        .map_err(boxed)?;
    let (sink, stream) = socket.split();
    Ok((Reader::WebSocket(stream), Writer::WebSocket(sink)))
}
