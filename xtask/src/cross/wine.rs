//! Wine: a Windows of our own in `target-cross/wine`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, anyhow, bail};

use super::folder;
use crate::shell;

/// Debian's wrapper `wine` asks for 32-bit Wine; the program itself does not.
const PROGRAM: &str = "/usr/lib/wine/wine64";
const MINGW: &str = "/usr/lib/gcc/x86_64-w64-mingw32";
/// Seconds after which a program counts as hung.
const HUNG: &str = "300";

/// Ways to start it; the first that works is kept. Wine needs fixed addresses, and Debian's has no
/// preloader that keeps them free: it was seen to end in its first moment, without a word. Then
/// once more, and then without address randomisation, telling every step.
const WAYS: [(&[&str], &str); 3] = [
    (&[], "fixme-all"),
    (&[], "fixme-all"),
    (
        &["setarch", "--addr-no-randomize"],
        "+virtual,+module,+process",
    ),
];

/// A prefix that is set up, and how Wine starts on this machine.
#[derive(Debug)]
pub(super) struct Wine {
    prefix: PathBuf,
    launcher: &'static [&'static str],
}

impl Wine {
    /// Sets the prefix up, with the one library that Wine 8 lacks.
    pub(super) fn ready() -> Result<Self> {
        let prefix = folder()?.join("wine");
        let launcher = boot(&prefix)?;
        let shim = prefix.join("drive_c/windows/system32/bcryptprimitives.dll");
        if !shim.exists() {
            let source = shell::root().join("xtask/cross/bcryptprimitives.c");
            let mut compile = shell::command("x86_64-w64-mingw32-gcc", ["-shared", "-O2", "-o"]);
            shell::run(compile.arg(&shim).arg(source).arg("-ladvapi32"))?;
        }
        Ok(Self { prefix, launcher })
    }

    /// A Windows program to be named by the caller, ended when it hangs.
    pub(super) fn command(&self) -> Result<Command> {
        command(&self.prefix, self.launcher)
    }
}

fn command(prefix: &Path, launcher: &[&str]) -> Result<Command> {
    // opus is built with a stack protector, whose library lies beside the compiler.
    let libraries = posix_libraries()?.to_string_lossy().replace('/', "\\");
    let mut command = shell::command("timeout", [HUNG]);
    command
        .args(launcher)
        .arg(PROGRAM)
        .env("WINEPREFIX", prefix)
        .env("WINEDEBUG", "-all")
        .env("WINEPATH", format!("Z:{libraries}"))
        .env_remove("DISPLAY");
    Ok(command)
}

/// The launcher that worked.
fn boot(prefix: &Path) -> Result<&'static [&'static str]> {
    let mut last = None;
    for (launcher, log) in WAYS {
        let mut boot = command(prefix, launcher)?;
        boot.args(["wineboot", "-i"])
            // Neither Mono nor Gecko: it would ask to download them.
            .env("WINEDLLOVERRIDES", "mscoree,mshtml=")
            .env("WINEDEBUG", log);
        match shell::quiet("wineboot", &mut boot) {
            Ok(()) => return Ok(launcher),
            Err(error) => {
                eprintln!("    {error:#}");
                last = Some(error);
            }
        }
        if prefix.exists() {
            fs::remove_dir_all(prefix).with_context(|| format!("Remove {}", prefix.display()))?;
        }
    }
    Err(last.unwrap_or_else(|| anyhow!("Wine was never started")))
}

fn posix_libraries() -> Result<PathBuf> {
    for entry in fs::read_dir(MINGW).with_context(|| format!("List {MINGW}"))? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with("-posix") {
            return Ok(path);
        }
    }
    bail!("No mingw with POSIX threads under {MINGW}")
}
