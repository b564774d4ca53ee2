//! A hub with people in it, for tests.
#![allow(clippy::unwrap_used, reason = "tests")]

use alobar_core::UserId;
use axum::body::{Body, to_bytes};
use axum::response::Response;
use http::{HeaderMap, Request, StatusCode, header};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

use crate::auth::Token;
use crate::db::Place;
use crate::db::table::hub_user::{self, Person};
use crate::db::table::session::{self, Client, SignedIn};
use crate::hub::{Hub, HubConfig};
use crate::identity::{Identity, Role};
use crate::seal::Key;

pub(crate) const PASSWORD: &str = "sun over hills";

pub(crate) struct TestHub {
    pub(crate) hub: Hub,
    router: axum::Router,
    pub(crate) folder: TempDir,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Json,
}

impl Answer {
    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    pub(crate) fn is(&self, status: u16, code: &str) -> bool {
        self.status == status && self.code() == code
    }
}

impl TestHub {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Sqlite(folder.path().join("hub.db"));
        let key = Key::random().unwrap();
        let hub = Hub::open(HubConfig { place, key }).await.unwrap();
        Self {
            router: hub.router(),
            hub,
            folder,
        }
    }

    /// Somebody with [`PASSWORD`].
    pub(crate) async fn person(&self, username: &str, role: Role) -> UserId {
        let person = Person {
            id: Uuid::now_v7().into(),
            rev: 1,
            created_at: 1,
            updated_at: 1,
            username: username.to_owned(),
            name: username.to_owned(),
            email: None,
            role,
            active: true,
            extension: None,
        };
        let phc = self.hub.doors().passwords.hash(PASSWORD.to_owned());
        let phc = phc.await.unwrap();
        let mut tx = self.hub.db().write().await.unwrap();
        hub_user::add(&mut tx, &person).await.unwrap();
        hub_user::set_password(&mut tx, person.id, &phc)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        person.id
    }

    /// Signed in without a password.
    pub(crate) async fn token(&self, user: UserId) -> String {
        let token = Token::random().unwrap();
        let signed_in = SignedIn {
            token_hash: token.hash(),
            user,
            client: Client::Tool,
            seen_at: self.hub.now(),
            expires_at: i64::MAX,
            revoked: None,
        };
        let mut tx = self.hub.db().write().await.unwrap();
        session::add(&mut tx, &signed_in).await.unwrap();
        tx.commit().await.unwrap();
        token.as_str().to_owned()
    }

    /// A person's identity, as the process itself would inject it.
    pub(crate) async fn identity(&self, user: UserId) -> Identity {
        let mut tx = self.hub.db().read().await.unwrap();
        crate::auth::identity(&mut tx, user).await.unwrap().unwrap()
    }

    pub(crate) async fn ask(&self, request: Request<Body>) -> Answer {
        answer(self.router.clone().oneshot(request).await.unwrap()).await
    }

    pub(crate) async fn call(
        &self,
        token: &str,
        method: &str,
        path: &str,
        body: Option<Json>,
    ) -> Answer {
        let request = request(method, path, body);
        let (mut parts, body) = request.into_parts();
        let bearer = format!("Bearer {token}").parse().unwrap();
        parts.headers.insert(header::AUTHORIZATION, bearer);
        self.ask(Request::from_parts(parts, body)).await
    }

    pub(crate) async fn sign_in(&self, body: Json) -> Answer {
        self.ask(request("POST", "/api/session", Some(body))).await
    }

    /// A desktop of this version.
    pub(crate) async fn desktop(&self, user: &str) -> String {
        let client = json!({"version": crate::version::VERSION});
        let body = json!({"user": user, "password": PASSWORD, "client": client});
        let answer = self.sign_in(body).await;
        answer.body["token"].as_str().unwrap().to_owned()
    }

    /// Everything the hub has on disk.
    pub(crate) fn bytes_on_disk(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        let files = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
        files.flatten().collect()
    }
}

pub(crate) fn request(method: &str, path: &str, body: Option<Json>) -> Request<Body> {
    let request = Request::builder().method(method).uri(path);
    match body {
        None => request.body(Body::empty()).unwrap(),
        Some(body) => request
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap(),
    }
}

pub(crate) async fn answer(response: Response) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: serde_json::from_slice(&bytes).unwrap_or(Json::Null),
    }
}

/// Whether `bytes` hold `text`.
pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}
