//! The monitors as [`place`](super::place) counts them.

use tauri::{AppHandle, Monitor, PhysicalPosition, WebviewWindow};

use super::place::{Rect, Screen};
use crate::Runtime;

/// Every monitor; empty where the system does not tell.
pub(crate) fn all(app: &AppHandle<Runtime>) -> Vec<Screen> {
    let main = app.primary_monitor().ok().flatten();
    let main = main.map(|monitor| *monitor.position());
    let monitors = app.available_monitors().unwrap_or_default();
    monitors
        .iter()
        .map(|monitor| Screen {
            main: Some(*monitor.position()) == main,
            ..screen(monitor)
        })
        .collect()
}

/// The monitor under most of the window, and where the window is on it.
pub(crate) fn under(window: &WebviewWindow<Runtime>) -> Option<(Screen, Rect)> {
    let screen = screen(&window.current_monitor().ok()??);
    let position = position(window)?.to_logical(screen.scale);
    let size = window.inner_size().ok()?.to_logical(screen.scale);
    let rect = Rect::new((position.x, position.y), (size.width, size.height));
    screen.holds(&rect).then_some((screen, rect))
}

/// GTK is asked itself: tao answers what the last event said, and a window that was placed while
/// hidden has had none.
#[cfg(target_os = "linux")]
fn position(window: &WebviewWindow<Runtime>) -> Option<PhysicalPosition<i32>> {
    use gtk::prelude::{GtkWindowExt, WidgetExt};

    let (sender, answer) = std::sync::mpsc::channel();
    let shell = window.clone();
    let asked = window.run_on_main_thread(move || {
        let position = shell.gtk_window().map(|window| {
            let ((x, y), scale) = (window.position(), window.scale_factor());
            PhysicalPosition::new(x * scale, y * scale)
        });
        // The receiver waits below.
        let _ = sender.send(position);
    });
    asked.ok().and_then(|()| answer.recv().ok()?.ok())
}

#[cfg(not(target_os = "linux"))]
fn position(window: &WebviewWindow<Runtime>) -> Option<PhysicalPosition<i32>> {
    window.outer_position().ok()
}

/// A place on the screen in the pixels that all screens share.
pub(crate) fn physical(screen: &Screen, place: &Rect) -> PhysicalPosition<i32> {
    PhysicalPosition::new(
        (place.x * screen.scale).round() as i32,
        (place.y * screen.scale).round() as i32,
    )
}

fn screen(monitor: &Monitor) -> Screen {
    let scale = monitor.scale_factor();
    let name = monitor.name().map_or("", String::as_str);
    let size = monitor.size();
    let logical = |position: PhysicalPosition<i32>, size: tauri::PhysicalSize<u32>| {
        let position = position.to_logical::<f64>(scale);
        let size = size.to_logical::<f64>(scale);
        Rect::new((position.x, position.y), (size.width, size.height))
    };
    let work = monitor.work_area();
    Screen {
        key: format!("{name} {}x{}", size.width, size.height),
        whole: logical(*monitor.position(), *size),
        work: logical(work.position, work.size),
        scale,
        main: false,
    }
}
