//! What an admin sets up, and the one document that desktops read.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::command::{Doing, Done};
use crate::configuration::{
    self, Configuration, Entry, ExchangeSettings, ListName, PopupSettings, Settings,
};
use crate::error::{Problem, Refused};
use crate::hub::Hub;
use crate::identity::{Admin, Identity};

/// The lists, settings, people and teams in one document. Ask with `If-None-Match`: it changes
/// seldom.
#[utoipa::path(get, path = "/api/configuration",
    params(("if-none-match" = Option<String>, Header, description = "The `etag` of the one at hand")),
    responses(
        (status = 200, body = Configuration, headers(("etag" = String))),
        (status = 304, description = "The one at hand is the newest"),
    ))]
pub(crate) async fn get(
    State(hub): State<Hub>,
    _: Identity,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let document = configuration::read(&mut hub.db().read().await?).await?;
    let body = serde_json::to_vec(&document).map_err(|e| Refused::Bug(e.to_string()))?;
    // By its content: a database that comes from a copy counts its revisions again.
    let tag = Uuid::from_slice(&Sha256::digest(&body)[..16]).unwrap_or_default();
    let tag = format!("\"{}\"", tag.simple());
    let known = headers.get(header::IF_NONE_MATCH);
    let known = known.is_some_and(|known| names(known, &tag));
    let tag = [(header::ETAG, tag)];
    let json = [(header::CONTENT_TYPE, "application/json")];
    Ok(match known {
        true => (StatusCode::NOT_MODIFIED, tag).into_response(),
        false => (tag, json, body).into_response(),
    })
}

/// RFC 9110 13.1.2, by weak comparison.
fn names(known: &HeaderValue, tag: &str) -> bool {
    let known = known.to_str().unwrap_or_default().split(',');
    known
        .map(str::trim)
        .any(|known| known.strip_prefix("W/").unwrap_or(known) == tag)
}

/// Adds an entry at the end of its list, or changes it. Entries are not deleted but made inactive.
#[utoipa::path(put, path = "/api/admin/entries", request_body = Entry,
    responses(
        (status = 200, body = Done),
        (status = 409, description = "Another admin changed the same fields, or the new entry's id is taken", body = Problem),
        (status = 422, description = "A rule refuses it", body = Problem),
    ))]
pub(crate) async fn put_entry(
    State(hub): State<Hub>,
    by: Admin,
    Json(entry): Json<Entry>,
) -> Result<Json<Done>, Refused> {
    let mut doing = begin(&hub, &by).await?;
    let done = configuration::put(&mut doing, entry).await?;
    hub.keep(doing.tx).await?;
    Ok(Json(done))
}

/// Entries of one list in the order they shall have.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct EntryOrder {
    ids: Vec<Uuid>,
}

/// Puts entries into an order; those that are not named keep their places.
#[utoipa::path(put, path = "/api/admin/lists/{list}/order",
    params(("list" = inline(ListName), Path)), request_body = EntryOrder,
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn reorder(
    State(hub): State<Hub>,
    by: Admin,
    Path(list): Path<ListName>,
    Json(order): Json<EntryOrder>,
) -> Result<StatusCode, Refused> {
    let mut doing = begin(&hub, &by).await?;
    configuration::reorder(&mut doing, list, &order.ids).await?;
    hub.keep(doing.tx).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the popup shows and asks for.
#[utoipa::path(put, path = "/api/admin/settings/popup", request_body = PopupSettings,
    responses((status = 200, body = Done), (status = 422, body = Problem)))]
pub(crate) async fn put_popup(
    State(hub): State<Hub>,
    by: Admin,
    Json(wanted): Json<PopupSettings>,
) -> Result<Json<Done>, Refused> {
    put_settings(&hub, &by, wanted).await
}

/// Where desktops register.
#[utoipa::path(put, path = "/api/admin/settings/exchange",
    request_body = ExchangeSettings,
    responses((status = 200, body = Done), (status = 422, body = Problem)))]
pub(crate) async fn put_exchange(
    State(hub): State<Hub>,
    by: Admin,
    Json(wanted): Json<ExchangeSettings>,
) -> Result<Json<Done>, Refused> {
    put_settings(&hub, &by, wanted).await
}

async fn put_settings<T: Settings>(
    hub: &Hub,
    by: &Admin,
    wanted: T,
) -> Result<Json<Done>, Refused> {
    let mut doing = begin(hub, by).await?;
    let done = configuration::put_setting(&mut doing, wanted).await?;
    hub.keep(doing.tx).await?;
    Ok(Json(done))
}

async fn begin<'a>(hub: &Hub, by: &'a Admin) -> Result<Doing<'a>, Refused> {
    Ok(Doing {
        tx: hub.db().write().await?,
        by: &by.0,
        now: hub.now(),
    })
}
