//! Notes and followers of anything that has them.

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::page::PAGE;
use crate::db::table::follower;
use crate::db::table::note::{self, Note};
use crate::error::Refused;
use crate::hub::Hub;
use crate::identity::Identity;
use crate::subject::{Subject, SubjectKind};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SubjectQuery {
    #[param(value_type = SubjectKind)]
    kind: SubjectKind,
    id: Uuid,
}

/// What is written on something, and who is told about it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Notes {
    /// Newest first.
    pub(crate) notes: Vec<Note>,
    pub(crate) followers: Vec<Uuid>,
}

/// Notes and followers of a customer, a ticket, a task or an order.
#[utoipa::path(get, path = "/api/notes", params(SubjectQuery),
    responses((status = 200, body = Notes)))]
pub(crate) async fn of_subject(
    State(hub): State<Hub>,
    _: Identity,
    Query(query): Query<SubjectQuery>,
) -> Result<Json<Notes>, Refused> {
    let subject = Subject::new(query.kind, query.id);
    let mut tx = hub.db().read().await?;
    let followers = follower::of_subject(&mut tx, subject).await?;
    Ok(Json(Notes {
        notes: note::of_subject(&mut tx, subject, PAGE).await?,
        followers: followers.into_iter().map(Into::into).collect(),
    }))
}
