//! The lines of orders (OR-22).

use alobar_core::order::{Amount, Line, Quantity};
use alobar_core::{OrderId, OrderLineId, ProductId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sales_order::Discount;
use crate::db::{DbError, Row, Tx};

const OF_ORDER: &str = "
    SELECT id, position, product_id, name, quantity, unit_price, discount_kind, discount, total
    FROM order_line WHERE order_id = $1 ORDER BY position, id";
const CLEAR: &str = "DELETE FROM order_line WHERE order_id = $1";
const ADD: &str = "
    INSERT INTO order_line (order_id, id, position, product_id, name, quantity, unit_price,
        discount_kind, discount, total)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// How much of what. Money is minor units of the order's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderLine {
    /// Made by the writer.
    pub id: OrderLineId,
    #[serde(flatten)]
    pub fields: LineFields,
    /// After its discount. Made by the hub.
    #[serde(default)]
    pub total: i64,
}

/// What people write of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineFields {
    /// Among the lines.
    #[serde(default)]
    pub position: i64,
    /// None: something that is not in the list of products.
    #[serde(default)]
    pub product_id: Option<ProductId>,
    /// (*) At most 200 characters.
    pub name: String,
    /// (*) Thousandths: 1500 is one and a half.
    pub quantity: i64,
    pub unit_price: i64,
    #[serde(default)]
    pub discount: Option<Discount>,
}

impl From<&OrderLine> for Line {
    fn from(line: &OrderLine) -> Self {
        Self {
            quantity: Quantity(line.fields.quantity),
            unit_price: Amount(line.fields.unit_price),
            discount: line.fields.discount.map(Into::into),
        }
    }
}

impl OrderLine {
    fn read(mut row: Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.next()?,
            fields: LineFields {
                position: row.next()?,
                product_id: row.next()?,
                name: row.next()?,
                quantity: row.next()?,
                unit_price: row.next()?,
                discount: Discount::read(&mut row)?,
            },
            total: row.next()?,
        })
    }
}

pub(super) async fn of_order(tx: &mut Tx, order: OrderId) -> Result<Vec<OrderLine>, DbError> {
    let rows = tx.rows(OF_ORDER, [order.into()]).await?;
    rows.into_iter().map(OrderLine::read).collect()
}

/// These lines in the place of those that are there.
pub(super) async fn put_all(
    tx: &mut Tx,
    order: OrderId,
    lines: &[OrderLine],
) -> Result<(), DbError> {
    tx.run(CLEAR, [order.into()]).await?;
    for line in lines {
        let fields = &line.fields;
        let values = [
            order.into(),
            line.id.into(),
            fields.position.into(),
            fields.product_id.into(),
            fields.name.as_str().into(),
            fields.quantity.into(),
            fields.unit_price.into(),
            fields.discount.map(|discount| discount.kind).into(),
            fields.discount.map_or(0, |discount| discount.value).into(),
            line.total.into(),
        ];
        tx.run(ADD, values).await?;
    }
    Ok(())
}
