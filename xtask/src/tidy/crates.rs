//! Which of our crates may depend on which (ARCHITECTURE.md, "Layout").

use anyhow::{Context, Result};
use serde_json::Value;

use super::Complaint;
use crate::shell;

/// Our crate and the ones of ours it may use. A crate that is missing here is a new one:
/// it needs its line, and its reason in ARCHITECTURE.md.
const MAY_USE: &[(&str, &[&str])] = &[
    ("alobar-core", &[]),
    ("alobar-sip", &["alobar-core"]),
    ("alobar-media", &["alobar-core"]),
    ("alobar-exchange", &["alobar-core"]),
    (
        "alobar-practice",
        &[
            "alobar-core",
            "alobar-sip",
            "alobar-media",
            "alobar-exchange",
        ],
    ),
    ("alobar-hub", &["alobar-core", "alobar-exchange"]),
    (
        "alobar-app",
        &[
            "alobar-core",
            "alobar-sip",
            "alobar-media",
            "alobar-exchange",
            "alobar-hub",
            "alobar-practice",
        ],
    ),
    ("alobar-cli", SHELL_USES),
    ("alobar-desktop", SHELL_USES),
    ("alobar-e2e", SHELL_USES),
    ("xtask", &["alobar-e2e"]),
];

/// The shells sit on top and see everything below them.
const SHELL_USES: &[&str] = &[
    "alobar-core",
    "alobar-app",
    "alobar-sip",
    "alobar-media",
    "alobar-practice",
];

/// Crates of others that stay out of a crate of ours, with the reason.
const KEPT_OUT: &[(&str, &[&str], &str)] = &[
    (
        "alobar-core",
        &["tokio", "async-trait", "futures-util"],
        "the core is told things, it does no work",
    ),
    (
        "xtask",
        &["tokio", "clap", "fantoccini"],
        "every command waits for xtask to compile",
    ),
];

/// One crate of ours with everything it depends on directly, in any way.
#[derive(Debug)]
pub(super) struct Crate {
    name: String,
    uses: Vec<String>,
}

/// The workspace's crates, as cargo sees them.
pub(super) fn ours() -> Result<Vec<Crate>> {
    let text = shell::output(&mut shell::cargo("metadata --no-deps --format-version 1"))?;
    let metadata: Value = serde_json::from_str(&text).context("Read cargo's metadata")?;
    let packages = metadata["packages"]
        .as_array()
        .context("Cargo lists no packages")?;
    let name = |value: &Value| value["name"].as_str().map(str::to_owned);
    Ok(packages
        .iter()
        .filter_map(|package| {
            let uses = package["dependencies"].as_array()?;
            Some(Crate {
                name: name(package)?,
                uses: uses
                    .iter()
                    .filter(|it| !is_lab(it))
                    .filter_map(name)
                    .collect(),
            })
        })
        .collect())
}

/// Tests of any crate may stand on the lab's headset and exchange.
fn is_lab(dependency: &Value) -> bool {
    dependency["kind"] == "dev" && dependency["name"] == "alobar-e2e"
}

/// Complains about every dependency that points the wrong way.
pub(super) fn directions(crates: &[Crate]) -> Vec<Complaint> {
    crates
        .iter()
        .flat_map(|it| it.uses.iter().filter_map(|used| judge(it, used)))
        .collect()
}

fn judge(it: &Crate, used: &str) -> Option<Complaint> {
    let Crate { name, .. } = it;
    if used.starts_with("tauri") && name != "alobar-desktop" {
        return Some(format!(
            "{name} uses {used}: only alobar-desktop knows Tauri"
        ));
    }
    let kept_out = KEPT_OUT
        .iter()
        .find(|(who, what, _)| who == name && what.contains(&used));
    if let Some((.., reason)) = kept_out {
        return Some(format!("{name} uses {used}: {reason}"));
    }
    if !used.starts_with("alobar-") {
        return None;
    }
    match MAY_USE.iter().find(|(who, _)| who == name) {
        None => Some(format!(
            "{name} is new: give it a line in xtask/src/tidy/crates.rs"
        )),
        Some((_, may)) if may.contains(&used) => None,
        Some(_) => Some(format!(
            "{name} uses {used}: dependencies point from shells to app to edges to core; \
             move the code, or pass it through a small trait that app supplies"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(name: &str, used: &str) -> bool {
        let it = Crate {
            name: name.into(),
            uses: vec![used.into()],
        };
        !directions(&[it]).is_empty()
    }

    #[test]
    fn dependencies_point_down() {
        assert!(judged("alobar-core", "alobar-sip"));
        assert!(judged("alobar-sip", "alobar-media"));
        assert!(judged("alobar-app", "alobar-desktop"));
        assert!(!judged("alobar-app", "alobar-sip"));
        assert!(!judged("alobar-desktop", "alobar-app"));
    }

    #[test]
    fn tauri_stays_in_the_desktop() {
        assert!(judged("alobar-app", "tauri"));
        assert!(judged("alobar-cli", "tauri-specta"));
        assert!(!judged("alobar-desktop", "tauri"));
    }

    #[test]
    fn the_core_stays_without_a_runtime() {
        assert!(judged("alobar-core", "tokio"));
        assert!(!judged("alobar-sip", "tokio"));
    }

    #[test]
    fn only_tests_may_use_the_lab() {
        let dependency = |kind| serde_json::json!({"name": "alobar-e2e", "kind": kind});
        assert!(is_lab(&dependency(Some("dev"))));
        assert!(!is_lab(&dependency(None)));
        assert!(judged("alobar-media", "alobar-e2e"));
    }

    #[test]
    fn a_new_crate_needs_its_line() {
        assert!(judged("alobar-extra", "alobar-core"));
    }

    #[test]
    fn the_workspace_itself_is_readable() {
        assert!(ours().unwrap().iter().any(|it| it.name == "alobar-core"));
    }
}
