//! Sound levels to the windows that show a meter: a channel, not an event, so that twenty
//! values a second reach only the page that asked.

use std::{collections::HashMap, sync::Mutex};

use alobar_app::{PhoneHandle, api::view::LevelsView};
use tauri::{async_runtime::JoinHandle, ipc::Channel};
use tokio::sync::broadcast::error::RecvError;

/// The running meters, one per window: a page that reloads replaces its own.
#[derive(Debug, Default)]
pub(crate) struct Meters(Mutex<HashMap<String, JoinHandle<()>>>);

impl Meters {
    /// Sends the levels to the window until it asks again or is gone.
    pub(crate) fn start(&self, window: &str, phone: &PhoneHandle, channel: Channel<LevelsView>) {
        let mut levels = phone.levels();
        let meter = tauri::async_runtime::spawn(async move {
            loop {
                match levels.recv().await {
                    Ok(level) if channel.send(level).is_err() => return,
                    // A late page wants the next level, not the ones it missed.
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return,
                }
            }
        });
        if let Some(previous) = self.running().insert(window.to_owned(), meter) {
            previous.abort();
        }
    }

    /// The window is gone.
    pub(crate) fn stop(&self, window: &str) {
        if let Some(meter) = self.running().remove(window) {
            meter.abort();
        }
    }

    fn running(&self) -> std::sync::MutexGuard<'_, HashMap<String, JoinHandle<()>>> {
        // The map is whole after any panic: insert and remove are its only changes.
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
