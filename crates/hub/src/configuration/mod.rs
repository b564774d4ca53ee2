//! What an admin sets up: the lists that people choose from, and how desktops behave. Desktops read
//! it as one document and keep it.

mod lists;
mod seed;
mod settings;

use std::collections::HashMap;

use alobar_core::{TeamId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use lists::{Entry, ListName};
pub(crate) use lists::{put, reorder};
pub(crate) use seed::fill_when_new;
pub use settings::{ExchangeSettings, PopupButtons, PopupSettings, PopupTab};
pub(crate) use settings::{Settings, find as setting, put as put_setting};

use crate::db::Tx;
use crate::db::table::call_type::CallType;
use crate::db::table::category::Category;
use crate::db::table::disposition::Disposition;
use crate::db::table::order_stage::OrderStage;
use crate::db::table::product::Product;
use crate::db::table::resolution_type::ResolutionType;
use crate::db::table::team::{self, Team};
use crate::db::table::template::Template;
use crate::db::table::{change_log, hub_user, list};
use crate::error::Refused;
use crate::subject::SubjectKind;

/// Everything a desktop has to know of the team. What is not active is there too, for records name
/// it; it is not offered. Each list in the order that people see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Configuration {
    /// Grows with anything here.
    pub rev: i64,
    pub popup: PopupSettings,
    /// None: nobody has said where the exchange is.
    pub exchange: Option<ExchangeSettings>,
    /// By name.
    pub people: Vec<Colleague>,
    pub teams: Vec<Team>,
    /// Parents before their children.
    pub categories: Vec<Category>,
    pub call_types: Vec<CallType>,
    pub dispositions: Vec<Disposition>,
    pub resolution_types: Vec<ResolutionType>,
    pub templates: Vec<Template>,
    pub products: Vec<Product>,
    pub order_stages: Vec<OrderStage>,
}

/// Whom work can be given to, when active.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Colleague {
    pub id: UserId,
    pub name: String,
    pub active: bool,
    pub teams: Vec<TeamId>,
}

/// The whole document as of one moment.
pub(crate) async fn read(tx: &mut Tx) -> Result<Configuration, Refused> {
    Ok(Configuration {
        rev: change_log::newest_of(tx, SubjectKind::Admin).await?,
        popup: setting(tx).await?.unwrap_or_default(),
        exchange: setting(tx).await?,
        people: people(tx).await?,
        teams: team::list(tx).await?,
        categories: list::all(tx).await?,
        call_types: list::all(tx).await?,
        dispositions: list::all(tx).await?,
        resolution_types: list::all(tx).await?,
        templates: list::all(tx).await?,
        products: list::all(tx).await?,
        order_stages: list::all(tx).await?,
    })
}

async fn people(tx: &mut Tx) -> Result<Vec<Colleague>, Refused> {
    let mut teams: HashMap<UserId, Vec<TeamId>> = HashMap::new();
    for (user, membership) in team::memberships(tx).await? {
        teams.entry(user).or_default().push(membership.team);
    }
    let mut people: Vec<Colleague> = hub_user::list(tx)
        .await?
        .into_iter()
        .map(|person| Colleague {
            teams: teams.remove(&person.id).unwrap_or_default(),
            id: person.id,
            name: person.name,
            active: person.active,
        })
        .collect();
    people.sort_by_cached_key(|person| alobar_core::fold::fold(&person.name));
    Ok(people)
}

#[cfg(test)]
mod tests;
