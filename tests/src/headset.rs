//! A headset without a sound card: a private PulseAudio with a virtual speaker and microphone.
//!
//! Each instance is a daemon of its own with a socket of its own, so any number live side by side.
//! Programs get it by [`Headset::environment`].

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

/// Rate of everything played and recorded here, mono.
pub const RATE: usize = 48_000;

/// Marks the process of [`with_headset`].
const INNER: &str = "ALOBAR_HEADSET_TEST";

/// Longest wait for the daemon.
const PATIENCE: Duration = Duration::from_secs(15);

/// No real-time scheduling: where the kernel groups real-time threads, such a daemon never runs.
const DAEMON: &str = "\
default-sample-format = float32le
default-sample-rate = 48000
alternate-sample-rate = 48000
default-sample-channels = 1
realtime-scheduling = no
exit-idle-time = -1
flat-volumes = no
";

/// The speaker is `spk`; what is played into `micfeed` is heard by the microphone `mic`.
const DEVICES: &str = "\
load-module module-null-sink sink_name=spk format=float32le rate=48000 channels=1 norewinds=1 sink_properties=device.description=VirtualHeadsetSpeaker
load-module module-null-sink sink_name=micfeed format=float32le rate=48000 channels=1 norewinds=1 sink_properties=device.description=VirtualMicFeed
load-module module-remap-source source_name=mic master=micfeed.monitor remix=no source_properties=device.description=VirtualHeadsetMic
set-default-sink spk
set-default-source mic
";

/// A virtual headset. Dropping it unplugs everything.
#[derive(Debug)]
pub struct Headset {
    server: OsString,
    /// `None` when another process owns the daemon.
    _owned: Option<(Ending, TempDir)>,
}

impl Headset {
    /// Starts a daemon and waits until it answers.
    pub fn start() -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("alobar-headset")
            .tempdir()?;
        let at = |name: &str| folder.path().join(name);
        let socket = at("native");
        let modules = format!(
            "load-module module-native-protocol-unix socket={} auth-anonymous=1\n{DEVICES}",
            socket.display()
        );
        fs::write(at("default.pa"), modules)?;
        fs::write(at("daemon.conf"), DAEMON)?;
        // Ahead of compilers, as on a desktop; `nice` goes on where that is not allowed.
        let daemon = Command::new("nice")
            .args(["-n", "-11", "pulseaudio"])
            .args([
                "-n",
                "--daemonize=no",
                "--use-pid-file=no",
                "--disable-shm=yes",
            ])
            .args(["--exit-idle-time=-1", "--log-level=warning", "-F"])
            .arg(at("default.pa"))
            .env("PULSE_CONFIG", at("daemon.conf"))
            .env("PULSE_RUNTIME_PATH", folder.path())
            .env("PULSE_STATE_PATH", folder.path())
            .env("XDG_RUNTIME_DIR", folder.path())
            .env("HOME", folder.path())
            .env_remove("PULSE_SERVER")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(at("log"))?)
            .spawn()
            .context("Start pulseaudio (is the package installed?)")?;
        let mut server = OsString::from("unix:");
        server.push(&socket);
        let log = at("log");
        let headset = Self {
            server,
            _owned: Some((Ending(daemon), folder)),
        };
        wait_until("the virtual headset", || {
            Ok(socket.exists() && headset.pactl(&["info"]).is_ok())
        })
        .with_context(|| fs::read_to_string(log).unwrap_or_default())?;
        Ok(headset)
    }

    /// The headset whose [`Headset::environment`] this process was given, if any.
    pub fn worn() -> Option<Self> {
        Some(Self {
            server: std::env::var_os("PULSE_SERVER")?,
            _owned: None,
        })
    }

    /// What a program needs to use it instead of the machine's sound.
    pub fn environment(&self) -> [(&'static str, OsString); 1] {
        [("PULSE_SERVER", self.server.clone())]
    }

    /// Says a WAV file into the microphone; returns when it has been said.
    pub fn speak(&self, wav: &Path) -> Result<()> {
        run(self.command("paplay").args(["-d", "micfeed"]).arg(wav)).map(drop)
    }

    /// Starts to listen at the speaker, writing what is heard to `file` (raw).
    pub fn listen(&self, file: PathBuf) -> Result<Ear> {
        let parec = self
            .command("parec")
            .args([
                "-d",
                "spk.monitor",
                "--format=s16le",
                "--rate=48000",
                "--channels=1",
            ])
            .arg("--latency-msec=10")
            .stdout(File::create(&file)?)
            .spawn()
            .context("Start parec (is the package pulseaudio-utils installed?)")?;
        let ear = Ear {
            _parec: Ending(parec),
            file,
        };
        wait_until("the ear", || Ok(!ear.heard()?.is_empty()))?;
        Ok(ear)
    }

    /// Plugs a device in; unplug it with [`Headset::unplug`].
    pub fn plug(&self, module: &str, arguments: &[&str]) -> Result<String> {
        let index = self.pactl(&[&["load-module", module], arguments].concat())?;
        Ok(index.trim().to_owned())
    }

    /// Plugs one more microphone in, which hears the same as `mic`.
    pub fn plug_microphone(&self, name: &str) -> Result<String> {
        let source = format!("source_name={name}");
        self.plug(
            "module-remap-source",
            &[&source, "master=micfeed.monitor", "remix=no"],
        )
    }

    /// Takes away what [`Headset::plug`] returned, or every device of that module.
    pub fn unplug(&self, module: &str) -> Result<()> {
        self.pactl(&["unload-module", module]).map(drop)
    }

    /// Names of the microphones that are recorded from now, our ear's not counted.
    pub fn recorded(&self) -> Result<Vec<String>> {
        self.in_use("sources", "source-outputs")
    }

    /// Names of the speakers that are played to now.
    pub fn played(&self) -> Result<Vec<String>> {
        self.in_use("sinks", "sink-inputs")
    }

    /// How many connections there are at this sound server, the one that asks aside.
    pub fn connections(&self) -> Result<usize> {
        let clients = self.pactl(&["list", "short", "clients"])?;
        let others = clients.lines().filter(|line| !line.ends_with("pactl"));
        Ok(others.count())
    }

    fn in_use(&self, devices: &str, streams: &str) -> Result<Vec<String>> {
        let devices = self.pactl(&["list", "short", devices])?;
        let streams = self.pactl(&["list", "short", streams])?;
        let column = |line: &str, n: usize| line.split('\t').nth(n).unwrap_or_default().to_owned();
        Ok(streams
            .lines()
            .filter_map(|stream| {
                let device = column(stream, 1);
                devices
                    .lines()
                    .find(|line| column(line, 0) == device)
                    .map(|line| column(line, 1))
            })
            // A remapped source records from its master: no program's doing.
            .filter(|name| !name.ends_with(".monitor"))
            .collect())
    }

    fn pactl(&self, arguments: &[&str]) -> Result<String> {
        run(self.command("pactl").args(arguments))
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.envs(self.environment()).stdin(Stdio::null());
        command
    }
}

/// Runs `body` in a process of its own that wears a headset of its own, as the sound server is found
/// through the environment; `test` is the name of the test.
///
/// # Panics
/// When `body` does.
pub fn with_headset(test: &str, body: fn(&Headset)) {
    if std::env::var_os(INNER).is_some() {
        return body(&Headset::worn().expect("a headset"));
    }
    let headset = Headset::start().expect("a headset");
    // Ahead of compilers, as the sound threads of a desktop are.
    let status = Command::new("nice")
        .args(["-n", "-11"])
        .arg(std::env::current_exe().expect("this program"))
        .args([test, "--exact", "--nocapture"])
        .envs(headset.environment())
        .env(INNER, "1")
        .status()
        .expect("this program again");
    assert!(status.success(), "see above");
}

/// Listens at the speaker until dropped.
#[derive(Debug)]
pub struct Ear {
    _parec: Ending,
    file: PathBuf,
}

impl Ear {
    /// What was heard so far: full scale ±1, [`RATE`].
    pub fn heard(&self) -> Result<Vec<f32>> {
        let raw = fs::read(&self.file)?;
        let (samples, _) = raw.as_chunks::<2>();
        Ok(samples
            .iter()
            .map(|s| f32::from(i16::from_le_bytes(*s)) / 32768.0)
            .collect())
    }
}

/// Polls until `done`.
///
/// # Errors
/// It did not come in time, or `done` failed.
pub fn wait_until(what: &str, mut done: impl FnMut() -> Result<bool>) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while !done()? {
        if Instant::now() > deadline {
            bail!("{what} did not come");
        }
        thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn run(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_owned();
    let output = command.output().with_context(|| {
        format!(
            "Run {} (is the package pulseaudio-utils installed?)",
            program.display()
        )
    })?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "{} failed: {said}",
        program.display()
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A program that ends with this value.
#[derive(Debug)]
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        // Both fail only when it has ended already, which is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
