//! Customers.

use alobar_core::{ContactId, Dialable, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Map;
use utoipa::ToSchema;

use super::{Doing, Done, mandatory, merge, optional};
use crate::db::Tx;
use crate::db::table::contact::{self, Contact, ContactKind, ContactPoint, PointKind};
use crate::db::table::search_doc;
use crate::error::Refused;
use crate::subject::{Subject, SubjectKind};

const NAME: usize = 200;
const ADDRESS: usize = 500;
const POINT: usize = 200;
const POINTS: usize = 20;

/// CP-18: a new customer. The id is made by the writer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CreateContact {
    pub id: ContactId,
    #[serde(flatten)]
    pub fields: ContactFields,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactFields {
    pub kind: ContactKind,
    /// (*) At most 200 characters.
    pub name: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub account_id: Option<ContactId>,
    #[serde(default)]
    pub owner_id: Option<UserId>,
    #[serde(default)]
    pub points: Vec<ContactPoint>,
}

/// Changes the fields that are there; `base_rev` is what the writer saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UpdateContact {
    pub id: ContactId,
    pub base_rev: i64,
    pub fields: ContactPatch,
}

/// Absent: untouched. `null`: emptied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ContactPatch {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ContactKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::given"
    )]
    pub account_id: Option<Option<ContactId>>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        deserialize_with = "super::given"
    )]
    pub owner_id: Option<Option<UserId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<Vec<ContactPoint>>,
}

pub(super) async fn create(doing: &mut Doing<'_>, create: CreateContact) -> Result<Done, Refused> {
    let CreateContact { id, fields } = create;
    let contact = checked(Contact {
        id,
        rev: 1,
        created_at: doing.now,
        updated_at: doing.now,
        kind: fields.kind,
        name: fields.name,
        address: fields.address,
        account_id: fields.account_id,
        owner_id: fields.owner_id.or(Some(doing.by.user)),
        points: fields.points,
    })?;
    contact::add(&mut doing.tx, &contact, doing.by.user).await?;
    settle(doing, &contact, "created", Map::new()).await
}

pub(super) async fn update(doing: &mut Doing<'_>, update: UpdateContact) -> Result<Done, Refused> {
    let subject = Subject::new(SubjectKind::Contact, update.id);
    let old = contact::find(&mut doing.tx, update.id).await?;
    let old = old.ok_or(Refused::NotFound)?;
    let mut fields = update.fields;
    if let Some(points) = fields.points.take() {
        fields.points = Some(keyed(points)?);
    }
    let patched = merge(&mut doing.tx, subject, &old, update.base_rev, &fields).await?;
    if patched.changed.is_empty() {
        return Ok(Done::new(subject, old.rev));
    }
    let contact = checked(Contact {
        rev: old.rev + 1,
        updated_at: doing.now,
        ..patched.new
    })?;
    contact::change(&mut doing.tx, &contact).await?;
    settle(doing, &contact, "changed", patched.changed).await
}

async fn settle(
    doing: &mut Doing<'_>,
    contact: &Contact,
    op: &'static str,
    changed: Map<String, serde_json::Value>,
) -> Result<Done, Refused> {
    let subject = Subject::new(SubjectKind::Contact, contact.id);
    index(&mut doing.tx, contact).await?;
    doing.log(subject, contact.rev, op, changed).await?;
    Ok(Done::new(subject, contact.rev))
}

async fn index(tx: &mut Tx, contact: &Contact) -> Result<(), Refused> {
    let emails = contact.points.iter().filter(|p| p.kind == PointKind::Email);
    let mut text = contact.name.clone();
    for email in emails {
        text.push(' ');
        text.push_str(&email.value);
    }
    let subject = Subject::new(SubjectKind::Contact, contact.id);
    Ok(search_doc::put(tx, subject, &text).await?)
}

fn checked(contact: Contact) -> Result<Contact, Refused> {
    Ok(Contact {
        name: mandatory(&contact.name, "name", NAME)?,
        address: optional(&contact.address, "address", ADDRESS)?,
        points: keyed(contact.points)?,
        ..contact
    })
}

/// Gives each point what it is compared by. What is no public number (an extension) is kept as it
/// would be dialled; what cannot be dialled is refused.
fn keyed(points: Vec<ContactPoint>) -> Result<Vec<ContactPoint>, Refused> {
    if points.len() > POINTS {
        return Err(Refused::field("too_many", "points"));
    }
    points.into_iter().map(key).collect()
}

fn key(point: ContactPoint) -> Result<ContactPoint, Refused> {
    let (field, value) = match point.kind {
        PointKind::Phone => ("phone", mandatory(&point.value, "phone", POINT)?),
        PointKind::Email => ("email", mandatory(&point.value, "email", POINT)?),
    };
    let key = match point.kind {
        PointKind::Phone => {
            let number: Dialable = value
                .parse()
                .map_err(|_| Refused::field("field_malformed", field))?;
            number.as_text().reveal().clone()
        }
        PointKind::Email if is_address(&value) => value.to_lowercase(),
        PointKind::Email => return Err(Refused::field("field_malformed", field)),
    };
    Ok(ContactPoint {
        value,
        key,
        ..point
    })
}

/// Something, an @, something with a dot: whether mail arrives is found out by sending.
fn is_address(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(who, host)| !who.is_empty() && host.contains('.') && !host.contains(' '))
}
