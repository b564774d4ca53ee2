//! The things that have a history, notes and followers.

use alobar_core::codes;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::stored_as_text;

codes! {
    /// What kind of thing.
    #[derive(ToSchema)]
    SubjectKind {
        Contact = "contact",
        Call = "call",
        Ticket = "ticket",
        Task = "task",
        Order = "order",
        /// Settings: users, teams, categories, …
        Admin = "admin",
    }
}

stored_as_text!(SubjectKind);

/// One thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Subject {
    pub kind: SubjectKind,
    pub id: Uuid,
}

impl Subject {
    pub(crate) fn new(kind: SubjectKind, id: impl Into<Uuid>) -> Self {
        Self {
            kind,
            id: id.into(),
        }
    }
}
