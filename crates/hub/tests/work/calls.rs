//! Calls, their legs and the forms about them.

use alobar_hub::Role;
use serde_json::{Value as Json, json};

use super::{DISPOSITION, Office, With, each, new_id, text};

/// A call from a customer, as one desk sees it.
pub(super) fn report(key: &str, peer: &str, leg: &str) -> Json {
    json!({"do": "report_call.1", "key": key, "direction": "in", "peer": peer,
        "started_at": 1_000, "leg": {"id": leg, "rang_at": 1_100}})
}

pub(super) fn form(key: &str, body: &str, written_at: i64) -> Json {
    json!({"do": "save_call_form.1", "call_key": key, "body": body, "written_at": written_at})
}

#[tokio::test]
async fn two_desks_that_report_one_call_make_one_row_with_two_legs() {
    let office = Office::open().await;
    let (an, binh) = (
        office.hire("an", Role::Agent).await,
        office.hire("binh", Role::Agent).await,
    );
    let (one, two) = (new_id(), new_id());
    office.done(&an, report("k", "0987654321", &one)).await;
    office.done(&binh, report("k", "0987654321", &two)).await;
    let missed = json!({"id": one, "rang_at": 1_100, "ended_at": 1_900, "result": "elsewhere",
        "cause": "answered_elsewhere", "sip_status": 200});
    let ended = report("k", "0987654321", &one)
        .with("leg", missed)
        .with("ended_at", 1_900);
    office.done(&an, ended).await;
    let talked = json!({"id": two, "rang_at": 1_100, "answered_at": 1_800, "ended_at": 9_000,
        "result": "answered"});
    let ended = report("k", "0987654321", &two)
        .with("leg", talked)
        .with("answered_at", 1_800)
        .with("ended_at", 9_000);
    office.done(&binh, ended).await;
    let call = office.get(&an, "/api/calls/k").await;
    assert_eq!(call["peer"], "+84987654321");
    assert_eq!(
        (&call["answered_at"], &call["ended_at"]),
        (&json!(1_800), &json!(9_000))
    );
    assert_eq!(each(&call["legs"], "result"), ["elsewhere", "answered"]);
    assert_eq!(
        office.get(&an, "/api/calls").await["rows"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn reports_of_one_call_may_come_in_any_order_and_twice() {
    let office = Office::open().await;
    let leg = new_id();
    let over = report("k", "0987654321", &leg)
        .with("ended_at", 5_000)
        .with(
            "leg",
            json!({"id": leg, "rang_at": 1_100, "ended_at": 5_000, "result": "missed"}),
        );
    for command in [over.clone(), report("k", "0987654321", &leg), over] {
        office.done(&office.admin, command).await;
    }
    let call = office.get(&office.admin, "/api/calls/k").await;
    assert_eq!(call["ended_at"], 5_000);
    assert_eq!(each(&call["legs"], "result"), ["missed"]);
}

#[tokio::test]
async fn nobody_reports_anothers_leg() {
    let office = Office::open().await;
    let (an, binh) = (
        office.hire("an", Role::Agent).await,
        office.hire("binh", Role::Agent).await,
    );
    let leg = new_id();
    office.done(&an, report("k", "0987654321", &leg)).await;
    let (status, code, _) = office.refused(&binh, report("k", "0987654321", &leg)).await;
    assert_eq!((status, code.as_str()), (403, "not_allowed"));
    let (status, _, _) = office
        .refused(&an, report("other", "0987654321", &leg))
        .await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn a_call_belongs_to_the_only_customer_who_has_the_number() {
    let office = Office::open().await;
    let by = &office.admin;
    let mother = office
        .customer(by, "Lan", &["0987654321", "0912345678"])
        .await;
    office.customer(by, "Hoa", &["0912345678"]).await;
    office
        .done(by, report("alone", "0987654321", &new_id()))
        .await;
    office
        .done(by, report("shared", "0912345678", &new_id()))
        .await;
    assert_eq!(
        office.get(by, "/api/calls/alone").await["contact_id"],
        *mother
    );
    assert_eq!(
        office.get(by, "/api/calls/shared").await["contact_id"],
        Json::Null
    );
}

#[tokio::test]
async fn cp_09_what_is_typed_is_there_even_before_the_call_is_reported() {
    let office = Office::open().await;
    let by = &office.admin;
    office.done(by, form("k", "Xin ch", 10)).await;
    office.done(by, form("k", "Xin chào ", 11)).await;
    office.done(by, report("k", "0987654321", &new_id())).await;
    let call = office.get(by, "/api/calls/k").await;
    assert_eq!(each(&call["forms"], "body"), ["Xin chào "]);
    assert_eq!(
        (&call["direction"], &call["started_at"]),
        (&json!("in"), &json!(1_000))
    );
    assert_eq!(call["peer"], "+84987654321");
}

#[tokio::test]
async fn a_form_written_earlier_is_acknowledged_and_changes_nothing() {
    let office = Office::open().await;
    let by = &office.admin;
    office.done(by, form("k", "later", 20)).await;
    office.done(by, form("k", "earlier", 10)).await;
    let call = office.get(by, "/api/calls/k").await;
    assert_eq!(each(&call["forms"], "body"), ["later"]);
}

#[tokio::test]
async fn a_clock_that_was_ahead_does_not_shut_its_desk_out() {
    let office = Office::open().await;
    let by = &office.admin;
    office.done(by, form("k", "ahead", i64::MAX)).await;
    office.done(by, form("k", "right", i64::MAX - 1)).await;
    let call = office.get(by, "/api/calls/k").await;
    assert_eq!(each(&call["forms"], "body"), ["right"]);
}

#[tokio::test]
async fn cp_08_each_agent_of_a_call_writes_a_form_of_their_own_which_all_may_read() {
    let office = Office::open().await;
    let (an, binh) = (
        office.hire("an", Role::Agent).await,
        office.hire("binh", Role::Agent).await,
    );
    office.done(&an, form("k", "an wrote", 10)).await;
    office.done(&binh, form("k", "binh wrote", 99)).await;
    office.done(&an, form("k", "an wrote more", 11)).await;
    let call = office.get(&binh, "/api/calls/k").await;
    let mut bodies = each(&call["forms"], "body");
    bodies.sort_by_key(|body| body.to_string());
    assert_eq!(bodies, ["an wrote more", "binh wrote"]);
}

#[tokio::test]
async fn forms_that_are_not_closed_come_back_to_their_writer_only() {
    let office = Office::open().await;
    let (an, binh) = (
        office.hire("an", Role::Agent).await,
        office.hire("binh", Role::Agent).await,
    );
    office.done(&an, form("one", "a", 10)).await;
    office.done(&an, form("two", "b", 10)).await;
    office.done(&binh, form("two", "c", 10)).await;
    office
        .done(&an, form("one", "a", 11).with("closed", true))
        .await;
    let open = office.get(&an, "/api/forms/open").await;
    assert_eq!(each(&open, "form").len(), 1);
    assert_eq!(open[0]["call"]["key"], "two");
    assert_eq!(open[0]["form"]["body"], "b");
    // CP-17: one's own can be taken up again.
    office.done(&an, form("one", "a and more", 12)).await;
    assert_eq!(
        each(&office.get(&an, "/api/forms/open").await, "form").len(),
        2
    );
}

#[tokio::test]
async fn a_form_is_closed_without_an_outcome_only_where_the_admin_allows_it() {
    let office = Office::open().await;
    let by = &office.admin;
    let closed = form("k", "done", 10).with("closed", true);
    office.done(by, closed.clone()).await;
    let popup = json!({"tabs": ["calls"], "require_disposition": true,
        "buttons": {"ticket": true, "order": true, "task": true}});
    let (status, _) = office
        .ask(by, "PUT", "/api/admin/settings/popup", &popup)
        .await;
    assert_eq!(status, 200);
    let (status, code, field) = office
        .refused(by, closed.clone().with("written_at", 11))
        .await;
    assert_eq!(
        (status, code.as_str(), field.as_str()),
        (422, "field_missing", "disposition")
    );
    office.done(by, form("k", "still open", 11)).await;
    let said = closed
        .with("disposition_id", DISPOSITION)
        .with("written_at", 12);
    office.done(by, said).await;
}

#[tokio::test]
async fn while_a_text_is_being_typed_only_its_writer_is_told() {
    let office = Office::open().await;
    let an = office.hire("an", Role::Agent).await;
    let before = office.get(&office.admin, "/api/changes?after=0").await;
    office.done(&office.admin, form("k", "s", 10)).await;
    office.done(&office.admin, form("k", "secret", 11)).await;
    let told = office.get(&an, "/api/changes?after=0").await;
    assert_eq!(
        told["changes"].as_array().unwrap().len(),
        before["changes"].as_array().unwrap().len()
    );
    office
        .done(&office.admin, form("k", "secret", 12).with("closed", true))
        .await;
    let told = office.get(&an, "/api/changes?after=0").await;
    assert!(told.to_string().contains("\"noted\""));
    assert!(!told.to_string().contains("secret"));
}

#[tokio::test]
async fn an_agent_lists_own_calls_and_a_lead_everybodys() {
    let office = Office::open().await;
    let (an, binh) = (
        office.hire("an", Role::Agent).await,
        office.hire("binh", Role::Lead).await,
    );
    for key in ["one", "two"] {
        office.done(&an, report(key, "0987654321", &new_id())).await;
    }
    office
        .done(&binh, report("three", "0987654321", &new_id()))
        .await;
    let keys = |page: &Json| {
        each(&page["rows"], "key")
            .into_iter()
            .map(text)
            .collect::<Vec<_>>()
    };
    let mut own = keys(&office.get(&an, "/api/calls").await);
    own.sort();
    assert_eq!(own, ["one", "two"]);
    assert_eq!(
        keys(&office.get(&binh, "/api/calls?all=true").await).len(),
        3
    );
    let (status, _) = office
        .ask(&an, "GET", "/api/calls?all=true", &Json::Null)
        .await;
    assert_eq!(status, 403);
    let of_number = office.get(&an, "/api/calls?number=0987%20654%20321").await;
    assert_eq!(keys(&of_number).len(), 3);
}

#[tokio::test]
async fn a_long_list_of_calls_is_read_page_by_page_each_call_once() {
    let office = Office::open().await;
    let by = &office.admin;
    for number in 0..60 {
        let key = format!("k{number}");
        let call = report(&key, "0987654321", &new_id())
            .with("started_at", number / 2)
            .with("leg", json!({"id": new_id(), "rang_at": number / 2}));
        office.done(by, call).await;
    }
    for query in ["", "number=0987654321", "all=true"] {
        let mut keys = Vec::new();
        let mut page = office.get(by, &format!("/api/calls?{query}")).await;
        loop {
            keys.extend(each(&page["rows"], "key").into_iter().map(text));
            let (at, id) = (&page["next"]["at"], text(&page["next"]["id"]));
            if id.is_empty() {
                break;
            }
            let path = format!("/api/calls?{query}&before_at={at}&before_id={id}");
            page = office.get(by, &path).await;
        }
        assert_eq!(keys.len(), 60, "{query}");
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), 60, "{query}");
    }
}
