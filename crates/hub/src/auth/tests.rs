//! Rows H1 and H2 of the security checklist, and signing in.
#![allow(clippy::unwrap_used, reason = "tests")]

use axum::body::Body;
use http::{Request, header};
use serde_json::{Value as Json, json};

use super::gate::Via;
use super::{DAY, MINUTE};
use crate::identity::Role;
use crate::testing::{PASSWORD, TestHub, holds, request};

fn credentials(user: &str, password: &str) -> Json {
    json!({"user": user, "password": password})
}

#[tokio::test]
async fn the_hub_says_who_is_signed_in_and_which_version_it_is() {
    let at = TestHub::new().await;
    let lan = at.person("lan", Role::Agent).await;
    let answer = at.sign_in(credentials(" LAN ", PASSWORD)).await;
    assert_eq!(answer.status, 200);
    let person = &answer.body["person"];
    assert_eq!(person["id"], json!(lan));
    assert_eq!(person["role"], "agent");
    assert_eq!(answer.body["hub"]["version"], env!("CARGO_PKG_VERSION"));
    let token = answer.body["token"].as_str().unwrap();
    let again = at.call(token, "GET", "/api/session", None).await;
    assert_eq!(again.body["person"], *person);
    assert_eq!(again.body["token"], Json::Null, "told once");
    let health = at.ask(request("GET", "/api/health", None)).await;
    assert_eq!(health.body, answer.body["hub"]);
}

#[tokio::test]
async fn h1_ez_01_a_wrong_password_and_an_unknown_name_are_answered_alike() {
    let at = TestHub::new().await;
    at.person("lan", Role::Agent).await;
    let wrong = at.sign_in(credentials("lan", "not it at all")).await;
    let unknown = at.sign_in(credentials("nobody", "not it at all")).await;
    let empty = at.sign_in(credentials("lan", "")).await;
    let long = at.sign_in(credentials("lan", &"x".repeat(9999))).await;
    for answer in [&wrong, &unknown, &empty, &long] {
        assert!(answer.is(401, "wrong_password"), "{answer:?}");
        assert_eq!(answer.body["params"], wrong.body["params"]);
    }
}

#[tokio::test]
async fn h1_after_five_wrong_passwords_even_the_right_one_has_to_wait() {
    let at = TestHub::new().await;
    at.person("lan", Role::Agent).await;
    at.person("minh", Role::Agent).await;
    for _ in 0..5 {
        let answer = at.sign_in(credentials("lan", "")).await;
        assert!(answer.is(401, "wrong_password"), "{answer:?}");
    }
    let locked = at.sign_in(credentials("Lan", PASSWORD)).await;
    assert!(locked.is(429, "account_locked"), "{locked:?}");
    assert_eq!(locked.headers[header::RETRY_AFTER], "2");
    assert_eq!(locked.body["params"], json!([["seconds", "2"]]));
    let other = at.sign_in(credentials("minh", PASSWORD)).await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn h1_an_address_that_guesses_at_many_accounts_has_to_wait() {
    let at = TestHub::new().await;
    let guess = |number: u32, last: u8| {
        let body = credentials(&format!("user{number}"), "");
        let mut request = request("POST", "/api/session", Some(body));
        request.extensions_mut().insert(Via {
            address: [192, 0, 2, last].into(),
            tls: true,
        });
        at.ask(request)
    };
    for number in 0..50 {
        assert!(guess(number, 1).await.is(401, "wrong_password"));
    }
    assert!(guess(50, 1).await.is(429, "too_many_requests"));
    assert!(guess(50, 2).await.is(401, "wrong_password"));
}

#[tokio::test]
async fn h1_h2_neither_password_nor_token_is_on_disk() {
    let at = TestHub::new().await;
    at.person("lan", Role::Agent).await;
    let token = at.desktop("lan").await;
    let disk = at.bytes_on_disk();
    assert!(
        holds(&disk, "$argon2id$"),
        "the test looks at the right files"
    );
    assert!(!holds(&disk, &token));
    assert!(!holds(&disk, PASSWORD));
}

#[tokio::test]
async fn ez_03_a_new_desktop_ends_the_older_one_and_says_why() {
    let at = TestHub::new().await;
    at.person("lan", Role::Agent).await;
    let tool = at.sign_in(credentials("lan", PASSWORD)).await;
    let tool = tool.body["token"].as_str().unwrap();
    let older = at.desktop("lan").await;
    let newer = at.desktop("lan").await;
    let answer = at.call(&older, "GET", "/api/session", None).await;
    assert!(answer.is(401, "signed_in_elsewhere"), "{answer:?}");
    for token in [tool, &newer] {
        let answer = at.call(token, "GET", "/api/session", None).await;
        assert_eq!(answer.status, 200);
    }
}

#[tokio::test]
async fn h2_a_token_ends_when_nobody_was_there_for_long_and_at_its_last_day() {
    let at = TestHub::new().await;
    at.person("lan", Role::Agent).await;
    let token = at.desktop("lan").await;
    let is_good = async || at.call(&token, "GET", "/api/session", None).await;
    // Used now and then, it lasts; at most 90 days.
    for _ in 0..6 {
        at.hub.turn_clock(14 * DAY - MINUTE);
        assert_eq!(is_good().await.status, 200);
    }
    at.hub.turn_clock(6 * DAY + 6 * MINUTE);
    assert!(is_good().await.is(401, "session_expired"));
    let token = at.desktop("lan").await;
    at.hub.turn_clock(14 * DAY);
    let answer = at.call(&token, "GET", "/api/session", None).await;
    assert!(answer.is(401, "session_expired"), "{answer:?}");
}

#[tokio::test]
async fn h2_signing_out_ends_the_token() {
    let at = TestHub::new().await;
    at.person("lan", Role::Agent).await;
    let token = at.desktop("lan").await;
    let answer = at.call(&token, "DELETE", "/api/session", None).await;
    assert_eq!(answer.status, 204);
    let answer = at.call(&token, "GET", "/api/session", None).await;
    assert!(answer.is(401, "signed_out"), "{answer:?}");
}

fn with_cookie(method: &str, path: &str, cookie: &str, origin: Option<&str>) -> Request<Body> {
    let mut request = request(method, path, None);
    let headers = request.headers_mut();
    headers.insert(header::COOKIE, format!("a=b; {cookie}").parse().unwrap());
    headers.insert(header::HOST, "hub.example:8443".parse().unwrap());
    if let Some(origin) = origin {
        headers.insert(header::ORIGIN, origin.parse().unwrap());
    }
    request
}

#[tokio::test]
async fn h2_a_browsers_token_is_in_a_cookie_that_no_script_and_no_other_site_uses() {
    let at = TestHub::new().await;
    at.person("lan", Role::Agent).await;
    let body = json!({"user": "lan", "password": PASSWORD, "browser": true});
    let mut over_tls = request("POST", "/api/session", Some(body));
    over_tls.extensions_mut().insert(Via {
        address: [127, 0, 0, 1].into(),
        tls: true,
    });
    let answer = at.ask(over_tls).await;
    assert_eq!(answer.body["token"], Json::Null);
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-alobar="), "{cookie}");
    for attribute in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    let cookie = cookie.split(';').next().unwrap();
    let ask = |method, origin| at.ask(with_cookie(method, "/api/session", cookie, origin));
    assert_eq!(ask("GET", None).await.status, 200);
    for origin in [
        None,
        Some("https://evil.example"),
        Some("https://hub.example:8444"),
        Some("null"),
    ] {
        let refused = ask("DELETE", origin).await;
        assert!(refused.is(403, "origin_refused"), "{origin:?} {refused:?}");
    }
    let own = Some("https://hub.example:8443");
    assert_eq!(ask("DELETE", own).await.status, 204);
    assert!(ask("GET", None).await.is(401, "signed_out"));
}

#[tokio::test]
async fn a_desktop_two_minors_away_is_told_which_side_is_old() {
    let at = TestHub::new().await;
    at.person("lan", Role::Agent).await;
    for (version, code) in [("99.0.0", "client_too_new"), ("junk", "field_malformed")] {
        let client = json!({"version": version});
        let body = json!({"user": "lan", "password": PASSWORD, "client": client});
        let answer = at.sign_in(body).await;
        assert!(answer.is(422, code), "{answer:?}");
    }
}

#[tokio::test]
async fn one_changes_ones_own_password_and_is_signed_out_elsewhere() {
    let at = TestHub::new().await;
    at.person("lan", Role::Agent).await;
    let (here, there) = (
        at.desktop("lan").await,
        at.sign_in(credentials("lan", PASSWORD)).await,
    );
    let there = there.body["token"].as_str().unwrap();
    let change = async |old: &str, new: &str| {
        let body = json!({"old": old, "new": new});
        at.call(&here, "PUT", "/api/session/password", Some(body))
            .await
    };
    assert!(
        change("wrong", "moon over hills")
            .await
            .is(401, "wrong_password")
    );
    assert!(
        change(PASSWORD, "short")
            .await
            .is(422, "password_too_short")
    );
    assert!(
        change(PASSWORD, "password1")
            .await
            .is(422, "password_too_common")
    );
    assert_eq!(change(PASSWORD, "moon over hills").await.status, 204);
    let answer = at.call(there, "GET", "/api/session", None).await;
    assert!(answer.is(401, "password_changed"), "{answer:?}");
    let answer = at.call(&here, "GET", "/api/session", None).await;
    assert_eq!(answer.status, 200);
    let old = at.sign_in(credentials("lan", PASSWORD)).await;
    assert!(old.is(401, "wrong_password"));
    let new = at.sign_in(credentials("lan", "moon over hills")).await;
    assert_eq!(new.status, 200);
}

#[tokio::test]
async fn the_person_of_this_machine_is_made_once_and_nobody_signs_in_as_them() {
    let at = TestHub::new().await;
    let local = at.hub.local_person().await.unwrap();
    assert_eq!(local.role, Role::Admin);
    assert_eq!(at.hub.local_person().await.unwrap(), local);
    for password in ["", "local", "password1"] {
        let answer = at.sign_in(credentials("local", password)).await;
        assert!(answer.is(401, "wrong_password"), "{answer:?}");
    }
    let mut request = request("GET", "/api/session", None);
    request.extensions_mut().insert(local.clone());
    let answer = at.ask(request).await;
    assert_eq!(answer.body["person"]["id"], json!(local.user));
}
