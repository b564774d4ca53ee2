//! Notes and followers.

use alobar_core::{NoteId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use utoipa::ToSchema;

use super::{Doing, Done, mandatory};
use crate::db::Tx;
use crate::db::table::note::{self, Note};
use crate::db::table::{contact, follower, sales_order, task, ticket};
use crate::error::{Conflict, Refused};
use crate::subject::{Subject, SubjectKind};

const BODY: usize = 10_000;

/// TK-35, TS-13, OR-20: a note on a customer, a ticket, a task or an order. The id is made by the
/// writer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AddNote {
    pub id: NoteId,
    pub subject: Subject,
    /// (*) At most 10,000 characters.
    pub body: String,
}

/// Of one's own, or by an admin; `base_rev` is what the writer saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChangeNote {
    pub id: NoteId,
    pub base_rev: i64,
    pub body: String,
}

/// Of one's own, or by an admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RemoveNote {
    pub id: NoteId,
}

/// TK-32: who is told about it, or no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Follow {
    pub subject: Subject,
    /// None: the writer.
    #[serde(default)]
    pub user_id: Option<UserId>,
}

pub(super) async fn add(doing: &mut Doing<'_>, add: AddNote) -> Result<Done, Refused> {
    let body = mandatory(&add.body, "body", BODY)?;
    let note = Note {
        id: add.id,
        rev: 1,
        created_at: doing.now,
        updated_at: doing.now,
        author_id: doing.by.user,
        subject: add.subject,
        body,
    };
    let rev = rev_of(&mut doing.tx, add.subject).await?;
    note::add(&mut doing.tx, &note).await?;
    let fields = one_field("note", Json::Null, json!(note.body));
    doing.log(add.subject, rev, "noted", fields).await?;
    Ok(Done::new(add.subject, rev))
}

pub(super) async fn change(doing: &mut Doing<'_>, change: ChangeNote) -> Result<Done, Refused> {
    let body = mandatory(&change.body, "body", BODY)?;
    let old = own(doing, change.id).await?;
    let rev = rev_of(&mut doing.tx, old.subject).await?;
    if old.body == body {
        return Ok(Done::new(old.subject, rev));
    }
    if old.rev != change.base_rev {
        return Err(Refused::Conflict(vec![Conflict {
            field: "body".to_owned(),
            mine: json!(body),
            theirs: json!(old.body),
        }]));
    }
    let fields = one_field("note", json!(old.body), json!(body));
    let note = Note {
        rev: old.rev + 1,
        updated_at: doing.now,
        body,
        ..old
    };
    note::change(&mut doing.tx, &note).await?;
    doing.log(note.subject, rev, "noted", fields).await?;
    Ok(Done::new(note.subject, rev))
}

pub(super) async fn remove(doing: &mut Doing<'_>, remove: RemoveNote) -> Result<Done, Refused> {
    let old = own(doing, remove.id).await?;
    let rev = rev_of(&mut doing.tx, old.subject).await?;
    note::remove(&mut doing.tx, old.id).await?;
    let fields = one_field("note", json!(old.body), Json::Null);
    doing.log(old.subject, rev, "noted", fields).await?;
    Ok(Done::new(old.subject, rev))
}

pub(super) async fn follow(doing: &mut Doing<'_>, follow: Follow) -> Result<Done, Refused> {
    let person = follow.user_id.unwrap_or(doing.by.user);
    let rev = rev_of(&mut doing.tx, follow.subject).await?;
    if follower::add(&mut doing.tx, follow.subject, person).await? {
        let fields = one_field("follower", Json::Null, json!(person));
        doing.log(follow.subject, rev, "followed", fields).await?;
    }
    Ok(Done::new(follow.subject, rev))
}

pub(super) async fn unfollow(doing: &mut Doing<'_>, follow: Follow) -> Result<Done, Refused> {
    let person = follow.user_id.unwrap_or(doing.by.user);
    let rev = rev_of(&mut doing.tx, follow.subject).await?;
    if follower::remove(&mut doing.tx, follow.subject, person).await? {
        let fields = one_field("follower", json!(person), Json::Null);
        doing.log(follow.subject, rev, "unfollowed", fields).await?;
    }
    Ok(Done::new(follow.subject, rev))
}

async fn own(doing: &mut Doing<'_>, id: NoteId) -> Result<Note, Refused> {
    let note = note::find(&mut doing.tx, id).await?;
    let note = note.ok_or(Refused::NotFound)?;
    if note.author_id != doing.by.user && !doing.by.is_admin() {
        return Err(Refused::NotAllowed);
    }
    Ok(note)
}

/// The rev of what a note is on: notes and followers do not change it.
async fn rev_of(tx: &mut Tx, subject: Subject) -> Result<i64, Refused> {
    let id = subject.id;
    let rev = match subject.kind {
        SubjectKind::Contact => contact::find(tx, id.into()).await?.map(|it| it.rev),
        SubjectKind::Ticket => ticket::find(tx, id.into()).await?.map(|it| it.rev),
        SubjectKind::Task => task::find(tx, id.into()).await?.map(|it| it.rev),
        SubjectKind::Order => sales_order::find(tx, id.into()).await?.map(|it| it.rev),
        SubjectKind::Call | SubjectKind::Admin => {
            return Err(Refused::rejected("subject_takes_no_notes"));
        }
    };
    rev.ok_or(Refused::NotFound)
}

fn one_field(name: &str, before: Json, after: Json) -> Map<String, Json> {
    Map::from_iter([(name.to_owned(), Json::Array(vec![before, after]))])
}
