//! apple-darwin by `cargo check`, C code by `zig cc`.

use std::path::PathBuf;

use anyhow::Result;

use super::{LINUX_ONLY, cargo, folder, sysroot};
use crate::{progress::Stages, shell};

const TARGET: &str = "aarch64-apple-darwin";
const ZIG: &str = "ziglang==0.17.1";

pub(super) fn all(stages: &mut Stages) -> Result<()> {
    let zig = stages.stage("macOS: zig as C compiler", zig)?;
    let sysroot = stages.stage("macOS: standard library", || sysroot::ensure(TARGET))?;
    stages.stage("macOS: whole workspace, checked", || {
        let tools = shell::root().join("xtask/cross");
        let flags = format!("--sysroot {}", sysroot.display());
        let mut check = cargo(&format!(
            "check --workspace --all-targets --target {TARGET}"
        ))?;
        check
            .args(LINUX_ONLY)
            .env("ALOBAR_ZIG", &zig)
            .env("CC_aarch64_apple_darwin", tools.join("zcc"))
            .env("CXX_aarch64_apple_darwin", tools.join("zcc"))
            .env("AR_aarch64_apple_darwin", tools.join("zar"))
            .env("CARGO_TARGET_AARCH64_APPLE_DARWIN_RUSTFLAGS", flags);
        shell::run(&mut check)
    })
}

/// The zig program, installed once into a Python environment of its own.
fn zig() -> Result<PathBuf> {
    let venv = folder()?.join("venv");
    let find = "import ziglang, os; print(os.path.join(os.path.dirname(ziglang.__file__), 'zig'))";
    let python = venv.join("bin/python");
    if !shell::succeeds(&mut shell::command(&python, ["-c", "import ziglang"])) {
        let mut make = shell::command("/usr/bin/python3", ["-m", "venv"]);
        shell::quiet("venv", make.arg(&venv))?;
        let install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            ZIG,
        ];
        shell::quiet("ziglang", &mut shell::command(&python, install))?;
    }
    let path = shell::output(&mut shell::command(&python, ["-c", find]))?;
    Ok(PathBuf::from(path.trim()))
}
