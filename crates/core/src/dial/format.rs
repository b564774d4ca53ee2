//! How a number is sent and how it is read.

use std::str::FromStr;

use super::Dialable;

/// How the exchange wants an E.164 number. Codes, extensions and short numbers go as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum DialFormat {
    /// `0987654321`; foreign numbers as `001415…`.
    #[default]
    National,
    /// `+84987654321`.
    Plus,
    /// `84987654321`.
    Plain84,
    /// An outside line's digits before the national form: `90987654321`.
    Prefix(String),
}

/// `dial_format` is none of `national`, `+84`, `84`, `prefix:` with 1 to 6 of `0-9 * #`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Unknown dial format")]
pub struct DialFormatError;

impl FromStr for DialFormat {
    type Err = DialFormatError;

    fn from_str(text: &str) -> Result<Self, DialFormatError> {
        let prefix_ok = |p: &str| {
            matches!(p.len(), 1..=6)
                && p.chars()
                    .all(|c| c.is_ascii_digit() || c == '*' || c == '#')
        };
        match text {
            "national" => Ok(Self::National),
            "+84" => Ok(Self::Plus),
            "84" => Ok(Self::Plain84),
            _ => match text.strip_prefix("prefix:") {
                Some(prefix) if prefix_ok(prefix) => Ok(Self::Prefix(prefix.to_owned())),
                Some(_) | None => Err(DialFormatError),
            },
        }
    }
}

impl DialFormat {
    /// The user part of the request's URI.
    pub fn dial_string(&self, to: &Dialable) -> String {
        let Dialable::E164(number) = to else {
            return to.as_text().reveal().clone();
        };
        let number = number.reveal();
        match self {
            Self::National => national(number),
            Self::Plus => number.clone(),
            Self::Plain84 => number.trim_start_matches('+').to_owned(),
            Self::Prefix(prefix) => format!("{prefix}{}", national(number)),
        }
    }
}

/// As dialled inside Vietnam.
fn national(number: &str) -> String {
    match number.strip_prefix("+84") {
        Some(rest) => format!("0{rest}"),
        None => format!("00{}", number.trim_start_matches('+')),
    }
}

pub(super) fn display(to: &Dialable) -> String {
    match to {
        Dialable::Code(text) | Dialable::Extension(text) => text.reveal().clone(),
        Dialable::Short(text) => match text.reveal().len() {
            8 => grouped(text.reveal(), &[4, 4]),
            10 => grouped(text.reveal(), &[4, 3, 3]),
            _ => text.reveal().clone(),
        },
        Dialable::E164(number) if number.reveal().starts_with("+84") => {
            let national = national(number.reveal());
            match (national.len(), &national[..3]) {
                (10, _) => grouped(&national, &[4, 3, 3]),
                (11, "024" | "028") => grouped(&national, &[3, 4, 4]),
                (11, _) => grouped(&national, &[4, 4, 3]),
                _ => national,
            }
        }
        Dialable::E164(number) => number.reveal().clone(),
    }
}

/// A number from the network as it should be read; what is no number stays as it came.
pub fn display_number(text: &str) -> String {
    text.parse::<Dialable>()
        .map_or_else(|_| text.to_owned(), |number| number.display())
}

/// The digits of a stored number, or of what was typed of its end, last digit first: "ends with
/// 5678" is a search for what begins with `8765`.
pub fn digits_reversed(text: &str) -> String {
    text.chars().rev().filter(char::is_ascii_digit).collect()
}

/// ASCII digits in groups of these sizes, which add up to the length.
fn grouped(digits: &str, sizes: &[usize]) -> String {
    let mut rest = digits;
    let groups: Vec<&str> = sizes
        .iter()
        .map(|&size| {
            let (group, tail) = rest.split_at(size.min(rest.len()));
            rest = tail;
            group
        })
        .collect();
    groups.join(" ")
}
