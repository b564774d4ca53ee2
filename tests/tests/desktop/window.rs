//! The windows by themselves: no exchange, no sound.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use alobar_e2e::desktop::{Child, Desktop, Keyring, until};
use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::app::{self, App};

async fn app(keyring: Keyring) -> Result<App> {
    App::start(Desktop::start(keyring)?, &[]).await
}

#[tokio::test]
async fn a_first_start_asks_for_exchange_user_and_password() -> Result<()> {
    let app = app(Keyring::Unlocked).await?;
    app.sees("Kết nối trực tiếp tổng đài").await?;
    for field in ["Máy chủ", "Máy lẻ hoặc tên đăng nhập", "Mật khẩu"] {
        app.field(field).await?;
    }
    app.screenshot("sign-in")
}

#[tokio::test]
async fn without_a_keyring_the_form_says_that_the_password_is_asked_each_time() -> Result<()> {
    let app = app(Keyring::Absent).await?;
    app.sees("hỏi mật khẩu mỗi lần mở").await?;
    app.screenshot("sign-in-without-keyring")
}

#[tokio::test]
async fn the_callbar_stands_at_the_top_centre_above_other_windows() -> Result<()> {
    let app = app(Keyring::Absent).await?;
    app.sees("Kết nối trực tiếp tổng đài").await?;
    let window = app
        .desktop()
        .ask("xdotool", &["search", "--onlyvisible", "--name", "^Alobar"])?;
    let place = app
        .desktop()
        .ask("xdotool", &["getwindowgeometry", &window])?;
    ensure!(
        place.contains("Position: 460,8"),
        "(1280 - 360) / 2 and 8 px down: {place}"
    );
    ensure!(
        place.contains("Geometry: 360x620"),
        "grown for the form: {place}"
    );
    let state = app
        .desktop()
        .ask("xprop", &["-id", &window, "_NET_WM_STATE"])?;
    ensure!(state.contains("_NET_WM_STATE_ABOVE"), "{state}");
    Ok(())
}

#[tokio::test]
async fn the_language_changes_in_every_window_at_once() -> Result<()> {
    let app = app(Keyring::Absent).await?;
    app.press("English").await?;
    app.press("Settings").await?;
    app.enter("settings").await?;
    app.sees("Devices").await?;
    app.screenshot("settings-english")?;
    app.find("//label[contains(., 'Tiếng Việt')]")
        .await?
        .click()
        .await?;
    app.sees("Thiết bị").await?;
    app.enter("callbar").await?;
    app.sees("Kết nối trực tiếp tổng đài").await
}

/// Item 7: own commands are listed per window and denied elsewhere.
#[tokio::test]
async fn a_command_that_is_not_granted_to_a_window_is_denied_there() -> Result<()> {
    let app = app(Keyring::Absent).await?;
    denied(&app, &["choose_devices", "levels"]).await?;
    let dialled = app.invoke("dial", json!({ "number": "600" })).await?;
    let refusal = dialled.err().unwrap_or_default().to_string();
    ensure!(
        !refusal.contains("not allowed"),
        "the callbar may dial: {refusal}"
    );

    app.press("Cài đặt").await?;
    app.enter("settings").await?;
    denied(
        &app,
        &[
            "dial",
            "answer",
            "hang_up",
            "transfer",
            "sign_in",
            "next_customer",
            "set_expanded",
        ],
    )
    .await?;
    ensure!(
        app.invoke("settings_view", json!({})).await?.is_ok(),
        "settings read the settings"
    );
    Ok(())
}

async fn denied(app: &App, commands: &[&str]) -> Result<()> {
    for command in commands {
        let refusal = app
            .invoke(command, json!({}))
            .await?
            .err()
            .unwrap_or_default()
            .to_string();
        ensure!(refusal.contains("not allowed"), "{command}: {refusal}");
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
    let callbar = app
        .desktop()
        .ask("xdotool", &["search", "--onlyvisible", "--name", "^Alobar"])?;
    app.desktop()
        .ask("xdotool", &["windowminimize", "--sync", &callbar])?;
    app.desktop()
        .ask(app::program()?.to_str().unwrap_or_default(), &[])?;
    app.desktop().ask(
        "xdotool",
        &["search", "--sync", "--onlyvisible", "--name", "^Alobar"],
    )?;
    let focus = || app.desktop().ask("xdotool", &["getwindowfocus"]);
    until("the callbar to have the focus", || {
        focus().is_ok_and(|focus| focus == callbar)
    })
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
