//! A TURN server (coturn) beside the exchange, for phones that have no other way to its sound.

use std::net::Ipv4Addr;

use anyhow::{Result, ensure};
use tempfile::TempDir;

use super::netns::run;
use super::peer::Peer;
use super::{Lab, wait_until};

/// Where it listens, over UDP (RFC 8656).
const PORT: u16 = 3478;
const USER: &str = "phone";
const SECRET: &str = "relayed";
/// The exchange's own media ports: `tests/lab/asterisk/rtp.conf`.
const MEDIA_PORTS: &str = "20000-20999";

/// A running relay; dropping it ends it.
#[derive(Debug)]
pub struct Relay {
    address: Ipv4Addr,
    // Ended before its folder goes.
    _peer: Peer,
    _folder: TempDir,
}

impl Relay {
    /// Starts it at the exchange's address, for one user with a password.
    pub fn start(lab: &Lab) -> Result<Self> {
        let address = lab.address();
        let [loader, option, libraries, _] = lab.asterisk.command_line(&lab.asterisk.root);
        let program = lab.asterisk.root.join("usr/bin/turnserver");
        ensure!(program.is_file(), "no coturn in {}", program.display());
        let folder = tempfile::Builder::new().prefix("alobar-relay-").tempdir()?;
        let peer = Peer::start(&lab.site(), &loader.to_string_lossy(), |command| {
            let at = address.to_string();
            command
                .args([&option, &libraries, &program])
                .args(["-n", "--no-tls", "--no-rfc5780"])
                .args(["--lt-cred-mech", "--realm", "alobar.test"])
                .args(["--user", &format!("{USER}:{SECRET}")])
                .args(["--listening-ip", &at, "--relay-ip", &at])
                .args(["--listening-port", &PORT.to_string()])
                .args(["--log-file", "stdout", "--pidfile", "/dev/null"])
                .arg("--userdb")
                .arg(folder.path().join("users"));
        })?;
        wait_until("coturn to listen", || {
            ensure!(!peer.has_ended()?, "coturn ended: {}", peer.said());
            // Its log comes late: it is buffered.
            let sockets = lab.in_netns("ss").args(["-Hlun"]).output()?;
            let sockets = String::from_utf8_lossy(&sockets.stdout).into_owned();
            Ok(sockets.contains(&format!("{address}:{PORT}")))
        })?;
        Ok(Self {
            address,
            _peer: peer,
            _folder: folder,
        })
    }

    /// The line of an account file that names it.
    #[must_use]
    pub fn account_line(&self) -> String {
        format!(
            "turn = {{ url = \"turn:{}:{PORT}?transport=udp\", username = \"{USER}\", credential = \"{SECRET}\" }}\n",
            self.address
        )
    }
}

impl Lab {
    /// From now on the exchange sends no sound to any other machine, as behind a firewall that
    /// lets only its signalling through.
    pub fn close_media_ports(&self) -> Result<()> {
        run(self
            .netns
            .root_command(["ip", "rule", "add", "ipproto", "udp"])
            .args(["sport", MEDIA_PORTS, "prohibit"]))
    }
}
