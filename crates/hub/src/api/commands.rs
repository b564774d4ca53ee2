//! The one door for what people write.

use axum::Json;
use axum::extract::State;

use crate::command::{self, Done, Envelope};
use crate::error::{Problem, Refused};
use crate::hub::Hub;
use crate::identity::Identity;

/// Does a command once, however often it comes.
#[utoipa::path(
    post, request_body = Envelope, path = "/api/commands",
    responses(
        (status = 200, body = Done),
        (status = 409, description = "`conflict`: another person changed the same fields", body = Problem),
        (status = 422, description = "A rule refuses it, or the id was used for another command", body = Problem),
    )
)]
pub(crate) async fn execute(
    State(hub): State<Hub>,
    by: Identity,
    Json(envelope): Json<Envelope>,
) -> Result<Json<Done>, Refused> {
    command::execute(&hub, &by, envelope).await.map(Json)
}
