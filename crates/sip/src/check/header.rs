//! The headers that are checked in detail, each with its grammar.

use super::CheckError;
use super::grammar::{Cursor, Parsed, is_token};

/// A header we know by heart.
pub(super) struct Known {
    pub(super) name: &'static str,
    compact: &'static str,
    /// Whether a message has it at most once.
    pub(super) single: bool,
    pub(super) check: fn(&[u8]) -> Parsed<()>,
}

const fn known_header(
    name: &'static str,
    compact: &'static str,
    single: bool,
    check: fn(&[u8]) -> Parsed<()>,
) -> Known {
    Known {
        name,
        compact,
        single,
        check,
    }
}

const KNOWN: &[Known] = &[
    known_header("Via", "v", false, |value| list(value, via)),
    known_header("From", "f", true, party),
    known_header("To", "t", true, party),
    known_header("Call-ID", "i", true, call_id),
    known_header("CSeq", "", true, |value| cseq_method(value).map(drop)),
    known_header("Contact", "m", false, contact),
    known_header("Route", "", false, |value| list(value, route)),
    known_header("Record-Route", "", false, |value| list(value, route)),
    known_header("Path", "", false, |value| list(value, route)),
    known_header("Service-Route", "", false, |value| list(value, route)),
    known_header("Refer-To", "r", true, party),
    known_header("Referred-By", "b", true, party),
    known_header("Reply-To", "", true, party),
    known_header("P-Asserted-Identity", "", false, |value| {
        list(value, |c| c.address(true))
    }),
    known_header("Max-Forwards", "", true, |value| {
        whole(value, |c| c.number(255))
    }),
    known_header("Content-Length", "l", true, |value| {
        whole(value, |c| c.number(u64::MAX))
    }),
    known_header("Expires", "", true, seconds),
    known_header("Min-Expires", "", true, seconds),
    known_header("Session-Expires", "x", true, seconds_with_params),
    known_header("Min-SE", "", true, seconds_with_params),
    known_header("Retry-After", "", true, retry_after),
    known_header("RSeq", "", true, seconds),
    known_header("Date", "", true, date),
    known_header("Content-Type", "c", true, content_type),
    known_header("Warning", "", false, |value| list(value, warning)),
    known_header("Allow", "", false, tokens),
    known_header("Supported", "k", false, tokens),
    known_header("Require", "", false, tokens),
    known_header("Proxy-Require", "", false, tokens),
    known_header("Unsupported", "", false, tokens),
    known_header("Event", "o", true, token_with_params),
    known_header("Subscription-State", "", true, token_with_params),
    known_header("Content-Disposition", "", true, token_with_params),
    known_header("Authorization", "", false, credentials),
    known_header("Proxy-Authorization", "", false, credentials),
    known_header("WWW-Authenticate", "", false, credentials),
    known_header("Proxy-Authenticate", "", false, credentials),
];

pub(super) fn known(name: &[u8]) -> Option<&'static Known> {
    KNOWN.iter().find(|known| {
        let compact =
            !known.compact.is_empty() && name.eq_ignore_ascii_case(known.compact.as_bytes());
        compact || name.eq_ignore_ascii_case(known.name.as_bytes())
    })
}

/// Any text, but no control characters.
pub(super) fn check_unknown(value: &[u8]) -> Result<(), CheckError> {
    let clean = value.iter().all(|b| !b.is_ascii_control() || *b == b'\t');
    if clean {
        Ok(())
    } else {
        Err(CheckError::HeaderLine)
    }
}

pub(super) fn cseq_method(value: &[u8]) -> Parsed<String> {
    let mut cursor = Cursor::new(value);
    cursor.number((1 << 31) - 1)?;
    cursor.some_space()?;
    let method = cursor.token()?;
    cursor
        .is_at_end()
        .then(|| String::from_utf8_lossy(method).into_owned())
}

pub(super) fn content_length(value: &[u8]) -> u64 {
    Cursor::new(value).number(u64::MAX).unwrap_or(u64::MAX)
}

/// `piece` and nothing behind it.
fn whole<'a, T>(value: &'a [u8], piece: impl Fn(&mut Cursor<'a>) -> Parsed<T>) -> Parsed<()> {
    let mut cursor = Cursor::new(value);
    piece(&mut cursor)?;
    cursor.space();
    cursor.is_at_end().then_some(())
}

/// One or more of `piece`, separated by commas.
fn list<'a>(value: &'a [u8], piece: impl Fn(&mut Cursor<'a>) -> Parsed<()>) -> Parsed<()> {
    whole(value, |cursor| {
        piece(cursor)?;
        while cursor.then(b',') {
            piece(cursor)?;
        }
        Some(())
    })
}

fn any_param(_: &[u8], _: &[u8]) -> bool {
    true
}

fn via(cursor: &mut Cursor<'_>) -> Parsed<()> {
    cursor
        .token()
        .filter(|name| name.eq_ignore_ascii_case(b"SIP"))?;
    cursor.separator(b'/')?;
    cursor.token().filter(|version| *version == b"2.0")?;
    cursor.separator(b'/')?;
    cursor.token()?;
    cursor.some_space()?;
    cursor.host_port()?;
    cursor.params(|name, value| !name.eq_ignore_ascii_case(b"ttl") || is_number(value, 255))
}

fn party(value: &[u8]) -> Parsed<()> {
    whole(value, |cursor| {
        cursor.address(true)?;
        cursor.params(any_param)
    })
}

fn route(cursor: &mut Cursor<'_>) -> Parsed<()> {
    cursor.address(false)?;
    cursor.params(any_param)
}

fn contact(value: &[u8]) -> Parsed<()> {
    if value == b"*" {
        return Some(());
    }
    list(value, |cursor| {
        cursor.address(true)?;
        cursor.params(|name, value| {
            if name.eq_ignore_ascii_case(b"expires") {
                is_number(value, u32::MAX.into())
            } else {
                !name.eq_ignore_ascii_case(b"q") || is_quality(value)
            }
        })
    })
}

fn is_number(value: &[u8], max: u64) -> bool {
    whole(value, |cursor| cursor.number(max)).is_some()
}

/// 0 to 1 with at most three decimals.
fn is_quality(value: &[u8]) -> bool {
    let (unit, decimals) = match value.split_first() {
        Some((unit @ (b'0' | b'1'), rest)) => (*unit, rest.strip_prefix(b".").unwrap_or(rest)),
        _ => return false,
    };
    let digit = |b: &u8| {
        if unit == b'1' {
            *b == b'0'
        } else {
            b.is_ascii_digit()
        }
    };
    decimals.len() <= 3 && decimals.iter().all(digit)
}

/// word [ "@" word ]
fn call_id(value: &[u8]) -> Parsed<()> {
    let word = |b: u8| is_token(b) || b"()<>:\\\"/[]?{}".contains(&b);
    whole(value, |cursor| {
        cursor.take(word)?;
        if cursor.byte(b'@').is_some() {
            cursor.take(word).map(drop)
        } else {
            Some(())
        }
    })
}

fn seconds(value: &[u8]) -> Parsed<()> {
    whole(value, |cursor| cursor.number(u32::MAX.into()))
}

fn seconds_with_params(value: &[u8]) -> Parsed<()> {
    whole(value, |cursor| {
        cursor.number(u32::MAX.into())?;
        cursor.params(any_param)
    })
}

fn retry_after(value: &[u8]) -> Parsed<()> {
    whole(value, |cursor| {
        cursor.number(u32::MAX.into())?;
        cursor.space();
        if cursor.byte(b'(').is_some() {
            cursor.take(|b| b != b')' && !b.is_ascii_control());
            cursor.byte(b')')?;
        }
        cursor.params(any_param)
    })
}

/// `Sat, 13 Nov 2010 23:29:00 GMT`: this form and this zone only (section 20.17).
fn date(value: &[u8]) -> Parsed<()> {
    let text = std::str::from_utf8(value).ok()?;
    let fields: Vec<_> = text.split(' ').collect();
    let [weekday, day, month, year, time, "GMT"] = fields[..] else {
        return None;
    };
    let digits = |text: &str, length: usize, max: u32| {
        let plain = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
        plain && text.parse::<u32>().is_ok_and(|number| number <= max)
    };
    let [hour, minute, second] = time.split(':').collect::<Vec<_>>()[..] else {
        return None;
    };
    let days = ["Mon,", "Tue,", "Wed,", "Thu,", "Fri,", "Sat,", "Sun,"];
    let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let clock = digits(hour, 2, 23) && digits(minute, 2, 59) && digits(second, 2, 60);
    let calendar = days.contains(&weekday)
        && digits(day, 2, 31)
        && months.contains(&month)
        && digits(year, 4, 9999);
    (clock && calendar && day != "00").then_some(())
}

fn content_type(value: &[u8]) -> Parsed<()> {
    whole(value, |cursor| {
        cursor.token()?;
        cursor.separator(b'/')?;
        cursor.token()?;
        cursor.params(any_param)
    })
}

/// 3DIGIT SP agent SP quoted-string
fn warning(cursor: &mut Cursor<'_>) -> Parsed<()> {
    cursor
        .take(|b| b.is_ascii_digit())
        .filter(|code| code.len() == 3)?;
    cursor.some_space()?;
    cursor.take(|b| is_token(b) || matches!(b, b':' | b'[' | b']'))?;
    cursor.some_space()?;
    cursor.quoted()
}

/// Tokens separated by commas; may be empty (Allow, Supported).
fn tokens(value: &[u8]) -> Parsed<()> {
    if value.is_empty() {
        Some(())
    } else {
        list(value, |cursor| cursor.token().map(drop))
    }
}

fn token_with_params(value: &[u8]) -> Parsed<()> {
    whole(value, |cursor| {
        cursor.token()?;
        cursor.params(any_param)
    })
}

/// scheme LWS name=value *( COMMA name=value )
fn credentials(value: &[u8]) -> Parsed<()> {
    let mut cursor = Cursor::new(value);
    cursor.token()?;
    cursor.some_space()?;
    loop {
        cursor.token()?;
        cursor.separator(b'=')?;
        if cursor.peek() == Some(b'"') {
            cursor.quoted()?;
        } else {
            cursor.take(|b| is_token(b) || matches!(b, b'/' | b'='))?;
        }
        if !cursor.then(b',') {
            cursor.space();
            return cursor.is_at_end().then_some(());
        }
    }
}
