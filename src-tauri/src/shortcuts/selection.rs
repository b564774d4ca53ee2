//! The number that a person has marked or copied in another program.

use arboard::Clipboard;

use crate::links::number_in;

/// What is selected, where the system tells that, else what was copied last.
pub(crate) async fn number() -> Option<String> {
    // The other program may take its time to answer.
    let read = tauri::async_runtime::spawn_blocking(|| {
        let mut clipboard = Clipboard::new()
            .inspect_err(|error| tracing::info!(%error, "Open the clipboard"))
            .ok()?;
        selected(&mut clipboard)
            .or_else(|| clipboard.get_text().ok())
            .and_then(|text| number_in(&text))
    });
    read.await.ok().flatten()
}

#[cfg(target_os = "linux")]
fn selected(clipboard: &mut Clipboard) -> Option<String> {
    use arboard::{GetExtLinux, LinuxClipboardKind};

    let primary = clipboard.get().clipboard(LinuxClipboardKind::Primary);
    primary.text().ok().filter(|text| number_in(text).is_some())
}

/// Only X11 and Wayland know a selection; copying is needed elsewhere.
#[cfg(not(target_os = "linux"))]
fn selected(_clipboard: &mut Clipboard) -> Option<String> {
    None
}
