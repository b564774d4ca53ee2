//! English.

use super::CivilTime;
use crate::clip::Clip;

/// 0 to 19.
pub(super) const SMALL: [Clip; 20] = [
    Clip::EnZero,
    Clip::EnOne,
    Clip::EnTwo,
    Clip::EnThree,
    Clip::EnFour,
    Clip::EnFive,
    Clip::EnSix,
    Clip::EnSeven,
    Clip::EnEight,
    Clip::EnNine,
    Clip::EnTen,
    Clip::EnEleven,
    Clip::EnTwelve,
    Clip::EnThirteen,
    Clip::EnFourteen,
    Clip::EnFifteen,
    Clip::EnSixteen,
    Clip::EnSeventeen,
    Clip::EnEighteen,
    Clip::EnNineteen,
];

/// 20 to 90.
const TENS: [Clip; 8] = [
    Clip::EnTwenty,
    Clip::EnThirty,
    Clip::EnForty,
    Clip::EnFifty,
    Clip::EnSixty,
    Clip::EnSeventy,
    Clip::EnEighty,
    Clip::EnNinety,
];

const WEEKDAYS: [Clip; 7] = [
    Clip::EnSunday,
    Clip::EnMonday,
    Clip::EnTuesday,
    Clip::EnWednesday,
    Clip::EnThursday,
    Clip::EnFriday,
    Clip::EnSaturday,
];

const MONTHS: [Clip; 12] = [
    Clip::EnJanuary,
    Clip::EnFebruary,
    Clip::EnMarch,
    Clip::EnApril,
    Clip::EnMay,
    Clip::EnJune,
    Clip::EnJuly,
    Clip::EnAugust,
    Clip::EnSeptember,
    Clip::EnOctober,
    Clip::EnNovember,
    Clip::EnDecember,
];

/// Below 100.
pub(super) fn number(number: u16) -> Vec<Clip> {
    let number = usize::from(number % 100);
    if number < SMALL.len() {
        return vec![SMALL[number]];
    }
    let mut words = vec![TENS[number / 10 - 2]];
    if !number.is_multiple_of(10) {
        words.push(SMALL[number % 10]);
    }
    words
}

/// By hundreds, but 2000 to 2009 and the like by thousands: "twenty twenty-six", "two thousand five".
fn year(year: u16) -> Vec<Clip> {
    let (hundreds, rest) = (year / 100, year % 100);
    if hundreds.is_multiple_of(10) && rest < 10 {
        let mut words = number(hundreds / 10);
        words.push(Clip::EnThousand);
        if rest > 0 {
            words.extend(number(rest));
        }
        return words;
    }
    let mut words = number(hundreds);
    match rest {
        0 => words.push(Clip::EnHundred),
        1..10 => {
            words.push(Clip::EnOh);
            words.extend(number(rest));
        }
        _ => words.extend(number(rest)),
    }
    words
}

pub(super) fn date(at: CivilTime) -> Vec<Clip> {
    let month = MONTHS[usize::from(at.month) - 1];
    let mut words = vec![Clip::EnToday, WEEKDAYS[at.weekday()], month];
    words.extend(number(at.day.into()));
    words.extend(year(at.year));
    words
}

pub(super) fn time(at: CivilTime) -> Vec<Clip> {
    let mut words = vec![Clip::EnNow];
    words.extend(number(match at.hour % 12 {
        0 => 12,
        hour => hour.into(),
    }));
    match at.minute {
        0 => {}
        1..10 => {
            words.push(Clip::EnOh);
            words.extend(number(at.minute.into()));
        }
        minute => words.extend(number(minute.into())),
    }
    words.push(if at.hour < 12 { Clip::EnAm } else { Clip::EnPm });
    words
}
