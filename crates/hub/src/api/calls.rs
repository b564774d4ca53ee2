//! Calls and the forms about them.

use alobar_core::Dialable;
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::page::{PAGE, Page, before};
use crate::db::table::call::{self, Call};
use crate::db::table::call_form::{self, CallForm};
use crate::db::table::call_leg::{self, CallLeg};
use crate::db::table::contact::{self, Contact, PointKind};
use crate::db::{DbError, Tx};
use crate::error::{Problem, Refused};
use crate::hub::Hub;
use crate::identity::Identity;

/// A call with everybody's part in it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CallEntry {
    #[serde(flatten)]
    pub(crate) call: Call,
    pub(crate) legs: Vec<CallLeg>,
    /// What each agent wrote. All may read them, only its writer may change one (CP-08).
    pub(crate) forms: Vec<CallForm>,
}

pub(crate) async fn entries(tx: &mut Tx, calls: Vec<Call>) -> Result<Vec<CallEntry>, DbError> {
    let ids: Vec<Uuid> = calls.iter().map(|call| call.id).collect();
    let legs = call_leg::of_calls(tx, &ids).await?;
    let forms = call_form::of_calls(tx, &ids).await?;
    let entry = |call: Call| CallEntry {
        legs: legs
            .iter()
            .filter(|(of, _)| *of == call.id)
            .map(|(_, leg)| leg.clone())
            .collect(),
        forms: forms
            .iter()
            .filter(|form| form.call_id == call.id)
            .cloned()
            .collect(),
        call,
    };
    Ok(calls.into_iter().map(entry).collect())
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Those with this customer.
    contact_id: Option<Uuid>,
    /// Those from and to this number, as anybody writes it.
    number: Option<String>,
    /// Everybody's: for leads and admins.
    #[serde(default)]
    all: bool,
    /// The next page: what `next` said.
    before_at: Option<i64>,
    before_id: Option<Uuid>,
}

/// The calls at one's own desk, unless a customer, a number or all is asked for. Newest first.
#[utoipa::path(get, path = "/api/calls", params(ListQuery), responses(
    (status = 200, body = Page<CallEntry>),
    (status = 403, description = "`all` is not for agents", body = Problem)))]
pub(crate) async fn list(
    State(hub): State<Hub>,
    by: Identity,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<CallEntry>>, Refused> {
    let before = before(query.before_at, query.before_id);
    let mut tx = hub.db().read().await?;
    let calls = if let Some(contact) = query.contact_id {
        let contact = contact::find(&mut tx, contact.into()).await?;
        let contact = contact.ok_or(Refused::NotFound)?;
        with_contact(&mut tx, &contact, before, PAGE).await?
    } else if let Some(number) = query.number {
        match number.parse::<Dialable>() {
            Ok(number) => call::of_peer(&mut tx, number.as_text().reveal(), before, PAGE).await?,
            Err(_) => Vec::new(),
        }
    } else if !query.all {
        return own(&mut tx, &by, before).await.map(Json);
    } else if by.is_lead() {
        call::newest(&mut tx, before, PAGE).await?
    } else {
        return Err(Refused::NotAllowed);
    };
    let rows = entries(&mut tx, calls).await?;
    Ok(Json(Page::new(rows, |row| {
        (row.call.started_at, row.call.id)
    })))
}

/// By the last ring at this person's desk.
async fn own(tx: &mut Tx, by: &Identity, before: (i64, Uuid)) -> Result<Page<CallEntry>, Refused> {
    let rings = call_leg::of_person(tx, by.user, before, PAGE).await?;
    let mut calls = Vec::with_capacity(rings.len());
    for (call, _, _) in &rings {
        calls.extend(call::find(tx, *call).await?);
    }
    let rings = Page::new(rings, |&(_, at, leg)| (at, leg));
    Ok(Page {
        rows: entries(tx, calls).await?,
        next: rings.next,
    })
}

/// The calls that are known to be this customer's, and those with a number of theirs that are
/// nobody's. Newest first.
pub(crate) async fn with_contact(
    tx: &mut Tx,
    contact: &Contact,
    before: (i64, Uuid),
    limit: i64,
) -> Result<Vec<Call>, DbError> {
    let mut calls = call::of_contact(tx, contact.id, before, limit).await?;
    let phones = contact.points.iter().filter(|p| p.kind == PointKind::Phone);
    for phone in phones {
        calls.extend(call::of_peer_alone(tx, &phone.key, before, limit).await?);
    }
    calls.sort_by_key(|call| std::cmp::Reverse((call.started_at, call.id)));
    calls.dedup_by_key(|call| call.id);
    calls.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(calls)
}

/// One call, by its key.
#[utoipa::path(get, path = "/api/calls/{key}", params(("key" = String, Path)),
    responses((status = 200, body = CallEntry), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(hub): State<Hub>,
    _: Identity,
    Path(key): Path<String>,
) -> Result<Json<CallEntry>, Refused> {
    let mut tx = hub.db().read().await?;
    let call = call::by_key(&mut tx, &key).await?;
    let call = call.ok_or(Refused::NotFound)?;
    let mut entries = entries(&mut tx, vec![call]).await?;
    entries.pop().map(Json).ok_or(Refused::NotFound)
}

/// A form and its call.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct OpenForm {
    pub(crate) call: Call,
    pub(crate) form: CallForm,
}

/// One's own forms that are not closed, the one written last first: what a restart opens again.
#[utoipa::path(get, path = "/api/forms/open", responses((status = 200, body = Vec<OpenForm>)))]
pub(crate) async fn open_forms(
    State(hub): State<Hub>,
    by: Identity,
) -> Result<Json<Vec<OpenForm>>, Refused> {
    let mut tx = hub.db().read().await?;
    let mut open = Vec::new();
    for form in call_form::open_of(&mut tx, by.user, PAGE).await? {
        let call = call::find(&mut tx, form.call_id).await?;
        open.extend(call.map(|call| OpenForm { call, form }));
    }
    Ok(Json(open))
}
