use super::*;

fn server(text: &str) -> Server {
    text.parse().unwrap()
}

#[test]
fn every_written_form_of_a_server_is_understood() {
    for (text, transport, host, port) in [
        (
            "wss://pbx.example:8089/ws",
            Transport::Wss,
            "pbx.example",
            8089,
        ),
        ("WSS://pbx.example", Transport::Wss, "pbx.example", 443),
        ("sips:pbx.example", Transport::Tls, "pbx.example", 5061),
        ("sips:pbx.example:5071", Transport::Tls, "pbx.example", 5071),
        (
            "sip:pbx.example;transport=tls",
            Transport::Tls,
            "pbx.example",
            5061,
        ),
        (
            "sip:pbx.example:8089;transport=WSS",
            Transport::Wss,
            "pbx.example",
            8089,
        ),
        (
            "sip:10.0.0.1:5060;transport=tcp",
            Transport::Tcp,
            "10.0.0.1",
            5060,
        ),
        (
            "sip:10.0.0.1;transport=udp",
            Transport::Udp,
            "10.0.0.1",
            5060,
        ),
        (
            "sips:[2001:db8::1]:5061",
            Transport::Tls,
            "2001:db8::1",
            5061,
        ),
        ("wss://[::1]:8089/ws", Transport::Wss, "::1", 8089),
        ("ws://127.0.0.1:4711/ws", Transport::Ws, "127.0.0.1", 4711),
    ] {
        let parsed = server(text);
        assert_eq!(
            (parsed.transport, parsed.host.as_str(), parsed.port),
            (transport, host, port),
            "{text}"
        );
        assert_eq!(
            server(&parsed.to_string()),
            parsed,
            "{text} survives printing"
        );
    }
}

#[test]
fn a_server_that_cannot_be_meant_is_refused_with_its_reason() {
    for (text, error) in [
        ("pbx.example", ServerError::Scheme),
        ("http://pbx.example", ServerError::Scheme),
        ("ws://pbx.example/ws", ServerError::PlainWebSocket),
        ("sip:pbx.example", ServerError::TransportMissing),
        ("sips:pbx.example;transport=udp", ServerError::Transport),
        ("sip:pbx.example;transport=sctp", ServerError::Transport),
        ("sip:me@pbx.example;transport=udp", ServerError::Host),
        ("sips:", ServerError::Host),
        ("sips:[::1", ServerError::Host),
        ("sips:pbx.example:0", ServerError::Port),
        ("sips:pbx.example:99999", ServerError::Port),
        ("wss://pbx.example/w s", ServerError::Path),
    ] {
        assert_eq!(text.parse::<Server>(), Err(error), "{text}");
    }
}

#[test]
fn a_list_never_falls_from_tls_to_plain_text() {
    let account = |servers: &[&str]| {
        Account::new(
            servers.iter().map(|s| server(s)).collect(),
            "1001",
            String::new(),
        )
    };
    assert_eq!(account(&["wss://a/ws", "sips:b"]).validate(), Ok(()));
    assert_eq!(
        account(&["sip:a;transport=tcp", "sip:b;transport=udp"]).validate(),
        Ok(())
    );
    assert_eq!(
        account(&["sips:a", "sip:b;transport=tcp"]).validate(),
        Err(AccountError::MixedSecurity)
    );
    assert_eq!(account(&[]).validate(), Err(AccountError::NoServer));
}

#[test]
fn a_user_cannot_smuggle_in_a_header() {
    let mut account = Account::new(vec![server("sips:a")], "10\r\n01", String::new());
    assert_eq!(account.validate(), Err(AccountError::User));
    account.user = "1001".to_owned();
    account.domain = Some("a>\r\nX: y".to_owned());
    assert_eq!(account.validate(), Err(AccountError::Domain));
}

#[test]
fn a_ca_file_without_certificate_is_refused() {
    let mut account = Account::new(vec![server("sips:a")], "1001", String::new());
    account.ca = Some(b"no certificate".to_vec());
    assert_eq!(account.validate(), Err(AccountError::Ca));
}
