//! Rules about files as a whole.

use super::{Complaint, words::is_generated};
use crate::source::Source;

const MOST_LINES: usize = 400;

/// A file that grows is two files.
pub(super) fn short_files(sources: &[Source]) -> Vec<Complaint> {
    sources
        .iter()
        .filter(|source| {
            source.has_extension(&["rs", "ts", "svelte", "css"]) && !is_generated(&source.path)
        })
        .filter_map(|source| {
            let lines = source.text.lines().count();
            (lines > MOST_LINES).then(|| {
                format!(
                    "{}: {lines} lines: split it by what it is about (most: {MOST_LINES})",
                    source.path
                )
            })
        })
        .collect()
}

/// What works in one checkout must work in every other.
pub(super) fn no_machine_paths(sources: &[Source]) -> Vec<Complaint> {
    const PATHS: &[&str] = &[
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
    ];
    containing(sources, PATHS, |path| {
        format!(
            "`{path}…` exists on one machine only: take it from the environment or the workspace"
        )
    })
}

/// The machine's own settings say where packages come from.
pub(super) fn no_registry_hosts(sources: &[Source]) -> Vec<Complaint> {
    const HOSTS: &[&str] = &[
        concat!("registry.np", "mjs.org"),
        concat!("registry.yarn", "pkg.com"),
        concat!("//crates", ".io"),
        concat!("index.crates", ".io"),
        concat!("static.crates", ".io"),
        concat!("pypi", ".org"),
        concat!("files.python", "hosted.org"),
        concat!("deb.deb", "ian.org"),
        concat!("security.deb", "ian.org"),
        concat!("archive.ubu", "ntu.com"),
    ];
    containing(sources, HOSTS, |host| {
        format!("names `{host}`: leave the host to the machine's own settings")
    })
}

fn containing(
    sources: &[Source],
    texts: &[&str],
    complaint: impl Fn(&str) -> String,
) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for source in sources {
        for (number, line) in source.text.lines().enumerate() {
            if let Some(text) = texts.iter().find(|text| line.contains(**text)) {
                complaints.push(format!(
                    "{}:{}: {}",
                    source.path,
                    number + 1,
                    complaint(text)
                ));
            }
        }
    }
    complaints
}

/// Builds are repeatable, and do not say where their packages came from.
pub(super) fn lock_files(sources: &[Source]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for path in ["Cargo.lock", "ui/package-lock.json"] {
        match sources.iter().find(|source| source.path == path) {
            None => complaints.push(format!("{path} is missing: commit it")),
            Some(lock) if lock.text.contains("\"resolved\": \"http") => complaints.push(format!(
                "{path} has `resolved` addresses: run `npm install --package-lock-only` with ui/.npmrc in place"
            )),
            Some(_) => {}
        }
    }
    complaints
}

/// What people will notice is written down when it is made.
pub(super) fn changelog(sources: &[Source]) -> Vec<Complaint> {
    let log = sources.iter().find(|source| source.path == "CHANGELOG.md");
    if log.is_some_and(|log| log.text.contains("Unreleased")) {
        return Vec::new();
    }
    vec!["CHANGELOG.md: add a section `## [Unreleased]`".to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn a_long_file_is_found_unless_a_program_wrote_it() {
        let long = "x\n".repeat(MOST_LINES + 1);
        assert_eq!(short_files(&[file("a.rs", &long)]).len(), 1);
        assert!(short_files(&[file("ui/src/bridge/generated.ts", &long)]).is_empty());
        assert!(short_files(&[file("a.rs", &"x\n".repeat(MOST_LINES))]).is_empty());
    }

    #[test]
    fn a_machines_path_is_found_with_its_line() {
        let bad = [file("a.toml", concat!("ok\npath = \"/ho", "me/me/x\"\n"))];
        assert!(no_machine_paths(&bad)[0].starts_with("a.toml:2:"));
        assert!(no_machine_paths(&[file("a.toml", "path = \"../x\"\n")]).is_empty());
    }

    #[test]
    fn a_registrys_host_is_found() {
        let bad = [file("a.sh", concat!("curl https://deb.deb", "ian.org/x\n"))];
        assert_eq!(no_registry_hosts(&bad).len(), 1);
    }

    #[test]
    fn lock_files_must_be_there_and_name_no_address() {
        let cargo = || file("Cargo.lock", "version = 4\n");
        let clean = [cargo(), file("ui/package-lock.json", "{}\n")];
        assert!(lock_files(&clean).is_empty());
        assert_eq!(lock_files(&clean[..1]).len(), 1);
        let bad = [
            cargo(),
            file("ui/package-lock.json", "\"resolved\": \"https://x\"\n"),
        ];
        assert_eq!(lock_files(&bad).len(), 1);
    }

    #[test]
    fn the_change_log_needs_its_open_section() {
        assert!(changelog(&[file("CHANGELOG.md", "## [Unreleased]\n")]).is_empty());
        assert_eq!(changelog(&[file("CHANGELOG.md", "## 0.1.0\n")]).len(), 1);
    }
}
