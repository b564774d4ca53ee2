use super::*;

const ENTRIES: &str = "/api/admin/entries";

fn category(label: &str, parent: Option<&Json>) -> Json {
    json!({"list": "category", "id": id(), "active": true, "label": label, "parent_id": parent})
}

fn with(mut entry: Json, field: &str, value: Json) -> Json {
    entry[field] = value;
    entry
}

#[tokio::test]
async fn only_an_admin_changes_what_is_set_up() {
    let office = Office::open().await;
    let routes = [
        (ENTRIES, category("A", None)),
        ("/api/admin/lists/category/order", json!({"ids": []})),
        ("/api/admin/settings/popup", json!(PopupSettings::default())),
        (
            "/api/admin/settings/exchange",
            json!({"server": "wss://pbx.example/ws"}),
        ),
    ];
    for (path, body) in routes {
        let before = office.configuration().await;
        for role in [Role::Agent, Role::Lead] {
            let (status, _) = office.ask_as(role, Method::PUT, path, body.clone()).await;
            assert_eq!(status, 403, "{path} by {role:?}");
        }
        assert!(before == office.configuration().await);
        let (status, _) = office.put(path, body).await;
        assert!(status < 300, "{path} by an admin");
    }
}

#[tokio::test]
async fn tk_22_a_category_stands_one_level_below_its_parent_and_there_is_no_fourth() {
    let office = Office::open().await;
    let mut parent = None;
    for label in ["Level 1", "Level 2", "Level 3"] {
        let entry = category(label, parent.as_ref());
        office
            .put_entry(with(entry.clone(), "level", json!(9)))
            .await;
        parent = Some(entry["id"].clone());
    }
    let levels = office.configuration().await.categories;
    for (label, level) in [("Level 1", 1), ("Level 2", 2), ("Level 3", 3)] {
        let found = levels.iter().find(|it| it.label == label).unwrap();
        assert_eq!(found.level, level);
    }
    let fourth = category("Level 4", parent.as_ref());
    let refused = office.refused(fourth).await;
    assert_eq!(refused, refused_422("category_too_deep", "parent_id"));
    let orphan = category("Orphan", Some(&id()));
    let refused = office.refused(orphan).await;
    assert_eq!(refused, refused_422("refers_to_nothing", "parent_id"));
}

#[tokio::test]
async fn a_category_stays_below_its_parent() {
    let office = Office::open().await;
    let (root, other) = (category("Root", None), category("Other", None));
    let child = category("Child", Some(&root["id"]));
    for entry in [&root, &other, &child] {
        office.put_entry(entry.clone()).await;
    }
    let moved = with(
        with(child, "rev", json!(1)),
        "parent_id",
        other["id"].clone(),
    );
    let refused = office.refused(moved).await;
    assert_eq!(refused, refused_422("field_fixed", "parent_id"));
}

#[tokio::test]
async fn a_category_says_who_is_in_charge_and_how_soon() {
    let office = Office::open().await;
    let (user, team) = office.hire("An", true).await;
    let mut entry = category("Repairs", None);
    entry["assignee_id"] = json!(user);
    entry["team_id"] = json!(team);
    entry["first_reply_min"] = json!(30);
    entry["resolve_min"] = json!(1440);
    office.put_entry(entry.clone()).await;
    let kept = office.entry("category", "categories", "Repairs").await;
    for field in ["assignee_id", "team_id", "first_reply_min", "resolve_min"] {
        assert_eq!(kept[field], entry[field]);
    }
    for field in ["first_reply_min", "resolve_min"] {
        for minutes in [0, -1, 10_000_000] {
            let refused = office
                .refused(with(kept.clone(), field, json!(minutes)))
                .await;
            assert_eq!(refused, refused_422("field_malformed", field));
        }
    }
    let nobody = with(kept, "assignee_id", id());
    assert_eq!(
        office.refused(nobody).await,
        refused_422("refers_to_nothing", "")
    );
}

#[tokio::test]
async fn cp_15_a_call_type_may_name_a_category_that_is_there() {
    let office = Office::open().await;
    let root = category("Repairs", None);
    office.put_entry(root.clone()).await;
    let mut entry = json!({"list": "call_type", "id": id(), "active": true, "label": "Fault"});
    office.put_entry(entry.clone()).await;
    entry["rev"] = json!(1);
    entry["category_id"] = root["id"].clone();
    office.put_entry(entry.clone()).await;
    let kept = office.entry("call_type", "call_types", "Fault").await;
    assert_eq!(kept["category_id"], root["id"]);
    let nowhere = with(kept, "category_id", id());
    assert_eq!(
        office.refused(nowhere).await,
        refused_422("refers_to_nothing", "")
    );
}

#[tokio::test]
async fn tk_08_resolution_types_and_outcomes_are_added_and_renamed() {
    let office = Office::open().await;
    for (list, name) in [
        ("resolution_type", "resolution_types"),
        ("disposition", "dispositions"),
    ] {
        office
            .put_entry(json!({"list": list, "id": id(), "active": true, "label": "  Old name "}))
            .await;
        let entry = office.entry(list, name, "Old name").await;
        office
            .put_entry(with(entry, "label", json!("New name")))
            .await;
        let labels = office.labels(name).await;
        assert_eq!(labels.last().unwrap(), "New name");
        assert!(!labels.contains(&"Old name".to_owned()));
    }
}

#[tokio::test]
async fn tk_13_a_template_fills_a_ticket_or_a_note() {
    let office = Office::open().await;
    assert!(office.configuration().await.templates.is_empty());
    let ticket = json!({"list": "template", "id": id(), "active": true, "kind": "ticket",
        "title": "Refund", "body": "Order, reason", "priority": "HIGH"});
    let note = json!({"list": "template", "id": id(), "active": true, "kind": "note",
        "title": "Called back", "body": ""});
    office.put_entry(ticket.clone()).await;
    office.put_entry(note).await;
    let kept = office.list("templates").await;
    assert_eq!(kept[0]["priority"], "HIGH");
    assert_eq!(kept[1]["kind"], "note");
    let long = with(
        with(ticket, "rev", json!(1)),
        "body",
        json!("x".repeat(10_001)),
    );
    assert_eq!(
        office.refused(long).await,
        refused_422("field_too_long", "body")
    );
}

#[tokio::test]
async fn a_products_sku_is_its_own_and_its_price_is_not_below_zero() {
    let office = Office::open().await;
    assert!(office.configuration().await.products.is_empty());
    let product = |sku: &str, price: i64| {
        json!({"list": "product", "id": id(), "active": true, "sku": sku, "name": "Box",
            "unit": "piece", "price": price})
    };
    office.put_entry(product("BOX-1", 120_000)).await;
    let twice = office.refused(product(" BOX-1 ", 1)).await;
    assert_eq!(twice, refused_422("field_taken", "sku"));
    let negative = office.refused(product("BOX-2", -1)).await;
    assert_eq!(negative, refused_422("field_malformed", "price"));
    let unnamed = office.refused(product("  ", 1)).await;
    assert_eq!(unnamed, refused_422("field_missing", "sku"));
}

#[tokio::test]
async fn an_order_can_always_begin_and_a_ticket_can_always_be_solved() {
    let office = Office::open().await;
    let needed = [
        ("category", "categories"),
        ("disposition", "dispositions"),
        ("resolution_type", "resolution_types"),
        ("order_stage", "order_stages"),
    ];
    for (list, name) in needed {
        let counts = |it: &Json| it["kind"].is_null() || it["kind"] == "OPEN";
        let is_root = |it: &Json| it["level"].is_null() || it["level"] == 1;
        let mut entries = office.list(name).await;
        entries.retain(|it| counts(it) && is_root(it));
        let last = entries.pop().unwrap();
        for mut entry in entries {
            entry["list"] = json!(list);
            office.put_entry(with(entry, "active", json!(false))).await;
        }
        let last = with(last, "list", json!(list));
        let refused = office
            .refused(with(last.clone(), "active", json!(false)))
            .await;
        assert_eq!(refused, refused_422("last_one", list));
        if list == "order_stage" {
            let refused = office.refused(with(last, "kind", json!("LOST"))).await;
            assert_eq!(refused, refused_422("last_one", list));
        }
    }
}

#[tokio::test]
async fn what_is_deactivated_keeps_its_label_for_old_records() {
    let office = Office::open().await;
    let labels = office.labels("call_types").await;
    let entry = office.entry("call_type", "call_types", &labels[0]).await;
    assert_eq!(entry["active"], true);
    office
        .put_entry(with(entry.clone(), "active", json!(false)))
        .await;
    let kept = office.entry("call_type", "call_types", &labels[0]).await;
    assert_eq!(kept["active"], false);
    assert_eq!(kept["id"], entry["id"]);
    office.put_entry(with(kept, "active", json!(true))).await;
    assert_eq!(office.labels("call_types").await, labels);
}

#[tokio::test]
async fn a_new_entry_comes_last_and_some_change_places_while_others_stay() {
    let office = Office::open().await;
    let new = json!({"list": "disposition", "id": id(), "active": true, "label": "New",
        "position": -5});
    office.put_entry(new).await;
    let before = office.list("dispositions").await;
    assert_eq!(before.last().unwrap()["label"], "New");
    let path = "/api/admin/lists/disposition/order";
    let ids = [&before[4]["id"], &before[0]["id"], &before[2]["id"]];
    let (status, _) = office.put(path, json!({"ids": ids})).await;
    assert_eq!(status, 204);
    let after = office.list("dispositions").await;
    let order: Vec<usize> = after
        .iter()
        .map(|it| before.iter().position(|old| old["id"] == it["id"]).unwrap())
        .collect();
    assert_eq!(order, [4, 1, 0, 3, 2, 5]);
    let changed = &office.history(&before[4]["id"]).await[0];
    assert_eq!(changed.fields["position"], json!([4, 0]));

    let (status, _) = office.put(path, json!({"ids": [id()]})).await;
    assert_eq!(status, 404);
    let twice = json!({"ids": [before[0]["id"], before[0]["id"]]});
    let refused = refusal(office.put(path, twice).await);
    assert_eq!(refused, refused_422("field_malformed", "ids"));
    assert_eq!(office.list("dispositions").await, after);
}

#[tokio::test]
async fn of_two_admins_the_first_wins_and_a_new_order_is_no_conflict() {
    let office = Office::open().await;
    let all = office.list("order_stages").await;
    let seen = with(all[1].clone(), "list", json!("order_stage"));
    let ids = json!({"ids": [all[1]["id"], all[0]["id"]]});
    let (status, _) = office.put("/api/admin/lists/order_stage/order", ids).await;
    assert_eq!(status, 204);
    office
        .put_entry(with(seen.clone(), "label", json!("Packing")))
        .await;
    let (status, problem) = office
        .put(ENTRIES, with(seen.clone(), "label", json!("Waiting")))
        .await;
    assert_eq!((status, &problem["code"]), (409, &json!("conflict")));
    let conflict = json!([{"field": "label", "mine": "Waiting", "theirs": "Packing"}]);
    assert_eq!(problem["conflicts"], conflict);
    let labels = office.labels("order_stages").await;
    assert_eq!(labels[0], "Packing");
}

#[tokio::test]
async fn an_entry_is_new_once_and_changed_only_when_it_is_there() {
    let office = Office::open().await;
    let entry = category("Repairs", None);
    let done = office.put_entry(entry.clone()).await;
    assert_eq!(done["rev"], 1);
    let (status, code, _) = office.refused(entry.clone()).await;
    assert_eq!((status, code.as_str()), (409, "already_there"));
    let gone = with(category("Gone", None), "rev", json!(1));
    let (status, code, _) = office.refused(gone).await;
    assert_eq!((status, code.as_str()), (404, "not_found"));
    // The same again is no change.
    let done = office.put_entry(with(entry.clone(), "rev", json!(1))).await;
    assert_eq!(done["rev"], 1);
    assert_eq!(office.history(&entry["id"]).await.len(), 1);
}

#[tokio::test]
async fn who_changed_what_is_written_down() {
    let office = Office::open().await;
    let entry = category("Repairs", None);
    office.put_entry(entry.clone()).await;
    let renamed = with(
        with(entry.clone(), "rev", json!(1)),
        "label",
        json!("Service"),
    );
    office.put_entry(renamed).await;
    let lines = office.history(&entry["id"]).await;
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (lines[0].op.as_str(), lines[1].op.as_str()),
        ("changed", "created")
    );
    assert!(lines.iter().all(|line| line.actor == Some(office.admin)));
    let fields = json!(lines[0].fields);
    assert_eq!(fields, json!({"label": ["Repairs", "Service"]}));
}

#[tokio::test]
async fn an_entry_needs_a_label_of_at_most_a_hundred_characters() {
    let office = Office::open().await;
    for list in ["category", "call_type", "disposition", "resolution_type"] {
        let entry = json!({"list": list, "id": id(), "active": true, "label": " "});
        let refused = office.refused(entry.clone()).await;
        assert_eq!(refused, refused_422("field_missing", "label"));
        let refused = office
            .refused(with(entry, "label", json!("x".repeat(101))))
            .await;
        assert_eq!(refused, refused_422("field_too_long", "label"));
    }
}
