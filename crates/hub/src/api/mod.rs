//! The HTTP JSON API, described by its own code (OpenAPI at `/api/openapi.json`).

mod commands;
mod contacts;

use axum::{Json, Router};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::hub::Hub;

#[derive(OpenApi)]
#[openapi(info(
    title = "Alobar hub",
    description = "Times are epoch milliseconds; money is minor units."
))]
struct Description;

/// Every route with its description.
pub(crate) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(commands::execute))
        .routes(routes!(contacts::list))
        .routes(routes!(contacts::get))
        .routes(routes!(contacts::history))
}

/// The routes as a service, and their description as one more of them.
pub(crate) fn router(hub: Hub) -> Router {
    let (router, description) = routes().split_for_parts();
    let document = Json(description);
    router
        .route(
            "/api/openapi.json",
            axum::routing::get(move || async move { document }),
        )
        .with_state(hub)
}
