//! Orders: what customers buy. Their lines are in `order_line`.

use alobar_core::order::{Amount, Discount as Rule};
use alobar_core::{ContactId, OrderId, StageId, UserId, codes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::headline::{self, Headline};
use super::order_line::{self, OrderLine};
use crate::db::{DbError, Row, Tx, Value, from_row, stored_as_text};

macro_rules! columns {
    () => {
        "id, number, rev, created_at, updated_at, created_by, title, contact_id, stage_id, owner_id,
        call_id, currency, discount_kind, discount, shipping, subtotal, total, receiver_name,
        receiver_phone, receiver_address, remark"
    };
}

const ADD: &str = concat!(
    "INSERT INTO sales_order (",
    columns!(),
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        $19, $20, $21)"
);
const CHANGE: &str = "
    UPDATE sales_order SET rev = $2, updated_at = $3, title = $4, contact_id = $5, stage_id = $6,
        owner_id = $7, discount_kind = $8, discount = $9, shipping = $10, subtotal = $11,
        total = $12, receiver_name = $13, receiver_phone = $14, receiver_address = $15,
        remark = $16
    WHERE id = $1";
const FIND: &str = concat!("SELECT ", columns!(), " FROM sales_order WHERE id = $1");
const BY_NUMBER: &str = concat!("SELECT ", columns!(), " FROM sales_order WHERE number = $1");

/// The list in one scope, which an index answers; the rest is looked at row by row.
macro_rules! list {
    ($scope:literal) => {
        concat!(
            "SELECT sales_order.id, sales_order.number, sales_order.rev, sales_order.created_at,
                sales_order.updated_at, sales_order.title, sales_order.contact_id, contact.name,
                sales_order.stage_id, sales_order.owner_id, sales_order.currency,
                sales_order.total
            FROM sales_order LEFT JOIN contact ON contact.id = sales_order.contact_id WHERE ",
            $scope,
            " AND (sales_order.stage_id = $3 OR $3 IS NULL)
            AND (sales_order.created_at, sales_order.id) < ($4, $5)
            ORDER BY sales_order.created_at DESC, sales_order.id DESC LIMIT $6"
        )
    };
}

const ALL: &str = list!(
    "(sales_order.owner_id = $1 OR $1 IS NULL) AND (sales_order.contact_id = $2 OR $2 IS NULL)"
);
const OF_OWNER: &str =
    list!("sales_order.owner_id = $1 AND (sales_order.contact_id = $2 OR $2 IS NULL)");
const OF_CONTACT: &str =
    list!("(sales_order.owner_id = $1 OR $1 IS NULL) AND sales_order.contact_id = $2");
const HEADLINES: &str = "
    SELECT sales_order.id, sales_order.title, COALESCE(contact.name, ''), sales_order.number
    FROM sales_order LEFT JOIN contact ON contact.id = sales_order.contact_id
    WHERE sales_order.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

codes! {
    /// How a discount is counted.
    #[derive(ToSchema)]
    DiscountKind {
        /// Minor units.
        Amount = "AMOUNT",
        /// Hundredths of a percent: 1250 is 12.5 %.
        Percent = "PERCENT",
    }
}

stored_as_text!(DiscountKind);

/// What is taken off a line or an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Discount {
    pub kind: DiscountKind,
    pub value: i64,
}

impl Discount {
    pub(super) fn read(row: &mut Row) -> Result<Option<Self>, DbError> {
        let (kind, value): (Option<DiscountKind>, i64) = (row.next()?, row.next()?);
        Ok(kind.map(|kind| Self { kind, value }))
    }
}

impl From<Discount> for Rule {
    fn from(discount: Discount) -> Self {
        match discount.kind {
            DiscountKind::Amount => Self::Amount(Amount(discount.value)),
            DiscountKind::Percent => Self::Percent(discount.value),
        }
    }
}

/// What a customer buys. Money is minor units of its currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Order {
    pub id: OrderId,
    /// What people say.
    pub number: i64,
    pub rev: i64,
    /// Epoch milliseconds, as all times here.
    pub created_at: i64,
    pub updated_at: i64,
    pub created_by: UserId,
    pub title: String,
    pub contact_id: ContactId,
    pub stage_id: StageId,
    /// The person in charge.
    pub owner_id: UserId,
    /// The call it was made from.
    pub call_id: Option<Uuid>,
    /// ISO 4217.
    pub currency: String,
    pub discount: Option<Discount>,
    pub shipping: i64,
    /// All lines.
    pub subtotal: i64,
    /// Less the discount, with the shipping.
    pub total: i64,
    pub receiver_name: String,
    pub receiver_phone: String,
    pub receiver_address: String,
    pub remark: String,
    /// By their position.
    pub lines: Vec<OrderLine>,
}

impl Order {
    fn read(mut row: Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.next()?,
            number: row.next()?,
            rev: row.next()?,
            created_at: row.next()?,
            updated_at: row.next()?,
            created_by: row.next()?,
            title: row.next()?,
            contact_id: row.next()?,
            stage_id: row.next()?,
            owner_id: row.next()?,
            call_id: row.next()?,
            currency: row.next()?,
            discount: Discount::read(&mut row)?,
            shipping: row.next()?,
            subtotal: row.next()?,
            total: row.next()?,
            receiver_name: row.next()?,
            receiver_phone: row.next()?,
            receiver_address: row.next()?,
            remark: row.next()?,
            lines: Vec::new(),
        })
    }
}

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: i64,
    pub rev: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub title: String,
    pub contact_id: ContactId,
    pub contact_name: String,
    pub stage_id: StageId,
    pub owner_id: UserId,
    pub currency: String,
    pub total: i64,
}

impl OrderRow {
    fn read(mut row: Row) -> Result<Self, DbError> {
        from_row!(row; id, number, rev, created_at, updated_at, title, contact_id, contact_name, stage_id, owner_id, currency, total)
    }
}

/// Which orders; what is None is not looked at.
#[derive(Debug, Clone, Default)]
pub(crate) struct OrderFilter {
    pub(crate) owner: Option<UserId>,
    pub(crate) contact: Option<ContactId>,
    pub(crate) stage: Option<StageId>,
}

pub(crate) async fn add(tx: &mut Tx, it: &Order) -> Result<(), DbError> {
    let values = [
        it.id.into(),
        it.number.into(),
        it.rev.into(),
        it.created_at.into(),
        it.updated_at.into(),
        it.created_by.into(),
        it.title.as_str().into(),
        it.contact_id.into(),
        it.stage_id.into(),
        it.owner_id.into(),
        it.call_id.into(),
        it.currency.as_str().into(),
        it.discount.map(|discount| discount.kind).into(),
        it.discount.map_or(0, |discount| discount.value).into(),
        it.shipping.into(),
        it.subtotal.into(),
        it.total.into(),
        it.receiver_name.as_str().into(),
        it.receiver_phone.as_str().into(),
        it.receiver_address.as_str().into(),
        it.remark.as_str().into(),
    ];
    tx.run(ADD, values).await?;
    order_line::put_all(tx, it.id, &it.lines).await
}

/// The currency stays: every amount is in it.
pub(crate) async fn change(tx: &mut Tx, it: &Order) -> Result<(), DbError> {
    let values = [
        it.id.into(),
        it.rev.into(),
        it.updated_at.into(),
        it.title.as_str().into(),
        it.contact_id.into(),
        it.stage_id.into(),
        it.owner_id.into(),
        it.discount.map(|discount| discount.kind).into(),
        it.discount.map_or(0, |discount| discount.value).into(),
        it.shipping.into(),
        it.subtotal.into(),
        it.total.into(),
        it.receiver_name.as_str().into(),
        it.receiver_phone.as_str().into(),
        it.receiver_address.as_str().into(),
        it.remark.as_str().into(),
    ];
    tx.run(CHANGE, values).await?;
    order_line::put_all(tx, it.id, &it.lines).await
}

async fn with_lines(tx: &mut Tx, row: Option<Row>) -> Result<Option<Order>, DbError> {
    let Some(row) = row else {
        return Ok(None);
    };
    let mut order = Order::read(row)?;
    order.lines = order_line::of_order(tx, order.id).await?;
    Ok(Some(order))
}

pub(crate) async fn find(tx: &mut Tx, id: OrderId) -> Result<Option<Order>, DbError> {
    let row = tx.row(FIND, [id.into()]).await?;
    with_lines(tx, row).await
}

pub(crate) async fn by_number(tx: &mut Tx, number: i64) -> Result<Option<Order>, DbError> {
    let row = tx.row(BY_NUMBER, [number.into()]).await?;
    with_lines(tx, row).await
}

/// Newest first (OR-09), after the one that `before` names by its making and id.
pub(crate) async fn list(
    tx: &mut Tx,
    filter: &OrderFilter,
    before: (i64, Uuid),
    limit: i64,
) -> Result<Vec<OrderRow>, DbError> {
    let sql = match (filter.contact, filter.owner) {
        (Some(_), _) => OF_CONTACT,
        (None, Some(_)) => OF_OWNER,
        (None, None) => ALL,
    };
    let values: [Value; 6] = [
        filter.owner.into(),
        filter.contact.into(),
        filter.stage.into(),
        before.0.into(),
        before.1.into(),
        limit.into(),
    ];
    let rows = tx.rows(sql, values).await?;
    rows.into_iter().map(OrderRow::read).collect()
}

/// What they are called, in any order.
pub(crate) async fn headlines(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<Headline>, DbError> {
    headline::read(tx, HEADLINES, ids).await
}
