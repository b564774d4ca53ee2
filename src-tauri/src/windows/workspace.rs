//! The workspace: made when asked for; closed, it is gone.

use alobar_app::PhoneHandle;
use tauri::{AppHandle, Manager};

use super::{WORKSPACE, build, builder, focus, place, places::Places, screens, warn};
use crate::Runtime;

/// Opens the workspace, or brings it to the front. Where it stands is in the desk's view.
pub(crate) fn open(app: &AppHandle<Runtime>) {
    let opened = match app.get_webview_window(WORKSPACE) {
        Some(window) => focus(&window, None),
        None => make(app),
    };
    warn("Open the workspace", opened);
}

fn make(app: &AppHandle<Runtime>) -> tauri::Result<()> {
    let mut builder = builder(app, WORKSPACE)?;
    let placed = app
        .state::<Places>()
        .place(app, WORKSPACE, place::workspace);
    if let Some((_, rect)) = &placed {
        builder = builder
            .inner_size(rect.width, rect.height)
            .position(rect.x, rect.y);
    }
    // The title bar is the page's own; macOS keeps its three buttons over it.
    #[cfg(target_os = "macos")]
    {
        builder = builder
            .decorations(true)
            .title_bar_style(tauri::TitleBarStyle::Overlay)
            .hidden_title(true);
    }
    // Tauri takes the frame off only after showing: meanwhile X11 would cut the window to fit the
    // screen with one.
    let window = build(builder.visible(false))?;
    // Elsewhere than on Linux each monitor has its own scale, which the builder does not know.
    if let Some((screen, rect)) = placed
        && cfg!(not(target_os = "linux"))
    {
        window.set_position(screens::physical(&screen, &rect))?;
    }
    focus(&window, None)
}

/// The page that had the microphone open can no longer close it.
pub(crate) fn gone(app: &AppHandle<Runtime>) {
    let phone = app.state::<PhoneHandle>().inner().clone();
    tauri::async_runtime::spawn(async move {
        if let Err(refusal) = phone.listen(false).await {
            tracing::debug!(%refusal, "Close the microphone");
        }
    });
}
