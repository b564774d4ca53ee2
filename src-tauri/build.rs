//! Declares our own commands, so that each window must be granted the ones it may call
//! (`capabilities/*.json`); undeclared commands would be open to every window.

use std::{env, fs, path::Path};

const COMMANDS: &[&str] = &[
    "phone_view",
    "settings_view",
    "devices_view",
    "sign_in",
    "sign_out",
    "start_practice",
    "leave_practice",
    "next_customer",
    "dial",
    "answer",
    "decline",
    "hang_up",
    "hold",
    "resume",
    "set_mute",
    "send_dtmf",
    "transfer",
    "retry_registration",
    "dismiss_notice",
    "choose_devices",
    "set_language",
    "set_expanded",
    "calls_view",
    "open_tab",
    "close_tab",
    "see_missed",
    "ask_hub",
    "write_down",
    "unsent_view",
    "decide_unsent",
    "set_preferences",
    "record_shortcut",
    "listen",
    "echo_test",
    "test_sound",
    "desk_view",
    "answer_ask",
    "show_callbar",
    "open_workspace",
    "open_log_folder",
    "levels",
    "first_paint",
];

fn main() {
    // Both are embedded at compile time by `generate_context!`.
    println!("cargo:rerun-if-changed=../ui/dist");
    println!("cargo:rerun-if-changed=../icons");
    require_ui();
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("Prepare the Tauri build");
}

/// A debug build without the built UI (a lint, a type check) gets an empty page that says what
/// is missing; a release build must never ship it, so it stops here.
fn require_ui() {
    let page = Path::new("../ui/dist/index.html");
    if page.exists() {
        return;
    }
    assert!(
        env::var("PROFILE").as_deref() != Ok("release"),
        "ui/dist is missing: run `npm ci && npm run build` in ui/ first"
    );
    println!(
        "cargo:warning=ui/dist is missing: an empty page is embedded (npm ci && npm run build in ui/)"
    );
    fs::create_dir_all("../ui/dist").expect("Create ui/dist");
    fs::write(
        page,
        "<!doctype html><title>Alobar</title><p>npm run build</p>\n",
    )
    .expect("Write the placeholder page");
}
