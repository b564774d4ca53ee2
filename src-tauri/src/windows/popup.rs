//! The call window: comes up beside the agent's work with each call, without the keyboard.

use alobar_app::PhoneHandle;
use tauri::{AppHandle, LogicalSize, Manager, WebviewWindow};

use super::{POPUP, builder, focus, hide, place, places::Places, screens, show, warn};
use crate::Runtime;

/// Follows the tabs as long as the phone lives.
pub(crate) fn start(app: &AppHandle<Runtime>, phone: &PhoneHandle) {
    let app = app.clone();
    let settings = phone.settings();
    let mut calls = phone.calls();
    tauri::async_runtime::spawn(async move {
        let mut before = Vec::new();
        while calls.changed().await.is_ok() {
            let tabs = calls.borrow_and_update().tabs.clone();
            let opens = settings.borrow().preferences.call_window;
            if tabs.is_empty() {
                hide(&app, POPUP);
            } else if opens && tabs.iter().any(|tab| !before.contains(tab)) {
                show(&app);
            }
            before = tabs;
        }
    });
}

/// The person asked for it: the focus may move.
pub(crate) fn open(app: &AppHandle<Runtime>) {
    warn(
        "Open the call window",
        ready(app).and_then(|window| focus(&window)),
    );
}

fn show(app: &AppHandle<Runtime>) {
    let shown = ready(app).and_then(|window| show::inactive(&window, None));
    warn("Show the call window", shown);
}

/// The window, made hidden if it is not there.
fn ready(app: &AppHandle<Runtime>) -> tauri::Result<WebviewWindow<Runtime>> {
    if let Some(window) = app.get_webview_window(POPUP) {
        return Ok(window);
    }
    let window = builder(app, POPUP)?.build()?;
    if let Some((screen, rect)) = app.state::<Places>().place(app, POPUP, place::popup) {
        window.set_size(LogicalSize::new(rect.width, rect.height))?;
        window.set_position(screens::physical(&screen, &rect))?;
    }
    Ok(window)
}
