//! An empty Tauri window of the callbar's size, to measure the desktop against
//! (`cargo xtask bench`). It prints `ALOBAR_FIRST_PAINT` as the desktop does.

use std::io::Write;

use tauri::{WebviewUrl, WebviewWindowBuilder};

#[tauri::command]
fn first_paint() {
    let mut out = std::io::stdout().lock();
    // A reader that has gone away has nothing left to wait for.
    let _ = writeln!(out, "ALOBAR_FIRST_PAINT").and_then(|()| out.flush());
}

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![first_paint])
        .setup(|app| {
            // The label whose capability may tell its first paint.
            let page = WebviewUrl::App("empty.html".into());
            WebviewWindowBuilder::new(app, "callbar", page)
                .inner_size(360.0, 56.0)
                .decorations(false)
                .focused(false)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
