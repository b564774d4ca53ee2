//! A registration that does not come about: each reason in its own code, within the bound.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use alobar_e2e::alobar;
use alobar_e2e::lab::Transport;

use crate::{Desk, lab, text};

/// Registers with the account and gives the code of the result.
pub(crate) fn refusal(toml: &str) -> String {
    let desk = Desk::with_account(toml);
    let (exit, events) = alobar::run(&[
        "call",
        "600",
        "--account",
        text(&desk.account),
        "--play",
        text(&desk.said()),
        "--record",
        text(&desk.heard()),
    ]);
    assert_eq!(exit, 3, "{events:#?}");
    events.last().expect("a result")["code"]
        .as_str()
        .expect("a code")
        .to_owned()
}

#[test]
fn a_wrong_password_is_named() {
    for transport in Transport::ALL {
        let toml = lab()
            .account_toml(1066, transport)
            .replace("secret1066", "wrong");
        assert_eq!(refusal(&toml), "wrong_password", "over {transport}");
    }
}

#[test]
fn an_unknown_host_is_named() {
    let toml = account("wss://no-such-host.invalid:8089/ws", &lab().ca_path());
    assert_eq!(refusal(&toml), "unknown_host");
}

#[test]
fn a_refused_port_is_named() {
    let server = format!("wss://{}:8090/ws", lab().address());
    assert_eq!(refusal(&account(&server, &lab().ca_path())), "port_refused");
}

#[test]
fn a_certificate_of_an_unknown_authority_is_named() {
    let toml = lab().account_toml(1067, Transport::Wss);
    let without_ca: String = toml
        .lines()
        .filter(|line| !line.starts_with("ca "))
        .collect::<Vec<_>>()
        .join("\n");
    assert_eq!(refusal(&without_ca), "certificate_unknown_ca");
}

#[test]
fn an_expired_certificate_is_named() {
    assert_eq!(refusal_of_certificate("expired"), "certificate_expired");
}

#[test]
fn a_certificate_for_another_name_is_named() {
    assert_eq!(
        refusal_of_certificate("wrong-name"),
        "certificate_wrong_name"
    );
}

#[test]
fn a_server_that_never_answers_is_given_up_in_time() {
    // Accepts the connection and says nothing.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = format!(
        "wss://localhost:{}/ws",
        listener.local_addr().unwrap().port()
    );
    assert_eq!(refusal(&account(&server, &lab().ca_path())), "timed_out");
}

#[test]
fn the_next_server_of_the_list_is_tried() {
    let lab = lab();
    let toml = lab.account_toml(1068, Transport::Wss);
    let two = toml
        .replacen(
            "server = ",
            &format!("server = [\"wss://{}:8090/ws\", ", lab.address()),
            1,
        )
        .replacen("/ws\"\nuser", "/ws\"]\nuser", 1);
    let desk = Desk::with_account(&two);
    let mut phone = desk.phone();
    let call = phone.dial("600");
    phone.wait_phase(call, "established");
    phone.act("hang_up", call);
    phone.quit();
}

fn refusal_of_certificate(name: &str) -> String {
    let server = TlsServer::start(name);
    refusal(&account(
        &format!("wss://localhost:{}/ws", server.port),
        &lab().ca_path(),
    ))
}

fn account(server: &str, ca: &std::path::Path) -> String {
    format!(
        "server = \"{server}\"\nuser = \"1001\"\npassword = \"x\"\nca = \"{}\"\n",
        ca.display()
    )
}

/// A TLS server with one of the lab's certificates.
struct TlsServer {
    child: Child,
    port: u16,
}

impl TlsServer {
    fn start(certificate: &str) -> TlsServer {
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let (certificate, key) = lab().certificate(certificate);
        let child = Command::new("timeout")
            .args([
                "60",
                "openssl",
                "s_server",
                "-quiet",
                "-accept",
                &port.to_string(),
                "-cert",
            ])
            .arg(certificate)
            .arg("-key")
            .arg(key)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            std::thread::yield_now();
        }
        TlsServer { child, port }
    }
}

impl Drop for TlsServer {
    fn drop(&mut self) {
        // `timeout` passes the signal on only when it is asked nicely.
        let _ = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        let _ = self.child.wait();
    }
}
