//! The HTTP JSON API, described by its own code (OpenAPI at `/api/openapi.json`).

mod calls;
mod commands;
mod configuration;
mod contacts;
mod health;
mod notes;
mod orders;
mod page;
mod people;
mod popup;
mod push;
mod search;
pub(crate) mod session;
mod tasks;
mod tickets;

use axum::{Json, Router};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::hub::Hub;
use crate::limits;

#[derive(OpenApi)]
#[openapi(info(
    title = "Alobar hub",
    description = "Times are epoch milliseconds; money is minor units."
))]
struct Description;

/// Every route with its description.
pub(crate) fn routes() -> OpenApiRouter<Hub> {
    let mut routes = OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(calls::list))
        .routes(routes!(calls::get))
        .routes(routes!(calls::open_forms))
        .routes(routes!(commands::execute))
        .routes(routes!(configuration::get))
        .routes(routes!(configuration::put_entry))
        .routes(routes!(configuration::reorder))
        .routes(routes!(configuration::put_popup))
        .routes(routes!(configuration::put_exchange))
        .routes(routes!(contacts::list))
        .routes(routes!(contacts::get))
        .routes(routes!(contacts::history))
        .routes(routes!(health::health))
        .routes(routes!(notes::of_subject))
        .routes(routes!(orders::list))
        .routes(routes!(orders::get))
        .routes(routes!(orders::history))
        .routes(routes!(people::list, people::create))
        .routes(routes!(people::change))
        .routes(routes!(people::reset_password))
        .routes(routes!(people::revoke))
        .routes(routes!(people::list_teams, people::create_team))
        .routes(routes!(people::change_team))
        .routes(routes!(popup::get))
        .routes(routes!(push::changes))
        .routes(routes!(push::push))
        .routes(routes!(search::search))
        .routes(routes!(session::change_password))
        .routes(routes!(session::get, session::sign_in, session::sign_out))
        .routes(routes!(tasks::list))
        .routes(routes!(tasks::get))
        .routes(routes!(tasks::history))
        .routes(routes!(tickets::list))
        .routes(routes!(tickets::get))
        .routes(routes!(tickets::history));
    name_operations(routes.get_openapi_mut());
    routes
}

/// By method and path, so that no two have one name.
fn name_operations(description: &mut utoipa::openapi::OpenApi) {
    for (path, item) in &mut description.paths.paths {
        let operations = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("put", &mut item.put),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                let name = path.replace(['/', '-', '.', '{', '}'], "_");
                operation.operation_id = Some(format!("{method}{name}"));
            }
        }
    }
}

/// The routes as a service, and their description as one more of them.
pub(crate) fn router(hub: Hub) -> Router {
    let (router, description) = routes().split_for_parts();
    let document = Json(description);
    let router = router.route(
        "/api/openapi.json",
        axum::routing::get(move || async move { document }),
    );
    limits::around(router, &hub).with_state(hub)
}

#[cfg(test)]
mod tests;
