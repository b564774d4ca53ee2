//! `alobar control`: commands as JSON lines in, events as JSON lines out.

use std::process::ExitCode;

use alobar_app::line::Line;
use alobar_core::{CallId, Command, Dialable, Pii};
use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::LineOptions;
use crate::line;
use crate::report::{Exit, Report};

#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    line: LineOptions,
}

/// One line of standard input.
#[derive(Deserialize)]
#[serde(tag = "command", rename_all = "snake_case", deny_unknown_fields)]
enum Request {
    Dial { to: String },
    Answer { call: u64 },
    Decline { call: u64 },
    HangUp { call: u64 },
    Hold { call: u64 },
    Resume { call: u64 },
    Mute { on: bool },
    Dtmf { call: u64, digits: String },
    Transfer { call: u64, to: String },
    Reconnect,
    Quit,
}

/// Reads until `quit`, the end of input or Ctrl-C. A lost registration does not end it.
pub(crate) async fn run(_report: &Report, options: Options) -> ExitCode {
    let report = &Report::new(true);
    let (line, mut events, _) = match line::open(&options.line).await {
        Ok(opened) => opened,
        Err((exit, code)) => return report.result(exit, Some(&code), None),
    };
    let mut requests = BufReader::new(tokio::io::stdin()).lines();
    loop {
        tokio::select! {
            event = line::next(&mut events) => match event {
                Some(event) => report.event(&event),
                None => break,
            },
            request = requests.next_line() => match request {
                Ok(Some(text)) if text.trim().is_empty() => {}
                Ok(Some(text)) => match serde_json::from_str(&text) {
                    Ok(Request::Quit) => break,
                    Ok(request) => report.print(&perform(&line, request).await),
                    Err(_) => report.print(&refused("malformed_command")),
                },
                Ok(None) | Err(_) => break,
            },
            _ = tokio::signal::ctrl_c() => break,
        }
    }
    line::close(report, line, events).await;
    report.result(Exit::Done, None, None)
}

async fn perform(line: &Line, request: Request) -> Value {
    let call = |call| CallId(call);
    let command = match request {
        Request::Dial { to } => {
            let Ok(to) = to.parse::<Dialable>() else {
                return refused("not_dialable");
            };
            Command::Dial {
                call: line.next_call_id(),
                to,
                headers: Vec::new(),
            }
        }
        Request::Answer { call: id } => Command::Answer { call: call(id) },
        Request::Decline { call: id } => Command::Decline { call: call(id) },
        Request::HangUp { call: id } => Command::HangUp { call: call(id) },
        Request::Hold { call: id } => Command::Hold { call: call(id) },
        Request::Resume { call: id } => Command::Resume { call: call(id) },
        Request::Mute { on } => Command::SetMute { on },
        Request::Dtmf { call: id, digits } => Command::SendDtmf {
            call: call(id),
            digits: Pii::new(digits),
        },
        Request::Transfer { call: id, to } => {
            let Ok(to) = to.parse::<Dialable>() else {
                return refused("not_dialable");
            };
            Command::BlindTransfer { call: call(id), to }
        }
        Request::Reconnect => {
            line.reconnect();
            return json!({ "event": "reply", "ok": true });
        }
        Request::Quit => return json!({ "event": "reply", "ok": true }),
    };
    let dialled = if let Command::Dial { call, .. } = &command {
        Some(call.0)
    } else {
        None
    };
    match line.command(command).await {
        Ok(()) => json!({ "event": "reply", "ok": true, "call": dialled }),
        Err(rejected) => refused(rejected.code()),
    }
}

fn refused(code: &str) -> Value {
    json!({ "event": "reply", "ok": false, "code": code })
}
