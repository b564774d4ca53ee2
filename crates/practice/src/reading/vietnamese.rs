//! Vietnamese. What the clips say stands in `clips/texts.tsv`.

use super::CivilTime;
use crate::clip::Clip;

pub(super) const DIGITS: [Clip; 10] = [
    Clip::ViZero,
    Clip::ViOne,
    Clip::ViTwo,
    Clip::ViThree,
    Clip::ViFour,
    Clip::ViFive,
    Clip::ViSix,
    Clip::ViSeven,
    Clip::ViEight,
    Clip::ViNine,
];

fn digit(digit: u16) -> Clip {
    DIGITS[usize::from(digit % 10)]
}

/// Up to 9999.
pub(super) fn number(number: u16) -> Vec<Clip> {
    let mut words = Vec::new();
    let (thousands, hundreds, rest) = (number / 1_000, number / 100 % 10, number % 100);
    if thousands > 0 {
        words.extend([digit(thousands), Clip::ViThousand]);
    }
    // Between a thousand and what follows it, an empty hundred is said.
    if hundreds > 0 || (thousands > 0 && rest > 0) {
        words.extend([digit(hundreds), Clip::ViHundred]);
    }
    if rest > 0 || words.is_empty() {
        if rest < 10 && !words.is_empty() {
            words.push(Clip::ViOh);
        }
        words.extend(below_hundred(rest));
    }
    words
}

/// One, four and five have words of their own after tens, five also after ten.
fn below_hundred(number: u16) -> Vec<Clip> {
    let (tens, ones) = (number / 10, number % 10);
    let mut words = match tens {
        0 => return vec![digit(ones)],
        1 => vec![Clip::ViTen],
        _ => vec![digit(tens), Clip::ViTy],
    };
    match (tens, ones) {
        (_, 0) => {}
        (_, 5) => words.push(Clip::ViTyFive),
        (2.., 1) => words.push(Clip::ViTyOne),
        (2.., 4) => words.push(Clip::ViTyFour),
        _ => words.push(digit(ones)),
    }
    words
}

pub(super) fn date(at: CivilTime) -> Vec<Clip> {
    let mut words = vec![Clip::ViToday];
    match at.weekday() {
        0 => words.push(Clip::ViSunday),
        // Monday is the second day; Wednesday has the old word for four.
        3 => words.extend([Clip::ViWeekday, Clip::ViTyFour]),
        weekday => words.extend([Clip::ViWeekday, DIGITS[weekday + 1]]),
    }
    words.push(Clip::ViDay);
    if at.day <= 10 {
        words.push(Clip::ViFirstTenDays);
    }
    words.extend(number(at.day.into()));
    words.push(Clip::ViMonth);
    match at.month {
        4 => words.push(Clip::ViTyFour),
        month => words.extend(number(month.into())),
    }
    // "Year" and "five" are the same word.
    words.push(Clip::ViFive);
    words.extend(number(at.year));
    words
}

pub(super) fn time(at: CivilTime) -> Vec<Clip> {
    let mut words = vec![Clip::ViNow];
    words.extend(number(at.hour.into()));
    words.push(Clip::ViHour);
    if at.minute > 0 {
        words.extend(number(at.minute.into()));
        words.push(Clip::ViMinute);
    }
    words
}
