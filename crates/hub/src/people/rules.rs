//! What people and teams may be called.

use crate::auth;
use crate::command::{mandatory, optional};
use crate::db::table::hub_user::Person;
use crate::db::table::team::Membership;
use crate::error::Refused;

const USERNAME: usize = 64;
const NAME: usize = 200;
const EMAIL: usize = 200;
const EXTENSION: usize = 32;
const SIP_PASSWORD: usize = 200;
const TEAMS: usize = 50;

pub(super) fn checked(person: Person) -> Result<Person, Refused> {
    let username = mandatory(&auth::username(&person.username), "username", USERNAME)?;
    if username.chars().any(char::is_whitespace) {
        return Err(Refused::field("field_malformed", "username"));
    }
    let extension = given(person.extension, "extension", EXTENSION)?;
    // It becomes the user part of a SIP address.
    let is_user = |text: &String| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    if !extension.iter().all(is_user) {
        return Err(Refused::field("field_malformed", "extension"));
    }
    Ok(Person {
        username,
        name: mandatory(&person.name, "name", NAME)?,
        email: given(person.email, "email", EMAIL)?,
        extension,
        ..person
    })
}

/// Empty is nothing.
fn given(
    text: Option<String>,
    field: &'static str,
    most: usize,
) -> Result<Option<String>, Refused> {
    let text = optional(text.as_deref().unwrap_or_default(), field, most)?;
    Ok((!text.is_empty()).then_some(text))
}

pub(super) fn team_name(text: &str) -> Result<String, Refused> {
    mandatory(text, "name", NAME)
}

/// Exactly as it is: spaces may be part of it.
pub(super) fn sip_password(text: &str) -> Result<&str, Refused> {
    match text.chars().count() {
        0 => Err(Refused::field("field_missing", "sip_password")),
        length if length > SIP_PASSWORD => Err(Refused::field("field_too_long", "sip_password")),
        _ => Ok(text),
    }
}

/// Each team once, in the order they are read back.
pub(super) fn distinct(mut teams: Vec<Membership>) -> Result<Vec<Membership>, Refused> {
    if teams.len() > TEAMS {
        return Err(Refused::field("too_many", "teams"));
    }
    teams.sort_by_key(|it| it.team);
    if teams.windows(2).any(|two| two[0].team == two[1].team) {
        return Err(Refused::field("field_malformed", "teams"));
    }
    Ok(teams)
}
