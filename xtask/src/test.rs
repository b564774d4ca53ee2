//! `cargo xtask test`: every test there is, cheapest first.

use anyhow::{Result, bail};

use crate::{
    node,
    packages::{self, BUILD, LAB, TEST, VIRTUAL_DESK},
    platform, prerequisites,
    progress::Stages,
    shell,
};

pub(crate) fn main(arguments: &[&str]) -> Result<()> {
    let (on, filter) = crate::switches(arguments, &["--fast"])?;
    let mut stages = Stages::start();
    let result = stages_of(&mut stages, &filter, on.contains(&"--fast"));
    stages.print_table();
    result
}

fn stages_of(stages: &mut Stages, filter: &[&str], fast: bool) -> Result<()> {
    prepare(stages)?;
    let mut failed = Vec::new();
    let mut note = |name: &'static str, result: Result<()>| {
        if let Err(error) = result {
            eprintln!("✗ {error:#}");
            failed.push(name);
        }
    };
    stages.stage("build", build)?;
    let crates = format!("not package(alobar-e2e) - ({SOUND})");
    note(
        "crates",
        stages.stage("crates", || nextest(&crates, filter)),
    );
    note("sound", stages.stage("sound", || nextest(SOUND, filter)));
    if filter.is_empty() {
        note(
            "examples in the documentation",
            stages.stage("examples in the documentation", doc_tests),
        );
        note(
            "user interface",
            stages.stage("user interface tests", ui_tests),
        );
    }
    if !fast {
        note("whole program", whole_program(stages, filter));
    }
    if !failed.is_empty() {
        bail!("Failed: {}", failed.join(", "));
    }
    Ok(())
}

/// Installs whatever the tests need; a second time this takes no time.
pub(crate) fn prepare(stages: &mut Stages) -> Result<()> {
    prerequisites::check()?;
    if cfg!(target_os = "linux") {
        stages.stage("system packages", || {
            packages::ensure(&[BUILD, VIRTUAL_DESK, LAB, TEST])
        })?;
    }
    stages.stage("cargo-nextest", || packages::cargo_tool("cargo-nextest"))?;
    // The desktop embeds the built interface when it compiles.
    stages.stage("user interface", node::build_ui)
}

/// One build for every group: with another set of packages cargo would choose other features
/// for what they share, and compile it again. The lab's crate is Linux's.
const ALL: &str = if cfg!(target_os = "linux") {
    "--workspace"
} else {
    "--workspace --exclude alobar-e2e"
};

/// In real time, so after the others: a busy processor spoils what they hear.
const SOUND: &str = "(package(alobar-media) & (binary(headset) | binary(calls))) | binary(checks)";

/// The tests, and the programs that the whole-program tests start.
pub(crate) fn build() -> Result<()> {
    shell::run(&mut shell::cargo(&format!("build {ALL} --bins --tests")))
}

fn nextest(group: &str, filter: &[&str]) -> Result<()> {
    let mut command = shell::cargo(&format!("nextest run {ALL}"));
    command.args(["--filterset", group]);
    if !filter.is_empty() {
        // The name may be in the other group.
        command.arg("--no-tests=pass").args(filter);
    }
    shell::run(&mut command)
}

fn doc_tests() -> Result<()> {
    shell::quiet("doc-tests", &mut shell::cargo(&format!("test --doc {ALL}")))
}

fn ui_tests() -> Result<()> {
    shell::run(&mut node::npm(&["run", "check"])?)?;
    shell::run(&mut node::npm(&["test"])?)
}

/// The scenarios against the real exchange. The lab is Linux's: namespaces and null sinks.
fn whole_program(stages: &mut Stages, filter: &[&str]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        println!("    the lab runs on Linux only: whole-program tests not run here");
        return Ok(());
    }
    stages.stage("lab up", platform::lab_up)?;
    let result = stages.stage("whole program", || nextest("package(alobar-e2e)", filter));
    stages.stage("lab down", platform::lab_down)?;
    result
}
