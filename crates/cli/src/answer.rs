//! `alobar answer`: waits for calls and takes them.

use std::collections::HashMap;
use std::process::ExitCode;
use std::time::Duration;

use alobar_app::api::view::PhaseView;
use alobar_app::line::{Line, LineEvent};
use alobar_core::{CallId, Command};
use clap::Args;
use tokio::sync::mpsc;

use crate::LineOptions;
use crate::line;
use crate::report::{Exit, Report};

#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    line: LineOptions,
    /// Ends after this many calls
    #[arg(long, value_name = "N", default_value_t = 1)]
    count: usize,
    /// Hangs up this long after the answer; without it, when the peer does
    #[arg(long = "for", value_name = "SECONDS")]
    seconds: Option<f64>,
}

pub(crate) async fn run(report: &Report, options: Options) -> ExitCode {
    let (line, mut events) = match line::open_registered(report, &options.line).await {
        Ok(opened) => opened,
        Err((exit, code)) => return report.result(exit, Some(&code), None),
    };
    let (hang_up, mut hang_ups) = mpsc::unbounded_channel();
    let mut calls = Calls {
        answered: HashMap::new(),
        ended: Vec::new(),
    };
    while calls.ended.len() < options.count {
        tokio::select! {
            event = line::next(&mut events) => {
                let Some(event) = event else { break };
                report.event(&event);
                if let LineEvent::PopupDue(call) = event {
                    command(&line, Command::Answer { call }).await;
                } else if let Some(call) = calls.newly_answered(&event)
                    && let Some(seconds) = options.seconds
                {
                    let hang_up = hang_up.clone();
                    tokio::spawn(async move {
                        tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
                        // The program may have ended with the last call.
                        let _ = hang_up.send(call);
                    });
                }
            }
            Some(call) = hang_ups.recv() => command(&line, Command::HangUp { call }).await,
            _ = tokio::signal::ctrl_c() => break,
        }
    }
    line::close(report, line, events).await;
    calls.result(report)
}

/// The calls so far: whether each was answered, and how they ended.
struct Calls {
    answered: HashMap<String, bool>,
    ended: Vec<(bool, String)>,
}

impl Calls {
    /// The call that this event shows answered for the first time.
    fn newly_answered(&mut self, event: &LineEvent) -> Option<CallId> {
        let LineEvent::Call(view) = event else {
            return None;
        };
        let answered = self.answered.entry(view.id.clone()).or_default();
        let first = view.phase == PhaseView::Established && !*answered;
        *answered |= first;
        if let Some(cause) = &view.cause {
            self.ended.push((*answered, cause.code.clone()));
        }
        if first {
            view.id.parse().ok().map(CallId)
        } else {
            None
        }
    }

    fn result(&self, report: &Report) -> ExitCode {
        let failed = self
            .ended
            .iter()
            .find(|(answered, cause)| !answered || cause.starts_with("media_"));
        let exit = match failed {
            None => Exit::Done,
            Some((_, cause)) if cause.starts_with("media_") => Exit::MediaFailed,
            Some(_) => Exit::NotEstablished,
        };
        let shown = failed.or(self.ended.last());
        report.result(exit, None, shown.map(|(_, cause)| cause.as_str()))
    }
}

async fn command(line: &Line, command: Command) {
    if let Err(rejected) = line.command(command).await {
        tracing::info!(code = rejected.code(), "The call has changed meanwhile");
    }
}
