//! Opens a line as the options say and waits until it is registered.

use alobar_app::account::{AccountError, AccountFile};
use alobar_app::line::{Line, LineConfig, LineEvent};
use alobar_core::{CallIds, RegistrationState};
use alobar_media::{AudioConfig, Input, MediaConfig, Output, Volume};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::LineOptions;
use crate::report::{Exit, Report};

/// Why there is no line, with the code of the result line.
pub(crate) type Refusal = (Exit, String);

/// Starts the line and returns at once.
pub(crate) async fn open(
    options: &LineOptions,
) -> Result<(Line, Receiver<LineEvent>, usize), Refusal> {
    if let Some(play) = &options.play
        && !play.is_file()
    {
        return Err((Exit::Usage, "play_file_missing".to_owned()));
    }
    let file = AccountFile::read(&options.account).map_err(usage)?;
    let account = file.sip_account().await.map_err(usage)?;
    let (servers, network) = (file.servers.len(), file.network());
    let config = LineConfig {
        account,
        dial_format: file.dial_format,
        ids: CallIds::default(),
        media: MediaConfig {
            codecs: file.codecs,
            ice_servers: file.ice_servers,
            network,
            audio: AudioConfig {
                input: options.play.clone().map_or(Input::Device(None), Input::Wav),
                output: options
                    .record
                    .clone()
                    .map_or(Output::Device(None), Output::Wav),
                ringer: None,
                ring_volume: Volume::FULL,
                // A file has no echo and no noise of ours: it is sent as it is.
                processing: options.play.is_none() || options.processing,
            },
        },
    };
    match Line::start(config) {
        Ok((line, events)) => Ok((line, events, servers)),
        Err(failure) => {
            tracing::warn!(?failure, "Start the line");
            Err((Exit::MediaFailed, "media_failed".to_owned()))
        }
    }
}

/// Opens the line and waits for the registration: each server gets one attempt.
pub(crate) async fn open_registered(
    report: &Report,
    options: &LineOptions,
) -> Result<(Line, Receiver<LineEvent>), Refusal> {
    let (line, mut events, servers) = open(options).await?;
    let mut attempts = 0;
    while let Some(event) = next(&mut events).await {
        report.event(&event);
        match event {
            LineEvent::Registration(RegistrationState::Registered { .. }) => {
                return Ok((line, events));
            }
            LineEvent::Registration(RegistrationState::Failed { why, retry_in }) => {
                attempts += 1;
                if retry_in.is_none() || attempts >= servers {
                    line.stop().await;
                    return Err((Exit::NotRegistered, why.code().to_owned()));
                }
            }
            _ => {}
        }
    }
    Err((Exit::NotRegistered, "line_ended".to_owned()))
}

/// The next event; what a slow reader missed is skipped.
pub(crate) async fn next(events: &mut Receiver<LineEvent>) -> Option<LineEvent> {
    loop {
        match events.recv().await {
            Ok(event) => return Some(event),
            Err(RecvError::Lagged(missed)) => tracing::warn!(missed, "Events were missed"),
            Err(RecvError::Closed) => return None,
        }
    }
}

/// Stops the line and prints what it still had to say.
pub(crate) async fn close(report: &Report, line: Line, mut events: Receiver<LineEvent>) {
    line.stop().await;
    drop(line);
    while let Some(event) = next(&mut events).await {
        report.event(&event);
    }
}

fn usage(failure: AccountError) -> Refusal {
    tracing::warn!(%failure, "Account file");
    let code = match failure {
        AccountError::NoPassword => "no_password",
        AccountError::Unreadable { .. } => "account_unreadable",
        AccountError::Server(_) => "invalid_server",
        AccountError::Account(alobar_sip::AccountError::MixedSecurity) => "mixed_security",
        AccountError::Account(_) => "account_malformed",
        AccountError::Malformed(_)
        | AccountError::UnknownCodec
        | AccountError::UnknownDialFormat => "account_malformed",
    };
    (Exit::Usage, code.to_owned())
}
