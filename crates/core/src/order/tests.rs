use proptest::prelude::*;

use super::*;

fn line(quantity: i64, unit_price: i64, discount: Option<Discount>) -> Line {
    Line {
        quantity: Quantity(quantity),
        unit_price: Amount(unit_price),
        discount,
    }
}

fn percent(hundredths: i64) -> Option<Discount> {
    Some(Discount::Percent(hundredths))
}

fn amount(minor: i64) -> Option<Discount> {
    Some(Discount::Amount(Amount(minor)))
}

fn line_of(quantity: i64, unit_price: i64, discount: Option<Discount>) -> i64 {
    let lines = [line(quantity, unit_price, discount)];
    totals(&lines, None, Amount(0)).unwrap().lines[0].0
}

#[test]
fn or_02_an_order_adds_up() {
    let lines = [
        line(2_000, 150_000, percent(1_000)),
        line(1_500, 40_000, amount(5_000)),
        line(1_000, 99_000, None),
    ];
    let totals = totals(&lines, percent(500), Amount(30_000)).unwrap();
    assert_eq!(
        totals.lines,
        [Amount(270_000), Amount(55_000), Amount(99_000)]
    );
    assert_eq!(totals.subtotal, Amount(424_000));
    assert_eq!(totals.discount, Amount(21_200));
    assert_eq!(totals.shipping, Amount(30_000));
    assert_eq!(totals.total, Amount(432_800));
}

#[test]
fn halves_are_rounded_up_on_each_line() {
    assert_eq!(line_of(500, 5, None), 3);
    assert_eq!(line_of(333, 1_000, None), 333);
    assert_eq!(line_of(499, 1, None), 0);
    // Half of 5 off is 3 off.
    assert_eq!(line_of(1_000, 5, percent(5_000)), 2);
    // By line: two halves make two, not one.
    let halves = [line(500, 1, None), line(500, 1, None)];
    assert_eq!(totals(&halves, None, Amount(0)).unwrap().total, Amount(2));
}

#[test]
fn an_empty_order_costs_its_shipping() {
    let totals = totals(&[], percent(10_000), Amount(7)).unwrap();
    assert_eq!((totals.subtotal, totals.total), (Amount(0), Amount(7)));
}

#[test]
fn what_is_wrong_is_named() {
    let good = line(1_000, 100, None);
    let max = Amount::MAX.0;
    for (lines, discount, shipping, refused) in [
        (
            vec![good, line(-1, 1, None)],
            None,
            0,
            Refused::Negative(Field::Quantity(1)),
        ),
        (
            vec![line(1, -1, None)],
            None,
            0,
            Refused::Negative(Field::UnitPrice(0)),
        ),
        (
            vec![line(1, max + 1, None)],
            None,
            0,
            Refused::TooLarge(Field::UnitPrice(0)),
        ),
        (
            vec![line(i64::MAX, 1, None)],
            None,
            0,
            Refused::TooLarge(Field::Quantity(0)),
        ),
        (
            vec![line(1_001, max, None)],
            None,
            0,
            Refused::TooLarge(Field::LineTotal(0)),
        ),
        (
            vec![line(1_000, 100, amount(101))],
            None,
            0,
            Refused::DiscountTooLarge(Field::LineDiscount(0)),
        ),
        (
            vec![line(1_000, 100, amount(-1))],
            None,
            0,
            Refused::Negative(Field::LineDiscount(0)),
        ),
        (
            vec![line(1_000, 100, percent(10_001))],
            None,
            0,
            Refused::DiscountTooLarge(Field::LineDiscount(0)),
        ),
        (
            vec![line(0, 0, percent(-1))],
            None,
            0,
            Refused::Negative(Field::LineDiscount(0)),
        ),
        (
            vec![line(1_000, max, None), good],
            None,
            0,
            Refused::TooLarge(Field::Subtotal),
        ),
        (
            vec![good],
            amount(101),
            0,
            Refused::DiscountTooLarge(Field::Discount),
        ),
        (vec![good], None, -1, Refused::Negative(Field::Shipping)),
        (vec![good], None, max, Refused::TooLarge(Field::Total)),
    ] {
        assert_eq!(totals(&lines, discount, Amount(shipping)), Err(refused));
    }
}

#[test]
fn a_refusal_has_a_code_a_field_and_a_line_for_the_screen() {
    let refused = Refused::DiscountTooLarge(Field::LineDiscount(3));
    assert_eq!(refused.code(), "order_discount_too_large");
    let field = refused.field().unwrap();
    assert_eq!((field.code(), field.line()), ("line_discount", Some(3)));
    assert_eq!(Field::Shipping.line(), None);
}

#[test]
fn a_currency_is_three_capital_letters() {
    assert_eq!("VND".parse(), Ok(Currency::VND));
    assert_eq!(serde_json::to_string(&Currency::VND).unwrap(), "\"VND\"");
    assert_eq!(
        serde_json::from_str::<Currency>("\"USD\"")
            .unwrap()
            .to_string(),
        "USD"
    );
    for text in ["", "vnd", "VN", "VNDX", "đồ"] {
        assert_eq!(text.parse::<Currency>(), Err(Refused::NoCurrency), "{text}");
    }
}

#[test]
fn a_discount_travels_with_its_kind() {
    let json = r#"{"kind":"PERCENT","value":1250}"#;
    assert_eq!(
        serde_json::from_str::<Discount>(json).unwrap(),
        Discount::Percent(1_250)
    );
    let json = serde_json::to_string(&Discount::Amount(Amount(5))).unwrap();
    assert_eq!(json, r#"{"kind":"AMOUNT","value":5}"#);
}

#[test]
fn stages_have_one_spelling() {
    let codes: Vec<_> = StageKind::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(codes, ["OPEN", "WON", "LOST"]);
    assert_eq!("WON".parse(), Ok(StageKind::Won));
}

/// Discounts that fit whatever they are on, or not.
fn any_discount() -> impl Strategy<Value = Option<Discount>> {
    prop_oneof![
        Just(None),
        (-10..=10_010_i64).prop_map(percent),
        (0..2_000_i64).prop_map(amount),
        any::<i64>().prop_map(amount),
    ]
}

fn any_line() -> impl Strategy<Value = Line> {
    let usual = (0..5_000_i64, 0..100_000_i64);
    let number = prop_oneof![
        any::<i64>(),
        Just(i64::MAX),
        Just(Amount::MAX.0),
        0..2_000_i64
    ];
    let (quantity, price) = (number.clone(), number);
    prop_oneof![9 => usual, 1 => (quantity, price)].prop_flat_map(|(quantity, price)| {
        any_discount().prop_map(move |discount| line(quantity, price, discount))
    })
}

/// An order that may be refused.
fn any_order() -> impl Strategy<Value = (Vec<Line>, Option<Discount>, Amount)> {
    let shipping = prop_oneof![9 => 0..100_000_i64, 1 => any::<i64>()];
    let lines = proptest::collection::vec(any_line(), 0..6);
    (lines, any_discount(), shipping.prop_map(Amount))
}

proptest! {
    #[test]
    fn every_order_adds_up_within_bounds_or_is_refused((lines, discount, shipping) in any_order()) {
        let Ok(it) = totals(&lines, discount, shipping) else { return Ok(()) };
        let bounds = Amount(0)..=Amount::MAX;
        for amount in it.lines.iter().chain([&it.subtotal, &it.discount, &it.shipping, &it.total]) {
            prop_assert!(bounds.contains(amount));
        }
        prop_assert_eq!(it.lines.len(), lines.len());
        prop_assert_eq!(it.lines.iter().map(|line| line.0).sum::<i64>(), it.subtotal.0);
        prop_assert!(it.discount <= it.subtotal);
        prop_assert_eq!(it.total.0, it.subtotal.0 - it.discount.0 + it.shipping.0);
    }

    #[test]
    fn the_order_of_the_lines_does_not_matter(
        (lines, discount, shipping) in any_order(), turn in 0..6_usize
    ) {
        let mut others = lines.clone();
        others.rotate_left(turn.min(lines.len()));
        others.reverse();
        let (one, other) = (totals(&lines, discount, shipping), totals(&others, discount, shipping));
        prop_assert_eq!(one.map(|it| it.total).ok(), other.map(|it| it.total).ok());
    }

    #[test]
    fn removing_the_discount_never_lowers_the_total((lines, discount, shipping) in any_order()) {
        let Ok(with) = totals(&lines, discount, shipping) else { return Ok(()) };
        // Without it the total may be too large; it is not smaller.
        if let Ok(without) = totals(&lines, None, shipping) {
            prop_assert!(without.total >= with.total);
        }
    }

    #[test]
    fn a_lines_discount_lowers_that_line_only((lines, _, _) in any_order(), index in 0..6_usize) {
        let mut full = lines.clone();
        let Some(line) = full.get_mut(index) else { return Ok(()) };
        line.discount = None;
        let none = Amount(0);
        let (Ok(with), Ok(without)) = (totals(&lines, None, none), totals(&full, None, none)) else {
            return Ok(());
        };
        for (at, (less, more)) in with.lines.iter().zip(&without.lines).enumerate() {
            prop_assert!(less == more || (at == index && less < more));
        }
    }

    #[test]
    fn all_of_it_off_leaves_nothing(quantity in 0..9_999_i64, price in 0..1_000_000_i64) {
        prop_assert_eq!(line_of(quantity, price, percent(10_000)), 0);
        prop_assert_eq!(line_of(quantity, price, percent(0)), line_of(quantity, price, None));
    }
}
