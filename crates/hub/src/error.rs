//! What the hub answers when it does not do it.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::DbError;

/// The body of every answer that is no success. `code` selects the sentence on screen, `params`
/// fill it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    pub code: String,
    pub params: Vec<(String, String)>,
    /// Ties the sentence on screen to the hub's log.
    pub trace_id: String,
    /// Of a `conflict`: what both sides wrote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

impl Problem {
    /// One that needs no parameters.
    pub(crate) fn new(code: &str) -> Self {
        Self {
            code: code.to_owned(),
            params: Vec::new(),
            trace_id: trace_id(),
            conflicts: Vec::new(),
        }
    }
}

/// A field that two people changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Conflict {
    pub field: String,
    /// What the command wants.
    pub mine: serde_json::Value,
    /// What is there now.
    pub theirs: serde_json::Value,
}

/// Why a request is refused. Only a [`Refused::Bug`] is a fault of the hub.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    /// No token, or one that is no longer good: the code says which.
    #[error("Not signed in: {0}")]
    NotSignedIn(&'static str),
    /// Also for what is hidden from this person and must not be told to exist.
    #[error("Not found")]
    NotFound,
    #[error("Not allowed")]
    NotAllowed,
    /// The state, or a rule, does not allow it.
    #[error("Rejected: {code}")]
    Rejected {
        code: &'static str,
        params: Vec<(&'static str, String)>,
    },
    #[error("Changed by somebody else")]
    Conflict(Vec<Conflict>),
    /// Later, it may be done.
    #[error("Too many: {code}")]
    TooMany {
        code: &'static str,
        retry_after_s: u64,
    },
    /// A page of another site sends it with the person's cookie.
    #[error("From another origin")]
    Origin,
    #[error("Database")]
    Database(#[from] DbError),
    #[error("Bug: {0}")]
    Bug(String),
}

impl Refused {
    pub(crate) fn rejected(code: &'static str) -> Self {
        Self::Rejected {
            code,
            params: Vec::new(),
        }
    }

    /// A mandatory field is empty, or a field holds what it must not.
    pub(crate) fn field(code: &'static str, field: &'static str) -> Self {
        Self::Rejected {
            code,
            params: vec![("field", field.to_owned())],
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotSignedIn(_) => StatusCode::UNAUTHORIZED,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotAllowed | Self::Origin => StatusCode::FORBIDDEN,
            Self::Rejected { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Database(DbError::Duplicate) => StatusCode::CONFLICT,
            Self::Database(DbError::Constraint) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Database(DbError::Full) => StatusCode::INSUFFICIENT_STORAGE,
            Self::Database(DbError::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Database(DbError::Statement(_)) | Self::Bug(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NotSignedIn(code) | Self::TooMany { code, .. } => code,
            Self::NotFound => "not_found",
            Self::NotAllowed => "not_allowed",
            Self::Rejected { code, .. } => code,
            Self::Conflict(_) => "conflict",
            Self::Origin => "origin_refused",
            Self::Database(DbError::Duplicate) => "already_there",
            Self::Database(DbError::Constraint) => "refers_to_nothing",
            Self::Database(DbError::Full) => "hub_disk_full",
            Self::Database(DbError::Unavailable(_)) => "hub_unavailable",
            Self::Database(DbError::Statement(_)) | Self::Bug(_) => "hub_bug",
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let trace_id = trace_id();
        let status = self.status();
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(%trace_id, error = &self as &dyn std::error::Error, "Request failed");
        }
        let code = self.code().to_owned();
        let retry_after = match self {
            Self::TooMany { retry_after_s, .. } => Some(retry_after_s),
            _ => None,
        };
        let params = match &self {
            Self::Rejected { params, .. } => params.clone(),
            Self::TooMany { retry_after_s, .. } => vec![("seconds", retry_after_s.to_string())],
            _ => Vec::new(),
        };
        let problem = Problem {
            code,
            params: params
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            trace_id,
            conflicts: match self {
                Self::Conflict(conflicts) => conflicts,
                _ => Vec::new(),
            },
        };
        let mut response = (status, Json(problem)).into_response();
        if let Some(seconds) = retry_after {
            response
                .headers_mut()
                .insert(http::header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

fn trace_id() -> String {
    let id = uuid::Uuid::now_v7().simple().to_string();
    id[id.len() - 8..].to_owned()
}
