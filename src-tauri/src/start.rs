//! What waits until the callbar is on the screen: nothing may delay its first paint.

use std::{
    io::Write,
    sync::atomic::{AtomicBool, Ordering},
};

use alobar_app::PhoneHandle;
use tauri::{AppHandle, Manager, WebviewWindow};

use crate::{Runtime, preferences, tray, windows};

static DONE: AtomicBool = AtomicBool::new(false);

/// A page has painted its first frame. `ALOBAR_REPORT_PAINT=1` tells a waiting script so: the
/// callbar by `ALOBAR_FIRST_PAINT`, another window with its label behind.
pub(crate) fn painted(window: &WebviewWindow<Runtime>) {
    let label = window.label();
    if std::env::var_os("ALOBAR_REPORT_PAINT").is_some_and(|value| value == "1") {
        let line = match label {
            windows::CALLBAR => "ALOBAR_FIRST_PAINT".to_owned(),
            label => format!("ALOBAR_FIRST_PAINT {label}"),
        };
        let mut out = std::io::stdout().lock();
        // A reader that has gone away has nothing left to wait for.
        let _ = writeln!(out, "{line}").and_then(|()| out.flush());
    }
    if label == windows::CALLBAR {
        rest(window.app_handle());
    }
}

/// The rest of a start, once; at once where the callbar starts hidden and so never paints.
pub(crate) fn rest(app: &AppHandle<Runtime>) {
    if DONE.swap(true, Ordering::Relaxed) {
        return;
    }
    let phone = app.state::<PhoneHandle>().inner().clone();
    preferences::start(app, &phone);
    windows::after_first_paint(app);
    let handle = app.clone();
    let tray = app.run_on_main_thread(move || tray::start(&handle, &phone));
    windows::warn("Make the tray icon", tray);
}
