//! The contract every engine keeps.
#![allow(clippy::unwrap_used, reason = "tests")]

use alobar_core::{TeamId, UserId};
use serde_json::{Map, Value as Json, json};
use tempfile::TempDir;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::table::change_log::{self, NewChange};
use super::table::hub_user::{self, Person};
use super::table::idempotency::{self, Answered};
use super::table::{setting, team};
use super::{Db, DbError, Place};
use crate::identity::Role;
use crate::subject::{Subject, SubjectKind};

/// An empty database, gone with the test.
struct Engine {
    db: Db,
    place: Place,
    _folder: TempDir,
}

impl Engine {
    async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Sqlite(folder.path().join("hub.db"));
        Self {
            db: Db::open(place.clone()).await.unwrap(),
            place,
            _folder: folder,
        }
    }

    async fn put(&self, key: &str, value: i64) {
        let mut tx = self.db.write().await.unwrap();
        setting::put(&mut tx, key, json!(value), 0).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn get(&self, key: &str) -> Option<Json> {
        let mut tx = self.db.read().await.unwrap();
        let found = setting::find(&mut tx, key).await.unwrap();
        found.map(|setting| setting.value)
    }
}

macro_rules! on_each_engine {
    ($($contract:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $contract() {
                    super::$contract(super::Engine::sqlite().await).await;
                }
            )+
        }
    };
}

on_each_engine!(
    what_is_committed_stays_and_what_is_dropped_is_taken_back,
    a_caller_that_goes_away_takes_everything_back,
    a_reader_sees_one_state_while_a_writer_commits,
    writers_wait_for_each_other_and_no_update_is_lost,
    two_hubs_on_one_database_wait_for_each_other,
    duplicates_and_broken_references_are_told_apart,
    after_a_refused_statement_the_transaction_can_be_taken_back,
    nothing_is_nothing_whatever_its_type,
    numbers_texts_and_bytes_come_back_as_they_were,
    a_reader_cannot_write,
    reading_a_column_as_what_it_is_not_is_an_error,
);

fn person(username: &str) -> Person {
    Person {
        id: Uuid::now_v7().into(),
        rev: 1,
        created_at: 5,
        updated_at: 5,
        username: username.to_owned(),
        name: "A".to_owned(),
        email: None,
        role: Role::Agent,
        active: true,
        extension: None,
    }
}

async fn what_is_committed_stays_and_what_is_dropped_is_taken_back(engine: Engine) {
    engine.put("kept", 1).await;
    let mut tx = engine.db.write().await.unwrap();
    setting::put(&mut tx, "dropped", json!(1), 0).await.unwrap();
    assert!(setting::find(&mut tx, "dropped").await.unwrap().is_some());
    drop(tx);
    assert_eq!(engine.get("kept").await, Some(json!(1)));
    assert_eq!(engine.get("dropped").await, None);
}

async fn a_caller_that_goes_away_takes_everything_back(engine: Engine) {
    let (written, wait) = oneshot::channel();
    let db = engine.db.clone();
    let caller = tokio::spawn(async move {
        let mut tx = db.write().await.unwrap();
        setting::put(&mut tx, "a", json!(1), 0).await.unwrap();
        written.send(()).unwrap();
        // Still at it when the caller is cancelled.
        loop {
            setting::put(&mut tx, "a", json!(2), 0).await.unwrap();
        }
    });
    wait.await.unwrap();
    caller.abort();
    assert!(caller.await.unwrap_err().is_cancelled());
    // Waits until the connection is back.
    engine.put("b", 1).await;
    assert_eq!(engine.get("a").await, None);
}

async fn a_reader_sees_one_state_while_a_writer_commits(engine: Engine) {
    engine.put("a", 1).await;
    engine.put("b", 1).await;
    let mut reader = engine.db.read().await.unwrap();
    let value = |found: Option<setting::Setting>| found.unwrap().value;
    let before = value(setting::find(&mut reader, "a").await.unwrap());
    engine.put("a", 2).await;
    engine.put("b", 2).await;
    assert_eq!(
        value(setting::find(&mut reader, "b").await.unwrap()),
        before
    );
    drop(reader);
    assert_eq!(engine.get("b").await, Some(json!(2)));
}

async fn writers_wait_for_each_other_and_no_update_is_lost(engine: Engine) {
    let writers = (0..8).map(|_| count_up(engine.db.clone(), 5));
    futures_util::future::join_all(writers).await;
    assert_eq!(engine.get("count").await, Some(json!(40)));
}

async fn two_hubs_on_one_database_wait_for_each_other(engine: Engine) {
    let other = Db::open(engine.place.clone()).await.unwrap();
    tokio::join!(count_up(engine.db.clone(), 20), count_up(other, 20));
    assert_eq!(engine.get("count").await, Some(json!(40)));
}

async fn count_up(db: Db, times: u32) {
    for _ in 0..times {
        let mut tx = db.write().await.unwrap();
        let found = setting::find(&mut tx, "count").await.unwrap();
        let count = found.map_or(0, |it| it.value.as_i64().unwrap());
        setting::put(&mut tx, "count", json!(count + 1), 0)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

async fn duplicates_and_broken_references_are_told_apart(engine: Engine) {
    let mut tx = engine.db.write().await.unwrap();
    let first = person("a");
    hub_user::add(&mut tx, &first).await.unwrap();
    let same_name = hub_user::add(&mut tx, &person("a")).await;
    assert!(matches!(same_name, Err(DbError::Duplicate)));
    let same_id = Person {
        id: first.id,
        ..person("b")
    };
    let same_id = hub_user::add(&mut tx, &same_id).await;
    assert!(matches!(same_id, Err(DbError::Duplicate)));
    let membership = team::Membership {
        team: TeamId::from(Uuid::now_v7()),
        is_lead: false,
    };
    let nowhere = team::put(&mut tx, first.id, &[membership]).await;
    assert!(matches!(nowhere, Err(DbError::Constraint)));
}

async fn after_a_refused_statement_the_transaction_can_be_taken_back(engine: Engine) {
    let mut tx = engine.db.write().await.unwrap();
    hub_user::add(&mut tx, &person("a")).await.unwrap();
    hub_user::add(&mut tx, &person("a")).await.unwrap_err();
    drop(tx);
    let mut tx = engine.db.write().await.unwrap();
    assert_eq!(hub_user::list(&mut tx).await.unwrap(), []);
}

async fn nothing_is_nothing_whatever_its_type(engine: Engine) {
    let mut tx = engine.db.write().await.unwrap();
    // Text and bytes.
    let added = person("a");
    hub_user::add(&mut tx, &added).await.unwrap();
    assert_eq!(
        hub_user::find(&mut tx, added.id).await.unwrap(),
        Some(added.clone())
    );
    let some = Some(vec![0, 1]);
    hub_user::set_sip_secret(&mut tx, added.id, some.clone())
        .await
        .unwrap();
    assert_eq!(hub_user::sip_secret(&mut tx, added.id).await.unwrap(), some);
    hub_user::set_sip_secret(&mut tx, added.id, None)
        .await
        .unwrap();
    assert_eq!(hub_user::sip_secret(&mut tx, added.id).await.unwrap(), None);
    // An id; JSON that is null is a value.
    let subject = Subject::new(SubjectKind::Contact, Uuid::now_v7());
    change_log::add(&mut tx, change(subject, 0)).await.unwrap();
    let lines = change_log::history(&mut tx, subject, i64::MAX, 9)
        .await
        .unwrap();
    assert_eq!(lines[0].actor, None);
    setting::put(&mut tx, "a", Json::Null, 0).await.unwrap();
    let found = setting::find(&mut tx, "a").await.unwrap();
    assert_eq!(found.unwrap().value, Json::Null);
}

fn change(subject: Subject, at: i64) -> NewChange {
    NewChange {
        at,
        actor: None,
        subject,
        rev: 1,
        op: "created",
        fields: Map::new(),
        only_for: None,
    }
}

async fn numbers_texts_and_bytes_come_back_as_they_were(engine: Engine) {
    let mut tx = engine.db.write().await.unwrap();
    let subject = Subject::new(SubjectKind::Contact, Uuid::now_v7());
    for at in [i64::MIN, -1, 0, i64::MAX] {
        change_log::add(&mut tx, change(subject, at)).await.unwrap();
    }
    let lines = change_log::history(&mut tx, subject, i64::MAX, 9)
        .await
        .unwrap();
    let times: Vec<i64> = lines.iter().map(|line| line.at).collect();
    assert_eq!(times, [i64::MAX, 0, -1, i64::MIN]);
    let answered = Answered {
        user: UserId::from(Uuid::max()),
        request_hash: (0..=255).collect(),
        response: json!({"big": i64::MAX, "text": "\u{0}'\";--\u{202e}😀"}),
    };
    let id = Uuid::now_v7().into();
    idempotency::add(&mut tx, id, answered.clone(), 1)
        .await
        .unwrap();
    assert_eq!(
        idempotency::find(&mut tx, id).await.unwrap(),
        Some(answered)
    );
}

async fn a_reader_cannot_write(engine: Engine) {
    let mut tx = engine.db.read().await.unwrap();
    setting::put(&mut tx, "a", json!(1), 0).await.unwrap_err();
    drop(tx);
    assert_eq!(engine.get("a").await, None);
}

async fn reading_a_column_as_what_it_is_not_is_an_error(engine: Engine) {
    engine.put("a", 1).await;
    let mut tx = engine.db.read().await.unwrap();
    let mut row = setting::any_row(&mut tx).await.unwrap();
    assert!(matches!(row.next::<i64>(), Err(DbError::Statement(_))));
    let mut row = setting::any_row(&mut tx).await.unwrap();
    row.next::<String>().unwrap();
    assert!(matches!(row.next::<i64>(), Err(DbError::Statement(_))));
}
