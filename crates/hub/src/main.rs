//! `alobar-hub`: the standalone hub.
//!
//! A contract for operators and tests: `serve` prints one JSON line, `{"listening":"https://…"}`, on
//! standard output once it has bound; everything else goes to standard error.

use std::ffi::OsString;
use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use alobar_hub::server::{Config, Server, add_user, read_or_make};
use alobar_hub::{Hub, HubConfig, NewPerson, Place, Role};
use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

#[derive(Parser)]
#[command(name = "alobar-hub", version, about = "The team's memory of Alobar")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Answers desktops and browsers
    Serve {
        #[command(flatten)]
        database: DatabaseOptions,
        /// Address and port; port 0 takes any. Beyond this machine only with TLS (--config)
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:7180")]
        listen: String,
    },
    /// Looks after the people
    User {
        #[command(subcommand)]
        task: UserTask,
    },
}

#[derive(Subcommand)]
enum UserTask {
    /// Adds a person; the password is the first line of standard input
    Add {
        /// What is typed to sign in
        username: String,
        /// What colleagues see; without it, the username
        #[arg(long)]
        name: Option<String>,
        /// agent, lead or admin
        #[arg(long)]
        role: Role,
        /// Made when it is not there; a lead leads it
        #[arg(long)]
        team: Option<String>,
        /// At the exchange
        #[arg(long)]
        extension: Option<String>,
        /// The second line of standard input is what the phone registers with
        #[arg(long, requires = "extension")]
        sip_password_stdin: bool,
        #[command(flatten)]
        database: DatabaseOptions,
    },
}

#[derive(Args)]
struct DatabaseOptions {
    /// sqlite:FILE
    #[arg(long, value_name = "sqlite:FILE")]
    database: OsString,
    /// TOML: key_file, [tls] certificate, key
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl DatabaseOptions {
    fn config(&self) -> Result<Config> {
        let read = self.config.as_deref().map(Config::read);
        Ok(read.transpose()?.unwrap_or_default())
    }

    async fn open(&self, config: &Config) -> Result<Hub> {
        let file = database_file(&self.database)?;
        let beside = || {
            let mut name = file.as_os_str().to_owned();
            name.push(".key");
            PathBuf::from(name)
        };
        let key = read_or_make(&config.key_file.clone().unwrap_or_else(beside))?;
        let place = Place::Sqlite(file);
        Ok(Hub::open(HubConfig { place, key }).await?)
    }
}

fn database_file(address: &OsString) -> Result<PathBuf> {
    let text = address.to_str().context("--database is no text")?;
    if ["postgres://", "postgresql://"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
    {
        bail!("This version keeps its database in SQLite only: --database sqlite:FILE");
    }
    let file = text.strip_prefix("sqlite:").filter(|file| !file.is_empty());
    let file = file.context("--database takes sqlite:FILE")?;
    Ok(Path::new(file).to_owned())
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .init();
    let runtime = tokio::runtime::Runtime::new().context("Start the runtime")?;
    runtime.block_on(async {
        match cli.task {
            Task::Serve { database, listen } => serve(&database, &listen).await,
            Task::User { task } => add(task).await,
        }
    })
}

async fn serve(database: &DatabaseOptions, listen: &str) -> Result<()> {
    let config = database.config()?;
    let address = resolve(listen).await?;
    let hub = database.open(&config).await?;
    let server = Server::bind(hub, address, config.tls.as_ref()).await?;
    // Before anybody is told to come: a signal that comes now must not be lost.
    let stop = Signals::listen().context("Listen to signals")?;
    let line = serde_json::json!({ "listening": server.url() });
    let mut out = io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush())?;
    drop(out);
    server.run(stop.wait()).await;
    Ok(())
}

async fn resolve(listen: &str) -> Result<SocketAddr> {
    let mut found = tokio::net::lookup_host(listen)
        .await
        .with_context(|| format!("--listen {listen}"))?;
    found
        .next()
        .with_context(|| format!("--listen {listen}: no such address"))
}

async fn add(task: UserTask) -> Result<()> {
    let UserTask::Add {
        username,
        name,
        role,
        team,
        extension,
        sip_password_stdin,
        database,
    } = task;
    let mut lines = io::stdin().lock().lines();
    let mut line = |of: &'static str| -> Result<String> {
        lines.next().context(of)?.context("Read standard input")
    };
    let password = line("The password is the first line of standard input")?;
    let sip_password = sip_password_stdin
        .then(|| line("The SIP password is the second line of standard input"))
        .transpose()?;
    let hub = database.open(&database.config()?).await?;
    let person = NewPerson {
        name: name.unwrap_or_else(|| username.clone()),
        username,
        email: None,
        role,
        teams: Vec::new(),
        extension,
        password,
        sip_password,
    };
    add_user(&hub, person, team.as_deref()).await?;
    Ok(())
}

/// What ends a program in good order.
#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn wait(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => (),
            _ = self.interrupt.recv() => (),
        }
    }
}

/// What ends a program in good order.
#[cfg(windows)]
struct Signals {
    ctrl_c: tokio::signal::windows::CtrlC,
    ctrl_close: tokio::signal::windows::CtrlClose,
    ctrl_shutdown: tokio::signal::windows::CtrlShutdown,
}

#[cfg(windows)]
impl Signals {
    fn listen() -> io::Result<Self> {
        use tokio::signal::windows::{ctrl_c, ctrl_close, ctrl_shutdown};
        Ok(Self {
            ctrl_c: ctrl_c()?,
            ctrl_close: ctrl_close()?,
            ctrl_shutdown: ctrl_shutdown()?,
        })
    }

    async fn wait(mut self) {
        tokio::select! {
            _ = self.ctrl_c.recv() => (),
            _ = self.ctrl_close.recv() => (),
            _ = self.ctrl_shutdown.recv() => (),
        }
    }
}
