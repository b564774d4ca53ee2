//! The lab: a real Asterisk in a network namespace of its own.
//!
//! `cargo xtask lab up` and every test use the same one (instance 0); a test that kills the
//! exchange takes an instance of its own with [`Lab::own`]. Numbers and the allocation of
//! extensions to tests: `tests/README.md`.

mod account;
mod ami;
mod baresip;
mod certs;
mod config;
mod fetch;
mod mirror;
mod netns;
mod numbers;
mod peer;
mod relay;
mod sipp;
mod site;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::net::Ipv4Addr;
use std::ops::Deref;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

pub use account::Transport;
pub use baresip::{Baresip, BaresipCodec, BaresipOptions};
pub use certs::HOST_NAME;
pub use numbers::{QUEUES, password};
pub use relay::Relay;
pub use sipp::Sipp;
pub use site::Site;

use fetch::Asterisk;
use netns::{Netns, caller, root, run};

/// Told what is being done, a line at a time, while `up` works.
pub type Progress<'a> = &'a dyn Fn(&str);

/// Longest wait for anything the lab starts or ends.
const PATIENCE: Duration = Duration::from_secs(30);

/// Numeric id of `nobody` and of its group on Debian.
const NOBODY: u32 = 65534;

/// A running exchange. Dropping it leaves the exchange up: other tests use it too.
#[derive(Clone, Debug)]
pub struct Lab {
    netns: Netns,
    folder: PathBuf,
    asterisk: Asterisk,
}

impl Lab {
    /// Brings instance `instance` up, or finds it up.
    pub fn up(instance: u8) -> Result<Self> {
        Self::up_with(instance, &|_| ())
    }

    /// [`Lab::up`], telling `progress` what it does.
    pub fn up_with(instance: u8, progress: Progress<'_>) -> Result<Self> {
        let lab = Self::at(instance, Asterisk::obtain(progress)?);
        let _lock = lab.lock()?;
        if !lab.is_up() {
            progress(&format!("lab: starting Asterisk {}", lab.version()));
            lab.clear()?;
            lab.write_files()?;
            lab.netns.create()?;
            lab.start()?;
        }
        Ok(lab)
    }

    /// The instance if it is up; brings nothing up.
    pub fn attach(instance: u8) -> Result<Self> {
        let down = || format!("lab instance {instance} is down: run `cargo xtask lab up` first");
        ensure!(Netns::new(instance).exists(), down());
        let lab = Self::at(instance, Asterisk::obtain(&|_| ())?);
        ensure!(lab.is_up(), down());
        Ok(lab)
    }

    /// A fresh instance that goes down when the value is dropped, a panic included.
    pub fn own(instance: u8) -> Result<OwnLab> {
        Self::down(instance)?;
        Ok(OwnLab(Self::up(instance)?, instance))
    }

    /// Ends every process of the instance and removes its network and files. Idempotent.
    pub fn down(instance: u8) -> Result<()> {
        let folder = run_folder().join(instance.to_string());
        if !folder.exists() && !Netns::new(instance).exists() {
            return Ok(());
        }
        let _lock = lock(instance)?;
        Netns::new(instance).remove()?;
        remove(&folder)
    }

    /// Whether the exchange answers its control socket.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.netns.exists() && self.has_booted()
    }

    /// Upstream version of the exchange, for example `22.10.1`.
    #[must_use]
    pub fn version(&self) -> String {
        self.asterisk.version()
    }

    /// The exchange's address; the machine reaches it over the veth pair.
    #[must_use]
    pub fn address(&self) -> Ipv4Addr {
        self.netns.exchange()
    }

    /// The certificate authority that signed the exchange's certificate.
    #[must_use]
    pub fn ca_path(&self) -> PathBuf {
        self.folder.join("certs/ca.pem")
    }

    /// Certificate and key by name: `exchange`, `expired`, `wrong-name`, `other-ca`.
    #[must_use]
    pub fn certificate(&self, name: &str) -> (PathBuf, PathBuf) {
        let folder = self.folder.join("certs");
        (
            folder.join(format!("{name}.pem")),
            folder.join(format!("{name}.key")),
        )
    }

    /// Asterisk's log since the instance came up.
    #[must_use]
    pub fn log_path(&self) -> PathBuf {
        self.folder.join("state/log/full")
    }

    /// The account file of `extension` over `transport`, as TOML.
    #[must_use]
    pub fn account_toml(&self, extension: u16, transport: Transport) -> String {
        account::toml(extension, transport, self.address(), &self.ca_path())
    }

    /// Runs a command of Asterisk's console and returns what it printed.
    pub fn cli(&self, command: &str) -> Result<String> {
        let [loader, option, libraries, program] = self.asterisk.command_line(&self.asterisk.root);
        let output = Command::new("timeout")
            .arg("20")
            .arg(loader)
            .args([option, libraries, program])
            .arg("-C")
            .arg(self.folder.join("etc/asterisk.conf"))
            .args(["-rx", command])
            .stdin(Stdio::null())
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout)
            .trim_end()
            .to_owned();
        ensure!(output.status.success(), "asterisk -rx {command:?}: {text}");
        Ok(text)
    }

    /// One action of the manager interface (AMI); the answer's lines.
    pub fn manager(&self, action: &str, fields: &[(&str, &str)]) -> Result<Vec<String>> {
        let secret = fs::read_to_string(self.folder.join("manager.secret"))?;
        ami::perform(self.address(), secret.trim(), action, fields)
    }

    /// Has the exchange call `extension` from `caller`; once answered the call runs `application`
    /// with `argument` (`Echo`, `Playback` with `demo-congrats`). Returns when the call is under way.
    pub fn originate(
        &self,
        extension: u16,
        caller: &str,
        application: &str,
        argument: &str,
    ) -> Result<()> {
        let fields = [
            ("Channel", &*format!("PJSIP/{extension}")),
            ("CallerID", caller),
            ("Application", application),
            ("Data", argument),
            ("Timeout", "45000"),
            ("Async", "true"),
        ];
        self.manager("Originate", &fields).map(drop)
    }

    /// What 603 read from `extension` last; `None` before it has read anything.
    pub fn dtmf_read(&self, extension: u16) -> Result<Option<String>> {
        let text = self.cli(&format!("database get dtmf {extension}"));
        Ok(text?
            .lines()
            .find_map(|line| Some(line.strip_prefix("Value: ")?.trim().to_owned())))
    }

    /// A command that runs `program` beside the exchange, at its address, as the calling user.
    pub fn in_netns(&self, program: impl AsRef<OsStr>) -> Command {
        self.netns.command(program)
    }

    /// Ends the exchange at once, as a power cut would; the network stays.
    pub fn kill(&self) -> Result<()> {
        let path = self.folder.join("state/run/asterisk.pid");
        let pid = fs::read_to_string(&path).context("the exchange does not run")?;
        run(root("kill").args(["-KILL", pid.trim()]))?;
        // The last thread closes the sockets, a moment after the process is gone from the list.
        let control = self.folder.join("state/run/asterisk.ctl");
        wait_until("the exchange to end", || {
            Ok(UnixStream::connect(&control).is_err())
        })?;
        run(root("rm").arg("-f").arg(path))
    }

    /// Starts the exchange (again) and waits until it has booted.
    pub fn start(&self) -> Result<()> {
        let mount = self.folder.join("asterisk");
        let (user, group) = exchange_user();
        // The namespace's own mount table: a home folder others may not enter holds the cache.
        let script = "mount --bind \"$0\" \"$1\" && shift && exec \"$@\"";
        let console = File::create(self.folder.join("console.log"))?;
        let mut child = self
            .netns
            .root_command(["sh", "-c", script])
            .args([&self.asterisk.root, &mount])
            .args(["setpriv", "--clear-groups", "--no-new-privs"])
            .arg(format!("--reuid={user}"))
            .arg(format!("--regid={group}"))
            .args(self.asterisk.command_line(&mount))
            .args([
                "-f".as_ref(),
                "-C".as_ref(),
                self.folder.join("etc/asterisk.conf").as_os_str(),
            ])
            .current_dir("/")
            .stdin(Stdio::null())
            .stdout(console.try_clone()?)
            .stderr(console)
            .process_group(0)
            .spawn()?;
        wait_until("Asterisk to boot", || {
            if let Some(status) = child.try_wait()? {
                let said = fs::read_to_string(self.folder.join("console.log"))?;
                bail!("Asterisk ended at once ({status}): {}", said.trim());
            }
            Ok(self.has_booted())
        })
    }

    fn at(instance: u8, asterisk: Asterisk) -> Self {
        let folder = run_folder().join(instance.to_string());
        Self {
            netns: Netns::new(instance),
            folder,
            asterisk,
        }
    }

    fn has_booted(&self) -> bool {
        self.cli("core waitfullybooted")
            .is_ok_and(|text| text.contains("fully booted"))
    }

    fn lock(&self) -> Result<File> {
        lock(self.netns.instance())
    }

    /// Removes what a killed run may have left.
    fn clear(&self) -> Result<()> {
        self.netns.remove()?;
        remove(&self.folder)
    }

    fn write_files(&self) -> Result<()> {
        let within = |path: &str| self.folder.join(path);
        for path in [
            "asterisk",
            "certs",
            "etc/keys",
            "state/db/keys",
            "state/spool",
            "state/run",
            "state/log",
        ] {
            fs::create_dir_all(within(path))?;
        }
        certs::write(&within("certs"), self.address())?;
        for file in ["exchange.pem", "exchange.key"] {
            fs::copy(within("certs").join(file), within("etc/keys").join(file))?;
        }
        let secret = secret()?;
        write_secret(&within("manager.secret"), &secret)?;
        write_secret(&within("etc/manager.conf"), "")?;
        let [_, _, libraries, _] = self.asterisk.command_line(&within("asterisk"));
        let values = config::Values {
            address: self.address().to_string(),
            network: self.netns.network().to_string(),
            folder: &self.folder,
            modules: &libraries.join("asterisk/modules"),
            instance: self.netns.instance(),
            secret: &secret,
        };
        config::write(&within("etc"), &values)?;
        let (user, group) = exchange_user();
        let owner = format!("{user}:{group}");
        run(root("chown")
            .args(["-R", &owner])
            .args([within("etc"), within("state")]))
    }
}

/// A [`Lab`] nobody else uses.
#[derive(Debug)]
pub struct OwnLab(Lab, u8);

impl Deref for OwnLab {
    type Target = Lab;

    fn deref(&self) -> &Lab {
        &self.0
    }
}

impl Drop for OwnLab {
    fn drop(&mut self) {
        // What is left, if anything, the next `up` of this instance removes.
        let _ = Lab::down(self.1);
    }
}

/// Instances' folders: below /run for root, else a folder of the user's own.
fn run_folder() -> PathBuf {
    match (caller().0, std::env::var_os("XDG_RUNTIME_DIR")) {
        (0, _) => "/run/alobar-lab".into(),
        (_, Some(folder)) => Path::new(&folder).join("alobar-lab"),
        (user, None) => std::env::temp_dir().join(format!("alobar-lab-{user}")),
    }
}

/// Asterisk runs as `nobody` where we are root, else as ourselves: never as root.
fn exchange_user() -> (u32, u32) {
    match caller() {
        (0, _) => (NOBODY, NOBODY),
        other => other,
    }
}

fn lock(instance: u8) -> Result<File> {
    fs::create_dir_all(run_folder())?;
    let file = File::create(run_folder().join(format!("{instance}.lock")))?;
    file.lock()?;
    Ok(file)
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("removing {}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn secret() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn write_secret(path: &Path, text: &str) -> Result<()> {
    fs::write(path, "")?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    Ok(fs::write(path, text)?)
}

/// Asks `done` every 50 ms until it says yes; an error after [`PATIENCE`].
fn wait_until(what: &str, mut done: impl FnMut() -> Result<bool>) -> Result<()> {
    let end = Instant::now() + PATIENCE;
    while !done()? {
        ensure!(
            Instant::now() < end,
            "waited {} s for {what}",
            PATIENCE.as_secs()
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}
