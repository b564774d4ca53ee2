//! Puts the preferences into effect and says what the system did not take.

use alobar_app::{
    PhoneHandle,
    api::preferences::{PreferenceTrouble, Preferences, Theme},
};
use tauri::AppHandle;
use tauri_plugin_autostart::ManagerExt;

use crate::{Runtime, registration, shortcuts, windows};

/// Starts the program in the tray.
pub(crate) const HIDDEN: &str = "--hidden";

/// The theme, before the first window.
pub(crate) fn theme(app: &AppHandle<Runtime>, theme: Theme) {
    app.set_theme(match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    });
}

/// Follows the settings as long as the phone lives.
pub(crate) fn start(app: &AppHandle<Runtime>, phone: &PhoneHandle) {
    let app = app.clone();
    let phone = phone.clone();
    let mut settings = phone.settings();
    tauri::async_runtime::spawn(async move {
        let mut before = None;
        let mut language = None;
        loop {
            let view = settings.borrow_and_update().clone();
            if language.replace(view.language) != Some(view.language) {
                windows::retitle(&app, view.language);
            }
            if before.as_ref() != Some(&view.preferences) {
                let after = view.preferences;
                theme(&app, after.theme);
                let (app, previous, next) = (app.clone(), before.take(), after.clone());
                // Files, programs and the main thread are waited for.
                let applied = tauri::async_runtime::spawn_blocking(move || {
                    apply(&app, previous.as_ref(), &next)
                });
                phone.preference_troubles(applied.await.unwrap_or_default());
                before = Some(after);
            }
            if settings.changed().await.is_err() {
                return;
            }
        }
    });
}

/// `before` is none at the start: what is off then was never on, or is off already.
fn apply(
    app: &AppHandle<Runtime>,
    before: Option<&Preferences>,
    after: &Preferences,
) -> Vec<PreferenceTrouble> {
    let mut troubles = shortcuts::apply(app, after);
    let switched = |on: fn(&Preferences) -> bool| match before {
        None => on(after),
        Some(before) => on(after) || on(before),
    };
    if switched(|preferences| preferences.start_with_system) {
        let launch = app.autolaunch();
        let done = match after.start_with_system {
            true => launch.enable(),
            false => launch.disable(),
        };
        trouble(&mut troubles, "autostart_failed", done);
    }
    if switched(|preferences| preferences.phone_links) {
        let done = match after.phone_links {
            true => registration::register(app),
            false => registration::unregister(app),
        };
        trouble(&mut troubles, "links_failed", done);
    }
    troubles
}

fn trouble<E: std::fmt::Display>(
    troubles: &mut Vec<PreferenceTrouble>,
    code: &str,
    done: Result<(), E>,
) {
    if let Err(error) = done {
        tracing::warn!(%error, code, "A preference was not taken");
        troubles.push(PreferenceTrouble {
            code: code.to_owned(),
            act: None,
        });
    }
}
