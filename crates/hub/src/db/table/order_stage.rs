//! Where orders stand, as the team names it.

use alobar_core::StageId;
use alobar_core::order::StageKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::list::{Listed, columns};
use crate::db::stored_as_text;

stored_as_text!(StageKind);

/// A stage. Orders begin in the first one that is active and open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderStage {
    pub id: StageId,
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
    /// Open, won or lost.
    pub kind: StageKind,
}

impl Listed for OrderStage {
    const ALL: &'static str = "
        SELECT id, rev, position, active, label, kind FROM order_stage ORDER BY position, id";
    const FIND: &'static str = "
        SELECT id, rev, position, active, label, kind FROM order_stage WHERE id = $1";
    const PUT: &'static str = "
        INSERT INTO order_stage (id, rev, position, active, label, kind)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, position = excluded.position,
            active = excluded.active, label = excluded.label, kind = excluded.kind";

    columns!(id, rev, position, active, label, kind);
}
