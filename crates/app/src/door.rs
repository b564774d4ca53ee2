//! The way to the hub: the one in this process, or a remote one.

use alobar_hub::{Inside, Problem};
use http::{Method, Request, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Who is asked, and as whom.
#[derive(Debug, Clone)]
pub(crate) enum Door {
    Embedded(Inside),
}

/// Why there is no good answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DoorError {
    /// The hub has said no; asking again changes nothing.
    #[error("Refused: {}", .0.code)]
    Refused(Problem),
    /// It may work later.
    #[error("The hub cannot answer now: {0}")]
    Later(String),
    /// The answer has no known form.
    #[error("Unknown answer")]
    Unknown(#[source] serde_json::Error),
}

impl Door {
    /// Asks and reads the JSON of the answer.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Option<&impl Serialize>,
    ) -> Result<T, DoorError> {
        let body = body.map(serde_json::to_vec).transpose();
        let body = body.map_err(DoorError::Unknown)?;
        let (status, answer) = self.pass(method, path, body).await;
        if status.is_success() {
            return serde_json::from_slice(&answer).map_err(DoorError::Unknown);
        }
        if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            return Err(DoorError::Later(status.to_string()));
        }
        let problem = serde_json::from_slice(&answer).unwrap_or_else(|_| Problem {
            // An older hub does not know this command.
            code: "hub_does_not_understand".to_owned(),
            params: Vec::new(),
            trace_id: String::new(),
            conflicts: Vec::new(),
        });
        Err(DoorError::Refused(problem))
    }

    /// Passes a request on as it is.
    pub(crate) async fn pass(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
    ) -> (StatusCode, Vec<u8>) {
        let Self::Embedded(hub) = self;
        let mut request = Request::new(body.unwrap_or_default());
        *request.method_mut() = method;
        let Ok(uri) = path.parse() else {
            return (StatusCode::BAD_REQUEST, Vec::new());
        };
        *request.uri_mut() = uri;
        let json = http::HeaderValue::from_static("application/json");
        request
            .headers_mut()
            .insert(http::header::CONTENT_TYPE, json);
        let response = hub.call(request).await;
        let (parts, body) = response.into_parts();
        (parts.status, body)
    }
}
