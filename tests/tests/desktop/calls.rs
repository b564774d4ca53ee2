//! Calls from the real window: a person, a headset and a real exchange.

use std::{ffi::OsString, path::Path};

use alobar_e2e::{
    alobar::Phone,
    desktop::{Desktop, Keyring, until},
    headset::{Headset, RATE},
    lab::{Lab, Transport, password},
    sound,
};
use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::app::{App, CALLBAR, POPUP, RING};
use crate::notifications::Notifications;

/// Signed out, with a headset, in reach of the lab.
pub(crate) struct Desk {
    pub(crate) app: App,
    headset: Headset,
    pub(crate) lab: Lab,
}

impl Desk {
    pub(crate) async fn new() -> Result<Desk> {
        let lab = Lab::up(0)?;
        let headset = Headset::start()?;
        let mut environment: Vec<(&str, OsString)> =
            vec![("SSL_CERT_FILE", lab.ca_path().into_os_string())];
        environment.extend(headset.environment());
        let app = App::start(Desktop::start(Keyring::Unlocked)?, &environment).await?;
        Ok(Desk { app, headset, lab })
    }

    async fn signed_in(extension: u16) -> Result<Desk> {
        let desk = Desk::new().await?;
        let server = Transport::Wss.server(desk.lab.address());
        desk.sign_in(&server, extension, &password(extension))
            .await?;
        desk.app.field("Số cần gọi").await?;
        Ok(desk)
    }

    pub(crate) async fn sign_in(&self, server: &str, extension: u16, password: &str) -> Result<()> {
        self.app.fill("Máy chủ", server).await?;
        self.app.fill("Máy lẻ", &extension.to_string()).await?;
        self.app.fill("Mật khẩu", password).await?;
        self.app.press("Kết nối").await
    }

    /// Says a sentence into the microphone and measures how much of it the speaker gives back.
    fn speak_and_listen(&self) -> Result<f32> {
        let folder = self.app.desktop().home();
        let speech = folder.join("speech.wav");
        sound::speak(&speech);
        let ear = self.headset.listen(folder.join("ear.raw"))?;
        self.headset.speak(&speech)?;
        let said = sound::samples(&speech);
        // The echo's end is still under way when the last word has been said.
        let enough = said.len() / 8 * (RATE / 1000) + RATE;
        until("the echo's end", || {
            ear.heard().is_ok_and(|heard| heard.len() > enough)
        })?;
        Ok(sound::likeness(
            &said,
            &sound::at_telephone_rate(&ear.heard()?, RATE),
        ))
    }
}

/// CB-07, CB-08: a number typed on the keyboard, Enter, and a conversation.
#[tokio::test]
async fn what_is_said_to_the_echo_number_is_heard_again() -> Result<()> {
    let desk = Desk::signed_in(1090).await?;
    desk.app.screenshot("registered")?;
    desk.app.fill("Số cần gọi", "600\u{e007}").await?;
    desk.app
        .find("//button[not(@disabled)][contains(., 'Giữ máy')]")
        .await?;
    let likeness = desk.speak_and_listen()?;
    desk.app.screenshot("in-call")?;
    // Echo cancelling takes some of one's own voice away when it comes back.
    ensure!(
        likeness > sound::HEARD,
        "likeness of what was heard: {likeness}"
    );
    desk.app.press("Kết thúc").await?;
    desk.app.sees("Đã kết thúc").await?;
    desk.app.screenshot("call-ended")
}

/// Each hears what the other says: speech in the virtual microphone arrives at the colleague, the
/// colleague's speech arrives in the virtual speaker.
#[tokio::test]
async fn a_colleague_and_the_agent_hear_each_other() -> Result<()> {
    let desk = Desk::signed_in(1096).await?;
    let folder = desk.app.desktop().home();
    let (said, heard) = (folder.join("said.wav"), folder.join("heard.wav"));
    let account = folder.join("colleague.toml");
    sound::speak(&said);
    std::fs::write(&account, desk.lab.account_toml(1097, Transport::Wss))?;
    let paths = (said.to_string_lossy(), heard.to_string_lossy());
    let mut colleague = Phone::registered(&account, &["--play", &paths.0, "--record", &paths.1]);

    desk.app.fill("Số cần gọi", "1097\u{e007}").await?;
    let call = colleague.wait_incoming();
    let ear = desk.headset.listen(folder.join("ear.raw"))?;
    colleague.act("answer", call);
    let words = sound::samples(&said);
    let length = words.len() / 8 * (RATE / 1000);
    until("the colleague's last word", || {
        ear.heard()
            .is_ok_and(|heard| heard.len() > length + 2 * RATE)
    })?;
    desk.headset.speak(&said)?;
    until("the agent's last word", || {
        ear.heard()
            .is_ok_and(|heard| heard.len() > 2 * length + 3 * RATE)
    })?;
    colleague.act("hang_up", call);
    desk.app.sees("Bên kia đã gác máy").await?;
    colleague.quit();

    let here = sound::likeness(&words, &sound::at_telephone_rate(&ear.heard()?, RATE));
    let there = sound::likeness(&words, &sound::samples(&heard));
    ensure!(
        here > sound::HEARD && there > sound::HEARD,
        "likeness of what was heard: {here} here, {there} there"
    );
    Ok(())
}

/// Whoever calls chooses the name: in every window and in the notification it is text.
#[tokio::test]
async fn a_hostile_name_is_shown_as_text() -> Result<()> {
    const NAME: &str = "<img src=x onerror=intruder=1>&amp;";
    let desk = Desk::signed_in(1091).await?;
    let (app, desktop) = (&desk.app, desk.app.desktop());
    let notifications = Notifications::start(desktop)?;
    let caller = format!("\"{NAME}\u{202e}\" <0987654321>");
    desk.lab.originate(1091, &caller, "Echo", "")?;
    let notice = notifications.wait_button("Trả lời")?;
    ensure!(
        notice
            .body
            .contains("&lt;img src=x onerror=intruder=1&gt;&amp;amp;"),
        "{notice:?}"
    );
    ensure!(!notice.body.contains(['<', '\u{202e}']), "{notice:?}");
    for (window, title) in [("callbar", CALLBAR), ("ring", RING), ("popup", POPUP)] {
        desktop.window(title)?;
        app.enter(window).await?;
        app.sees(NAME).await?;
        let intruder = app.evaluate("return typeof intruder").await?;
        ensure!(intruder == "undefined", "{window}: the name has run");
    }
    app.screenshot("hostile-name")?;
    app.enter("ring").await?;
    app.press("Từ chối").await?;
    app.enter("callbar").await?;
    app.calls_are(&[]).await.map(drop)
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_host_each_have_their_own_sentence() -> Result<()> {
    let desk = Desk::new().await?;
    let server = Transport::Wss.server(desk.lab.address());
    desk.sign_in(&server, 1092, "not the password").await?;
    desk.app.sees("Sai máy lẻ hoặc mật khẩu").await?;
    desk.app.screenshot("wrong-password")?;
    desk.sign_in("wss://no-such-exchange.invalid:8089/ws", 1092, "any")
        .await?;
    desk.app.sees("Không tìm thấy máy chủ").await
}

#[tokio::test]
async fn closing_the_callbar_unregisters() -> Result<()> {
    let desk = Desk::signed_in(1093).await?;
    ensure!(
        is_registered(&desk.lab, 1093)?,
        "the exchange knows the phone"
    );
    desk.app.close_callbar()?;
    until("the exchange to forget the phone", || {
        is_registered(&desk.lab, 1093).is_ok_and(|registered| !registered)
    })
}

pub(crate) fn is_registered(lab: &Lab, extension: u16) -> Result<bool> {
    let contacts = lab.cli("pjsip show contacts")?;
    Ok(contacts.contains(&format!("{extension}/sip:")))
}

/// The keyring keeps the password; no file of ours does.
#[tokio::test]
async fn the_password_is_in_no_file() -> Result<()> {
    let desk = Desk::signed_in(1094).await?;
    let account = json!({ "view": "settings", "section": "account" });
    desk.app.open_workspace(account).await?;
    desk.app
        .sees("Mật khẩu nằm trong kho khóa của máy.")
        .await?;
    let secret = password(1094);
    for file in files(&desk.app.desktop().home().join("alobar"))? {
        let text = std::fs::read(&file)?;
        ensure!(
            !text
                .windows(secret.len())
                .any(|part| part == secret.as_bytes()),
            "the password is in {}",
            file.display()
        );
    }
    let view = desk
        .app
        .invoke("phone_view", Value::Null)
        .await?
        .unwrap_or_default();
    ensure!(
        !view.to_string().contains(&secret),
        "the password is in the view"
    );
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    ensure!(!found.is_empty(), "nothing in {}", folder.display());
    Ok(found)
}
