//! The network of one instance: a namespace, a veth pair, names that resolve without DNS.
//!
//! ```text
//! machine ── alobar-lab-N 10.203.N.1 ══ veth ══ 10.203.N.2 pbx0 ── namespace alobar-lab-N
//! ```
//! Asterisk offers no loopback candidate, so ICE needs real addresses on both sides.

use std::ffi::OsStr;
use std::fs;
use std::net::Ipv4Addr;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::certs::HOST_NAME;

/// One instance's namespace, whether it exists yet or not.
#[derive(Clone, Debug)]
pub(super) struct Netns {
    instance: u8,
    name: String,
}

impl Netns {
    pub(super) fn new(instance: u8) -> Self {
        Self {
            instance,
            name: format!("alobar-lab-{instance}"),
        }
    }

    pub(super) fn instance(&self) -> u8 {
        self.instance
    }

    /// The machine's end of the pair.
    pub(super) fn host(&self) -> Ipv4Addr {
        Ipv4Addr::new(10, 203, self.instance, 1)
    }

    /// The exchange's end.
    pub(super) fn exchange(&self) -> Ipv4Addr {
        Ipv4Addr::new(10, 203, self.instance, 2)
    }

    pub(super) fn network(&self) -> Ipv4Addr {
        Ipv4Addr::new(10, 203, self.instance, 0)
    }

    pub(super) fn exists(&self) -> bool {
        Path::new("/run/netns").join(&self.name).exists()
    }

    pub(super) fn create(&self) -> Result<()> {
        self.write_names()?;
        let (name, host, exchange) = (&self.name, self.host(), self.exchange());
        for line in [
            format!("netns add {name}"),
            format!("link add {name} type veth peer name pbx0 netns {name}"),
            format!("-n {name} link set lo up"),
            // No IPv6 link-local address: it would only be one more ICE candidate that fails.
            format!("link set {name} addrgenmode none"),
            format!("-n {name} link set pbx0 addrgenmode none"),
            format!("addr add {host}/24 dev {name}"),
            format!("-n {name} addr add {exchange}/24 dev pbx0"),
            format!("link set {name} up"),
            format!("-n {name} link set pbx0 up"),
            // So that the machine's other addresses, which ICE offers too, can be answered.
            format!("-n {name} route add default via {host}"),
        ] {
            run(root("ip").args(line.split(' '))).with_context(|| format!("ip {line}"))?;
        }
        Ok(())
    }

    /// Ends every process inside, then removes the network. Nothing there is no error.
    pub(super) fn remove(&self) -> Result<()> {
        if self.exists() {
            self.end_processes()?;
        }
        // It would go with the namespace too, but at the kernel's leisure.
        if Path::new("/sys/class/net").join(&self.name).exists() {
            run(root("ip").args(["link", "del", &self.name]))?;
        }
        if self.exists() {
            run(root("ip").args(["netns", "del", &self.name]))?;
        }
        run(root("rm").args(["-rf", &format!("/etc/netns/{}", self.name)]))
    }

    /// A command that runs inside, as the user who calls; arguments are added by the caller.
    pub(super) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = self.root_command(["setpriv"]);
        let (user, group) = caller();
        command
            .arg(format!("--reuid={user}"))
            .arg(format!("--regid={group}"));
        command.args(["--clear-groups", "--"]).arg(program);
        command
    }

    /// A command that runs inside as root.
    pub(super) fn root_command<const N: usize>(&self, line: [&str; N]) -> Command {
        let mut command = root("ip");
        command.args(["netns", "exec", &self.name]).args(line);
        command
    }

    /// Process ids inside.
    pub(super) fn processes(&self) -> Result<Vec<String>> {
        let output = root("ip").args(["netns", "pids", &self.name]).output()?;
        Ok(String::from_utf8_lossy(&output.stdout)
            .split_whitespace()
            .map(str::to_owned)
            .collect())
    }

    fn end_processes(&self) -> Result<()> {
        let pids = self.processes()?;
        if pids.is_empty() {
            return Ok(());
        }
        // A process may end by itself meanwhile: only what is left afterwards counts.
        root("kill")
            .arg("-KILL")
            .args(pids)
            .stderr(Stdio::null())
            .status()?;
        super::wait_until("the lab's processes to end", || {
            Ok(self.processes()?.is_empty())
        })
    }

    /// `ip netns exec` mounts these over /etc. Asterisk asks for the host's own name and for
    /// `A.ROOT-SERVERS.NET` while it sets up a call, and would wait for a DNS that is not there.
    fn write_names(&self) -> Result<()> {
        let folder = format!("/etc/netns/{}", self.name);
        let own = fs::read_to_string("/proc/sys/kernel/hostname")?;
        let hosts = format!(
            "127.0.0.1 localhost\n{} {HOST_NAME} {}\n{} A.ROOT-SERVERS.NET\n",
            self.exchange(),
            own.trim(),
            self.host()
        );
        let script = "mkdir -p \"$0\" && printf %s \"$1\" > \"$0/hosts\" && : > \"$0/resolv.conf\"";
        run(root("sh").args(["-c", script, &folder, &hosts]))
    }
}

/// User and group of this process.
pub(super) fn caller() -> (u32, u32) {
    fs::metadata("/proc/self").map_or((0, 0), |own| (own.uid(), own.gid()))
}

/// A command run as root: through sudo where this process is not.
pub(super) fn root(program: &str) -> Command {
    if caller().0 == 0 {
        return Command::new(program);
    }
    let mut command = Command::new("sudo");
    command.arg(program);
    command
}

/// Runs to the end; what it wrote to stderr becomes the error.
pub(super) fn run(command: &mut Command) -> Result<()> {
    let output = command
        .stdin(Stdio::inherit())
        .output()
        .with_context(|| format!("{} could not be started", command.get_program().display()))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "{} failed: {}",
        command.get_program().display(),
        said.trim()
    );
    Ok(())
}
