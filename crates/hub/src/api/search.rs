//! Ctrl+K: customers, tickets, tasks and orders by words, numbers and number endings.

use alobar_core::{Dialable, fold};
use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::db::table::contact::{self, PointKind};
use crate::db::table::search_doc::{self, Match};
use crate::db::table::{sales_order, task, ticket};
use crate::db::{DbError, Tx};
use crate::error::Refused;
use crate::hub::Hub;
use crate::identity::Identity;
use crate::subject::{Subject, SubjectKind};

/// Of all kinds together.
const HITS: usize = 20;
/// Each kind may have so many before others have more.
const SHARE: usize = HITS / KINDS.len();
/// Ranked by how exact they are.
const CANDIDATES: i64 = 200;
/// What is looked at of a query, in characters.
const QUERY: usize = 100;
/// Fewer digits end too many numbers.
const ENDING: usize = 3;
const KINDS: [SubjectKind; 4] = [
    SubjectKind::Contact,
    SubjectKind::Ticket,
    SubjectKind::Task,
    SubjectKind::Order,
];

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// Words with or without their marks; `#123`, `PYC-123` (a ticket), `NV-123` (a task),
    /// `DH-123` (an order); a phone number or at least its last three digits.
    q: String,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Hit {
    pub(crate) subject: Subject,
    pub(crate) title: String,
    /// How a customer is reached; of a ticket, a task or an order the customer's name.
    pub(crate) detail: String,
    /// Of a ticket, a task or an order.
    pub(crate) number: Option<i64>,
}

/// What was found, of each kind the most exact first: at most 20 in all.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Found {
    pub(crate) contacts: Vec<Hit>,
    pub(crate) tickets: Vec<Hit>,
    pub(crate) tasks: Vec<Hit>,
    pub(crate) orders: Vec<Hit>,
}

/// Finds what has every word of the query, the exact tones first.
#[utoipa::path(get, path = "/api/search", params(SearchQuery),
    responses((status = 200, body = Found)))]
pub(crate) async fn search(
    State(hub): State<Hub>,
    _: Identity,
    Query(query): Query<SearchQuery>,
) -> Result<Json<Found>, Refused> {
    let query: String = query.q.trim().chars().take(QUERY).collect();
    let mut tx = hub.db().read().await?;
    let mut of_kinds = [const { Vec::new() }; KINDS.len()];
    for (kind, ids) in KINDS.into_iter().zip(&mut of_kinds) {
        ids.extend(by_number(&mut tx, kind, &query).await?);
        for id in by_words(&mut tx, kind, &query).await? {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    share(&mut of_kinds);
    let mut found = Found::default();
    for (kind, ids) in KINDS.into_iter().zip(of_kinds) {
        let hits = match kind {
            SubjectKind::Ticket => &mut found.tickets,
            SubjectKind::Task => &mut found.tasks,
            SubjectKind::Order => &mut found.orders,
            SubjectKind::Contact | SubjectKind::Call | SubjectKind::Admin => &mut found.contacts,
        };
        hits.extend(shown(&mut tx, kind, &ids).await?);
    }
    Ok(Json(found))
}

/// Cuts the lists so that all together have [`HITS`], and none crowds out the others.
fn share(of_kinds: &mut [Vec<Uuid>; KINDS.len()]) {
    let sure: usize = of_kinds.iter().map(|ids| ids.len().min(SHARE)).sum();
    let mut left = HITS.saturating_sub(sure);
    for ids in of_kinds {
        let most = SHARE + left;
        left -= ids.len().clamp(SHARE, most) - SHARE;
        ids.truncate(most);
    }
}

/// The most exact first, of equal ones the newest.
async fn by_words(tx: &mut Tx, kind: SubjectKind, query: &str) -> Result<Vec<Uuid>, DbError> {
    let mut candidates = search_doc::find(tx, kind, query, Match::Whole, CANDIDATES).await?;
    if candidates.len() < HITS {
        candidates.extend(search_doc::find(tx, kind, query, Match::Beginning, CANDIDATES).await?);
    }
    let ranked = candidates
        .into_iter()
        .filter_map(|it| Some((fold::rank(query, &it.text)?, it.subject.id)));
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut ids: Vec<Uuid> = Vec::with_capacity(HITS);
    for (_, id) in ranked {
        if ids.len() < HITS && !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// What is called by this number, or whose phone it is, or ends with it.
async fn by_number(tx: &mut Tx, kind: SubjectKind, query: &str) -> Result<Vec<Uuid>, DbError> {
    let found = match kind {
        SubjectKind::Contact => return by_phone(tx, query).await,
        SubjectKind::Ticket => match spoken(query, "PYC") {
            Some(number) => ticket::by_number(tx, number).await?.map(|it| it.id.into()),
            None => None,
        },
        SubjectKind::Task => match spoken(query, "NV") {
            Some(number) => task::by_number(tx, number).await?.map(|it| it.id.into()),
            None => None,
        },
        SubjectKind::Order => match spoken(query, "DH") {
            Some(number) => {
                let order = sales_order::by_number(tx, number).await?;
                order.map(|it| it.id.into())
            }
            None => None,
        },
        SubjectKind::Call | SubjectKind::Admin => None,
    };
    Ok(found.into_iter().collect())
}

/// `123`, `#123`, or with the letters of its kind.
fn spoken(query: &str, letters: &str) -> Option<i64> {
    let digits = match query.split_once('-') {
        Some((before, digits)) if before.eq_ignore_ascii_case(letters) => digits,
        Some(_) => return None,
        None => query.strip_prefix('#').unwrap_or(query),
    };
    let is_number = digits.chars().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

async fn by_phone(tx: &mut Tx, query: &str) -> Result<Vec<Uuid>, DbError> {
    let is_decoration = |c: char| matches!(c, ' ' | '.' | '-' | '(' | ')' | '+');
    let limit = i64::try_from(HITS).unwrap_or(i64::MAX);
    let digits: String = query.chars().filter(|c| !is_decoration(*c)).collect();
    if digits.len() < ENDING || !digits.chars().all(|c| c.is_ascii_digit()) {
        return Ok(Vec::new());
    }
    if let Ok(Dialable::E164(number)) = query.parse() {
        let found = contact::by_point(tx, PointKind::Phone, number.reveal(), limit).await?;
        if !found.is_empty() {
            return Ok(found.into_iter().map(|it| it.id.into()).collect());
        }
    }
    let found = contact::by_last_digits(tx, &digits, limit).await?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// As they are shown, in this order.
async fn shown(tx: &mut Tx, kind: SubjectKind, ids: &[Uuid]) -> Result<Vec<Hit>, DbError> {
    let headlines = match kind {
        SubjectKind::Contact => contact::headlines(tx, ids).await?,
        SubjectKind::Ticket => ticket::headlines(tx, ids).await?,
        SubjectKind::Task => task::headlines(tx, ids).await?,
        SubjectKind::Order => sales_order::headlines(tx, ids).await?,
        SubjectKind::Call | SubjectKind::Admin => Vec::new(),
    };
    let mut hits: Vec<Hit> = headlines
        .into_iter()
        .map(|it| Hit {
            subject: Subject::new(kind, it.id),
            title: it.title,
            detail: it.detail,
            number: it.number,
        })
        .collect();
    hits.sort_by_key(|hit| ids.iter().position(|id| *id == hit.subject.id));
    Ok(hits)
}
