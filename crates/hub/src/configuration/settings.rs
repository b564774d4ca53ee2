//! How desktops behave, and where they register.

use std::collections::HashSet;

use alobar_core::{DialFormat, codes};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::command::{Doing, Done, mandatory, merge};
use crate::db::Tx;
use crate::db::table::setting;
use crate::error::Refused;
use crate::subject::{Subject, SubjectKind};

const SERVER: usize = 200;

codes! {
    /// A tab of the customer's history in the popup.
    #[derive(ToSchema)]
    PopupTab {
        Calls = "calls",
        Tickets = "tickets",
        Orders = "orders",
        Tasks = "tasks",
    }
}

/// What the popup shows and asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PopupSettings {
    /// CP-13: those that are shown, in this order.
    pub tabs: Vec<PopupTab>,
    pub buttons: PopupButtons,
    /// A call is not finished before the agent has said what came of it.
    pub require_disposition: bool,
}

/// CP-16: which of these can be made from the popup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PopupButtons {
    pub ticket: bool,
    pub order: bool,
    pub task: bool,
}

impl Default for PopupSettings {
    fn default() -> Self {
        Self {
            tabs: PopupTab::ALL.to_vec(),
            buttons: PopupButtons {
                ticket: true,
                order: true,
                task: true,
            },
            require_disposition: false,
        }
    }
}

/// Where desktops register. A person's extension and secret come with their sign-in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ExchangeSettings {
    /// (*) `wss://host/ws`, `sips:host`, `sip:host;transport=tcp`.
    pub server: String,
    /// `national`, `+84`, `84`, `prefix:9`; none: as the desktop does by itself.
    #[serde(default)]
    pub dial_format: Option<String>,
}

/// Settings that are changed together.
pub(crate) trait Settings: Serialize + DeserializeOwned + Default {
    const KEY: &'static str;
    /// Its name in the change log.
    const ID: Uuid;

    fn checked(self) -> Result<Self, Refused>;
}

impl Settings for PopupSettings {
    const KEY: &'static str = "popup";
    const ID: Uuid = Uuid::from_bytes(*b"settings:popup\0\0");

    fn checked(self) -> Result<Self, Refused> {
        let different: HashSet<PopupTab> = self.tabs.iter().copied().collect();
        if different.len() < self.tabs.len() {
            return Err(Refused::field("field_malformed", "tabs"));
        }
        Ok(self)
    }
}

impl Settings for ExchangeSettings {
    const KEY: &'static str = "exchange";
    const ID: Uuid = Uuid::from_bytes(*b"settings:exchang");

    fn checked(self) -> Result<Self, Refused> {
        let server = mandatory(&self.server, "server", SERVER)?;
        if !names_a_server(&server) {
            return Err(Refused::field("field_malformed", "server"));
        }
        let format = self.dial_format.as_deref().map(str::parse::<DialFormat>);
        if format.is_some_and(|format| format.is_err()) {
            return Err(Refused::field("field_malformed", "dial_format"));
        }
        Ok(Self { server, ..self })
    }
}

/// Only that it can be one: the desktop has the grammar, and says what is wrong with it.
fn names_a_server(text: &str) -> bool {
    let rest = ["wss://", "ws://", "sips:", "sip:"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let is_plain = |letter: char| letter.is_ascii_graphic();
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_plain))
}

/// Nothing: never set.
pub(crate) async fn find<T: Settings>(tx: &mut Tx) -> Result<Option<T>, Refused> {
    let stored = setting::find(tx, T::KEY).await?;
    let value = stored.map(|stored| serde_json::from_value(stored.value));
    value
        .transpose()
        .map_err(|error| Refused::Bug(error.to_string()))
}

pub(crate) async fn put<T: Settings>(doing: &mut Doing<'_>, wanted: T) -> Result<Done, Refused> {
    let wanted = wanted.checked()?;
    let subject = Subject::new(SubjectKind::Admin, T::ID);
    let old: T = find(&mut doing.tx).await?.unwrap_or_default();
    // The last one wins: nobody has changed anything after the end of time.
    let patched = merge(&mut doing.tx, subject, &old, i64::MAX, &wanted).await?;
    let value = serde_json::to_value(wanted).map_err(|e| Refused::Bug(e.to_string()))?;
    let rev = setting::put(&mut doing.tx, T::KEY, value, doing.now).await?;
    if !patched.changed.is_empty() {
        doing.log(subject, rev, "changed", patched.changed).await?;
    }
    Ok(Done::new(subject, rev))
}
