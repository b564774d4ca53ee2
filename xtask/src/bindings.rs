//! `cargo xtask bindings`: the TypeScript side of the Tauri commands and events.
//!
//! A test of the desktop crate exports them: it compares, or writes when it is told to.

use anyhow::{Context, Result};

use crate::{packages, shell};

/// Nextest, because it calls a run without any test a failure; the whole workspace, because another
/// choice of packages has other features and compiles everything anew.
const EXPORT: &str = "nextest run --workspace -E test(bindings)";

pub(crate) fn main(arguments: &[&str]) -> Result<()> {
    let (on, _) = crate::switches(arguments, &["--check"])?;
    packages::cargo_tool("cargo-nextest")?;
    if on.contains(&"--check") {
        return check();
    }
    shell::quiet(
        "bindings",
        shell::cargo(EXPORT).env("ALOBAR_WRITE_BINDINGS", "1"),
    )
}

/// Fails when `ui/src/bridge/generated.ts` is not what the commands are now.
fn check() -> Result<()> {
    shell::quiet("bindings", &mut shell::cargo(EXPORT))
        .context("ui/src/bridge/generated.ts is stale: run `cargo xtask bindings`")
}
