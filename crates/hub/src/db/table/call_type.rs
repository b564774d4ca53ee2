//! What calls are about, as chosen in the popup.

use alobar_core::{CallTypeId, CategoryId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::list::{Listed, columns};

/// A type of call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CallType {
    pub id: CallTypeId,
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
    /// CP-15: what a ticket from such a call is about.
    #[serde(default)]
    pub category_id: Option<CategoryId>,
}

impl Listed for CallType {
    const ALL: &'static str = "
        SELECT id, rev, position, active, label, category_id
        FROM call_type ORDER BY position, id";
    const FIND: &'static str = "
        SELECT id, rev, position, active, label, category_id FROM call_type WHERE id = $1";
    const PUT: &'static str = "
        INSERT INTO call_type (id, rev, position, active, label, category_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, position = excluded.position,
            active = excluded.active, label = excluded.label, category_id = excluded.category_id";

    columns!(id, rev, position, active, label, category_id);
}
