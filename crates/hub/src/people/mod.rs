//! What an admin does with people and teams. Each act is one transaction with its line in the
//! change log; it is done now or refused, never kept to be sent again.

mod rules;
mod teams;

use alobar_core::UserId;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) use teams::{NewTeam, TeamPatch, add_team, change_team};

use crate::auth;
use crate::command::{difference, given};
use crate::db::table::change_log::{self, NewChange};
use crate::db::table::hub_user::{self, Person};
use crate::db::table::session::{self, Revoked};
use crate::db::table::team::{self, Membership};
use crate::db::{DbError, Tx};
use crate::error::Refused;
use crate::hub::Hub;
use crate::identity::Role;
use crate::seal::seal;
use crate::subject::{Subject, SubjectKind};

/// Somebody new.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NewPerson {
    /// (*) What is typed to sign in: at most 64 characters without spaces; case does not matter.
    pub username: String,
    /// (*)
    pub name: String,
    #[serde(default)]
    pub email: Option<String>,
    pub role: Role,
    #[serde(default)]
    pub teams: Vec<Membership>,
    /// Of the exchange; nobody else has it.
    #[serde(default)]
    pub extension: Option<String>,
    pub password: String,
    /// What the phone registers with. Never read back.
    #[serde(default)]
    pub sip_password: Option<String>,
}

impl std::fmt::Debug for NewPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewPerson").finish_non_exhaustive()
    }
}

/// Absent: untouched. `null`: emptied.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub(crate) struct PersonPatch {
    username: Option<String>,
    name: Option<String>,
    #[serde(deserialize_with = "given")]
    email: Option<Option<String>>,
    role: Option<Role>,
    active: Option<bool>,
    teams: Option<Vec<Membership>>,
    #[serde(deserialize_with = "given")]
    extension: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    sip_password: Option<Option<String>>,
}

/// A person as an admin sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct PersonView {
    #[serde(flatten)]
    pub(crate) person: Person,
    pub(crate) teams: Vec<Membership>,
    pub(crate) has_sip_password: bool,
}

/// Adds a person. The password's worth is the caller's to judge.
pub(crate) async fn add(
    hub: &Hub,
    by: Option<UserId>,
    new: NewPerson,
) -> Result<PersonView, Refused> {
    let now = hub.now();
    let person = rules::checked(Person {
        id: Uuid::now_v7().into(),
        rev: 1,
        created_at: now,
        updated_at: now,
        username: new.username,
        name: new.name,
        email: new.email,
        role: new.role,
        active: true,
        extension: new.extension,
    })?;
    let phc = hub.doors().passwords.hash(new.password).await?;
    let mut tx = hub.db().write().await?;
    username_is_free(&mut tx, &person).await?;
    extension_is_free(hub_user::add(&mut tx, &person).await)?;
    hub_user::set_password(&mut tx, person.id, &phc).await?;
    if let Some(secret) = &new.sip_password {
        put_sip_password(hub, &mut tx, person.id, Some(secret)).await?;
    }
    team::put(&mut tx, person.id, &rules::distinct(new.teams)?).await?;
    log(&mut tx, by, now, &person, "created", Map::new()).await?;
    let view = view(&mut tx, person).await?;
    hub.keep(tx).await?;
    Ok(view)
}

/// Changes a person. A new role, or who may no longer sign in, ends what they are signed in with.
pub(crate) async fn change(
    hub: &Hub,
    by: UserId,
    id: UserId,
    patch: PersonPatch,
) -> Result<PersonView, Refused> {
    let now = hub.now();
    let mut tx = hub.db().write().await?;
    let old = view_of(&mut tx, id).await?.ok_or(Refused::NotFound)?;
    let before = old.person;
    let mut person = rules::checked(Person {
        username: patch.username.unwrap_or_else(|| before.username.clone()),
        name: patch.name.unwrap_or_else(|| before.name.clone()),
        email: patch.email.unwrap_or_else(|| before.email.clone()),
        role: patch.role.unwrap_or(before.role),
        active: patch.active.unwrap_or(before.active),
        extension: patch.extension.unwrap_or_else(|| before.extension.clone()),
        ..before.clone()
    })?;
    let mut changed = difference(&before, &person)?;
    if let Some(teams) = patch.teams {
        let teams = rules::distinct(teams)?;
        if teams != old.teams {
            team::put(&mut tx, id, &teams).await?;
            changed.insert("teams".to_owned(), json!([old.teams, teams]));
        }
    }
    if let Some(secret) = patch.sip_password {
        put_sip_password(hub, &mut tx, id, secret.as_deref()).await?;
        // That it changed, not what it is.
        changed.insert("sip_password".to_owned(), json!([null, null]));
    }
    if changed.is_empty() {
        return Ok(view(&mut tx, before).await?);
    }
    (person.rev, person.updated_at) = (before.rev + 1, now);
    username_is_free(&mut tx, &person).await?;
    extension_is_free(hub_user::change(&mut tx, &person).await)?;
    if hub_user::active_admins(&mut tx).await? == 0 {
        return Err(Refused::rejected("last_admin"));
    }
    let because = match () {
        () if before.active && !person.active => Some(Revoked::AccountInactive),
        () if before.role != person.role => Some(Revoked::RoleChanged),
        () => None,
    };
    if let Some(because) = because {
        session::revoke_of_user(&mut tx, id, because, now).await?;
    }
    log(&mut tx, Some(by), now, &person, "changed", changed).await?;
    let view = view(&mut tx, person).await?;
    hub.keep(tx).await?;
    hub.doors().tell_revoked(id);
    Ok(view)
}

/// Gives a person a new password and ends what they are signed in with.
pub(crate) async fn reset_password(
    hub: &Hub,
    by: UserId,
    id: UserId,
    password: String,
) -> Result<(), Refused> {
    let person = hub_user::find(&mut hub.db().read().await?, id).await?;
    let person = person.ok_or(Refused::NotFound)?;
    auth::worth(&password, &person.username)?;
    let phc = hub.doors().passwords.hash(password).await?;
    let mut tx = hub.db().write().await?;
    hub_user::set_password(&mut tx, id, &phc).await?;
    end(
        hub,
        tx,
        by,
        &person,
        Revoked::PasswordChanged,
        "password_reset",
    )
    .await
}

/// Ends everything a person is signed in with.
pub(crate) async fn revoke(hub: &Hub, by: UserId, id: UserId) -> Result<(), Refused> {
    let mut tx = hub.db().write().await?;
    let person = hub_user::find(&mut tx, id)
        .await?
        .ok_or(Refused::NotFound)?;
    end(hub, tx, by, &person, Revoked::ByAdmin, "signed_out").await
}

async fn end(
    hub: &Hub,
    mut tx: Tx,
    by: UserId,
    person: &Person,
    because: Revoked,
    op: &'static str,
) -> Result<(), Refused> {
    let now = hub.now();
    session::revoke_of_user(&mut tx, person.id, because, now).await?;
    log(&mut tx, Some(by), now, person, op, Map::new()).await?;
    hub.keep(tx).await?;
    hub.doors().tell_revoked(person.id);
    Ok(())
}

/// Everybody, as an admin sees them.
pub(crate) async fn list(tx: &mut Tx) -> Result<Vec<PersonView>, DbError> {
    let mut views = Vec::new();
    for person in hub_user::list(tx).await? {
        views.push(view(tx, person).await?);
    }
    Ok(views)
}

async fn view_of(tx: &mut Tx, id: UserId) -> Result<Option<PersonView>, DbError> {
    match hub_user::find(tx, id).await? {
        Some(person) => view(tx, person).await.map(Some),
        None => Ok(None),
    }
}

async fn view(tx: &mut Tx, person: Person) -> Result<PersonView, DbError> {
    Ok(PersonView {
        teams: team::of_user(tx, person.id).await?,
        has_sip_password: hub_user::sip_secret(tx, person.id).await?.is_some(),
        person,
    })
}

async fn put_sip_password(
    hub: &Hub,
    tx: &mut Tx,
    id: UserId,
    secret: Option<&str>,
) -> Result<(), Refused> {
    let secret = secret.map(rules::sip_password).transpose()?;
    let sealed = secret.map(|secret| seal(hub.key(), &sip_place(id), secret.as_bytes()));
    let sealed = sealed.transpose();
    let sealed = sealed.map_err(|error| Refused::Bug(error.to_string()))?;
    Ok(hub_user::set_sip_secret(tx, id, sealed).await?)
}

/// Where a SIP secret belongs: it cannot be put at another person.
pub(crate) fn sip_place(user: UserId) -> Vec<u8> {
    format!("sip_secret of {user}").into_bytes()
}

async fn username_is_free(tx: &mut Tx, person: &Person) -> Result<(), Refused> {
    let namesake = hub_user::by_username(tx, &person.username).await?;
    if namesake.is_some_and(|it| it.id != person.id) {
        return Err(Refused::field("field_taken", "username"));
    }
    Ok(())
}

/// After the username, only the extension can be somebody else's.
fn extension_is_free(written: Result<(), DbError>) -> Result<(), Refused> {
    match written {
        Err(DbError::Duplicate) => Err(Refused::field("field_taken", "extension")),
        written => Ok(written?),
    }
}

async fn log(
    tx: &mut Tx,
    by: Option<UserId>,
    now: i64,
    person: &Person,
    op: &'static str,
    fields: Map<String, Json>,
) -> Result<(), DbError> {
    let change = NewChange {
        at: now,
        actor: by,
        subject: Subject::new(SubjectKind::Admin, person.id),
        rev: person.rev,
        op,
        fields,
        only_for: None,
    };
    change_log::add(tx, change).await
}

#[cfg(test)]
mod tests;
