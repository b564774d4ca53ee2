//! What the popup shows, in one read (CP-10 to CP-14).

use alobar_core::{ContactId, Dialable, fold};
use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::calls::{CallEntry, entries, with_contact};
use super::page::FIRST;
use super::tickets::OF_CUSTOMER;
use crate::db::Tx;
use crate::db::table::call::{self, Call};
use crate::db::table::call_form::{self, CallForm};
use crate::db::table::contact::{self, Contact, PointKind};
use crate::db::table::sales_order::{self, OrderFilter, OrderRow};
use crate::db::table::search_doc::{self, Match};
use crate::db::table::task::{self, TaskFilter, TaskRow, TaskScope};
use crate::db::table::ticket::{self, TicketFilter, TicketRow};
use crate::error::Refused;
use crate::hub::Hub;
use crate::identity::Identity;
use crate::subject::SubjectKind;

/// Rows of each list.
const FEW: i64 = 10;
const MATCHES: i64 = 20;
const MAYBES: i64 = 5;
/// Two numbers that end alike are likely one, written differently.
const ALIKE_DIGITS: usize = 7;
const DAY: i64 = 24 * 60 * 60 * 1_000;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PopupQuery {
    call_key: Option<String>,
    /// The other side's number; absent: the call's, if it is known here.
    number: Option<String>,
    /// As the caller's side has sent it.
    peer_name: Option<String>,
    /// The customer that the agent has chosen, of several or another one.
    contact_id: Option<Uuid>,
    /// Where the day begins at the desk; absent: 24 hours ago.
    today_from: Option<i64>,
}

/// A call's customer and what was before.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Popup {
    pub(crate) call: Option<Call>,
    /// One's own.
    pub(crate) form: Option<CallForm>,
    /// All who have the number.
    pub(crate) matches: Vec<Contact>,
    /// When nobody has it: who it could be, a few.
    pub(crate) maybe: Vec<Contact>,
    /// Whose records these are: the one asked for, the form's, the call's, the first who has the
    /// number.
    pub(crate) contact: Option<Contact>,
    pub(crate) calls: Vec<CallEntry>,
    /// TK-34.
    pub(crate) tickets: Vec<TicketRow>,
    /// Those with work to do.
    pub(crate) tasks: Vec<TaskRow>,
    pub(crate) orders: Vec<OrderRow>,
    /// With this number, this call among them.
    pub(crate) calls_today: i64,
}

/// Everything about a call that rings.
#[utoipa::path(get, path = "/api/popup", params(PopupQuery),
    responses((status = 200, body = Popup)))]
pub(crate) async fn get(
    State(hub): State<Hub>,
    by: Identity,
    Query(query): Query<PopupQuery>,
) -> Result<Json<Popup>, Refused> {
    let mut tx = hub.db().read().await?;
    let call = match &query.call_key {
        Some(key) => call::by_key(&mut tx, key).await?,
        None => None,
    };
    let form = match &call {
        Some(call) => call_form::find(&mut tx, call.id, by.user).await?,
        None => None,
    };
    let number = number(&query, call.as_ref());
    let matches = match number.is_empty() {
        true => Vec::new(),
        false => contact::by_point(&mut tx, PointKind::Phone, &number, MATCHES).await?,
    };
    let maybe = match matches.is_empty() {
        true => maybe(&mut tx, &number, query.peer_name.as_deref()).await?,
        false => Vec::new(),
    };
    let chosen = query.contact_id.map(ContactId::from);
    let chosen = chosen
        .or(form.as_ref().and_then(|form| form.contact_id))
        .or(call.as_ref().and_then(|call| call.contact_id));
    let contact = match chosen {
        Some(id) => contact::find(&mut tx, id).await?,
        None => matches.first().cloned(),
    };
    let since = query.today_from.unwrap_or_else(|| hub.now() - DAY);
    let records = Records::of(&mut tx, contact.as_ref(), &number).await?;
    Ok(Json(Popup {
        calls_today: match number.is_empty() {
            true => 0,
            false => call::count_of_peer(&mut tx, &number, since).await?,
        },
        call,
        form,
        matches,
        maybe,
        contact,
        calls: records.calls,
        tickets: records.tickets,
        tasks: records.tasks,
        orders: records.orders,
    }))
}

/// As it is stored; empty when nobody knows it.
fn number(query: &PopupQuery, call: Option<&Call>) -> String {
    let asked = query.number.as_deref().map(str::parse::<Dialable>);
    match asked {
        Some(Ok(number)) => number.as_text().reveal().clone(),
        _ => call.map(|call| call.peer.clone()).unwrap_or_default(),
    }
}

/// Those whose number ends alike, or who are called as the caller is.
async fn maybe(tx: &mut Tx, number: &str, name: Option<&str>) -> Result<Vec<Contact>, Refused> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let mut ids = Vec::new();
    if digits.len() >= ALIKE_DIGITS {
        let ending = &digits[digits.len() - ALIKE_DIGITS..];
        ids = contact::by_last_digits(tx, ending, MAYBES).await?;
    }
    let name = fold::fold(name.unwrap_or_default());
    let named = search_doc::find(tx, SubjectKind::Contact, &name, Match::Whole, MAYBES).await?;
    ids.extend(named.into_iter().map(|it| ContactId::from(it.subject.id)));
    let mut maybe: Vec<Contact> = Vec::new();
    for id in ids {
        let is_new = maybe.iter().all(|known| known.id != id);
        let Some(contact) = contact::find(tx, id).await?.filter(|_| is_new) else {
            continue;
        };
        let alike = contact.points.iter().any(|it| ends_alike(&it.key, &digits));
        if alike || fold::fold(&contact.name) == name {
            maybe.push(contact);
        }
    }
    Ok(maybe)
}

/// Both have so many digits, and the last ones are the same.
fn ends_alike(key: &str, digits: &str) -> bool {
    let last = |text: &str| {
        let digits = text.chars().rev().filter(char::is_ascii_digit);
        digits.take(ALIKE_DIGITS).collect::<String>()
    };
    last(digits).len() == ALIKE_DIGITS && last(key) == last(digits)
}

/// What is known of a customer; of a number when there is no customer.
#[derive(Default)]
struct Records {
    calls: Vec<CallEntry>,
    tickets: Vec<TicketRow>,
    tasks: Vec<TaskRow>,
    orders: Vec<OrderRow>,
}

impl Records {
    async fn of(tx: &mut Tx, contact: Option<&Contact>, number: &str) -> Result<Self, Refused> {
        let Some(contact) = contact else {
            let calls = match number.is_empty() {
                true => Vec::new(),
                false => call::of_peer(tx, number, FIRST, FEW).await?,
            };
            return Ok(Self {
                calls: entries(tx, calls).await?,
                ..Self::default()
            });
        };
        let calls = with_contact(tx, contact, FIRST, FEW).await?;
        let tickets = TicketFilter {
            contact: Some(contact.id),
            ..TicketFilter::default()
        };
        let tasks = TaskFilter {
            scope: TaskScope::Contact(contact.id),
            open: true,
            ..TaskFilter::default()
        };
        let orders = OrderFilter {
            contact: Some(contact.id),
            ..OrderFilter::default()
        };
        Ok(Self {
            calls: entries(tx, calls).await?,
            tickets: ticket::list(tx, &tickets, FIRST, OF_CUSTOMER).await?,
            tasks: task::list(tx, &tasks, FIRST, FEW).await?,
            orders: sales_order::list(tx, &orders, FIRST, FEW).await?,
        })
    }
}
