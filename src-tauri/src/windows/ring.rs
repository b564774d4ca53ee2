//! The ring window: over everything, without the keyboard, while a call rings.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use alobar_app::PhoneHandle;
use tauri::{AppHandle, Manager, WebviewWindow};

use super::{
    RING, build, builder, hide,
    place::{self, Corner, Rect, Screen},
    places::Places,
    ring_state::{Order, RingState},
    screens, show, warn,
};
use crate::Runtime;

#[derive(Debug, Default)]
pub(crate) struct Ring(Mutex<RingState>);

impl Ring {
    /// When the ring window appeared last.
    pub(crate) fn appeared(&self) -> Option<Instant> {
        self.state().appeared()
    }

    fn state(&self) -> MutexGuard<'_, RingState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Follows the calls as long as the phone lives.
pub(crate) fn start(app: &AppHandle<Runtime>, phone: &PhoneHandle) {
    let app = app.clone();
    let mut views = phone.phone();
    tauri::async_runtime::spawn(async move {
        let ring = app.state::<Ring>();
        loop {
            let wakes_at = ring.state().wakes_at();
            let sleep = async {
                match wakes_at {
                    Some(at) => tokio::time::sleep_until(at.into()).await,
                    None => std::future::pending().await,
                }
            };
            let order = tokio::select! {
                changed = views.changed() => match changed {
                    Ok(()) => {
                        let view = views.borrow_and_update();
                        ring.state().calls(Instant::now(), &view.calls)
                    }
                    Err(_) => return,
                },
                () = sleep => ring.state().wake(Instant::now()),
            };
            match order {
                Some(Order::Show) => show(&app),
                Some(Order::Hide) => hide(&app, RING),
                None => {}
            }
        }
    });
}

/// Makes the window, hidden, so that a call only has to show it.
pub(crate) fn prepare(app: &AppHandle<Runtime>) {
    if app.get_webview_window(RING).is_none() {
        warn("Make the ring window", make(app).map(drop));
    }
}

fn make(app: &AppHandle<Runtime>) -> tauri::Result<WebviewWindow<Runtime>> {
    build(builder(app, RING)?)
}

fn show(app: &AppHandle<Runtime>) {
    prepare(app);
    let Some(window) = app.get_webview_window(RING) else {
        return;
    };
    let at = spot(app).map(|(screen, place)| screens::physical(&screen, &place));
    warn("Show the ring window", show::inactive(&window, at));
}

/// The callbar has moved or grown: a ring window on the screen stays, unless they overlap.
pub(crate) fn give_way(app: &AppHandle<Runtime>) {
    let Some(window) = app.get_webview_window(RING) else {
        return;
    };
    if !window.is_visible().unwrap_or(false) {
        return;
    }
    let Some((screen, place)) = spot(app) else {
        return;
    };
    let bar = app.state::<Places>().bar().as_ref().map(|bar| bar.window());
    let now = screens::under(&window).map(|(_, now)| now);
    if now.zip(bar).is_none_or(|(now, bar)| now.overlaps(&bar)) {
        let place = screens::physical(&screen, &place);
        warn("Move the ring window", window.set_position(place));
    }
}

fn spot(app: &AppHandle<Runtime>) -> Option<(Screen, Rect)> {
    let bar = app.state::<Places>().bar().clone()?;
    let place = place::ring(bar.window(), bar.screen.work, Corner::HERE);
    Some((bar.screen, place))
}
