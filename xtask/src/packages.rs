//! System packages on Debian and Ubuntu, and cargo's own tools.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell;

/// What the desktop needs to compile.
pub(crate) const BUILD: &[&str] = &[
    "build-essential",
    "ca-certificates",
    "pkg-config",
    "cmake",
    "git",
    "libasound2-dev",
    "libayatana-appindicator3-dev",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
];

/// What the desktop needs where there is no display and no sound card.
pub(crate) const VIRTUAL_DESK: &[&str] = &[
    "xvfb",
    "openbox",
    "dbus",
    "x11-utils",
    "imagemagick",
    "fonts-noto-core",
    "gnome-keyring",
    "pulseaudio",
    "pulseaudio-utils",
];

/// What the lab needs around its Asterisk, which it fetches itself.
pub(crate) const LAB: &[&str] = &["iproute2", "procps"];

/// What the tests need on top: foreign SIP peers, speech, browsers.
pub(crate) const TEST: &[&str] = &[
    "baresip-core",
    "chromium",
    "curl",
    "espeak-ng",
    "openssl",
    "sip-tester",
    "sox",
    "webkit2gtk-driver",
    "xdg-utils",
    "xdotool",
];

/// What `cargo xtask cross` needs.
pub(crate) const CROSS: &[&str] = &[
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "gcc-mingw-w64-x86-64-posix",
    "g++-mingw-w64-x86-64-posix",
    "cmake",
    "ninja-build",
    "wine64",
    "python3-venv",
];

/// Installs the packages of these lists that are missing, saying which. Elsewhere than on
/// Debian and its children it names them and leaves the rest to the person.
pub(crate) fn ensure(lists: &[&[&str]]) -> Result<()> {
    let wanted: Vec<&str> = lists.concat();
    if !shell::succeeds(&mut shell::command("dpkg-query", ["--version"])) {
        println!("    this is no Debian or Ubuntu: make sure you have the like of");
        println!("    {}", wanted.join(" "));
        return Ok(());
    }
    let missing = missing(&wanted, &installed(&wanted)?);
    if missing.is_empty() {
        return Ok(());
    }
    println!(
        "    installing {} system packages: {}",
        missing.len(),
        missing.join(" ")
    );
    let install = |arguments: &[&str]| {
        as_root("apt-get", arguments)
            .with_context(|| format!("Become root to run `apt-get install {}`", missing.join(" ")))
    };
    let lock = ["-o", "DPkg::Lock::Timeout=300"];
    shell::quiet(
        "apt-update",
        &mut install(&[&lock[..], &["update"]].concat())?,
    )?;
    let options = ["install", "--yes", "--no-install-recommends", "--"];
    shell::quiet(
        "apt-install",
        &mut install(&[&lock[..], &options, &missing].concat())?,
    )
}

/// The lines `name state` that dpkg knows of the wanted packages.
fn installed(wanted: &[&str]) -> Result<String> {
    let mut query = shell::command("dpkg-query", ["-W", "-f=${Package} ${db:Status-Status}\\n"]);
    // It ends with 1 when it does not know one of them: that is an answer, not a failure.
    let answer = query.args(wanted).output().context("Ask dpkg-query")?;
    Ok(String::from_utf8_lossy(&answer.stdout).into_owned())
}

fn missing<'a>(wanted: &[&'a str], known: &str) -> Vec<&'a str> {
    let is_there = |name: &&str| {
        known
            .lines()
            .any(|line| line == format!("{name} installed"))
    };
    let mut missing: Vec<&str> = wanted
        .iter()
        .copied()
        .filter(|name| !is_there(name))
        .collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// The program as root, directly or through sudo, asking nothing but sudo's password.
fn as_root(program: &str, arguments: &[&str]) -> Result<Command> {
    let frontend = "DEBIAN_FRONTEND=noninteractive";
    let mut command = if is_root() {
        shell::command("env", [frontend, program])
    } else if shell::succeeds(&mut shell::command("sudo", ["--version"])) {
        // Before our own output is redirected, so that the question is seen.
        shell::run(&mut shell::command("sudo", ["--validate"]))?;
        shell::command("sudo", ["env", frontend, program])
    } else {
        bail!("Neither root nor sudo");
    };
    command.args(arguments);
    Ok(command)
}

/// Whether we run as root (never on Windows).
pub(crate) fn is_root() -> bool {
    shell::output(&mut shell::command("id", ["-u"])).is_ok_and(|id| id.trim() == "0")
}

/// Installs a cargo subcommand that is missing.
pub(crate) fn cargo_tool(name: &str) -> Result<()> {
    if shell::succeeds(&mut shell::command(name, ["--version"])) {
        return Ok(());
    }
    println!("    installing {name}");
    // Without optimising: it is used for seconds, and compiling it is what takes time.
    shell::quiet(
        name,
        &mut shell::cargo(&format!("install --locked --debug {name}")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_removed_package_counts_as_missing() {
        let known = "cmake installed\nxvfb config-files\n";
        assert_eq!(missing(&["xvfb", "cmake", "sox"], known), ["sox", "xvfb"]);
    }

    #[test]
    fn a_package_of_two_lists_is_named_once() {
        assert_eq!(missing(&["cmake", "cmake"], ""), ["cmake"]);
    }
}
