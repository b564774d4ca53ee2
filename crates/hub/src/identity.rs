//! Who asks.

use alobar_core::{TeamId, UserId, codes};
use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use utoipa::ToSchema;

use crate::db::stored_as_text;
use crate::error::Refused;

codes! {
    /// What a person may do; each role may do what the ones before it may.
    #[derive(ToSchema)]
    Role {
        Agent = "agent",
        Lead = "lead",
        Admin = "admin",
    }
}

stored_as_text!(Role);

/// The person a request comes from, as an extension of the request: put there by the check of the
/// token, or by the process itself for its own person (embedded). No header can make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub user: UserId,
    pub role: Role,
    pub teams: Vec<TeamId>,
    /// Of the teams, those this person leads.
    pub leads: Vec<TeamId>,
}

impl Identity {
    pub(crate) fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }

    /// Leads and admins may do what closes a matter for others, such as reopening a closed ticket.
    pub(crate) fn is_lead(&self) -> bool {
        self.role >= Role::Lead
    }
}

impl<S: Sync> FromRequestParts<S> for Identity {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let identity = parts.extensions.get::<Identity>().cloned();
        identity.ok_or_else(|| Refused::NotSignedIn("not_signed_in").into_response())
    }
}

/// The extractor of what only an admin may call.
#[derive(Debug, Clone)]
pub(crate) struct Admin(pub(crate) Identity);

impl<S: Sync> FromRequestParts<S> for Admin {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let identity = Identity::from_request_parts(parts, state).await?;
        if !identity.is_admin() {
            return Err(Refused::NotAllowed.into_response());
        }
        Ok(Self(identity))
    }
}
