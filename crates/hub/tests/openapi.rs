//! The description of the API that the screens are typed by.
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use std::path::Path;

/// Written with `cargo xtask bindings`; the UI's types are made from it.
#[test]
fn bindings_of_the_hub_are_committed_as_the_code_describes_them() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bridge/hub.openapi.json");
    let described = alobar_hub::describe();
    if std::env::var_os("ALOBAR_WRITE_BINDINGS").is_some() {
        std::fs::write(&file, &described).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == described,
        "ui/src/bridge/hub.openapi.json is stale: cargo xtask bindings"
    );
}
