//! The system's notifications: what they say and what their buttons do.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::agent::{AGENT, Agent, COLLEAGUE};
use crate::app::{WORKSPACE, phases};
use crate::notifications::Notice;

const ANSWER: &str = "Trả lời";
const DECLINE: &str = "Từ chối";

#[tokio::test]
async fn a_notification_answers_declines_and_keeps_quiet_about_who_called() -> Result<()> {
    let mut agent = Agent::at_work().await?;
    let desktop = agent.app.desktop();

    let call = agent.colleague.dial(AGENT);
    let notice = agent.notifications.wait_button(ANSWER)?;
    ensure!(notice.body.contains(COLLEAGUE), "{notice:?}");
    press(&agent, &notice, ANSWER, |view| {
        phases(view).eq(["established"])
    })
    .await?;
    ensure!(
        agent.other.window(desktop)?.has_focus()?,
        "the answer took the keyboard: {}",
        desktop.focused()?
    );
    agent.colleague.act("hang_up", call);
    agent.app.calls_are(&[]).await?;

    let call = agent.colleague.dial(AGENT);
    let notice = agent.notifications.wait_button(DECLINE)?;
    press(&agent, &notice, DECLINE, |view| {
        phases(view).next().is_none()
    })
    .await?;
    let end = agent.colleague.wait_phase(call, "terminated");
    ensure!(end["cause"] == "remote_declined", "{end}");

    let call = agent.colleague.dial(AGENT);
    let notice = agent.notifications.wait_button(ANSWER)?;
    agent.colleague.act("hang_up", call);
    agent.notifications.wait_closed(&notice)?;
    let is_missed = |notice: &Notice| notice.summary == "Cuộc gọi nhỡ";
    let notice = agent.notifications.wait("the missed call", is_missed)?;
    ensure!(notice.body.contains(COLLEAGUE), "{notice:?}");
    let missed = agent.notifications.all().into_iter().filter(is_missed);
    ensure!(missed.count() == 1, "neither of the first two is missed");
    press(&agent, &notice, "Mở", |_| {
        desktop.shown(WORKSPACE).is_some()
    })
    .await?;
    agent.app.enter("workspace").await?;
    agent.app.sees(COLLEAGUE).await?;
    agent.app.has_no_barrier().await?;
    agent.app.screenshot("workspace-calls")?;

    agent
        .app
        .prefer(|preferences| preferences["notify"]["discreet"] = json!(true))
        .await?;
    let call = agent.colleague.dial(AGENT);
    let notice = agent.notifications.wait_button(ANSWER)?;
    let told = format!("{} {}", notice.summary, notice.body);
    ensure!(!told.contains(COLLEAGUE), "{told}");
    agent.colleague.act("hang_up", call);
    agent.app.calls_are(&[]).await?;

    drop(agent.exchange);
    agent
        .notifications
        .wait("the lost connection", |notice| {
            notice.summary == "Mất kết nối tổng đài"
        })
        .map(drop)
}

/// Presses a button until it has worked: the program listens for it from a moment after the
/// bubble is there, which is sooner than any hand.
async fn press(
    agent: &Agent,
    notice: &Notice,
    label: &str,
    has_worked: impl Fn(&Value) -> bool,
) -> Result<()> {
    let press = |view: &Value| {
        let worked = has_worked(view);
        if !worked {
            agent.notifications.press(notice, label).expect("pressed");
        }
        worked
    };
    agent.app.phone_is(label, press).await.map(drop)
}
