//! Tickets.

use alobar_core::TicketId;
use alobar_core::ticket::{Priority, State as TicketState, next_states};
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::calls::{CallEntry, entries, with_contact};
use super::page::{FIRST, PAGE, Page, before, history_of};
use crate::db::table::change_log::Change;
use crate::db::table::contact::{self, Contact};
use crate::db::table::follower;
use crate::db::table::note::{self, Note};
use crate::db::table::task::{self, TaskFilter, TaskRow, TaskScope};
use crate::db::table::ticket::{self, Ticket, TicketFilter, TicketRow};
use crate::error::{Problem, Refused};
use crate::hub::Hub;
use crate::identity::Identity;
use crate::subject::{Subject, SubjectKind};

/// TK-34.
pub(crate) const OF_CUSTOMER: i64 = 5;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// TK-26: those given to me.
    #[serde(default)]
    mine: bool,
    assignee_id: Option<Uuid>,
    contact_id: Option<Uuid>,
    #[param(value_type = Option<TicketState>)]
    state: Option<TicketState>,
    /// Only those whose work is not over.
    #[serde(default)]
    open: bool,
    /// This category and what is below it.
    category_id: Option<Uuid>,
    team_id: Option<Uuid>,
    #[param(value_type = Option<Priority>)]
    priority: Option<Priority>,
    /// Only those that should have been resolved by now.
    #[serde(default)]
    overdue: bool,
    /// The next page: what `next` said.
    before_at: Option<i64>,
    before_id: Option<Uuid>,
}

/// Tickets, newest first.
#[utoipa::path(get, path = "/api/tickets", params(ListQuery),
    responses((status = 200, body = Page<TicketRow>)))]
pub(crate) async fn list(
    State(hub): State<Hub>,
    by: Identity,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<TicketRow>>, Refused> {
    let mine = query.mine.then_some(by.user);
    let filter = TicketFilter {
        assignee: mine.or(query.assignee_id.map(Into::into)),
        contact: query.contact_id.map(Into::into),
        state: query.state,
        open: query.open,
        category: query.category_id.map(Into::into),
        team: query.team_id.map(Into::into),
        priority: query.priority,
        overdue_at: query.overdue.then(|| hub.now()),
    };
    let before = before(query.before_at, query.before_id);
    let mut tx = hub.db().read().await?;
    let rows = ticket::list(&mut tx, &filter, before, PAGE).await?;
    Ok(Json(Page::new(rows, |row| (row.created_at, row.id.into()))))
}

/// A ticket with what its page shows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TicketDetail {
    pub(crate) ticket: Ticket,
    pub(crate) contact: Contact,
    /// TK-30: where this person may take it.
    pub(crate) next_states: Vec<TicketState>,
    /// TK-34: the customer's latest, this one among them.
    pub(crate) latest: Vec<TicketRow>,
    pub(crate) notes: Vec<Note>,
    pub(crate) followers: Vec<Uuid>,
    /// TK-38: the customer's latest.
    pub(crate) calls: Vec<CallEntry>,
    pub(crate) tasks: Vec<TaskRow>,
}

/// One ticket.
#[utoipa::path(get, path = "/api/tickets/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = TicketDetail), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(hub): State<Hub>,
    by: Identity,
    Path(id): Path<TicketId>,
) -> Result<Json<TicketDetail>, Refused> {
    let mut tx = hub.db().read().await?;
    let ticket = ticket::find(&mut tx, id).await?;
    let ticket = ticket.ok_or(Refused::NotFound)?;
    let contact = contact::find(&mut tx, ticket.contact_id).await?;
    let contact = contact.ok_or(Refused::NotFound)?;
    let latest = TicketFilter {
        contact: Some(ticket.contact_id),
        ..TicketFilter::default()
    };
    let tasks = TaskFilter {
        scope: TaskScope::Ticket(id),
        ..TaskFilter::default()
    };
    let subject = Subject::new(SubjectKind::Ticket, id);
    let calls = with_contact(&mut tx, &contact, FIRST, PAGE).await?;
    let followers = follower::of_subject(&mut tx, subject).await?;
    Ok(Json(TicketDetail {
        next_states: next_states(ticket.state, by.is_lead()).collect(),
        latest: ticket::list(&mut tx, &latest, FIRST, OF_CUSTOMER).await?,
        notes: note::of_subject(&mut tx, subject, PAGE).await?,
        followers: followers.into_iter().map(Into::into).collect(),
        calls: entries(&mut tx, calls).await?,
        tasks: task::list(&mut tx, &tasks, FIRST, PAGE).await?,
        ticket,
        contact,
    }))
}

/// TK-37: what was done on a ticket, newest first.
#[utoipa::path(get, path = "/api/tickets/{id}/history", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<Change>)))]
pub(crate) async fn history(
    State(hub): State<Hub>,
    _: Identity,
    Path(id): Path<TicketId>,
) -> Result<Json<Vec<Change>>, Refused> {
    history_of(&hub, Subject::new(SubjectKind::Ticket, id)).await
}
