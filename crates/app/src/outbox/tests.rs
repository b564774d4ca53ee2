#![allow(clippy::unwrap_used, reason = "tests")]

use alobar_hub::seal::Key;
use alobar_hub::{
    Command, ContactFields, ContactKind, ContactPatch, CreateContact, Hub, HubConfig, Identity,
    Place, UpdateContact,
};
use serde_json::Value as Json;
use uuid::Uuid;

use super::*;
use crate::memory::in_envelope;

struct Desk {
    folder: tempfile::TempDir,
    door: Door,
    key: Key,
}

impl Desk {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = Key::random().unwrap();
        let config = HubConfig {
            place: Place::Sqlite(folder.path().join("hub.sqlite")),
            key: key.clone(),
        };
        let hub = Hub::open(config).await.unwrap();
        let person: Identity = hub.local_person().await.unwrap();
        let door = Door::Embedded(hub.inside(person));
        Self { folder, door, key }
    }

    fn journal(&self) -> Journal {
        let file = self.folder.path().join("journal.sqlite");
        Journal::open(&file, self.key.clone()).unwrap().journal
    }

    fn outbox(&self) -> Outbox {
        Outbox::start(self.journal(), self.door.clone())
    }

    async fn contact(&self, id: Uuid) -> Option<Json> {
        let path = format!("/api/contacts/{id}");
        let found = self.door.ask::<Json>(Method::GET, &path, None::<&()>).await;
        found.ok()
    }
}

fn create(id: Uuid, name: &str) -> Envelope {
    in_envelope(Command::CreateContact(CreateContact {
        id: id.into(),
        fields: ContactFields {
            kind: ContactKind::Lead,
            name: name.to_owned(),
            address: String::new(),
            account_id: None,
            owner_id: None,
            points: Vec::new(),
        },
    }))
}

fn rename(id: Uuid, base_rev: i64, name: &str) -> Envelope {
    in_envelope(Command::UpdateContact(UpdateContact {
        id: id.into(),
        base_rev,
        fields: ContactPatch {
            name: Some(name.to_owned()),
            ..ContactPatch::default()
        },
    }))
}

async fn until(outbox: &Outbox, wanted: impl FnMut(&Unsent) -> bool) -> Unsent {
    let mut unsent = outbox.unsent();
    let come = unsent.wait_for(wanted);
    let come = tokio::time::timeout(Duration::from_secs(30), come).await;
    come.expect("it came to that").unwrap().clone()
}

fn is_empty(unsent: &Unsent) -> bool {
    unsent.revision > 0 && unsent.waiting.is_empty() && unsent.refused.is_empty()
}

#[tokio::test]
async fn what_is_written_reaches_the_hub_in_order_and_leaves_the_journal() {
    let desk = Desk::new().await;
    let outbox = desk.outbox();
    let id = Uuid::now_v7();
    outbox.write(&create(id, "Lan"), false).await.unwrap();
    outbox
        .write(&rename(id, 1, "Chị Lan"), false)
        .await
        .unwrap();
    until(&outbox, is_empty).await;
    assert_eq!(desk.contact(id).await.unwrap()["name"], "Chị Lan");
    assert!(desk.journal().entries().await.unwrap().is_empty());
}

/// The answer was lost: the hub has it, the journal does not know.
#[tokio::test]
async fn what_was_sent_without_an_answer_is_sent_again_and_done_once() {
    let desk = Desk::new().await;
    let id = Uuid::now_v7();
    let envelope = create(id, "Lan");
    let journal = desk.journal();
    let seq = journal.write(&envelope, false).await.unwrap();
    journal.sending(seq).await.unwrap();
    let sent = desk
        .door
        .ask::<Done>(Method::POST, "/api/commands", Some(&envelope))
        .await;
    sent.unwrap();

    let outbox = desk.outbox();
    let unsent = until(&outbox, is_empty).await;
    assert_eq!(unsent.refused, []);
    assert_eq!(desk.contact(id).await.unwrap()["rev"], 1);
}

#[tokio::test]
async fn what_the_hub_refuses_is_shown_and_holds_only_what_is_about_the_same() {
    let desk = Desk::new().await;
    let outbox = desk.outbox();
    let (nameless, other) = (Uuid::now_v7(), Uuid::now_v7());
    outbox.write(&create(nameless, " "), false).await.unwrap();
    outbox
        .write(&rename(nameless, 1, "Lan"), false)
        .await
        .unwrap();
    outbox.write(&create(other, "Mai"), false).await.unwrap();

    let unsent = until(&outbox, |unsent| unsent.refused.len() == 1).await;
    let refused = &unsent.refused[0];
    assert_eq!(refused.problem.as_ref().unwrap().code, "field_missing");
    assert!(desk.contact(other).await.is_some());
    assert_eq!(unsent.waiting, HashSet::from([nameless.to_string()]));

    // The person writes the name: what waited behind it goes too.
    let again = create(nameless, "Lành");
    outbox.decide(refused.seq, Some(&again)).await.unwrap();
    until(&outbox, is_empty).await;
    assert_eq!(desk.contact(nameless).await.unwrap()["name"], "Lan");
}

#[tokio::test]
async fn what_a_person_throws_away_is_gone() {
    let desk = Desk::new().await;
    let outbox = desk.outbox();
    let id = Uuid::now_v7();
    outbox.write(&create(id, ""), false).await.unwrap();
    let unsent = until(&outbox, |unsent| !unsent.refused.is_empty()).await;
    outbox.decide(unsent.refused[0].seq, None).await.unwrap();
    until(&outbox, is_empty).await;
    assert!(desk.contact(id).await.is_none());
}
