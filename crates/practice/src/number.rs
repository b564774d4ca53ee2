//! The number plan: what a dialled number means.
//!
//! 600–610 are the numbers of the Asterisk lab (`tests/README.md`), so that the same tests of calls
//! run against both exchanges.

use std::fmt;
use std::time::Duration;

/// What a call to a number meets.
///
/// ```text
/// 600        Echo             answers, echo
/// 601        Announcement     answers, half a minute of announcement, hangs up
/// 602        Music            answers, music until the caller hangs up
/// 603        ReadKeys         answers, reads six keys (* and # count), says them back, hangs up
/// 604        Busy             486
/// 605        Unavailable      480
/// 606        Declined         603
/// 607        NeverAnswers     180, then nothing
/// 608        EarlyMedia       183 with a prompt, then answers, echo
/// 609        HangsUp          answers, hangs up after HANGS_UP_AFTER
/// 610        RingsFirst       180 for ANSWERS_AFTER, answers, echo
/// 611        PlayBack         answers, records the caller and plays it back, again and again
/// 612        Clock            answers, reads date and time, hangs up
/// 1001-1010  Extension        that extension
/// other      Unknown          404
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in the table")]
pub enum Number {
    Echo,
    Announcement,
    Music,
    ReadKeys,
    Busy,
    Unavailable,
    Declined,
    NeverAnswers,
    EarlyMedia,
    HangsUp,
    RingsFirst,
    PlayBack,
    Clock,
    Extension(Extension),
    Unknown,
}

impl Number {
    /// How long 609 talks.
    pub const HANGS_UP_AFTER: Duration = Duration::from_secs(3);

    /// How long 610 rings.
    pub const ANSWERS_AFTER: Duration = Duration::from_secs(2);

    /// The meaning of a dialled user part, taken as it stands: no decoration, no parameters.
    pub fn of(dialled: &str) -> Self {
        match dialled {
            "600" => Self::Echo,
            "601" => Self::Announcement,
            "602" => Self::Music,
            "603" => Self::ReadKeys,
            "604" => Self::Busy,
            "605" => Self::Unavailable,
            "606" => Self::Declined,
            "607" => Self::NeverAnswers,
            "608" => Self::EarlyMedia,
            "609" => Self::HangsUp,
            "610" => Self::RingsFirst,
            "611" => Self::PlayBack,
            "612" => Self::Clock,
            _ => Extension::of(dialled).map_or(Self::Unknown, Self::Extension),
        }
    }

    /// The final status of a number that is never answered and never rings.
    pub fn refusal(self) -> Option<u16> {
        match self {
            Self::Busy => Some(486),
            Self::Unavailable => Some(480),
            Self::Declined => Some(603),
            Self::Unknown => Some(404),
            Self::Echo
            | Self::Announcement
            | Self::Music
            | Self::ReadKeys
            | Self::NeverAnswers
            | Self::EarlyMedia
            | Self::HangsUp
            | Self::RingsFirst
            | Self::PlayBack
            | Self::Clock
            | Self::Extension(_) => None,
        }
    }
}

/// An extension of the exchange, 1001 to 1010.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Extension(u16);

impl Extension {
    const FIRST: u16 = 1001;
    const LAST: u16 = 1010;

    /// The extension written `text`, exactly.
    pub fn of(text: &str) -> Option<Self> {
        Self::all().find(|extension| extension.to_string() == text)
    }

    /// All of them, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (Self::FIRST..=Self::LAST).map(Self)
    }
}

impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_of_the_lab_mean_the_same_here() {
        let plan = [
            ("600", Number::Echo),
            ("601", Number::Announcement),
            ("602", Number::Music),
            ("603", Number::ReadKeys),
            ("604", Number::Busy),
            ("605", Number::Unavailable),
            ("606", Number::Declined),
            ("607", Number::NeverAnswers),
            ("608", Number::EarlyMedia),
            ("609", Number::HangsUp),
            ("610", Number::RingsFirst),
        ];
        for (dialled, number) in plan {
            assert_eq!(Number::of(dialled), number);
        }
    }

    #[test]
    fn the_numbers_of_our_own_play_back_and_tell_the_time() {
        assert_eq!(Number::of("611"), Number::PlayBack);
        assert_eq!(Number::of("612"), Number::Clock);
    }

    #[test]
    fn refused_numbers_are_refused_as_the_lab_refuses_them() {
        let refusals = [
            ("604", Some(486)),
            ("605", Some(480)),
            ("606", Some(603)),
            ("0987654321", Some(404)),
            ("600", None),
            ("607", None),
            ("1001", None),
        ];
        for (dialled, status) in refusals {
            assert_eq!(Number::of(dialled).refusal(), status, "{dialled}");
        }
    }

    #[test]
    fn ten_extensions_can_be_called() {
        assert_eq!(Extension::all().count(), 10);
        for extension in Extension::all() {
            let number = Number::of(&extension.to_string());
            assert_eq!(number, Number::Extension(extension));
        }
    }

    #[test]
    fn anything_else_is_not_found() {
        for dialled in [
            "", "60", "6000", "613", "700", "1000", "1011", "01001", "+1001", " 600", "600;x",
            "٦٠٠",
        ] {
            assert_eq!(Number::of(dialled), Number::Unknown, "{dialled:?}");
        }
    }
}
