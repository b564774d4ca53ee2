//! Customers: a lead, a contact or an account (CP-11), and the numbers and addresses they have.

use alobar_core::{ContactId, UserId, codes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::headline::{self, Headline};
use crate::db::{DbError, Row, Tx, stored_as_text};

const ADD: &str = "
    INSERT INTO contact (id, rev, created_at, updated_at, created_by, kind, name, address,
        account_id, owner_id)
    VALUES ($1, 1, $2, $2, $3, $4, $5, $6, $7, $8)";
const CHANGE: &str = "
    UPDATE contact SET rev = $2, updated_at = $3, kind = $4, name = $5, address = $6,
        account_id = $7, owner_id = $8
    WHERE id = $1";
const FIND: &str = "
    SELECT id, rev, created_at, updated_at, kind, name, address, account_id, owner_id
    FROM contact WHERE id = $1";
const BY_POINT: &str = "
    SELECT id, rev, created_at, updated_at, kind, name, address, account_id, owner_id
    FROM contact WHERE id IN
        (SELECT contact_id FROM contact_point WHERE kind = $1 AND value_key = $2)
    ORDER BY updated_at DESC, id LIMIT $3";
const NEWEST: &str = "
    SELECT id, rev, created_at, updated_at, kind, name, address, account_id, owner_id
    FROM contact WHERE (updated_at, id) < ($1, $2) ORDER BY updated_at DESC, id DESC LIMIT $3";
const POINTS: &str = "
    SELECT kind, value, value_key FROM contact_point WHERE contact_id = $1 ORDER BY position";
const CLEAR_POINTS: &str = "DELETE FROM contact_point WHERE contact_id = $1";
const ADD_POINT: &str = "
    INSERT INTO contact_point (contact_id, position, kind, value, value_key, digits_reversed)
    VALUES ($1, $2, $3, $4, $5, $6)";
const BY_LAST_DIGITS: &str = "
    SELECT DISTINCT contact_id FROM contact_point
    WHERE digits_reversed >= $1 AND digits_reversed < $2 LIMIT $3";
const HEADLINES: &str = "
    SELECT contact.id, contact.name, COALESCE((SELECT value FROM contact_point
        WHERE contact_id = contact.id ORDER BY position LIMIT 1), ''), NULL
    FROM contact
    WHERE contact.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

codes! {
    /// CP-11.
    #[derive(ToSchema)]
    ContactKind {
        Lead = "lead",
        Contact = "contact",
        Account = "account",
    }
}

codes! {
    /// How a customer is reached.
    #[derive(ToSchema)]
    PointKind {
        Phone = "phone",
        Email = "email",
    }
}

stored_as_text!(ContactKind, PointKind);

/// A number or an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactPoint {
    pub kind: PointKind,
    /// As it was written.
    pub value: String,
    /// E.164, or lower case: what is compared and dialled. Made by the hub.
    #[serde(default)]
    pub key: String,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    pub id: ContactId,
    pub rev: i64,
    /// Epoch milliseconds.
    pub created_at: i64,
    pub updated_at: i64,
    pub kind: ContactKind,
    pub name: String,
    pub address: String,
    /// The business this person belongs to.
    pub account_id: Option<ContactId>,
    pub owner_id: Option<UserId>,
    /// The first of a kind is the one to use.
    pub points: Vec<ContactPoint>,
}

impl Contact {
    fn read(mut row: Row) -> Result<Self, DbError> {
        Ok(Self {
            id: row.next()?,
            rev: row.next()?,
            created_at: row.next()?,
            updated_at: row.next()?,
            kind: row.next()?,
            name: row.next()?,
            address: row.next()?,
            account_id: row.next()?,
            owner_id: row.next()?,
            points: Vec::new(),
        })
    }
}

async fn with_points(tx: &mut Tx, rows: Vec<Row>) -> Result<Vec<Contact>, DbError> {
    let mut contacts = Vec::with_capacity(rows.len());
    for row in rows {
        let mut contact = Contact::read(row)?;
        for mut row in tx.rows(POINTS, [contact.id.into()]).await? {
            contact.points.push(ContactPoint {
                kind: row.next()?,
                value: row.next()?,
                key: row.next()?,
            });
        }
        contacts.push(contact);
    }
    Ok(contacts)
}

pub(crate) async fn add(tx: &mut Tx, contact: &Contact, by: UserId) -> Result<(), DbError> {
    let values = [
        contact.id.into(),
        contact.created_at.into(),
        by.into(),
        contact.kind.into(),
        contact.name.as_str().into(),
        contact.address.as_str().into(),
        contact.account_id.into(),
        contact.owner_id.into(),
    ];
    tx.run(ADD, values).await?;
    put_points(tx, contact).await
}

pub(crate) async fn change(tx: &mut Tx, contact: &Contact) -> Result<(), DbError> {
    let values = [
        contact.id.into(),
        contact.rev.into(),
        contact.updated_at.into(),
        contact.kind.into(),
        contact.name.as_str().into(),
        contact.address.as_str().into(),
        contact.account_id.into(),
        contact.owner_id.into(),
    ];
    tx.run(CHANGE, values).await?;
    tx.run(CLEAR_POINTS, [contact.id.into()]).await?;
    put_points(tx, contact).await
}

async fn put_points(tx: &mut Tx, contact: &Contact) -> Result<(), DbError> {
    for (position, point) in (0_i64..).zip(&contact.points) {
        let digits: String = point
            .key
            .chars()
            .rev()
            .filter(char::is_ascii_digit)
            .collect();
        let digits = (point.kind == PointKind::Phone).then_some(digits);
        let values = [
            contact.id.into(),
            position.into(),
            point.kind.into(),
            point.value.as_str().into(),
            point.key.as_str().into(),
            digits.into(),
        ];
        tx.run(ADD_POINT, values).await?;
    }
    Ok(())
}

pub(crate) async fn find(tx: &mut Tx, id: ContactId) -> Result<Option<Contact>, DbError> {
    let rows = tx.rows(FIND, [id.into()]).await?;
    Ok(with_points(tx, rows).await?.pop())
}

/// Those who have this number or address, the one touched last first.
pub(crate) async fn by_point(
    tx: &mut Tx,
    kind: PointKind,
    key: &str,
    limit: i64,
) -> Result<Vec<Contact>, DbError> {
    let rows = tx
        .rows(BY_POINT, [kind.into(), key.into(), limit.into()])
        .await?;
    with_points(tx, rows).await
}

/// Newest first, after the one that `before` names by its time and id.
pub(crate) async fn newest(
    tx: &mut Tx,
    before: (i64, ContactId),
    limit: i64,
) -> Result<Vec<Contact>, DbError> {
    let values = [before.0.into(), before.1.into(), limit.into()];
    let rows = tx.rows(NEWEST, values).await?;
    with_points(tx, rows).await
}

/// Those with a number that ends with `digits`.
pub(crate) async fn by_last_digits(
    tx: &mut Tx,
    digits: &str,
    limit: i64,
) -> Result<Vec<ContactId>, DbError> {
    let from: String = digits.chars().rev().collect();
    // ':' follows '9'.
    let to = format!("{from}:");
    let rows = tx
        .rows(BY_LAST_DIGITS, [from.into(), to.into(), limit.into()])
        .await?;
    rows.into_iter().map(|mut row| row.next()).collect()
}

/// What they are called, in any order.
pub(crate) async fn headlines(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<Headline>, DbError> {
    headline::read(tx, HEADLINES, ids).await
}
