//! The server field of the sign-in form.

use super::error;
use super::view::ErrorView;

/// What a person types as server: a full address, or just the host. Only secure transports: a plain
/// one needs an account file that names it.
pub(super) fn secure_server(text: &str) -> Result<String, ErrorView> {
    let text = text.trim();
    if text.is_empty() {
        return Err(error::view("empty_fields"));
    }
    let address = if text.contains("://") || text.starts_with("sip") && text.contains(':') {
        text.to_owned()
    } else if text.contains(':') {
        format!("wss://{text}/ws")
    } else {
        format!("wss://{text}:8089/ws")
    };
    let server: alobar_sip::Server = address.parse().map_err(|_| error::view("invalid_server"))?;
    if !server.transport.is_secure() {
        return Err(error::view("plain_transport_not_allowed"));
    }
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::secure_server;

    #[test]
    fn a_bare_host_means_secure_websocket_at_the_usual_port() {
        assert_eq!(
            secure_server("pbx.example").unwrap(),
            "wss://pbx.example:8089/ws"
        );
        assert_eq!(
            secure_server(" pbx.example:443 ").unwrap(),
            "wss://pbx.example:443/ws"
        );
    }

    #[test]
    fn the_form_refuses_a_plain_transport() {
        let refusal = secure_server("sip:pbx.example:5060;transport=udp").unwrap_err();
        assert_eq!(refusal.code, "plain_transport_not_allowed");
    }

    #[test]
    fn nonsense_is_an_invalid_server() {
        assert_eq!(
            secure_server("http://pbx.example").unwrap_err().code,
            "invalid_server"
        );
        assert_eq!(secure_server("").unwrap_err().code, "empty_fields");
    }
}
