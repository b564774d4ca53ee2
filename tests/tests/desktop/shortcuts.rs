//! The shortcuts that work while another program has the keyboard.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::agent::{AGENT, Agent};
use crate::app::{App, RING};
use crate::grab::Grab;

const DEAF: Duration = Duration::from_millis(600);
const SLIP: Duration = Duration::from_secs(1);

/// Off at first: until agreed to, every key belongs to the other programs.
#[tokio::test]
async fn shortcuts_work_in_other_programs_once_agreed_to() -> Result<()> {
    let mut agent = Agent::at_work().await?;
    let (app, desktop) = (&agent.app, agent.app.desktop());
    let shortcuts = json!({ "view": "settings", "section": "shortcuts" });
    app.open_workspace(shortcuts).await?;
    agent.other.window(desktop)?.activate()?;

    agent.colleague.dial(AGENT);
    desktop.window(RING)?;
    let appeared = Instant::now();
    agent.other.gets(desktop, &["ctrl+alt+Return", "x"])?;
    app.calls_are(&["alerting"]).await?;

    let taken = Grab::ctrl_alt(desktop, 'h')?;
    app.prefer(|all| all["global_shortcuts"] = json!(true))
        .await?;
    troubles_are(app, &json!([{ "code": "shortcut_taken", "act": "hold" }])).await?;
    app.screenshot("shortcut-taken")?;
    app.prefer(|all| all["global_shortcuts"] = json!(false))
        .await?;
    drop(taken);
    app.prefer(|all| all["global_shortcuts"] = json!(true))
        .await?;
    troubles_are(app, &json!([])).await?;

    // Keys pressed sooner were meant for the other program.
    tokio::time::sleep_until((appeared + DEAF).into()).await;
    desktop.press_keys(&["ctrl+alt+Return"])?;
    app.calls_are(&["established"]).await?;
    desktop.press_keys(&["ctrl+alt+m"])?;
    app.phone_is("muted", |view| view["muted"] == true).await?;
    let muted = Instant::now();
    agent.other.gets(desktop, &["y"])?;

    // Keys that are recorded in the settings are not meant.
    recording(app, true).await?;
    agent.other.gets(desktop, &["ctrl+alt+m"])?;
    recording(app, false).await?;
    // A second press sooner is a slip.
    tokio::time::sleep_until((muted + SLIP).into()).await;
    desktop.press_keys(&["ctrl+alt+m"])?;
    app.phone_is("heard again", |view| view["muted"] == false)
        .await?;

    desktop.press_keys(&["ctrl+alt+BackSpace"])?;
    let mute = json!({ "command": "mute", "on": false });
    agent.colleague.ask(&mute);
    // They come twice a second: longer than the keys have to be held.
    for _ in 0..3 {
        agent
            .colleague
            .wait("statistics", |event| event["event"] == "media");
    }
    app.calls_are(&["established"]).await?;
    desktop.key_down(&["ctrl", "alt", "BackSpace"])?;
    let ended = app.calls_are(&[]).await;
    desktop.key_up(&["BackSpace", "alt", "ctrl"])?;
    ended.map(drop)
}

async fn troubles_are(app: &App, expected: &Value) -> Result<()> {
    app.settings_are("troubles", |settings| settings["troubles"] == *expected)
        .await
}

async fn recording(app: &App, on: bool) -> Result<()> {
    let done = app.invoke("record_shortcut", json!({ "on": on })).await?;
    ensure!(done.is_ok(), "{done:?}");
    Ok(())
}
