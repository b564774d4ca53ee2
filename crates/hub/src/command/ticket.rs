//! Tickets.

use alobar_core::ticket::{self as rules, Priority, Resolution, State};
use alobar_core::{CategoryId, ContactId, Pii, ResolutionTypeId, TeamId, TicketId, UserId, Wall};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use utoipa::ToSchema;

use super::difference::difference;
use super::{Doing, Done, call_id, mandatory, merge, optional};
use crate::db::table::category::Category;
use crate::db::table::ticket::{self, Channel, Ticket};
use crate::db::table::{counter, list, search_doc};
use crate::db::{DbError, Tx};
use crate::error::Refused;
use crate::subject::{Subject, SubjectKind};

const TITLE: usize = 200;
const TEXT: usize = 10_000;

/// TK-12. The id is made by the writer; the number is the hub's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CreateTicket {
    pub id: TicketId,
    /// (*) At most 200 characters.
    pub title: String,
    /// At most 10,000 characters.
    #[serde(default)]
    pub summary: String,
    /// (*)
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// (*) Its service level gives the deadlines.
    #[serde(default)]
    pub category_id: Option<CategoryId>,
    /// (*) A person or a team; without both, the category's.
    #[serde(default)]
    pub assignee_id: Option<UserId>,
    #[serde(default)]
    pub team_id: Option<TeamId>,
    #[serde(default)]
    pub priority: Option<Priority>,
    /// The call it is made from.
    #[serde(default)]
    pub call_key: Option<String>,
    #[serde(default)]
    pub channel: Option<Channel>,
}

/// Changes the fields that are there; `base_rev` is what the writer saw. The state is not merged:
/// what leads on from the state that is there now is done (TK-30, TK-31).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UpdateTicket {
    pub id: TicketId,
    pub base_rev: i64,
    pub fields: TicketPatch,
}

/// Absent: untouched. `null`: emptied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct TicketPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category_id: Option<CategoryId>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::given"
    )]
    pub team_id: Option<Option<TeamId>>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::given"
    )]
    pub assignee_id: Option<Option<UserId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_id: Option<ContactId>,
    /// TK-07: with a closing state both of the resolution are needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution_type_id: Option<ResolutionTypeId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution_text: Option<String>,
}

pub(super) async fn create(doing: &mut Doing<'_>, create: CreateTicket) -> Result<Done, Refused> {
    let title = mandatory(&create.title, "title", TITLE)?;
    let summary = optional(&create.summary, "summary", TEXT)?;
    let contact_id = create.contact_id;
    let contact_id = contact_id.ok_or_else(|| Refused::field("field_missing", "contact_id"))?;
    let category_id = create.category_id;
    let category_id = category_id.ok_or_else(|| Refused::field("field_missing", "category_id"))?;
    let level = ServiceLevel::of(&mut doing.tx, category_id).await?;
    let (assignee_id, team_id) = match (create.assignee_id, create.team_id) {
        (None, None) => (level.assignee, level.team),
        chosen => chosen,
    };
    let call_id = call_id(doing, create.call_key.as_deref(), contact_id.into()).await?;
    let by_itself = match call_id {
        Some(_) => Channel::Call,
        None => Channel::Manual,
    };
    let ticket = Ticket {
        id: create.id,
        number: counter::next(&mut doing.tx, "ticket").await?,
        rev: 1,
        created_at: doing.now,
        updated_at: doing.now,
        created_by: doing.by.user,
        title,
        summary,
        state: rules::assign(State::New, assignee_id),
        priority: create.priority.unwrap_or(Priority::Medium),
        category_id,
        team_id,
        assignee_id,
        contact_id,
        channel: create.channel.unwrap_or(by_itself),
        call_id,
        first_reply_due: level.first_reply_due(doing.now),
        resolve_due: level.resolve_due(doing.now),
        resolved_at: None,
        closed_at: None,
        reopened: 0,
        resolution_type_id: None,
        resolution_text: String::new(),
    };
    in_charge(&ticket)?;
    ticket::add(&mut doing.tx, &ticket).await?;
    let subject = Subject::new(SubjectKind::Ticket, ticket.id);
    search_doc::put(&mut doing.tx, subject, &ticket.title).await?;
    doing
        .log(subject, ticket.rev, "created", Map::new())
        .await?;
    Ok(done(&ticket))
}

pub(super) async fn update(doing: &mut Doing<'_>, update: UpdateTicket) -> Result<Done, Refused> {
    let subject = Subject::new(SubjectKind::Ticket, update.id);
    let old = ticket::find(&mut doing.tx, update.id).await?;
    let old = old.ok_or(Refused::NotFound)?;
    let mut fields = update.fields;
    let to = fields.state.take();
    // A resolution is taken by closing states only.
    if !to.unwrap_or(old.state).is_closing() {
        (fields.resolution_type_id, fields.resolution_text) = (None, None);
    }
    let resolution = resolution(&fields);
    let mut ticket = merge(&mut doing.tx, subject, &old, update.base_rev, &fields)
        .await?
        .new;
    ticket.title = mandatory(&ticket.title, "title", TITLE)?;
    ticket.summary = optional(&ticket.summary, "summary", TEXT)?;
    ticket.resolution_text = optional(&ticket.resolution_text, "resolution_text", TEXT)?;
    if ticket.assignee_id != old.assignee_id {
        ticket.state = rules::assign(ticket.state, ticket.assignee_id);
    }
    if ticket.category_id != old.category_id {
        let level = ServiceLevel::of(&mut doing.tx, ticket.category_id).await?;
        ticket.first_reply_due = level.first_reply_due(ticket.created_at);
        ticket.resolve_due = level.resolve_due(ticket.created_at);
    }
    if let Some(to) = to.filter(|&to| to != ticket.state) {
        go(&mut ticket, to, resolution, doing)?;
    } else if ticket.state.is_closing() && ticket.resolution_text.is_empty() {
        return Err(refused(rules::Refused::BlankResolution));
    }
    in_charge(&ticket)?;
    let changed = difference(&old, &ticket)?;
    if changed.is_empty() {
        return Ok(done(&old));
    }
    ticket.rev = old.rev + 1;
    ticket.updated_at = doing.now;
    ticket::change(&mut doing.tx, &ticket).await?;
    if ticket.title != old.title {
        search_doc::put(&mut doing.tx, subject, &ticket.title).await?;
    }
    doing.log(subject, ticket.rev, "changed", changed).await?;
    Ok(done(&ticket))
}

/// Only both together are one.
fn resolution(fields: &TicketPatch) -> Option<Resolution> {
    Some(Resolution {
        kind: fields.resolution_type_id?,
        text: Pii::new(fields.resolution_text.clone()?),
    })
}

/// Changes the state, by the rules.
fn go(
    ticket: &mut Ticket,
    to: State,
    resolution: Option<Resolution>,
    doing: &Doing<'_>,
) -> Result<(), Refused> {
    let known = rules::Ticket {
        state: ticket.state,
        assignee: ticket.assignee_id,
    };
    let change = rules::change(known, to, resolution, doing.by.is_lead()).map_err(refused)?;
    ticket.state = change.state;
    ticket.reopened += i64::from(change.reopened);
    let over = change.state.is_closing().then_some(doing.now);
    ticket.resolved_at = over.map(|now| ticket.resolved_at.unwrap_or(now));
    ticket.closed_at = over.filter(|_| change.state == State::Closed);
    Ok(())
}

fn refused(why: rules::Refused) -> Refused {
    let params = match why {
        rules::Refused::NotNext { from, to } => vec![
            ("from", from.as_str().to_owned()),
            ("to", to.as_str().to_owned()),
        ],
        _ => Vec::new(),
    };
    Refused::Rejected {
        code: why.code(),
        params,
    }
}

/// TK-12: a person or a team.
fn in_charge(ticket: &Ticket) -> Result<(), Refused> {
    match ticket.assignee_id.is_none() && ticket.team_id.is_none() {
        true => Err(Refused::field("field_missing", "assignee_id")),
        false => Ok(()),
    }
}

fn done(ticket: &Ticket) -> Done {
    Done {
        number: Some(ticket.number),
        ..Done::new(Subject::new(SubjectKind::Ticket, ticket.id), ticket.rev)
    }
}

/// What a category promises; what it does not say, the one above it does.
struct ServiceLevel {
    first_reply_min: Option<i64>,
    resolve_min: Option<i64>,
    assignee: Option<UserId>,
    team: Option<TeamId>,
}

impl ServiceLevel {
    async fn of(tx: &mut Tx, category: CategoryId) -> Result<Self, Refused> {
        let lowest: Option<Category> = list::find(tx, category).await?;
        let lowest = lowest.ok_or(DbError::Constraint)?;
        let mut level = Self {
            first_reply_min: lowest.first_reply_min,
            resolve_min: lowest.resolve_min,
            assignee: lowest.assignee_id,
            team: lowest.team_id,
        };
        let mut above = lowest.parent_id;
        while let Some(id) = above {
            let Some(parent) = list::find::<Category>(tx, id).await? else {
                break;
            };
            level.first_reply_min = level.first_reply_min.or(parent.first_reply_min);
            level.resolve_min = level.resolve_min.or(parent.resolve_min);
            if level.assignee.is_none() && level.team.is_none() {
                (level.assignee, level.team) = (parent.assignee_id, parent.team_id);
            }
            above = parent.parent_id;
        }
        Ok(level)
    }

    fn first_reply_due(&self, created: i64) -> Option<i64> {
        due(created, self.first_reply_min?)
    }

    fn resolve_due(&self, created: i64) -> Option<i64> {
        due(created, self.resolve_min?)
    }
}

fn due(created: i64, minutes: i64) -> Option<i64> {
    let created = Wall(u64::try_from(created).ok()?);
    let due = rules::due(created, u32::try_from(minutes).ok()?);
    i64::try_from(due.0).ok()
}
