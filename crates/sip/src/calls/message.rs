//! Reading and writing the headers a call needs.

use alobar_core::{Peer, Pii, Sdp};
use rsipstack::sip::prelude::{HeadersExt, ToTypedHeader};
use rsipstack::sip::{HasHeaders, Header, Request};

/// What we take from a peer.
pub(crate) const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, NOTIFY";

/// Longest display name and number shown.
const MAX_SHOWN: usize = 80;

/// Headers that are the stack's or ours alone.
const CORE_HEADERS: [&str; 30] = [
    "via",
    "v",
    "from",
    "f",
    "to",
    "t",
    "call-id",
    "i",
    "cseq",
    "contact",
    "m",
    "route",
    "record-route",
    "max-forwards",
    "content-length",
    "l",
    "content-type",
    "c",
    "authorization",
    "proxy-authorization",
    "allow",
    "supported",
    "k",
    "require",
    "proxy-require",
    "session-expires",
    "x",
    "min-se",
    "user-agent",
    "expires",
];

/// Why an extra header cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderError {
    #[error("Not a header name")]
    Name,
    #[error("Line break or control character in the value")]
    Value,
    #[error("The signalling sets this header itself")]
    Core,
}

/// Whether an extra header may go into an INVITE: a token as name, one line as value, none of the core headers.
pub fn check_header(name: &str, value: &str) -> Result<(), HeaderError> {
    let token = |b: u8| b.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&b);
    if name.is_empty() || !name.bytes().all(token) {
        return Err(HeaderError::Name);
    }
    if value.chars().any(char::is_control) {
        return Err(HeaderError::Value);
    }
    let core = CORE_HEADERS
        .iter()
        .any(|core| core.eq_ignore_ascii_case(name));
    if core { Err(HeaderError::Core) } else { Ok(()) }
}

/// The body, if it is a session description.
pub(super) fn sdp_of<M: HasHeaders>(message: &M, body: &[u8]) -> Option<Sdp> {
    let content_type = message.headers().iter().find_map(|header| match header {
        Header::ContentType(value) => Some(value.value().to_ascii_lowercase()),
        _ => None,
    })?;
    let fits = !body.is_empty() && content_type.trim_start().starts_with("application/sdp");
    fits.then(|| Pii::new(String::from_utf8_lossy(body).into_owned()))
}

/// Headers of a message that carries `sdp`.
pub(super) fn sdp_headers() -> Vec<Header> {
    vec![Header::ContentType("application/sdp".into())]
}

/// The caller, as the exchange wrote it into From.
pub(super) fn caller(request: &Request) -> Peer {
    let Ok(header) = request.from_header() else {
        return Peer::default();
    };
    let user = header
        .typed()
        .ok()
        .and_then(|from| from.uri.user().map(percent_decoded));
    let name = shown(&display_name(header.value()));
    Peer {
        number: Pii::new(shown(&user.unwrap_or_default())),
        name: (!name.is_empty()).then(|| Pii::new(name)),
    }
}

/// Text that is safe to show: no control characters, none that turn the writing direction, bounded.
fn shown(text: &str) -> String {
    let harmful = |c: char| {
        c.is_control()
            || matches!(
                c,
                '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
            )
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    text.chars()
        .filter(|c| !harmful(*c))
        .take(MAX_SHOWN)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The display name in front of the URI, unquoted (RFC 3261 section 25.1).
fn display_name(value: &str) -> String {
    let value = value.trim_start();
    let Some(quoted) = value.strip_prefix('"') else {
        return value
            .split_once('<')
            .map_or("", |(name, _)| name)
            .to_owned();
    };
    let (mut name, mut escaped) = (String::new(), false);
    for c in quoted.chars() {
        match c {
            _ if escaped => {
                name.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => break,
            _ => name.push(c),
        }
    }
    name
}

fn percent_decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|two| std::str::from_utf8(two).ok());
        if let Some(byte) = hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A user part as a URI carries it. Stricter than RFC 3261: `;` and `?` are escaped as well.
pub(crate) fn escaped_user(user: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()&=+$,/".contains(&byte);
    user.bytes()
        .map(|b| {
            if plain(b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

/// Whether the body's type begins with `prefix`.
pub(super) fn has_content(message: &impl HeadersExt, prefix: &str) -> bool {
    message.headers().iter().any(|header| {
        matches!(header, Header::ContentType(value) if value.value().to_ascii_lowercase().starts_with(prefix))
    })
}

/// The user part a REFER names; a replaced dialog (attended transfer) is not for us.
pub(super) fn refer_to(request: &Request) -> Option<Pii<String>> {
    let value = request.headers.iter().find_map(|header| match header {
        Header::ReferTo(value) => Some(value.value()),
        _ => None,
    })?;
    let uri = value.split_once('<').map_or(value, |(_, rest)| rest);
    let uri = uri.split_once('>').map_or(uri, |(uri, _)| uri);
    let (user, host) = uri.split_once(':')?.1.split_once('@')?;
    let plain = !host.contains("Replaces");
    plain.then(|| Pii::new(percent_decoded(user)))
}

/// The number an INVITE is for.
pub(super) fn called(request: &Request) -> Pii<String> {
    Pii::new(percent_decoded(request.uri.user().unwrap_or_default()))
}

/// Whether a NOTIFY belongs to a REFER (RFC 3515 section 2.4.6).
pub(super) fn is_refer_event(request: &Request) -> bool {
    event(request).is_some_and(|event| event == "refer")
}

/// The event package of a NOTIFY, lower case.
pub(super) fn event(request: &Request) -> Option<String> {
    request.headers.iter().find_map(|header| match header {
        Header::Event(value) => Some(value.value().split(';').next()?.trim().to_ascii_lowercase()),
        _ => None,
    })
}

/// The exchange's key of the whole call, if it sent one that can be a key.
pub(super) fn linked_id(request: &Request) -> Option<String> {
    let value = request.headers.iter().find_map(|header| match header {
        Header::Other(name, value) if name.eq_ignore_ascii_case("X-Alobar-Call") => {
            Some(value.trim())
        }
        _ => None,
    })?;
    let fits =
        !value.is_empty() && value.len() <= 64 && value.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| value.to_owned())
}

/// Status of a `message/sipfrag` body (RFC 3515 section 2.4.5). The stack's own parser misses typed headers.
pub(super) fn sipfrag_status(body: &[u8]) -> Option<u16> {
    let line = body.split(|byte| *byte == b'\r' || *byte == b'\n').next()?;
    let rest = std::str::from_utf8(line).ok()?.strip_prefix("SIP/2.0 ")?;
    rest.split(' ')
        .next()?
        .parse()
        .ok()
        .filter(|status| (100..700).contains(status))
}

/// The `o=` line, which changes with every new description (RFC 3264 section 8).
pub(super) fn origin_line(sdp: &str) -> Option<&str> {
    sdp.lines().find(|line| line.starts_with("o="))
}

/// Whether `token` stands in a header such as Supported.
pub(super) fn has_token(message: &impl HeadersExt, name: &str, token: &str) -> bool {
    message.headers().iter().any(|header| {
        header.name().eq_ignore_ascii_case(name)
            && header
                .value()
                .split(',')
                .any(|part| part.trim().eq_ignore_ascii_case(token))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(headers: &str) -> Request {
        format!("INVITE sip:u@h SIP/2.0\r\n{headers}Content-Length: 0\r\n\r\n")
            .as_bytes()
            .try_into()
            .unwrap()
    }

    #[test]
    fn a_hostile_display_name_is_cleaned_and_bounded() {
        let peer = caller(&request(
            "From: \"Công \u{202e}\\\"ty\\\" \u{7}Lan\" <sip:%2B84912@pbx>;tag=1\r\n",
        ));
        assert_eq!(peer.name.unwrap().reveal(), "Công \"ty\" Lan");
        assert_eq!(peer.number.reveal(), "+84912");
        let long = caller(&request(&format!(
            "From: \"{}\" <sip:1@pbx>;tag=1\r\n",
            "ă".repeat(500)
        )));
        assert_eq!(long.name.unwrap().reveal().chars().count(), 80);
    }

    #[test]
    fn a_caller_without_name_has_none() {
        assert_eq!(
            caller(&request("From: <sip:1001@pbx>;tag=1\r\n")).name,
            None
        );
        assert_eq!(
            caller(&request("From: \"\" <sip:1001@pbx>;tag=1\r\n")).name,
            None
        );
    }

    #[test]
    fn an_extra_header_cannot_break_out_or_replace_a_core_one() {
        assert_eq!(check_header("X-CRM-Id", "42"), Ok(()));
        assert_eq!(
            check_header("X-CRM-Id", "42\r\nContact: <sip:evil>"),
            Err(HeaderError::Value)
        );
        assert_eq!(check_header("X CRM", "42"), Err(HeaderError::Name));
        assert_eq!(check_header("CONTACT", "42"), Err(HeaderError::Core));
        assert_eq!(check_header("m", "42"), Err(HeaderError::Core));
    }

    #[test]
    fn the_transfer_status_is_read_from_the_sipfrag() {
        assert_eq!(sipfrag_status(b"SIP/2.0 200 OK\r\n"), Some(200));
        assert_eq!(sipfrag_status(b"SIP/2.0 486"), Some(486));
        assert_eq!(sipfrag_status(b"SIP/2.0 999 No"), None);
        assert_eq!(sipfrag_status(b""), None);
    }

    #[test]
    fn the_linked_id_is_taken_only_when_it_can_be_one() {
        assert_eq!(
            linked_id(&request("X-Alobar-Call: 1700000000.12\r\n")).as_deref(),
            Some("1700000000.12")
        );
        assert_eq!(linked_id(&request("X-Alobar-Call: a b\r\n")), None);
        assert_eq!(
            linked_id(&request(&format!("X-Alobar-Call: {}\r\n", "1".repeat(65)))),
            None
        );
    }
}
