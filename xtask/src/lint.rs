//! `cargo xtask lint`: everything that can be judged without running the program.

use anyhow::{Result, bail};

use crate::{licences, node, packages, progress::Stages, shell, test, tidy};

pub(crate) fn main(arguments: &[&str]) -> Result<()> {
    crate::switches(arguments, &[])?;
    let mut stages = Stages::start();
    let result = stages_of(&mut stages);
    stages.print_table();
    result
}

fn stages_of(stages: &mut Stages) -> Result<()> {
    test::prepare(stages)?;
    stages.stage("cargo-deny", || packages::cargo_tool("cargo-deny"))?;
    type Check = (&'static str, fn() -> Result<()>);
    let checks: [Check; 7] = [
        ("rustfmt", || {
            shell::run(&mut shell::cargo("fmt --all --check"))
        }),
        ("eslint", || {
            shell::run(&mut node::npm(&["run", "--silent", "lint"])?)
        }),
        ("prettier", || {
            shell::run(&mut node::npm(&["run", "--silent", "format:check"])?)
        }),
        ("licences, bans, sources", deny),
        ("list of licences", licences::check),
        ("clippy", clippy),
        ("tidy", || tidy::main(&[])),
    ];
    let mut failed = Vec::new();
    for (name, check) in checks {
        if let Err(error) = stages.stage(name, check) {
            eprintln!("✗ {error:#}");
            failed.push(name);
        }
    }
    if !failed.is_empty() {
        bail!("Failed: {}", failed.join(", "));
    }
    Ok(())
}

fn clippy() -> Result<()> {
    shell::run(&mut shell::cargo(
        "clippy --quiet --workspace --all-targets -- --deny warnings",
    ))
}

fn deny() -> Result<()> {
    shell::run(&mut shell::cargo(
        "deny --log-level error check licenses bans sources",
    ))?;
    if shell::succeeds(&mut shell::cargo("deny fetch db")) {
        return shell::run(&mut shell::cargo("deny --log-level error check advisories"));
    }
    println!("    advisories: not checked (the advisory database cannot be reached from here)");
    Ok(())
}
