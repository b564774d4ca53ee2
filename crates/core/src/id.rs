//! Typed identifiers.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One conversation as the user sees it. Not the SIP Call-ID, which stays inside the SIP crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CallId(pub u64);

impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Hands out [`CallId`]s. The driver (outgoing calls) and the SIP edge (incoming calls) share one.
#[derive(Debug, Clone, Default)]
pub struct CallIds(Arc<AtomicU64>);

impl CallIds {
    /// The next unused id, starting at 1.
    pub fn next_id(&self) -> CallId {
        CallId(self.0.fetch_add(1, Ordering::Relaxed) + 1)
    }
}

/// The text is no UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Not an id")]
pub struct IdError;

impl IdError {
    /// The stable code that selects the sentence on screen.
    pub fn code(self) -> &'static str {
        "id_malformed"
    }
}

/// Ids of records: UUIDs made by whoever creates the record (version 7, RFC 9562 5.7, so that they
/// sort by time), hyphenated in text and JSON.
macro_rules! record_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                text.parse().map(Self).map_err(|_| IdError)
            }
        }
    )+};
}

record_ids! {
    /// A person or an organisation that calls or is called.
    ContactId,
    TicketId,
    TaskId,
    OrderId,
    OrderLineId,
    NoteId,
    /// Who signs in.
    UserId,
    TeamId,
    /// A node of a ticket's category tree.
    CategoryId,
    /// What a call was about, as chosen in the popup.
    CallTypeId,
    /// How a ticket was solved.
    ResolutionTypeId,
    /// What came of a call, as chosen in the popup. Not the technical [`crate::EndCause`].
    DispositionId,
    TemplateId,
    ProductId,
    /// A stage of orders.
    StageId,
    /// One journalled change; sent again with the same id, it is done once.
    CommandId,
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

    #[test]
    fn a_record_id_is_the_same_in_text_json_and_database() {
        let id: TicketId = TEXT.parse().unwrap();
        assert_eq!(id.to_string(), TEXT);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{TEXT}\""));
        assert_eq!(
            serde_json::from_str::<TicketId>(&format!("\"{TEXT}\"")).unwrap(),
            id
        );
        assert_eq!(TicketId::from(Uuid::from(id)), id);
    }

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        let later: TicketId = "01890a5d-ac97-774b-bcce-b302099a8057".parse().unwrap();
        assert!(TEXT.parse::<TicketId>().unwrap() < later);
    }

    #[test]
    fn text_that_is_no_id_is_refused_with_a_code() {
        let error = "TK-1".parse::<TicketId>().unwrap_err();
        assert_eq!(error.code(), "id_malformed");
    }
}
