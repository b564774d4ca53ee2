use proptest::prelude::*;

use super::*;

/// What the clips say, in words.
fn words(clips: &[Clip]) -> String {
    let said = |clip: &Clip| {
        include_str!("../../clips/texts.tsv")
            .lines()
            .find_map(|line| line.strip_prefix(clip.path())?.strip_prefix('\t'))
            .and_then(|line| line.split('\t').nth(1))
            .unwrap()
    };
    clips.iter().map(said).collect::<Vec<_>>().join(" ")
}

fn at(year: u16, month: u8, day: u8, hour: u8, minute: u8) -> CivilTime {
    CivilTime::new(year, month, day, hour, minute).unwrap()
}

#[test]
fn a_vietnamese_hears_numbers_as_they_are_said() {
    let numbers = [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (1583, "một nghìn năm trăm tám mươi ba"),
        (1999, "một nghìn chín trăm chín mươi chín"),
        (2000, "hai nghìn"),
        (2005, "hai nghìn không trăm linh năm"),
        (2010, "hai nghìn không trăm mười"),
        (2015, "hai nghìn không trăm mười lăm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (2100, "hai nghìn một trăm"),
        (2104, "hai nghìn một trăm linh bốn"),
    ];
    for (number, said) in numbers {
        assert_eq!(words(&vietnamese::number(number)), said);
    }
}

#[test]
fn the_date_is_read_in_vietnamese() {
    let dates = [
        (
            at(2026, 11, 26, 0, 0),
            "hôm nay là thứ năm ngày hai mươi sáu tháng mười một năm hai nghìn không trăm hai mươi sáu",
        ),
        (
            at(2025, 4, 2, 0, 0),
            "hôm nay là thứ tư ngày mùng hai tháng tư năm hai nghìn không trăm hai mươi lăm",
        ),
        (
            at(2024, 2, 11, 0, 0),
            "hôm nay là chủ nhật ngày mười một tháng hai năm hai nghìn không trăm hai mươi tư",
        ),
        (
            at(2005, 1, 31, 0, 0),
            "hôm nay là thứ hai ngày ba mươi mốt tháng một năm hai nghìn không trăm linh năm",
        ),
    ];
    for (at, said) in dates {
        assert_eq!(words(&Language::Vietnamese.date(at)), said);
    }
}

#[test]
fn the_date_is_read_in_english() {
    let dates = [
        (
            at(2026, 11, 26, 0, 0),
            "today is Thursday November twenty six twenty twenty six",
        ),
        (
            at(2000, 2, 29, 0, 0),
            "today is Tuesday February twenty nine two thousand",
        ),
        (
            at(2005, 5, 15, 0, 0),
            "today is Sunday May fifteen two thousand five",
        ),
        (
            at(1900, 1, 1, 0, 0),
            "today is Monday January one nineteen hundred",
        ),
        (
            at(1907, 12, 30, 0, 0),
            "today is Monday December thirty nineteen oh seven",
        ),
    ];
    for (at, said) in dates {
        assert_eq!(words(&Language::English.date(at)), said);
    }
}

#[test]
fn the_time_is_read_in_both_languages() {
    let times = [
        (0, 0, "bây giờ là không giờ", "the time is twelve A M"),
        (
            7,
            5,
            "bây giờ là bảy giờ năm phút",
            "the time is seven oh five A M",
        ),
        (
            12,
            15,
            "bây giờ là mười hai giờ mười lăm phút",
            "the time is twelve fifteen P M",
        ),
        (
            21,
            41,
            "bây giờ là hai mươi mốt giờ bốn mươi mốt phút",
            "the time is nine forty one P M",
        ),
    ];
    for (hour, minute, vi, en) in times {
        let at = at(2026, 1, 1, hour, minute);
        assert_eq!(words(&Language::Vietnamese.time(at)), vi);
        assert_eq!(words(&Language::English.time(at)), en);
    }
}

#[test]
fn every_key_has_its_word() {
    let said = |language: Language| {
        let clips: Vec<_> = "0123456789*#"
            .chars()
            .filter_map(|key| language.key(key))
            .collect();
        words(&clips)
    };
    assert_eq!(
        said(Language::Vietnamese),
        "không một hai ba bốn năm sáu bảy tám chín sao thăng"
    );
    assert_eq!(
        said(Language::English),
        "zero one two three four five six seven eight nine star hash"
    );
    assert_eq!(Language::English.key('A'), None);
}

#[test]
fn a_day_that_is_none_is_refused() {
    for (year, month, day) in [
        (2026, 2, 29),
        (1900, 2, 29),
        (2026, 13, 1),
        (2026, 0, 1),
        (2026, 4, 31),
        (2026, 1, 0),
        (1500, 1, 1),
    ] {
        assert_eq!(CivilTime::new(year, month, day, 0, 0), None);
    }
    assert!(CivilTime::new(2000, 2, 29, 23, 59).is_some());
    assert!(CivilTime::new(2026, 1, 1, 24, 0).is_none());
    assert!(CivilTime::new(2026, 1, 1, 0, 60).is_none());
}

proptest! {
    #[test]
    fn any_minute_can_be_read(year in 0u16.., month in 0u8..14, day in 0u8..33, hour in 0u8..24, minute in 0u8..60) {
        if let Some(at) = CivilTime::new(year, month, day, hour, minute) {
            for language in [Language::Vietnamese, Language::English] {
                prop_assert!(language.date(at).len() >= 5);
                prop_assert!(language.time(at).len() >= 3);
            }
        }
    }

    #[test]
    fn the_day_after_is_the_next_weekday(year in 1583u16..=9999, month in 1u8..=12, day in 1u8..=31) {
        let today = CivilTime::new(year, month, day, 0, 0);
        let tomorrow = CivilTime::new(year, month, day + 1, 0, 0)
            .or_else(|| CivilTime::new(year, month + 1, 1, 0, 0))
            .or_else(|| CivilTime::new(year + 1, 1, 1, 0, 0));
        if let (Some(today), Some(tomorrow)) = (today, tomorrow) {
            prop_assert_eq!((today.weekday() + 1) % 7, tomorrow.weekday());
        }
    }
}
