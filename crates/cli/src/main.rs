//! `alobar`: the phone without a window.
//!
//! A contract for tests and support: the commands, the JSON lines and the exit codes stand in
//! README.md.

mod answer;
mod call;
mod check;
mod control;
mod devices;
mod line;
mod practice;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use report::{Exit, Report};

#[derive(Parser)]
#[command(name = "alobar", version, about = "The Alobar phone without a window")]
struct Cli {
    /// One JSON line an event
    #[arg(long, global = true)]
    json: bool,
    /// Folder of the log; without it, the log goes to standard error
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Lists inputs and outputs with their stable ids
    Devices,
    /// Calls a number
    Call(call::Options),
    /// Answers incoming calls
    Answer(answer::Options),
    /// Takes commands as JSON lines on standard input
    Control(control::Options),
    /// Runs the practice exchange
    Practice(practice::Options),
    /// Looks at SIP messages
    Sip {
        #[command(subcommand)]
        task: check::Task,
    },
    /// Looks at session descriptions
    Sdp {
        #[command(subcommand)]
        task: check::Task,
    },
}

/// Where a line registers and what stands in for the headset.
#[derive(Args)]
struct LineOptions {
    /// Account file (TOML)
    #[arg(long, value_name = "FILE")]
    account: PathBuf,
    /// Speaks this WAV file instead of the microphone
    #[arg(long, value_name = "WAV")]
    play: Option<PathBuf>,
    /// Writes what the peer says to this WAV file instead of the speaker
    #[arg(long, value_name = "WAV")]
    record: Option<PathBuf>,
    /// Cleans the sound of --play like that of a microphone (echo, noise, gain)
    #[arg(long, requires = "play")]
    processing: bool,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let report = Report::new(cli.json);
    match &cli.data_dir {
        None => alobar_app::log::to_stderr(),
        Some(dir) => {
            if alobar_app::log::to_file(dir).is_err() {
                return report.result(Exit::Usage, Some("data_dir_unusable"), None);
            }
        }
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(failure) => {
            tracing::error!(%failure, "Start the runtime");
            return report.result(Exit::Usage, Some("no_runtime"), None);
        }
    };
    runtime.block_on(async {
        match cli.command {
            Task::Devices => devices::run(&report),
            Task::Call(options) => call::run(&report, options).await,
            Task::Answer(options) => answer::run(&report, options).await,
            Task::Control(options) => control::run(&report, options).await,
            Task::Practice(options) => practice::run(options).await,
            Task::Sip { task } => check::sip(&report, &task),
            Task::Sdp { task } => check::sdp(&report, &task),
        }
    })
}
