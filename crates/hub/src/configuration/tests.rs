//! What an admin sets up, through the router.
#![allow(clippy::unwrap_used, reason = "tests")]

use alobar_core::{TeamId, UserId};
use http::{Method, Request, StatusCode, header};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::configuration::{Configuration, PopupSettings, PopupTab};
use crate::db::Place;
use crate::db::table::change_log::{self, Change};
use crate::db::table::hub_user::{self, Person};
use crate::db::table::team::{self, Membership, Team};
use crate::identity::{Identity, Role};
use crate::seal::Key;
use crate::subject::{Subject, SubjectKind};
use crate::{Hub, HubConfig};

mod document;
mod lists;
mod settings;

/// A hub with an admin, gone with the test.
struct Office {
    hub: Hub,
    admin: UserId,
    folder: TempDir,
}

impl Office {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            hub: open(&folder).await,
            admin: Uuid::now_v7().into(),
            folder,
        }
    }

    async fn ask_as(&self, role: Role, method: Method, path: &str, body: Json) -> (u16, Json) {
        let identity = Identity {
            user: self.admin,
            role,
            teams: Vec::new(),
            leads: Vec::new(),
        };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.to_string().into_bytes())
            .unwrap();
        let answer = self.hub.inside(identity).call(request).await;
        let body = serde_json::from_slice(answer.body()).unwrap_or_default();
        (answer.status().as_u16(), body)
    }

    async fn put(&self, path: &str, body: Json) -> (u16, Json) {
        self.ask_as(Role::Admin, Method::PUT, path, body).await
    }

    /// An entry that is taken.
    async fn put_entry(&self, entry: Json) -> Json {
        let (status, done) = self.put("/api/admin/entries", entry).await;
        assert_eq!(status, 200, "{done}");
        done
    }

    /// The status, code and field with which an entry is refused.
    async fn refused(&self, entry: Json) -> (u16, String, String) {
        refusal(self.put("/api/admin/entries", entry).await)
    }

    async fn configuration(&self) -> Configuration {
        let path = "/api/configuration";
        let (status, body) = self.ask_as(Role::Agent, Method::GET, path, json!({})).await;
        assert_eq!(status, 200);
        serde_json::from_value(body).unwrap()
    }

    /// A list as people see it, as JSON.
    async fn list(&self, name: &str) -> Vec<Json> {
        let document = serde_json::to_value(self.configuration().await).unwrap();
        document[name].as_array().unwrap().clone()
    }

    /// An entry of a list, as the body that changes it.
    async fn entry(&self, list: &str, name: &str, label: &str) -> Json {
        let entries = self.list(name).await;
        let mut entry = entries
            .into_iter()
            .find(|it| it["label"] == label)
            .expect("the list has it");
        entry["list"] = json!(list);
        entry
    }

    async fn labels(&self, name: &str) -> Vec<String> {
        let entries = self.list(name).await;
        let labels = entries.iter().map(|it| it["label"].as_str().unwrap());
        labels.map(ToOwned::to_owned).collect()
    }

    async fn history(&self, id: &Json) -> Vec<Change> {
        let id: Uuid = id.as_str().unwrap().parse().unwrap();
        let subject = Subject::new(SubjectKind::Admin, id);
        let mut tx = self.hub.db().read().await.unwrap();
        change_log::history(&mut tx, subject, i64::MAX, 100)
            .await
            .unwrap()
    }

    /// A person in a team.
    async fn hire(&self, name: &str, active: bool) -> (UserId, TeamId) {
        let (user, team): (UserId, TeamId) = (Uuid::now_v7().into(), Uuid::now_v7().into());
        let mut tx = self.hub.db().write().await.unwrap();
        let person = Person {
            id: user,
            rev: 1,
            created_at: 1,
            updated_at: 1,
            username: name.to_lowercase(),
            name: name.to_owned(),
            email: None,
            role: Role::Agent,
            active,
            extension: None,
        };
        hub_user::add(&mut tx, &person).await.unwrap();
        let group = Team {
            id: team,
            rev: 1,
            created_at: 1,
            updated_at: 1,
            name: format!("Team of {name}"),
            active: true,
        };
        team::add(&mut tx, &group).await.unwrap();
        let is_lead = false;
        team::put(&mut tx, user, &[Membership { team, is_lead }])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        (user, team)
    }
}

async fn open(folder: &TempDir) -> Hub {
    let config = HubConfig {
        place: Place::Sqlite(folder.path().join("hub.db")),
        key: Key::from_bytes([7; 32]),
    };
    Hub::open(config).await.unwrap()
}

fn refusal((status, problem): (u16, Json)) -> (u16, String, String) {
    let code = problem["code"].as_str().unwrap_or_default().to_owned();
    let field = problem["params"][0][1].as_str().unwrap_or_default();
    (status, code, field.to_owned())
}

fn refused_422(code: &str, field: &str) -> (u16, String, String) {
    (422, code.to_owned(), field.to_owned())
}

fn id() -> Json {
    json!(Uuid::now_v7())
}
