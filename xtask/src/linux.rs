//! What only Linux has here: the lab, and a desk for a machine without a display.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use alobar_e2e::{
    desktop::{Desktop, Keyring},
    headset::Headset,
    lab::{Lab, Transport},
};
use anyhow::Result;

use crate::shell;

/// The shared instance; tests that break the exchange take one of their own.
const SHARED: u8 = 0;
/// The extension that `run --lab` signs in with; no test uses it.
const EXTENSION: u16 = 1001;

pub(crate) fn lab_up() -> Result<()> {
    Lab::up_with(SHARED, &|line| println!("    {line}")).map(drop)
}

pub(crate) fn lab_down() -> Result<()> {
    Lab::down(SHARED)
}

/// Brings the lab up and writes the account file of one of its extensions.
pub(crate) fn lab_account() -> Result<PathBuf> {
    let lab = Lab::up_with(SHARED, &|line| println!("    {line}"))?;
    let file = shell::scratch()?.join("lab-account.toml");
    fs::write(&file, lab.account_toml(EXTENSION, Transport::Wss))?;
    println!("    extension {EXTENSION} at {}", lab.address());
    Ok(file)
}

/// A display, a window manager, a message bus, a keyring and a headset that end with this value.
#[derive(Debug)]
pub(crate) struct Desk {
    desktop: Desktop,
    headset: Headset,
}

impl Desk {
    pub(crate) fn start() -> Result<Self> {
        let desk = Self {
            desktop: Desktop::start(Keyring::Unlocked)?,
            headset: Headset::start()?,
        };
        println!(
            "    no display here: a virtual one, with a window manager, a keyring and a headset"
        );
        Ok(desk)
    }

    /// Gives a command this desk. What people set stays for the next run.
    pub(crate) fn seat(&self, command: &mut Command) -> Result<()> {
        command
            .env_remove("WAYLAND_DISPLAY")
            .envs(self.desktop.environment())
            .envs(self.headset.environment());
        if std::env::var_os("ALOBAR_DATA_DIR").is_none() {
            command.env("ALOBAR_DATA_DIR", shell::scratch()?.join("data"));
        }
        Ok(())
    }

    pub(crate) fn screenshot(&self, file: &Path) -> Result<()> {
        self.desktop.screenshot(file)
    }
}
