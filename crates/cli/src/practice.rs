//! `alobar practice`: the practice exchange without a window.

use std::num::NonZeroU32;
use std::process::ExitCode;

use alobar_practice::{Extension, Practice, PracticeConfig, PracticeEvent};
use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::report::{Exit, Report};

#[derive(Args)]
pub(crate) struct Options {
    /// How much quicker than life simulated customers are
    #[arg(long, default_value = "1")]
    speed: NonZeroU32,
    /// The same seed brings the same customers in the same order
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Also takes phones without WebSocket and WebRTC (TCP, UDP, plain RTP), on this machine only
    #[arg(long)]
    foreign: bool,
}

/// One line of standard input.
#[derive(Deserialize)]
#[serde(tag = "command", rename_all = "snake_case", deny_unknown_fields)]
enum Request {
    /// A simulated customer calls this extension.
    Call {
        to: String,
    },
    Quit,
}

/// Runs until `quit` or Ctrl-C; the end of input does not end it.
pub(crate) async fn run(options: Options) -> ExitCode {
    let report = Report::new(true);
    let config = PracticeConfig {
        speed: options.speed,
        seed: options.seed,
        foreign_phones: options.foreign,
    };
    let (practice, mut events) = match Practice::start(config).await {
        Ok(started) => started,
        Err(failure) => {
            tracing::warn!(%failure, "Start the practice exchange");
            return report.result(Exit::MediaFailed, Some("practice_not_started"), None);
        }
    };
    report.print(&address(&practice));
    let mut requests = BufReader::new(tokio::io::stdin()).lines();
    let mut reading = true;
    loop {
        tokio::select! {
            Some(event) = events.recv() => report.print(&happened(&event)),
            request = requests.next_line(), if reading => match request {
                Ok(Some(text)) if text.trim().is_empty() => {}
                Ok(Some(text)) => match serde_json::from_str(&text) {
                    Ok(Request::Quit) => break,
                    Ok(Request::Call { to }) => report.print(&call(&practice, &to)),
                    Err(_) => report.print(&refused("malformed_command")),
                },
                Ok(None) | Err(_) => reading = false,
            },
            _ = tokio::signal::ctrl_c() => break,
        }
    }
    practice.stop().await;
    report.result(Exit::Done, None, None)
}

fn address(practice: &Practice) -> Value {
    let password = practice.password().reveal();
    let accounts: Vec<Value> = Extension::all()
        .map(|extension| json!({ "user": extension.to_string(), "password": password }))
        .collect();
    json!({
        "event": "practice",
        "server": practice.server(),
        "plain": practice.plain_address().map(|address| address.to_string()),
        "accounts": accounts,
    })
}

fn call(practice: &Practice, to: &str) -> Value {
    match Extension::of(to) {
        Some(extension) => {
            practice.call(&extension.to_string());
            json!({ "event": "reply", "ok": true })
        }
        None => refused("no_such_extension"),
    }
}

fn refused(code: &str) -> Value {
    json!({ "event": "reply", "ok": false, "code": code })
}

fn happened(event: &PracticeEvent) -> Value {
    match event {
        PracticeEvent::Registered { extension } => {
            json!({ "event": "registered", "extension": extension })
        }
        PracticeEvent::CustomerDone { extension, outcome } => {
            json!({ "event": "customer_done", "extension": extension, "outcome": outcome.code() })
        }
        PracticeEvent::KeysRead { extension, keys } => {
            json!({ "event": "keys_read", "extension": extension, "keys": keys.reveal() })
        }
    }
}
