//! Tells the system which links are ours, and that they no longer are.

use tauri::AppHandle;
use tauri_plugin_deep_link::{DeepLinkExt, Result};

use crate::{Runtime, links::SCHEMES};

/// On macOS the bundle names the schemes (`tauri.macos.conf.json`): there is nothing to do.
pub(crate) fn register(app: &AppHandle<Runtime>) -> Result<()> {
    if cfg!(target_os = "macos") {
        return Ok(());
    }
    // Also what is registered already: the program may have moved.
    SCHEMES
        .iter()
        .try_for_each(|scheme| app.deep_link().register(scheme))
}

/// Another program's registration stays.
pub(crate) fn unregister(app: &AppHandle<Runtime>) -> Result<()> {
    if cfg!(target_os = "macos") {
        return Ok(());
    }
    SCHEMES
        .iter()
        .try_for_each(|scheme| match app.deep_link().is_registered(scheme) {
            Ok(false) => Ok(()),
            Ok(true) | Err(_) => remove(app, scheme),
        })
}

#[cfg(not(windows))]
fn remove(app: &AppHandle<Runtime>, scheme: &str) -> Result<()> {
    app.deep_link().unregister(scheme)
}

/// The plugin would also remove what an administrator registered for the whole machine.
#[cfg(windows)]
fn remove(_app: &AppHandle<Runtime>, scheme: &str) -> Result<()> {
    let key = format!("Software\\Classes\\{scheme}");
    windows_registry::CURRENT_USER.remove_tree(key)?;
    Ok(())
}
