//! What the program prints: one line an event, last a result.

use std::io::Write as _;
use std::process::ExitCode;

use alobar_app::api::view::CallView;
use alobar_app::line::LineEvent;
use alobar_core::{CallId, RegistrationState};
use alobar_media::CallStats;
use serde_json::{Value, json};

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    Done = 0,
    Usage = 2,
    NotRegistered = 3,
    NotEstablished = 4,
    MediaFailed = 5,
}

/// Standard output.
pub(crate) struct Report {
    json: bool,
}

impl Report {
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Prints what happened on a line, if it is for the outside.
    pub(crate) fn event(&self, event: &LineEvent) {
        match event {
            LineEvent::Registration(state) => self.print(&registration(state)),
            LineEvent::Call(call) => self.print(&call_event(call)),
            LineEvent::Stats { call, stats } => self.print(&media(*call, stats)),
            LineEvent::CallTrouble { call, code, status } => {
                self.print(
                    &json!({ "event": "trouble", "call": call.0, "code": code, "status": status }),
                );
            }
            LineEvent::DeviceTrouble { code } => {
                self.print(&json!({ "event": "trouble", "code": code }))
            }
            LineEvent::PopupDue(_)
            | LineEvent::Levels { .. }
            | LineEvent::DevicesChanged
            | LineEvent::SourceFinished => {}
        }
    }

    /// Prints the last line and gives the exit code.
    pub(crate) fn result(&self, exit: Exit, code: Option<&str>, cause: Option<&str>) -> ExitCode {
        let mut line = json!({ "event": "result", "exit": exit as u8, "ok": exit == Exit::Done });
        if let Some(code) = code {
            line["code"] = code.into();
        }
        if let Some(cause) = cause {
            line["cause"] = cause.into();
        }
        self.print(&line);
        ExitCode::from(exit as u8)
    }

    /// Prints one event: as JSON, or as `event key=value …`.
    pub(crate) fn print(&self, event: &Value) {
        let line = if self.json {
            event.to_string()
        } else {
            plain(event)
        };
        write_line(&line);
    }
}

/// A reader that went away (`alobar … | head`) is no failure of ours.
pub(crate) fn write_line(line: &str) {
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        tracing::debug!("Nobody reads standard output");
    }
}

fn plain(event: &Value) -> String {
    let Value::Object(fields) = event else {
        return event.to_string();
    };
    let name = fields
        .get("event")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    fields
        .iter()
        .filter(|(key, value)| *key != "event" && !value.is_null())
        .fold(name, |line, (key, value)| match value.as_str() {
            Some(text) => format!("{line} {key}={text}"),
            None => format!("{line} {key}={value}"),
        })
}

fn registration(state: &RegistrationState) -> Value {
    let mut line = json!({ "event": "registration", "state": state.code() });
    if let RegistrationState::Failed { why, retry_in } = state {
        line["code"] = why.code().into();
        line["reason"] = match why.status() {
            Some(status) => format!("SIP {status}").into(),
            None => format!("{why:?}").into(),
        };
        line["retry_ms"] = retry_in.map(|wait| wait.as_millis() as u64).into();
    }
    line
}

fn call_event(call: &CallView) -> Value {
    let mut line = json!({
        "event": "call",
        "id": call.id.parse::<u64>().unwrap_or_default(),
        "direction": call.direction,
        "phase": call.phase,
        "peer": call.number.replace(' ', ""),
        "hold": call.hold,
        "media": call.media,
    });
    if let Some(cause) = &call.cause {
        line["cause"] = cause.code.clone().into();
        line["status"] = cause.status.into();
    }
    line
}

fn media(call: CallId, stats: &CallStats) -> Value {
    json!({
        "event": "media",
        "call": call.0,
        "codec": stats.codec,
        "sent": stats.sent,
        "received": stats.received,
        "lost": stats.lost,
        "jitter_ms": round(stats.jitter_ms),
        "rtt_ms": stats.rtt_ms.map(round),
    })
}

/// To a tenth: more would be noise.
fn round(milliseconds: f64) -> f64 {
    (milliseconds * 10.0).round() / 10.0
}
