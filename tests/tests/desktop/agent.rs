//! An agent at work: signed in at a practice exchange, typing in another program, with a
//! colleague who calls.

use std::{ffi::OsString, fs, path::Path};

use alobar_e2e::{
    alobar::Phone,
    desktop::{Desktop, Keyring, OtherProgram},
    headset::Headset,
    practice::PracticeExchange,
};
use anyhow::Result;

use crate::{app::App, notifications::Notifications};

/// Whom the colleague calls, and who calls.
pub(crate) const AGENT: &str = "1001";
pub(crate) const COLLEAGUE: &str = "1002";

/// Ended in this order.
pub(crate) struct Agent {
    pub(crate) app: App,
    pub(crate) other: OtherProgram,
    pub(crate) notifications: Notifications,
    pub(crate) colleague: Phone,
    pub(crate) exchange: PracticeExchange,
    _headset: Headset,
}

impl Agent {
    pub(crate) async fn at_work() -> Result<Agent> {
        let exchange = PracticeExchange::start(&["--speed", "10"]);
        let headset = Headset::start()?;
        let desktop = Desktop::start(Keyring::Absent)?;
        let notifications = Notifications::start(&desktop)?;
        let account = desktop.home().join("account.toml");
        fs::write(&account, exchange.account_toml(AGENT.parse()?))?;
        let mut environment: Vec<(&str, OsString)> = vec![("ALOBAR_ACCOUNT", account.into())];
        environment.extend(headset.environment());
        let app = App::start(desktop, &environment).await?;
        let colleague = colleague(&exchange, app.desktop())?;
        app.phone_is("registered", |view| {
            view["registration"]["state"] == "registered"
        })
        .await?;
        let other = OtherProgram::start(app.desktop())?;
        Ok(Agent {
            app,
            other,
            notifications,
            colleague,
            exchange,
            _headset: headset,
        })
    }
}

fn colleague(exchange: &PracticeExchange, desktop: &Desktop) -> Result<Phone> {
    let account = desktop.home().join("colleague.toml");
    fs::write(&account, exchange.account_toml(COLLEAGUE.parse()?))?;
    let words = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/practice/clips/vi/speak.wav");
    let heard = desktop.home().join("colleague.wav");
    let files = (words.to_string_lossy(), heard.to_string_lossy());
    Ok(Phone::registered(
        &account,
        &["--play", &files.0, "--record", &files.1],
    ))
}
