//! The callbar: always on top, grown by its page, never lost.

use tauri::{AppHandle, LogicalSize, Manager, PhysicalPosition, UserAttentionType, WebviewWindow};

use super::{
    CALLBAR, build, builder, focus,
    place::{self, BAR, Rect, Screen},
    places::Places,
    ring, screens, show, warn,
};
use crate::Runtime;

/// Where the callbar is. Told by us and by the window system; asking the window would not do:
/// before it is mapped, and while it is hidden, it does not know.
#[derive(Debug, Clone)]
pub(crate) struct Bar {
    pub(crate) screen: Screen,
    /// The bar itself, without the panel.
    pub(crate) rect: Rect,
    /// While grown: how far the bar stands below the window's top edge.
    grown: Option<f64>,
}

impl Bar {
    /// The whole window.
    pub(crate) fn window(&self) -> Rect {
        match self.grown {
            None => self.rect,
            Some(below) => {
                let place = (self.rect.x, self.rect.y - below);
                Rect::new(place, (BAR.0, place::GROWN)).inside(self.screen.work)
            }
        }
    }
}

/// Opens the callbar where it was last, or at the top centre of the main screen (CB-22).
pub(crate) fn open(app: &AppHandle<Runtime>, hidden: bool) -> tauri::Result<()> {
    let places = app.state::<Places>();
    let mut builder = builder(app, CALLBAR)?.visible(!hidden);
    let placed = places.place(app, CALLBAR, place::bar);
    if let Some((screen, rect)) = placed.clone() {
        builder = builder.position(rect.x, rect.y);
        *places.bar() = Some(Bar {
            screen,
            rect,
            grown: None,
        });
    }
    let window = build(builder)?;
    // Elsewhere than on Linux each monitor has its own scale, which the builder does not know.
    if let Some((screen, rect)) = placed
        && cfg!(not(target_os = "linux"))
    {
        window.set_position(screens::physical(&screen, &rect))?;
    }
    Ok(())
}

/// Shows the bar alone, or with the panel.
pub(crate) fn set_expanded(window: &WebviewWindow<Runtime>, expanded: bool) {
    let places = window.state::<Places>();
    let change = places.bar().as_mut().map(|bar| {
        let before = bar.window();
        bar.rect = bar.rect.inside(bar.screen.work);
        bar.grown = expanded.then(|| bar.rect.y - place::grown(bar.rect, bar.screen.work).y);
        let after = bar.window();
        let moves = (before.x, before.y) != (after.x, after.y);
        (after, moves.then(|| screens::physical(&bar.screen, &after)))
    });
    let height = if expanded { place::GROWN } else { BAR.1 };
    let (size, place) = match change {
        Some((window, place)) => ((window.width, window.height), place),
        None => ((BAR.0, height), None),
    };
    let done = pin(window, size).and_then(|()| match place {
        Some(place) => window.set_position(place),
        None => Ok(()),
    });
    warn("Resize the callbar", done);
    ring::give_way(window.app_handle());
}

/// GTK keeps a non-resizable window at 200 px or more, so the size is pinned by its limits.
fn pin(window: &WebviewWindow<Runtime>, (width, height): (f64, f64)) -> tauri::Result<()> {
    let pinned = LogicalSize::new(width, height);
    window.set_min_size(None::<LogicalSize<f64>>)?;
    window.set_max_size(Some(pinned))?;
    window.set_min_size(Some(pinned))?;
    window.set_size(pinned)
}

/// The window system has moved it, for us or for the person.
pub(crate) fn moved(app: &AppHandle<Runtime>) {
    let Some(window) = app.get_webview_window(CALLBAR) else {
        return;
    };
    let Some((screen, now)) = screens::under(&window) else {
        return; // minimised, or on a monitor that is gone
    };
    let places = app.state::<Places>();
    {
        let mut slot = places.bar();
        let grown = slot.as_ref().and_then(|bar| bar.grown);
        let place = (now.x, now.y + grown.unwrap_or(0.0));
        *slot = Some(Bar {
            rect: Rect::new(place, BAR),
            screen,
            grown,
        });
    }
    places.touch();
    ring::give_way(app);
}

/// CB-10: comes up by itself for an incoming call, without taking the keyboard. The page grows
/// the window: it alone knows whether a person had shrunk it.
pub(crate) fn raise(app: &AppHandle<Runtime>) {
    let Some(window) = app.get_webview_window(CALLBAR) else {
        return;
    };
    come_back(app);
    warn("Show the callbar", show::inactive(&window, spot(app)));
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

/// The person asked for it: the focus may move.
pub(crate) fn bring_forward(app: &AppHandle<Runtime>) {
    if let Some(window) = app.get_webview_window(CALLBAR) {
        come_back(app);
        warn("Bring the callbar forward", focus(&window, spot(app)));
    }
}

/// Shows it, or hides it; the phone goes on.
pub(crate) fn toggle(app: &AppHandle<Runtime>) {
    let Some(window) = app.get_webview_window(CALLBAR) else {
        return;
    };
    let shown = window.is_visible().unwrap_or(false) && !window.is_minimized().unwrap_or(false);
    if shown {
        warn("Hide the callbar", window.hide());
    } else {
        bring_forward(app);
    }
}

/// Where the window was when it was hidden.
fn spot(app: &AppHandle<Runtime>) -> Option<PhysicalPosition<i32>> {
    let places = app.state::<Places>();
    let bar = places.bar();
    bar.as_ref()
        .map(|bar| screens::physical(&bar.screen, &bar.window()))
}

/// Back to the main monitor when its own is gone.
fn come_back(app: &AppHandle<Runtime>) {
    let places = app.state::<Places>();
    let screens = screens::all(app);
    let stays = |bar: &Bar| screens.iter().any(|screen| screen.key == bar.screen.key);
    if screens.is_empty() || places.bar().as_ref().is_none_or(stays) {
        return;
    }
    let (Some((screen, rect)), Some(window)) = (
        places.place(app, CALLBAR, place::bar),
        app.get_webview_window(CALLBAR),
    ) else {
        return;
    };
    let mut slot = places.bar();
    let is_grown = slot.as_ref().is_some_and(|bar| bar.grown.is_some());
    let bar = Bar {
        grown: is_grown.then(|| rect.y - place::grown(rect, screen.work).y),
        screen,
        rect,
    };
    let place = screens::physical(&bar.screen, &bar.window());
    *slot = Some(bar);
    warn("Bring the callbar back", window.set_position(place));
}

/// Windows and macOS move the windows of a monitor that goes; X11 leaves them where they were.
#[cfg(target_os = "linux")]
pub(crate) fn follow_monitors(app: &AppHandle<Runtime>) {
    use gtk::gdk;

    let handle = app.clone();
    let follow = app.run_on_main_thread(move || {
        if let Some(screen) = gdk::Screen::default() {
            screen.connect_monitors_changed(move |_| come_back(&handle));
        }
    });
    warn("Follow the monitors", follow);
}
