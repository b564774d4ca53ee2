//! Numbers, dates and times as the words that are read aloud.

mod english;
mod vietnamese;

use crate::clip::Clip;

/// A minute of the civil calendar, in the zone of the person who listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CivilTime {
    year: u16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
}

impl CivilTime {
    /// Year 1583 (the first whole one of this calendar) to 9999, month and day from 1, hour 0 to 23.
    /// `None` when there is no such minute.
    pub fn new(year: u16, month: u8, day: u8, hour: u8, minute: u8) -> Option<Self> {
        let is_day = (1583..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_of(year, month)).contains(&day);
        (is_day && hour < 24 && minute < 60).then_some(Self {
            year,
            month,
            day,
            hour,
            minute,
        })
    }

    /// 0 is Sunday (Sakamoto's rule).
    fn weekday(self) -> usize {
        const SHIFT: [usize; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = usize::from(self.year) - usize::from(self.month < 3);
        let month = usize::from(self.month) - 1;
        (year + year / 4 - year / 100 + year / 400 + SHIFT[month] + usize::from(self.day)) % 7
    }
}

fn days_of(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A language of the clips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Vietnamese,
    English,
}

impl Language {
    /// A key of the telephone: `0-9 * #`.
    pub(crate) fn key(self, key: char) -> Option<Clip> {
        let (digits, star, hash) = match self {
            Self::Vietnamese => (&vietnamese::DIGITS[..], Clip::ViStar, Clip::ViHash),
            Self::English => (&english::SMALL[..], Clip::EnStar, Clip::EnHash),
        };
        match key {
            '*' => Some(star),
            '#' => Some(hash),
            _ => Some(digits[key.to_digit(10)? as usize]),
        }
    }

    /// A number below 100.
    pub(crate) fn number(self, number: u16) -> Vec<Clip> {
        match self {
            Self::Vietnamese => vietnamese::number(number),
            Self::English => english::number(number),
        }
    }

    /// Today's date.
    pub(crate) fn date(self, at: CivilTime) -> Vec<Clip> {
        match self {
            Self::Vietnamese => vietnamese::date(at),
            Self::English => english::date(at),
        }
    }

    /// The time of day.
    pub(crate) fn time(self, at: CivilTime) -> Vec<Clip> {
        match self {
            Self::Vietnamese => vietnamese::time(at),
            Self::English => english::time(at),
        }
    }
}

#[cfg(test)]
mod tests;
