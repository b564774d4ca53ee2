//! What the program asks before it does it: dialling a link, ending calls by quitting.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::agent::Agent;
use crate::app::{App, CALLBAR, program};

const DIAL: &str = "Gọi số này?";
const QUIT: &str = "Thoát khi đang gọi?";

/// A click on a number in a web page starts the program with the link. It must not dial by itself.
#[tokio::test]
async fn a_link_is_dialled_and_a_call_ended_by_quitting_only_after_a_yes() -> Result<()> {
    let agent = Agent::at_work().await?;
    let (app, desktop) = (&agent.app, agent.app.desktop());
    let startup = json!({ "view": "settings", "section": "startup" });
    app.open_workspace(startup).await?;
    app.prefer(|all| all["phone_links"] = json!(true)).await?;

    app.enter("callbar").await?;
    open_link(app, "tel:600")?;
    app.is_asked(DIAL).await?;
    app.sees("600").await?;
    app.screenshot("ask-dial")?;
    app.has_no_barrier().await?;
    let callbar = desktop.window(CALLBAR)?;
    callbar.gets_focus()?;
    desktop.press_keys(&["Escape"])?;
    app.is_not_asked(DIAL).await?;
    app.calls_are(&[]).await?;

    open_link(app, "tel:600")?;
    app.is_asked(DIAL).await?;
    app.press("Gọi").await?;
    app.calls_are(&["established"]).await?;

    let program = callbar.program()?;
    app.close_callbar()?;
    app.is_asked(QUIT).await?;
    app.screenshot("ask-quit")?;
    app.press("Ở lại").await?;
    app.is_not_asked(QUIT).await?;
    app.calls_are(&["established"]).await?;
    app.close_callbar()?;
    app.is_asked(QUIT).await?;
    app.press("Kết thúc và thoát").await?;
    desktop.ended(program)?;
    let log = app.log()?;
    ensure!(
        log.contains("Call ended") && !log.contains("ERROR"),
        "{log}"
    );
    Ok(())
}

/// The second process hands the link over and ends well.
fn open_link(app: &App, link: &str) -> Result<()> {
    let program = program()?;
    let program = program.to_string_lossy();
    app.desktop().ask(&program, &[link]).map(drop)
}
