//! Tasks.

use alobar_hub::{Identity, Role};
use serde_json::{Value as Json, json};

use super::{Office, With, each, new_id, text};

pub(super) fn create(assignee: &Identity) -> Json {
    json!({"do": "create_task.1", "id": new_id(), "title": "Gọi lại", "due_at": 5_000,
        "assignee_id": assignee.user})
}

pub(super) fn update(task: &Json, base_rev: i64, fields: Json) -> Json {
    json!({"do": "update_task.1", "id": task["id"], "base_rev": base_rev, "fields": fields})
}

async fn read(office: &Office, task: &Json) -> Json {
    let path = format!("/api/tasks/{}", text(&task["id"]));
    office.get(&office.admin, &path).await["task"].clone()
}

#[tokio::test]
async fn ts_03_a_task_without_a_mandatory_field_is_refused_with_the_field_named() {
    let office = Office::open().await;
    let by = &office.admin;
    for (field, empty) in [
        ("title", json!("")),
        ("due_at", Json::Null),
        ("assignee_id", Json::Null),
    ] {
        let (status, code, named) = office.refused(by, create(by).with(field, empty)).await;
        assert_eq!(
            (status, code.as_str(), named.as_str()),
            (422, "field_missing", field)
        );
    }
    assert_eq!(office.done(by, create(by)).await["number"], 1);
}

#[tokio::test]
async fn ts_14_a_completed_task_says_who_and_the_moment_of_the_click() {
    let office = Office::open().await;
    let by = &office.admin;
    let an = office.hire("an", Role::Agent).await;
    let task = create(by);
    office.done(by, task.clone()).await;
    let click = update(&task, 1, json!({"state": "DONE"})).with("clicked_at", 1_234);
    office.done(&an, click).await;
    let done = read(&office, &task).await;
    assert_eq!(
        (&done["done_at"], &done["done_by"]),
        (&json!(1_234), &json!(an.user))
    );
    let path = format!("/api/tasks/{}/history", text(&task["id"]));
    let lines = office.get(by, &path).await;
    assert_eq!(lines[0]["fields"]["state"], json!(["TO_DO", "DONE"]));
    assert_eq!(lines[0]["fields"]["done_at"], json!([null, 1_234]));
    // A second click leaves the first; back to work takes it away.
    let again = update(&task, 1, json!({"state": "DONE"})).with("clicked_at", 4_321);
    office.done(by, again).await;
    assert_eq!(read(&office, &task).await["done_at"], 1_234);
    office
        .done(by, update(&task, 2, json!({"state": "IN_PROGRESS"})))
        .await;
    assert_eq!(read(&office, &task).await["done_by"], Json::Null);
}

#[tokio::test]
async fn a_click_by_a_clock_that_is_ahead_counts_as_now() {
    let office = Office::open().await;
    let by = &office.admin;
    let task = create(by);
    office.done(by, task.clone()).await;
    let click = update(&task, 1, json!({"state": "DONE"})).with("clicked_at", i64::MAX);
    office.done(by, click).await;
    let done = read(&office, &task).await;
    assert_eq!(done["done_at"], done["updated_at"]);
}

#[tokio::test]
async fn ts_15_several_tasks_are_completed_by_a_command_each() {
    let office = Office::open().await;
    let by = &office.admin;
    let tasks = [create(by), create(by), create(by)];
    for task in &tasks {
        office.done(by, task.clone()).await;
    }
    for task in &tasks[..2] {
        office
            .done(by, update(task, 1, json!({"state": "DONE"})))
            .await;
    }
    let open = office.get(by, "/api/tasks?mine=true&open=true").await;
    assert_eq!(each(&open["rows"], "id"), [&tasks[2]["id"]]);
}

#[tokio::test]
async fn ts_06_the_list_is_newest_first_and_narrowed_by_what_is_asked() {
    let office = Office::open().await;
    let by = &office.admin;
    let an = office.hire("an", Role::Agent).await;
    let lan = office.customer(by, "Lan", &[]).await;
    let ticket = super::tickets::create(&lan, by);
    let order = super::orders::create(&lan);
    office.done(by, ticket.clone()).await;
    office.done(by, order.clone()).await;
    let one = create(by).with("contact_id", lan.clone());
    let two = create(&an).with("ticket_id", ticket["id"].clone());
    let three = create(&an)
        .with("order_id", order["id"].clone())
        .with("due_at", i64::MAX / 2);
    for task in [&one, &two, &three] {
        office.done(by, task.clone()).await;
    }
    office
        .done(by, update(&two, 1, json!({"state": "CANCELLED"})))
        .await;
    for (query, expected) in [
        (String::new(), json!([3, 2, 1])),
        ("mine=true".to_owned(), json!([1])),
        (format!("assignee_id={}", an.user), json!([3, 2])),
        (format!("contact_id={lan}"), json!([1])),
        (format!("ticket_id={}", text(&ticket["id"])), json!([2])),
        (format!("order_id={}", text(&order["id"])), json!([3])),
        ("open=true".to_owned(), json!([3, 1])),
        ("state=CANCELLED".to_owned(), json!([2])),
        ("overdue=true".to_owned(), json!([1])),
    ] {
        let page = office.get(by, &format!("/api/tasks?{query}")).await;
        assert_eq!(json!(each(&page["rows"], "number")), expected, "{query}");
    }
}

#[tokio::test]
async fn ts_10_each_field_of_a_task_is_changed_by_itself() {
    let office = Office::open().await;
    let by = &office.admin;
    let lan = office.customer(by, "Lan", &[]).await;
    let task = create(by).with("contact_id", lan);
    office.done(by, task.clone()).await;
    for (rev, field, value) in [
        (1, "title", json!("Gửi báo giá")),
        (2, "body", json!("Trước 5 giờ")),
        (3, "due_at", json!(9_000)),
        (4, "priority", json!("HIGH")),
        (5, "contact_id", Json::Null),
    ] {
        office
            .done(by, update(&task, rev, json!({field: value})))
            .await;
        assert_eq!(read(&office, &task).await[field], value);
    }
}
