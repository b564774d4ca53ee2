//! The windows by themselves: no exchange, no sound.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use alobar_e2e::desktop::{Child, Desktop, Keyring, Place};
use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::agent::{AGENT, Agent};
use crate::app::{self, App, CALLBAR, POPUP, RING};

async fn app(keyring: Keyring) -> Result<App> {
    App::start(Desktop::start(keyring)?, &[]).await
}

/// CB-22: at the top centre, above other windows, grown for the form.
#[tokio::test]
async fn a_first_start_asks_for_exchange_user_and_password_at_the_top_centre() -> Result<()> {
    let app = app(Keyring::Unlocked).await?;
    app.sees("Kết nối trực tiếp tổng đài").await?;
    for field in ["Máy chủ", "Máy lẻ hoặc tên đăng nhập", "Mật khẩu"] {
        app.field(field).await?;
    }
    let callbar = app.desktop().window(CALLBAR)?;
    let place = Place {
        x: (1280 - 360) / 2,
        y: 8,
        width: 360,
        height: 620,
    };
    callbar.comes_to("the top centre", |now| now == place)?;
    ensure!(callbar.is_above()?, "another window can cover the callbar");
    app.screenshot("sign-in")?;
    app.has_no_barrier().await
}

#[tokio::test]
async fn without_a_keyring_the_form_says_that_the_password_is_asked_each_time() -> Result<()> {
    let app = app(Keyring::Absent).await?;
    app.sees("hỏi mật khẩu mỗi lần mở").await?;
    app.screenshot("sign-in-without-keyring")
}

#[tokio::test]
async fn the_language_changes_in_every_window_at_once() -> Result<()> {
    let app = app(Keyring::Absent).await?;
    let display = json!({ "view": "settings", "section": "display" });
    let workspace = app.open_workspace(display).await?;
    app.sees("Ngôn ngữ").await?;
    workspace.comes_to("the whole of a small screen", |now| {
        (now.width, now.height) == (1280, 800)
    })?;
    app.has_no_barrier().await?;
    app.screenshot("settings")?;
    app.enter("callbar").await?;
    app.press("English").await?;
    app.enter("workspace").await?;
    app.sees("Language").await?;
    app.screenshot("settings-english")?;
    let title = "Alobar · Workspace";
    app.desktop().window(title)?;
    app.find("//*[@role='radio'][.='Tiếng Việt']")
        .await?
        .click()
        .await?;
    app.sees("Ngôn ngữ").await?;
    app.enter("callbar").await?;
    app.sees("Kết nối trực tiếp tổng đài").await
}

/// Own commands are listed per window and denied elsewhere.
#[tokio::test]
async fn a_command_that_is_not_granted_to_a_window_is_denied_there() -> Result<()> {
    let mut agent = Agent::at_work().await?;
    let (app, desktop) = (&agent.app, agent.app.desktop());
    app.open_workspace(json!({ "view": "calls" })).await?;
    agent.colleague.dial(AGENT);
    for window in [RING, POPUP] {
        desktop.window(window)?;
    }
    let devices = [
        "choose_devices",
        "listen",
        "echo_test",
        "test_sound",
        "levels",
    ];
    let own = ["sign_in", "set_expanded", "answer_ask"];
    let ring = [
        "dial",
        "hang_up",
        "transfer",
        "write_down",
        "ask_hub",
        "open_workspace",
        "sign_out",
    ];
    denied(app, "callbar", &devices).await?;
    denied(
        app,
        "callbar",
        &["set_preferences", "write_down", "ask_hub"],
    )
    .await?;
    denied(app, "popup", &devices).await?;
    denied(app, "popup", &own).await?;
    denied(
        app,
        "popup",
        &["set_preferences", "sign_out", "decide_unsent"],
    )
    .await?;
    denied(app, "ring", &devices).await?;
    denied(app, "ring", &own).await?;
    denied(app, "ring", &ring).await?;
    denied(app, "workspace", &own).await?;
    denied(app, "workspace", &["transfer", "send_dtmf"]).await?;
    ensure!(
        app.invoke("settings_view", json!({})).await?.is_ok(),
        "the workspace reads the settings"
    );
    Ok(())
}

async fn denied(app: &App, window: &str, commands: &[&str]) -> Result<()> {
    app.enter(window).await?;
    for command in commands {
        let refusal = app
            .invoke(command, json!({}))
            .await?
            .err()
            .unwrap_or_default()
            .to_string();
        ensure!(
            refusal.contains("not allowed"),
            "{window} {command}: {refusal}"
        );
    }
    Ok(())
}

/// The page can run no code but its own files, and has no way to Tauri but our bridge.
#[tokio::test]
async fn script_from_text_does_not_run() -> Result<()> {
    let app = app(Keyring::Absent).await?;
    let script = "try { return new Function('return 1')() } catch (error) { return error.name }";
    assert_eq!(app.evaluate(script).await?, json!("EvalError"));
    let inline = "const script = document.createElement('script');
        script.textContent = 'window.intruder = true';
        document.body.append(script);
        return window.intruder ?? 'blocked'";
    assert_eq!(app.evaluate(inline).await?, json!("blocked"));
    assert_eq!(
        app.evaluate("return typeof window.__TAURI__").await?,
        json!("undefined")
    );
    Ok(())
}

#[tokio::test]
async fn a_second_start_ends_and_brings_the_first_forward() -> Result<()> {
    let app = app(Keyring::Absent).await?;
    app.sees("Kết nối trực tiếp tổng đài").await?;
    let callbar = app.desktop().window(CALLBAR)?;
    callbar.minimize()?;
    app.desktop().gone(CALLBAR)?;
    app.desktop()
        .ask(app::program()?.to_str().unwrap_or_default(), &[])?;
    app.desktop().window(CALLBAR)?.gets_focus()
}

/// `cargo xtask run` waits for this line before it takes its picture.
#[tokio::test]
async fn the_first_paint_is_told_to_a_waiting_script() -> Result<()> {
    let desktop = Desktop::start(Keyring::Absent)?;
    let mut command = desktop.command(app::program()?.to_str().unwrap_or_default());
    command
        .env("ALOBAR_DATA_DIR", desktop.home().join("alobar"))
        .env("ALOBAR_REPORT_PAINT", "1");
    let mut program = Child::spawn(command.stdout(Stdio::piped()), "alobar-desktop")?;
    let mut lines = BufReader::new(program.output().context("The program's output")?).lines();
    ensure!(
        lines.any(|line| line.is_ok_and(|line| line == "ALOBAR_FIRST_PAINT")),
        "no first paint"
    );
    Ok(())
}
