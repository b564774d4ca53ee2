//! Tickets.

use alobar_hub::Role;
use serde_json::{Value as Json, json};

use super::calls::report;
use super::{
    CATEGORY, LOWEST, OTHER_CATEGORY, Office, RESOLUTION, SUBCATEGORY, With, each, new_id, text,
};

const MINUTE: i64 = 60_000;

pub(super) fn create(contact: &str, by: &alobar_hub::Identity) -> Json {
    json!({"do": "create_ticket.1", "id": new_id(), "title": "Mất mạng", "contact_id": contact,
        "category_id": CATEGORY, "assignee_id": by.user})
}

pub(super) fn update(ticket: &Json, base_rev: i64, fields: Json) -> Json {
    json!({"do": "update_ticket.1", "id": ticket["id"], "base_rev": base_rev, "fields": fields})
}

fn solved(state: &str) -> Json {
    json!({"state": state, "resolution_type_id": RESOLUTION, "resolution_text": "Thay dây"})
}

async fn read(office: &Office, ticket: &Json) -> Json {
    let path = format!("/api/tickets/{}", text(&ticket["id"]));
    office.get(&office.admin, &path).await
}

async fn history(office: &Office, ticket: &Json) -> Json {
    let path = format!("/api/tickets/{}/history", text(&ticket["id"]));
    office.get(&office.admin, &path).await
}

#[tokio::test]
async fn tk_12_a_ticket_without_a_mandatory_field_is_refused_with_the_field_named() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &["0987654321"]).await;
    let whole = create(&contact, by);
    for (field, empty) in [
        ("title", json!(" \t")),
        ("contact_id", Json::Null),
        ("category_id", Json::Null),
        ("assignee_id", Json::Null),
    ] {
        let (status, code, named) = office.refused(by, whole.clone().with(field, empty)).await;
        assert_eq!(
            (status, code.as_str(), named.as_str()),
            (422, "field_missing", field)
        );
    }
    assert_eq!(office.done(by, whole).await["number"], 1);
}

#[tokio::test]
async fn tk_03_tk_04_a_ticket_is_new_until_a_person_is_in_charge() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &["0987654321"]).await;
    let team = json!({"name": "Hạ tầng"});
    let (_, team) = office.ask(by, "POST", "/api/admin/teams", &team).await;
    let of_team = create(&contact, by)
        .with("assignee_id", Json::Null)
        .with("team_id", team["id"].clone());
    office.done(by, of_team.clone()).await;
    assert_eq!(read(&office, &of_team).await["ticket"]["state"], "NEW");
    // TK-18
    office
        .done(by, update(&of_team, 1, json!({"assignee_id": by.user})))
        .await;
    assert_eq!(read(&office, &of_team).await["ticket"]["state"], "ASSIGNED");
    // TK-19, A12 #6
    office
        .done(by, update(&of_team, 2, json!({"assignee_id": null})))
        .await;
    assert_eq!(read(&office, &of_team).await["ticket"]["state"], "NEW");
    let nobody = update(&of_team, 3, json!({"team_id": null}));
    assert_eq!(office.refused(by, nobody).await.2, "assignee_id");
}

#[tokio::test]
async fn tk_07_a_ticket_is_not_closed_without_a_resolution() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &["0987654321"]).await;
    let ticket = create(&contact, by);
    office.done(by, ticket.clone()).await;
    for (fields, code) in [
        (json!({"state": "RESOLVED"}), "ticket_no_resolution"),
        (
            json!({"state": "CLOSED", "resolution_text": "x"}),
            "ticket_no_resolution",
        ),
        (
            solved("CLOSED").with("resolution_text", " "),
            "ticket_blank_resolution",
        ),
    ] {
        let (status, said, _) = office.refused(by, update(&ticket, 1, fields)).await;
        assert_eq!((status, said.as_str()), (422, code));
        assert_eq!(read(&office, &ticket).await["ticket"]["state"], "ASSIGNED");
    }
    office
        .done(by, update(&ticket, 1, solved("RESOLVED")))
        .await;
    let detail = read(&office, &ticket).await;
    assert_eq!(detail["ticket"]["resolution_text"], "Thay dây");
    assert!(detail["ticket"]["resolved_at"].is_i64());
    // The stored resolution stands.
    office
        .done(by, update(&ticket, 2, json!({"state": "CLOSED"})))
        .await;
    let emptied = update(&ticket, 3, json!({"resolution_text": " "}));
    assert_eq!(
        office.refused(by, emptied).await.1,
        "ticket_blank_resolution"
    );
}

#[tokio::test]
async fn a12_5_a_closed_ticket_is_opened_again_by_a_lead_only() {
    let office = Office::open().await;
    let (an, binh) = (
        office.hire("an", Role::Agent).await,
        office.hire("binh", Role::Lead).await,
    );
    let contact = office.customer(&an, "Lan", &["0987654321"]).await;
    let ticket = create(&contact, &an);
    office.done(&an, ticket.clone()).await;
    office.done(&an, update(&ticket, 1, solved("CLOSED"))).await;
    let open = update(&ticket, 2, json!({"state": "OPEN"}));
    assert_eq!(
        office.refused(&an, open.clone()).await.1,
        "ticket_lead_only"
    );
    let path = format!("/api/tickets/{}", text(&ticket["id"]));
    assert_eq!(office.get(&an, &path).await["next_states"], json!([]));
    assert_eq!(
        office.get(&binh, &path).await["next_states"],
        json!(["OPEN"])
    );
    office.done(&binh, open).await;
    let now = read(&office, &ticket).await["ticket"].clone();
    assert_eq!(
        (&now["state"], &now["reopened"]),
        (&json!("OPEN"), &json!(1))
    );
    assert_eq!(
        (&now["resolved_at"], &now["closed_at"]),
        (&Json::Null, &Json::Null)
    );
}

#[tokio::test]
async fn a_state_that_does_not_follow_is_refused_with_both_named() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &["0987654321"]).await;
    let ticket = create(&contact, by);
    office.done(by, ticket.clone()).await;
    let (_, body) = office
        .command(by, update(&ticket, 1, json!({"state": "NEW"})))
        .await;
    assert_eq!(body["code"], "ticket_not_next");
    assert_eq!(body["params"], json!([["from", "ASSIGNED"], ["to", "NEW"]]));
}

#[tokio::test]
async fn tk_17_the_service_level_comes_from_the_category_or_the_one_above_it() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &["0987654321"]).await;
    let configuration = office.get(by, "/api/configuration").await;
    let categories = configuration["categories"].as_array().unwrap();
    for (id, first_reply_min, resolve_min) in [(CATEGORY, 30, 240), (SUBCATEGORY, 10, 0)] {
        let known = categories.iter().find(|it| it["id"] == id).unwrap();
        let changed = known
            .clone()
            .with("list", "category")
            .with("first_reply_min", first_reply_min)
            .with("resolve_min", (resolve_min > 0).then_some(resolve_min));
        let (status, body) = office.ask(by, "PUT", "/api/admin/entries", &changed).await;
        assert_eq!(status, 200, "{body}");
    }
    let ticket = create(&contact, by).with("category_id", LOWEST);
    office.done(by, ticket.clone()).await;
    let made = read(&office, &ticket).await["ticket"].clone();
    let created = made["created_at"].as_i64().unwrap();
    assert_eq!(made["first_reply_due"], created + 10 * MINUTE);
    assert_eq!(made["resolve_due"], created + 240 * MINUTE);
    let moved = json!({"category_id": OTHER_CATEGORY});
    office.done(by, update(&ticket, 1, moved)).await;
    let moved = read(&office, &ticket).await["ticket"].clone();
    assert_eq!(
        (&moved["first_reply_due"], &moved["resolve_due"]),
        (&Json::Null, &Json::Null)
    );
}

#[tokio::test]
async fn tk_16_a_ticket_from_a_call_knows_the_call_even_before_it_is_reported() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    let ticket = create(&contact, by).with("call_key", "k");
    office.done(by, ticket.clone()).await;
    office.done(by, report("k", "0912345678", &new_id())).await;
    let detail = read(&office, &ticket).await;
    assert_eq!(detail["ticket"]["channel"], "call");
    assert_eq!(each(&detail["calls"], "id"), [&detail["ticket"]["call_id"]]);
    assert_eq!(detail["calls"][0]["peer"], "+84912345678");
}

#[tokio::test]
async fn tk_26_the_list_is_newest_first_and_narrowed_by_what_is_asked() {
    let office = Office::open().await;
    let by = &office.admin;
    let an = office.hire("an", Role::Agent).await;
    let (lan, hoa) = (
        office.customer(by, "Lan", &[]).await,
        office.customer(by, "Hoa", &[]).await,
    );
    let one = create(&lan, by);
    let two = create(&hoa, &an)
        .with("category_id", LOWEST)
        .with("priority", "URGENT");
    let three = create(&lan, &an).with("category_id", OTHER_CATEGORY);
    for ticket in [&one, &two, &three] {
        office.done(by, ticket.clone()).await;
    }
    office.done(by, update(&three, 1, solved("RESOLVED"))).await;
    let numbers = |page: Json| -> Vec<i64> {
        each(&page["rows"], "number")
            .iter()
            .map(|it| it.as_i64().unwrap())
            .collect()
    };
    for (query, expected) in [
        ("".to_owned(), vec![3, 2, 1]),
        ("mine=true".to_owned(), vec![1]),
        (format!("assignee_id={}", an.user), vec![3, 2]),
        (format!("contact_id={lan}"), vec![3, 1]),
        (format!("contact_id={lan}&assignee_id={}", an.user), vec![3]),
        (format!("category_id={CATEGORY}"), vec![2, 1]),
        ("state=RESOLVED".to_owned(), vec![3]),
        ("open=true".to_owned(), vec![2, 1]),
        ("priority=URGENT".to_owned(), vec![2]),
        ("overdue=true".to_owned(), vec![]),
    ] {
        let page = office.get(by, &format!("/api/tickets?{query}")).await;
        assert_eq!(numbers(page), expected, "{query}");
    }
    let page = office.get(&an, "/api/tickets?mine=true").await;
    assert_eq!(each(&page["rows"], "contact_name"), ["Lan", "Hoa"]);
}

#[tokio::test]
async fn tk_34_the_customers_five_latest_tickets_come_with_their_states() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    let mut last = Json::Null;
    for _ in 0..7 {
        last = create(&contact, by);
        office.done(by, last.clone()).await;
    }
    office
        .done(by, update(&last, 1, json!({"state": "OPEN"})))
        .await;
    let latest = read(&office, &last).await["latest"].clone();
    assert_eq!(each(&latest, "number"), [7, 6, 5, 4, 3]);
    assert_eq!(latest[0]["state"], "OPEN");
}

#[tokio::test]
async fn tk_37_the_history_says_who_changed_what_from_what_to_what() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    let ticket = create(&contact, by);
    office.done(by, ticket.clone()).await;
    office
        .done(
            by,
            update(&ticket, 1, json!({"state": "OPEN", "title": "Mất điện"})),
        )
        .await;
    // Nothing changes: no line.
    office
        .done(
            by,
            update(&ticket, 2, json!({"state": "OPEN", "title": "Mất điện"})),
        )
        .await;
    let lines = history(&office, &ticket).await;
    assert_eq!(each(&lines, "op"), ["changed", "created"]);
    assert_eq!(lines[0]["actor"], json!(by.user));
    assert_eq!(
        lines[0]["fields"],
        json!({"state": ["ASSIGNED", "OPEN"], "title": ["Mất mạng", "Mất điện"]})
    );
}

#[tokio::test]
async fn two_people_change_different_fields_and_the_second_on_one_field_sees_both() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    let ticket = create(&contact, by);
    office.done(by, ticket.clone()).await;
    office
        .done(by, update(&ticket, 1, json!({"title": "Một"})))
        .await;
    office
        .done(by, update(&ticket, 1, json!({"priority": "LOW"})))
        .await;
    let (status, body) = office
        .command(by, update(&ticket, 1, json!({"title": "Hai"})))
        .await;
    assert_eq!(status, 409);
    assert_eq!(
        body["conflicts"],
        json!([{"field": "title", "mine": "Hai", "theirs": "Một"}])
    );
    // The state goes on from where it is.
    office
        .done(by, update(&ticket, 1, json!({"state": "OPEN"})))
        .await;
    office
        .done(
            by,
            update(&ticket, 1, json!({"state": "WAIT_FOR_CUSTOMER"})),
        )
        .await;
}

#[tokio::test]
async fn a_command_that_comes_twice_makes_one_ticket() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    let envelope = json!({"id": new_id(), "command": create(&contact, by)});
    let first = office.ask(by, "POST", "/api/commands", &envelope).await;
    assert_eq!(first.0, 200);
    assert_eq!(
        office.ask(by, "POST", "/api/commands", &envelope).await,
        first
    );
    assert_eq!(
        each(&office.get(by, "/api/tickets").await["rows"], "number"),
        [1]
    );
}

#[tokio::test]
async fn a_ticket_about_nobody_or_nothing_is_refused() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    for field in ["contact_id", "category_id", "assignee_id"] {
        let wrong = create(&contact, by).with(field, new_id());
        let (status, code, _) = office.refused(by, wrong).await;
        assert_eq!(
            (status, code.as_str()),
            (422, "refers_to_nothing"),
            "{field}"
        );
    }
}
