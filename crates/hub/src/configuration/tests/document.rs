use alobar_core::order::StageKind;

use super::*;

/// The document's tag, when it is not the known one.
async fn tag(office: &Office, known: &str) -> Option<String> {
    let identity = Identity {
        user: office.admin,
        role: Role::Agent,
        teams: Vec::new(),
        leads: Vec::new(),
    };
    let request = Request::get("/api/configuration").header(header::IF_NONE_MATCH, known);
    let inside = office.hub.inside(identity);
    let answer = inside.call(request.body(Vec::new()).unwrap()).await;
    let tag = answer.headers()[header::ETAG].to_str().unwrap().to_owned();
    match answer.status() {
        StatusCode::NOT_MODIFIED => {
            assert!(answer.body().is_empty());
            assert!(known.contains(&tag));
            None
        }
        status => {
            assert_eq!(status, StatusCode::OK);
            Some(tag)
        }
    }
}

#[tokio::test]
async fn a_desktop_gets_the_document_again_only_when_something_in_it_has_changed() {
    let office = Office::open().await;
    let disposition = json!({"list": "disposition", "id": id(), "active": true, "label": "New"});
    let changes = [
        ("/api/admin/entries", disposition),
        (
            "/api/admin/settings/exchange",
            json!({"server": "sips:pbx.example"}),
        ),
        (
            "/api/admin/settings/popup",
            json!({"tabs": [], "buttons": {"ticket": true, "order": true, "task": true},
                "require_disposition": false}),
        ),
    ];
    let mut known = tag(&office, "").await.unwrap();
    let mut rev = office.configuration().await.rev;
    for (path, body) in changes {
        assert_eq!(tag(&office, &known).await, None);
        assert_eq!(tag(&office, &format!("\"other\", W/{known}")).await, None);
        office.put(path, body).await;
        known = tag(&office, &known).await.expect("it has changed");
        let grown = office.configuration().await.rev;
        assert!(grown > rev);
        rev = grown;
    }
}

#[tokio::test]
async fn the_document_names_everybody_and_who_can_be_given_work() {
    let office = Office::open().await;
    let known = tag(&office, "").await.unwrap();
    let (binh, team_of_binh) = office.hire("B\u{ec}nh", true).await;
    let (an, _) = office.hire("An", false).await;
    assert!(tag(&office, &known).await.is_some());
    let document = office.configuration().await;
    let people: Vec<_> = document
        .people
        .iter()
        .map(|it| (it.id, it.active))
        .collect();
    assert_eq!(people, [(an, false), (binh, true)]);
    assert_eq!(document.people[1].teams, [team_of_binh]);
    assert!(document.teams.iter().any(|team| team.id == team_of_binh));
    // What a colleague signs in with is nobody's business.
    let person = serde_json::to_value(&document.people[0]).unwrap();
    assert_eq!(person.as_object().unwrap().len(), 4);
}

#[tokio::test]
async fn a_new_database_has_lists_to_work_with() {
    let office = Office::open().await;
    let document = office.configuration().await;
    assert_eq!(document.call_types.len(), 5);
    assert_eq!(document.dispositions.len(), 5);
    assert_eq!(document.resolution_types.len(), 6, "TK-08");
    assert!(document.templates.is_empty() && document.products.is_empty());
    let levels: Vec<i64> = document.categories.iter().map(|it| it.level).collect();
    assert!(levels.is_sorted() && levels.ends_with(&[3]));
    let linked = document.call_types.iter().filter_map(|it| it.category_id);
    for category in linked.clone() {
        assert!(document.categories.iter().any(|it| it.id == category));
    }
    assert_eq!(linked.count(), 4, "CP-15");
    use StageKind::{Lost, Open, Won};
    let kinds: Vec<_> = document.order_stages.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [Open, Open, Open, Won, Lost]);
    assert_eq!(document.popup, PopupSettings::default());
}

#[tokio::test]
async fn what_the_admin_made_of_the_lists_is_there_after_a_restart() {
    let mut office = Office::open().await;
    let labels = office.labels("call_types").await;
    let mut entry = office.entry("call_type", "call_types", &labels[0]).await;
    entry["label"] = json!("Mine");
    office.put_entry(entry).await;
    let before = office.configuration().await;
    office.hub = open(&office.folder).await;
    assert!(office.configuration().await == before);
}
