//! Tickets: a customer's problem or request (TK-01).

use alobar_core::ticket::{Priority, State};
use alobar_core::{CategoryId, ContactId, ResolutionTypeId, TeamId, TicketId, UserId, codes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::headline::{self, Headline};
use crate::db::{DbError, Row, Tx, Value, from_row, stored_as_text};

macro_rules! columns {
    () => {
        "id, number, rev, created_at, updated_at, created_by, title, summary, state, priority,
        category_id, team_id, assignee_id, contact_id, channel, call_id, first_reply_due,
        resolve_due, resolved_at, closed_at, reopened, resolution_type_id, resolution_text"
    };
}

const ADD: &str = concat!(
    "INSERT INTO ticket (",
    columns!(),
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        $19, $20, $21, $22, $23)"
);
const CHANGE: &str = "
    UPDATE ticket SET rev = $2, updated_at = $3, title = $4, summary = $5, state = $6,
        priority = $7, category_id = $8, team_id = $9, assignee_id = $10, contact_id = $11,
        first_reply_due = $12, resolve_due = $13, resolved_at = $14, closed_at = $15,
        reopened = $16, resolution_type_id = $17, resolution_text = $18
    WHERE id = $1";
const FIND: &str = concat!("SELECT ", columns!(), " FROM ticket WHERE id = $1");
const BY_NUMBER: &str = concat!("SELECT ", columns!(), " FROM ticket WHERE number = $1");

/// The list in one scope, which an index answers; the rest is looked at row by row.
macro_rules! list {
    ($scope:literal) => {
        concat!(
            "SELECT ticket.id, ticket.number, ticket.rev, ticket.created_at, ticket.updated_at,
                ticket.title, ticket.state, ticket.priority, ticket.category_id, ticket.team_id,
                ticket.assignee_id, ticket.contact_id, contact.name, ticket.channel,
                ticket.first_reply_due, ticket.resolve_due, ticket.resolved_at
            FROM ticket LEFT JOIN contact ON contact.id = ticket.contact_id WHERE ",
            $scope,
            " AND (ticket.state = $3 OR $3 IS NULL)
            AND (ticket.state NOT IN ('RESOLVED', 'CLOSED') OR NOT $4)
            AND (ticket.category_id IN (SELECT id FROM category WHERE id = $5 OR parent_id = $5
                OR parent_id IN (SELECT id FROM category WHERE parent_id = $5)) OR $5 IS NULL)
            AND (ticket.team_id = $6 OR $6 IS NULL)
            AND (ticket.priority = $7 OR $7 IS NULL)
            AND (ticket.resolve_due < $8 AND ticket.state NOT IN ('RESOLVED', 'CLOSED')
                OR $8 IS NULL)
            AND (ticket.created_at, ticket.id) < ($9, $10)
            ORDER BY ticket.created_at DESC, ticket.id DESC LIMIT $11"
        )
    };
}

const ALL: &str =
    list!("(ticket.assignee_id = $1 OR $1 IS NULL) AND (ticket.contact_id = $2 OR $2 IS NULL)");
const OF_ASSIGNEE: &str =
    list!("ticket.assignee_id = $1 AND (ticket.contact_id = $2 OR $2 IS NULL)");
const OF_CONTACT: &str =
    list!("(ticket.assignee_id = $1 OR $1 IS NULL) AND ticket.contact_id = $2");
const HEADLINES: &str = "
    SELECT ticket.id, ticket.title, COALESCE(contact.name, ''), ticket.number
    FROM ticket LEFT JOIN contact ON contact.id = ticket.contact_id
    WHERE ticket.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

codes! {
    /// How the customer came.
    #[derive(ToSchema)]
    Channel {
        Call = "call",
        Manual = "manual",
    }
}

stored_as_text!(Channel, State);

/// A customer's problem or request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ticket {
    pub id: TicketId,
    /// What people say.
    pub number: i64,
    pub rev: i64,
    /// Epoch milliseconds, as all times here.
    pub created_at: i64,
    pub updated_at: i64,
    pub created_by: UserId,
    pub title: String,
    pub summary: String,
    pub state: State,
    pub priority: Priority,
    pub category_id: CategoryId,
    pub team_id: Option<TeamId>,
    /// The person in charge.
    pub assignee_id: Option<UserId>,
    pub contact_id: ContactId,
    pub channel: Channel,
    /// The call it was made from.
    pub call_id: Option<Uuid>,
    /// By the category's service level; none: nothing was promised.
    pub first_reply_due: Option<i64>,
    pub resolve_due: Option<i64>,
    pub resolved_at: Option<i64>,
    pub closed_at: Option<i64>,
    /// How often.
    pub reopened: i64,
    pub resolution_type_id: Option<ResolutionTypeId>,
    pub resolution_text: String,
}

impl Ticket {
    fn read(mut row: Row) -> Result<Self, DbError> {
        from_row!(row; id, number, rev, created_at, updated_at, created_by, title, summary, state, priority, category_id, team_id, assignee_id, contact_id, channel, call_id, first_reply_due, resolve_due, resolved_at, closed_at, reopened, resolution_type_id, resolution_text)
    }
}

/// A ticket in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketRow {
    pub id: TicketId,
    pub number: i64,
    pub rev: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub title: String,
    pub state: State,
    pub priority: Priority,
    pub category_id: CategoryId,
    pub team_id: Option<TeamId>,
    pub assignee_id: Option<UserId>,
    pub contact_id: ContactId,
    pub contact_name: String,
    pub channel: Channel,
    pub first_reply_due: Option<i64>,
    pub resolve_due: Option<i64>,
    pub resolved_at: Option<i64>,
}

impl TicketRow {
    fn read(mut row: Row) -> Result<Self, DbError> {
        from_row!(row; id, number, rev, created_at, updated_at, title, state, priority, category_id, team_id, assignee_id, contact_id, contact_name, channel, first_reply_due, resolve_due, resolved_at)
    }
}

/// Which tickets; what is None is not looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct TicketFilter {
    pub(crate) assignee: Option<UserId>,
    pub(crate) contact: Option<ContactId>,
    pub(crate) state: Option<State>,
    /// Only those whose work is not over.
    pub(crate) open: bool,
    /// This category and what is below it.
    pub(crate) category: Option<CategoryId>,
    pub(crate) team: Option<TeamId>,
    pub(crate) priority: Option<Priority>,
    /// Those that should have been resolved before this.
    pub(crate) overdue_at: Option<i64>,
}

pub(crate) async fn add(tx: &mut Tx, it: &Ticket) -> Result<(), DbError> {
    let values = [
        it.id.into(),
        it.number.into(),
        it.rev.into(),
        it.created_at.into(),
        it.updated_at.into(),
        it.created_by.into(),
        it.title.as_str().into(),
        it.summary.as_str().into(),
        it.state.into(),
        it.priority.into(),
        it.category_id.into(),
        it.team_id.into(),
        it.assignee_id.into(),
        it.contact_id.into(),
        it.channel.into(),
        it.call_id.into(),
        it.first_reply_due.into(),
        it.resolve_due.into(),
        it.resolved_at.into(),
        it.closed_at.into(),
        it.reopened.into(),
        it.resolution_type_id.into(),
        it.resolution_text.as_str().into(),
    ];
    tx.run(ADD, values).await.map(drop)
}

pub(crate) async fn change(tx: &mut Tx, it: &Ticket) -> Result<(), DbError> {
    let values = [
        it.id.into(),
        it.rev.into(),
        it.updated_at.into(),
        it.title.as_str().into(),
        it.summary.as_str().into(),
        it.state.into(),
        it.priority.into(),
        it.category_id.into(),
        it.team_id.into(),
        it.assignee_id.into(),
        it.contact_id.into(),
        it.first_reply_due.into(),
        it.resolve_due.into(),
        it.resolved_at.into(),
        it.closed_at.into(),
        it.reopened.into(),
        it.resolution_type_id.into(),
        it.resolution_text.as_str().into(),
    ];
    tx.run(CHANGE, values).await.map(drop)
}

pub(crate) async fn find(tx: &mut Tx, id: TicketId) -> Result<Option<Ticket>, DbError> {
    let row = tx.row(FIND, [id.into()]).await?;
    row.map(Ticket::read).transpose()
}

pub(crate) async fn by_number(tx: &mut Tx, number: i64) -> Result<Option<Ticket>, DbError> {
    let row = tx.row(BY_NUMBER, [number.into()]).await?;
    row.map(Ticket::read).transpose()
}

/// Newest first (TK-26), after the one that `before` names by its making and id.
pub(crate) async fn list(
    tx: &mut Tx,
    filter: &TicketFilter,
    before: (i64, Uuid),
    limit: i64,
) -> Result<Vec<TicketRow>, DbError> {
    let sql = match filter {
        TicketFilter {
            contact: Some(_), ..
        } => OF_CONTACT,
        TicketFilter {
            assignee: Some(_), ..
        } => OF_ASSIGNEE,
        _ => ALL,
    };
    let values: [Value; 11] = [
        filter.assignee.into(),
        filter.contact.into(),
        filter.state.into(),
        filter.open.into(),
        filter.category.into(),
        filter.team.into(),
        filter.priority.into(),
        filter.overdue_at.into(),
        before.0.into(),
        before.1.into(),
        limit.into(),
    ];
    let rows = tx.rows(sql, values).await?;
    rows.into_iter().map(TicketRow::read).collect()
}

/// What they are called, in any order.
pub(crate) async fn headlines(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<Headline>, DbError> {
    headline::read(tx, HEADLINES, ids).await
}
