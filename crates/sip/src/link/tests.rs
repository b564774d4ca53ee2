//! The dialler against real sockets and real certificates; every way to fail must have its own name.

use std::sync::Arc;

use alobar_core::RegistrationFailure as Failure;
use futures_util::{SinkExt, StreamExt};
use hyper_util::client::proxy::matcher::Matcher;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls_pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};

use super::{Dialler, Frame, Link, client_config};
use crate::account::Server;

const SIP: &str = "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n";

/// A certificate authority of the test.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            issuer: Issuer::new(params, key),
            pem,
        }
    }

    /// A TLS server's side for `name`, valid in the years given.
    fn acceptor(&self, name: &str, years: std::ops::Range<i32>) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(years.start, 1, 1);
        params.not_after = date_time_ymd(years.end, 1, 1);
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let config =
            ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![certificate.der().clone()], key)
                .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }

    fn dialler(&self) -> Dialler {
        Dialler::new(client_config(Some(self.pem.as_bytes())).unwrap())
    }
}

async fn listener() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

async fn accept(listener: &TcpListener) -> TcpStream {
    listener.accept().await.unwrap().0
}

fn server(text: &str) -> Server {
    text.parse().unwrap()
}

/// Why dialling `server` fails while `serve` is at the other end.
async fn failure(dialler: &Dialler, server: &Server, serve: impl Future<Output = ()>) -> Failure {
    let dialled = async { dialler.dial(server).await.map(drop).unwrap_err().failure() };
    // The other end may wait for ever once we have given up.
    tokio::select! {
        why = dialled => why,
        () = async { serve.await; std::future::pending().await } => unreachable!(),
    }
}

/// Why TLS to `localhost` fails with this certificate.
async fn tls_failure(dialler: &Dialler, acceptor: TlsAcceptor) -> Failure {
    let (listener, port) = listener().await;
    let serve = async { drop(acceptor.accept(accept(&listener).await).await) };
    failure(dialler, &server(&format!("sips:localhost:{port}")), serve).await
}

/// The server's WebSocket handshake; `sip` is granted as subprotocol if the client asks for it.
async fn web_socket(
    stream: TlsStream<TcpStream>,
    host: String,
) -> tokio_tungstenite::WebSocketStream<TlsStream<TcpStream>> {
    #[allow(
        clippy::result_large_err,
        reason = "the callback's type is tungstenite's"
    )]
    let check = |request: &Request, mut response: Response| {
        assert_eq!(request.headers()["host"], host);
        assert_eq!(request.headers()["sec-websocket-protocol"], "sip");
        assert_eq!(request.uri().path(), "/ws");
        response
            .headers_mut()
            .insert("sec-websocket-protocol", "sip".parse().unwrap());
        Ok(response)
    };
    tokio_tungstenite::accept_hdr_async(stream, check)
        .await
        .unwrap()
}

async fn exchange_one_message(mut link: Link) {
    link.writer.send(SIP.as_bytes()).await.unwrap();
    assert_eq!(
        link.reader.next().await.unwrap(),
        Frame::Message(SIP.as_bytes().to_vec())
    );
}

#[tokio::test]
async fn a_web_socket_asks_for_the_host_name_it_was_given_and_carries_messages() {
    let authority = Authority::new();
    let ((listener, port), acceptor) = (
        listener().await,
        authority.acceptor("localhost", 2020..2090),
    );
    let serve = async {
        let stream = acceptor.accept(accept(&listener).await).await.unwrap();
        assert_eq!(stream.get_ref().1.server_name(), Some("localhost"));
        let mut socket = web_socket(stream, format!("localhost:{port}")).await;
        let message = socket.next().await.unwrap().unwrap();
        assert_eq!(message, Message::text(SIP));
        socket.send(message).await.unwrap();
    };
    let dial = async {
        let target = server(&format!("wss://localhost:{port}/ws"));
        exchange_one_message(authority.dialler().dial(&target).await.unwrap()).await;
    };
    tokio::join!(serve, dial);
}

#[tokio::test]
async fn tls_and_tcp_carry_messages() {
    let authority = Authority::new();
    let ((listener, port), acceptor) = (
        listener().await,
        authority.acceptor("localhost", 2020..2090),
    );
    let serve = async {
        let mut stream = acceptor.accept(accept(&listener).await).await.unwrap();
        let mut message = [0; SIP.len()];
        stream.read_exact(&mut message).await.unwrap();
        stream.write_all(&message).await.unwrap();
        let mut stream = accept(&listener).await;
        stream.read_exact(&mut message).await.unwrap();
        stream.write_all(&message).await.unwrap();
    };
    let dial = async {
        let dialler = authority.dialler();
        for target in [
            format!("sips:localhost:{port}"),
            format!("sip:127.0.0.1:{port};transport=tcp"),
        ] {
            exchange_one_message(dialler.dial(&server(&target)).await.unwrap()).await;
        }
    };
    tokio::join!(serve, dial);
}

#[tokio::test]
async fn each_bad_certificate_is_told_apart() {
    let (ours, other) = (Authority::new(), Authority::new());
    let dialler = ours.dialler();
    for (acceptor, expected) in [
        (
            ours.acceptor("localhost", 2010..2020),
            Failure::CertificateExpired,
        ),
        (
            ours.acceptor("localhost", 2080..2090),
            Failure::CertificateExpired,
        ),
        (
            ours.acceptor("pbx.example", 2020..2090),
            Failure::CertificateWrongName,
        ),
        (
            other.acceptor("localhost", 2020..2090),
            Failure::CertificateUnknownCa,
        ),
    ] {
        assert_eq!(tls_failure(&dialler, acceptor).await, expected);
    }
    let nobody = Dialler::new(client_config(None).unwrap());
    let unknown = tls_failure(&nobody, ours.acceptor("localhost", 2020..2090)).await;
    assert_eq!(
        unknown,
        Failure::CertificateUnknownCa,
        "without a CA of its own an account trusts the system's only"
    );
}

#[tokio::test]
async fn a_certificate_for_the_name_does_not_count_for_the_address() {
    let authority = Authority::new();
    let ((listener, port), acceptor) = (
        listener().await,
        authority.acceptor("localhost", 2020..2090),
    );
    let serve = async { drop(acceptor.accept(accept(&listener).await).await) };
    let why = failure(
        &authority.dialler(),
        &server(&format!("sips:127.0.0.1:{port}")),
        serve,
    )
    .await;
    assert_eq!(why, Failure::CertificateWrongName);
}

#[tokio::test]
async fn no_listener_no_name_and_no_tls_are_told_apart() {
    let authority = Authority::new();
    let dialler = authority.dialler();
    let (listener, port) = listener().await;
    let talk = async {
        drop(
            accept(&listener)
                .await
                .write_all(b"220 mail.example ESMTP\r\n")
                .await,
        )
    };
    assert_eq!(
        failure(&dialler, &server(&format!("sips:localhost:{port}")), talk).await,
        Failure::TlsFailed
    );
    drop(listener);
    let closed = server(&format!("wss://127.0.0.1:{port}/ws"));
    assert_eq!(
        failure(&dialler, &closed, async {}).await,
        Failure::PortRefused
    );
    let unknown = server("sips:no-such-host.invalid");
    assert_eq!(
        failure(&dialler, &unknown, async {}).await,
        Failure::UnknownHost
    );
}

#[tokio::test]
async fn a_web_server_that_is_no_exchange_is_not_sip() {
    let authority = Authority::new();
    for answer in [
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: wrong\r\n\r\n",
        "220 mail.example ESMTP\r\n",
    ] {
        let ((listener, port), acceptor) = (
            listener().await,
            authority.acceptor("localhost", 2020..2090),
        );
        let serve = async {
            let mut stream = acceptor.accept(accept(&listener).await).await.unwrap();
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).await.unwrap();
            stream.write_all(answer.as_bytes()).await.unwrap();
        };
        let why = failure(
            &authority.dialler(),
            &server(&format!("wss://localhost:{port}/ws")),
            serve,
        )
        .await;
        assert_eq!(why, Failure::NotSip, "{answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_says_nothing_is_given_up() {
    let (listener, port) = listener().await;
    let serve = async {
        let _open = accept(&listener).await;
        std::future::pending().await
    };
    let why = failure(
        &Authority::new().dialler(),
        &server(&format!("sips:localhost:{port}")),
        serve,
    )
    .await;
    assert_eq!(why, Failure::TimedOut);
}

/// A proxy that answers the first CONNECT with `status` and, if it is 200, tunnels to `port`.
async fn proxy(listener: TcpListener, status: u16, port: u16) -> String {
    let mut client = accept(&listener).await;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await.unwrap());
    }
    client
        .write_all(format!("HTTP/1.1 {status} Whatever\r\n\r\n").as_bytes())
        .await
        .unwrap();
    if status == 200 {
        let mut target = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        // Ends with either side.
        let _ = tokio::io::copy_bidirectional(&mut client, &mut target).await;
    }
    String::from_utf8(head).unwrap()
}

fn proxied(authority: &Authority, port: u16) -> Dialler {
    let proxy = Matcher::builder()
        .https(format!("http://an:secret@127.0.0.1:{port}"))
        .build();
    Dialler::with_proxy(
        client_config(Some(authority.pem.as_bytes())).unwrap(),
        proxy,
    )
}

#[tokio::test]
async fn wss_goes_through_the_system_proxy_and_tls_stays_end_to_end() {
    let authority = Authority::new();
    let ((listener, port), (proxy_listener, proxy_port)) = (listener().await, listener().await);
    let acceptor = authority.acceptor("pbx.example", 2020..2090);
    let serve = async {
        let stream = acceptor.accept(accept(&listener).await).await.unwrap();
        assert_eq!(stream.get_ref().1.server_name(), Some("pbx.example"));
        let mut socket = web_socket(stream, "pbx.example:8089".to_owned()).await;
        let message = socket.next().await.unwrap().unwrap();
        socket.send(message).await.unwrap();
    };
    let dial = async {
        let target = server("wss://pbx.example:8089/ws");
        exchange_one_message(proxied(&authority, proxy_port).dial(&target).await.unwrap()).await;
    };
    let ((), (), head) = tokio::join!(serve, dial, proxy(proxy_listener, 200, port));
    assert!(
        head.starts_with("CONNECT pbx.example:8089 HTTP/1.1\r\nHost: pbx.example:8089\r\n"),
        "{head}"
    );
    assert!(head.contains("Proxy-Authorization: Basic "), "{head}");
}

#[tokio::test]
async fn a_refusing_or_absent_proxy_is_told_apart_from_the_server() {
    let authority = Authority::new();
    let (proxy_listener, proxy_port) = listener().await;
    let target = server("wss://pbx.example:8089/ws");
    let dialler = proxied(&authority, proxy_port);
    let serve = async { drop(proxy(proxy_listener, 407, 0).await) };
    assert_eq!(
        failure(&dialler, &target, serve).await,
        Failure::ProxyRefused
    );
    assert_eq!(
        failure(&dialler, &target, async {}).await,
        Failure::ProxyRefused,
        "nobody listens there now"
    );
}
