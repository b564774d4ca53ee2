use super::*;

const POPUP: &str = "/api/admin/settings/popup";
const EXCHANGE: &str = "/api/admin/settings/exchange";

#[tokio::test]
async fn cp_13_the_admin_chooses_the_popups_tabs_and_their_order() {
    let office = Office::open().await;
    let all = office.configuration().await.popup.tabs;
    assert_eq!(all, PopupTab::ALL);
    let settings = PopupSettings {
        tabs: vec![PopupTab::Tickets, PopupTab::Calls],
        ..PopupSettings::default()
    };
    let (status, _) = office.put(POPUP, json!(settings)).await;
    assert_eq!(status, 200);
    assert_eq!(office.configuration().await.popup, settings);
    let mut twice = json!(settings);
    twice["tabs"] = json!(["calls", "calls"]);
    let refused = refusal(office.put(POPUP, twice).await);
    assert_eq!(refused, refused_422("field_malformed", "tabs"));
}

#[tokio::test]
async fn cp_16_the_popups_buttons_are_on_until_the_admin_turns_one_off() {
    let office = Office::open().await;
    let mut settings = office.configuration().await.popup;
    let buttons = settings.buttons;
    assert!(buttons.ticket && buttons.order && buttons.task);
    settings.buttons.order = false;
    office.put(POPUP, json!(settings)).await;
    assert!(!office.configuration().await.popup.buttons.order);
}

#[tokio::test]
async fn an_outcome_is_required_when_the_admin_says_so_and_that_is_written_down() {
    let office = Office::open().await;
    let mut settings = office.configuration().await.popup;
    assert!(!settings.require_disposition);
    settings.require_disposition = true;
    let (_, done) = office.put(POPUP, json!(settings)).await;
    assert!(office.configuration().await.popup.require_disposition);
    let (status, _) = office.put(POPUP, json!(settings)).await;
    assert_eq!(status, 200);
    let lines = office.history(&done["subject"]["id"]).await;
    assert_eq!(lines.len(), 1, "the same again is no change");
    assert_eq!(lines[0].actor, Some(office.admin));
    let fields = json!(lines[0].fields);
    assert_eq!(fields, json!({"require_disposition": [false, true]}));
}

#[tokio::test]
async fn desktops_are_told_where_the_exchange_is_once_the_admin_has_said_it() {
    let office = Office::open().await;
    assert_eq!(office.configuration().await.exchange, None);
    let servers = [
        "wss://pbx.example:8089/ws",
        "sips:pbx.example",
        "sip:pbx.example;transport=tcp",
    ];
    for server in servers {
        let body = json!({"server": server, "dial_format": "national"});
        let (status, _) = office.put(EXCHANGE, body).await;
        assert_eq!(status, 200);
        let exchange = office.configuration().await.exchange.unwrap();
        assert_eq!(exchange.server, server);
        assert_eq!(exchange.dial_format.as_deref(), Some("national"));
    }
    for server in ["pbx.example", "https://pbx.example", "wss://", "sip:a b"] {
        let refused = refusal(office.put(EXCHANGE, json!({"server": server})).await);
        assert_eq!(refused, refused_422("field_malformed", "server"));
    }
    let body = json!({"server": servers[0], "dial_format": "martian"});
    let refused = refusal(office.put(EXCHANGE, body).await);
    assert_eq!(refused, refused_422("field_malformed", "dial_format"));
}
