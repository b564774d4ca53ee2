//! sipp, the scripted SIP peer: runs a scenario of `tests/lab/sipp` against the exchange.

use std::path::Path;

use anyhow::{Result, ensure};

use super::peer::Peer;
use super::{Lab, Site, password};

/// One run of a scenario; dropping it ends the run.
#[derive(Debug)]
pub struct Sipp {
    peer: Peer,
    scenario: String,
}

impl Sipp {
    /// Starts `scenario` (`register`, `call`, `call-and-cancel`) as `extension` (2001–2099) over
    /// UDP, calling `number`.
    pub fn start(lab: &Lab, scenario: &str, extension: u16, number: &str) -> Result<Self> {
        let secret = password(extension);
        Self::start_at(&lab.site(), scenario, extension, &secret, number)
    }

    /// [`Sipp::start`] at any exchange.
    pub fn start_at(
        site: &Site,
        scenario: &str,
        extension: u16,
        secret: &str,
        number: &str,
    ) -> Result<Self> {
        let address = site.address().to_string();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lab/sipp");
        let user = extension.to_string();
        // Ports of its own, so that tests may run side by side.
        let (port, media) = (
            (10_000 + extension).to_string(),
            (40_000 + 4 * extension % 10_000).to_string(),
        );
        let peer = Peer::start(site, "sipp", |command| {
            command
                .arg(site.exchange.to_string())
                .arg("-sf")
                .arg(folder.join(format!("{scenario}.xml")))
                .args(["-i", &address, "-p", &port, "-mp", &media])
                .args(["-s", number, "-au", &user, "-ap", secret])
                .args(["-set", "user", &user, "-m", "1", "-nostdin"])
                .args(["-timeout", "60s", "-timeout_error"])
                .env("TERM", "dumb");
        })?;
        Ok(Self {
            peer,
            scenario: scenario.to_owned(),
        })
    }

    /// Waits for the scenario's end; a message it did not expect is an error.
    pub fn finish(self) -> Result<()> {
        let status = self.peer.wait()?;
        ensure!(
            status.success(),
            "sipp {} failed ({status}): {}",
            self.scenario,
            self.peer.said()
        );
        Ok(())
    }
}
