//! What the phone and the desk push to the windows: whole views, and the incoming call that
//! brings the callbar up.

use alobar_app::{
    PhoneHandle,
    api::{
        calls::CallsView,
        memory::UnsentView,
        view::{DevicesView, PhoneView, SettingsView},
    },
};
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use tokio::sync::{broadcast::error::RecvError, watch};

use crate::{
    Runtime,
    desk::{CallbarPanel, Desk, DeskView, Place},
    windows::callbar,
};

/// Pushed as `phone-changed`.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct PhoneChanged(PhoneView);

/// Pushed as `devices-changed`.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct DevicesChanged(DevicesView);

/// Pushed as `settings-changed`.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct SettingsChanged(SettingsView);

/// Pushed as `calls-changed`.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct CallsChanged(CallsView);

/// Pushed as `unsent-changed`.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct UnsentChanged(UnsentView);

/// Pushed as `desk-changed`.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct DeskChanged(DeskView);

/// Pushed as `callbar-asked`.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct CallbarAsked(pub(crate) CallbarPanel);

/// Pushed as `workspace-asked`.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub(crate) struct WorkspaceAsked(pub(crate) Place);

/// Starts the tasks that live as long as the phone.
pub(crate) fn start(app: &AppHandle<Runtime>, phone: &PhoneHandle) {
    forward(app, phone.phone(), PhoneChanged);
    forward(app, phone.devices(), DevicesChanged);
    forward(app, phone.settings(), SettingsChanged);
    forward(app, phone.calls(), CallsChanged);
    forward(app, phone.unsent(), UnsentChanged);
    forward(app, app.state::<Desk>().watch(), DeskChanged);
    raise_on_incoming(app, phone);
}

/// A watch holds only the newest value, so a burst of changes costs the page one event.
fn forward<V, E>(app: &AppHandle<Runtime>, mut views: watch::Receiver<V>, event: fn(V) -> E)
where
    V: Clone + Send + Sync + 'static,
    E: Event + Serialize + Clone + Send,
{
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        while views.changed().await.is_ok() {
            let view = views.borrow_and_update().clone();
            if let Err(error) = event(view).emit(&app) {
                tracing::warn!(%error, event = E::NAME, "Push a view to the windows");
            }
        }
    });
}

/// CB-10: the callbar comes up by itself. It never takes the keyboard from another program.
fn raise_on_incoming(app: &AppHandle<Runtime>, phone: &PhoneHandle) {
    let app = app.clone();
    let mut popups = phone.popups();
    tauri::async_runtime::spawn(async move {
        loop {
            match popups.recv().await {
                // Having missed some means calls did come: the newest is among the views anyway.
                Ok(_) | Err(RecvError::Lagged(_)) => callbar::raise(&app),
                Err(RecvError::Closed) => return,
            }
        }
    });
}
