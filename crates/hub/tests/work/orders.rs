//! Orders.

use serde_json::{Value as Json, json};

use super::{FIRST_STAGE, Office, SHIPPING_STAGE, With, each, new_id, text};

pub(super) fn create(contact: &str) -> Json {
    json!({"do": "create_order.1", "id": new_id(), "title": "Đơn của Lan", "contact_id": contact})
}

fn line(position: i64, name: &str, quantity: i64, unit_price: i64) -> Json {
    json!({"position": position, "name": name, "quantity": quantity, "unit_price": unit_price})
}

fn update(order: &Json, base_rev: i64, fields: Json) -> Json {
    json!({"do": "update_order.1", "id": order["id"], "base_rev": base_rev, "fields": fields})
}

async fn read(office: &Office, order: &Json) -> Json {
    let path = format!("/api/orders/{}", text(&order["id"]));
    office.get(&office.admin, &path).await["order"].clone()
}

#[tokio::test]
async fn or_02_an_order_is_added_up_by_the_hub() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    let discounted = line(1, "Trà", 1_500, 200_000)
        .with("id", new_id())
        .with("discount", json!({"kind": "PERCENT", "value": 1_000}));
    let order = create(&contact)
        .with(
            "lines",
            json!([
                line(0, "Cà phê", 2_000, 90_000).with("id", new_id()),
                discounted
            ]),
        )
        .with("discount", json!({"kind": "AMOUNT", "value": 50_000}))
        .with("shipping", 30_000)
        .with("receiver_name", "Lan");
    assert_eq!(office.done(by, order.clone()).await["number"], 1);
    let read = read(&office, &order).await;
    assert_eq!(each(&read["lines"], "total"), [180_000, 270_000]);
    assert_eq!(
        (&read["subtotal"], &read["total"]),
        (&json!(450_000), &json!(430_000))
    );
    assert_eq!(
        (&read["currency"], &read["stage_id"]),
        (&json!("VND"), &json!(FIRST_STAGE))
    );
    assert_eq!(read["owner_id"], json!(by.user));
}

#[tokio::test]
async fn or_03_what_is_missing_or_has_no_total_is_refused_with_the_field_named() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    let with_line = |line: Json| create(&contact).with("lines", json!([line.with("id", new_id())]));
    let too_much = json!({"kind": "PERCENT", "value": 10_001});
    for (order, code, field) in [
        (
            create(&contact).with("title", " "),
            "field_missing",
            "title",
        ),
        (
            create(&contact).with("contact_id", Json::Null),
            "field_missing",
            "contact_id",
        ),
        (
            create(&contact).with("shipping", -1),
            "order_negative",
            "shipping",
        ),
        (
            create(&contact).with("currency", "dong"),
            "order_no_currency",
            "",
        ),
        (
            with_line(line(0, " ", 1_000, 1)),
            "field_missing",
            "line_name",
        ),
        (with_line(line(0, "Trà", 0, 1)), "field_missing", "quantity"),
        (
            with_line(line(0, "Trà", -1, 1)),
            "order_negative",
            "quantity",
        ),
        (
            with_line(line(0, "Trà", i64::MAX, i64::MAX)),
            "order_too_large",
            "quantity",
        ),
        (
            with_line(line(0, "Trà", 1_000, 5).with("discount", too_much)),
            "order_discount_too_large",
            "line_discount",
        ),
    ] {
        let (status, said, named) = office.refused(by, order).await;
        assert_eq!((status, said.as_str(), named.as_str()), (422, code, field));
    }
    assert_eq!(office.get(by, "/api/orders").await["rows"], json!([]));
}

#[tokio::test]
async fn or_22_lines_are_added_changed_and_removed_and_the_total_follows() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    let (tea, coffee) = (new_id(), new_id());
    let order = create(&contact).with(
        "lines",
        json!([line(0, "Trà", 1_000, 100).with("id", tea.clone())]),
    );
    office.done(by, order.clone()).await;
    let added = json!({"lines": {&coffee: line(1, "Cà phê", 1_000, 50)}});
    office.done(by, update(&order, 1, added)).await;
    assert_eq!(read(&office, &order).await["total"], 150);
    let more = json!({"lines": {&tea: line(0, "Trà", 3_000, 100)
        .with("discount", json!({"kind": "AMOUNT", "value": 20}))}});
    office.done(by, update(&order, 2, more)).await;
    assert_eq!(read(&office, &order).await["total"], 330);
    office
        .done(by, update(&order, 3, json!({"lines": {&coffee: null}})))
        .await;
    let left = read(&office, &order).await;
    assert_eq!(
        (each(&left["lines"], "id"), &left["total"]),
        (vec![&json!(tea)], &json!(280))
    );
    let path = format!("/api/orders/{}/history", text(&order["id"]));
    let lines = office.get(by, &path).await;
    let removed = &lines[0]["fields"][format!("line.{coffee}")];
    assert_eq!(
        (&removed[0]["name"], &removed[1]),
        (&json!("Cà phê"), &Json::Null)
    );
    assert_eq!(lines[0]["fields"]["total"], json!([330, 280]));
}

#[tokio::test]
async fn two_people_change_different_lines_and_the_second_on_one_line_sees_both() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    let (tea, coffee) = (new_id(), new_id());
    let order = create(&contact).with(
        "lines",
        json!([
            line(0, "Trà", 1_000, 100).with("id", tea.clone()),
            line(1, "Cà phê", 1_000, 50).with("id", coffee.clone())
        ]),
    );
    office.done(by, order.clone()).await;
    let change = |id: &str, quantity: i64| {
        update(
            &order,
            1,
            json!({"lines": {id: line(0, "x", quantity, 10)}}),
        )
    };
    office.done(by, change(&tea, 2_000)).await;
    office.done(by, change(&coffee, 3_000)).await;
    let (status, body) = office.command(by, change(&tea, 4_000)).await;
    assert_eq!(status, 409);
    assert_eq!(body["conflicts"][0]["field"], format!("line.{tea}"));
    assert_eq!(body["conflicts"][0]["theirs"]["quantity"], 2_000);
    assert_eq!(read(&office, &order).await["total"], 50);
}

#[tokio::test]
async fn or_14_a_click_on_a_stage_sets_it() {
    let office = Office::open().await;
    let by = &office.admin;
    let contact = office.customer(by, "Lan", &[]).await;
    let order = create(&contact);
    office.done(by, order.clone()).await;
    office
        .done(by, update(&order, 1, json!({"stage_id": SHIPPING_STAGE})))
        .await;
    let list = format!("/api/orders?stage_id={SHIPPING_STAGE}");
    assert_eq!(
        each(&office.get(by, &list).await["rows"], "id"),
        [&order["id"]]
    );
    let wrong = update(&order, 2, json!({"stage_id": new_id()}));
    assert_eq!(office.refused(by, wrong).await.1, "refers_to_nothing");
}

#[tokio::test]
async fn or_09_the_list_is_newest_first_and_narrowed_by_what_is_asked() {
    let office = Office::open().await;
    let by = &office.admin;
    let an = office.hire("an", alobar_hub::Role::Agent).await;
    let (lan, hoa) = (
        office.customer(by, "Lan", &[]).await,
        office.customer(by, "Hoa", &[]).await,
    );
    office.done(by, create(&lan)).await;
    office.done(&an, create(&hoa)).await;
    for (query, expected) in [
        (String::new(), json!([2, 1])),
        ("mine=true".to_owned(), json!([1])),
        (format!("owner_id={}", an.user), json!([2])),
        (format!("contact_id={lan}"), json!([1])),
    ] {
        let page = office.get(by, &format!("/api/orders?{query}")).await;
        assert_eq!(json!(each(&page["rows"], "number")), expected, "{query}");
    }
}
