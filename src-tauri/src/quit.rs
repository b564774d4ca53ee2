//! Leaving: the person is asked while a call is up, and the exchange is told before the process
//! ends.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use alobar_app::{
    PhoneHandle,
    api::view::{PhaseView, PhoneView},
};
use tauri::{AppHandle, Manager};

use crate::{
    Runtime,
    desk::{self, AskView},
    windows::places::Places,
};

/// How long an exchange that does not answer may keep a closed program alive.
const SIGN_OFF_LIMIT: Duration = Duration::from_secs(3);

static LEAVING: AtomicBool = AtomicBool::new(false);

/// Quits; while calls are up the person is asked first.
pub(crate) fn ask(app: &AppHandle<Runtime>) {
    let calls = calls_up(&app.state::<PhoneHandle>().phone().borrow());
    if calls == 0 {
        quit(app);
    } else {
        desk::ask(app, AskView::Quit { calls });
    }
}

fn calls_up(view: &PhoneView) -> u32 {
    let up = view
        .calls
        .iter()
        .filter(|call| call.phase != PhaseView::Terminated);
    up.count().try_into().unwrap_or(u32::MAX)
}

/// Hides every window at once, unregisters (at most [`SIGN_OFF_LIMIT`]) and ends the program.
/// Further calls do nothing.
pub(crate) fn quit(app: &AppHandle<Runtime>) {
    if LEAVING.swap(true, Ordering::Relaxed) {
        return;
    }
    app.state::<Places>().record(app);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene;

    #[test]
    fn a_call_that_rings_counts_and_one_that_has_ended_does_not() {
        let calls = [
            scene::call("1", PhaseView::Alerting),
            scene::ended("2", "remote_hangup"),
        ];
        assert_eq!(calls_up(&scene::phone(calls)), 1);
    }
}
