//! Orders.

use alobar_core::OrderId;
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::page::{FIRST, PAGE, Page, before, history_of};
use crate::db::table::change_log::Change;
use crate::db::table::contact::{self, Contact};
use crate::db::table::follower;
use crate::db::table::note::{self, Note};
use crate::db::table::sales_order::{self, Order, OrderFilter, OrderRow};
use crate::db::table::task::{self, TaskFilter, TaskRow, TaskScope};
use crate::error::{Problem, Refused};
use crate::hub::Hub;
use crate::identity::Identity;
use crate::subject::{Subject, SubjectKind};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Those I am in charge of.
    #[serde(default)]
    mine: bool,
    owner_id: Option<Uuid>,
    contact_id: Option<Uuid>,
    stage_id: Option<Uuid>,
    /// The next page: what `next` said.
    before_at: Option<i64>,
    before_id: Option<Uuid>,
}

/// Orders, newest first (OR-09).
#[utoipa::path(get, path = "/api/orders", params(ListQuery),
    responses((status = 200, body = Page<OrderRow>)))]
pub(crate) async fn list(
    State(hub): State<Hub>,
    by: Identity,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<OrderRow>>, Refused> {
    let mine = query.mine.then_some(by.user);
    let filter = OrderFilter {
        owner: mine.or(query.owner_id.map(Into::into)),
        contact: query.contact_id.map(Into::into),
        stage: query.stage_id.map(Into::into),
    };
    let before = before(query.before_at, query.before_id);
    let mut tx = hub.db().read().await?;
    let rows = sales_order::list(&mut tx, &filter, before, PAGE).await?;
    Ok(Json(Page::new(rows, |row| (row.created_at, row.id.into()))))
}

/// An order with what its page shows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrderDetail {
    pub(crate) order: Order,
    pub(crate) contact: Contact,
    pub(crate) notes: Vec<Note>,
    pub(crate) followers: Vec<Uuid>,
    /// OR-21.
    pub(crate) tasks: Vec<TaskRow>,
}

/// One order.
#[utoipa::path(get, path = "/api/orders/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = OrderDetail), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(hub): State<Hub>,
    _: Identity,
    Path(id): Path<OrderId>,
) -> Result<Json<OrderDetail>, Refused> {
    let mut tx = hub.db().read().await?;
    let order = sales_order::find(&mut tx, id).await?;
    let order = order.ok_or(Refused::NotFound)?;
    let contact = contact::find(&mut tx, order.contact_id).await?;
    let contact = contact.ok_or(Refused::NotFound)?;
    let subject = Subject::new(SubjectKind::Order, id);
    let tasks = TaskFilter {
        scope: TaskScope::Order(id),
        ..TaskFilter::default()
    };
    let followers = follower::of_subject(&mut tx, subject).await?;
    Ok(Json(OrderDetail {
        notes: note::of_subject(&mut tx, subject, PAGE).await?,
        followers: followers.into_iter().map(Into::into).collect(),
        tasks: task::list(&mut tx, &tasks, FIRST, PAGE).await?,
        order,
        contact,
    }))
}

/// OR-18: what was done on an order, newest first. A line's field is `line.` and its id.
#[utoipa::path(get, path = "/api/orders/{id}/history", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<Change>)))]
pub(crate) async fn history(
    State(hub): State<Hub>,
    _: Identity,
    Path(id): Path<OrderId>,
) -> Result<Json<Vec<Change>>, Refused> {
    history_of(&hub, Subject::new(SubjectKind::Order, id)).await
}
