//! What followers of the change log are told, within the process and at a socket.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use alobar_core::UserId;
use futures_util::{SinkExt, Stream, StreamExt};
use serde_json::{Map, Value as Json, json};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use uuid::Uuid;

use super::Pushed;
use crate::db::table::change_log::{self, NewChange};
use crate::identity::Role;
use crate::server::Server;
use crate::subject::{Subject, SubjectKind};
use crate::testing::TestHub;

/// Only catches what hangs.
const HANG: Duration = Duration::from_secs(60);

async fn write(at: &TestHub, kind: SubjectKind, text: &str, only_for: Option<UserId>) {
    let mut tx = at.hub.db().write().await.unwrap();
    let mut fields = Map::new();
    fields.insert("text".to_owned(), json!([null, text]));
    let change = NewChange {
        at: 1,
        actor: Some(Uuid::max().into()),
        subject: Subject::new(kind, Uuid::now_v7()),
        rev: 1,
        op: "created",
        fields,
        only_for,
    };
    change_log::add(&mut tx, change).await.unwrap();
    at.hub.keep(tx).await.unwrap();
}

async fn contact(at: &TestHub, text: &str) {
    write(at, SubjectKind::Contact, text, None).await;
}

async fn next(stream: &mut (impl Stream<Item = Pushed> + Unpin)) -> Option<Pushed> {
    timeout(HANG, stream.next()).await.unwrap()
}

fn text(pushed: Option<Pushed>) -> String {
    match pushed {
        Some(Pushed::Change(change)) => change.fields["text"][1].as_str().unwrap().to_owned(),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn a_follower_is_told_everything_from_the_cursor_on_and_then_what_comes() {
    let at = TestHub::new().await;
    let lan = at.identity(at.person("lan", Role::Agent).await).await;
    // More than a page.
    for number in 1..=450 {
        contact(&at, &number.to_string()).await;
    }
    let mut changes = Box::pin(at.hub.changes(lan.clone(), Some(100)));
    assert_eq!(
        next(&mut changes).await,
        Some(Pushed::Welcome { head: 450 })
    );
    for number in 101..=450 {
        assert_eq!(text(next(&mut changes).await), number.to_string());
    }
    let mut newcomer = Box::pin(at.hub.changes(lan, None));
    assert_eq!(
        next(&mut newcomer).await,
        Some(Pushed::Welcome { head: 450 })
    );
    contact(&at, "live").await;
    assert_eq!(text(next(&mut changes).await), "live");
    assert_eq!(text(next(&mut newcomer).await), "live");
    at.hub.stop();
    assert_eq!(next(&mut changes).await, None);
}

#[tokio::test]
async fn a_cursor_of_another_database_or_of_lines_no_longer_kept_is_reset() {
    let at = TestHub::new().await;
    let lan = at.identity(at.person("lan", Role::Agent).await).await;
    for _ in 0..3 {
        contact(&at, "x").await;
    }
    let mut ahead = Box::pin(at.hub.changes(lan.clone(), Some(4)));
    next(&mut ahead).await;
    assert_eq!(next(&mut ahead).await, Some(Pushed::Reset { head: 3 }));
    contact(&at, "after").await;
    assert_eq!(text(next(&mut ahead).await), "after");
    let mut tx = at.hub.db().write().await.unwrap();
    change_log::forget_before(&mut tx, 3).await.unwrap();
    tx.commit().await.unwrap();
    let mut old = Box::pin(at.hub.changes(lan.clone(), Some(1)));
    next(&mut old).await;
    assert_eq!(next(&mut old).await, Some(Pushed::Reset { head: 4 }));
    let mut just_so = Box::pin(at.hub.changes(lan, Some(2)));
    next(&mut just_so).await;
    assert_eq!(text(next(&mut just_so).await), "x");
}

#[tokio::test]
async fn what_is_for_one_person_and_what_admins_do_is_not_told_to_others() {
    let at = TestHub::new().await;
    let lan = at.identity(at.person("lan", Role::Agent).await).await;
    let boss = at.identity(at.person("boss", Role::Admin).await).await;
    write(&at, SubjectKind::Contact, "for the boss", Some(boss.user)).await;
    write(&at, SubjectKind::Admin, "a role", None).await;
    contact(&at, "for all").await;
    let mut agent = Box::pin(at.hub.changes(lan, Some(0)));
    next(&mut agent).await;
    let Some(Pushed::Change(change)) = next(&mut agent).await else {
        unreachable!("that something was set up")
    };
    assert_eq!(change.subject.kind, SubjectKind::Admin);
    assert!(change.fields.is_empty() && change.actor.is_none());
    assert_eq!(text(next(&mut agent).await), "for all");
    let mut admin = Box::pin(at.hub.changes(boss, Some(0)));
    next(&mut admin).await;
    for expected in ["for the boss", "a role", "for all"] {
        assert_eq!(text(next(&mut admin).await), expected);
    }
}

/// A hub with its door open.
struct Served {
    at: TestHub,
    url: String,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<()>,
}

type Client = WebSocketStream<MaybeTlsStream<TcpStream>>;

impl Served {
    async fn new() -> Self {
        let at = TestHub::new().await;
        let address = "127.0.0.1:0".parse().unwrap();
        let server = Server::bind(at.hub.clone(), address, None).await.unwrap();
        let url = server.url().replace("http", "ws") + "/api/push";
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(server.run(async {
            stopped.await.unwrap_or(());
        }));
        Self {
            at,
            url,
            stop: Some(stop),
            running,
        }
    }

    async fn connect(&self) -> Client {
        connect_async(&self.url).await.unwrap().0
    }

    /// Connected, and what the hub says first.
    async fn follow(&self, token: &str, cursor: Option<i64>) -> (Client, Result<Json, Closed>) {
        let mut client = self.connect().await;
        let hello = json!({"hello": {"token": token, "cursor": cursor}});
        client.send(Message::text(hello.to_string())).await.unwrap();
        let first = receive(&mut client).await;
        (client, first)
    }
}

/// Why a socket was closed.
#[derive(Debug, PartialEq)]
struct Closed(u16, String);

async fn receive(client: &mut Client) -> Result<Json, Closed> {
    timeout(HANG, said(client)).await.unwrap()
}

async fn said(client: &mut Client) -> Result<Json, Closed> {
    loop {
        match client.next().await {
            Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(Some(frame)))) => {
                return Err(Closed(frame.code.into(), frame.reason.to_string()));
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => (),
            other => return Err(Closed(0, format!("{other:?}"))),
        }
    }
}

fn closed<T>(code: u16, reason: &str) -> Result<T, Closed> {
    Err(Closed(code, reason.to_owned()))
}

#[tokio::test]
async fn a_socket_says_hello_and_is_told_what_changes() {
    let served = Served::new().await;
    let lan = served.at.person("lan", Role::Agent).await;
    let token = served.at.token(lan).await;
    contact(&served.at, "before").await;
    let (mut client, welcome) = served.follow(&token, Some(0)).await;
    assert_eq!(welcome, Ok(json!({"welcome": {"head": 1}})));
    let change = receive(&mut client).await.unwrap();
    assert_eq!(change["change"]["fields"]["text"][1], "before");
    contact(&served.at, "live").await;
    let change = receive(&mut client).await.unwrap();
    assert_eq!(change["change"]["seq"], 2);
    assert_eq!(change["change"]["fields"]["text"][1], "live");
}

#[tokio::test]
async fn h2_a_revocation_reaches_a_socket_that_is_open_with_its_reason() {
    let served = Served::new().await;
    let lan = served.at.person("lan", Role::Agent).await;
    served.at.person("boss", Role::Admin).await;
    let other = served.at.token(lan).await;
    let (mut bystander, welcome) = served.follow(&other, None).await;
    welcome.unwrap();
    let desktop = served.at.desktop("lan").await;
    let (mut client, welcome) = served.follow(&desktop, None).await;
    welcome.unwrap();
    served.at.desktop("lan").await;
    let end = receive(&mut client).await;
    assert_eq!(end, closed(4401, "signed_in_elsewhere"));
    // A tool is not a desktop.
    contact(&served.at, "still there").await;
    receive(&mut bystander).await.unwrap();
    let signed_out = served.at.call(&other, "DELETE", "/api/session", None).await;
    assert_eq!(signed_out.status, 204);
    let end = receive(&mut bystander).await;
    assert_eq!(end, closed(4401, "signed_out"));
}

#[tokio::test]
async fn h2_a_socket_opens_to_a_good_token_in_the_first_frame_only() {
    let served = Served::new().await;
    let lan = served.at.person("lan", Role::Agent).await;
    let token = served.at.token(lan).await;
    let (_, answer) = served.follow("0", None).await;
    assert_eq!(answer, closed(4401, "not_signed_in"));
    let mut client = served.connect().await;
    let hello = json!({"hello": {}}).to_string();
    client.send(Message::text(hello)).await.unwrap();
    let answer = receive(&mut client).await;
    assert_eq!(answer, closed(4401, "not_signed_in"));
    // In the address it says nothing.
    let (mut client, _) = connect_async(format!("{}?token={token}", served.url))
        .await
        .unwrap();
    client.send(Message::text("{}")).await.unwrap();
    let answer = receive(&mut client).await;
    assert_eq!(answer, closed(4400, "malformed_request"));
}

#[tokio::test]
async fn h10_a_person_has_ten_sockets_and_an_eleventh_once_one_is_closed() {
    let served = Served::new().await;
    let lan = served.at.person("lan", Role::Agent).await;
    let token = served.at.token(lan).await;
    let mut open = Vec::new();
    for _ in 0..10 {
        let (client, welcome) = served.follow(&token, None).await;
        welcome.unwrap();
        open.push(client);
    }
    let (_, refused) = served.follow(&token, None).await;
    assert_eq!(refused, closed(4429, "too_many_requests"));
    let mut one = open.pop().unwrap();
    one.close(None).await.unwrap();
    while timeout(HANG, one.next()).await.unwrap().is_some() {}
    let again = async {
        while served.follow(&token, None).await.1.is_err() {
            tokio::task::yield_now().await;
        }
    };
    timeout(HANG, again).await.unwrap();
}

#[tokio::test]
async fn h10_a_frame_that_is_too_large_ends_the_socket() {
    let served = Served::new().await;
    let mut client = served.connect().await;
    let frame = Message::text("x".repeat(100_000));
    // The other end may be gone before all is sent.
    let _ = client.send(frame).await;
    assert!(receive(&mut client).await.is_err());
    timeout(HANG, served.at.hub.doors().sockets.gone())
        .await
        .unwrap();
}

#[tokio::test]
async fn h10_a_reader_that_does_not_read_is_cut_off() {
    let served = Served::new().await;
    let lan = served.at.person("lan", Role::Agent).await;
    let token = served.at.token(lan).await;
    let (client, welcome) = served.follow(&token, Some(0)).await;
    welcome.unwrap();
    // More than the system holds for a connection.
    for _ in 0..40 {
        contact(&served.at, &"x".repeat(500_000)).await;
    }
    timeout(HANG, served.at.hub.doors().sockets.gone())
        .await
        .unwrap();
    drop(client);
}

#[tokio::test]
async fn a_hub_that_stops_says_so_and_ends() {
    let mut served = Served::new().await;
    let lan = served.at.person("lan", Role::Agent).await;
    let token = served.at.token(lan).await;
    let (mut client, welcome) = served.follow(&token, None).await;
    welcome.unwrap();
    served.stop.take().unwrap().send(()).unwrap();
    assert_eq!(receive(&mut client).await, closed(1001, "hub_stopping"));
    timeout(HANG, served.running).await.unwrap().unwrap();
    assert!(connect_async(&served.url).await.is_err());
}
