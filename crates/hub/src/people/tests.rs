//! What an admin does with people and teams.
#![allow(clippy::unwrap_used, reason = "tests")]

use alobar_core::UserId;
use serde_json::{Value as Json, json};

use crate::db::table::change_log;
use crate::identity::Role;
use crate::subject::{Subject, SubjectKind};
use crate::testing::{Answer, PASSWORD, TestHub, holds};

/// A hub and its admin.
struct Office {
    at: TestHub,
    admin: UserId,
    token: String,
}

impl Office {
    async fn new() -> Self {
        let at = TestHub::new().await;
        let admin = at.person("admin", Role::Admin).await;
        let token = at.token(admin).await;
        Self { at, admin, token }
    }

    async fn post(&self, path: &str, body: Json) -> Answer {
        self.at.call(&self.token, "POST", path, Some(body)).await
    }

    async fn patch(&self, user: impl std::fmt::Display, body: Json) -> Answer {
        let path = format!("/api/admin/users/{user}");
        self.at.call(&self.token, "PATCH", &path, Some(body)).await
    }

    /// Whether `token` is still good; the code of the refusal.
    async fn is_good(&self, token: &str) -> Result<(), String> {
        let answer = self.at.call(token, "GET", "/api/session", None).await;
        match answer.status.as_u16() {
            200 => Ok(()),
            _ => Err(answer.code().to_owned()),
        }
    }
}

fn lan() -> Json {
    json!({"username": "Lan", "name": "Lan", "role": "agent", "password": PASSWORD,
        "extension": "1001", "sip_password": "sip secret of lan"})
}

fn id(answer: &Answer) -> String {
    answer.body["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_person_who_was_added_signs_in_and_gets_what_the_phone_registers_with() {
    let office = Office::new().await;
    let exchange = json!({"server": "wss://pbx.example/ws", "dial_format": "national"});
    let path = "/api/admin/settings/exchange";
    let put = office
        .at
        .call(&office.token, "PUT", path, Some(exchange))
        .await;
    assert_eq!(put.status, 200, "{put:?}");
    let team = office
        .post("/api/admin/teams", json!({"name": "Sales"}))
        .await;
    let mut new = lan();
    new["teams"] = json!([{"team": id(&team), "is_lead": true}]);
    let added = office.post("/api/admin/users", new).await;
    assert_eq!(added.status, 200, "{added:?}");
    assert_eq!(added.body["username"], "lan");
    assert_eq!(added.body["has_sip_password"], true);
    let body = json!({"user": "lan", "password": PASSWORD});
    let answer = office.at.sign_in(body).await;
    let sip = json!({"server": "wss://pbx.example/ws", "user": "1001",
        "password": "sip secret of lan", "dial_format": "national"});
    assert_eq!(answer.body["sip"], sip);
    let teams = json!([{"id": id(&team), "name": "Sales", "is_lead": true}]);
    assert_eq!(answer.body["person"]["teams"], teams);
    let browser = json!({"user": "lan", "password": PASSWORD, "browser": true});
    let answer = office.at.sign_in(browser).await;
    assert_eq!(answer.body["sip"], Json::Null, "not for a page");
}

#[tokio::test]
async fn w6_the_sip_secret_is_nowhere_on_disk_and_never_read_back() {
    let office = Office::new().await;
    let added = office.post("/api/admin/users", lan()).await;
    let listed = office
        .at
        .call(&office.token, "GET", "/api/admin/users", None)
        .await;
    let changes = "/api/changes?after=0";
    let changes = office.at.call(&office.token, "GET", changes, None).await;
    for answer in [added, listed, changes] {
        let text = answer.body.to_string();
        assert!(text.contains("lan") || text.contains("created"), "{text}");
        assert!(!text.contains("sip secret of lan") && !text.contains("argon2"));
    }
    assert!(!holds(&office.at.bytes_on_disk(), "sip secret of lan"));
}

#[tokio::test]
async fn h2_another_role_or_no_longer_active_ends_what_a_person_is_signed_in_with() {
    let office = Office::new().await;
    let lan = office.at.person("lan", Role::Agent).await;
    for (patch, code) in [
        (json!({"role": "lead"}), "role_changed"),
        (json!({"active": false}), "account_inactive"),
    ] {
        let token = office.at.token(lan).await;
        assert_eq!(
            office.patch(lan, json!({"name": "Lan 2"})).await.status,
            200
        );
        assert_eq!(office.is_good(&token).await, Ok(()));
        assert_eq!(office.patch(lan, patch).await.status, 200);
        assert_eq!(office.is_good(&token).await, Err(code.to_owned()));
    }
    let body = json!({"user": "lan", "password": PASSWORD});
    let answer = office.at.sign_in(body).await;
    assert!(answer.is(401, "account_inactive"), "{answer:?}");
    let wrong = json!({"user": "lan", "password": "guessed wrong"});
    assert!(office.at.sign_in(wrong).await.is(401, "wrong_password"));
}

#[tokio::test]
async fn h2_an_admin_resets_a_password_or_ends_sign_ins() {
    let office = Office::new().await;
    let lan = office.at.person("lan", Role::Agent).await;
    let at = format!("/api/admin/users/{lan}");
    let token = office.at.token(lan).await;
    let call = async |method: &str, path: &str, body: Option<Json>| {
        let path = format!("{at}/{path}");
        office.at.call(&office.token, method, &path, body).await
    };
    let weak = json!({"password": "12345678"});
    let weak = call("PUT", "password", Some(weak)).await;
    assert!(weak.is(422, "password_too_common"), "{weak:?}");
    assert_eq!(office.is_good(&token).await, Ok(()));
    let reset = json!({"password": "moon over hills"});
    assert_eq!(call("PUT", "password", Some(reset)).await.status, 204);
    let gone = office.is_good(&token).await;
    assert_eq!(gone, Err("password_changed".to_owned()));
    let body = json!({"user": "lan", "password": "moon over hills"});
    let token = office.at.sign_in(body).await.body["token"].clone();
    assert_eq!(call("DELETE", "sessions", None).await.status, 204);
    let gone = office.is_good(token.as_str().unwrap()).await;
    assert_eq!(gone, Err("session_revoked".to_owned()));
}

#[tokio::test]
async fn the_last_admin_stays_one() {
    let office = Office::new().await;
    for patch in [json!({"role": "lead"}), json!({"active": false})] {
        let refused = office.patch(office.admin, patch).await;
        assert!(refused.is(422, "last_admin"), "{refused:?}");
    }
    assert_eq!(office.is_good(&office.token).await, Ok(()));
    office.at.person("second", Role::Admin).await;
    let patch = json!({"role": "lead"});
    assert_eq!(office.patch(office.admin, patch).await.status, 200);
}

#[tokio::test]
async fn a_name_or_an_extension_belongs_to_one_person_and_is_named_when_taken() {
    let office = Office::new().await;
    office.post("/api/admin/users", lan()).await;
    let mut same_name = lan();
    same_name["extension"] = json!("1002");
    let mut same_extension = lan();
    same_extension["username"] = json!("minh");
    for (new, field) in [(same_name, "username"), (same_extension, "extension")] {
        let refused = office.post("/api/admin/users", new).await;
        assert!(refused.is(422, "field_taken"), "{refused:?}");
        assert_eq!(refused.body["params"], json!([["field", field]]));
    }
    let team = json!({"name": "Sales"});
    office.post("/api/admin/teams", team.clone()).await;
    let refused = office.post("/api/admin/teams", team).await;
    assert!(refused.is(422, "field_taken"), "{refused:?}");
}

#[tokio::test]
async fn fields_have_bounds_and_a_team_that_is_not_there_is_refused() {
    let office = Office::new().await;
    for (field, value, code) in [
        ("username", json!("two words"), "field_malformed"),
        ("username", json!(" "), "field_missing"),
        ("username", json!("x".repeat(65)), "field_too_long"),
        ("name", json!(""), "field_missing"),
        ("name", json!("x".repeat(201)), "field_too_long"),
        ("email", json!("x".repeat(201)), "field_too_long"),
        ("extension", json!("1001;transport=tcp"), "field_malformed"),
        ("extension", json!("1\r\nX: y"), "field_malformed"),
        ("sip_password", json!("x".repeat(201)), "field_too_long"),
        ("password", json!("short"), "password_too_short"),
        (
            "teams",
            json!([{"team": uuid::Uuid::nil()}]),
            "refers_to_nothing",
        ),
    ] {
        let mut new = lan();
        new[field] = value;
        let refused = office.post("/api/admin/users", new).await;
        assert!(refused.is(422, code), "{field}: {refused:?}");
    }
    let listed = office
        .at
        .call(&office.token, "GET", "/api/admin/users", None)
        .await;
    assert_eq!(
        listed.body.as_array().unwrap().len(),
        1,
        "nothing half done"
    );
}

#[tokio::test]
async fn h12_who_changed_whom_and_what_is_written_down() {
    let office = Office::new().await;
    let added = office.post("/api/admin/users", lan()).await;
    let id: UserId = id(&added).parse().unwrap();
    let patch = json!({"role": "lead", "sip_password": "another secret"});
    office.patch(id, patch).await;
    let mut tx = office.at.hub.db().read().await.unwrap();
    let subject = Subject::new(SubjectKind::Admin, id);
    let lines = change_log::history(&mut tx, subject, i64::MAX, 9)
        .await
        .unwrap();
    let ops: Vec<&str> = lines.iter().map(|line| line.op.as_str()).collect();
    assert_eq!(ops, ["changed", "created"]);
    assert!(lines.iter().all(|line| line.actor == Some(office.admin)));
    assert_eq!(lines[0].fields["role"], json!(["agent", "lead"]));
    assert_eq!(lines[0].fields["sip_password"], json!([null, null]));
}

/// What breaks statements that are put together from text.
const PAYLOADS: &[&str] = &[
    "'; DROP TABLE hub_user; --",
    "\" OR \"\"=\"",
    "' OR '1'='1",
    "1); DELETE FROM session; --",
    "$1",
    "%' UNION SELECT password_hash FROM hub_user --",
    "\\'; SELECT pg_sleep(9); --",
    "<script>alert(1)</script>",
];

#[tokio::test]
async fn h4_what_looks_like_sql_stays_text() {
    let office = Office::new().await;
    for (number, payload) in PAYLOADS.iter().enumerate() {
        let mut new = lan();
        new["username"] = json!(format!("user{number}"));
        new["name"] = json!(payload);
        new["email"] = json!(payload);
        new["extension"] = json!(format!("2{number}"));
        new["sip_password"] = json!(payload);
        let added = office.post("/api/admin/users", new).await;
        assert_eq!(added.body["name"], *payload);
        assert_eq!(added.body["email"], *payload);
        let team = json!({"name": payload});
        let team = office.post("/api/admin/teams", team).await;
        assert_eq!(team.body["name"], *payload);
        let sign_in = json!({"user": payload, "password": payload});
        let refused = office.at.sign_in(sign_in).await;
        assert!(refused.is(401, "wrong_password"), "{refused:?}");
        let refused = office.at.call(payload, "GET", "/api/session", None).await;
        assert!(refused.is(401, "not_signed_in"), "{refused:?}");
    }
    let people = office
        .at
        .call(&office.token, "GET", "/api/admin/users", None);
    let people = people.await.body;
    assert_eq!(people.as_array().unwrap().len(), PAYLOADS.len() + 1);
}
