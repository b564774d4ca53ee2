//! Tasks.

use alobar_core::TaskId;
use alobar_core::task::State as TaskState;
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::page::{PAGE, Page, before, history_of};
use crate::db::table::change_log::Change;
use crate::db::table::contact::{self, Contact};
use crate::db::table::follower;
use crate::db::table::note::{self, Note};
use crate::db::table::task::{self, Task, TaskFilter, TaskRow, TaskScope};
use crate::error::{Problem, Refused};
use crate::hub::Hub;
use crate::identity::Identity;
use crate::subject::{Subject, SubjectKind};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Those given to me.
    #[serde(default)]
    mine: bool,
    assignee_id: Option<Uuid>,
    /// What they are about: one of these.
    contact_id: Option<Uuid>,
    ticket_id: Option<Uuid>,
    order_id: Option<Uuid>,
    #[param(value_type = Option<TaskState>)]
    state: Option<TaskState>,
    /// Only those with work to do.
    #[serde(default)]
    open: bool,
    /// Only those that should have been done by now.
    #[serde(default)]
    overdue: bool,
    /// The next page: what `next` said.
    before_at: Option<i64>,
    before_id: Option<Uuid>,
}

impl ListQuery {
    fn scope(&self) -> TaskScope {
        let order = self.order_id.map(|id| TaskScope::Order(id.into()));
        let ticket = self.ticket_id.map(|id| TaskScope::Ticket(id.into()));
        let contact = self.contact_id.map(|id| TaskScope::Contact(id.into()));
        order.or(ticket).or(contact).unwrap_or_default()
    }
}

/// Tasks, newest first.
#[utoipa::path(get, path = "/api/tasks", params(ListQuery),
    responses((status = 200, body = Page<TaskRow>)))]
pub(crate) async fn list(
    State(hub): State<Hub>,
    by: Identity,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<TaskRow>>, Refused> {
    let mine = query.mine.then_some(by.user);
    let filter = TaskFilter {
        scope: query.scope(),
        assignee: mine.or(query.assignee_id.map(Into::into)),
        state: query.state,
        open: query.open,
        overdue_at: query.overdue.then(|| hub.now()),
    };
    let before = before(query.before_at, query.before_id);
    let mut tx = hub.db().read().await?;
    let rows = task::list(&mut tx, &filter, before, PAGE).await?;
    Ok(Json(Page::new(rows, |row| (row.created_at, row.id.into()))))
}

/// A task with what its page shows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskDetail {
    pub(crate) task: Task,
    pub(crate) contact: Option<Contact>,
    pub(crate) notes: Vec<Note>,
    pub(crate) followers: Vec<Uuid>,
}

/// One task.
#[utoipa::path(get, path = "/api/tasks/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = TaskDetail), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(hub): State<Hub>,
    _: Identity,
    Path(id): Path<TaskId>,
) -> Result<Json<TaskDetail>, Refused> {
    let mut tx = hub.db().read().await?;
    let task = task::find(&mut tx, id).await?;
    let task = task.ok_or(Refused::NotFound)?;
    let contact = match task.contact_id {
        Some(id) => contact::find(&mut tx, id).await?,
        None => None,
    };
    let subject = Subject::new(SubjectKind::Task, id);
    let followers = follower::of_subject(&mut tx, subject).await?;
    Ok(Json(TaskDetail {
        notes: note::of_subject(&mut tx, subject, PAGE).await?,
        followers: followers.into_iter().map(Into::into).collect(),
        task,
        contact,
    }))
}

/// TS-11: what was done on a task, newest first.
#[utoipa::path(get, path = "/api/tasks/{id}/history", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<Change>)))]
pub(crate) async fn history(
    State(hub): State<Hub>,
    _: Identity,
    Path(id): Path<TaskId>,
) -> Result<Json<Vec<Change>>, Refused> {
    history_of(&hub, Subject::new(SubjectKind::Task, id)).await
}
