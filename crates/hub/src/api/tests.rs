//! Row H3: who may call which route. A route that is not in the table fails.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use alobar_core::UserId;
use http::StatusCode;
use serde_json::Value as Json;
use uuid::Uuid;

use super::routes;
use crate::identity::Role;
use crate::testing::{Answer, TestHub, request};

/// Who may call a route. What a person may do with a single record is the rule of its command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum May {
    Anybody,
    Person,
    Admin,
}
use May::{Admin, Anybody, Person};

const TABLE: &[(&str, &str, May)] = &[
    ("PUT", "/api/admin/entries", Admin),
    ("PUT", "/api/admin/lists/{list}/order", Admin),
    ("PUT", "/api/admin/settings/exchange", Admin),
    ("PUT", "/api/admin/settings/popup", Admin),
    ("GET", "/api/admin/teams", Admin),
    ("POST", "/api/admin/teams", Admin),
    ("PATCH", "/api/admin/teams/{id}", Admin),
    ("GET", "/api/admin/users", Admin),
    ("POST", "/api/admin/users", Admin),
    ("PATCH", "/api/admin/users/{id}", Admin),
    ("PUT", "/api/admin/users/{id}/password", Admin),
    ("DELETE", "/api/admin/users/{id}/sessions", Admin),
    ("GET", "/api/calls", Person),
    ("GET", "/api/calls/{key}", Person),
    ("GET", "/api/changes", Person),
    ("POST", "/api/commands", Person),
    ("GET", "/api/configuration", Person),
    ("GET", "/api/contacts", Person),
    ("GET", "/api/contacts/{id}", Person),
    ("GET", "/api/contacts/{id}/history", Person),
    ("GET", "/api/forms/open", Person),
    ("GET", "/api/health", Anybody),
    ("GET", "/api/notes", Person),
    ("GET", "/api/orders", Person),
    ("GET", "/api/orders/{id}", Person),
    ("GET", "/api/orders/{id}/history", Person),
    ("GET", "/api/popup", Person),
    // Its first frame says who it is.
    ("GET", "/api/push", Anybody),
    ("GET", "/api/search", Person),
    ("DELETE", "/api/session", Person),
    ("GET", "/api/session", Person),
    ("POST", "/api/session", Anybody),
    ("PUT", "/api/session/password", Person),
    ("GET", "/api/tasks", Person),
    ("GET", "/api/tasks/{id}", Person),
    ("GET", "/api/tasks/{id}/history", Person),
    ("GET", "/api/tickets", Person),
    ("GET", "/api/tickets/{id}", Person),
    ("GET", "/api/tickets/{id}/history", Person),
];

/// Every route that is described.
fn described() -> BTreeSet<(String, String)> {
    let (_, description) = routes().split_for_parts();
    let description = serde_json::to_value(description).unwrap();
    let paths = description["paths"].as_object().unwrap();
    let of_path = |(path, methods): (&String, &Json)| {
        let methods = methods.as_object().unwrap().keys();
        let methods = methods.map(|method| method.to_uppercase());
        methods
            .map(|method| (method, path.clone()))
            .collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

#[test]
fn h3_every_route_is_in_the_table() {
    let table = TABLE.iter();
    let table: BTreeSet<(String, String)> = table
        .map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    let described = described();
    let missing: Vec<_> = described.difference(&table).collect();
    let gone: Vec<_> = table.difference(&described).collect();
    assert!(missing.is_empty(), "say who may call: {missing:?}");
    assert!(gone.is_empty(), "no longer there: {gone:?}");
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
enum Who {
    Nobody,
    SignedIn(Role, UserId),
    /// The person of an embedded hub: an admin, without a token.
    InProcess(UserId),
}

impl Who {
    fn expected(self, may: May) -> Option<StatusCode> {
        match (self, may) {
            (_, Anybody) => None,
            (Self::Nobody, _) => Some(StatusCode::UNAUTHORIZED),
            (Self::SignedIn(Role::Agent | Role::Lead, _), Admin) => Some(StatusCode::FORBIDDEN),
            (Self::SignedIn(..) | Self::InProcess(_), _) => None,
        }
    }

    async fn ask(self, at: &TestHub, method: &str, path: &str) -> Answer {
        match self {
            Self::Nobody => at.ask(request(method, path, None)).await,
            Self::SignedIn(_, user) => {
                let token = at.token(user).await;
                at.call(&token, method, path, None).await
            }
            Self::InProcess(user) => {
                let mut request = request(method, path, None);
                request.extensions_mut().insert(at.identity(user).await);
                at.ask(request).await
            }
        }
    }
}

#[tokio::test]
async fn h3_each_route_is_for_whom_the_table_says_and_for_nobody_else() {
    let at = TestHub::new().await;
    let local = at.hub.local_person().await.unwrap().user;
    let mut everybody = vec![Who::Nobody, Who::InProcess(local)];
    for role in [Role::Agent, Role::Lead, Role::Admin] {
        let user = at.person(role.as_str(), role).await;
        everybody.push(Who::SignedIn(role, user));
    }
    for (method, path, may) in TABLE {
        let path = path
            .replace("{id}", &Uuid::nil().to_string())
            .replace("{key}", "none")
            .replace("{list}", "category");
        for who in &everybody {
            let answer = who.ask(&at, method, &path).await;
            let refusals = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
            let refused = refusals.contains(&answer.status).then_some(answer.status);
            let expected = who.expected(*may);
            assert_eq!(refused, expected, "{who:?} {method} {path}: {answer:?}");
            assert!(
                !answer.status.is_server_error(),
                "{method} {path}: {answer:?}"
            );
            if answer.status.as_u16() >= 400 {
                assert!(!answer.code().is_empty(), "{method} {path}: {answer:?}");
            }
        }
    }
}

#[tokio::test]
async fn h3_a_token_that_was_never_given_opens_nothing() {
    let at = TestHub::new().await;
    for (method, path, may) in TABLE {
        if *may == Anybody {
            continue;
        }
        for token in ["", "x", &"0".repeat(64)] {
            let answer = at.call(token, method, path, None).await;
            assert!(
                answer.is(401, "not_signed_in"),
                "{method} {path}: {answer:?}"
            );
        }
    }
}
