//! Adding the first people, by whoever runs the hub.

use alobar_core::UserId;

use crate::db::table::team::{self, Membership, Team};
use crate::error::Refused;
use crate::hub::Hub;
use crate::identity::Role;
use crate::people::{self, NewPerson, NewTeam};

/// The person was not added.
#[derive(Debug, thiserror::Error)]
#[error("{code}{field}")]
pub struct UserRefused {
    /// As the API's.
    pub code: String,
    field: String,
}

impl From<Refused> for UserRefused {
    fn from(refused: Refused) -> Self {
        let field = match &refused {
            Refused::Rejected { params, .. } => {
                let values = params.iter().map(|(_, value)| format!(" ({value})"));
                values.collect()
            }
            _ => String::new(),
        };
        Self {
            code: refused.code().to_owned(),
            field,
        }
    }
}

/// Adds a person, into `team` if one is named: made when it is not there, led by a lead. How good
/// the password is, is left to whoever runs the hub.
///
/// # Errors
/// A field is refused, or the database fails.
pub async fn add_user(
    hub: &Hub,
    mut person: NewPerson,
    team: Option<&str>,
) -> Result<UserId, UserRefused> {
    if person.password.is_empty() {
        return Err(Refused::field("field_missing", "password").into());
    }
    if let Some(name) = team {
        person.teams.push(Membership {
            team: find_or_add(hub, name).await?.id,
            is_lead: person.role == Role::Lead,
        });
    }
    Ok(people::add(hub, None, person).await?.person.id)
}

async fn find_or_add(hub: &Hub, name: &str) -> Result<Team, Refused> {
    let name = name.trim();
    let mut tx = hub.db().read().await?;
    let found = team::by_name(&mut tx, name).await?;
    drop(tx);
    if let Some(team) = found {
        return Ok(team);
    }
    let name = name.to_owned();
    people::add_team(hub, None, NewTeam { name }).await
}
