//! The commands of the second door: the hub, and what is on its way to it.

use alobar_app::{
    PhoneHandle,
    api::{
        memory::{HubAnswer, HubAsk, HubMethod, UnsentView},
        view::ErrorView,
    },
};
use tauri::{State, WebviewWindow};

use crate::{Runtime, windows::WORKSPACE};

type Phone<'a> = State<'a, PhoneHandle>;

/// Asks the hub, now or never. Only the workspace may do more than read.
#[tauri::command]
#[specta::specta]
pub(crate) async fn ask_hub(
    window: WebviewWindow<Runtime>,
    phone: Phone<'_>,
    ask: HubAsk,
) -> Result<HubAnswer, ErrorView> {
    if ask.method != HubMethod::Get && window.label() != WORKSPACE {
        return Err(ErrorView::of_shell("not_allowed"));
    }
    phone.ask_hub(ask).await
}

/// Keeps what was written on this machine's disk; it goes to the hub by itself.
#[tauri::command]
#[specta::specta]
pub(crate) async fn write_down(
    phone: Phone<'_>,
    practice: bool,
    command: String,
    draft: bool,
) -> Result<(), ErrorView> {
    phone.write(practice, &command, draft).await
}

/// What has not reached the hub, as `unsent-changed` pushes it.
#[tauri::command]
#[specta::specta]
pub(crate) fn unsent_view(phone: Phone<'_>) -> UnsentView {
    phone.unsent().borrow().clone()
}

/// What the hub refused is sent again as `again`, or thrown away.
#[tauri::command]
#[specta::specta]
pub(crate) async fn decide_unsent(
    phone: Phone<'_>,
    practice: bool,
    seq: u32,
    again: Option<String>,
) -> Result<(), ErrorView> {
    phone.decide(practice, seq.into(), again.as_deref()).await
}
