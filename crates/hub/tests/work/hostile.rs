//! Hostile text (H4 of the security checklist): it stays text, within its bounds.

use serde_json::{Value as Json, json};

use super::calls::{form, report};
use super::{Office, With, each, new_id, text};

const PAYLOADS: [&str; 10] = [
    "'; DROP TABLE contact; --",
    "\" OR \"\"=\"",
    "' UNION SELECT password_hash FROM hub_user --",
    "$1 $2 ?1 :a @b",
    "%_\\",
    "<img src=x onerror=alert(1)>",
    "{{7*7}} ${7*7}",
    "a'||(SELECT 1)||'b",
    "/* */ ; PRAGMA writable_schema=1;",
    "=HYPERLINK(\"http://x\")",
];

/// The commands with every text field that a person or the network fills, and where it is read.
fn commands(contact: &str, office: &Office) -> Vec<(Json, &'static str, String, &'static str)> {
    let by = &office.admin;
    let ticket = super::tickets::create(contact, by);
    let task = super::tasks::create(by);
    let order = super::orders::create(contact);
    let at = |kind: &str, of: &Json| format!("/api/{kind}/{}", text(&of["id"]));
    let (tickets, tasks, orders) = (
        at("tickets", &ticket),
        at("tasks", &task),
        at("orders", &order),
    );
    let call = "/api/calls/k".to_owned();
    let call_report = report("k", "0987654321", &new_id());
    let note = json!({"do": "add_note.1", "id": new_id(), "body": "",
        "subject": {"kind": "contact", "id": contact}});
    let notes = format!("/api/notes?kind=contact&id={contact}");
    vec![
        (ticket.clone(), "title", tickets.clone(), "/ticket/title"),
        (ticket, "summary", tickets, "/ticket/summary"),
        (task.clone(), "title", tasks.clone(), "/task/title"),
        (task, "body", tasks, "/task/body"),
        (order.clone(), "title", orders.clone(), "/order/title"),
        (
            order.clone(),
            "receiver_name",
            orders.clone(),
            "/order/receiver_name",
        ),
        (
            order.clone(),
            "receiver_phone",
            orders.clone(),
            "/order/receiver_phone",
        ),
        (
            order.clone(),
            "receiver_address",
            orders.clone(),
            "/order/receiver_address",
        ),
        (order, "remark", orders, "/order/remark"),
        (call_report.clone(), "peer", call.clone(), "/peer"),
        (call_report.clone(), "peer_name", call.clone(), "/peer_name"),
        (call_report.clone(), "did", call.clone(), "/did"),
        (call_report, "queue", call.clone(), "/queue"),
        (form("k", "", 10), "body", call, "/forms/0/body"),
        (note, "body", notes, "/notes/0/body"),
    ]
}

/// Each time in a new office, for ids are made once.
async fn each_field(value: &str) -> Vec<(String, u16, Json)> {
    let fields = {
        let office = Office::open().await;
        commands("x", &office).len()
    };
    let mut seen = Vec::with_capacity(fields);
    let office = Office::open().await;
    for index in 0..fields {
        let contact = office.customer(&office.admin, "Lan", &[]).await;
        let (command, field, path, pointer) = commands(&contact, &office).swap_remove(index);
        let fresh = |it: Json| match it["do"].as_str() {
            Some("report_call.1") => it.with("key", format!("k{index}")),
            Some("save_call_form.1") => it.with("call_key", format!("k{index}")),
            _ => it,
        };
        let path = path.replace("/k", &format!("/k{index}"));
        let name = format!("{} {field}", text(&command["do"]));
        let (status, _) = office
            .command(&office.admin, fresh(command.with(field, value)))
            .await;
        let read = match status {
            200 => office
                .get(&office.admin, &path)
                .await
                .pointer(pointer)
                .cloned(),
            _ => None,
        };
        seen.push((name, status, read.unwrap_or_default()));
    }
    seen
}

#[tokio::test]
async fn h4_sql_and_markup_in_any_field_stay_the_text_that_they_are() {
    for payload in PAYLOADS {
        for (field, status, read) in each_field(payload).await {
            assert_eq!((status, text(&read)), (200, payload.to_owned()), "{field}");
        }
    }
}

#[tokio::test]
async fn h4_sql_in_a_query_finds_nothing_and_breaks_nothing() {
    let office = Office::open().await;
    let by = &office.admin;
    office.customer(by, "Lan", &["0987654321"]).await;
    for payload in PAYLOADS {
        let encoded: String = payload.bytes().map(|byte| format!("%{byte:02x}")).collect();
        for path in [
            format!("/api/search?q={encoded}"),
            format!("/api/calls?number={encoded}"),
            format!("/api/popup?number={encoded}&peer_name={encoded}&call_key={encoded}"),
        ] {
            office.get(by, &path).await;
        }
        let (status, _) = office
            .ask(by, "GET", &format!("/api/calls/{encoded}"), &Json::Null)
            .await;
        assert_eq!(status, 404);
        let list = format!("/api/tickets?state={encoded}");
        assert_eq!(office.ask(by, "GET", &list, &Json::Null).await.0, 400);
    }
    assert_eq!(
        each(&office.get(by, "/api/contacts").await, "name"),
        ["Lan"]
    );
}

#[tokio::test]
async fn control_characters_and_turned_text_are_taken_out_of_every_field() {
    for (field, status, read) in each_field("a\u{0}b\u{1b}[31m\u{202e}c\u{2066}d").await {
        assert_eq!((status, text(&read).as_str()), (200, "ab[31mcd"), "{field}");
    }
}

#[tokio::test]
async fn text_of_64_kb_is_refused_where_a_person_typed_it_and_cut_where_nobody_can_shorten_it() {
    let long = "ế".repeat(64 * 1024 / 3);
    for (field, status, read) in each_field(&long).await {
        if field.starts_with("report_call") {
            assert_eq!(status, 200, "{field}");
            assert!(text(&read).chars().count() <= 200, "{field}");
        } else {
            assert_eq!(status, 422, "{field}");
        }
    }
}

#[tokio::test]
async fn a_call_key_has_a_length() {
    let office = Office::open().await;
    let by = &office.admin;
    for key in [String::new(), "k".repeat(201)] {
        let (status, _, field) = office.refused(by, form(&key, "", 1)).await;
        assert_eq!((status, field.as_str()), (422, "call_key"));
        assert_eq!(
            office.refused(by, report(&key, "", &new_id())).await.2,
            "call_key"
        );
    }
}
