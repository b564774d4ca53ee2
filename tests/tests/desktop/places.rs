//! Where the windows stand, from one start to the next.

use std::ffi::OsString;

use alobar_e2e::desktop::{Desktop, Keyring};
use anyhow::{Result, ensure};
use serde_json::json;

use crate::app::{App, CALLBAR};

/// CB-22: each comes back where a person left it, and to the main monitor when its own is gone.
#[tokio::test]
async fn windows_come_back_where_they_were_or_to_the_main_monitor() -> Result<()> {
    let memory = tempfile::tempdir()?;
    let start = async |desktop| {
        let folder: OsString = memory.path().into();
        App::start(desktop, &[("ALOBAR_DATA_DIR", folder)]).await
    };

    let app = start(Desktop::start_with(Keyring::Absent, 2560, 1440)?).await?;
    app.sees("Kết nối trực tiếp tổng đài").await?;
    let workspace = app.open_workspace(json!({ "view": "calls" })).await?;
    workspace.move_to(300, 500)?;
    workspace.resize(1200, 800)?;
    let left = workspace.place()?;
    app.desktop().window(CALLBAR)?.move_to(2000, 300)?;
    let desktop = quit(app)?;

    let app = start(desktop).await?;
    app.desktop()
        .window(CALLBAR)?
        .comes_to("the callbar where it was", |bar| {
            (bar.x, bar.y) == (2000, 300)
        })?;
    app.open_workspace(json!({ "view": "calls" }))
        .await?
        .comes_to("the workspace where it was", |now| now == left)?;
    quit(app)?;

    let app = start(Desktop::start(Keyring::Absent)?).await?;
    let bar = app.desktop().window(CALLBAR)?;
    bar.comes_to("the callbar at the top centre", |bar| {
        (bar.x, bar.y) == ((1280 - 360) / 2, 8)
    })?;
    ensure!(bar.is_above()?, "another window can cover the callbar");
    Ok(())
}

fn quit(app: App) -> Result<Desktop> {
    let program = app.desktop().window(CALLBAR)?.program()?;
    app.close_callbar()?;
    app.desktop().ended(program)?;
    Ok(app.leave())
}
