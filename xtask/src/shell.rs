//! Starting other programs, with a message worth reading when one fails.

use std::{
    ffi::OsStr,
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

/// How often a quiet command says that it is still at work.
const STILL_AT_WORK: Duration = Duration::from_secs(15);

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Cargo's target folder.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Where the stamps, logs and screenshots of these commands live; made when asked for.
pub(crate) fn scratch() -> Result<PathBuf> {
    let dir = target().join("xtask");
    std::fs::create_dir_all(&dir).with_context(|| format!("Make {}", dir.display()))?;
    Ok(dir)
}

/// A command with its arguments, run in the workspace's folder.
pub(crate) fn command<S: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    arguments: impl IntoIterator<Item = S>,
) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_of_this_package(name)) {
        command.env_remove(name);
    }
    command
}

/// What `cargo run` has told us about ourselves. A build script that watches it (ring's does) would
/// run again, and everything above it be compiled again, each time a cargo started here follows one
/// that was not.
fn is_of_this_package(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

/// Cargo, by one command line split at spaces.
pub(crate) fn cargo(line: &str) -> Command {
    command("cargo", line.split_whitespace())
}

/// Runs to the end with its output on the terminal.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("Start `{}`", line(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    Ok(())
}

/// Runs to the end with its output in `target/xtask/<name>.log`, whose end is shown on failure.
pub(crate) fn quiet(name: &str, command: &mut Command) -> Result<()> {
    let log = scratch()?.join(format!("{name}.log"));
    let file = File::create(&log).with_context(|| format!("Make {}", log.display()))?;
    let child = command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| format!("Start `{}`", line(command)))?;
    let status = wait_aloud(child)?;
    if !status.success() {
        let text = std::fs::read(&log).unwrap_or_default();
        eprintln!("{}", tail(&String::from_utf8_lossy(&text), 40));
        bail!(
            "`{}` ended with {status}; all of it: {}",
            line(command),
            log.display()
        );
    }
    Ok(())
}

fn wait_aloud(mut child: Child) -> Result<std::process::ExitStatus> {
    let started = Instant::now();
    let mut next = STILL_AT_WORK;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if started.elapsed() >= next {
            println!("    … {} s", next.as_secs());
            next += STILL_AT_WORK;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// What a command prints on its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let done = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("Start `{}`", line(command)))?;
    if !done.status.success() {
        let said = String::from_utf8_lossy(&done.stderr);
        bail!(
            "`{}` ended with {}: {}",
            line(command),
            done.status,
            said.trim()
        );
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Whether the command starts and ends well; its output is dropped.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Asks a child to end, and ends it when it does not.
pub(crate) fn stop(child: &mut Child) {
    if cfg!(unix) && succeeds(&mut command("kill", ["-TERM", &child.id().to_string()])) {
        for _ in 0..60 {
            if !matches!(child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
    // It may have ended meanwhile: then there is nothing left to kill or to wait for.
    let _ = child.kill();
    let _ = child.wait();
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_line() {
        let error = output(&mut command("cargo", ["no-such-command"])).unwrap_err();
        assert!(
            error.to_string().contains("cargo no-such-command"),
            "{error}"
        );
    }

    #[test]
    fn a_cargo_started_here_takes_itself_for_started_by_hand() {
        let cargo = cargo("--version");
        for name in ["CARGO_MANIFEST_DIR", "CARGO_PKG_NAME"] {
            assert!(std::env::var_os(name).is_some(), "{name} is set in a test");
            let removed = cargo.get_envs().any(|env| env == (OsStr::new(name), None));
            assert!(removed, "{name}");
        }
    }

    #[test]
    fn the_tail_of_a_short_text_is_all_of_it() {
        assert_eq!(tail("one\ntwo", 40), "one\ntwo");
        assert_eq!(tail("one\ntwo\nthree", 2), "two\nthree");
    }
}
