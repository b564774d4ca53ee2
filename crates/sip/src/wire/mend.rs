//! What the stack gets wrong on the wire, put right on the way through.

use std::net::SocketAddr;

use rsipstack::sip::prelude::{HeadersExt, ToTypedHeader};
use rsipstack::sip::{Header, Request, Response, SipMessage, StatusCode};
use rsipstack::transport::SipConnection;

use crate::account::Transport;

/// Our names in the signalling, drawn anew at each start so that nobody can guess where we are reached.
#[derive(Debug, Clone)]
pub(crate) struct Identity {
    /// User part of our Contact.
    pub(crate) contact_user: String,
    /// Host of our Contact over WebSocket (RFC 7118 section 5: no address to name); the stack uses
    /// it always, [`outgoing`] writes the link's address instead where there is one.
    pub(crate) host: String,
}

impl Identity {
    pub(crate) fn random() -> Self {
        let contact_user = rsipstack::transaction::random_text(16).to_ascii_lowercase();
        let host = format!(
            "{}.invalid",
            rsipstack::transaction::random_text(12).to_ascii_lowercase()
        );
        Self { contact_user, host }
    }

    /// Our Contact as the stack knows it.
    pub(crate) fn contact_uri(&self) -> String {
        format!("sip:{}@{}", self.contact_user, self.host)
    }
}

/// The link a message leaves by or came from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    pub(super) transport: Transport,
    pub(super) local: SocketAddr,
    pub(super) remote: SocketAddr,
}

/// Via and Contact name the present link; digest algorithms are spelt as RFC 7616 spells them.
pub(super) fn outgoing(message: &mut SipMessage, ends: Ends, identity: &Identity) {
    let contact_host = match ends.transport {
        Transport::Wss | Transport::Ws => format!("{};transport=ws", identity.host),
        Transport::Tls => format!("{};transport=tls", ends.local),
        Transport::Tcp => format!("{};transport=tcp", ends.local),
        Transport::Udp => ends.local.to_string(),
    };
    let headers = match message {
        SipMessage::Request(request) => {
            name_link_in_via(request, ends, identity);
            &mut request.headers
        }
        SipMessage::Response(response) => &mut response.headers,
    };
    let ours = format!("@{}", identity.host);
    for header in headers.iter_mut() {
        match header {
            Header::Contact(contact) => {
                contact.replace(
                    contact
                        .value()
                        .replacen(&ours, &format!("@{contact_host}"), 1),
                );
            }
            Header::Authorization(value) => value.replace(spell_out(value.value())),
            Header::ProxyAuthorization(value) => value.replace(spell_out(value.value())),
            _ => {}
        }
    }
}

fn spell_out(authorization: &str) -> String {
    authorization.replace("algorithm=SHA256", "algorithm=SHA-256")
}

fn name_link_in_via(request: &mut Request, ends: Ends, identity: &Identity) {
    let branch = request
        .top_via_header()
        .ok()
        .and_then(|via| via.typed().ok()?.branch().cloned());
    let sent_by = match ends.transport {
        Transport::Wss | Transport::Ws => identity.host.clone(),
        Transport::Tls | Transport::Tcp | Transport::Udp => ends.local.to_string(),
    };
    if let (Some(branch), Ok(via)) = (branch, request.via_header_mut()) {
        via.replace(format!(
            "SIP/2.0/{} {sent_by};branch={branch};rport",
            ends.transport.via_token()
        ));
    }
}

/// `received` and `rport` for requests (RFC 3581), the strongest usable challenge for 401 and 407.
pub(super) fn incoming(message: SipMessage, ends: Ends) -> rsipstack::Result<SipMessage> {
    let transport = match ends.transport {
        Transport::Wss => rsipstack::sip::Transport::Wss,
        Transport::Ws => rsipstack::sip::Transport::Ws,
        Transport::Tls => rsipstack::sip::Transport::Tls,
        Transport::Tcp => rsipstack::sip::Transport::Tcp,
        Transport::Udp => rsipstack::sip::Transport::Udp,
    };
    let mut message = SipConnection::update_msg_received(message, ends.remote, transport)?;
    if let SipMessage::Response(response) = &mut message
        && matches!(
            response.status_code,
            StatusCode::Unauthorized | StatusCode::ProxyAuthenticationRequired
        )
    {
        keep_strongest_challenge(response);
    }
    Ok(message)
}

/// Leaves the strongest challenge that the stack can answer, spelt its way; none if there is none.
fn keep_strongest_challenge(response: &mut Response) {
    let best = |values: Vec<&str>| {
        values
            .into_iter()
            .filter_map(usable_challenge)
            .max_by_key(|(rank, _)| *rank)
    };
    let www = best(
        response
            .headers
            .iter()
            .filter_map(|h| value_of(h, false))
            .collect(),
    );
    let proxy = best(
        response
            .headers
            .iter()
            .filter_map(|h| value_of(h, true))
            .collect(),
    );
    response
        .headers
        .retain(|h| !matches!(h, Header::WwwAuthenticate(_) | Header::ProxyAuthenticate(_)));
    if let Some((_, challenge)) = www {
        response
            .headers
            .push(Header::WwwAuthenticate(challenge.into()));
    }
    if let Some((_, challenge)) = proxy {
        response
            .headers
            .push(Header::ProxyAuthenticate(challenge.into()));
    }
}

fn value_of(header: &Header, proxy: bool) -> Option<&str> {
    match header {
        Header::WwwAuthenticate(value) if !proxy => Some(value.value()),
        Header::ProxyAuthenticate(value) if proxy => Some(value.value()),
        _ => None,
    }
}

/// Rank and rewritten value of a challenge we can answer: 2 SHA-256, 1 MD5.
fn usable_challenge(value: &str) -> Option<(u8, String)> {
    let (scheme, params) = value.trim().split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("digest") {
        return None;
    }
    let (mut rank, mut kept) = (1, Vec::new());
    for param in split_outside_quotes(params) {
        let (name, raw) = param.split_once('=')?;
        let (name, bare) = (name.trim(), raw.trim().trim_matches('"'));
        if name.eq_ignore_ascii_case("algorithm") {
            rank = match bare.to_ascii_uppercase().as_str() {
                "SHA-256" => 2,
                "MD5" => 1,
                _ => return None,
            };
            // The stack reads and prints the name without its hyphen.
            kept.push(format!(
                "algorithm={}",
                if rank == 2 { "SHA256" } else { "MD5" }
            ));
        } else if name.eq_ignore_ascii_case("qop") {
            // auth-int covers the body, which the stack does not hash.
            bare.split(',')
                .any(|qop| qop.trim().eq_ignore_ascii_case("auth"))
                .then_some(())?;
            kept.push("qop=\"auth\"".to_owned());
        } else {
            kept.push(format!("{name}={}", raw.trim()));
        }
    }
    Some((rank, format!("Digest {}", kept.join(", "))))
}

/// Comma-separated parts; commas inside quoted strings do not count.
fn split_outside_quotes(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted, mut escaped) = (Vec::new(), 0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MD5: &str = r#"Digest realm="a,b", nonce="n1", qop="auth,auth-int", algorithm=MD5"#;
    const SHA: &str = r#"Digest realm="a,b",nonce="n2",opaque="o",algorithm=SHA-256,qop="auth""#;

    fn challenged_with(challenges: &[&str]) -> Vec<String> {
        let mut text =
            "SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\n".to_owned();
        for challenge in challenges {
            text += &format!("WWW-Authenticate: {challenge}\r\n");
        }
        let response: Response = (text + "\r\n").as_bytes().try_into().unwrap();
        let message = incoming(response.into(), ends(Transport::Udp)).unwrap();
        let SipMessage::Response(response) = message else {
            unreachable!()
        };
        response
            .headers
            .iter()
            .filter_map(|h| value_of(h, false))
            .map(str::to_owned)
            .collect()
    }

    fn ends(transport: Transport) -> Ends {
        Ends {
            transport,
            local: ([192, 0, 2, 9], 4711).into(),
            remote: ([192, 0, 2, 1], 5060).into(),
        }
    }

    #[test]
    fn the_strongest_digest_is_answered_whatever_the_order() {
        let expected =
            [r#"Digest realm="a,b", nonce="n2", opaque="o", algorithm=SHA256, qop="auth""#];
        assert_eq!(challenged_with(&[MD5, SHA]), expected);
        assert_eq!(challenged_with(&[SHA, MD5]), expected);
    }

    #[test]
    fn md5_is_answered_where_nothing_better_is_offered() {
        assert_eq!(
            challenged_with(&[MD5]),
            [r#"Digest realm="a,b", nonce="n1", qop="auth", algorithm=MD5"#]
        );
    }

    #[test]
    fn a_challenge_we_cannot_answer_is_not_answered_wrongly() {
        let unknown = r#"Digest realm="r", nonce="n", algorithm=SHA-512-256"#;
        let body = r#"Digest realm="r", nonce="n", qop="auth-int""#;
        assert!(challenged_with(&[unknown, body, "Bearer x", "Digest"]).is_empty());
    }

    #[test]
    fn a_request_names_the_link_it_leaves_by() {
        let identity = Identity {
            contact_user: "u1".to_owned(),
            host: "h1.invalid".to_owned(),
        };
        let request: Request = b"INVITE sip:600@pbx SIP/2.0\r\nVia: SIP/2.0/TCP 0.0.0.1:1;branch=z9hG4bK1;alias\r\n\
            Contact: <sip:u1@h1.invalid>\r\nAuthorization: Digest algorithm=SHA256, response=\"x\"\r\n\r\n"
            .as_slice()
            .try_into()
            .unwrap();
        for (transport, via, contact) in [
            (
                Transport::Wss,
                "SIP/2.0/WSS h1.invalid",
                "<sip:u1@h1.invalid;transport=ws>",
            ),
            (
                Transport::Tls,
                "SIP/2.0/TLS 192.0.2.9:4711",
                "<sip:u1@192.0.2.9:4711;transport=tls>",
            ),
            (
                Transport::Udp,
                "SIP/2.0/UDP 192.0.2.9:4711",
                "<sip:u1@192.0.2.9:4711>",
            ),
        ] {
            let mut message = SipMessage::Request(request.clone());
            outgoing(&mut message, ends(transport), &identity);
            let text = message.to_string();
            assert!(
                text.contains(&format!("Via: {via};branch=z9hG4bK1;rport\r\n")),
                "{text}"
            );
            assert!(text.contains(&format!("Contact: {contact}\r\n")), "{text}");
            assert!(text.contains("algorithm=SHA-256,"), "{text}");
        }
    }
}
