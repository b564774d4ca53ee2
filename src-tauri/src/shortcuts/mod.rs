//! Shortcuts that work while another program has the keyboard, for those who agreed to them.

mod deed;
mod rules;
mod selection;

use std::{
    sync::{Mutex, PoisonError, mpsc},
    time::Instant,
};

use alobar_app::{
    PhoneHandle,
    api::preferences::{Act, PreferenceTrouble, Preferences},
};
use tauri::{AppHandle, Manager};
use tauri_plugin_global_shortcut::{
    Builder, GlobalShortcut, GlobalShortcutExt, Modifiers, Shortcut, ShortcutState,
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::{
    Runtime,
    desk::{self, AskView, CallbarPanel, DialSource},
    windows::ring::Ring,
};
use deed::Deed;
use rules::Keys;

#[derive(Debug)]
pub(crate) struct Shortcuts {
    presses: UnboundedSender<Press>,
    /// Held while they are registered or taken back.
    turn: Mutex<()>,
}

#[derive(Debug)]
struct Press {
    act: Act,
    down: bool,
    at: Instant,
}

/// Starts the task that decides which press acts.
pub(crate) fn start(app: &AppHandle<Runtime>) {
    let (sender, presses) = unbounded_channel();
    app.manage(Shortcuts {
        presses: sender,
        turn: Mutex::default(),
    });
    tauri::async_runtime::spawn(decide(app.clone(), presses));
}

async fn decide(app: AppHandle<Runtime>, mut presses: UnboundedReceiver<Press>) {
    let mut keys = Keys::default();
    loop {
        let wakes_at = keys.wakes_at();
        let sleep = async {
            match wakes_at {
                Some(at) => tokio::time::sleep_until(at.into()).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            press = presses.recv() => match press {
                Some(Press { act, down: true, at }) => keys.press(act, at),
                Some(Press { act, down: false, at }) => keys.release(act, at),
                None => return,
            },
            () = sleep => {}
        }
        let appeared = app.state::<Ring>().appeared();
        for act in keys.due(Instant::now(), appeared) {
            carry_out(&app, act).await;
        }
    }
}

async fn carry_out(app: &AppHandle<Runtime>, act: Act) {
    let phone = app.state::<PhoneHandle>().inner().clone();
    let Some(deed) = deed::of(act, &phone.phone().borrow()) else {
        return;
    };
    match deed {
        Deed::AskTransfer => desk::show_callbar(app, CallbarPanel::Transfer),
        Deed::AskDial => match selection::number().await {
            Some(number) => {
                let by = DialSource::Selection;
                desk::ask(app, AskView::Dial { number, by });
            }
            None => tracing::info!("Nothing that is a number is selected"),
        },
        deed => {
            if let Err(refusal) = deed.carry_out(&phone).await {
                tracing::info!(%refusal, "A shortcut was refused");
            }
        }
    }
}

/// Registers the shortcuts as the preferences say, and says which the system did not take.
/// Waits for the main thread.
pub(crate) fn apply(app: &AppHandle<Runtime>, preferences: &Preferences) -> Vec<PreferenceTrouble> {
    let shortcuts = app.state::<Shortcuts>();
    let _turn = shortcuts
        .turn
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let is_there = take_back(app);
    if !preferences.global_shortcuts {
        return Vec::new();
    }
    if !is_there && let Err(error) = add_plugin(app) {
        tracing::warn!(%error, "Global shortcuts");
    }
    preferences
        .shortcuts
        .iter()
        .filter_map(|shortcut| {
            let keys = shortcut.keys.as_deref()?;
            let code = register(app, shortcut.act, keys).err()?;
            Some(PreferenceTrouble {
                code: code.to_owned(),
                act: Some(shortcut.act),
            })
        })
        .collect()
}

/// While keys are recorded, they are not meant: `on` takes the shortcuts back, then they act again.
/// Waits for the main thread.
pub(crate) fn record(app: &AppHandle<Runtime>, preferences: &Preferences, on: bool) {
    if !on {
        // What the system did not take is known from when it was chosen.
        apply(app, preferences);
        return;
    }
    let shortcuts = app.state::<Shortcuts>();
    let _turn = shortcuts
        .turn
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    take_back(app);
}

/// Answers whether there is anything that could be registered with.
fn take_back(app: &AppHandle<Runtime>) -> bool {
    let is_there = app.try_state::<GlobalShortcut<Runtime>>().is_some();
    if is_there && let Err(error) = app.global_shortcut().unregister_all() {
        tracing::warn!(%error, "Take the shortcuts back");
    }
    is_there
}

/// Only once somebody wants it: on X11 it looks for keys twenty times a second. It belongs to the
/// thread that runs the windows.
fn add_plugin(app: &AppHandle<Runtime>) -> anyhow::Result<()> {
    let (sender, added) = mpsc::channel();
    let handle = app.clone();
    app.run_on_main_thread(move || {
        // The receiver waits below.
        let _ = sender.send(handle.plugin(Builder::new().build()));
    })?;
    Ok(added.recv()??)
}

fn register(app: &AppHandle<Runtime>, act: Act, keys: &str) -> Result<(), &'static str> {
    let shortcut = parse(keys).ok_or("shortcut_invalid")?;
    let shortcuts = app
        .try_state::<GlobalShortcut<Runtime>>()
        .ok_or("shortcut_taken")?;
    let presses = app.state::<Shortcuts>().presses.clone();
    let registered = shortcuts.on_shortcut(shortcut, move |_, _, event| {
        let down = event.state == ShortcutState::Pressed;
        let at = Instant::now();
        // The task that listens lives as long as the program.
        let _ = presses.send(Press { act, down, at });
    });
    registered.map_err(|error| {
        tracing::info!(%error, ?act, "A shortcut was not taken");
        "shortcut_taken"
    })
}

/// A key that is also typed must come with Control, Alt or the system's own key.
fn parse(keys: &str) -> Option<Shortcut> {
    let shortcut: Shortcut = keys.parse().ok()?;
    let held = Modifiers::CONTROL | Modifiers::ALT | Modifiers::SUPER;
    let key = keys.rsplit('+').next()?;
    let stands_alone = key
        .strip_prefix('F')
        .is_some_and(|digits| digits.parse::<u8>().is_ok());
    (shortcut.mods.intersects(held) || stands_alone).then_some(shortcut)
}

#[cfg(test)]
mod tests {
    use tauri_plugin_global_shortcut::Code;

    use super::*;

    #[test]
    fn the_keys_that_it_comes_with_are_all_understood() {
        for shortcut in Preferences::default().shortcuts {
            let keys = shortcut.keys.unwrap();
            assert!(parse(&keys).is_some(), "{keys}");
        }
    }

    #[test]
    fn keys_are_named_after_their_place() {
        let same = |keys: &str, code: Code| parse(keys).unwrap().key == code;
        assert!(same("Ctrl+Alt+M", Code::KeyM));
        assert!(same("Ctrl+Shift+1", Code::Digit1));
        assert!(same("Alt+Super+ArrowUp", Code::ArrowUp));
        assert!(same("F9", Code::F9));
    }

    #[test]
    fn a_key_that_is_typed_is_no_shortcut_alone() {
        for keys in ["M", "Shift+M", "Enter", "Ctrl+Alt", "Ctrl+Alt+Nonsense", ""] {
            assert!(parse(keys).is_none(), "{keys}");
        }
    }
}
