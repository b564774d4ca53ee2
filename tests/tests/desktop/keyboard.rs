//! The whole day without a mouse, by real keys.

use alobar_e2e::lab::{Transport, password};
use anyhow::{Result, bail};

use crate::app::{App, CALLBAR, WORKSPACE};
use crate::calls::Desk;

const EXTENSION: u16 = 1099;

#[tokio::test]
async fn sign_in_call_and_settings_need_no_mouse() -> Result<()> {
    let desk = Desk::new().await?;
    let (app, desktop) = (&desk.app, desk.app.desktop());
    app.sees("Kết nối trực tiếp tổng đài").await?;
    desktop.window(CALLBAR)?.activate()?;

    for (label, text) in [
        ("Máy chủ", Transport::Wss.server(desk.lab.address())),
        ("Máy lẻ", EXTENSION.to_string()),
        ("Mật khẩu", password(EXTENSION)),
    ] {
        tab_to(
            app,
            &format!("//input[@id=//label[contains(., '{label}')]/@for]"),
        )
        .await?;
        desktop.press_keys(&["ctrl+a"])?;
        desktop.type_text(&text)?;
        app.field_holds(label, &text).await?;
    }
    desktop.press_keys(&["Return"])?;
    app.phone_is("registered", |view| {
        view["registration"]["state"] == "registered"
    })
    .await?;

    app.field("Số cần gọi").await?;
    desktop.press_keys(&["6", "0", "0", "Return"])?;
    app.calls_are(&["established"]).await?;
    app.sees("Tắt tiếng").await?;
    desktop.press_keys(&["ctrl+alt+m"])?;
    app.phone_is("muted", |view| view["muted"] == true).await?;
    desktop.press_keys(&["ctrl+alt+h"])?;
    app.phone_is("held", |view| view["calls"][0]["hold"] == "local")
        .await?;
    desktop.press_keys(&["ctrl+alt+t"])?;
    app.sees("Chuyển thẳng").await?;
    desktop.press_keys(&["Escape"])?;
    app.find("//body[not(contains(., 'Chuyển thẳng'))]").await?;
    app.calls_are(&["established"]).await?;
    desktop.key_down(&["ctrl", "alt", "BackSpace"])?;
    let ended = app.calls_are(&[]).await;
    desktop.key_up(&["BackSpace", "alt", "ctrl"])?;
    ended?;

    tab_to(
        app,
        "//button[@aria-label='Cài đặt' or normalize-space(.)='Cài đặt']",
    )
    .await?;
    desktop.press_keys(&["Return"])?;
    desktop.window(WORKSPACE)?;
    app.enter("workspace").await?;
    app.sees("Tài khoản").await?;
    desktop.press_keys(&["ctrl+k"])?;
    app.find("//input[@placeholder]").await?;
    desktop.type_text("giao dien")?;
    app.find("//*[@role='option'][contains(., 'Giao diện')]")
        .await?;
    desktop.press_keys(&["Return"])?;
    app.sees("Màu nền").await?;
    app.screenshot("settings-by-keys")
}

/// Presses Tab until the keyboard is there.
async fn tab_to(app: &App, xpath: &str) -> Result<()> {
    const PLACES: usize = 40;
    for _ in 0..PLACES {
        if app.is_focused(xpath).await? {
            return Ok(());
        }
        app.desktop().press_keys(&["Tab"])?;
    }
    bail!("{PLACES} times Tab do not lead to {xpath}")
}
