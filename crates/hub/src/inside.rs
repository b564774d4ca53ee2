//! The door for the process that a hub runs in: no socket, no token.

use axum::Router;
use axum::body::Body;
use http::{Request, Response, StatusCode};
use tower::ServiceExt;

use crate::hub::Hub;
use crate::identity::Identity;

/// The most that an answer may hold.
const MOST: usize = 16 << 20;

/// The API as one person of this process may use it.
#[derive(Debug, Clone)]
pub struct Inside {
    router: Router,
    person: Identity,
}

impl Hub {
    /// Keep the answer: making it costs more than a request.
    pub fn inside(&self, person: Identity) -> Inside {
        Inside {
            router: self.router(),
            person,
        }
    }
}

impl Inside {
    /// Answers `request` as if the person had sent it. Never fails: what goes wrong is a status.
    pub async fn call(&self, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
        let (mut parts, body) = request.into_parts();
        parts.extensions.insert(self.person.clone());
        let request = Request::from_parts(parts, Body::from(body));
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        match axum::body::to_bytes(body, MOST).await {
            Ok(bytes) => Response::from_parts(parts, bytes.into()),
            Err(_) => {
                let mut response = Response::new(Vec::new());
                *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                response
            }
        }
    }
}
