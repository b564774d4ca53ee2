//! The `alobar` program under test, driven by JSON lines.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Catches a hang; nothing here is slow by itself.
pub const PATIENCE: Duration = Duration::from_secs(40);

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
pub struct Phone {
    child: Child,
    stdin: Option<ChildStdin>,
    events: Receiver<Value>,
    seen: Vec<Value>,
}

impl Phone {
    /// Starts it; `options` are those of the command line, such as `--play`.
    pub fn start(account: &Path, options: &[&str]) -> Phone {
        Phone::start_program(&program(), account, options)
    }

    /// [`Phone::start`] of another build.
    pub fn start_program(program: &Path, account: &Path, options: &[&str]) -> Phone {
        let mut child = Command::new(program)
            .args(["control", "--account"])
            .arg(account)
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("alobar starts");
        let stdout = child.stdout.take().expect("piped");
        let (sender, events) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let event = serde_json::from_str(&line).expect("a JSON line");
                if sender.send(event).is_err() {
                    return;
                }
            }
        });
        Phone {
            stdin: child.stdin.take(),
            child,
            events,
            seen: Vec::new(),
        }
    }

    /// Starts it and waits until it is registered.
    pub fn registered(account: &Path, options: &[&str]) -> Phone {
        let mut phone = Phone::start(account, options);
        phone.wait_registration("registered");
        phone
    }

    pub fn send(&mut self, command: &Value) {
        let stdin = self.stdin.as_mut().expect("still running");
        writeln!(stdin, "{command}").expect("alobar reads its commands");
    }

    /// Sends a command and waits until it is accepted; the reply.
    pub fn ask(&mut self, command: &Value) -> Value {
        self.send(command);
        let reply = self.wait("the reply", |event| event["event"] == "reply");
        assert_eq!(
            reply["ok"], true,
            "{command} was refused: {reply}\n{:#?}",
            self.seen
        );
        reply
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
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let Ok(event) = self.events.recv_timeout(left) else {
                panic!("waited in vain for {what}; events so far: {:#?}", self.seen);
            };
            self.seen.push(event.clone());
            if fits(&event) {
                return event;
            }
        }
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
    pub fn quit(mut self) -> Value {
        self.send(&json!({ "command": "quit" }));
        self.stdin = None;
        let result = self.wait("the result", |event| event["event"] == "result");
        self.child.wait().expect("alobar ends");
        result
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        // Ended by itself after `quit`; otherwise the test has failed and it must not stay.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
