//! The standard library for another target, built once from Debian's source.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{cargo, folder};
use crate::shell;

const HOST: &str = "x86_64-unknown-linux-gnu";
const EMPTY_CRATE: &str = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
    [workspace]\n\n[profile.release]\ndebug = 0\n";

/// The sysroot of `target`, built unless this very compiler built it before.
///
/// With it everything else is ordinary stable cargo; `-Zbuild-std` on each command would turn on
/// unstable features in every build script.
pub(super) fn ensure(target: &str) -> Result<PathBuf> {
    let version = shell::output(&mut shell::command("/usr/bin/rustc", ["-vV"]))?;
    let mut hasher = DefaultHasher::new();
    version.hash(&mut hasher);
    let sysroot = folder()?.join(format!("sysroots/{target}-{:016x}", hasher.finish()));
    if sysroot.exists() {
        return Ok(sysroot);
    }
    let work = folder()?.join(format!("std-{target}"));
    let half = folder()?.join(format!("sysroot-{target}.part"));
    for dir in [&work, &half] {
        if dir.exists() {
            fs::remove_dir_all(dir)?;
        }
    }
    build(target, &work)?;
    gather(target, &work, &half)?;
    fs::create_dir_all(sysroot.parent().context("A sysroot has a parent")?)?;
    fs::rename(&half, &sysroot).context("Put the sysroot in its place")?;
    fs::remove_dir_all(&work)?;
    Ok(sysroot)
}

fn build(target: &str, work: &Path) -> Result<()> {
    fs::create_dir_all(work.join("src"))?;
    fs::write(work.join("Cargo.toml"), EMPTY_CRATE)?;
    fs::write(work.join("src/lib.rs"), "")?;
    // `test` and `proc_macro` as well: without them `cargo test` cannot link.
    let std = "std,panic_unwind,test,proc_macro";
    let line = format!("build --release -Zbuild-std={std} --target {target}");
    let mut command = cargo(&line)?;
    command
        .current_dir(work)
        .env("CARGO_TARGET_DIR", work.join("target"))
        .env("RUSTC_BOOTSTRAP", "1");
    shell::quiet(&format!("std-{target}"), &mut command)
}

fn gather(target: &str, work: &Path, sysroot: &Path) -> Result<()> {
    let libraries = sysroot.join("lib/rustlib").join(target).join("lib");
    fs::create_dir_all(&libraries)?;
    for entry in fs::read_dir(work.join("target").join(target).join("release/deps"))? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if name.ends_with(".rlib") && !name.starts_with("libempty") {
            fs::copy(&path, libraries.join(name))?;
        }
    }
    // Build scripts and macros run here, with the library of this machine.
    let host = format!("/usr/lib/rustlib/{HOST}");
    shell::run(shell::command("ln", ["-s", &host]).arg(sysroot.join("lib/rustlib")))
}
