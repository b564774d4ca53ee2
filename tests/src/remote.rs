//! A program under remote control: commands in, events out, a JSON line each.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// Catches a hang; nothing here is slow by itself.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// Ends with the value.
#[derive(Debug)]
pub(crate) struct Remote {
    child: Child,
    stdin: Option<ChildStdin>,
    events: Receiver<Value>,
    seen: Vec<Value>,
}

impl Remote {
    pub(crate) fn start(command: &mut Command) -> Remote {
        let mut child = command
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
        Remote {
            stdin: child.stdin.take(),
            child,
            events,
            seen: Vec::new(),
        }
    }

    pub(crate) fn send(&mut self, command: &Value) {
        let stdin = self.stdin.as_mut().expect("still running");
        writeln!(stdin, "{command}").expect("alobar reads its commands");
    }

    /// Sends a command and waits until it is accepted; the reply.
    pub(crate) fn ask(&mut self, command: &Value) -> Value {
        self.send(command);
        let reply = self.wait("the reply", |event| event["event"] == "reply");
        assert_eq!(
            reply["ok"], true,
            "{command} was refused: {reply}\n{:#?}",
            self.seen
        );
        reply
    }

    /// The next event that fits; earlier ones are passed over.
    pub(crate) fn wait(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
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

    /// Ends the program and waits for its last line.
    pub(crate) fn quit(mut self) -> Value {
        self.send(&json!({ "command": "quit" }));
        self.stdin = None;
        let result = self.wait("the result", |event| event["event"] == "result");
        self.child.wait().expect("alobar ends");
        result
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        // Ended by itself after `quit`; otherwise the test has failed and it must not stay.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
