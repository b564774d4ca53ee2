//! Long lists, a page at a time, and histories.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::table::change_log::{self, Change};
use crate::error::Refused;
use crate::hub::Hub;
use crate::subject::Subject;

/// Rows of one answer.
pub(crate) const PAGE: i64 = 50;
/// Lines of a history.
const LINES: i64 = 200;

/// Some rows of a list, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    /// For the next page; none: this is the last one.
    pub(crate) next: Option<Next>,
}

/// Asked for as `before_at` and `before_id`.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct Next {
    pub(crate) at: i64,
    pub(crate) id: Uuid,
}

impl<T> Page<T> {
    /// `place` says where in the list a row stands.
    pub(crate) fn new(rows: Vec<T>, place: impl Fn(&T) -> (i64, Uuid)) -> Self {
        let is_full = rows.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
        let last = rows.last().filter(|_| is_full).map(place);
        Self {
            rows,
            next: last.map(|(at, id)| Next { at, id }),
        }
    }
}

/// Where a page begins, from `before_at` and `before_id`.
pub(crate) fn before(at: Option<i64>, id: Option<Uuid>) -> (i64, Uuid) {
    (at.unwrap_or(i64::MAX), id.unwrap_or(Uuid::max()))
}

/// Where a list begins.
pub(crate) const FIRST: (i64, Uuid) = (i64::MAX, Uuid::max());

/// What was done to `subject`, newest first.
pub(crate) async fn history_of(hub: &Hub, subject: Subject) -> Result<Json<Vec<Change>>, Refused> {
    let mut tx = hub.db().read().await?;
    let lines = change_log::history(&mut tx, subject, i64::MAX, LINES).await?;
    Ok(Json(lines))
}
