//! The program's log: one line an event, never a number, name, note or key.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Mutex;

use tracing_subscriber::EnvFilter;

/// Libraries that print whole messages, addresses or keys below `warn`.
const FILTER: &str = "info,rsipstack=warn,webrtc=warn,rtc=warn,rtc_ice=warn,rtc_dtls=warn,\
                      tungstenite=warn,tokio_tungstenite=warn,rustls=warn,cpal=warn,zbus=warn";

/// The log of the run before this one is kept beside it.
const KEPT: &str = "alobar.log.1";

/// Logs to `alobar.log` in `data_dir`. Call once; later calls change nothing.
pub fn to_file(data_dir: &Path) -> io::Result<()> {
    std::fs::create_dir_all(data_dir)?;
    let path = data_dir.join("alobar.log");
    if path.exists() {
        std::fs::rename(&path, data_dir.join(KEPT))?;
    }
    init(Mutex::new(File::create(path)?), false);
    Ok(())
}

/// Logs to standard error: the CLI, whose standard output is for its answers.
pub fn to_stderr() {
    init(io::stderr, true);
}

fn init<W>(writer: W, quiet: bool)
where
    W: for<'a> tracing_subscriber::fmt::MakeWriter<'a> + Send + Sync + 'static,
{
    let filter = EnvFilter::new(if quiet {
        FILTER.replacen("info", "warn", 1)
    } else {
        FILTER.to_owned()
    });
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        .with_ansi(false)
        .finish();
    if tracing::subscriber::set_global_default(subscriber).is_err() {
        tracing::debug!("The log was already set up");
    }
}
