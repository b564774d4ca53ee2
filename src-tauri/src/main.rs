//! The desktop shell: windows and one-line commands over `alobar_app`. All state and every rule
//! live there and in `alobar_core`; a hidden or frozen web page loses nothing.

#![cfg_attr(all(not(debug_assertions), windows), windows_subsystem = "windows")]

mod bindings;
mod commands;
mod levels;
mod push;
mod quit;
mod show;
mod windows;

use std::path::PathBuf;

use alobar_app::{AppOptions, PhoneHandle};
use anyhow::Context;
use tauri::{AppHandle, Manager, RunEvent, WindowEvent};

/// The runtime behind Tauri, named once: Tauri 3 makes it a choice.
type Runtime = tauri::Wry;

fn main() -> anyhow::Result<()> {
    // The core gets a runtime of its own, shared with Tauri's commands. Never
    // `#[tokio::main]`: blocking D-Bus calls inside Tauri's plugins panic within a runtime.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("Start the runtime")?;
    tauri::async_runtime::set(runtime.handle().clone());

    let bindings = bindings::builder();
    let app = tauri::Builder::<Runtime>::new()
        // First, so that a second process leaves before it registers a second phone.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            windows::bring_forward(app);
        }))
        .invoke_handler(bindings.invoke_handler())
        .build(tauri::generate_context!())
        .context("Build the desktop")?;

    bindings.mount_events(app.handle());
    let phone = runtime.block_on(PhoneHandle::start(options(app.handle())?))?;
    app.manage(phone.clone());
    app.manage(levels::Meters::default());
    push::start(app.handle(), &phone);
    quit::on_signal(app.handle());
    windows::open_callbar(app.handle()).context("Open the callbar")?;
    app.run(on_event);
    Ok(())
}

/// Tests and support point at another folder or a ready account by environment.
fn options(app: &AppHandle<Runtime>) -> anyhow::Result<AppOptions> {
    let data_dir = match std::env::var_os("ALOBAR_DATA_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => app
            .path()
            .app_local_data_dir()
            .context("Find the data folder")?,
    };
    Ok(AppOptions {
        data_dir,
        account_file: std::env::var_os("ALOBAR_ACCOUNT").map(PathBuf::from),
    })
}

fn on_event(app: &AppHandle<Runtime>, event: RunEvent) {
    match event {
        RunEvent::ExitRequested {
            code: None, api, ..
        } => {
            api.prevent_exit();
            quit::quit(app);
        }
        RunEvent::WindowEvent {
            label,
            event: WindowEvent::CloseRequested { api, .. },
            ..
        } if label == windows::CALLBAR => {
            api.prevent_close();
            quit::quit(app);
        }
        RunEvent::WindowEvent {
            label,
            event: WindowEvent::Focused(true),
            ..
        } if label == windows::CALLBAR => {
            windows::attended(app);
        }
        RunEvent::WindowEvent {
            label,
            event: WindowEvent::Destroyed,
            ..
        } => {
            app.state::<levels::Meters>().stop(&label);
        }
        _ => {}
    }
}
