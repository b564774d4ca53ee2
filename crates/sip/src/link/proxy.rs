//! A tunnel through the HTTP proxy of the system (RFC 9110 section 9.3.6).

use http::HeaderValue;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::dial::DialError;
use crate::account::Server;

/// Longest head of a proxy's answer that we read.
const MAX_HEAD: usize = 8 * 1024;

/// The proxy for this server, if the system names one. Loopback never goes through a proxy.
pub(super) fn proxy_for(matcher: &Matcher, server: &Server) -> Option<Intercept> {
    let uri = format!("https://{}/", server.authority()).parse().ok()?;
    if server.is_loopback() {
        None
    } else {
        matcher.intercept(&uri)
    }
}

/// Host and port of the proxy itself.
pub(super) fn endpoint(proxy: &Intercept) -> Result<(String, u16), DialError> {
    let uri = proxy.uri();
    let host = uri
        .host()
        .ok_or(DialError::ProxyUnsupported)?
        .trim_matches(['[', ']']);
    match uri.scheme_str() {
        Some("http") => Ok((host.to_owned(), uri.port_u16().unwrap_or(80))),
        _ => Err(DialError::ProxyUnsupported),
    }
}

/// Asks the proxy for a tunnel to `server`; afterwards the stream is ours end to end.
pub(super) async fn open_tunnel(
    mut stream: TcpStream,
    server: &Server,
    credentials: Option<&HeaderValue>,
) -> Result<TcpStream, DialError> {
    let target = server.authority();
    let mut request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n").into_bytes();
    if let Some(value) = credentials {
        request.extend_from_slice(b"Proxy-Authorization: ");
        request.extend_from_slice(value.as_bytes());
        request.extend_from_slice(b"\r\n");
    }
    request.extend_from_slice(b"\r\n");
    stream
        .write_all(&request)
        .await
        .map_err(DialError::ProxyIo)?;

    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        // Byte by byte: what follows the head belongs to TLS.
        let byte = stream.read_u8().await.map_err(DialError::ProxyIo)?;
        head.push(byte);
        if head.len() > MAX_HEAD {
            return Err(DialError::ProxyRefused { status: 0 });
        }
    }
    match status_of(&head) {
        Some(200..=299) => Ok(stream),
        status => Err(DialError::ProxyRefused {
            status: status.unwrap_or(0),
        }),
    }
}

fn status_of(head: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(head.split(|byte| *byte == b'\r').next()?).ok()?;
    line.strip_prefix("HTTP/1.")?
        .split(' ')
        .nth(1)?
        .parse()
        .ok()
}
