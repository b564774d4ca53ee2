//! Notes and followers.

use alobar_hub::Role;
use serde_json::{Value as Json, json};

use super::{Office, With, each, new_id, text};

fn note(on: &Json, body: &str) -> Json {
    json!({"do": "add_note.1", "id": new_id(), "subject": on, "body": body})
}

async fn read(office: &Office, on: &Json) -> Json {
    let path = format!(
        "/api/notes?kind={}&id={}",
        text(&on["kind"]),
        text(&on["id"])
    );
    office.get(&office.admin, &path).await
}

#[tokio::test]
async fn or_20_notes_are_added_changed_and_removed_on_all_that_has_them() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    let ticket = super::tickets::create(&contact, by);
    let task = super::tasks::create(by);
    let order = super::orders::create(&contact);
    for command in [&ticket, &task, &order] {
        office.done(by, command.clone()).await;
    }
    for on in [
        json!({"kind": "contact", "id": contact}),
        json!({"kind": "ticket", "id": ticket["id"]}),
        json!({"kind": "task", "id": task["id"]}),
        json!({"kind": "order", "id": order["id"]}),
    ] {
        let (one, two) = (note(&on, "Một"), note(&on, "Hai"));
        office.done(by, one.clone()).await;
        office.done(by, two.clone()).await;
        let change = json!({"do": "change_note.1", "id": one["id"], "base_rev": 1, "body": "Ba"});
        office.done(by, change).await;
        office
            .done(by, json!({"do": "remove_note.1", "id": two["id"]}))
            .await;
        assert_eq!(each(&read(&office, &on).await["notes"], "body"), ["Ba"]);
    }
    let path = format!("/api/tickets/{}/history", text(&ticket["id"]));
    let lines = office.get(by, &path).await;
    assert_eq!(
        each(&lines, "op"),
        ["noted", "noted", "noted", "noted", "created"]
    );
    assert_eq!(lines[0]["fields"], json!({"note": ["Hai", null]}));
}

#[tokio::test]
async fn a_note_is_its_writers_or_the_admins_to_change() {
    let office = Office::open().await;
    let (an, binh) = (
        office.hire("an", Role::Agent).await,
        office.hire("binh", Role::Lead).await,
    );
    let contact = office.customer(&an, "Lan", &[]).await;
    let on = json!({"kind": "contact", "id": contact});
    let first = note(&on, "Một");
    office.done(&an, first.clone()).await;
    let change = json!({"do": "change_note.1", "id": first["id"], "base_rev": 1, "body": "Hai"});
    let remove = json!({"do": "remove_note.1", "id": first["id"]});
    assert_eq!(office.refused(&binh, change.clone()).await.0, 403);
    assert_eq!(office.refused(&binh, remove.clone()).await.0, 403);
    office.done(&office.admin, change.clone()).await;
    // From a base that is no longer: both texts.
    let (status, body) = office.command(&an, change.with("body", "Ba")).await;
    assert_eq!(
        (status, &body["conflicts"][0]["theirs"]),
        (409, &json!("Hai"))
    );
    office.done(&office.admin, remove.clone()).await;
    assert_eq!(office.refused(&an, remove).await.0, 404);
}

#[tokio::test]
async fn an_empty_note_and_a_note_on_nothing_are_refused() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    let on = json!({"kind": "contact", "id": contact});
    assert_eq!(
        office.refused(by, note(&on, " \n")).await.1,
        "field_missing"
    );
    assert_eq!(
        office
            .refused(by, note(&on.with("id", new_id()), "x"))
            .await
            .0,
        404
    );
    let call = json!({"kind": "call", "id": new_id()});
    assert_eq!(
        office.refused(by, note(&call, "x")).await.1,
        "subject_takes_no_notes"
    );
}

#[tokio::test]
async fn tk_32_followers_are_added_and_removed_once() {
    let office = Office::open().await;
    let by = &office.admin;
    let an = office.hire("an", Role::Agent).await;
    let contact = office.customer(by, "Lan", &[]).await;
    let ticket = super::tickets::create(&contact, by);
    office.done(by, ticket.clone()).await;
    let on = json!({"kind": "ticket", "id": ticket["id"]});
    let follow = json!({"do": "follow.1", "subject": on, "user_id": an.user});
    office.done(by, follow.clone()).await;
    office.done(by, follow.clone()).await;
    assert_eq!(read(&office, &on).await["followers"], json!([an.user]));
    let unfollow = json!({"do": "unfollow.1", "subject": on});
    office.done(&an, unfollow).await;
    assert_eq!(read(&office, &on).await["followers"], json!([]));
    let path = format!("/api/tickets/{}/history", text(&ticket["id"]));
    let lines = office.get(by, &path).await;
    assert_eq!(each(&lines, "op"), ["unfollowed", "followed", "created"]);
}
