//! What comes of calls, as the agent says.

use alobar_core::DispositionId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::list::{Listed, columns};

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Disposition {
    pub id: DispositionId,
    #[serde(default)]
    #[schema(required = true)]
    pub rev: i64,
    /// Made by the hub.
    #[serde(default)]
    #[schema(required = true)]
    pub position: i64,
    pub active: bool,
    /// (*) At most 100 characters.
    pub label: String,
}

impl Listed for Disposition {
    const ALL: &'static str = "
        SELECT id, rev, position, active, label FROM disposition ORDER BY position, id";
    const FIND: &'static str = "
        SELECT id, rev, position, active, label FROM disposition WHERE id = $1";
    const PUT: &'static str = "
        INSERT INTO disposition (id, rev, position, active, label) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, position = excluded.position,
            active = excluded.active, label = excluded.label";

    columns!(id, rev, position, active, label);
}
