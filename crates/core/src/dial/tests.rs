use super::{DialError, DialFormat, Dialable, digits_reversed, display_number};
use crate::pii::Pii;

fn parse(text: &str) -> Result<Dialable, DialError> {
    text.parse()
}

fn e164(text: &str) -> Result<Dialable, DialError> {
    Ok(Dialable::E164(Pii::new(text.to_owned())))
}

#[test]
fn every_spelling_of_a_mobile_is_one_number() {
    for text in [
        "0987654321",
        "0987 654 321",
        "0987.654.321",
        "0987-654-321",
        "0987/654/321",
        "+84 987 654 321",
        "84 987 654 321",
        "0987\u{a0}654\u{a0}321",
        "  0987654321\n",
        "+84987654321",
        "84987654321",
        "(+84) 987-654-321",
        "+84 (0) 987 654 321",
        "+84 0987 654 321",
        "0084987654321",
        "tel:+84987654321",
        "TEL:0987-654-321",
        "sip:0987654321",
        "\u{202a}+84 987 654 321\u{202c}",
        "987654321",
    ] {
        assert_eq!(parse(text), e164("+84987654321"), "{text:?}");
    }
}

#[test]
fn landlines_and_foreign_numbers_are_e164() {
    assert_eq!(parse("024 7300 0000"), e164("+842473000000"));
    assert_eq!(parse("2473000000"), e164("+842473000000"));
    assert_eq!(parse("+1 (415) 555-0100"), e164("+14155550100"));
    assert_eq!(parse("001 415 555 0100"), e164("+14155550100"));
    assert_eq!(parse("+44 (0)20 7946 0000"), e164("+442079460000"));
}

/// beyond B3: old eleven-digit mobiles.
#[test]
fn an_eleven_digit_mobile_is_its_number_of_today() {
    for (old, today) in [
        ("0120", "070"),
        ("0121", "079"),
        ("0122", "077"),
        ("0123", "083"),
        ("0124", "084"),
        ("0125", "085"),
        ("0126", "076"),
        ("0127", "081"),
        ("0128", "078"),
        ("0129", "082"),
        ("0162", "032"),
        ("0163", "033"),
        ("0164", "034"),
        ("0165", "035"),
        ("0166", "036"),
        ("0167", "037"),
        ("0168", "038"),
        ("0169", "039"),
        ("0186", "056"),
        ("0188", "058"),
        ("0199", "059"),
    ] {
        let number = parse(&format!("{today}1234567"));
        assert_eq!(parse(&format!("{old}1234567")), number, "{old}");
        assert_eq!(parse(&format!("{old}.123.4567")), number, "{old}");
        let abroad = format!("+84 {} 1234567", &old[1..]);
        assert_eq!(parse(&abroad), number, "{old}");
    }
    // No operator had this one; ten digits, and numbers abroad, were never changed.
    assert_eq!(parse("01601234567"), e164("+841601234567"));
    assert_eq!(parse("+84 162 123456"), e164("+84162123456"));
    assert_eq!(parse("+84 162 12345678"), Err(DialError::BadLength));
    assert_eq!(parse("0912345678"), e164("+84912345678"));
    assert_eq!(parse("+11621234567"), e164("+11621234567"));
}

#[test]
fn the_end_of_a_number_begins_its_digits_reversed() {
    let stored = digits_reversed("+84987654321");
    assert_eq!(stored, "12345678948");
    for typed in ["4321", "654 321", "7.654.321"] {
        assert!(stored.starts_with(&digits_reversed(typed)), "{typed}");
    }
    assert!(!stored.starts_with(&digits_reversed("5678")));
    assert_eq!(digits_reversed("hello"), "");
}

#[test]
fn codes_keep_the_name_of_a_queue() {
    for text in ["*47", "*45support", "*45cham-soc", "#31#", "*#06#"] {
        assert_eq!(
            parse(text),
            Ok(Dialable::Code(Pii::new(text.to_owned()))),
            "{text:?}"
        );
    }
    for text in ["*", "*support", "*45 hỗ trợ", "*45@evil", "*47*x"] {
        assert_eq!(parse(text), Err(DialError::NotANumber), "{text:?}");
    }
}

#[test]
fn extensions_have_two_to_six_digits() {
    for text in ["10", "101", "1001", "0100", "100100", "110"] {
        assert_eq!(
            parse(text),
            Ok(Dialable::Extension(Pii::new(text.to_owned()))),
            "{text:?}"
        );
    }
    assert_eq!(parse("7"), Err(DialError::BadLength));
    assert_eq!(parse("1234567"), Err(DialError::BadLength));
}

#[test]
fn public_services_are_short_numbers() {
    for (text, number) in [
        ("113", "113"),
        ("1900 0000", "19000000"),
        ("1800 1234 56", "1800123456"),
        ("1900.54.54.54", "1900545454"),
    ] {
        assert_eq!(
            parse(text),
            Ok(Dialable::Short(Pii::new(number.to_owned()))),
            "{text:?}"
        );
    }
}

#[test]
fn what_is_no_number_is_refused() {
    let long = "0".repeat(65);
    for (text, error) in [
        ("", DialError::Empty),
        ("  \u{a0} ", DialError::Empty),
        ("tel:", DialError::Empty),
        ("+", DialError::NotANumber),
        ("hello", DialError::NotANumber),
        ("1001@evil", DialError::NotANumber),
        ("sip:1001@evil.example", DialError::NotANumber),
        ("1001;x=y", DialError::NotANumber),
        ("10\r\n01", DialError::NotANumber),
        ("10\u{0}01", DialError::NotANumber),
        ("1001#", DialError::NotANumber),
        ("0987 654 3", DialError::BadLength),
        ("+849", DialError::BadLength),
        ("1234567890123456", DialError::TooLong),
        (long.as_str(), DialError::TooLong),
    ] {
        assert_eq!(parse(text), Err(error), "{text:?}");
    }
}

#[test]
fn the_account_decides_how_a_number_is_sent() {
    let mobile = parse("0987654321").unwrap();
    let foreign = parse("+14155550100").unwrap();
    for (format, home, abroad) in [
        ("national", "0987654321", "0014155550100"),
        ("+84", "+84987654321", "+14155550100"),
        ("84", "84987654321", "14155550100"),
        ("prefix:9", "90987654321", "90014155550100"),
    ] {
        let format: DialFormat = format.parse().unwrap();
        assert_eq!(format.dial_string(&mobile), home);
        assert_eq!(format.dial_string(&foreign), abroad);
        for inside in ["*45support", "1001", "113"] {
            assert_eq!(format.dial_string(&parse(inside).unwrap()), inside);
        }
    }
    for text in ["", "prefix:", "prefix:9a", "prefix:1234567", "e164"] {
        assert!(text.parse::<DialFormat>().is_err(), "{text:?}");
    }
}

#[test]
fn numbers_are_read_in_groups() {
    for (text, shown) in [
        ("84987654321", "0987 654 321"),
        ("+842473000000", "024 7300 0000"),
        ("02363822123", "0236 3822 123"),
        ("19000000", "1900 0000"),
        ("1800123456", "1800 123 456"),
        ("1001", "1001"),
        ("*45support", "*45support"),
        ("+14155550100", "+14155550100"),
        ("anonymous", "anonymous"),
    ] {
        assert_eq!(display_number(text), shown);
    }
}

/// Requirement "no number in a log": Debug of a number says nothing.
#[test]
fn a_number_does_not_show_in_debug_output() {
    assert_eq!(format!("{:?}", parse("0987654321").unwrap()), "E164(•••)");
}
