//! People and teams, for admins.

use alobar_core::{TeamId, UserId};
use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::auth;
use crate::db::table::team::{self, Team};
use crate::error::{Problem, Refused};
use crate::hub::Hub;
use crate::identity::Admin;
use crate::people::{self, NewPerson, NewTeam, PersonPatch, PersonView, TeamPatch};

/// Everybody, also who is not active, by username.
#[utoipa::path(get, path = "/api/admin/users", responses((status = 200, body = Vec<PersonView>)))]
pub(crate) async fn list(
    State(hub): State<Hub>,
    _: Admin,
) -> Result<Json<Vec<PersonView>>, Refused> {
    let mut tx = hub.db().read().await?;
    Ok(Json(people::list(&mut tx).await?))
}

/// Adds a person. 422 `field_taken`: another has the username or the extension.
#[utoipa::path(post, request_body = NewPerson, path = "/api/admin/users",
    responses((status = 200, body = PersonView), (status = 422, body = Problem)))]
pub(crate) async fn create(
    State(hub): State<Hub>,
    Admin(by): Admin,
    Json(new): Json<NewPerson>,
) -> Result<Json<PersonView>, Refused> {
    auth::worth(&new.password, &new.username)?;
    people::add(&hub, Some(by.user), new).await.map(Json)
}

/// Changes a person. Another role, or no longer active: ends their sign-ins. 422 `last_admin`.
#[utoipa::path(patch, request_body = PersonPatch, path = "/api/admin/users/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = PersonView), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn change(
    State(hub): State<Hub>,
    Admin(by): Admin,
    Path(id): Path<UserId>,
    Json(patch): Json<PersonPatch>,
) -> Result<Json<PersonView>, Refused> {
    people::change(&hub, by.user, id, patch).await.map(Json)
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct ResetPassword {
    /// At least 8 characters, not a common one.
    password: String,
}

/// Gives a person a new password and ends their sign-ins.
#[utoipa::path(put, request_body = ResetPassword, path = "/api/admin/users/{id}/password", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn reset_password(
    State(hub): State<Hub>,
    Admin(by): Admin,
    Path(id): Path<UserId>,
    Json(wanted): Json<ResetPassword>,
) -> Result<StatusCode, Refused> {
    people::reset_password(&hub, by.user, id, wanted.password).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends everything a person is signed in with.
#[utoipa::path(delete, path = "/api/admin/users/{id}/sessions", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub(crate) async fn revoke(
    State(hub): State<Hub>,
    Admin(by): Admin,
    Path(id): Path<UserId>,
) -> Result<StatusCode, Refused> {
    people::revoke(&hub, by.user, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Every team, also who is not active, by name.
#[utoipa::path(get, path = "/api/admin/teams", responses((status = 200, body = Vec<Team>)))]
pub(crate) async fn list_teams(
    State(hub): State<Hub>,
    _: Admin,
) -> Result<Json<Vec<Team>>, Refused> {
    let mut tx = hub.db().read().await?;
    Ok(Json(team::list(&mut tx).await?))
}

/// Adds a team. 422 `field_taken`: another has the name.
#[utoipa::path(post, request_body = NewTeam, path = "/api/admin/teams",
    responses((status = 200, body = Team), (status = 422, body = Problem)))]
pub(crate) async fn create_team(
    State(hub): State<Hub>,
    Admin(by): Admin,
    Json(new): Json<NewTeam>,
) -> Result<Json<Team>, Refused> {
    people::add_team(&hub, Some(by.user), new).await.map(Json)
}

/// Renames a team, or takes it out of use.
#[utoipa::path(patch, request_body = TeamPatch, path = "/api/admin/teams/{id}", params(("id" = Uuid, Path)),
    responses((status = 200, body = Team), (status = 404, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn change_team(
    State(hub): State<Hub>,
    Admin(by): Admin,
    Path(id): Path<TeamId>,
    Json(patch): Json<TeamPatch>,
) -> Result<Json<Team>, Refused> {
    people::change_team(&hub, by.user, id, patch)
        .await
        .map(Json)
}
