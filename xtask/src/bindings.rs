//! `cargo xtask bindings`: the TypeScript side of the Tauri commands and events, and of the hub's API.
//!
//! Tests of the desktop and of the hub export them: they compare, or write when they are told to.

use anyhow::{Context, Result};

use crate::{node, packages, shell};

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
    )?;
    node::hub_types()
}

/// Fails when `ui/src/bridge/generated.ts` is not what the commands are now.
fn check() -> Result<()> {
    shell::quiet("bindings", &mut shell::cargo(EXPORT))
        .context("ui/src/bridge/generated.ts is stale: run `cargo xtask bindings`")
}
