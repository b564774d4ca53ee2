//! What is sold.

use alobar_core::ProductId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::list::{Listed, columns};

/// Something sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Product {
    pub id: ProductId,
    #[serde(default)]
    #[schema(required = true)]
    pub rev: i64,
    /// Made by the hub.
    #[serde(default)]
    #[schema(required = true)]
    pub position: i64,
    pub active: bool,
    /// (*) At most 50 characters; no other product has it.
    pub sku: String,
    /// (*) At most 200 characters.
    pub name: String,
    /// What one is: a piece, a box. At most 30 characters.
    pub unit: String,
    /// Of one, in minor units.
    pub price: i64,
}

impl Listed for Product {
    const ALL: &'static str = "
        SELECT id, rev, position, active, sku, name, unit, price
        FROM product ORDER BY position, id";
    const FIND: &'static str = "
        SELECT id, rev, position, active, sku, name, unit, price FROM product WHERE id = $1";
    const PUT: &'static str = "
        INSERT INTO product (id, rev, position, active, sku, name, unit, price)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, position = excluded.position,
            active = excluded.active, sku = excluded.sku, name = excluded.name,
            unit = excluded.unit, price = excluded.price";

    columns!(id, rev, position, active, sku, name, unit, price);
}
