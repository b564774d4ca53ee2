//! What Windows and macOS must have before we build: named with the command that installs it,
//! never installed by us.

use anyhow::{Result, bail};

use crate::{node, shell};

/// Something a machine needs, and how its owner gets it.
struct Prerequisite {
    name: &'static str,
    is_there: fn() -> bool,
    install: &'static str,
}

const WINDOWS: &[Prerequisite] = &[
    Prerequisite {
        name: "Node 20.19 or newer, with npm",
        is_there: node::is_new_enough,
        install: "winget install OpenJS.NodeJS.LTS",
    },
    Prerequisite {
        name: "CMake (for libopus)",
        is_there: has_cmake,
        install: "winget install Kitware.CMake",
    },
    Prerequisite {
        name: "the WebView2 runtime",
        is_there: has_webview2,
        install: "winget install Microsoft.EdgeWebView2Runtime",
    },
];

const MACOS: &[Prerequisite] = &[
    Prerequisite {
        name: "Xcode's command line tools",
        is_there: || shell::succeeds(&mut shell::command("xcode-select", ["-p"])),
        install: "xcode-select --install",
    },
    Prerequisite {
        name: "Node 20.19 or newer, with npm",
        is_there: node::is_new_enough,
        install: "brew install node",
    },
    Prerequisite {
        name: "CMake (for libopus)",
        is_there: has_cmake,
        install: "brew install cmake",
    },
];

/// Fails with one line for each missing thing. On Linux there is nothing to check: there the
/// packages are installed instead.
pub(crate) fn check() -> Result<()> {
    let list = if cfg!(windows) {
        WINDOWS
    } else if cfg!(target_os = "macos") {
        MACOS
    } else {
        &[]
    };
    let missing: Vec<&Prerequisite> = list.iter().filter(|it| !(it.is_there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    bail!("Missing on this machine:{}", advice(&missing))
}

fn advice(missing: &[&Prerequisite]) -> String {
    missing
        .iter()
        .map(|it| format!("\n  {}: run `{}`", it.name, it.install))
        .collect()
}

fn has_cmake() -> bool {
    shell::succeeds(&mut shell::command("cmake", ["--version"]))
}

fn has_webview2() -> bool {
    // The place and the id are from Microsoft's page on distributing WebView2.
    let client = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    [
        r"HKLM\SOFTWARE\WOW6432Node",
        r"HKLM\SOFTWARE",
        r"HKCU\Software",
    ]
    .iter()
    .any(|hive| {
        let key = format!(r"{hive}\{client}");
        shell::succeeds(&mut shell::command("reg", ["query", &key, "/v", "pv"]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_missing_thing_comes_with_its_command() {
        let all: Vec<&Prerequisite> = WINDOWS.iter().chain(MACOS).collect();
        let said = advice(&all);
        for it in all {
            assert!(said.contains(it.install), "{}", it.name);
        }
    }
}
