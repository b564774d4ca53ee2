//! Teams.

use alobar_core::UserId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::rules;
use crate::command::difference;
use crate::db::table::change_log::{self, NewChange};
use crate::db::table::team::{self, Team};
use crate::db::{DbError, Tx};
use crate::error::Refused;
use crate::hub::Hub;
use crate::subject::{Subject, SubjectKind};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct NewTeam {
    /// (*) No other team has it.
    pub(crate) name: String,
}

/// Absent: untouched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct TeamPatch {
    name: Option<String>,
    active: Option<bool>,
}

pub(crate) async fn add_team(hub: &Hub, by: Option<UserId>, new: NewTeam) -> Result<Team, Refused> {
    let now = hub.now();
    let team = Team {
        id: Uuid::now_v7().into(),
        rev: 1,
        created_at: now,
        updated_at: now,
        name: rules::team_name(&new.name)?,
        active: true,
    };
    let mut tx = hub.db().write().await?;
    unique(team::add(&mut tx, &team).await)?;
    log(&mut tx, by, &team, "created", Map::new()).await?;
    hub.keep(tx).await?;
    Ok(team)
}

pub(crate) async fn change_team(
    hub: &Hub,
    by: UserId,
    id: alobar_core::TeamId,
    patch: TeamPatch,
) -> Result<Team, Refused> {
    let mut tx = hub.db().write().await?;
    let before = team::find(&mut tx, id).await?.ok_or(Refused::NotFound)?;
    let name = patch.name.as_deref().unwrap_or(&before.name);
    let mut team = Team {
        name: rules::team_name(name)?,
        active: patch.active.unwrap_or(before.active),
        ..before.clone()
    };
    let changed = difference(&before, &team)?;
    if changed.is_empty() {
        return Ok(before);
    }
    (team.rev, team.updated_at) = (before.rev + 1, hub.now());
    unique(team::change(&mut tx, &team).await)?;
    log(&mut tx, Some(by), &team, "changed", changed).await?;
    hub.keep(tx).await?;
    Ok(team)
}

fn unique(written: Result<(), DbError>) -> Result<(), Refused> {
    match written {
        Err(DbError::Duplicate) => Err(Refused::field("field_taken", "name")),
        written => Ok(written?),
    }
}

async fn log(
    tx: &mut Tx,
    by: Option<UserId>,
    team: &Team,
    op: &'static str,
    fields: Map<String, Json>,
) -> Result<(), DbError> {
    let change = NewChange {
        at: team.updated_at,
        actor: by,
        subject: Subject::new(SubjectKind::Admin, team.id),
        rev: team.rev,
        op,
        fields,
        only_for: None,
    };
    change_log::add(tx, change).await
}
