//! `cargo xtask bench call|reconnect|practice|windows`: figures, kept as tables under `bench/`.
//!
//! A bench says what was measured in this run on this machine, beside a peer; it never fails.

mod call;
mod practice;
mod process;
mod reconnect;
mod windows;

use std::{fs, time::Duration};

use anyhow::{Result, bail};

use crate::shell;

const USAGE: &str = "cargo xtask bench call|reconnect|practice|windows";

pub(crate) fn main(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["call"] => call::main(),
        ["reconnect"] => reconnect::main(),
        ["practice"] => practice::main(),
        ["windows"] => windows::main(),
        _ => bail!("{USAGE}"),
    }
}

/// The program under measure, as users get it.
fn build_release() -> Result<std::path::PathBuf> {
    shell::run(&mut shell::cargo("build --release --package alobar-cli"))?;
    Ok(shell::target().join("release/alobar"))
}

/// Milliseconds: least · median · most.
fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |place: usize| times.get(place).map_or(0, Duration::as_millis);
    format!(
        "{} · {} · {}",
        at(0),
        at(times.len() / 2),
        at(times.len().saturating_sub(1))
    )
}

/// Prints the table and keeps it in `bench/<name>.md`.
fn keep(name: &str, table: &str) -> Result<()> {
    println!("{table}");
    let folder = shell::root().join("bench");
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join(format!("{name}.md")), table)?)
}
