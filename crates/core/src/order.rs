//! What an order costs (requirement OR-02), in whole minor units of its one currency.
//!
//! ```text
//! line     = quantity × unit price, less the line's discount
//! subtotal = all lines
//! total    = subtotal − discount + shipping
//! ```
//!
//! Each product and each percentage is rounded by itself, half away from zero, so the lines on
//! paper add up. No amount is above [`Amount::MAX`], none below zero, and no discount is more than
//! what it is on: what breaks this is refused, never trimmed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::codes;

/// Money in minor units of the order's currency: cents, or whole đồng.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Amount(pub i64);

impl Amount {
    /// The largest amount in an order: what JavaScript still counts exactly, 2⁵³ − 1.
    pub const MAX: Self = Self(9_007_199_254_740_991);
}

/// How much of a product, in thousandths: 1500 is one and a half.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Quantity(pub i64);

/// What is taken off a line or an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Discount {
    /// Minor units.
    Amount(Amount),
    /// Hundredths of a percent: 1250 is 12.5 %.
    Percent(i64),
}

/// What the rules need to know of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub quantity: Quantity,
    pub unit_price: Amount,
    pub discount: Option<Discount>,
}

/// What an order comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Each line after its discount, in the order of the lines.
    pub lines: Vec<Amount>,
    pub subtotal: Amount,
    /// What the order's own discount takes off the subtotal.
    pub discount: Amount,
    pub shipping: Amount,
    pub total: Amount,
}

codes! {
    /// What a stage means for the sale.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    StageKind {
        Open = "OPEN",
        Won = "WON",
        Lost = "LOST",
    }
}

/// An ISO 4217 code: three capital letters. The screen knows how many digits its minor unit has
/// (đồng: none); sums do not depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    pub const VND: Self = Self(*b"VND");
}

impl FromStr for Currency {
    type Err = Refused;

    fn from_str(text: &str) -> Result<Self, Refused> {
        <[u8; 3]>::try_from(text.as_bytes())
            .ok()
            .filter(|code| code.iter().all(u8::is_ascii_uppercase))
            .map(Self)
            .ok_or(Refused::NoCurrency)
    }
}

impl TryFrom<String> for Currency {
    type Error = Refused;

    fn try_from(text: String) -> Result<Self, Refused> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.to_string()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|&letter| write!(f, "{}", char::from(letter)))
    }
}

/// The place of an order that is wrong. Lines are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    Quantity(usize),
    UnitPrice(usize),
    LineDiscount(usize),
    /// Quantity × unit price.
    LineTotal(usize),
    Subtotal,
    Discount,
    Shipping,
    Total,
}

impl Field {
    /// The field's name for the screen.
    pub fn code(self) -> &'static str {
        match self {
            Self::Quantity(_) => "quantity",
            Self::UnitPrice(_) => "unit_price",
            Self::LineDiscount(_) => "line_discount",
            Self::LineTotal(_) => "line_total",
            Self::Subtotal => "subtotal",
            Self::Discount => "discount",
            Self::Shipping => "shipping",
            Self::Total => "total",
        }
    }

    /// The line it stands in, from 0.
    pub fn line(self) -> Option<usize> {
        match self {
            Self::Quantity(line)
            | Self::UnitPrice(line)
            | Self::LineDiscount(line)
            | Self::LineTotal(line) => Some(line),
            Self::Subtotal | Self::Discount | Self::Shipping | Self::Total => None,
        }
    }
}

/// Why an order has no total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("Below zero: {}", .0.code())]
    Negative(Field),
    /// Above [`Amount::MAX`].
    #[error("Too large: {}", .0.code())]
    TooLarge(Field),
    /// The discount is more than what it is on.
    #[error("More than what it is on: {}", .0.code())]
    DiscountTooLarge(Field),
    /// The text is no three capital letters.
    #[error("No currency code")]
    NoCurrency,
}

impl Refused {
    /// The stable code that selects the sentence on screen.
    pub fn code(self) -> &'static str {
        match self {
            Self::Negative(_) => "order_negative",
            Self::TooLarge(_) => "order_too_large",
            Self::DiscountTooLarge(_) => "order_discount_too_large",
            Self::NoCurrency => "order_no_currency",
        }
    }

    /// The field to mark, where one is wrong.
    pub fn field(self) -> Option<Field> {
        match self {
            Self::Negative(field) | Self::TooLarge(field) | Self::DiscountTooLarge(field) => {
                Some(field)
            }
            Self::NoCurrency => None,
        }
    }
}

/// Adds an order up.
pub fn totals(
    lines: &[Line],
    discount: Option<Discount>,
    shipping: Amount,
) -> Result<Totals, Refused> {
    let shipping = checked(shipping.0.into(), Field::Shipping)?;
    let lines = lines
        .iter()
        .enumerate()
        .map(|(index, line)| line_total(line, index))
        .collect::<Result<Vec<_>, _>>()?;
    let sum = lines.iter().map(|line| i128::from(line.0)).sum();
    let subtotal = checked(sum, Field::Subtotal)?;
    let discount = taken_off(discount, subtotal, Field::Discount)?;
    let total = i128::from(subtotal.0) - i128::from(discount.0) + i128::from(shipping.0);
    Ok(Totals {
        lines,
        subtotal,
        discount,
        shipping,
        total: checked(total, Field::Total)?,
    })
}

/// One line after its discount.
fn line_total(line: &Line, index: usize) -> Result<Amount, Refused> {
    let quantity = checked(line.quantity.0.into(), Field::Quantity(index))?;
    let price = checked(line.unit_price.0.into(), Field::UnitPrice(index))?;
    let product = i128::from(quantity.0) * i128::from(price.0);
    let full = checked(rounded(product, 1_000), Field::LineTotal(index))?;
    let discount = taken_off(line.discount, full, Field::LineDiscount(index))?;
    Ok(Amount(full.0 - discount.0))
}

/// What a discount comes to.
fn taken_off(discount: Option<Discount>, from: Amount, field: Field) -> Result<Amount, Refused> {
    let amount = match discount {
        None => 0,
        Some(Discount::Amount(amount)) => i128::from(amount.0),
        Some(Discount::Percent(percent)) if percent > WHOLE => {
            return Err(Refused::DiscountTooLarge(field));
        }
        Some(Discount::Percent(percent)) if percent < 0 => return Err(Refused::Negative(field)),
        Some(Discount::Percent(percent)) => {
            rounded(i128::from(from.0) * i128::from(percent), WHOLE.into())
        }
    };
    match checked(amount, field)? {
        amount if amount > from => Err(Refused::DiscountTooLarge(field)),
        amount => Ok(amount),
    }
}

/// 100 % in hundredths of a percent.
const WHOLE: i64 = 10_000;

/// A quotient of what is not below zero, half up.
fn rounded(dividend: i128, divisor: i128) -> i128 {
    (dividend + divisor / 2) / divisor
}

/// Within what an order may hold.
fn checked(value: i128, field: Field) -> Result<Amount, Refused> {
    match i64::try_from(value) {
        _ if value < 0 => Err(Refused::Negative(field)),
        Ok(value) if value <= Amount::MAX.0 => Ok(Amount(value)),
        Ok(_) | Err(_) => Err(Refused::TooLarge(field)),
    }
}

#[cfg(test)]
mod tests;
