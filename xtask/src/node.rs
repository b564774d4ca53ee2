//! Node, npm and the UI's build.

use std::{path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::{packages, shell, stamp};

/// The oldest Node that Vite 8 runs on.
const OLDEST: (u32, u32) = (20, 19);
/// What is fetched beside the system's when that is older (Debian 12 has 18).
const FETCHED: [&str; 2] = ["node@22", "npm@10"];

/// Makes sure that a Node that is new enough, its packages and the built UI are there.
pub(crate) fn build_ui() -> Result<()> {
    install_packages()?;
    let ui = shell::root().join("ui");
    let built = stamp::unless_fresh(
        "ui-build",
        std::slice::from_ref(&ui),
        &ui.join("dist/index.html"),
        || shell::quiet("ui-build", &mut npm(&["run", "build"])?),
    )?;
    if !built {
        println!("    unchanged");
    }
    Ok(())
}

/// `npm ci`, when the lock file is not the one it was done for.
pub(crate) fn install_packages() -> Result<()> {
    ensure()?;
    let ui = shell::root().join("ui");
    let inputs = [ui.join("package-lock.json"), ui.join("package.json")];
    stamp::unless_fresh(
        "npm-ci",
        &inputs,
        &ui.join("node_modules/.package-lock.json"),
        || {
            println!("    installing Node packages");
            shell::quiet("npm-ci", &mut npm(&["ci"])?)
        },
    )?;
    Ok(())
}

/// The UI's types of the hub's API, from its description.
pub(crate) fn hub_types() -> Result<()> {
    install_packages()?;
    shell::quiet("hub-types", &mut npm(&["run", "hub-types"])?)
}

/// npm in the UI's folder.
pub(crate) fn npm(arguments: &[&str]) -> Result<Command> {
    let mut command = if let Some(bin) = fetched()? {
        let mut command = shell::command(bin.join("node"), [bin.join("../../npm/bin/npm-cli.js")]);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::iter::once(bin).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(path)?);
        // Debian's own Node trusts the system's authorities; this one must be told.
        if std::env::var_os("NODE_EXTRA_CA_CERTS").is_none() {
            command.env("NODE_EXTRA_CA_CERTS", "/etc/ssl/certs/ca-certificates.crt");
        }
        command
    } else {
        // On Windows npm is a script, which only its full name starts.
        shell::command(if cfg!(windows) { "npm.cmd" } else { "npm" }, [""; 0])
    };
    command
        .args(arguments)
        .current_dir(shell::root().join("ui"))
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Ok(command)
}

/// Whether the system's own Node and npm will do.
pub(crate) fn is_new_enough() -> bool {
    let version = shell::output(&mut shell::command("node", ["--version"]));
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    version.is_ok_and(|version| at_least(&version, OLDEST))
        && shell::succeeds(&mut shell::command(npm, ["--version"]))
}

fn at_least(version: &str, oldest: (u32, u32)) -> bool {
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= oldest,
        _ => false,
    }
}

fn ensure() -> Result<()> {
    if is_new_enough() || fetched()?.is_some() {
        return Ok(());
    }
    if !cfg!(target_os = "linux") {
        bail!("Node {}.{} or newer is missing", OLDEST.0, OLDEST.1);
    }
    packages::ensure(&[&["nodejs", "npm"]])?;
    if is_new_enough() {
        return Ok(());
    }
    println!(
        "    the system's Node is too old: fetching {} for Alobar alone",
        FETCHED[0]
    );
    let home = home()?;
    std::fs::create_dir_all(&home)?;
    let mut install = shell::command("npm", ["install", "--no-audit", "--no-fund", "--prefix"]);
    shell::quiet("node", install.arg(&home).args(FETCHED).current_dir(&home))?;
    fetched()?.context("npm left no Node behind")?;
    Ok(())
}

fn home() -> Result<PathBuf> {
    Ok(shell::scratch()?.join("node"))
}

/// The folder of a Node fetched before, if one was.
fn fetched() -> Result<Option<PathBuf>> {
    let bin = home()?.join("node_modules/node/bin");
    Ok(bin.join("node").exists().then_some(bin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert!(at_least("v20.19.0\n", OLDEST));
        assert!(at_least("v100.0.1", OLDEST));
        assert!(!at_least("v20.9.9", OLDEST));
        assert!(!at_least("v18.20.4", OLDEST));
        assert!(!at_least("not found", OLDEST));
    }
}
