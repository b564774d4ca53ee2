//! The gate: who a request comes from, and whether it may come in at all.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, Method, header};

use super::{recognise, token};
use crate::error::Refused;
use crate::hub::Hub;
use crate::identity::Identity;

/// What a browser keeps the token in. Over TLS the prefix binds it to the host (RFC 6265bis 4.1.3).
const COOKIE: &str = "alobar";
const COOKIE_TLS: &str = "__Host-alobar";

/// How a request reached the hub, as an extension put there by the server; none within the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Via {
    pub address: IpAddr,
    pub tls: bool,
}

/// What anybody may ask: it makes nobody known, or asks for itself.
const PUBLIC: &[(Method, &str)] = &[
    (Method::GET, "/api/health"),
    (Method::GET, "/api/openapi.json"),
    (Method::GET, "/api/push"),
    (Method::POST, "/api/session"),
];

/// Puts the [`Identity`] of a token's holder into the request, or refuses it. One that is there
/// already comes from this process and is taken as it is.
pub(crate) async fn gate(State(hub): State<Hub>, mut request: Request, next: Next) -> Response {
    if request.extensions().get::<Identity>().is_some() {
        return next.run(request).await;
    }
    match enter(&hub, &mut request).await {
        Err(refused) if !is_public(&request) => refused.into_response(),
        _ => next.run(request).await,
    }
}

async fn enter(hub: &Hub, request: &mut Request) -> Result<(), Refused> {
    let shown = shown(request.headers()).ok_or(Refused::NotSignedIn("not_signed_in"))?;
    if shown.in_cookie && changes_something(request) && !is_same_origin(request.headers()) {
        return Err(Refused::Origin);
    }
    let (identity, signed_in) = recognise(hub, &token::hash(&shown.token)).await?;
    hub.doors().count_request(identity.user)?;
    request.extensions_mut().insert(identity);
    request.extensions_mut().insert(signed_in);
    Ok(())
}

fn is_public(request: &Request) -> bool {
    let path = request.uri().path();
    let mut public = PUBLIC.iter();
    public.any(|(method, of)| request.method() == method && path == *of)
}

struct Shown {
    token: String,
    /// The browser sends it whoever asks.
    in_cookie: bool,
}

fn shown(headers: &HeaderMap) -> Option<Shown> {
    let bearer = headers.get(header::AUTHORIZATION);
    if let Some(bearer) = bearer.and_then(|value| value.to_str().ok()) {
        let (scheme, token) = bearer.split_once(' ')?;
        return scheme.eq_ignore_ascii_case("bearer").then(|| Shown {
            token: token.trim().to_owned(),
            in_cookie: false,
        });
    }
    let cookies = headers.get_all(header::COOKIE).iter();
    let mut cookies = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='));
    let (_, token) = cookies.find(|(name, _)| [COOKIE, COOKIE_TLS].contains(name))?;
    Some(Shown {
        token: token.to_owned(),
        in_cookie: true,
    })
}

/// A socket reads and is let in once, so it is looked at as closely as a write.
fn changes_something(request: &Request) -> bool {
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    !reads || request.headers().contains_key(header::UPGRADE)
}

/// Whether the page that sends it comes from this hub. A browser names the page's origin with every
/// write and every socket.
pub(crate) fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(origin), Some(host)) = (text(header::ORIGIN), text(header::HOST)) else {
        return false;
    };
    let of_page = origin.split_once("://").map(|(_, host)| host);
    of_page.is_some_and(|of_page| of_page.eq_ignore_ascii_case(host))
}

/// The header that gives a browser its token, or takes it away.
pub(crate) fn cookie(token: &str, max_age_s: i64, via: Option<Via>) -> String {
    let (name, secure) = if via.is_some_and(|via| via.tls) {
        (COOKIE_TLS, "; Secure")
    } else {
        (COOKIE, "")
    };
    format!("{name}={token}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Strict{secure}")
}
