//! What a person types, clicks or pastes, and how it is sent and shown. Vietnamese numbering plan.

mod format;
mod parse;

use std::str::FromStr;

use crate::pii::Pii;

pub use format::{DialFormat, DialFormatError, digits_reversed, display_number};

/// Something that can be dialled, made by [`str::parse`].
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Dialable {
    /// A feature code of the exchange: `*47`, `*45support`, `#31#`.
    Code(Pii<String>),
    /// 2 to 6 digits that are no public short number: `1001`.
    Extension(Pii<String>),
    /// A public short or service number of Vietnam: `113`, `19000000`.
    Short(Pii<String>),
    /// An international number with its plus (ITU-T E.164): `+84987654321`. Its text is the key
    /// under which a phone is stored; a Vietnamese mobile of eleven digits has become the one of ten.
    E164(Pii<String>),
}

/// Why a text cannot be dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DialError {
    #[error("Nothing to dial")]
    Empty,
    #[error("Too long to be a number")]
    TooLong,
    /// Digits, but no number, extension or service has this many of them.
    #[error("No number has this length")]
    BadLength,
    /// Text, an address with a host, a control character.
    #[error("Not a number")]
    NotANumber,
}

impl DialError {
    /// The stable code that selects the sentence on screen.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "dial_empty",
            Self::TooLong => "dial_too_long",
            Self::BadLength => "dial_bad_length",
            Self::NotANumber => "dial_not_a_number",
        }
    }
}

impl FromStr for Dialable {
    type Err = DialError;

    fn from_str(text: &str) -> Result<Self, DialError> {
        parse::dialable(text)
    }
}

impl Dialable {
    /// The stored form: digits and letters without separators, E.164 with its plus.
    pub fn as_text(&self) -> &Pii<String> {
        match self {
            Self::Code(text) | Self::Extension(text) | Self::Short(text) | Self::E164(text) => text,
        }
    }

    /// As it is read: `0987 654 321`, `024 7300 0000`, `1900 0000`, `1001`, `+14155550100`.
    pub fn display(&self) -> String {
        format::display(self)
    }
}

#[cfg(test)]
mod tests;
