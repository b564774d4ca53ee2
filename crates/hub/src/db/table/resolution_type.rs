//! How tickets are solved (TK-08).

use alobar_core::ResolutionTypeId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::list::{Listed, columns};

/// A way a ticket is solved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ResolutionType {
    pub id: ResolutionTypeId,
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

impl Listed for ResolutionType {
    const ALL: &'static str = "
        SELECT id, rev, position, active, label FROM resolution_type ORDER BY position, id";
    const FIND: &'static str = "
        SELECT id, rev, position, active, label FROM resolution_type WHERE id = $1";
    const PUT: &'static str = "
        INSERT INTO resolution_type (id, rev, position, active, label) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, position = excluded.position,
            active = excluded.active, label = excluded.label";

    columns!(id, rev, position, active, label);
}
