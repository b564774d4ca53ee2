//! `tel:`, `callto:`, `sip:` and `sips:` links. Anyone can make one: it is read with suspicion,
//! and the person is asked before anything is dialled.

use alobar_app::PhoneHandle;
use alobar_core::Dialable;
use tauri::{AppHandle, Manager};

use crate::{
    Runtime,
    desk::{self, AskView, DialSource},
};

pub(crate) const SCHEMES: [&str; 4] = ["tel", "callto", "sip", "sips"];

/// Longest number, in characters; an encoded link is at most three times that, and its scheme.
const LONGEST: usize = 64;
const LONGEST_LINK: usize = 256;

/// The link among the arguments of a start, if there is one.
pub(crate) fn among(arguments: &[String]) -> Option<&str> {
    let is_link = |text: &&String| without_scheme(text).is_some();
    arguments.iter().skip(1).find(is_link).map(String::as_str)
}

/// Asks whether to dial the number of a link, if links are wanted at all.
pub(crate) fn open(app: &AppHandle<Runtime>, link: &str) {
    let wanted = {
        let settings = app.state::<PhoneHandle>().settings();
        settings.borrow().preferences.phone_links
    };
    match number_of(link) {
        Some(number) if wanted => {
            let by = DialSource::Link;
            desk::ask(app, AskView::Dial { number, by });
        }
        Some(_) => tracing::info!("A link came, but links are switched off"),
        None => tracing::info!("A link came that holds no number"),
    }
}

/// The number in a link. Feature codes of the exchange are refused: a web page could forward the
/// agent's calls with one.
fn number_of(link: &str) -> Option<String> {
    if link.len() > LONGEST_LINK {
        return None;
    }
    let rest = without_scheme(link.trim())?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    let user = decoded(rest.split(['@', ';', '?']).next()?)?;
    number_in(&user).filter(|number| !number.starts_with(['*', '#']))
}

/// A text that is a number and nothing else, without what people write between digits.
pub(crate) fn number_in(text: &str) -> Option<String> {
    let text = text.trim();
    if text.chars().count() > LONGEST || text.contains(char::is_alphabetic) {
        return None;
    }
    text.parse::<Dialable>().ok()?;
    let number = text
        .chars()
        .filter(|sign| sign.is_ascii_digit() || "+*#".contains(*sign));
    Some(number.collect())
}

fn without_scheme(link: &str) -> Option<&str> {
    let (scheme, rest) = link.split_once(':')?;
    SCHEMES
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known))
        .then_some(rest)
}

/// Percent-decoded; none where that is no text.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let value = digit(rest.next()?)? * 16 + digit(rest.next()?)?;
            u8::try_from(value).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_each_scheme_is_read() {
        for link in [
            "tel:0987654321",
            "TEL:0987-654-321",
            "tel:0987%20654%20321",
            "callto:0987.654.321",
            "callto://0987654321",
            "sip:0987654321@pbx.example;transport=tls",
            "sips:0987654321@pbx.example",
            "tel:0987654321;ext=3?subject=x",
        ] {
            assert_eq!(number_of(link).as_deref(), Some("0987654321"), "{link}");
        }
        let international = number_of("tel:+84%20(0)987-654-321").unwrap();
        assert_eq!(international, "+840987654321");
        assert!(international.parse::<Dialable>().is_ok());
        assert_eq!(number_of("sip:1001@pbx").as_deref(), Some("1001"));
    }

    #[test]
    fn everything_else_is_refused() {
        let long = format!("tel:{}", "1".repeat(65));
        for link in [
            "https://example.com/0987654321",
            "tel:",
            "tel:call-me",
            "tel:0987654321<script>",
            "tel:%",
            "tel:%zz",
            "tel:%ff%fe",
            "tel:0987%0d%0a654321",
            "sip:alice@pbx.example",
            "tel:*72*0900000000",
            "tel:%23%2331%23",
            "0987654321",
            &long,
        ] {
            assert_eq!(number_of(link), None, "{link}");
        }
    }

    #[test]
    fn a_selection_is_a_number_or_nothing() {
        assert_eq!(
            number_in(" (024) 7300-0000\n").as_deref(),
            Some("02473000000")
        );
        assert_eq!(number_in("*45").as_deref(), Some("*45"));
        assert_eq!(number_in("*45support"), None);
        assert_eq!(number_in("0987654321 An"), None);
        assert_eq!(number_in(""), None);
    }

    #[test]
    fn the_link_is_found_among_the_arguments() {
        let arguments = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
        let given: Vec<String> = arguments(&["alobar-desktop", "--hidden", "tel:1001"]);
        assert_eq!(among(&given), Some("tel:1001"));
        assert_eq!(among(&arguments(&["tel:1001", "--hidden"])), None);
    }
}
