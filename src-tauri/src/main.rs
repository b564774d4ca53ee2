//! The desktop shell: windows and one-line commands over `alobar_app`. All state and every rule
//! live there and in `alobar_core`; a hidden or frozen web page loses nothing.

#![cfg_attr(all(not(debug_assertions), windows), windows_subsystem = "windows")]

mod bindings;
mod commands;
mod desk;
mod levels;
mod links;
mod memory;
mod notify;
mod preferences;
mod push;
mod quit;
mod registration;
#[cfg(test)]
mod scene;
mod shortcuts;
mod start;
mod state;
mod text;
mod tray;
mod windows;

use std::path::PathBuf;

use alobar_app::{AppOptions, PhoneHandle};
use anyhow::Context;
use tauri::{AppHandle, Manager, RunEvent};
use tauri_plugin_deep_link::DeepLinkExt;
use windows::{callbar, places, popup, ring};

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
    let launch = tauri_plugin_autostart::Builder::new().arg(preferences::HIDDEN);
    let app = tauri::Builder::<Runtime>::new()
        // First, so that a second process leaves before it registers a second phone.
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _| {
            started_again(app, &arguments);
        }))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(launch.build())
        .invoke_handler(bindings.invoke_handler())
        .build(tauri::generate_context!())
        .context("Build the desktop")?;

    bindings.mount_events(app.handle());
    let phone = runtime.block_on(PhoneHandle::start(options(app.handle())?))?;
    open(app.handle(), &phone)?;
    app.run(on_event);
    Ok(())
}

fn open(app: &AppHandle<Runtime>, phone: &PhoneHandle) -> anyhow::Result<()> {
    app.manage(phone.clone());
    app.manage(levels::Meters::default());
    app.manage(desk::Desk::default());
    app.manage(ring::Ring::default());
    app.manage(places::Places::load(phone.data_dir().to_owned()));
    quit::on_signal(app);
    preferences::theme(app, phone.settings().borrow().preferences.theme);

    let arguments: Vec<String> = std::env::args_os()
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    let hidden = arguments.iter().any(|word| word == preferences::HIDDEN);
    windows::open(app, hidden).context("Open the callbar")?;

    push::start(app, phone);
    ring::start(app, phone);
    popup::start(app, phone);
    places::start(app);
    notify::start(app, phone);
    shortcuts::start(app);
    if hidden {
        start::rest(app);
    }
    if let Some(link) = links::among(&arguments) {
        links::open(app, link);
    }
    // Only macOS tells a link this way; elsewhere it is an argument.
    let handle = app.clone();
    app.deep_link().on_open_url(move |event| {
        for url in event.urls() {
            links::open(&handle, url.as_str());
        }
    });
    Ok(())
}

/// A second start: a link, or the wish to see the callbar. The system's own start wishes nothing.
fn started_again(app: &AppHandle<Runtime>, arguments: &[String]) {
    if let Some(link) = links::among(arguments) {
        links::open(app, link);
    } else if !arguments.iter().any(|word| word == preferences::HIDDEN) {
        callbar::bring_forward(app);
    }
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
            quit::ask(app);
        }
        RunEvent::WindowEvent { label, event, .. } => windows::on_event(app, &label, &event),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => callbar::bring_forward(app), // a click in the Dock
        _ => {}
    }
}
