//! Remembers where the windows are while they are moved about.

use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tauri::{AppHandle, Manager, WebviewWindow};
use tokio::sync::Notify;

use super::{
    CALLBAR, POPUP, WORKSPACE,
    callbar::Bar,
    memory::Memory,
    place::{Rect, Screen},
    screens,
};
use crate::Runtime;

/// Written once a move is over, not for each pixel of it.
const SETTLED: Duration = Duration::from_millis(500);

#[derive(Debug)]
pub(crate) struct Places {
    folder: PathBuf,
    memory: Mutex<Memory>,
    bar: Mutex<Option<Bar>>,
    touched: Notify,
}

impl Places {
    pub(crate) fn load(folder: PathBuf) -> Self {
        Self {
            memory: Mutex::new(Memory::load(&folder)),
            folder,
            bar: Mutex::new(None),
            touched: Notify::new(),
        }
    }

    /// Where a window goes when it is opened: see [`Memory::place`].
    pub(crate) fn place(
        &self,
        app: &AppHandle<Runtime>,
        window: &str,
        usual: fn(Rect) -> Rect,
    ) -> Option<(Screen, Rect)> {
        let screens = screens::all(app);
        let memory = lock(&self.memory);
        let (screen, rect) = memory.place(window, &screens, usual)?;
        Some((screen.clone(), rect))
    }

    pub(crate) fn bar(&self) -> MutexGuard<'_, Option<Bar>> {
        lock(&self.bar)
    }

    /// A window has moved or changed its size.
    pub(crate) fn touch(&self) {
        self.touched.notify_one();
    }

    /// Writes down where the windows are now.
    pub(crate) fn record(&self, app: &AppHandle<Runtime>) {
        // Asked before anything is locked: the answers come from the main thread.
        let others = [POPUP, WORKSPACE].map(|label| {
            let window = app.get_webview_window(label).filter(is_itself);
            (label, window.as_ref().and_then(screens::under))
        });
        let bar = self.bar().clone();
        let mut memory = lock(&self.memory);
        let before = memory.clone();
        if let Some(bar) = bar {
            memory.note(CALLBAR, &bar.screen, bar.rect);
        }
        for (label, place) in others {
            if let Some((screen, rect)) = place {
                memory.note(label, &screen, rect);
            }
        }
        if *memory == before {
            return;
        }
        if let Err(error) = memory.save(&self.folder) {
            tracing::warn!(%error, "Save the windows' places");
        }
    }
}

/// Neither hidden nor minimised nor maximised: its place is one that a person chose.
fn is_itself(window: &WebviewWindow<Runtime>) -> bool {
    window.is_visible().unwrap_or(false)
        && !window.is_minimized().unwrap_or(true)
        && !window.is_maximized().unwrap_or(true)
        && !window.is_fullscreen().unwrap_or(true)
}

/// Starts the task that writes the places down.
pub(crate) fn start(app: &AppHandle<Runtime>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let places = app.state::<Places>();
        loop {
            places.touched.notified().await;
            while tokio::time::timeout(SETTLED, places.touched.notified())
                .await
                .is_ok()
            {}
            places.record(&app);
        }
    });
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Each change is one assignment or insertion: whole after any panic.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
