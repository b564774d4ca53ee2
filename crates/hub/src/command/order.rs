//! Orders.

use std::collections::BTreeMap;

use alobar_core::order::{self as rules, Amount, Currency, StageKind};
use alobar_core::{ContactId, OrderId, OrderLineId, StageId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use utoipa::ToSchema;

use super::difference::difference;
use super::patch::object;
use super::{Doing, Done, call_id, mandatory, merge, optional};
use crate::db::Tx;
use crate::db::table::order_line::{LineFields, OrderLine};
use crate::db::table::order_stage::OrderStage;
use crate::db::table::sales_order::{self, Discount, Order};
use crate::db::table::{counter, list, search_doc};
use crate::error::Refused;
use crate::subject::{Subject, SubjectKind};

const TITLE: usize = 200;
const NAME: usize = 200;
const PHONE: usize = 64;
const ADDRESS: usize = 500;
const REMARK: usize = 10_000;
const LINES: usize = 200;
/// Before the id of a line, the name of its field in patches and in the history.
const LINE: &str = "line.";

/// OR-02. The id is made by the writer; number and totals are the hub's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CreateOrder {
    pub id: OrderId,
    /// (*) At most 200 characters.
    pub title: String,
    /// (*)
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    /// None: the first open stage.
    #[serde(default)]
    pub stage_id: Option<StageId>,
    /// The person in charge; None: the writer.
    #[serde(default)]
    pub owner_id: Option<UserId>,
    /// ISO 4217; None: VND.
    #[serde(default)]
    pub currency: Option<String>,
    #[serde(default)]
    pub discount: Option<Discount>,
    /// Minor units.
    #[serde(default)]
    pub shipping: i64,
    #[serde(default)]
    pub receiver_name: String,
    #[serde(default)]
    pub receiver_phone: String,
    #[serde(default)]
    pub receiver_address: String,
    /// At most 10,000 characters.
    #[serde(default)]
    pub remark: String,
    /// At most 200.
    #[serde(default)]
    pub lines: Vec<OrderLine>,
    /// The call it is made from.
    #[serde(default)]
    pub call_key: Option<String>,
}

/// Changes the fields that are there; `base_rev` is what the writer saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UpdateOrder {
    pub id: OrderId,
    pub base_rev: i64,
    pub fields: OrderPatch,
}

/// Absent: untouched. `null`: emptied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct OrderPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_id: Option<ContactId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_id: Option<StageId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<UserId>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::given"
    )]
    pub discount: Option<Option<Discount>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipping: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiver_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiver_phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receiver_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// OR-22: each line that is added, changed or (`null`) removed, by its id. Two people may
    /// change different lines.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub lines: BTreeMap<OrderLineId, LineChange>,
}

/// The line as it is to be; `null`: removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub struct LineChange(pub Option<LineFields>);

pub(super) async fn create(doing: &mut Doing<'_>, create: CreateOrder) -> Result<Done, Refused> {
    let contact_id = create.contact_id;
    let contact_id = contact_id.ok_or_else(|| Refused::field("field_missing", "contact_id"))?;
    let stage_id = match create.stage_id {
        Some(stage) => stage,
        None => first_stage(&mut doing.tx).await?,
    };
    let currency = create.currency.as_deref().map(str::parse::<Currency>);
    let currency = currency.unwrap_or(Ok(Currency::VND)).map_err(refused)?;
    let order = checked(Order {
        id: create.id,
        number: counter::next(&mut doing.tx, "order").await?,
        rev: 1,
        created_at: doing.now,
        updated_at: doing.now,
        created_by: doing.by.user,
        title: create.title,
        contact_id,
        stage_id,
        owner_id: create.owner_id.unwrap_or(doing.by.user),
        call_id: call_id(doing, create.call_key.as_deref(), contact_id.into()).await?,
        currency: currency.to_string(),
        discount: create.discount,
        shipping: create.shipping,
        subtotal: 0,
        total: 0,
        receiver_name: create.receiver_name,
        receiver_phone: create.receiver_phone,
        receiver_address: create.receiver_address,
        remark: create.remark,
        lines: create.lines,
    })?;
    sales_order::add(&mut doing.tx, &order).await?;
    let subject = Subject::new(SubjectKind::Order, order.id);
    search_doc::put(&mut doing.tx, subject, &order.title).await?;
    doing.log(subject, order.rev, "created", Map::new()).await?;
    Ok(done(&order))
}

pub(super) async fn update(doing: &mut Doing<'_>, update: UpdateOrder) -> Result<Done, Refused> {
    let subject = Subject::new(SubjectKind::Order, update.id);
    let old = sales_order::find(&mut doing.tx, update.id).await?;
    let old = old.ok_or(Refused::NotFound)?;
    let patch = with_line_fields(&update.fields, &update.fields.lines)?;
    let fields = line_by_line(&old)?;
    let patched = merge(&mut doing.tx, subject, &fields, update.base_rev, &patch).await?;
    let mut order = checked(assembled(patched.new)?)?;
    let changed = difference(&fields, &line_by_line(&order)?)?;
    if changed.is_empty() {
        return Ok(done(&old));
    }
    order.rev = old.rev + 1;
    order.updated_at = doing.now;
    sales_order::change(&mut doing.tx, &order).await?;
    if order.title != old.title {
        search_doc::put(&mut doing.tx, subject, &order.title).await?;
    }
    doing.log(subject, order.rev, "changed", changed).await?;
    Ok(done(&order))
}

/// Orders begin in the first stage that is open.
async fn first_stage(tx: &mut Tx) -> Result<StageId, Refused> {
    let stages: Vec<OrderStage> = list::all(tx).await?;
    let first = stages
        .iter()
        .find(|stage| stage.active && stage.kind == StageKind::Open);
    first
        .map(|stage| stage.id)
        .ok_or_else(|| Refused::field("field_missing", "stage_id"))
}

/// The order with each line as a field of its own, so that people can change different lines.
fn line_by_line(order: &Order) -> Result<Map<String, Json>, Refused> {
    let lines = order.lines.iter().map(|line| (line.id, &line.fields));
    with_line_fields(order, lines)
}

fn with_line_fields<L: Serialize>(
    of: &impl Serialize,
    lines: impl IntoIterator<Item = (impl std::borrow::Borrow<OrderLineId>, L)>,
) -> Result<Map<String, Json>, Refused> {
    let mut fields = object(of)?;
    fields.remove("lines");
    for (id, line) in lines {
        let line = serde_json::to_value(line).map_err(bug)?;
        fields.insert(format!("{LINE}{}", id.borrow()), line);
    }
    Ok(fields)
}

/// The way back.
fn assembled(mut fields: Map<String, Json>) -> Result<Order, Refused> {
    let names = fields.keys().filter(|name| name.starts_with(LINE));
    let names: Vec<String> = names.cloned().collect();
    let mut lines = Vec::with_capacity(names.len());
    for name in names {
        let line: Option<LineFields> =
            serde_json::from_value(fields.remove(&name).unwrap_or_default()).map_err(bug)?;
        let id = name[LINE.len()..].parse().map_err(bug)?;
        lines.extend(line.map(|fields| OrderLine {
            id,
            fields,
            total: 0,
        }));
    }
    fields.insert("lines".to_owned(), Json::Array(Vec::new()));
    let mut order: Order = serde_json::from_value(Json::Object(fields)).map_err(bug)?;
    order.lines = lines;
    Ok(order)
}

fn bug(error: impl std::fmt::Display) -> Refused {
    Refused::Bug(error.to_string())
}

/// With its fields as they are kept, and added up.
fn checked(mut order: Order) -> Result<Order, Refused> {
    order.title = mandatory(&order.title, "title", TITLE)?;
    order.receiver_name = optional(&order.receiver_name, "receiver_name", NAME)?;
    order.receiver_phone = optional(&order.receiver_phone, "receiver_phone", PHONE)?;
    order.receiver_address = optional(&order.receiver_address, "receiver_address", ADDRESS)?;
    order.remark = optional(&order.remark, "remark", REMARK)?;
    if order.lines.len() > LINES {
        return Err(Refused::field("too_many", "lines"));
    }
    for line in &mut order.lines {
        line.fields.name = mandatory(&line.fields.name, "line_name", NAME)?;
        if line.fields.quantity == 0 {
            return Err(Refused::field("field_missing", "quantity"));
        }
    }
    order
        .lines
        .sort_by_key(|line| (line.fields.position, line.id));
    let lines: Vec<rules::Line> = order.lines.iter().map(Into::into).collect();
    let discount = order.discount.map(Into::into);
    let totals = rules::totals(&lines, discount, Amount(order.shipping)).map_err(refused)?;
    for (line, total) in order.lines.iter_mut().zip(&totals.lines) {
        line.total = total.0;
    }
    order.subtotal = totals.subtotal.0;
    order.total = totals.total.0;
    Ok(order)
}

fn refused(why: rules::Refused) -> Refused {
    let mut params = Vec::new();
    if let Some(field) = why.field() {
        params.push(("field", field.code().to_owned()));
        params.extend(field.line().map(|line| ("line", line.to_string())));
    }
    Refused::Rejected {
        code: why.code(),
        params,
    }
}

fn done(order: &Order) -> Done {
    Done {
        number: Some(order.number),
        ..Done::new(Subject::new(SubjectKind::Order, order.id), order.rev)
    }
}
