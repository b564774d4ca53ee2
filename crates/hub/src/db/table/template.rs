//! Texts that are prepared for tickets and notes (TK-13).

use alobar_core::ticket::Priority;
use alobar_core::{CategoryId, TemplateId, codes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::list::{Listed, columns};
use crate::db::stored_as_text;

codes! {
    /// What a template fills.
    #[derive(ToSchema)]
    TemplateKind {
        Ticket = "ticket",
        Note = "note",
    }
}

stored_as_text!(Priority, TemplateKind);

/// A prepared text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Template {
    pub id: TemplateId,
    #[serde(default)]
    #[schema(required = true)]
    pub rev: i64,
    /// Made by the hub.
    #[serde(default)]
    #[schema(required = true)]
    pub position: i64,
    pub active: bool,
    pub kind: TemplateKind,
    /// (*) At most 200 characters.
    pub title: String,
    /// At most 10,000 characters.
    pub body: String,
    /// What a ticket is filled with beside title and body; none: left as it is.
    #[serde(default)]
    pub category_id: Option<CategoryId>,
    #[serde(default)]
    pub priority: Option<Priority>,
}

impl Listed for Template {
    const ALL: &'static str = "
        SELECT id, rev, position, active, kind, title, body, category_id, priority
        FROM template ORDER BY position, id";
    const FIND: &'static str = "
        SELECT id, rev, position, active, kind, title, body, category_id, priority
        FROM template WHERE id = $1";
    const PUT: &'static str = "
        INSERT INTO template (id, rev, position, active, kind, title, body, category_id, priority)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, position = excluded.position,
            active = excluded.active, kind = excluded.kind, title = excluded.title,
            body = excluded.body, category_id = excluded.category_id,
            priority = excluded.priority";

    columns!(
        id,
        rev,
        position,
        active,
        kind,
        title,
        body,
        category_id,
        priority
    );
}
