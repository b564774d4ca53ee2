//! `alobar sip check` and `alobar sdp check`: one JSON line a file.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use alobar_sip::MessageKind;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::report::{Exit, Report, write_line};

#[derive(Subcommand)]
pub(crate) enum Task {
    /// Tells of each file whether it is well formed
    Check {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

pub(crate) fn sip(_report: &Report, Task::Check { files }: &Task) -> ExitCode {
    each(files, |bytes| match alobar_sip::check_message(bytes) {
        Ok(message) => json!({
            "ok": true, "kind": kind(message.kind), "method": message.method, "status": message.status,
        }),
        Err(error) => json!({ "ok": false, "error": error.to_string() }),
    })
}

fn kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Request => "request",
        MessageKind::Response => "response",
    }
}

pub(crate) fn sdp(_report: &Report, Task::Check { files }: &Task) -> ExitCode {
    each(files, |bytes| match alobar_media::check_sdp(bytes) {
        Ok(()) => json!({ "ok": true }),
        Err(error) => json!({ "ok": false, "error": error.to_string() }),
    })
}

fn each(files: &[PathBuf], look: impl Fn(&[u8]) -> Value) -> ExitCode {
    for path in files {
        write_line(&with_name(path, &look).to_string());
    }
    ExitCode::from(Exit::Done as u8)
}

fn with_name(path: &Path, look: &impl Fn(&[u8]) -> Value) -> Value {
    let mut line = match std::fs::read(path) {
        Ok(bytes) => look(&bytes),
        Err(error) => json!({ "ok": false, "error": format!("unreadable: {}", error.kind()) }),
    };
    line["file"] = path.to_string_lossy().into();
    line
}
