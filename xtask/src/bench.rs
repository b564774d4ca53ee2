//! `cargo xtask bench call|reconnect`: figures, kept as tables under `bench/`.
//!
//! A bench says what was measured in this run on this machine, beside a peer; it never fails.

mod call;
mod process;
mod reconnect;

use std::fs;

use anyhow::{Result, bail};

use crate::shell;

const USAGE: &str = "cargo xtask bench call|reconnect";

pub(crate) fn main(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["call"] => call::main(),
        ["reconnect"] => reconnect::main(),
        _ => bail!("{USAGE}"),
    }
}

/// The program under measure, as users get it.
fn build_release() -> Result<std::path::PathBuf> {
    shell::run(&mut shell::cargo("build --release --package alobar-cli"))?;
    Ok(shell::target().join("release/alobar"))
}

/// Prints the table and keeps it in `bench/<name>.md`.
fn keep(name: &str, table: &str) -> Result<()> {
    println!("{table}");
    let folder = shell::root().join("bench");
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join(format!("{name}.md")), table)?)
}
