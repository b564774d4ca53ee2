//! Leaving: the exchange is told before the process ends.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use alobar_app::PhoneHandle;
use tauri::{AppHandle, Manager};

use crate::Runtime;

/// How long an exchange that does not answer may keep a closed program alive.
const SIGN_OFF_LIMIT: Duration = Duration::from_secs(3);

static LEAVING: AtomicBool = AtomicBool::new(false);

/// Hides every window at once, unregisters (at most [`SIGN_OFF_LIMIT`]) and ends the program.
/// Further calls do nothing.
pub(crate) fn quit(app: &AppHandle<Runtime>) {
    if LEAVING.swap(true, Ordering::Relaxed) {
        return;
    }
    for window in app.webview_windows().into_values() {
        // A window that is already gone is as hidden as it can be.
        let _ = window.hide();
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let phone = app.state::<PhoneHandle>().inner().clone();
        if tokio::time::timeout(SIGN_OFF_LIMIT, phone.stop())
            .await
            .is_err()
        {
            tracing::warn!("The exchange did not confirm the sign-off in time");
        }
        app.exit(0);
    });
}

/// Ends the program properly when the session or a service supervisor asks it to.
#[cfg(unix)]
pub(crate) fn on_signal(app: &AppHandle<Runtime>) {
    use tokio::signal::unix::{SignalKind, signal};

    for kind in [
        SignalKind::terminate(),
        SignalKind::interrupt(),
        SignalKind::hangup(),
    ] {
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            match signal(kind) {
                Ok(mut signals) => {
                    signals.recv().await;
                    quit(&app);
                }
                Err(error) => tracing::warn!(%error, "Listen to a signal"),
            }
        });
    }
}

/// Windows tells windows, not processes, that the session ends: `CloseRequested` comes instead.
#[cfg(not(unix))]
pub(crate) fn on_signal(_app: &AppHandle<Runtime>) {}
