//! The two windows: the callbar, always there, and the settings, made when asked for.

use tauri::{
    AppHandle, LogicalSize, Manager, UserAttentionType, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder,
};

use crate::{Runtime, show};

pub(crate) const CALLBAR: &str = "callbar";
const SETTINGS: &str = "settings";

/// Logical pixels, as in `tauri.conf.json`.
const WIDTH: f64 = 360.0;
const COLLAPSED: f64 = 56.0;
const EXPANDED: f64 = 620.0;
const SETTINGS_WIDTH: f64 = 480.0;
const GAP: f64 = 8.0;

/// Opens the callbar at the top centre of the primary screen's work area. From there it grows
/// down, so it never sits under the notifications of any of the three systems (CB-22).
pub(crate) fn open_callbar(app: &AppHandle<Runtime>) -> tauri::Result<()> {
    let mut builder = builder(app, CALLBAR)?;
    if let Some(monitor) = app.primary_monitor()? {
        let scale = monitor.scale_factor();
        let work = monitor.work_area();
        let origin = work.position.to_logical::<f64>(scale);
        let size = work.size.to_logical::<f64>(scale);
        builder = builder.position(origin.x + (size.width - WIDTH) / 2.0, origin.y + GAP);
    }
    builder.build().map(drop)
}

/// Shows the bar alone, or with the panel under it; the top edge stays where it is.
pub(crate) fn set_expanded(window: &WebviewWindow<Runtime>, expanded: bool) {
    let height = if expanded { EXPANDED } else { COLLAPSED };
    // GTK keeps a non-resizable window at 200 px or more, so the size is pinned by its limits.
    let pinned = LogicalSize::new(WIDTH, height);
    let done = window
        .set_min_size(None::<LogicalSize<f64>>)
        .and_then(|()| window.set_max_size(Some(pinned)))
        .and_then(|()| window.set_min_size(Some(pinned)))
        .and_then(|()| window.set_size(pinned));
    warn("Resize the callbar", done);
}

/// CB-10: comes up by itself for an incoming call, without taking the keyboard. The page grows
/// the window: it alone knows whether a person had shrunk it.
pub(crate) fn raise_callbar(app: &AppHandle<Runtime>) {
    let Some(window) = app.get_webview_window(CALLBAR) else {
        return;
    };
    warn("Show the callbar", show::inactive(&window));
    if !window.is_focused().unwrap_or(false) {
        let asked = window.request_user_attention(Some(UserAttentionType::Critical));
        warn("Ask for attention", asked);
    }
}

/// The person is here: the flashing has done its work.
pub(crate) fn attended(app: &AppHandle<Runtime>) {
    if let Some(window) = app.get_webview_window(CALLBAR) {
        warn(
            "Stop asking for attention",
            window.request_user_attention(None),
        );
    }
}

/// The person started the program again: that is a gesture, so the focus may move.
pub(crate) fn bring_forward(app: &AppHandle<Runtime>) {
    if let Some(window) = app.get_webview_window(CALLBAR) {
        warn("Bring the callbar forward", focus(&window));
    }
}

/// Opens the settings, or brings them forward.
pub(crate) fn open_settings(app: &AppHandle<Runtime>) {
    let opened = match app.get_webview_window(SETTINGS) {
        Some(window) => focus(&window),
        None => make_settings(app),
    };
    warn("Open the settings", opened);
}

/// Beside the callbar, which is above everything: neither may hide the other's buttons.
fn make_settings(app: &AppHandle<Runtime>) -> tauri::Result<()> {
    let mut builder = builder(app, SETTINGS)?;
    if let Some(callbar) = app.get_webview_window(CALLBAR)
        && let Some(monitor) = callbar.current_monitor()?
    {
        let scale = monitor.scale_factor();
        let work = monitor.work_area();
        let left = work.position.to_logical::<f64>(scale).x;
        let right = left + work.size.to_logical::<f64>(scale).width;
        let bar = callbar.outer_position()?.to_logical::<f64>(scale);
        builder = builder.position(beside(bar.x, left, right), bar.y);
    }
    builder.build().map(drop)
}

/// Where the settings' left edge goes: right of the callbar, else left of it, else as far right
/// as the screen allows.
fn beside(callbar: f64, screen_left: f64, screen_right: f64) -> f64 {
    let to_the_right = callbar + WIDTH + GAP;
    let to_the_left = callbar - GAP - SETTINGS_WIDTH;
    if to_the_right + SETTINGS_WIDTH <= screen_right {
        to_the_right
    } else if to_the_left >= screen_left {
        to_the_left
    } else {
        screen_right - SETTINGS_WIDTH
    }
}

fn focus(window: &WebviewWindow<Runtime>) -> tauri::Result<()> {
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}

/// A window as `tauri.conf.json` describes it, confined to our own pages.
fn builder<'a>(
    app: &'a AppHandle<Runtime>,
    label: &str,
) -> tauri::Result<WebviewWindowBuilder<'a, Runtime, AppHandle<Runtime>>> {
    let windows = &app.config().app.windows;
    let config = windows
        .iter()
        .find(|window| window.label == label)
        .ok_or(tauri::Error::WindowNotFound)?;
    debug_assert!(
        matches!(config.url, WebviewUrl::App(_)),
        "our windows show our own pages"
    );
    Ok(
        WebviewWindowBuilder::from_config(app, config)?.on_navigation(|url| {
            url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost") || cfg!(dev)
        }),
    )
}

fn warn(what: &str, result: tauri::Result<()>) {
    if let Err(error) = result {
        tracing::warn!(%error, "{what}");
    }
}
