//! What holds for every answer and every request, whatever the route.

use std::any::Any;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::auth::gate::{Via, gate};
use crate::error::{Problem, Refused};
use crate::hub::Hub;

/// The largest body, in bytes. JSON may nest 128 deep: serde_json's own limit.
pub(crate) const BODY: usize = 1024 * 1024;
const TIMEOUT: Duration = Duration::from_secs(30);

/// Puts the gate and the limits around `routes`. The last one that is added is the first to be met.
pub(crate) fn around(routes: Router<Hub>, hub: &Hub) -> Router<Hub> {
    routes
        .route_layer(from_fn_with_state(hub.clone(), gate))
        .layer(RequestBodyLimitLayer::new(BODY))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            TIMEOUT,
        ))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(finish))
}

/// What a panic says may hold a customer's words: it is not passed on.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Refused::Bug("A request panicked".to_owned()).into_response()
}

async fn finish(request: Request, next: Next) -> Response {
    let over_tls = request.extensions().get::<Via>().is_some_and(|via| via.tls);
    let mut response = next.run(request).await;
    if let Some(code) = code_of_plain_refusal(&response) {
        response = (response.status(), axum::Json(Problem::new(code))).into_response();
    }
    secure(response.headers_mut(), over_tls);
    response
}

/// For a refusal that is no [`Problem`]: axum's, the limits'. Their texts are for programmers.
fn code_of_plain_refusal(response: &Response) -> Option<&'static str> {
    let status = response.status();
    let content = response.headers().get(header::CONTENT_TYPE);
    if status.as_u16() < 400 || content.is_some_and(|it| it == "application/json") {
        return None;
    }
    Some(match status {
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "body_too_large",
        StatusCode::SERVICE_UNAVAILABLE => "timed_out",
        status if status.is_server_error() => "hub_bug",
        _ => "malformed_request",
    })
}

/// What a route has set stays.
fn secure(headers: &mut HeaderMap, over_tls: bool) {
    let mut put = |name: HeaderName, value| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    put(header::CACHE_CONTROL, "no-store");
    put(
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    );
    put(header::REFERRER_POLICY, "no-referrer");
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    if over_tls {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

#[cfg(test)]
mod tests;
