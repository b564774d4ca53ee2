//! The four windows: the callbar, always there; the ring window, there while a call rings; the
//! call window, made at the first call; the workspace, made when asked for.

pub(crate) mod callbar;
mod memory;
mod place;
pub(crate) mod places;
pub(crate) mod popup;
pub(crate) mod ring;
mod ring_state;
mod screens;
mod show;
pub(crate) mod workspace;

use alobar_app::api::view::Language;
use tauri::{
    AppHandle, Manager, PhysicalPosition, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    WindowEvent,
};

use crate::{Runtime, levels, quit, text::texts};
use places::Places;

pub(crate) const CALLBAR: &str = "callbar";
pub(crate) const RING: &str = "ring";
pub(crate) const POPUP: &str = "popup";
pub(crate) const WORKSPACE: &str = "workspace";

/// Opens the windows of a start. `ALOBAR_WINDOWS` names others, for measuring: the call window
/// and the workspace are then shown at once; the ring window waits for a call as ever.
pub(crate) fn open(app: &AppHandle<Runtime>, hidden: bool) -> tauri::Result<()> {
    callbar::open(app, hidden)?;
    let named = std::env::var("ALOBAR_WINDOWS").unwrap_or_default();
    for name in named.split(',') {
        match name {
            POPUP => popup::open(app),
            WORKSPACE => workspace::open(app),
            _ => {}
        }
    }
    Ok(())
}

/// The ring window is made once the callbar is on the screen: it may not delay it.
pub(crate) fn after_first_paint(app: &AppHandle<Runtime>) {
    let named = std::env::var("ALOBAR_WINDOWS").ok();
    if named.is_none_or(|named| named.split(',').any(|name| name == RING)) {
        ring::prepare(app);
    }
    #[cfg(target_os = "linux")]
    callbar::follow_monitors(app);
}

pub(crate) fn on_event(app: &AppHandle<Runtime>, label: &str, event: &WindowEvent) {
    match (label, event) {
        (CALLBAR, WindowEvent::CloseRequested { api, .. }) => {
            api.prevent_close();
            quit::ask(app);
        }
        (POPUP | RING, WindowEvent::CloseRequested { api, .. }) => {
            api.prevent_close();
            hide(app, label);
        }
        (CALLBAR, WindowEvent::Focused(true)) => callbar::attended(app),
        (CALLBAR, WindowEvent::Moved(_) | WindowEvent::ScaleFactorChanged { .. }) => {
            callbar::moved(app);
        }
        (POPUP | WORKSPACE, WindowEvent::Moved(_) | WindowEvent::Resized(_)) => {
            app.state::<Places>().touch();
        }
        (_, WindowEvent::Destroyed) => {
            app.state::<levels::Meters>().stop(label);
            if label == WORKSPACE {
                workspace::gone(app);
            }
        }
        _ => {}
    }
}

/// What the windows are called in task bars and window lists.
pub(crate) fn retitle(app: &AppHandle<Runtime>, language: Language) {
    for (label, window) in app.webview_windows() {
        warn("Name a window", window.set_title(title(&label, language)));
    }
}

fn title(label: &str, language: Language) -> &'static str {
    let titles = &texts(language).windows;
    match label {
        RING => &titles.ring,
        POPUP => &titles.popup,
        WORKSPACE => &titles.workspace,
        _ => &titles.callbar,
    }
}

fn hide(app: &AppHandle<Runtime>, label: &str) {
    if let Some(window) = app.get_webview_window(label) {
        warn("Hide a window", window.hide());
    }
}

/// After a gesture of the person the focus may move. X11 forgets where a hidden window was: `at`
/// is for one.
fn focus(window: &WebviewWindow<Runtime>, at: Option<PhysicalPosition<i32>>) -> tauri::Result<()> {
    if let Some(at) = at
        && !window.is_visible()?
    {
        window.set_position(at)?;
    }
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
    let phone = app.state::<alobar_app::PhoneHandle>();
    let language = phone.settings().borrow().language;
    Ok(WebviewWindowBuilder::from_config(app, config)?
        .title(title(label, language))
        .on_navigation(|url| {
            url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost") || cfg!(dev)
        }))
}

fn build(
    builder: WebviewWindowBuilder<'_, Runtime, AppHandle<Runtime>>,
) -> tauri::Result<WebviewWindow<Runtime>> {
    let window = builder.build()?;
    #[cfg(target_os = "linux")]
    show::know_place(&window)?;
    Ok(window)
}

pub(crate) fn warn(what: &str, result: tauri::Result<()>) {
    if let Err(error) = result {
        tracing::warn!(%error, "{what}");
    }
}
