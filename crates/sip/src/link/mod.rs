//! A link: one connection to one server, over WSS, TLS, TCP or UDP, that carries whole SIP messages.

mod dial;
mod framing;
mod proxy;
#[cfg(test)]
mod tests;
mod tls;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::BytesMut;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

pub(crate) use dial::Dialler;
pub(crate) use framing::{Frame, MAX_MESSAGE};
pub(crate) use tls::{TlsSetupError, client_config};

use crate::account::Transport;

/// Any byte stream below SIP: TCP, TLS over TCP, either through a proxy's tunnel.
pub(crate) trait ByteStream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> ByteStream for T {}

pub(crate) type BoxedStream = Box<dyn ByteStream>;

/// An open connection to a server.
pub(crate) struct Link {
    pub(crate) transport: Transport,
    pub(crate) local: SocketAddr,
    pub(crate) remote: SocketAddr,
    pub(crate) reader: Reader,
    pub(crate) writer: Writer,
}

pub(crate) enum Reader {
    WebSocket(SplitStream<WebSocketStream<BoxedStream>>),
    Stream {
        half: ReadHalf<BoxedStream>,
        buffer: BytesMut,
    },
    Datagram {
        socket: Arc<UdpSocket>,
        buffer: Box<[u8; MAX_MESSAGE]>,
    },
    /// Datagrams of one peer, picked out of a socket that serves many.
    Fed(mpsc::Receiver<Vec<u8>>),
}

pub(crate) enum Writer {
    WebSocket(SplitSink<WebSocketStream<BoxedStream>, Message>),
    Stream(WriteHalf<BoxedStream>),
    Datagram(Arc<UdpSocket>),
    DatagramTo(Arc<UdpSocket>, SocketAddr),
}

impl Reader {
    /// The next frame; an error means the link is dead. Cancel-safe.
    pub(crate) async fn next(&mut self) -> io::Result<Frame> {
        match self {
            Self::WebSocket(stream) => web_socket_frame(stream).await,
            Self::Stream { half, buffer } => loop {
                if let Some(frame) = framing::next_frame(buffer).map_err(io::Error::other)? {
                    return Ok(frame);
                }
                if half.read_buf(buffer).await? == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            },
            Self::Datagram { socket, buffer } => {
                let length = socket.recv(&mut buffer[..]).await?;
                Ok(datagram_frame(&buffer[..length]))
            }
            Self::Fed(datagrams) => match datagrams.recv().await {
                Some(datagram) => Ok(datagram_frame(&datagram)),
                None => Err(io::ErrorKind::UnexpectedEof.into()),
            },
        }
    }
}

/// Blank datagrams keep a NAT's mapping alive.
fn datagram_frame(datagram: &[u8]) -> Frame {
    let blank = datagram
        .iter()
        .all(|byte| matches!(byte, b'\r' | b'\n' | 0));
    if blank {
        Frame::Pong
    } else {
        Frame::Message(datagram.to_vec())
    }
}

async fn web_socket_frame(
    stream: &mut SplitStream<WebSocketStream<BoxedStream>>,
) -> io::Result<Frame> {
    loop {
        let bytes = match stream.next().await {
            Some(Ok(Message::Text(text))) => text.as_bytes().to_vec(),
            Some(Ok(Message::Binary(bytes))) => bytes.to_vec(),
            Some(Ok(Message::Pong(_))) => return Ok(Frame::Pong),
            // The WebSocket layer answers a ping itself.
            Some(Ok(Message::Ping(_) | Message::Frame(_))) => continue,
            Some(Ok(Message::Close(_))) | None => return Err(io::ErrorKind::UnexpectedEof.into()),
            Some(Err(error)) => return Err(io::Error::other(error)),
        };
        return Ok(match bytes.as_slice() {
            b"\r\n\r\n" => Frame::Ping,
            b"\r\n" => Frame::Pong,
            _ => Frame::Message(bytes),
        });
    }
}

impl Writer {
    /// Sends one SIP message.
    pub(crate) async fn send(&mut self, message: &[u8]) -> io::Result<()> {
        match self {
            Self::WebSocket(sink) => {
                let frame = match std::str::from_utf8(message) {
                    Ok(text) => Message::text(text),
                    Err(_) => Message::binary(message.to_vec()),
                };
                sink.send(frame).await.map_err(io::Error::other)
            }
            Self::Stream(half) => {
                half.write_all(message).await?;
                half.flush().await
            }
            Self::Datagram(socket) => socket.send(message).await.map(drop),
            Self::DatagramTo(socket, peer) => socket.send_to(message, *peer).await.map(drop),
        }
    }

    /// Asks the peer whether it is there (RFC 5626 section 3.5, RFC 6455 section 5.5.2).
    pub(crate) async fn ping(&mut self) -> io::Result<()> {
        match self {
            Self::WebSocket(sink) => sink
                .send(Message::Ping(Vec::new().into()))
                .await
                .map_err(io::Error::other),
            Self::Stream(_) | Self::Datagram(_) | Self::DatagramTo(..) => {
                self.send(b"\r\n\r\n").await
            }
        }
    }

    /// Answers the peer's CRLFCRLF.
    pub(crate) async fn pong(&mut self) -> io::Result<()> {
        match self {
            Self::WebSocket(sink) => sink
                .send(Message::text("\r\n"))
                .await
                .map_err(io::Error::other),
            Self::Stream(_) | Self::Datagram(_) | Self::DatagramTo(..) => self.send(b"\r\n").await,
        }
    }
}
