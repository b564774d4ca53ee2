//! Customers.

use alobar_core::ContactId;
use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::page::{PAGE, before, history_of};
use crate::db::table::change_log::Change;
use crate::db::table::contact::{self, Contact, PointKind};
use crate::error::{Problem, Refused};
use crate::hub::Hub;
use crate::identity::Identity;
use crate::subject::{Subject, SubjectKind};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// Those with this phone number, as anybody writes it; or with this address.
    phone: Option<String>,
    email: Option<String>,
    /// The next page: `updated_at` and `id` of the last row.
    before_at: Option<i64>,
    before_id: Option<Uuid>,
}

/// Customers, the one touched last first.
#[utoipa::path(get, path = "/api/contacts", params(ListQuery), responses((status = 200, body = Vec<Contact>)))]
pub(crate) async fn list(
    State(hub): State<Hub>,
    _: Identity,
    Query(query): Query<ListQuery>,
) -> Result<Json<Vec<Contact>>, Refused> {
    let mut tx = hub.db().read().await?;
    let contacts = if let Some(phone) = query.phone {
        match phone.parse::<alobar_core::Dialable>() {
            Ok(number) => {
                let key = number.as_text().reveal();
                contact::by_point(&mut tx, PointKind::Phone, key, PAGE).await?
            }
            Err(_) => Vec::new(),
        }
    } else if let Some(email) = query.email {
        let key = email.trim().to_lowercase();
        contact::by_point(&mut tx, PointKind::Email, &key, PAGE).await?
    } else {
        let (at, id) = before(query.before_at, query.before_id);
        contact::newest(&mut tx, (at, id.into()), PAGE).await?
    };
    Ok(Json(contacts))
}

/// One customer.
#[utoipa::path(get, path = "/api/contacts/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = Contact), (status = 404, body = Problem)))]
pub(crate) async fn get(
    State(hub): State<Hub>,
    _: Identity,
    Path(id): Path<ContactId>,
) -> Result<Json<Contact>, Refused> {
    let mut tx = hub.db().read().await?;
    let found = contact::find(&mut tx, id).await?;
    found.map(Json).ok_or(Refused::NotFound)
}

/// What was done to a customer's record, newest first.
#[utoipa::path(get, path = "/api/contacts/{id}/history", params(("id" = Uuid, Path)),
    responses((status = 200, body = Vec<Change>)))]
pub(crate) async fn history(
    State(hub): State<Hub>,
    _: Identity,
    Path(id): Path<ContactId>,
) -> Result<Json<Vec<Change>>, Refused> {
    history_of(&hub, Subject::new(SubjectKind::Contact, id)).await
}
