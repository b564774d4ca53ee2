//! `cargo xtask cross`: the Windows and macOS code, judged on Debian.
//!
//! Windows: the workspace compiles and links for windows-gnu, and the tests that need no device
//! run under Wine. macOS: everything type-checks against the real crates. What this leaves
//! unproved (the MSVC link, anything with WebView2, WASAPI, macOS linking, signing) is for the
//! machines of `.github/workflows/ci.yml`.
//!
//! Debian's Rust is used beside the developer's own, because Debian ships the standard library's
//! source with all it depends on: other targets' libraries are built from it.

mod macos;
mod sysroot;
mod windows;
mod wine;

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    node,
    packages::{self, BUILD, CROSS},
    progress::Stages,
    shell,
};

/// Crates that only exist on Linux.
const LINUX_ONLY: [&str; 2] = ["--exclude", "alobar-e2e"];

pub(crate) fn main(arguments: &[&str]) -> Result<()> {
    let (on, _) = crate::switches(arguments, &["--windows", "--macos"])?;
    if !cfg!(target_os = "linux") {
        bail!("Cross builds run on Debian only; here `cargo xtask test` tests the real thing");
    }
    let mut stages = Stages::start();
    let both = on.is_empty();
    let result = prepare(&mut stages)
        .and_then(|()| {
            if both || on.contains(&"--windows") {
                windows::all(&mut stages)
            } else {
                Ok(())
            }
        })
        .and_then(|()| {
            if both || on.contains(&"--macos") {
                macos::all(&mut stages)
            } else {
                Ok(())
            }
        });
    stages.print_table();
    result
}

fn prepare(stages: &mut Stages) -> Result<()> {
    stages.stage("system packages", || {
        packages::ensure(&[BUILD, CROSS])
            .context("The cross builds need Debian's rustc-web (see CONTRIBUTING.md)")
    })?;
    // The desktop embeds the built interface when it compiles.
    stages.stage("user interface", node::build_ui)
}

/// Everything of the cross builds stays out of the ordinary target folder.
fn folder() -> Result<PathBuf> {
    let folder = shell::root().join("target-cross");
    std::fs::create_dir_all(&folder).with_context(|| format!("Make {}", folder.display()))?;
    Ok(folder)
}

/// Debian's cargo with Debian's rustc, whatever else is on the PATH.
fn cargo(line: &str) -> Result<Command> {
    let mut command = shell::command("/usr/bin/cargo", line.split_whitespace());
    command
        .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
        .env("RUSTC", "/usr/bin/rustc")
        .env("CARGO_TARGET_DIR", folder()?)
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    // They would speak for the developer's own Rust; RUSTFLAGS would override the sysroots.
    for name in [
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "RUSTUP_TOOLCHAIN",
        "CARGO",
        "RUSTDOC",
    ] {
        command.env_remove(name);
    }
    Ok(command)
}
