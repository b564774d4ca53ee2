//! The typed door of the UI: commands and events, exported to TypeScript.

use tauri_specta::{Builder, collect_commands, collect_events};

use crate::{Runtime, commands, memory, push};

/// Every command and event of the desktop.
pub(crate) fn builder() -> Builder<Runtime> {
    Builder::new()
        .commands(collect_commands![
            commands::phone_view,
            commands::settings_view,
            commands::devices_view,
            commands::sign_in,
            commands::sign_out,
            commands::start_practice,
            commands::leave_practice,
            commands::next_customer,
            commands::dial,
            commands::answer,
            commands::decline,
            commands::hang_up,
            commands::hold,
            commands::resume,
            commands::set_mute,
            commands::send_dtmf,
            commands::transfer,
            commands::retry_registration,
            commands::dismiss_notice,
            commands::choose_devices,
            commands::set_language,
            commands::set_expanded,
            commands::calls_view,
            commands::open_tab,
            commands::close_tab,
            commands::see_missed,
            memory::ask_hub,
            memory::write_down,
            memory::unsent_view,
            memory::decide_unsent,
            commands::set_preferences,
            commands::record_shortcut,
            commands::listen,
            commands::echo_test,
            commands::test_sound,
            commands::desk_view,
            commands::answer_ask,
            commands::show_callbar,
            commands::open_workspace,
            commands::open_log_folder,
            commands::levels,
            commands::first_paint,
        ])
        .events(collect_events![
            push::PhoneChanged,
            push::DevicesChanged,
            push::SettingsChanged,
            push::CallsChanged,
            push::UnsentChanged,
            push::DeskChanged,
            push::CallbarAsked,
            push::WorkspaceAsked,
        ])
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// `ALOBAR_WRITE_BINDINGS=1` writes the file instead (`cargo xtask bindings`).
    #[test]
    fn the_generated_typescript_is_fresh() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/bridge/generated.ts");
        let fresh = tempfile::NamedTempFile::with_suffix(".ts").unwrap();
        let language = specta_typescript::Typescript::default()
            .header("// Generated from Rust by `cargo xtask bindings`. Do not edit.\n");
        // Our numbers are finite, so they are `number`, not `number | null`.
        let numbers = specta_typescript::semantic::Configuration::empty().enable_lossless_floats();
        builder()
            .disable_serde_phases()
            .semantic_types(numbers)
            .export(language, fresh.path())
            .unwrap();
        let fresh = std::fs::read_to_string(fresh.path()).unwrap();

        if std::env::var_os("ALOBAR_WRITE_BINDINGS").is_some_and(|value| value == "1") {
            std::fs::write(&committed, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(&committed).unwrap();
        assert!(
            committed == fresh,
            "ui/src/bridge/generated.ts is stale: cargo xtask bindings"
        );
    }
}
