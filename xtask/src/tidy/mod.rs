//! The architecture's rules that a compiler does not know (ARCHITECTURE.md, "Invariants").
//!
//! Fresh TypeScript is a test's business: `cargo xtask bindings --check` and `cargo xtask test`.
//!
//! Each rule is one function from the repository's files to complaints; a complaint says where,
//! and what to do about it.

mod crates;
mod files;
mod words;

use anyhow::{Result, bail};

use crate::source::{self, Source};

/// A place and what to do there.
type Complaint = String;
type Rule = fn(&[Source]) -> Vec<Complaint>;

const RULES: &[(&str, Rule)] = &[
    (
        "core knows no clock, thread, file or network",
        words::core_is_sans_io,
    ),
    (
        "only ui/src/bridge imports Tauri packages",
        words::one_bridge,
    ),
    ("SQL lives with its table", words::sql_with_its_table),
    ("no sentence for people in Rust", words::no_sentence_in_rust),
    ("names say what a thing is", words::banned_names),
    ("no test is switched off", words::no_test_is_skipped),
    ("files stay under 400 lines", files::short_files),
    ("no path of one machine", files::no_machine_paths),
    ("no host of a package registry", files::no_registry_hosts),
    (
        "lock files are committed, without addresses",
        files::lock_files,
    ),
    (
        "the change log has room for the next change",
        files::changelog,
    ),
];

pub(crate) fn main(arguments: &[&str]) -> Result<()> {
    crate::switches(arguments, &[])?;
    let sources = source::all()?;
    let mut found = 0;
    for (name, rule) in RULES {
        found += report(name, &rule(&sources));
    }
    found += report(
        "dependencies point one way",
        &crates::directions(&crates::ours()?),
    );
    if found > 0 {
        bail!("{found} thing(s) to tidy up");
    }
    Ok(())
}

fn report(rule: &str, complaints: &[Complaint]) -> usize {
    for complaint in complaints {
        eprintln!("✗ {rule}: {complaint}");
    }
    complaints.len()
}

/// Calls `judge` with every line of code of the sources that `chosen` picks.
fn each_line<'a>(
    sources: &'a [Source],
    chosen: impl Fn(&Source) -> bool,
    judge: impl Fn(&str) -> Option<String>,
) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source: &&'a Source| chosen(source)) {
        for (number, line) in source.code().lines().enumerate() {
            if let Some(what) = judge(line) {
                complaints.push(format!("{}:{}: {what}", source.path, number + 1));
            }
        }
    }
    complaints
}

#[cfg(test)]
fn file(path: &str, text: &str) -> Source {
    Source {
        path: path.into(),
        text: text.into(),
    }
}
