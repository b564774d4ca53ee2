//! Changing the lists that people choose from.

use std::collections::HashSet;

use alobar_core::codes;
use alobar_core::order::{Amount, StageKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::command::{Doing, Done, mandatory, merge, optional};
use crate::db::table::call_type::CallType;
use crate::db::table::category::Category;
use crate::db::table::disposition::Disposition;
use crate::db::table::list::{self, Listed};
use crate::db::table::order_stage::OrderStage;
use crate::db::table::product::Product;
use crate::db::table::resolution_type::ResolutionType;
use crate::db::table::template::Template;
use crate::db::{DbError, Tx};
use crate::error::Refused;
use crate::subject::{Subject, SubjectKind};

const LABEL: usize = 100;
const TITLE: usize = 200;
const BODY: usize = 10_000;
const SKU: usize = 50;
const UNIT: usize = 30;
/// TK-22.
const LEVELS: i64 = 3;
/// The longest promise: a year, in minutes.
const LONGEST: i64 = 366 * 24 * 60;
/// Entries of one list: every desktop holds them all.
const MOST: usize = 5_000;

codes! {
    /// Which list.
    #[derive(ToSchema)]
    ListName {
        Category = "category",
        CallType = "call_type",
        Disposition = "disposition",
        ResolutionType = "resolution_type",
        Template = "template",
        Product = "product",
        OrderStage = "order_stage",
    }
}

/// An entry of a list. Its id is made by the writer. `rev` is what the writer saw, 0 for a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "list", rename_all = "snake_case")]
pub enum Entry {
    Category(Category),
    CallType(CallType),
    Disposition(Disposition),
    ResolutionType(ResolutionType),
    Template(Template),
    Product(Product),
    OrderStage(OrderStage),
}

/// What has become of an entry.
pub(super) struct Written {
    subject: Subject,
    rev: i64,
    op: &'static str,
    changed: Map<String, Json>,
}

/// Adds an entry at the end of its list, or changes it.
pub(crate) async fn put(doing: &mut Doing<'_>, entry: Entry) -> Result<Done, Refused> {
    let written = write(&mut doing.tx, entry).await?;
    let (subject, rev) = (written.subject, written.rev);
    if written.op == "created" || !written.changed.is_empty() {
        let fields = written.changed;
        doing.log(subject, rev, written.op, fields).await?;
    }
    Ok(Done::new(subject, rev))
}

pub(super) async fn write(tx: &mut Tx, entry: Entry) -> Result<Written, Refused> {
    match entry {
        Entry::Category(entry) => write_one(tx, entry).await,
        Entry::CallType(entry) => write_one(tx, entry).await,
        Entry::Disposition(entry) => write_one(tx, entry).await,
        Entry::ResolutionType(entry) => write_one(tx, entry).await,
        Entry::Template(entry) => write_one(tx, entry).await,
        Entry::Product(entry) => write_one(tx, entry).await,
        Entry::OrderStage(entry) => write_one(tx, entry).await,
    }
}

/// Puts these entries into this order, on the places that they have among the others.
pub(crate) async fn reorder(
    doing: &mut Doing<'_>,
    list: ListName,
    ids: &[Uuid],
) -> Result<(), Refused> {
    match list {
        ListName::Category => reorder_one::<Category>(doing, ids).await,
        ListName::CallType => reorder_one::<CallType>(doing, ids).await,
        ListName::Disposition => reorder_one::<Disposition>(doing, ids).await,
        ListName::ResolutionType => reorder_one::<ResolutionType>(doing, ids).await,
        ListName::Template => reorder_one::<Template>(doing, ids).await,
        ListName::Product => reorder_one::<Product>(doing, ids).await,
        ListName::OrderStage => reorder_one::<OrderStage>(doing, ids).await,
    }
}

async fn write_one<T: Rules>(tx: &mut Tx, wanted: T) -> Result<Written, Refused> {
    let mut all: Vec<T> = list::all(tx).await?;
    let wanted = wanted.checked(&all)?;
    let subject = Subject::new(SubjectKind::Admin, wanted.id());
    let at = all.iter().position(|known| known.id() == wanted.id());
    let (op, changed, entry) = match at.map(|at| all.remove(at)) {
        None if wanted.rev() > 0 => return Err(Refused::NotFound),
        None if all.len() >= MOST => return Err(Refused::field("too_many", T::NAME.as_str())),
        None => {
            let last = all.iter().map(Listed::position).max();
            let end = last.map_or(0, |last| last + 1);
            ("created", Map::new(), wanted.moved(1, end))
        }
        Some(_) if wanted.rev() == 0 => return Err(DbError::Duplicate.into()),
        Some(old) => {
            let patch = own_fields(&wanted)?;
            let changed = merge(tx, subject, &old, wanted.rev(), &patch)
                .await?
                .changed;
            let rev = old.rev() + i64::from(!changed.is_empty());
            ("changed", changed, wanted.moved(rev, old.position()))
        }
    };
    list::put(tx, &entry).await?;
    let rev = entry.rev();
    all.push(entry);
    if T::IS_NEEDED && !all.iter().any(T::is_usable) {
        return Err(Refused::field("last_one", T::NAME.as_str()));
    }
    Ok(Written {
        subject,
        rev,
        op,
        changed,
    })
}

/// What a person writes of an entry.
fn own_fields<T: Listed>(entry: &T) -> Result<Json, Refused> {
    let mut fields = serde_json::to_value(entry).map_err(|e| Refused::Bug(e.to_string()))?;
    if let Some(fields) = fields.as_object_mut() {
        fields.retain(|name, _| !["id", "rev", "position"].contains(&name.as_str()));
    }
    Ok(fields)
}

async fn reorder_one<T: Listed>(doing: &mut Doing<'_>, ids: &[Uuid]) -> Result<(), Refused> {
    if ids.iter().collect::<HashSet<_>>().len() < ids.len() {
        return Err(Refused::field("field_malformed", "ids"));
    }
    let all: Vec<T> = list::all(&mut doing.tx).await?;
    let found = ids.iter().map(|id| all.iter().find(|it| it.id() == *id));
    let entries: Vec<&T> = found.collect::<Option<_>>().ok_or(Refused::NotFound)?;
    let mut places: Vec<i64> = entries.iter().map(|it| it.position()).collect();
    places.sort_unstable();
    for (entry, place) in entries.into_iter().zip(places) {
        let before = entry.position();
        if before == place {
            continue;
        }
        let entry = entry.clone().moved(entry.rev() + 1, place);
        list::put(&mut doing.tx, &entry).await?;
        let subject = Subject::new(SubjectKind::Admin, entry.id());
        let fields = Map::from_iter([("position".to_owned(), Json::from([before, place]))]);
        doing.log(subject, entry.rev(), "changed", fields).await?;
    }
    Ok(())
}

/// What an entry has to be.
trait Rules: Listed {
    const NAME: ListName;
    /// Whether some record cannot be made or finished without an entry that is usable.
    const IS_NEEDED: bool;

    fn is_usable(&self) -> bool {
        self.is_active()
    }

    /// The entry as it will be kept, among all that are there.
    fn checked(self, all: &[Self]) -> Result<Self, Refused>;
}

impl Rules for Category {
    const NAME: ListName = ListName::Category;
    const IS_NEEDED: bool = true;

    /// What is below it is offered with it only.
    fn is_usable(&self) -> bool {
        self.active && self.level == 1
    }

    fn checked(self, all: &[Self]) -> Result<Self, Refused> {
        let find = |id| all.iter().find(|it| it.id == id);
        if find(self.id).is_some_and(|known| known.parent_id != self.parent_id) {
            return Err(Refused::field("field_fixed", "parent_id"));
        }
        let above = match self.parent_id.map(find) {
            None => 0,
            Some(Some(parent)) => parent.level,
            Some(None) => return Err(Refused::field("refers_to_nothing", "parent_id")),
        };
        if above >= LEVELS {
            return Err(Refused::field("category_too_deep", "parent_id"));
        }
        let is_promise = |minutes: i64| (1..=LONGEST).contains(&minutes);
        if !self.first_reply_min.is_none_or(is_promise) {
            return Err(Refused::field("field_malformed", "first_reply_min"));
        }
        if !self.resolve_min.is_none_or(is_promise) {
            return Err(Refused::field("field_malformed", "resolve_min"));
        }
        Ok(Self {
            label: mandatory(&self.label, "label", LABEL)?,
            level: above + 1,
            ..self
        })
    }
}

/// Lists whose entries are little more than a label.
macro_rules! labelled {
    ($($of:ident needed: $needed:literal),+ $(,)?) => {$(
        impl Rules for $of {
            const NAME: ListName = ListName::$of;
            const IS_NEEDED: bool = $needed;

            fn checked(self, _: &[Self]) -> Result<Self, Refused> {
                Ok(Self {
                    label: mandatory(&self.label, "label", LABEL)?,
                    ..self
                })
            }
        }
    )+};
}

labelled! {
    CallType needed: false,
    // A form may be required to have one.
    Disposition needed: true,
    // TK-07.
    ResolutionType needed: true,
}

impl Rules for Template {
    const NAME: ListName = ListName::Template;
    const IS_NEEDED: bool = false;

    fn checked(self, _: &[Self]) -> Result<Self, Refused> {
        Ok(Self {
            title: mandatory(&self.title, "title", TITLE)?,
            body: optional(&self.body, "body", BODY)?,
            ..self
        })
    }
}

impl Rules for Product {
    const NAME: ListName = ListName::Product;
    const IS_NEEDED: bool = false;

    fn checked(self, all: &[Self]) -> Result<Self, Refused> {
        let sku = mandatory(&self.sku, "sku", SKU)?;
        if all.iter().any(|it| it.sku == sku && it.id != self.id) {
            return Err(Refused::field("field_taken", "sku"));
        }
        if !(0..=Amount::MAX.0).contains(&self.price) {
            return Err(Refused::field("field_malformed", "price"));
        }
        Ok(Self {
            sku,
            name: mandatory(&self.name, "name", TITLE)?,
            unit: optional(&self.unit, "unit", UNIT)?,
            ..self
        })
    }
}

impl Rules for OrderStage {
    const NAME: ListName = ListName::OrderStage;
    const IS_NEEDED: bool = true;

    /// An order begins there.
    fn is_usable(&self) -> bool {
        self.active && self.kind == StageKind::Open
    }

    fn checked(self, _: &[Self]) -> Result<Self, Refused> {
        Ok(Self {
            label: mandatory(&self.label, "label", LABEL)?,
            ..self
        })
    }
}
