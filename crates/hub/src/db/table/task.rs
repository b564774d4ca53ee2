//! Tasks: work given to a person, with a deadline (TS-01).

use alobar_core::task::State;
use alobar_core::ticket::Priority;
use alobar_core::{ContactId, OrderId, TaskId, TicketId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::headline::{self, Headline};
use crate::db::{DbError, Row, Tx, Value, from_row, stored_as_text};

macro_rules! columns {
    () => {
        "id, number, rev, created_at, updated_at, created_by, title, body, state, priority, due_at,
        assignee_id, contact_id, ticket_id, order_id, call_id, done_at, done_by"
    };
}

const ADD: &str = concat!(
    "INSERT INTO task (",
    columns!(),
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
);
const CHANGE: &str = "
    UPDATE task SET rev = $2, updated_at = $3, title = $4, body = $5, state = $6, priority = $7,
        due_at = $8, assignee_id = $9, contact_id = $10, ticket_id = $11, order_id = $12,
        done_at = $13, done_by = $14
    WHERE id = $1";
const FIND: &str = concat!("SELECT ", columns!(), " FROM task WHERE id = $1");
const BY_NUMBER: &str = concat!("SELECT ", columns!(), " FROM task WHERE number = $1");

/// The list in one scope, which an index answers; the rest is looked at row by row.
macro_rules! list {
    ($scope:literal) => {
        concat!(
            "SELECT task.id, task.number, task.rev, task.created_at, task.updated_at, task.title,
                task.state, task.priority, task.due_at, task.assignee_id, task.contact_id,
                contact.name, task.ticket_id, task.order_id, task.done_at, task.done_by
            FROM task LEFT JOIN contact ON contact.id = task.contact_id WHERE ",
            $scope,
            " AND (task.assignee_id = $2 OR $2 IS NULL)
            AND (task.state = $3 OR $3 IS NULL)
            AND (task.state IN ('TO_DO', 'IN_PROGRESS') OR NOT $4)
            AND (task.due_at < $5 AND task.state IN ('TO_DO', 'IN_PROGRESS') OR $5 IS NULL)
            AND (task.created_at, task.id) < ($6, $7)
            ORDER BY task.created_at DESC, task.id DESC LIMIT $8"
        )
    };
}

const ALL: &str = list!("(task.assignee_id = $1 OR $1 IS NULL)");
const OF_ASSIGNEE: &str = list!("task.assignee_id = $1");
const OF_CONTACT: &str = list!("task.contact_id = $1");
const OF_TICKET: &str = list!("task.ticket_id = $1");
const OF_ORDER: &str = list!("task.order_id = $1");
const HEADLINES: &str = "
    SELECT task.id, task.title, COALESCE(contact.name, ''), task.number
    FROM task LEFT JOIN contact ON contact.id = task.contact_id
    WHERE task.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

stored_as_text!(State);

/// Work given to a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Task {
    pub id: TaskId,
    /// What people say.
    pub number: i64,
    pub rev: i64,
    /// Epoch milliseconds, as all times here.
    pub created_at: i64,
    pub updated_at: i64,
    pub created_by: UserId,
    pub title: String,
    pub body: String,
    pub state: State,
    pub priority: Priority,
    pub due_at: i64,
    pub assignee_id: UserId,
    pub contact_id: Option<ContactId>,
    pub ticket_id: Option<TicketId>,
    pub order_id: Option<OrderId>,
    /// The call it was made from.
    pub call_id: Option<Uuid>,
    /// TS-14: the moment of the click, and whose it was.
    pub done_at: Option<i64>,
    pub done_by: Option<UserId>,
}

impl Task {
    fn read(mut row: Row) -> Result<Self, DbError> {
        from_row!(row; id, number, rev, created_at, updated_at, created_by, title, body, state, priority, due_at, assignee_id, contact_id, ticket_id, order_id, call_id, done_at, done_by)
    }
}

/// A task in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TaskRow {
    pub id: TaskId,
    pub number: i64,
    pub rev: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub title: String,
    pub state: State,
    pub priority: Priority,
    pub due_at: i64,
    pub assignee_id: UserId,
    pub contact_id: Option<ContactId>,
    pub contact_name: Option<String>,
    pub ticket_id: Option<TicketId>,
    pub order_id: Option<OrderId>,
    pub done_at: Option<i64>,
    pub done_by: Option<UserId>,
}

impl TaskRow {
    fn read(mut row: Row) -> Result<Self, DbError> {
        from_row!(row; id, number, rev, created_at, updated_at, title, state, priority, due_at, assignee_id, contact_id, contact_name, ticket_id, order_id, done_at, done_by)
    }
}

/// Whose tasks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum TaskScope {
    #[default]
    All,
    Contact(ContactId),
    Ticket(TicketId),
    Order(OrderId),
}

/// Which tasks; what is None is not looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct TaskFilter {
    pub(crate) scope: TaskScope,
    pub(crate) assignee: Option<UserId>,
    pub(crate) state: Option<State>,
    /// Only those with work to do.
    pub(crate) open: bool,
    /// Those that should have been done before this.
    pub(crate) overdue_at: Option<i64>,
}

pub(crate) async fn add(tx: &mut Tx, it: &Task) -> Result<(), DbError> {
    let values = [
        it.id.into(),
        it.number.into(),
        it.rev.into(),
        it.created_at.into(),
        it.updated_at.into(),
        it.created_by.into(),
        it.title.as_str().into(),
        it.body.as_str().into(),
        it.state.into(),
        it.priority.into(),
        it.due_at.into(),
        it.assignee_id.into(),
        it.contact_id.into(),
        it.ticket_id.into(),
        it.order_id.into(),
        it.call_id.into(),
        it.done_at.into(),
        it.done_by.into(),
    ];
    tx.run(ADD, values).await.map(drop)
}

pub(crate) async fn change(tx: &mut Tx, it: &Task) -> Result<(), DbError> {
    let values = [
        it.id.into(),
        it.rev.into(),
        it.updated_at.into(),
        it.title.as_str().into(),
        it.body.as_str().into(),
        it.state.into(),
        it.priority.into(),
        it.due_at.into(),
        it.assignee_id.into(),
        it.contact_id.into(),
        it.ticket_id.into(),
        it.order_id.into(),
        it.done_at.into(),
        it.done_by.into(),
    ];
    tx.run(CHANGE, values).await.map(drop)
}

pub(crate) async fn find(tx: &mut Tx, id: TaskId) -> Result<Option<Task>, DbError> {
    tx.row(FIND, [id.into()]).await?.map(Task::read).transpose()
}

pub(crate) async fn by_number(tx: &mut Tx, number: i64) -> Result<Option<Task>, DbError> {
    let row = tx.row(BY_NUMBER, [number.into()]).await?;
    row.map(Task::read).transpose()
}

/// Newest first (TS-06), after the one that `before` names by its making and id.
pub(crate) async fn list(
    tx: &mut Tx,
    filter: &TaskFilter,
    before: (i64, Uuid),
    limit: i64,
) -> Result<Vec<TaskRow>, DbError> {
    let (sql, scope): (_, Value) = match (filter.scope, filter.assignee) {
        (TaskScope::Contact(contact), _) => (OF_CONTACT, contact.into()),
        (TaskScope::Ticket(ticket), _) => (OF_TICKET, ticket.into()),
        (TaskScope::Order(order), _) => (OF_ORDER, order.into()),
        (TaskScope::All, Some(assignee)) => (OF_ASSIGNEE, assignee.into()),
        (TaskScope::All, None) => (ALL, Value::Null),
    };
    let values = [
        scope,
        filter.assignee.into(),
        filter.state.into(),
        filter.open.into(),
        filter.overdue_at.into(),
        before.0.into(),
        before.1.into(),
        limit.into(),
    ];
    let rows = tx.rows(sql, values).await?;
    rows.into_iter().map(TaskRow::read).collect()
}

/// What they are called, in any order.
pub(crate) async fn headlines(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<Headline>, DbError> {
    headline::read(tx, HEADLINES, ids).await
}
