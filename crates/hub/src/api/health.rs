//! Whether the hub is there, and which one it is.

use axum::Json;

use crate::version::HubVersion;

/// For anybody: a desktop looks at it before it asks for a password.
#[utoipa::path(get, path = "/api/health", responses((status = 200, body = HubVersion)))]
pub(crate) async fn health() -> Json<HubVersion> {
    Json(HubVersion::this())
}
