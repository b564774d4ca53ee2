//! A call that comes while somebody types in another program: the ring window, the call window.

use std::time::Duration;

use alobar_e2e::desktop::Place;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::agent::{AGENT, Agent, COLLEAGUE};
use crate::app::{App, CALLBAR, PATIENCE, POPUP, RING};

/// Where other desktops put their notifications: none of our windows may stand under them.
const TOASTS: Place = Place {
    x: 1280 - 420,
    y: 0,
    width: 420,
    height: 180,
};

const NOTE: &str = "Nội dung trao đổi";

/// CB-10, CB-22, CB-23, CP-01.
#[tokio::test]
async fn a_call_rings_above_a_program_that_keeps_its_keys_and_one_click_answers_it() -> Result<()> {
    let mut agent = Agent::at_work().await?;
    let (app, desktop) = (&agent.app, agent.app.desktop());
    let other = agent.other.window(desktop)?;
    desktop.window(CALLBAR)?.minimize()?;
    desktop.gone(CALLBAR)?;
    other.activate()?;

    let call = agent.colleague.dial(AGENT);
    let ring = desktop.window(RING)?;
    let keys = ["a", "space", "Return", "Escape", "BackSpace", "1"];
    agent.other.gets(desktop, &keys)?;
    app.calls_are(&["alerting"]).await?;
    let (callbar, popup) = (desktop.window(CALLBAR)?, desktop.window(POPUP)?);
    ensure!(ring.is_above()?, "another window can cover the ring");
    let bar = callbar.place()?;
    let place = ring.comes_to("the ring under the callbar", |ring| {
        ring.y == bar.bottom() + 8 && 2 * ring.x + ring.width == 2 * bar.x + bar.width
    })?;
    ensure!(!place.overlaps(&TOASTS), "{place:?}");
    ensure!(
        !place.overlaps(&popup.place()?),
        "the call window is in its way"
    );
    for window in ["callbar", "popup", "ring"] {
        app.enter(window).await?;
        app.sees(COLLEAGUE).await?;
        app.has_no_barrier().await?;
    }
    app.screenshot("ring")?;

    ensure!(
        other.has_focus()?,
        "the call took the keyboard: {}",
        desktop.focused()?
    );
    app.click(&ring, "Trả lời").await?;
    app.calls_are(&["established"]).await?;
    desktop.gone(RING)?;
    agent.other.gets(desktop, &["b"])?;
    app.screenshot("ring-answered")?;

    the_note_outlives_the_page(app).await?;
    agent.colleague.act("hang_up", call);
    app.calls_are(&[]).await?;

    agent.colleague.dial(AGENT);
    let ring = desktop.window(RING)?;
    app.enter("ring").await?;
    app.click(&ring, "Từ chối").await?;
    app.calls_are(&[]).await?;
    desktop.gone(RING)?;

    let call = agent.colleague.dial(AGENT);
    desktop.window(RING)?;
    agent.colleague.act("hang_up", call);
    app.enter("ring").await?;
    app.sees("Người gọi đã dừng trước khi bạn nghe").await?;
    app.is_drawn().await?;
    app.screenshot("ring-over")?;
    desktop.gone(RING)
}

/// CP-04: the page does not own what is written in it.
async fn the_note_outlives_the_page(app: &App) -> Result<()> {
    let desktop = app.desktop();
    let popup = desktop.window(POPUP)?;
    app.enter("popup").await?;
    app.click_at(&popup, "//textarea").await?;
    popup.gets_focus()?;
    desktop.type_text("hen goi lai")?;
    app.field_holds(NOTE, "hen goi lai").await?;
    app.screenshot("popup-note")?;
    is_kept(app, "hen goi lai").await?;
    app.reload().await?;
    app.field_holds(NOTE, "hen goi lai").await?;
    app.click_at(&popup, "//footer//button").await?;
    desktop.gone(POPUP)
}

/// Waits until the hub has the note of the call whose tab is open.
async fn is_kept(app: &App, text: &str) -> Result<()> {
    let tab = |view: &Value| view["tabs"][0].is_string();
    let view = app.view_is("calls_view", "a call", tab).await?;
    let calls = view["calls"].as_array().context("The calls")?;
    let open = calls.iter().find(|call| call["id"] == view["tabs"][0]);
    let key = open.context("The open call")?["key"].clone();
    let path = format!("/api/calls/{}", key.as_str().context("Its key")?);
    let ask = json!({ "practice": false, "method": "GET", "path": path, "body": null });
    let kept = async {
        loop {
            let answer = app.invoke("ask_hub", json!({ "ask": ask })).await?;
            let body = answer.map_or(Value::Null, |answer| answer["body"].clone());
            let call: Value = serde_json::from_str(body.as_str().unwrap_or("null"))?;
            if call["forms"][0]["body"] == text {
                return anyhow::Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(PATIENCE, kept)
        .await
        .context("The note is kept")?
}
