//! The same names as on Linux, where neither the lab nor a virtual desk exists.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

pub(crate) fn lab_up() -> Result<()> {
    bail!("The lab runs on Linux only")
}

pub(crate) fn lab_down() -> Result<()> {
    lab_up()
}

pub(crate) fn lab_account() -> Result<PathBuf> {
    bail!("The lab runs on Linux only: give an account file by ALOBAR_ACCOUNT instead")
}

#[derive(Debug)]
pub(crate) enum Desk {}

impl Desk {
    pub(crate) fn start() -> Result<Self> {
        bail!("There is no virtual desk on this system")
    }

    pub(crate) fn seat(&self, _: &mut Command) -> Result<()> {
        match *self {}
    }

    pub(crate) fn screenshot(&self, _: &Path) -> Result<()> {
        match *self {}
    }
}
