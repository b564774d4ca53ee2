//! The team's work through the API: calls, tickets, tasks, orders, notes and what is found.
#![allow(clippy::unwrap_used, reason = "tests")]

mod calls;
mod hostile;
mod notes;
mod orders;
mod popup;
mod search;
mod tasks;
mod tickets;

use alobar_hub::{Hub, HubConfig, Identity, Place, Role, seal::Key};
use axum::Router;
use axum::body::{Body, to_bytes};
use http::Request;
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

/// What a new database starts with.
const CATEGORY: &str = "a10ba400-0001-8000-8000-000000000008";
const SUBCATEGORY: &str = "a10ba400-0001-8000-8000-000000000009";
const LOWEST: &str = "a10ba400-0001-8000-8000-000000000010";
const OTHER_CATEGORY: &str = "a10ba400-0001-8000-8000-000000000004";
const DISPOSITION: &str = "a10ba400-0003-8000-8000-000000000001";
const RESOLUTION: &str = "a10ba400-0004-8000-8000-000000000001";
const FIRST_STAGE: &str = "a10ba400-0005-8000-8000-000000000001";
const SHIPPING_STAGE: &str = "a10ba400-0005-8000-8000-000000000003";

/// A hub with an admin, on a file of its own.
struct Office {
    router: Router,
    admin: Identity,
    _folder: TempDir,
}

impl Office {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = HubConfig {
            place: Place::Sqlite(folder.path().join("hub.db")),
            key: Key::random().unwrap(),
        };
        let hub = Hub::open(config).await.unwrap();
        let admin = hub.local_person().await.unwrap();
        Self {
            router: hub.router(),
            admin,
            _folder: folder,
        }
    }

    async fn ask(&self, by: &Identity, method: &str, path: &str, body: &Json) -> (u16, Json) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", "application/json")
            .extension(by.clone())
            .body(Body::from(body.to_string()))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&body).unwrap_or(Json::Null);
        (status, body)
    }

    async fn get(&self, by: &Identity, path: &str) -> Json {
        let (status, body) = self.ask(by, "GET", path, &Json::Null).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// Sends a command with an id of its own.
    async fn command(&self, by: &Identity, command: Json) -> (u16, Json) {
        let envelope = json!({"id": Uuid::now_v7(), "command": command});
        self.ask(by, "POST", "/api/commands", &envelope).await
    }

    async fn done(&self, by: &Identity, command: Json) -> Json {
        let (status, body) = self.command(by, command.clone()).await;
        assert_eq!(status, 200, "{command}: {body}");
        body
    }

    /// The status, the code and the field.
    async fn refused(&self, by: &Identity, command: Json) -> (u16, String, String) {
        let (status, body) = self.command(by, command.clone()).await;
        assert_ne!(status, 200, "{command}");
        let field = body["params"].as_array().into_iter().flatten();
        let field = field.clone().find(|param| param[0] == "field");
        (
            status,
            text(&body["code"]),
            field.map_or_else(String::new, |it| text(&it[1])),
        )
    }

    async fn hire(&self, name: &str, role: Role) -> Identity {
        let person = json!({"username": name, "name": name, "role": role,
            "password": "zq7 kx3 wp9 tr5 ff"});
        let (status, body) = self
            .ask(&self.admin, "POST", "/api/admin/users", &person)
            .await;
        assert!(status < 300, "{body}");
        let id: Uuid = text(&body["id"]).parse().unwrap();
        Identity {
            user: id.into(),
            role,
            teams: Vec::new(),
            leads: Vec::new(),
        }
    }

    async fn customer(&self, by: &Identity, name: &str, phones: &[&str]) -> String {
        let id = Uuid::now_v7().to_string();
        let phone = |phone: &&str| json!({"kind": "phone", "value": phone});
        let points: Vec<Json> = phones.iter().map(phone).collect();
        let contact = json!({"do": "create_contact.1", "id": id, "kind": "contact", "name": name,
            "points": points});
        self.done(by, contact).await;
        id
    }
}

trait With {
    /// The same object with one more field, or another value of it.
    fn with(self, field: &str, value: impl Into<Json>) -> Json;
}

impl With for Json {
    fn with(mut self, field: &str, value: impl Into<Json>) -> Json {
        self[field] = value.into();
        self
    }
}

fn text(json: &Json) -> String {
    json.as_str().unwrap_or_default().to_owned()
}

fn new_id() -> String {
    Uuid::now_v7().to_string()
}

/// One field of each row.
fn each<'a>(rows: &'a Json, field: &str) -> Vec<&'a Json> {
    let rows = rows.as_array().unwrap();
    rows.iter().map(|row| &row[field]).collect()
}
