//! `alobar call`: dials, speaks, listens, hangs up.

use std::process::ExitCode;
use std::time::Duration;

use alobar_app::api::view::{CallView, MediaView, PhaseView};
use alobar_app::line::{Line, LineEvent};
use alobar_core::{CallId, Command, Dialable, Pii};
use clap::Args;
use tokio::sync::broadcast::Receiver;

use crate::LineOptions;
use crate::line;
use crate::report::{Exit, Report};

#[derive(Args)]
pub(crate) struct Options {
    /// What to dial: a number, an extension, a code
    number: String,
    #[command(flatten)]
    line: LineOptions,
    /// Hangs up this long after the answer; without it, at the end of --play or when the peer does
    #[arg(long = "for", value_name = "SECONDS")]
    seconds: Option<f64>,
    /// Keys pressed once sound flows: 0-9 * # A-D
    #[arg(long, value_name = "DIGITS")]
    dtmf: Option<String>,
    /// A further header of the INVITE: 'Name: value'
    #[arg(long = "header", value_name = "HEADER", value_parser = header)]
    headers: Vec<(String, String)>,
}

pub(crate) async fn run(report: &Report, options: Options) -> ExitCode {
    let Ok(to) = options.number.parse::<Dialable>() else {
        return report.result(Exit::Usage, Some("not_dialable"), None);
    };
    let (line, events) = match line::open_registered(report, &options.line).await {
        Ok(opened) => opened,
        Err((exit, code)) => return report.result(exit, Some(&code), None),
    };
    let call = line.next_call_id();
    let headers = options
        .headers
        .iter()
        .map(|(name, value)| (name.clone(), Pii::new(value.clone())))
        .collect();
    if let Err(rejected) = line.command(Command::Dial { call, to, headers }).await {
        line::close(report, line, events).await;
        return report.result(Exit::NotEstablished, Some(rejected.code()), None);
    }
    let mut conversation = Conversation {
        call,
        hang_up_after: options.seconds.map(Duration::from_secs_f64),
        hang_up_at_source_end: options.seconds.is_none() && options.line.play.is_some(),
        dtmf: options.dtmf,
        answered: false,
        ended: None,
    };
    let events = conversation.follow(report, &line, events).await;
    line::close(report, line, events).await;
    conversation.result(report)
}

/// One call from here to its end.
struct Conversation {
    call: CallId,
    hang_up_after: Option<Duration>,
    hang_up_at_source_end: bool,
    dtmf: Option<String>,
    answered: bool,
    ended: Option<String>,
}

impl Conversation {
    async fn follow(
        &mut self,
        report: &Report,
        line: &Line,
        mut events: Receiver<LineEvent>,
    ) -> Receiver<LineEvent> {
        let mut hang_up_at = None;
        while self.ended.is_none() {
            tokio::select! {
                event = line::next(&mut events) => {
                    let Some(event) = event else { break };
                    report.event(&event);
                    match event {
                        LineEvent::Call(view) if view.id == self.call.to_string() => {
                            self.changed(line, &view).await;
                            if self.answered && hang_up_at.is_none() {
                                hang_up_at = self.hang_up_after.map(|wait| tokio::time::Instant::now() + wait);
                            }
                        }
                        LineEvent::DeviceTrouble { code } if code.starts_with("media_") => {
                            self.ended.get_or_insert(code.to_owned());
                            self.hang_up(line).await;
                        }
                        LineEvent::SourceFinished if self.hang_up_at_source_end => self.hang_up(line).await,
                        _ => {}
                    }
                }
                () = until(hang_up_at) => {
                    hang_up_at = None;
                    self.hang_up_after = None;
                    self.hang_up(line).await;
                }
                _ = tokio::signal::ctrl_c() => self.hang_up(line).await,
            }
        }
        events
    }

    async fn changed(&mut self, line: &Line, view: &CallView) {
        self.answered |= view.phase == PhaseView::Established;
        if view.phase == PhaseView::Established
            && view.media == MediaView::Flowing
            && let Some(digits) = self.dtmf.take()
        {
            let digits = Pii::new(digits);
            if let Err(rejected) = line
                .command(Command::SendDtmf {
                    call: self.call,
                    digits,
                })
                .await
            {
                tracing::warn!(code = rejected.code(), "Keys were not sent");
            }
        }
        if let Some(cause) = &view.cause {
            self.ended = Some(cause.code.clone());
        }
    }

    async fn hang_up(&self, line: &Line) {
        if let Err(rejected) = line.command(Command::HangUp { call: self.call }).await {
            tracing::debug!(code = rejected.code(), "Already ending");
        }
    }

    fn result(&self, report: &Report) -> ExitCode {
        let cause = self.ended.as_deref();
        let exit = match cause {
            Some(cause) if cause.starts_with("media_") => Exit::MediaFailed,
            Some(_) if self.answered => Exit::Done,
            _ => Exit::NotEstablished,
        };
        report.result(exit, None, cause)
    }
}

async fn until(at: Option<tokio::time::Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("expected 'Name: value'")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}
