//! The standalone hub: a listener with TLS around [`Hub::router`].

mod config;
mod key;
mod tls;
mod user;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::Service;

pub use config::{Config, ConfigError, TlsFiles};
pub use key::{KeyFileError, read_or_make};
pub use tls::TlsError;
pub use user::{UserRefused, add_user};

use crate::auth::gate::Via;
use crate::hub::Hub;

/// Open connections; more wait.
const CONNECTIONS: usize = 20_000;
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long a client takes to send its headers, and how much these may be.
const HEADERS: Duration = Duration::from_secs(10);
const HEADER_BYTES: usize = 16 * 1024;
const HEADER_COUNT: usize = 64;
const BUFFER: usize = 64 * 1024;
/// How long requests under way may take once the hub stops.
const GRACE: Duration = Duration::from_secs(10);
/// After the system has refused a connection: it has no more of something.
const PAUSE: Duration = Duration::from_millis(500);

/// The hub cannot listen.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ListenError {
    /// H11: what others can reach speaks TLS.
    #[error("{0} can be reached from other machines: name a certificate, or listen on 127.0.0.1")]
    NeedsTls(SocketAddr),
    #[error("Listen on {0}")]
    Bind(SocketAddr, #[source] io::Error),
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// A hub's open door, before anybody comes in.
pub struct Server {
    hub: Hub,
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Server {
    /// Binds `address`.
    ///
    /// # Errors
    /// It is taken, or open to other machines without TLS, or the certificate cannot be used.
    pub async fn bind(
        hub: Hub,
        address: SocketAddr,
        tls: Option<&TlsFiles>,
    ) -> Result<Self, ListenError> {
        if tls.is_none() && !address.ip().is_loopback() {
            return Err(ListenError::NeedsTls(address));
        }
        let tls = tls.map(tls::acceptor).transpose()?;
        let failed = |error| ListenError::Bind(address, error);
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        Ok(Self {
            address: listener.local_addr().map_err(failed)?,
            hub,
            listener,
            tls,
        })
    }

    /// `https://127.0.0.1:8443`, with the port that was bound.
    pub fn url(&self) -> String {
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// Serves until `stop`; then requests under way end and sockets are closed.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let router = self.hub.router();
        let mut connections = JoinSet::new();
        let free = Arc::new(Semaphore::new(CONNECTIONS));
        tokio::pin!(stop);
        loop {
            let accepted = tokio::select! {
                () = &mut stop => break,
                accepted = accept(&self.listener, &free) => accepted,
                Some(_) = connections.join_next(), if !connections.is_empty() => continue,
            };
            let Some((stream, peer, permit)) = accepted else {
                continue;
            };
            let connection = Connection {
                hub: self.hub.clone(),
                router: router.clone(),
                peer,
                tls: self.tls.clone(),
            };
            connections.spawn(async move {
                connection.serve(stream).await;
                drop(permit);
            });
        }
        drop(self.listener);
        self.hub.stop();
        let ended = async {
            while connections.join_next().await.is_some() {}
            self.hub.doors().sockets.gone().await;
        };
        if timeout(GRACE, ended).await.is_err() {
            tracing::warn!("Some requests were cut off");
        }
    }
}

type Accepted = (TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit);

async fn accept(listener: &TcpListener, free: &Arc<Semaphore>) -> Option<Accepted> {
    let permit = free.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, permit)),
        Err(error) => {
            tracing::warn!(%error, "A connection was not accepted");
            sleep(PAUSE).await;
            None
        }
    }
}

struct Connection {
    hub: Hub,
    router: Router,
    peer: SocketAddr,
    tls: Option<TlsAcceptor>,
}

impl Connection {
    async fn serve(self, stream: TcpStream) {
        // Small answers are not held back.
        let _ = stream.set_nodelay(true);
        match self.tls.clone() {
            None => self.speak(stream).await,
            // Who speaks no TLS is nobody's fault.
            Some(tls) => {
                if let Ok(Ok(stream)) = timeout(HANDSHAKE, tls.accept(stream)).await {
                    self.speak(stream).await;
                }
            }
        }
    }

    async fn speak(self, stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) {
        let via = Via {
            address: self.peer.ip(),
            tls: self.tls.is_some(),
        };
        let router = self.router;
        let answer = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(via);
            router.clone().call(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADERS)
            .max_header_size(HEADER_BYTES)
            .max_headers(HEADER_COUNT)
            .max_buf_size(BUFFER)
            .serve_connection(TokioIo::new(stream), answer)
            .with_upgrades();
        tokio::pin!(connection);
        let mut stopping = self.hub.stopping();
        let stopped = async {
            let _ = stopping.wait_for(|stopping| *stopping).await;
        };
        let outcome = tokio::select! {
            outcome = &mut connection => outcome,
            () = stopped => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = outcome {
            tracing::debug!(%error, "A connection broke");
        }
    }
}
