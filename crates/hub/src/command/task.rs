//! Tasks.

use alobar_core::task::{self as rules, Completion, State};
use alobar_core::ticket::Priority;
use alobar_core::{ContactId, OrderId, TaskId, TicketId, UserId, Wall};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use utoipa::ToSchema;

use super::difference::difference;
use super::{Doing, Done, call_id, mandatory, merge, optional};
use crate::db::table::task::{self, Task};
use crate::db::table::{counter, search_doc};
use crate::error::Refused;
use crate::subject::{Subject, SubjectKind};

const TITLE: usize = 200;
const BODY: usize = 10_000;

/// TS-03. The id is made by the writer; the number is the hub's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CreateTask {
    pub id: TaskId,
    /// (*) At most 200 characters.
    pub title: String,
    /// At most 10,000 characters.
    #[serde(default)]
    pub body: String,
    /// (*) Epoch milliseconds.
    #[serde(default)]
    pub due_at: Option<i64>,
    /// (*)
    #[serde(default)]
    pub assignee_id: Option<UserId>,
    #[serde(default)]
    pub priority: Option<Priority>,
    /// What it is about (TS-01, TS-04).
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    #[serde(default)]
    pub ticket_id: Option<TicketId>,
    #[serde(default)]
    pub order_id: Option<OrderId>,
    /// The call it is made from.
    #[serde(default)]
    pub call_key: Option<String>,
}

/// Changes the fields that are there; `base_rev` is what the writer saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UpdateTask {
    pub id: TaskId,
    pub base_rev: i64,
    /// TS-14: the moment of the click, by the writer's clock; the command may come later.
    #[serde(default)]
    pub clicked_at: Option<i64>,
    pub fields: TaskPatch,
}

/// Absent: untouched. `null`: emptied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct TaskPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee_id: Option<UserId>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::given"
    )]
    pub contact_id: Option<Option<ContactId>>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::given"
    )]
    pub ticket_id: Option<Option<TicketId>>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::given"
    )]
    pub order_id: Option<Option<OrderId>>,
}

pub(super) async fn create(doing: &mut Doing<'_>, create: CreateTask) -> Result<Done, Refused> {
    let title = mandatory(&create.title, "title", TITLE)?;
    let body = optional(&create.body, "body", BODY)?;
    let assignee_id = create.assignee_id;
    let assignee_id = assignee_id.ok_or_else(|| Refused::field("field_missing", "assignee_id"))?;
    let due_at = create.due_at;
    let due_at = due_at.ok_or_else(|| Refused::field("field_missing", "due_at"))?;
    let task = Task {
        id: create.id,
        number: counter::next(&mut doing.tx, "task").await?,
        rev: 1,
        created_at: doing.now,
        updated_at: doing.now,
        created_by: doing.by.user,
        title,
        body,
        state: State::ToDo,
        priority: create.priority.unwrap_or(Priority::Medium),
        due_at,
        assignee_id,
        contact_id: create.contact_id,
        ticket_id: create.ticket_id,
        order_id: create.order_id,
        call_id: call_id(doing, create.call_key.as_deref(), create.contact_id).await?,
        done_at: None,
        done_by: None,
    };
    task::add(&mut doing.tx, &task).await?;
    let subject = Subject::new(SubjectKind::Task, task.id);
    search_doc::put(&mut doing.tx, subject, &task.title).await?;
    doing.log(subject, task.rev, "created", Map::new()).await?;
    Ok(done(&task))
}

pub(super) async fn update(doing: &mut Doing<'_>, update: UpdateTask) -> Result<Done, Refused> {
    let subject = Subject::new(SubjectKind::Task, update.id);
    let old = task::find(&mut doing.tx, update.id).await?;
    let old = old.ok_or(Refused::NotFound)?;
    let mut task = merge(
        &mut doing.tx,
        subject,
        &old,
        update.base_rev,
        &update.fields,
    )
    .await?
    .new;
    task.title = mandatory(&task.title, "title", TITLE)?;
    task.body = optional(&task.body, "body", BODY)?;
    let clicked_at = update.clicked_at.unwrap_or(doing.now).min(doing.now);
    complete(&mut task, &old, clicked_at, doing.by.user);
    let changed = difference(&old, &task)?;
    if changed.is_empty() {
        return Ok(done(&old));
    }
    task.rev = old.rev + 1;
    task.updated_at = doing.now;
    task::change(&mut doing.tx, &task).await?;
    if task.title != old.title {
        search_doc::put(&mut doing.tx, subject, &task.title).await?;
    }
    doing.log(subject, task.rev, "changed", changed).await?;
    Ok(done(&task))
}

/// Who completed it, and when, by the rules.
fn complete(task: &mut Task, old: &Task, clicked_at: i64, by: UserId) {
    let wall = |at: i64| Wall(u64::try_from(at).unwrap_or(0));
    let known = rules::Task {
        state: old.state,
        due: Some(wall(old.due_at)),
        completion: old
            .done_at
            .zip(old.done_by)
            .map(|(at, by)| Completion { at: wall(at), by }),
    };
    let completion = known.changed(task.state, wall(clicked_at), by).completion;
    task.done_at = completion.and_then(|done| i64::try_from(done.at.0).ok());
    task.done_by = completion.map(|done| done.by);
}

fn done(task: &Task) -> Done {
    Done {
        number: Some(task.number),
        ..Done::new(Subject::new(SubjectKind::Task, task.id), task.rev)
    }
}
