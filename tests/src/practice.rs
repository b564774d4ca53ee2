//! The practice exchange under test (`alobar practice`).

use std::net::SocketAddrV4;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::alobar::program;
use crate::remote::Remote;

/// A practice exchange of one's own, open to foreign phones too. Ends with the value.
#[derive(Debug)]
pub struct PracticeExchange {
    remote: Remote,
    /// What it has said of itself.
    address: Value,
}

impl PracticeExchange {
    /// Starts it; `options` are those of the command line, such as `--speed`.
    pub fn start(options: &[&str]) -> PracticeExchange {
        PracticeExchange::start_program(&program(), options)
    }

    /// The same of another build of `alobar`.
    pub fn start_program(program: &Path, options: &[&str]) -> PracticeExchange {
        let mut command = Command::new(program);
        command.args(["practice", "--foreign"]).args(options);
        let mut remote = Remote::start(&mut command);
        let address = remote.wait("its address", |event| event["event"] == "practice");
        PracticeExchange { remote, address }
    }

    /// What every phone signs in with, until the exchange ends.
    pub fn password(&self) -> &str {
        let password = self.address["accounts"][0]["password"].as_str();
        password.expect("an account")
    }

    /// Where foreign phones register, over TCP and UDP.
    pub fn plain_address(&self) -> SocketAddrV4 {
        let address = self.address["plain"].as_str().expect("foreign phones");
        address.parse().expect("an address")
    }

    /// The account file of `extension`, as TOML.
    pub fn account_toml(&self, extension: u16) -> String {
        let server = self.address["server"].as_str().expect("a server");
        let password = self.password();
        format!("server = \"{server}\"\nuser = \"{extension}\"\npassword = \"{password}\"\n")
    }

    /// Has a simulated customer call `extension`.
    pub fn send_customer(&mut self, extension: u16) {
        let to = extension.to_string();
        self.remote.ask(&json!({ "command": "call", "to": to }));
    }

    /// Waits until the customer of `extension` is done; the outcome.
    pub fn wait_customer(&mut self, extension: u16) -> String {
        self.wait("customer_done", extension, "outcome")
    }

    /// Waits until 603 has read keys from `extension`.
    pub fn wait_keys(&mut self, extension: u16) -> String {
        self.wait("keys_read", extension, "keys")
    }

    fn wait(&mut self, kind: &str, extension: u16, field: &str) -> String {
        let extension = extension.to_string();
        let event = self.remote.wait(kind, |event| {
            event["event"] == kind && event["extension"] == *extension
        });
        event[field].as_str().expect("a text").to_owned()
    }
}
