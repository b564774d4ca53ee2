//! Ctrl+K.

use serde_json::{Value as Json, json};

use super::{Office, With, each, text};

async fn find(office: &Office, query: &str) -> Json {
    let query: String = query.bytes().map(|byte| format!("%{byte:02x}")).collect();
    office
        .get(&office.admin, &format!("/api/search?q={query}"))
        .await
}

async fn titles(office: &Office, kind: &str, query: &str) -> Vec<String> {
    let found = find(office, query).await;
    each(&found[kind], "title").into_iter().map(text).collect()
}

#[tokio::test]
async fn people_are_found_without_marks_and_the_exact_tones_come_first() {
    let office = Office::open().await;
    let by = &office.admin;
    for name in ["Trần Thị Hoa", "Đào Văn Hòa", "Đặng Hóa", "Lê Hoàng"] {
        office.customer(by, name, &[]).await;
    }
    assert_eq!(
        titles(&office, "contacts", "dao van").await,
        ["Đào Văn Hòa"]
    );
    assert_eq!(titles(&office, "contacts", "hòa").await[0], "Đào Văn Hòa");
    assert_eq!(titles(&office, "contacts", "hoá").await[0], "Đặng Hóa");
    // Whole words before beginnings.
    let hoa = titles(&office, "contacts", "hoa").await;
    assert_eq!((hoa.len(), hoa[3].as_str()), (4, "Lê Hoàng"));
    assert_eq!(titles(&office, "contacts", "L H").await, ["Lê Hoàng"]);
    assert!(titles(&office, "contacts", "hoa lan").await.is_empty());
}

#[tokio::test]
async fn a_new_name_is_found_and_the_old_one_no_more() {
    let office = Office::open().await;
    let by = &office.admin;
    let id = office.customer(by, "Lan", &[]).await;
    let rename = json!({"do": "update_contact.1", "id": id, "base_rev": 1,
        "fields": {"name": "Hoa"}});
    office.done(by, rename).await;
    assert_eq!(titles(&office, "contacts", "hoa").await, ["Hoa"]);
    assert!(titles(&office, "contacts", "lan").await.is_empty());
}

#[tokio::test]
async fn a_number_is_found_whole_as_anybody_writes_it_and_by_its_last_three_digits() {
    let office = Office::open().await;
    let by = &office.admin;
    office.customer(by, "Lan", &["0987654321"]).await;
    office.customer(by, "Hoa", &["0912000321"]).await;
    for query in [
        "0987654321",
        "+84 987.654.321",
        "84987654321",
        "4321",
        "54 321",
    ] {
        assert_eq!(titles(&office, "contacts", query).await, ["Lan"], "{query}");
    }
    assert_eq!(titles(&office, "contacts", "321").await.len(), 2);
    assert!(titles(&office, "contacts", "21").await.is_empty());
    assert_eq!(
        find(&office, "4321").await["contacts"][0]["detail"],
        "0987654321"
    );
}

#[tokio::test]
async fn tickets_tasks_and_orders_are_found_by_title_and_by_number() {
    let office = Office::open().await;
    let by = &office.admin;
    let lan = office.customer(by, "Lan", &[]).await;
    let ticket = super::tickets::create(&lan, by).with("title", "Máy lạnh hỏng");
    let task = super::tasks::create(by).with("title", "Hỏi máy lạnh");
    let order = super::orders::create(&lan).with("title", "Máy lạnh mới");
    for command in [&ticket, &task, &order] {
        office.done(by, command.clone()).await;
    }
    let found = find(&office, "may lanh").await;
    for (kind, command) in [("tickets", &ticket), ("tasks", &task), ("orders", &order)] {
        assert_eq!(each(&found[kind], "title"), [&command["title"]]);
        assert_eq!(found[kind][0]["subject"]["id"], command["id"]);
        assert_eq!(found[kind][0]["number"], 1);
    }
    assert_eq!(found["tickets"][0]["detail"], "Lan");
    for (query, tickets, tasks, orders) in [
        ("#1", 1, 1, 1),
        ("1", 1, 1, 1),
        ("PYC-1", 1, 0, 0),
        ("nv-1", 0, 1, 0),
        ("DH-1", 0, 0, 1),
        ("#2", 0, 0, 0),
    ] {
        let found = find(&office, query).await;
        let counts = ["tickets", "tasks", "orders"].map(|kind| each(&found[kind], "title").len());
        assert_eq!(counts, [tickets, tasks, orders], "{query}");
    }
}

#[tokio::test]
async fn at_most_twenty_are_found_and_no_kind_crowds_out_another() {
    let office = Office::open().await;
    let by = &office.admin;
    for number in 0..25 {
        office.customer(by, &format!("Lan {number}"), &[]).await;
    }
    let contact = office.customer(by, "Lan", &[]).await;
    assert_eq!(titles(&office, "contacts", "lan").await.len(), 20);
    for _ in 0..7 {
        let ticket = super::tickets::create(&contact, by).with("title", "Lan gọi");
        office.done(by, ticket).await;
    }
    let found = find(&office, "lan").await;
    assert_eq!(each(&found["contacts"], "title").len(), 15);
    assert_eq!(each(&found["tickets"], "title").len(), 5);
}

#[tokio::test]
async fn a_query_in_the_language_of_the_index_is_only_words() {
    let office = Office::open().await;
    let by = &office.admin;
    office.customer(by, "Lan OR Hoa", &[]).await;
    for query in [
        "",
        " ",
        "\"",
        "*",
        "lan\" OR \"x",
        "lan NOT hoa",
        "folded:lan",
        "_contact",
        "^lan",
    ] {
        let found = find(&office, query).await;
        let hits = each(&found["contacts"], "title").len();
        let expected = usize::from(query == "^lan");
        assert_eq!(hits, expected, "{query}");
    }
    assert_eq!(titles(&office, "contacts", "hoa or lan").await.len(), 1);
}
