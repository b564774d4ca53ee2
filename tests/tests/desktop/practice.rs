//! Practice in the real window: from an empty home to a customer who listens and answers.

use std::{
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use alobar_e2e::{
    desktop::{Desktop, Keyring, until},
    headset::{Ear, Headset, RATE},
    lab::{Transport, password},
    sound,
};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::app::App;
use crate::calls::{Desk, is_registered};

/// A spoken line of the exchange, or one that is good enough for an agent.
fn clip(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../crates/practice/clips/vi")
        .join(format!("{name}.wav"))
}

/// One click on a machine where nobody was ever signed in, and a customer rings. What the customer
/// says arrives in the headset, and the customer goes on once the agent has spoken.
#[test]
fn a_newcomer_practises_a_call_with_a_customer_who_listens() -> Result<()> {
    let runtime = Runtime::new()?;
    let headset = Headset::start()?;
    let app = runtime.block_on(App::start(
        Desktop::start(Keyring::Absent)?,
        &headset.environment(),
    ))?;
    runtime.block_on(app.sees("Kết nối trực tiếp tổng đài"))?;
    app.screenshot("practice-sign-in")?;
    let mut begin = "Luyện tập";
    sound::listening(|| {
        let call = serve_a_customer(&app, &headset, begin);
        let (request, thanks) = runtime.block_on(call).map_err(|why| format!("{why:#}"))?;
        begin = "Khách gọi đến";
        if request > sound::HEARD && thanks > sound::HEARD {
            Ok(())
        } else {
            Err(format!(
                "likeness of the request {request}, of the thanks {thanks}"
            ))
        }
    });
    Ok(())
}

/// Likeness of the customer's request and thanks to what the headset played.
async fn serve_a_customer(app: &App, headset: &Headset, begin: &str) -> Result<(f32, f32)> {
    let pressed = Instant::now();
    app.press(begin).await?;
    app.find("//button[normalize-space(.)='Trả lời']").await?;
    note_ring(begin, pressed.elapsed())?;
    app.sees("LUYỆN TẬP").await?;
    app.screenshot("practice-ringing")?;
    app.press("Trả lời").await?;
    app.find("//button[not(@disabled)][contains(., 'Giữ máy')]")
        .await?;
    app.sees("LUYỆN TẬP").await?;

    let ear = headset.listen(app.desktop().home().join("ear.raw"))?;
    let request = hear_after_speaking(headset, &ear, &clip("customer-request"))?;
    app.screenshot("practice-in-call")?;
    let thanks = hear_after_speaking(headset, &ear, &clip("customer-thanks"))?;
    app.press("Kết thúc").await?;
    app.sees("Bạn đã gác máy trước khách").await?;
    app.sees("Để phục vụ khách thật, hãy kết nối tổng đài (Asterisk).")
        .await?;
    app.screenshot("practice-idle")?;
    Ok((request, thanks))
}

/// For `cargo xtask bench practice`: how long the first ring took, in milliseconds.
fn note_ring(begin: &str, after: Duration) -> Result<()> {
    match std::env::var_os("ALOBAR_RING_TIMES") {
        Some(file) if begin == "Luyện tập" => {
            let mut file = OpenOptions::new().create(true).append(true).open(file)?;
            Ok(writeln!(file, "{}", after.as_millis())?)
        }
        _ => Ok(()),
    }
}

/// Says something and measures how much the answer resembles `expected`.
fn hear_after_speaking(headset: &Headset, ear: &Ear, expected: &Path) -> Result<f32> {
    let before = ear.heard()?.len();
    headset.speak(&clip("welcome"))?;
    let expected = sound::samples(expected);
    // The customer waits for the end of the sentence; the sound is under way for a while.
    let enough = ear.heard()?.len() + expected.len() / 8 * (RATE / 1000) + RATE * 8 / 5;
    until("the customer's answer", || {
        ear.heard().is_ok_and(|heard| heard.len() > enough)
    })?;
    let heard = ear.heard()?;
    let answer = sound::at_telephone_rate(&heard[before..], RATE);
    Ok(sound::likeness(&expected, &answer))
}

/// Practice borrows the line: what was typed and who was signed in are there again after it.
#[tokio::test]
async fn leaving_practice_gives_back_the_form_and_the_account() -> Result<()> {
    let desk = Desk::new().await?;
    desk.app.fill("Máy chủ", "pbx.example").await?;
    desk.app.fill("Máy lẻ", "2002").await?;
    desk.app.press("Luyện tập").await?;
    turn_the_customer_away_and_leave(&desk.app).await?;
    for (field, typed) in [("Máy chủ", "pbx.example"), ("Máy lẻ", "2002")] {
        let value = desk.app.field(field).await?.prop("value").await?;
        ensure!(value.as_deref() == Some(typed), "{field}: {value:?}");
    }

    let server = Transport::Wss.server(desk.lab.address());
    desk.sign_in(&server, 1098, &password(1098)).await?;
    desk.app.field("Số cần gọi").await?;
    let settings = desk.app.desktop().home().join("alobar/settings.json");
    let before = std::fs::read(&settings)?;
    let account = json!({ "view": "settings", "section": "account" });
    desk.app.open_workspace(account).await?;
    desk.app.press("Luyện tập").await?;
    desk.app.enter("callbar").await?;
    desk.app.sees("LUYỆN TẬP").await?;
    ensure!(
        !is_registered(&desk.lab, 1098)?,
        "in practice no real call comes"
    );
    turn_the_customer_away_and_leave(&desk.app).await?;
    until("the exchange to know the phone again", || {
        is_registered(&desk.lab, 1098).is_ok_and(|registered| registered)
    })?;

    ensure!(std::fs::read(&settings)? == before, "settings have changed");
    let view = desk.app.invoke("phone_view", Value::Null).await?;
    let view = view.ok().context("The phone's view")?;
    ensure!(
        view["account"]["user"] == "1098" && view["practice"].is_null(),
        "{view}"
    );
    Ok(())
}

async fn turn_the_customer_away_and_leave(app: &App) -> Result<()> {
    app.press("Từ chối").await?;
    app.press("Rời luyện tập").await?;
    app.find("//body[not(contains(., 'LUYỆN TẬP'))]")
        .await
        .map(drop)
}

/// The program says goodbye to its own exchange before it ends.
#[tokio::test]
async fn closing_the_callbar_in_practice_ends_the_call_and_the_exchange() -> Result<()> {
    let headset = Headset::start()?;
    let desktop = Desktop::start(Keyring::Absent)?;
    let app = App::start(desktop, &headset.environment()).await?;
    app.press("Luyện tập").await?;
    app.press("Trả lời").await?;
    app.calls_are(&["established"]).await?;
    app.close_callbar()?;
    app.is_asked("Thoát khi đang gọi?").await?;
    app.press("Kết thúc và thoát").await?;
    let read = || app.log().unwrap_or_default();
    // Within the bound that the program gives itself, or this line is not written.
    until("the program's last line", || read().contains(" Stop\n"))?;
    let log = read();
    ensure!(
        log.contains("Call ended") && !log.contains("ERROR"),
        "{log}"
    );
    Ok(())
}
