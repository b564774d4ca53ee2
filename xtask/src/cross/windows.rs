//! windows-gnu by Debian's mingw, tests under Wine.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{LINUX_ONLY, cargo, sysroot, wine::Wine};
use crate::{progress::Stages, shell};

const TARGET: &str = "x86_64-pc-windows-gnu";
/// Crates whose tests need neither a device nor a window.
const TESTED: [&str; 5] = [
    "crates/core",
    "crates/sip",
    "crates/media",
    "crates/practice",
    "crates/app",
];

pub(super) fn all(stages: &mut Stages) -> Result<()> {
    let sysroot = stages.stage("Windows: standard library", || sysroot::ensure(TARGET))?;
    let programs = stages.stage("Windows: whole workspace", || build(&sysroot))?;
    let wine = stages.stage("Wine", Wine::ready)?;
    stages.stage("Windows: tests under Wine", || tests(&programs, &wine))
}

/// One test program, and the folder of its crate, in which cargo would start it.
#[derive(Debug, PartialEq)]
struct TestProgram {
    path: PathBuf,
    folder: PathBuf,
}

/// Programs and tests in one build: with another set of packages cargo would choose other
/// features for what they share, and compile it again.
fn build(sysroot: &Path) -> Result<Vec<TestProgram>> {
    let line = format!("build --workspace --bins --tests --target {TARGET}");
    let mut build = cargo(&line)?;
    let flags = format!("--sysroot {}", sysroot.display());
    build
        .args(LINUX_ONLY)
        .arg("--message-format=json-render-diagnostics")
        .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS", flags)
        .stderr(Stdio::inherit());
    let done = build.output().context("Start Debian's cargo")?;
    if !done.status.success() {
        bail!("The build for Windows ended with {}", done.status);
    }
    let messages = String::from_utf8_lossy(&done.stdout);
    let programs: Vec<_> = messages.lines().filter_map(test_program).collect();
    if programs.is_empty() {
        bail!("Cargo named no test program");
    }
    Ok(programs)
}

/// The test program of one of cargo's messages, if it is one of the crates tested here.
fn test_program(message: &str) -> Option<TestProgram> {
    let message: Value = serde_json::from_str(message).ok()?;
    let path = message["executable"].as_str()?;
    let folder = Path::new(message["manifest_path"].as_str()?).parent()?;
    let tested = TESTED.iter().any(|krate| folder.ends_with(krate));
    (tested && message["profile"]["test"] == true).then(|| TestProgram {
        path: path.into(),
        folder: folder.into(),
    })
}

/// Runs every program, also after a failed one.
fn tests(programs: &[TestProgram], wine: &Wine) -> Result<()> {
    let list = fs::read_to_string(shell::root().join("xtask/wine-skip.txt"))?;
    let skipped = skipped(&list)?;
    for (name, reason) in &skipped {
        println!("    left out: {name} ({reason})");
    }
    let mut failed = Vec::new();
    for program in programs {
        let name = program.path.file_stem().unwrap_or_default();
        println!("    {}", name.display());
        let mut test = wine.command()?;
        test.arg(&program.path)
            .args(["--quiet", "--exact"])
            .current_dir(&program.folder);
        for (name, _) in &skipped {
            test.args(["--skip", name]);
        }
        if let Err(error) = shell::run(&mut test) {
            eprintln!("✗ {error:#}");
            failed.push(name.to_string_lossy());
        }
    }
    if !failed.is_empty() {
        bail!("Failed under Wine: {}", failed.join(", "));
    }
    Ok(())
}

/// The names and reasons of a skip list: `name reason`, `#` starts a comment line.
fn skipped(list: &str) -> Result<Vec<(&str, &str)>> {
    let lines = list
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, reason) = line
                .split_once(char::is_whitespace)
                .with_context(|| format!("xtask/wine-skip.txt: `{line}` gives no reason"))?;
            Ok((name, reason.trim()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_test_programs_of_the_tested_crates_run() {
        let artifact = |manifest: &str, test: bool| {
            serde_json::json!({
                "executable": "/repo/target/a.exe",
                "manifest_path": manifest,
                "profile": { "test": test },
            })
            .to_string()
        };
        assert_eq!(
            test_program(&artifact("/repo/crates/core/Cargo.toml", true)),
            Some(TestProgram {
                path: "/repo/target/a.exe".into(),
                folder: "/repo/crates/core".into(),
            })
        );
        assert_eq!(
            test_program(&artifact("/repo/crates/core/Cargo.toml", false)),
            None
        );
        assert_eq!(
            test_program(&artifact("/repo/xtask/Cargo.toml", true)),
            None
        );
        assert_eq!(test_program(r#"{"reason":"build-finished"}"#), None);
    }

    #[test]
    fn a_skipped_test_needs_its_reason() {
        let list = "# why\n\npeer::two_peers  no socket option\n";
        assert_eq!(
            skipped(list).unwrap(),
            [("peer::two_peers", "no socket option")]
        );
        assert!(skipped("peer::two_peers\n").is_err());
    }

    #[test]
    fn the_committed_list_is_readable() {
        let list = fs::read_to_string(shell::root().join("xtask/wine-skip.txt")).unwrap();
        skipped(&list).unwrap();
    }
}
