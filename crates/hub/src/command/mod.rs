//! What people write: versioned domain commands, done once.
//!
//! A desktop keeps each command in its local file until the hub has acknowledged it, so a command
//! may come late and may come twice. Everything a command changes, its lines in the change log and
//! the answer that a repetition gets are one transaction.

mod contact;
mod patch;

use alobar_core::{CommandId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

pub use contact::{ContactFields, ContactPatch, CreateContact, UpdateContact};
pub(crate) use patch::merge;

use crate::db::Tx;
use crate::db::table::change_log::{self, NewChange};
use crate::db::table::idempotency::{self, Answered};
use crate::error::Refused;
use crate::hub::Hub;
use crate::identity::Identity;
use crate::subject::Subject;

/// A command and its own id, by which it is done once. The id is made by the writer (UUID version 7).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Envelope {
    pub id: CommandId,
    pub command: Command,
}

/// What is to be done. The number after the dot grows when a command's meaning changes; the hub
/// keeps understanding the ones that a desktop may still hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind")]
pub enum Command {
    #[serde(rename = "create_contact.1")]
    CreateContact(CreateContact),
    #[serde(rename = "update_contact.1")]
    UpdateContact(UpdateContact),
}

/// What has become of the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Done {
    pub subject: Subject,
    pub rev: i64,
    /// What people call it, of a ticket, task or order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
}

impl Done {
    pub(crate) fn new(subject: Subject, rev: i64) -> Self {
        Self {
            subject,
            rev,
            number: None,
        }
    }
}

/// A command under way.
pub(crate) struct Doing<'a> {
    pub(crate) tx: Tx,
    pub(crate) by: &'a Identity,
    /// Epoch milliseconds.
    pub(crate) now: i64,
}

impl Doing<'_> {
    /// Adds a line to the history of `subject`.
    pub(crate) async fn log(
        &mut self,
        subject: Subject,
        rev: i64,
        op: &'static str,
        fields: Map<String, Json>,
    ) -> Result<(), Refused> {
        let change = NewChange {
            at: self.now,
            actor: Some(self.by.user),
            subject,
            rev,
            op,
            fields,
            only_for: None,
        };
        Ok(change_log::add(&mut self.tx, change).await?)
    }
}

/// Does a command, or answers as it was answered before.
pub(crate) async fn execute(hub: &Hub, by: &Identity, envelope: Envelope) -> Result<Done, Refused> {
    let request_hash = hash(&envelope.command)?;
    let mut doing = Doing {
        tx: hub.db().write().await?,
        by,
        now: hub.now(),
    };
    if let Some(answered) = idempotency::find(&mut doing.tx, envelope.id).await? {
        return repeat(answered, by.user, &request_hash);
    }
    let done = perform(&mut doing, envelope.command).await?;
    let response = serde_json::to_value(&done).map_err(|e| Refused::Bug(e.to_string()))?;
    let answered = Answered {
        user: by.user,
        request_hash,
        response,
    };
    idempotency::add(&mut doing.tx, envelope.id, answered, doing.now).await?;
    let head = change_log::head(&mut doing.tx).await?;
    doing.tx.commit().await?;
    hub.moved_to(head);
    Ok(done)
}

fn repeat(answered: Answered, user: UserId, request_hash: &[u8]) -> Result<Done, Refused> {
    if answered.user != user || answered.request_hash != request_hash {
        return Err(Refused::rejected("command_id_used"));
    }
    serde_json::from_value(answered.response).map_err(|e| Refused::Bug(e.to_string()))
}

async fn perform(doing: &mut Doing<'_>, command: Command) -> Result<Done, Refused> {
    match command {
        Command::CreateContact(create) => contact::create(doing, create).await,
        Command::UpdateContact(update) => contact::update(doing, update).await,
    }
}

fn hash(command: &Command) -> Result<Vec<u8>, Refused> {
    let text = serde_json::to_vec(command).map_err(|e| Refused::Bug(e.to_string()))?;
    Ok(Sha256::digest(text).to_vec())
}

/// `text` without spaces around it; refused when nothing is left or it is longer than `most`.
pub(crate) fn mandatory(text: &str, field: &'static str, most: usize) -> Result<String, Refused> {
    let text = optional(text, field, most)?;
    if text.is_empty() {
        return Err(Refused::field("field_missing", field));
    }
    Ok(text)
}

/// `text` without spaces around it; refused when it is longer than `most` characters.
pub(crate) fn optional(text: &str, field: &'static str, most: usize) -> Result<String, Refused> {
    let text = text.trim();
    if text.chars().count() > most {
        return Err(Refused::field("field_too_long", field));
    }
    Ok(text.to_owned())
}

/// For a field of a patch: `null` is a value, absence is not.
pub(crate) fn given<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
