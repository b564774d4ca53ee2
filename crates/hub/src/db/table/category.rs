//! What tickets are about, on three levels (TK-22).

use alobar_core::{CategoryId, TeamId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::list::{Listed, columns};

/// A node of the tree. Offered when it and all above it are active.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Category {
    pub id: CategoryId,
    #[serde(default)]
    #[schema(required = true)]
    pub rev: i64,
    /// Among its siblings. Made by the hub.
    #[serde(default)]
    #[schema(required = true)]
    pub position: i64,
    pub active: bool,
    /// (*) At most 100 characters.
    pub label: String,
    /// Fixed once it is made.
    #[serde(default)]
    pub parent_id: Option<CategoryId>,
    /// 1 to 3. Made by the hub.
    #[serde(default)]
    #[schema(required = true)]
    pub level: i64,
    /// Who is in charge of its tickets, unless the agent chooses.
    #[serde(default)]
    pub assignee_id: Option<UserId>,
    #[serde(default)]
    pub team_id: Option<TeamId>,
    /// Minutes from a ticket's making; none: no such promise.
    #[serde(default)]
    pub first_reply_min: Option<i64>,
    #[serde(default)]
    pub resolve_min: Option<i64>,
}

impl Listed for Category {
    const ALL: &'static str = "
        SELECT id, rev, position, active, label, parent_id, level, assignee_id, team_id,
            first_reply_min, resolve_min
        FROM category ORDER BY level, position, id";
    const FIND: &'static str = "
        SELECT id, rev, position, active, label, parent_id, level, assignee_id, team_id,
            first_reply_min, resolve_min
        FROM category WHERE id = $1";
    const PUT: &'static str = "
        INSERT INTO category (id, rev, position, active, label, parent_id, level, assignee_id,
            team_id, first_reply_min, resolve_min)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, position = excluded.position,
            active = excluded.active, label = excluded.label, assignee_id = excluded.assignee_id,
            team_id = excluded.team_id, first_reply_min = excluded.first_reply_min,
            resolve_min = excluded.resolve_min";

    columns!(
        id,
        rev,
        position,
        active,
        label,
        parent_id,
        level,
        assignee_id,
        team_id,
        first_reply_min,
        resolve_min
    );
}
