//! The `alobar` program under test, driven by JSON lines.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

pub use crate::remote::PATIENCE;
use crate::remote::Remote;

/// The program built by `cargo build -p alobar-cli` (`ALOBAR_BIN` names another one).
pub fn program() -> PathBuf {
    if let Some(path) = std::env::var_os("ALOBAR_BIN") {
        return path.into();
    }
    let folder = std::env::current_exe().expect("the test's own path");
    let target = folder.ancestors().nth(2).expect("target/<profile>/deps");
    let program = target.join("alobar");
    assert!(
        program.is_file(),
        "alobar is not built: cargo build -p alobar-cli"
    );
    program
}

/// Runs a command to its end: exit code and events.
pub fn run(arguments: &[&str]) -> (i32, Vec<Value>) {
    run_in(&[], arguments)
}

/// [`run`] with further environment variables.
pub fn run_in(environment: &[(&str, &str)], arguments: &[&str]) -> (i32, Vec<Value>) {
    let output = Command::new("timeout")
        .envs(environment.iter().copied())
        .arg("120")
        .arg(program())
        .arg("--json")
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .expect("alobar starts");
    let events = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect();
    (output.status.code().unwrap_or(-1), events)
}

/// A phone under remote control (`alobar control`). Ends with the value.
#[derive(Debug)]
pub struct Phone(Remote);

impl Phone {
    /// Starts it; `options` are those of the command line, such as `--play`.
    pub fn start(account: &Path, options: &[&str]) -> Phone {
        Phone::start_program(&program(), account, options)
    }

    /// [`Phone::start`] of another build.
    pub fn start_program(program: &Path, account: &Path, options: &[&str]) -> Phone {
        let mut command = Command::new(program);
        command
            .args(["control", "--account"])
            .arg(account)
            .args(options);
        Phone(Remote::start(&mut command))
    }

    /// Starts it and waits until it is registered.
    pub fn registered(account: &Path, options: &[&str]) -> Phone {
        let mut phone = Phone::start(account, options);
        phone.wait_registration("registered");
        phone
    }

    pub fn send(&mut self, command: &Value) {
        self.0.send(command);
    }

    /// Sends a command and waits until it is accepted; the reply.
    pub fn ask(&mut self, command: &Value) -> Value {
        self.0.ask(command)
    }

    /// Dials and gives the call's id.
    pub fn dial(&mut self, number: &str) -> u64 {
        self.ask(&json!({ "command": "dial", "to": number }))["call"]
            .as_u64()
            .expect("an id")
    }

    /// A command about one call: `answer`, `hold`, `hang_up` …
    pub fn act(&mut self, command: &str, call: u64) {
        self.ask(&json!({ "command": command, "call": call }));
    }

    /// The next event that fits; earlier ones are passed over.
    pub fn wait(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        self.0.wait(what, fits)
    }

    pub fn wait_registration(&mut self, state: &str) -> Value {
        self.wait(state, |event| {
            event["event"] == "registration" && event["state"] == state
        })
    }

    /// Waits until the call is in `phase`.
    pub fn wait_phase(&mut self, call: u64, phase: &str) -> Value {
        self.wait(phase, |event| {
            event["event"] == "call" && event["id"] == call && event["phase"] == phase
        })
    }

    /// Waits until packets flow in both directions.
    pub fn wait_sound(&mut self, call: u64) -> Value {
        self.wait("sound", |event| {
            event["event"] == "media"
                && event["call"] == call
                && event["sent"].as_u64() > Some(50)
                && event["received"].as_u64() > Some(50)
        })
    }

    /// Waits for an incoming call; its id.
    pub fn wait_incoming(&mut self) -> u64 {
        let call = self.wait("an incoming call", |event| {
            event["event"] == "call" && event["phase"] == "alerting"
        });
        call["id"].as_u64().expect("an id")
    }

    /// Ends the program and waits for its last line.
    pub fn quit(self) -> Value {
        self.0.quit()
    }
}
