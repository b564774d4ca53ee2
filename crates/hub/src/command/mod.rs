//! What people write: versioned domain commands, done once.
//!
//! A desktop keeps each command in its local file until the hub has acknowledged it, so a command
//! may come late and may come twice. Everything a command changes, its lines in the change log and
//! the answer that a repetition gets are one transaction.

mod call;
mod contact;
mod difference;
mod note;
mod order;
mod patch;
mod task;
mod ticket;

use alobar_core::{CommandId, ContactId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

pub use call::{ReportCall, ReportLeg, SaveCallForm};
pub use contact::{ContactFields, ContactPatch, CreateContact, UpdateContact};
pub(crate) use difference::difference;
pub use note::{AddNote, ChangeNote, Follow, RemoveNote};
pub use order::{CreateOrder, LineChange, OrderPatch, UpdateOrder};
pub(crate) use patch::merge;
pub use task::{CreateTask, TaskPatch, UpdateTask};
pub use ticket::{CreateTicket, TicketPatch, UpdateTicket};

use crate::db::Tx;
use crate::db::table::call as db_call;
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
#[serde(tag = "do")]
pub enum Command {
    #[serde(rename = "add_note.1")]
    AddNote(AddNote),
    #[serde(rename = "change_note.1")]
    ChangeNote(ChangeNote),
    #[serde(rename = "create_contact.1")]
    CreateContact(CreateContact),
    #[serde(rename = "create_order.1")]
    CreateOrder(CreateOrder),
    #[serde(rename = "create_task.1")]
    CreateTask(CreateTask),
    #[serde(rename = "create_ticket.1")]
    CreateTicket(CreateTicket),
    #[serde(rename = "follow.1")]
    Follow(Follow),
    #[serde(rename = "remove_note.1")]
    RemoveNote(RemoveNote),
    #[serde(rename = "report_call.1")]
    ReportCall(ReportCall),
    #[serde(rename = "save_call_form.1")]
    SaveCallForm(SaveCallForm),
    #[serde(rename = "unfollow.1")]
    Unfollow(Follow),
    #[serde(rename = "update_contact.1")]
    UpdateContact(UpdateContact),
    #[serde(rename = "update_order.1")]
    UpdateOrder(UpdateOrder),
    #[serde(rename = "update_task.1")]
    UpdateTask(UpdateTask),
    #[serde(rename = "update_ticket.1")]
    UpdateTicket(UpdateTicket),
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
    hub.keep(doing.tx).await?;
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
        Command::AddNote(it) => note::add(doing, it).await,
        Command::ChangeNote(it) => note::change(doing, it).await,
        Command::CreateContact(it) => contact::create(doing, it).await,
        Command::CreateOrder(it) => order::create(doing, it).await,
        Command::CreateTask(it) => task::create(doing, it).await,
        Command::CreateTicket(it) => ticket::create(doing, it).await,
        Command::Follow(it) => note::follow(doing, it).await,
        Command::RemoveNote(it) => note::remove(doing, it).await,
        Command::ReportCall(it) => call::report(doing, it).await,
        Command::SaveCallForm(it) => call::save_form(doing, it).await,
        Command::Unfollow(it) => note::unfollow(doing, it).await,
        Command::UpdateContact(it) => contact::update(doing, it).await,
        Command::UpdateOrder(it) => order::update(doing, it).await,
        Command::UpdateTask(it) => task::update(doing, it).await,
        Command::UpdateTicket(it) => ticket::update(doing, it).await,
    }
}

/// The call that a record is made from; its report may come later. `contact` is its customer, unless
/// the call has one.
async fn call_id(
    doing: &mut Doing<'_>,
    key: Option<&str>,
    contact: Option<ContactId>,
) -> Result<Option<Uuid>, Refused> {
    let Some(key) = key else {
        return Ok(None);
    };
    let key = mandatory(key, "call_key", call::KEY)?;
    let known = db_call::by_key(&mut doing.tx, &key).await?;
    let contact = contact.filter(|_| known.is_none_or(|call| call.contact_id.is_none()));
    let call = db_call::mention(&mut doing.tx, &key, contact, doing.now).await?;
    Ok(Some(call.id))
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
    as_typed(text.trim(), field, most)
}

/// `text` to its last space, as it is kept while it is being typed.
pub(crate) fn as_typed(text: &str, field: &'static str, most: usize) -> Result<String, Refused> {
    let text: String = text.chars().filter(|&c| !is_hostile(c)).collect();
    if text.chars().count() > most {
        return Err(Refused::field("field_too_long", field));
    }
    Ok(text)
}

/// What came over the network, where nobody can shorten it: cut. None: nothing is there.
pub(crate) fn cut(text: Option<&str>, most: usize) -> Option<String> {
    let text = text?.trim().chars().filter(|&c| !is_hostile(c));
    let text: String = text.take(most).collect();
    (!text.is_empty()).then_some(text)
}

/// No text needs control characters but line ends and tabs, nor the marks that show what follows
/// in another order; PostgreSQL keeps no NUL.
fn is_hostile(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// For a field of a patch: `null` is a value, absence is not.
pub(crate) fn given<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
