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
use serde_json::Value;

use crate::app::App;

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

/// CB-10 and CB-23: the callbar comes up by itself, leaves the keyboard to the program that has
/// it, and one click answers although another window has the focus.
#[tokio::test]
async fn an_incoming_call_comes_up_without_the_focus_and_one_click_answers_it() -> Result<()> {
    let desk = Desk::signed_in(1091).await?;
    let desktop = desk.app.desktop();
    let callbar = desktop.ask("xdotool", &["search", "--onlyvisible", "--name", "^Alobar"])?;
    let _other = desktop.spawn("xev")?;
    let other = desktop.ask("xdotool", &["search", "--sync", "--name", "^Event Tester"])?;
    desktop.ask("xdotool", &["windowactivate", "--sync", &other])?;
    desktop.ask("xdotool", &["windowminimize", "--sync", &callbar])?;

    desk.lab
        .originate(1091, "\"Nguyễn Văn An\" <0987654321>", "Echo", "")?;
    desktop.ask(
        "xdotool",
        &["search", "--sync", "--onlyvisible", "--name", "^Alobar"],
    )?;
    desk.app.sees("0987 654 321").await?;
    let focus = desktop.ask("xdotool", &["getwindowfocus"])?;
    ensure!(
        focus == other,
        "the focus went to {focus}, callbar {callbar}, before it {other}"
    );
    desk.app.screenshot("incoming")?;

    click(&desk.app, &callbar, "Trả lời").await?;
    desk.app
        .find("//button[not(@disabled)][contains(., 'Giữ máy')]")
        .await?;
    desk.app.press("Kết thúc").await
}

/// Clicks as a hand does: the X server decides which window gets it, and whether it counts.
async fn click(app: &App, window: &str, button: &str) -> Result<()> {
    app.find(&format!("//button[normalize-space(.)='{button}']"))
        .await?;
    let middle = app
        .evaluate(&format!(
            "const button = [...document.querySelectorAll('button')]
                 .find((button) => button.innerText.trim() === '{button}');
             const box = button.getBoundingClientRect();
             return [box.x + box.width / 2, box.y + box.height / 2].map((n) => Math.round(n))"
        ))
        .await?;
    let (x, y) = (middle[0].to_string(), middle[1].to_string());
    app.desktop()
        .ask("xdotool", &["mousemove", "--window", window, &x, &y])?;
    app.desktop().ask("xdotool", &["click", "1"]).map(drop)
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
    let callbar = desk
        .app
        .desktop()
        .ask("xdotool", &["search", "--onlyvisible", "--name", "^Alobar"])?;
    let desktop = desk.app.desktop();
    desktop.ask(
        "xdotool",
        &["windowactivate", "--sync", &callbar, "key", "alt+F4"],
    )?;
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
    desk.app.press("Cài đặt").await?;
    desk.app.enter("settings").await?;
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
