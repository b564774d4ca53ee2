//! What the popup shows, in one read.

use serde_json::{Value as Json, json};

use super::calls::{form, report};
use super::{Office, With, each, new_id, text};

#[tokio::test]
async fn cp_10_the_popup_knows_the_caller_and_what_was_before() {
    let office = Office::open().await;
    let by = &office.admin;
    let lan = office.customer(by, "Lan", &["0987654321"]).await;
    office
        .done(by, report("before", "0987654321", &new_id()))
        .await;
    let ticket = super::tickets::create(&lan, by);
    office.done(by, ticket.clone()).await;
    let task = super::tasks::create(by).with("contact_id", lan.clone());
    office.done(by, task.clone()).await;
    let done = super::tasks::create(by).with("contact_id", lan.clone());
    office.done(by, done.clone()).await;
    let over = json!({"state": "DONE"});
    office.done(by, super::tasks::update(&done, 1, over)).await;
    office.done(by, super::orders::create(&lan)).await;
    let now = report("now", "+84 987 654 321", &new_id()).with("started_at", 2_000);
    office.done(by, now).await;
    office.done(by, form("now", "Xin chào", 10)).await;
    let popup = office
        .get(by, "/api/popup?call_key=now&today_from=1500")
        .await;
    assert_eq!(each(&popup["matches"], "name"), ["Lan"]);
    assert_eq!(popup["contact"]["id"], *lan);
    assert_eq!(popup["form"]["body"], "Xin chào");
    assert_eq!(each(&popup["calls"], "key"), ["now", "before"]);
    assert_eq!(each(&popup["tickets"], "id"), [&ticket["id"]]);
    assert_eq!(each(&popup["tasks"], "id"), [&task["id"]]);
    assert_eq!(each(&popup["orders"], "number"), [1]);
    assert_eq!(popup["calls_today"], 1);
}

#[tokio::test]
async fn cp_18_an_unknown_number_shows_its_calls_and_who_it_could_be() {
    let office = Office::open().await;
    let by = &office.admin;
    office.customer(by, "Lan", &["+14155654321"]).await;
    office.customer(by, "Nguyễn Văn Hoà", &[]).await;
    office.customer(by, "Nguyễn Văn Hoàng", &[]).await;
    office
        .done(by, report("before", "0985654321", &new_id()))
        .await;
    let popup = office
        .get(
            by,
            "/api/popup?number=0985654321&peer_name=NGUYEN%20VAN%20HOA",
        )
        .await;
    assert_eq!(popup["matches"], json!([]));
    assert_eq!(each(&popup["maybe"], "name"), ["Lan", "Nguyễn Văn Hoà"]);
    assert_eq!(popup["contact"], Json::Null);
    assert_eq!(each(&popup["calls"], "key"), ["before"]);
}

#[tokio::test]
async fn of_several_who_have_the_number_the_chosen_ones_records_are_shown() {
    let office = Office::open().await;
    let by = &office.admin;
    let lan = office.customer(by, "Lan", &["0987654321"]).await;
    let hoa = office.customer(by, "Hoa", &["0987654321"]).await;
    office.done(by, super::tickets::create(&lan, by)).await;
    office.done(by, report("k", "0987654321", &new_id())).await;
    let popup = office.get(by, "/api/popup?call_key=k").await;
    assert_eq!(each(&popup["matches"], "name").len(), 2);
    let asked = format!("/api/popup?call_key=k&contact_id={lan}");
    assert_eq!(
        each(&office.get(by, &asked).await["tickets"], "number"),
        [1]
    );
    office
        .done(by, form("k", "", 10).with("contact_id", hoa.clone()))
        .await;
    let popup = office.get(by, "/api/popup?call_key=k").await;
    assert_eq!(text(&popup["contact"]["id"]), hoa);
    assert_eq!(popup["tickets"], json!([]));
    // CP-17: the call is in that customer's list, and not in the other's.
    for (contact, calls) in [(hoa, 1), (lan, 0)] {
        let list = office
            .get(by, &format!("/api/calls?contact_id={contact}"))
            .await;
        assert_eq!(each(&list["rows"], "key").len(), calls);
    }
}

#[tokio::test]
async fn a_hidden_number_matches_nobody() {
    let office = Office::open().await;
    let by = &office.admin;
    office.customer(by, "Lan", &["0987654321"]).await;
    office.done(by, report("k", "", &new_id())).await;
    let popup = office.get(by, "/api/popup?call_key=k").await;
    assert_eq!(
        (&popup["matches"], &popup["maybe"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(
        (&popup["calls"], &popup["calls_today"]),
        (&json!([]), &json!(0))
    );
}

#[tokio::test]
async fn calls_from_before_the_customer_was_made_are_in_the_customers_list() {
    let office = Office::open().await;
    let by = &office.admin;
    office.done(by, report("k", "0987654321", &new_id())).await;
    let lan = office.customer(by, "Lan", &["0987654321"]).await;
    let list = office
        .get(by, &format!("/api/calls?contact_id={lan}"))
        .await;
    assert_eq!(each(&list["rows"], "key"), ["k"]);
}
