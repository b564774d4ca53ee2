//! Rows H10 and H11: what holds for every request and answer.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::{Request, header};
use serde_json::json;
use tower::ServiceExt;

use super::{BODY, around};
use crate::auth::gate::Via;
use crate::identity::Role;
use crate::testing::{TestHub, answer, request};

#[tokio::test]
async fn h10_a_body_of_more_than_a_mebibyte_is_refused_unread() {
    let at = TestHub::new().await;
    let token = at.token(at.person("lan", Role::Agent).await).await;
    for (size, expected) in [(BODY, "malformed_request"), (BODY + 1, "body_too_large")] {
        let request = Request::post("/api/commands")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from("x".repeat(size)))
            .unwrap();
        let refused = at.ask(request).await;
        assert_eq!(refused.code(), expected, "{refused:?}");
    }
}

#[tokio::test]
async fn h10_json_that_is_nested_too_deep_is_refused() {
    let at = TestHub::new().await;
    let token = at.token(at.person("lan", Role::Agent).await).await;
    let deep = format!(
        r#"{{"id":"01890a5d-ac96-774b-bcce-b302099a8057",
            "command":{{"kind":"create_contact.1","x":{}{}}}}}"#,
        "[".repeat(200_000),
        "]".repeat(200_000)
    );
    let request = Request::post("/api/commands")
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(deep))
        .unwrap();
    let refused = at.ask(request).await;
    assert!(refused.is(400, "malformed_request"), "{refused:?}");
}

#[tokio::test]
async fn h10_who_asks_too_often_has_to_wait_and_others_have_not() {
    let at = TestHub::new().await;
    let user = at.person("lan", Role::Agent).await;
    let lan = at.token(user).await;
    let minh = at.token(at.person("minh", Role::Agent).await).await;
    let first = at.call(&lan, "GET", "/api/session", None).await;
    assert_eq!(first.status, 200);
    // Some are let in again while time passes.
    let refused = loop {
        while at.hub.doors().count_request(user).is_ok() {}
        let answer = at.call(&lan, "GET", "/api/session", None).await;
        if answer.status != 200 {
            break answer;
        }
    };
    assert!(refused.is(429, "too_many_requests"), "{refused:?}");
    assert!(refused.headers.contains_key(header::RETRY_AFTER));
    let other = at.call(&minh, "GET", "/api/session", None).await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn h10_a_panic_is_answered_without_what_it_says() {
    let at = TestHub::new().await;
    let routes = Router::new().route(
        "/api/health",
        get(async || -> () { panic!("0912345678 said so") }),
    );
    let router = around(routes, &at.hub).with_state(at.hub.clone());
    let response = router
        .oneshot(request("GET", "/api/health", None))
        .await
        .unwrap();
    let answer = answer(response).await;
    assert!(answer.is(500, "hub_bug"), "{answer:?}");
    assert_eq!(answer.body["params"], json!([]));
}

#[tokio::test]
async fn h11_every_answer_has_the_secure_headers_and_over_tls_asks_for_tls() {
    let at = TestHub::new().await;
    for path in ["/api/health", "/api/session", "/nowhere"] {
        for tls in [false, true] {
            let mut request = request("GET", path, None);
            request.extensions_mut().insert(Via {
                address: [192, 0, 2, 1].into(),
                tls,
            });
            let headers = at.ask(request).await.headers;
            assert_eq!(headers[header::CACHE_CONTROL], "no-store");
            assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert_eq!(headers[header::X_FRAME_OPTIONS], "DENY");
            assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
            assert!(headers.contains_key(header::CONTENT_SECURITY_POLICY));
            let hsts = headers.contains_key(header::STRICT_TRANSPORT_SECURITY);
            assert_eq!(hsts, tls);
        }
    }
}

#[tokio::test]
async fn what_the_router_itself_refuses_has_a_code_too() {
    let at = TestHub::new().await;
    let unknown = at.ask(request("GET", "/api/unknown", None)).await;
    assert!(unknown.is(404, "not_found"), "{unknown:?}");
    let method = at.ask(request("DELETE", "/api/health", None)).await;
    assert_eq!(method.status.as_u16() / 100, 4);
    assert!(!method.code().is_empty());
    let plain = Request::post("/api/session")
        .body(Body::from("user=lan"))
        .unwrap();
    let plain = at.ask(plain).await;
    assert!(plain.is(415, "malformed_request"), "{plain:?}");
}
