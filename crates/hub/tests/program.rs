//! `alobar-hub` as operators and outside tests see it.
#![cfg(all(unix, feature = "server"))]
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::Arc;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_alobar-hub");

struct Office {
    folder: TempDir,
}

impl Office {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn database(&self) -> String {
        format!("sqlite:{}", self.file("hub.db").display())
    }

    fn add(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = Command::new(PROGRAM)
            .args(["user", "add", "--database", &self.database()])
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    }

    fn serve(&self, arguments: &[&str]) -> Running {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--database", &self.database()])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let line: Json = serde_json::from_str(&line).unwrap();
        Running {
            child,
            out,
            url: line["listening"].as_str().unwrap().to_owned(),
        }
    }
}

struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    url: String,
}

impl Running {
    fn address(&self) -> &str {
        self.url.split_once("://").unwrap().1
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address()).unwrap()
    }

    fn sign_in(&self, user: &str, password: &str) -> Json {
        let body = json!({"user": user, "password": password}).to_string();
        let answer = exchange(self.connect(), &post("/api/session", &body));
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    }

    fn terminate(mut self) {
        let pid = self.child.id().to_string();
        let kill = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(kill.unwrap().success());
        let status = self.child.wait().unwrap();
        assert!(status.success(), "{status}");
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "", "one line, no more");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n")
}

fn post(path: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

fn exchange(mut stream: impl Read + Write, request: &str) -> String {
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A peer that closes without TLS's farewell has said all.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8(answer).unwrap()
}

fn mode(file: &Path) -> u32 {
    fs::metadata(file).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_person_who_was_added_signs_in_at_the_hub_that_is_then_started() {
    let office = Office::new();
    let arguments = ["Lan", "--role", "lead", "--team", "Sales"];
    let added = office.add(&arguments, "sun over hills\n");
    assert!(added.status.success(), "{added:?}");
    let more = ["minh", "--role", "agent", "--team", "Sales"];
    let phone = ["--extension", "1001", "--sip-password-stdin"];
    let added = office.add(&[&more[..], &phone].concat(), "moon\nsip secret\n");
    assert!(added.status.success(), "{added:?}");
    for file in ["hub.db", "hub.db.key"] {
        assert_eq!(mode(&office.file(file)), 0o600, "{file}");
    }
    let hub = office.serve(&["--listen", "127.0.0.1:0"]);
    assert!(hub.url.starts_with("http://127.0.0.1:"), "{}", hub.url);
    let health = exchange(hub.connect(), &get("/api/health"));
    assert!(health.starts_with("HTTP/1.1 200 "), "{health}");
    let lan = hub.sign_in("lan", "sun over hills");
    assert_eq!(lan["person"]["role"], "lead");
    assert_eq!(lan["person"]["teams"][0]["name"], "Sales");
    assert_eq!(lan["person"]["teams"][0]["is_lead"], true);
    let minh = hub.sign_in("minh", "moon");
    assert_eq!(minh["person"]["extension"], "1001");
    let (one, other) = (&lan["person"]["teams"][0], &minh["person"]["teams"][0]);
    assert_eq!(one["id"], other["id"], "one team");
    assert_eq!(minh["person"]["teams"][0]["is_lead"], false);
    // While the hub runs, too.
    let added = office.add(&["boss", "--role", "admin"], "long live the queue\n");
    assert!(added.status.success(), "{added:?}");
    let boss = hub.sign_in("boss", "long live the queue");
    assert_eq!(boss["token"].as_str().unwrap().len(), 64);
    hub.terminate();
}

#[test]
fn a_person_who_cannot_be_added_is_an_error_that_names_the_field() {
    let office = Office::new();
    let arguments = ["lan", "--role", "agent"];
    assert!(office.add(&arguments, "a\n").status.success());
    for (arguments, input, says) in [
        (&arguments[..], "a\n", "field_taken (username)"),
        (
            &["minh", "--role", "agent"],
            "\n",
            "field_missing (password)",
        ),
        (&["minh", "--role", "agent"], "", "first line"),
        (&["minh", "--role", "boss"], "a\n", "--role"),
    ] {
        let refused = office.add(arguments, input);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(!refused.status.success());
        assert!(said.contains(says), "{said}");
    }
}

#[test]
fn h11_beyond_this_machine_the_hub_speaks_tls_or_does_not_start() {
    let office = Office::new();
    let refused = Command::new(PROGRAM)
        .args(["serve", "--database", &office.database()])
        .args(["--listen", "0.0.0.0:0"])
        .output()
        .unwrap();
    assert!(!refused.status.success());
    assert!(refused.stdout.is_empty());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("certificate"), "{said}");
}

#[test]
fn h11_with_a_certificate_it_speaks_tls_only_and_asks_for_it() {
    let office = Office::new();
    let made = rcgen::generate_simple_self_signed(["hub.example".to_owned()]).unwrap();
    fs::write(office.file("c.pem"), made.cert.pem()).unwrap();
    fs::write(office.file("k.pem"), made.signing_key.serialize_pem()).unwrap();
    let config = "key_file = \"seal.key\"\n[tls]\ncertificate = \"c.pem\"\nkey = \"k.pem\"\n";
    fs::write(office.file("hub.toml"), config).unwrap();
    let config = office.file("hub.toml");
    let config = config.to_str().unwrap();
    let hub = office.serve(&["--listen", "0.0.0.0:0", "--config", config]);
    assert!(hub.url.starts_with("https://0.0.0.0:"), "{}", hub.url);
    assert_eq!(mode(&office.file("seal.key")), 0o600);
    assert!(!office.file("hub.db.key").exists());
    let plain = exchange(hub.connect(), &get("/api/health"));
    assert!(!plain.contains("HTTP/1.1"), "{plain}");
    let answer = exchange(tls(&hub, made.cert.der()), &get("/api/health"));
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(
        answer.contains("strict-transport-security: max-age="),
        "{answer}"
    );
    hub.terminate();
}

fn tls(hub: &Running, trusted: &CertificateDer<'static>) -> impl Read + Write + use<> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("hub.example").unwrap();
    let client = ClientConnection::new(Arc::new(config), name).unwrap();
    StreamOwned::new(client, hub.connect())
}

#[test]
fn h10_headers_beyond_the_limit_are_refused() {
    let office = Office::new();
    let hub = office.serve(&["--listen", "127.0.0.1:0"]);
    let large = format!("X-Large: {}\r\n", "x".repeat(20_000));
    let many = "X-Many: x\r\n".repeat(100);
    for headers in [large, many] {
        let request = format!("GET /api/health HTTP/1.1\r\nHost: hub\r\n{headers}\r\n");
        let answer = exchange(hub.connect(), &request);
        assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    }
}

#[test]
fn a_request_under_way_is_answered_before_the_hub_ends() {
    let office = Office::new();
    let mut hub = office.serve(&["--listen", "127.0.0.1:0"]);
    let mut stream = hub.connect();
    let body = json!({"user": "lan", "password": "x"}).to_string();
    let head = format!(
        "POST /api/session HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n\
         Expect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    // The hub waits for the body: the request is under way.
    let mut going_on = [0; 25];
    stream.read_exact(&mut going_on).unwrap();
    assert_eq!(&going_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    let pid = hub.child.id().to_string();
    let kill = Command::new("kill").args(["-TERM", &pid]).status();
    assert!(kill.unwrap().success());
    // Once it takes nobody in any more, it has seen the signal.
    while TcpStream::connect(hub.address()).is_ok() {
        std::thread::yield_now();
    }
    let answer = exchange(stream, &body);
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    assert!(hub.child.wait().unwrap().success());
}

#[test]
fn a_database_it_does_not_know_is_an_error() {
    for database in [
        "postgres://hub@localhost/hub",
        "mysql://x",
        "sqlite:",
        "hub.db",
    ] {
        let refused = Command::new(PROGRAM)
            .args(["serve", "--database", database])
            .output()
            .unwrap();
        assert!(!refused.status.success(), "{database}");
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(said.contains("sqlite:FILE"), "{said}");
    }
}
