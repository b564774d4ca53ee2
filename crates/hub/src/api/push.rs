//! What has changed: as it happens, or a page at a time.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::{Extension, Json};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::db::table::session::SignedIn;
use crate::error::{Problem, Refused};
use crate::hub::Hub;
use crate::identity::Identity;
use crate::push::{self, ChangePage};

/// Of one socket: thousands are open.
const BUFFER: usize = 4 * 1024;
/// The largest frame a client may send: it says hello, no more.
const FRAME: usize = 4 * 1024;

/// A WebSocket. First frame, within 5 s: `{"hello":{"token":…,"cursor":…}}`, without a token when the
/// cookie says who it is, without a cursor from now on. Then come `{"welcome":{"head":…}}`,
/// `{"change":…}`, `{"reset":{"head":…}}`. It is closed with a reason that is a code: 4401 and why
/// the token is no longer good, 4400 `malformed_request`, 4408 `resync`, 4429 `too_many_requests`,
/// 1001 `hub_stopping`, 1011 `hub_unavailable`.
#[utoipa::path(get, path = "/api/push", responses(
    (status = 101, description = "Frames of `Pushed`", body = push::Pushed),
    (status = 400, description = "No WebSocket", body = Problem),
))]
pub(crate) async fn push(
    State(hub): State<Hub>,
    signed_in: Option<Extension<SignedIn>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let cookie = signed_in.map(|Extension(it)| it);
    upgrade
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_write_buffer_size(2 * crate::limits::BODY)
        .max_message_size(FRAME)
        .max_frame_size(FRAME)
        .on_upgrade(move |socket| push::serve(hub, socket, cookie))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChangesQuery {
    /// The `cursor` of the page before; 0: from the beginning.
    after: i64,
}

/// What has changed after a cursor, oldest first: 200 lines at a time.
#[utoipa::path(get, path = "/api/changes", params(ChangesQuery), responses((status = 200, body = ChangePage)))]
pub(crate) async fn changes(
    State(hub): State<Hub>,
    by: Identity,
    Query(query): Query<ChangesQuery>,
) -> Result<Json<ChangePage>, Refused> {
    let mut tx = hub.db().read().await?;
    Ok(Json(push::page(&mut tx, &by, query.after).await?))
}
