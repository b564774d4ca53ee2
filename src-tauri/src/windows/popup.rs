//! The call window: comes up beside the agent's work with each call, without the keyboard.

use alobar_app::PhoneHandle;
use tauri::{AppHandle, LogicalSize, Manager, PhysicalPosition, WebviewWindow};

use super::{POPUP, build, builder, focus, hide, place, places::Places, screens, show, warn};
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
    let opened = ready(app).and_then(|(window, at)| focus(&window, at));
    warn("Open the call window", opened);
}

fn show(app: &AppHandle<Runtime>) {
    let shown = ready(app).and_then(|(window, at)| show::inactive(&window, at));
    warn("Show the call window", shown);
}

type Placed = (WebviewWindow<Runtime>, Option<PhysicalPosition<i32>>);

/// The window, made hidden if it is not there, and where it goes.
fn ready(app: &AppHandle<Runtime>) -> tauri::Result<Placed> {
    let placed = app.state::<Places>().place(app, POPUP, place::popup);
    let at = placed
        .as_ref()
        .map(|(screen, rect)| screens::physical(screen, rect));
    if let Some(window) = app.get_webview_window(POPUP) {
        return Ok((window, at));
    }
    let window = build(builder(app, POPUP)?)?;
    if let Some((_, rect)) = placed {
        window.set_size(LogicalSize::new(rect.width, rect.height))?;
    }
    Ok((window, at))
}
