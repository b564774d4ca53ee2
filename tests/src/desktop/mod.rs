//! A desktop without a screen: display, window manager, session bus and keyring of its own, so
//! that tests neither see each other nor the machine they run on.

mod child;
mod other;
mod screen;

use std::{
    ffi::OsString,
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

pub use child::Child;
pub use other::OtherProgram;
pub use screen::{Place, Window};

/// Only catches a hang: a loaded machine takes a few seconds for the whole desktop.
const START_LIMIT: Duration = Duration::from_secs(30);

/// A session bus that starts no service by itself: a keyring is there only when we start one.
const BUS: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// A running desktop; dropping it ends every program it started.
#[derive(Debug)]
pub struct Desktop {
    // Ended in this order: the window manager before the display it draws on.
    children: Vec<Child>,
    display: String,
    bus: String,
    home: TempDir,
}

/// Whether this machine has a place for secrets. Without one, Alobar asks at each start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    Unlocked,
    Absent,
}

impl Desktop {
    /// Starts Xvfb (1280 × 800), openbox and a session bus, and gnome-keyring when asked for.
    pub fn start(keyring: Keyring) -> Result<Desktop> {
        Desktop::start_with(keyring, 1280, 800)
    }

    /// The same with another screen.
    pub fn start_with(keyring: Keyring, width: u32, height: u32) -> Result<Desktop> {
        let home = tempfile::Builder::new()
            .prefix("alobar-desktop-")
            .tempdir()?;
        let runtime = home.path().join("run");
        fs::create_dir(&runtime)?;
        fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700))?;

        let mut desktop = Desktop {
            children: Vec::new(),
            display: String::new(),
            bus: String::new(),
            home,
        };
        desktop.start_display(width, height)?;
        desktop.start_bus()?;
        desktop.start_window_manager()?;
        if keyring == Keyring::Unlocked {
            desktop.start_keyring()?;
        }
        Ok(desktop)
    }

    /// The home folder of the programs on this desktop.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The address of its session bus.
    pub fn bus(&self) -> &str {
        &self.bus
    }

    /// The name of its X display.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// What a program needs to run here. WebKit draws in software and without its sandbox,
    /// which a container run as root does not allow.
    pub fn environment(&self) -> Vec<(&'static str, OsString)> {
        let home = self.home.path();
        vec![
            ("HOME", home.into()),
            ("XDG_RUNTIME_DIR", home.join("run").into()),
            ("XDG_DATA_HOME", home.join("data").into()),
            ("XDG_CONFIG_HOME", home.join("config").into()),
            ("XDG_CACHE_HOME", home.join("cache").into()),
            ("DISPLAY", self.display.clone().into()),
            ("DBUS_SESSION_BUS_ADDRESS", self.bus.clone().into()),
            ("GDK_BACKEND", "x11".into()),
            ("NO_AT_BRIDGE", "1".into()),
            ("LIBGL_ALWAYS_SOFTWARE", "1".into()),
            ("WEBKIT_DISABLE_DMABUF_RENDERER", "1".into()),
            ("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1".into()),
        ]
    }

    /// A program on this desktop, seeing nothing of the machine's own session.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_remove("WAYLAND_DISPLAY")
            .envs(self.environment());
        command
    }

    /// Runs a small program on this desktop to its end and returns what it printed.
    pub fn ask(&self, program: &str, arguments: &[&str]) -> Result<String> {
        let output = self
            .command(program)
            .args(arguments)
            .output()
            .with_context(|| format!("Run {program}"))?;
        if !output.status.success() {
            bail!(
                "{program} {arguments:?}: {}",
                String::from_utf8_lossy(&output.stderr).trim()
            );
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Starts a program on this desktop; it ends with the value.
    pub fn spawn(&self, program: &str) -> Result<Child> {
        Child::spawn(self.command(program).stdout(Stdio::null()), program)
    }

    /// Saves the whole screen as PNG (ImageMagick's `import`: WebDriver's own pictures can hang).
    pub fn screenshot(&self, file: &Path) -> Result<()> {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = file.to_str().context("A screenshot's path in UTF-8")?;
        self.ask("import", &["-window", "root", file]).map(drop)
    }

    fn start_display(&mut self, width: u32, height: u32) -> Result<()> {
        let size = format!("{width}x{height}x24");
        let arguments = ["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp"];
        let mut xvfb = Command::new("Xvfb");
        let number = self.spawn_and_read(xvfb.args(arguments), "Xvfb")?;
        self.display = format!(":{number}");
        Ok(())
    }

    fn start_bus(&mut self) -> Result<()> {
        let config = self.home.path().join("bus.conf");
        fs::write(&config, BUS)?;
        let mut bus = self.command("dbus-daemon");
        bus.arg("--config-file").arg(config);
        // It complains that it may not raise its own limits; a test does not need them.
        bus.args(["--nofork", "--print-address=1"])
            .stderr(Stdio::null());
        self.bus = self.spawn_and_read(&mut bus, "dbus-daemon")?;
        Ok(())
    }

    fn start_window_manager(&mut self) -> Result<()> {
        let child = Child::spawn(self.command("openbox").stdout(Stdio::null()), "openbox")?;
        self.children.insert(0, child);
        until("openbox", || {
            let check = self.ask("xprop", &["-root", "_NET_SUPPORTING_WM_CHECK"]);
            check.is_ok_and(|answer| answer.contains("window id"))
        })
    }

    /// The login keyring, created and unlocked with an empty password.
    fn start_keyring(&mut self) -> Result<()> {
        let mut keyring = self.command("gnome-keyring-daemon");
        keyring.args(["--unlock", "--foreground", "--components=secrets"]);
        let mut child = Child::spawn(
            keyring.stdin(Stdio::piped()).stdout(Stdio::null()),
            "gnome-keyring-daemon",
        )?;
        child
            .input()
            .context("The keyring's input")?
            .write_all(b"\n")?;
        self.children.insert(0, child);
        until("gnome-keyring-daemon", || {
            let arguments = [
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus.NameHasOwner",
                "string:org.freedesktop.secrets",
            ];
            let owned = self.ask("dbus-send", &arguments);
            owned.is_ok_and(|answer| answer.ends_with("true"))
        })
    }

    /// Starts a program that says on its first line how to reach it.
    fn spawn_and_read(&mut self, command: &mut Command, name: &str) -> Result<String> {
        let mut child = Child::spawn(command.stdout(Stdio::piped()), name)?;
        let output = child
            .output()
            .with_context(|| format!("The output of {name}"))?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        self.children.insert(0, child);
        if line.trim().is_empty() {
            bail!("{name} ended before it was ready");
        }
        Ok(line.trim().to_owned())
    }
}

/// Asks until it is so; nothing of X11 or D-Bus tells a script when a program is ready.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) -> Result<()> {
    let started = Instant::now();
    while !is_so() {
        if started.elapsed() > START_LIMIT {
            bail!("{what}: not so after {START_LIMIT:?}");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}
