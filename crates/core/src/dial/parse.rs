//! From text to [`Dialable`].

use super::{DialError, Dialable};
use crate::pii::Pii;

/// Longest text looked at, in characters: a pasted number with its decoration is shorter.
const MAX_TEXT: usize = 64;
/// Longest feature code, in characters.
const MAX_CODE: usize = 32;
/// The prefixes of eleven-digit mobiles after `01`, and what follows the zero today: the ministry's
/// plan of 29 May 2018.
const OLD_MOBILES: [(&str, &str); 21] = [
    ("20", "70"),
    ("21", "79"),
    ("22", "77"),
    ("26", "76"),
    ("28", "78"),
    ("23", "83"),
    ("24", "84"),
    ("25", "85"),
    ("27", "81"),
    ("29", "82"),
    ("62", "32"),
    ("63", "33"),
    ("64", "34"),
    ("65", "35"),
    ("66", "36"),
    ("67", "37"),
    ("68", "38"),
    ("69", "39"),
    ("86", "56"),
    ("88", "58"),
    ("99", "59"),
];

pub(super) fn dialable(text: &str) -> Result<Dialable, DialError> {
    let text = without_scheme(text.trim());
    if text.chars().count() > MAX_TEXT {
        return Err(DialError::TooLong);
    }
    if text.starts_with(['*', '#']) {
        return code(text);
    }
    let bare = without_decoration(text);
    let (international, digits) = match bare.strip_prefix('+') {
        // "+44 (0)20 …": the zero in brackets is for callers at home.
        Some(_) => (
            true,
            without_decoration(&text.replacen("(0)", "", 1))[1..].to_owned(),
        ),
        None => (false, bare),
    };
    if !digits.chars().all(|c| c.is_ascii_digit()) {
        return Err(DialError::NotANumber);
    }
    match (international, digits.is_empty()) {
        (true, true) => Err(DialError::NotANumber),
        (false, true) => Err(DialError::Empty),
        (true, false) => e164(&digits),
        (false, false) => plain(&digits),
    }
}

fn without_scheme(text: &str) -> &str {
    ["tel:", "sips:", "sip:"]
        .into_iter()
        .find(|scheme| {
            text.get(..scheme.len())
                .is_some_and(|s| s.eq_ignore_ascii_case(scheme))
        })
        .map_or(text, |scheme| text[scheme.len()..].trim())
}

/// Drops what people and programs put between digits, and the invisible direction marks that come
/// along when a number is copied from an address book or a web page.
fn without_decoration(text: &str) -> String {
    let decoration = |c: char| match c {
        '.' | '-' | '(' | ')' | '/' => true,
        // Dashes, minus.
        '\u{2010}'..='\u{2015}' | '\u{2212}' => true,
        // Zero-width and direction marks.
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => true,
        // All spaces (NBSP too), but no tab or line break inside.
        _ => c.is_whitespace() && !c.is_control(),
    };
    text.chars().filter(|&c| !decoration(c)).collect()
}

/// A star or hash, digits, then perhaps a name: `*45support`.
fn code(text: &str) -> Result<Dialable, DialError> {
    let code: String = text
        .chars()
        .filter(|&c| c != ' ' && c != '\u{a0}')
        .collect();
    if code.len() > MAX_CODE {
        return Err(DialError::TooLong);
    }
    let tail = code.trim_start_matches(|c: char| c.is_ascii_digit() || c == '*' || c == '#');
    let after_digit = code.len() - tail.len() > 0
        && code[..code.len() - tail.len()].ends_with(|c: char| c.is_ascii_digit());
    let has_digit = code.contains(|c: char| c.is_ascii_digit());
    let name_ok = tail
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    match has_digit && name_ok && (tail.is_empty() || after_digit) {
        true => Ok(Dialable::Code(Pii::new(code))),
        false => Err(DialError::NotANumber),
    }
}

/// International digits without plus.
fn e164(digits: &str) -> Result<Dialable, DialError> {
    // "+84 0987…" is written by many; the zero is never sent.
    let digits = match digits.strip_prefix("840") {
        Some(rest) => format!("84{rest}"),
        None => digits.to_owned(),
    };
    let digits = ten_digit_mobile(&digits).unwrap_or(digits);
    let fits = match digits.strip_prefix("84") {
        Some(national) => matches!(national.len(), 8..=10),
        None => matches!(digits.len(), 8..=15),
    };
    match fits && !digits.starts_with('0') {
        true => Ok(Dialable::E164(Pii::new(format!("+{digits}")))),
        false => Err(DialError::BadLength),
    }
}

/// The number that an eleven-digit mobile has become; the old one has reached nobody since 2018.
/// International digits without plus.
fn ten_digit_mobile(digits: &str) -> Option<String> {
    let old = digits.strip_prefix("841").filter(|old| old.len() == 9)?;
    let (was, rest) = old.split_at(2);
    let (_, now) = OLD_MOBILES.iter().find(|(prefix, _)| *prefix == was)?;
    Some(format!("84{now}{rest}"))
}

/// Digits as they are dialled in Vietnam.
fn plain(digits: &str) -> Result<Dialable, DialError> {
    if let Some(rest) = digits.strip_prefix("00").filter(|rest| rest.len() >= 8) {
        return e164(rest);
    }
    let owned = || Pii::new(digits.to_owned());
    let service = digits.starts_with("1800") || digits.starts_with("1900");
    match (digits.len(), digits.as_bytes()[0]) {
        // 111 to 119; on the wire an extension of the same digits is the same.
        (3, b'1') if digits.starts_with("11") && !digits.ends_with('0') => {
            Ok(Dialable::Short(owned()))
        }
        (2..=6, _) => Ok(Dialable::Extension(owned())),
        (8..=10, b'1') if service => Ok(Dialable::Short(owned())),
        (10 | 11, b'0') => e164(&format!("84{}", &digits[1..])),
        (11 | 12, b'8') if digits.starts_with("84") => e164(digits),
        // A spreadsheet has eaten the leading zero of a mobile or a landline.
        (9, b'3' | b'5' | b'7' | b'8' | b'9') | (10, b'2') => e164(&format!("84{digits}")),
        (16.., _) => Err(DialError::TooLong),
        _ => Err(DialError::BadLength),
    }
}
