//! Showing a window without activating it: the agent may be typing in another program. Tauri's
//! own `show` and `unminimize` activate on Windows and, on X11, leave it to the window manager.

use tauri::{PhysicalPosition, WebviewWindow};

use crate::Runtime;

/// Shows the window, from hidden or minimised, above the others; at a place, if one is given.
#[cfg(target_os = "linux")]
pub(crate) fn inactive(
    window: &WebviewWindow<Runtime>,
    at: Option<PhysicalPosition<i32>>,
) -> tauri::Result<()> {
    use gtk::{glib, prelude::*};

    /// Window managers offer the focus with the window's appearing or right after it.
    const NO_FOCUS_FOR: std::time::Duration = std::time::Duration::from_millis(500);

    let is_shown = window.is_visible()? && !window.is_minimized()?;
    let shell = window.clone();
    window.run_on_main_thread(move || {
        let Ok(window) = shell.gtk_window() else {
            return; // closed in the meantime
        };
        if is_shown {
            if let Some(surface) = window.window() {
                surface.raise();
            }
            return;
        }
        // The hint alone does not do: a window manager may still send WM_TAKE_FOCUS, which GTK
        // obeys. Off `focus_on_map` says that no gesture of a person has brought the window.
        let takes_focus = window.accepts_focus();
        window.set_accept_focus(false);
        window.set_focus_on_map(false);
        if let Some(at) = at {
            let scale = window.scale_factor();
            window.move_(at.x / scale, at.y / scale);
        }
        window.deiconify();
        window.show_all();
        glib::timeout_add_local_once(NO_FOCUS_FOR, move || {
            if takes_focus {
                window.set_accept_focus(true);
            }
            window.set_focus_on_map(true);
        });
    })
}

/// A window manager that puts a window into its frame need not say where it stands then. GTK goes
/// on believing what it saw on the way, and Tauri takes a press in the middle for one on the edge
/// and resizes. Asked to move the window to where it is, the window manager says so.
#[cfg(target_os = "linux")]
pub(super) fn know_place(window: &WebviewWindow<Runtime>) -> tauri::Result<()> {
    use gtk::{glib, prelude::*};

    let shell = window.clone();
    window.run_on_main_thread(move || {
        let Ok(window) = shell.gtk_window() else {
            return; // closed in the meantime
        };
        window.connect_map_event(|window, _| {
            let (x, y) = window.position();
            window.move_(x, y);
            glib::Propagation::Proceed
        });
    })
}

/// Shows the window, from hidden or minimised, above the others. It becomes the key window of
/// our program, if it can be one, but does not activate it; not tried on a real Mac.
#[cfg(target_os = "macos")]
pub(crate) fn inactive(
    window: &WebviewWindow<Runtime>,
    at: Option<PhysicalPosition<i32>>,
) -> tauri::Result<()> {
    if let Some(at) = at {
        window.set_position(at)?;
    }
    if window.is_minimized()? {
        window.unminimize()?;
    }
    window.show()
}

/// Shows the window, from hidden or minimised, above the others. Not tried on a real Windows.
#[cfg(windows)]
#[expect(
    unsafe_code,
    reason = "Tauri has no call that shows a window without activating it"
)]
pub(crate) fn inactive(
    window: &WebviewWindow<Runtime>,
    at: Option<PhysicalPosition<i32>>,
) -> tauri::Result<()> {
    use windows_sys::Win32::UI::WindowsAndMessaging::{
        HWND_TOP, HWND_TOPMOST, SW_SHOWNOACTIVATE, SWP_NOACTIVATE, SWP_NOMOVE, SWP_NOSIZE,
        SetWindowPos, ShowWindow,
    };

    if let Some(at) = at {
        window.set_position(at)?;
    }
    let above = if window.is_always_on_top()? {
        HWND_TOPMOST
    } else {
        HWND_TOP
    };
    let handle = window.hwnd()?.0;
    // SAFETY: both calls accept any handle and fail on one that is no longer a window.
    unsafe {
        ShowWindow(handle, SW_SHOWNOACTIVATE);
        SetWindowPos(
            handle,
            above,
            0,
            0,
            0,
            0,
            SWP_NOMOVE | SWP_NOSIZE | SWP_NOACTIVATE,
        );
    }
    Ok(())
}
