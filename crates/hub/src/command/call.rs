//! Calls and what agents write about them.

use alobar_core::{CallTypeId, ContactId, Dialable, DispositionId};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::difference::difference;
use super::{Doing, Done, as_typed, cut, mandatory};
use crate::configuration::{self, PopupSettings};
use crate::db::Tx;
use crate::db::table::call::{self, Call, CallDirection};
use crate::db::table::call_form::{self, CallForm};
use crate::db::table::call_leg::{self, CallLeg, LegResult};
use crate::db::table::change_log::{self, NewChange};
use crate::db::table::contact::{self, PointKind};
use crate::error::Refused;
use crate::subject::{Subject, SubjectKind};

pub(super) const KEY: usize = 200;
const NAME: usize = 200;
const NUMBER: usize = 64;
const BODY: usize = 10_000;

/// What one desk knows of a call by now. All desks of a call report under its one key; each adds
/// its own leg. What does not fit is cut: nobody sits there who could shorten it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportCall {
    /// X-Alobar-Call, else the exchange's own key, else one that the desk makes. At most 200
    /// characters.
    pub key: String,
    pub direction: CallDirection,
    /// The other side's number; empty when hidden.
    #[serde(default)]
    pub peer: String,
    #[serde(default)]
    pub peer_name: Option<String>,
    /// The number that was called.
    #[serde(default)]
    pub did: Option<String>,
    #[serde(default)]
    pub queue: Option<String>,
    /// Epoch milliseconds, as all times here.
    pub started_at: i64,
    #[serde(default)]
    pub answered_at: Option<i64>,
    #[serde(default)]
    pub ended_at: Option<i64>,
    pub leg: ReportLeg,
}

/// The ring at this desk, or the call out from it. The id is made by the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportLeg {
    pub id: Uuid,
    pub rang_at: i64,
    #[serde(default)]
    pub answered_at: Option<i64>,
    #[serde(default)]
    pub ended_at: Option<i64>,
    #[serde(default)]
    pub result: Option<LegResult>,
    /// As `EndCause::code` names it.
    #[serde(default)]
    pub cause: Option<String>,
    #[serde(default)]
    pub sip_status: Option<u16>,
}

/// CP-09, CP-14: the whole form as it stands at the writer's desk; it may come before the call is
/// reported. One form for each agent of a call, and only one's own (CP-08).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SaveCallForm {
    pub call_key: String,
    #[serde(default)]
    pub contact_id: Option<ContactId>,
    #[serde(default)]
    pub call_type_id: Option<CallTypeId>,
    /// (*) when the admin demands it and the form is closed.
    #[serde(default)]
    pub disposition_id: Option<DispositionId>,
    /// At most 10,000 characters.
    #[serde(default)]
    pub body: String,
    #[serde(default)]
    pub closed: bool,
    /// Grows with each save of one form, by the writer's clock: what was written before that which
    /// stands is acknowledged and changes nothing.
    pub written_at: i64,
}

pub(super) async fn report(doing: &mut Doing<'_>, report: ReportCall) -> Result<Done, Refused> {
    let key = mandatory(&report.key, "call_key", KEY)?;
    let peer = peer(&report.peer);
    let old = call::by_key(&mut doing.tx, &key).await?;
    let known = Call {
        id: Uuid::now_v7(),
        key,
        rev: 1,
        created_at: doing.now,
        updated_at: doing.now,
        direction: Some(report.direction),
        contact_id: only_one_with(&mut doing.tx, &peer).await?,
        peer,
        peer_name: cut(report.peer_name.as_deref(), NAME),
        did: cut(report.did.as_deref(), NUMBER),
        queue: cut(report.queue.as_deref(), NAME),
        started_at: report.started_at,
        answered_at: report.answered_at,
        ended_at: report.ended_at,
    };
    let call = call::report(&mut doing.tx, known).await?;
    let leg = report_leg(doing, &call, report.leg).await?;
    let mut changed = match &old {
        Some(old) => difference(old, &call)?,
        None => serde_json::Map::new(),
    };
    if let Some(leg) = leg {
        changed.insert("leg".to_owned(), leg);
    }
    let subject = Subject::new(SubjectKind::Call, call.id);
    let op = if old.is_none() { "created" } else { "changed" };
    if op == "created" || !changed.is_empty() {
        doing.log(subject, call.rev, op, changed).await?;
    }
    Ok(Done::new(subject, call.rev))
}

/// `[before, after]`, if it is another one now.
async fn report_leg(
    doing: &mut Doing<'_>,
    call: &Call,
    leg: ReportLeg,
) -> Result<Option<Json>, Refused> {
    let id = leg.id;
    let before = leg_of(&mut doing.tx, call, id).await?;
    let leg = CallLeg {
        id,
        user_id: doing.by.user,
        rang_at: leg.rang_at,
        answered_at: leg.answered_at,
        ended_at: leg.ended_at,
        result: leg.result,
        cause: cut(leg.cause.as_deref(), NAME),
        sip_status: leg.sip_status.map(Into::into),
    };
    if !call_leg::report(&mut doing.tx, call.id, leg).await? {
        return Err(Refused::NotAllowed);
    }
    let after = leg_of(&mut doing.tx, call, id).await?;
    Ok((before != after).then(|| json!([before, after])))
}

async fn leg_of(tx: &mut Tx, call: &Call, id: Uuid) -> Result<Option<CallLeg>, Refused> {
    let legs = call_leg::of_call(tx, call.id).await?;
    Ok(legs.into_iter().find(|leg| leg.id == id))
}

/// As numbers are stored; what is none is kept as it came.
fn peer(text: &str) -> String {
    match text.parse::<Dialable>() {
        Ok(number) => number.as_text().reveal().clone(),
        Err(_) => cut(Some(text), NUMBER).unwrap_or_default(),
    }
}

/// Whose number it is, unless several have it: then a person chooses.
async fn only_one_with(tx: &mut Tx, number: &str) -> Result<Option<ContactId>, Refused> {
    if number.is_empty() {
        return Ok(None);
    }
    let found = contact::by_point(tx, PointKind::Phone, number, 2).await?;
    match found.as_slice() {
        [one] => Ok(Some(one.id)),
        _ => Ok(None),
    }
}

pub(super) async fn save_form(doing: &mut Doing<'_>, save: SaveCallForm) -> Result<Done, Refused> {
    let key = mandatory(&save.call_key, "call_key", KEY)?;
    let body = as_typed(&save.body, "body", BODY)?;
    let tx = &mut doing.tx;
    if save.closed && save.disposition_id.is_none() && requires_disposition(tx).await? {
        return Err(Refused::field("field_missing", "disposition"));
    }
    // A desk whose clock is ahead must not shut itself out once the clock is right.
    let written_at = save.written_at.min(doing.now);
    let known = call::by_key(tx, &key).await?;
    let old = match &known {
        Some(call) => call_form::find(tx, call.id, doing.by.user).await?,
        None => None,
    };
    if let (Some(call), Some(old)) = (&known, &old)
        && old.written_at > written_at
    {
        return Ok(Done::new(
            Subject::new(SubjectKind::Call, call.id),
            call.rev,
        ));
    }
    let call = call::mention(tx, &key, save.contact_id, doing.now).await?;
    let closed_before = old.as_ref().and_then(|old| old.closed_at);
    let form = CallForm {
        call_id: call.id,
        user_id: doing.by.user,
        rev: old.as_ref().map_or(1, |old| old.rev + 1),
        updated_at: doing.now,
        written_at,
        contact_id: save.contact_id,
        call_type_id: save.call_type_id,
        disposition_id: save.disposition_id,
        body,
        closed_at: save.closed.then(|| closed_before.unwrap_or(doing.now)),
    };
    call_form::save(tx, &form).await?;
    log_form(doing, &call, old, &form).await?;
    Ok(Done::new(
        Subject::new(SubjectKind::Call, call.id),
        call.rev,
    ))
}

/// A text grows by a letter at a time: the history says that there is one, the form what it is.
/// While it is being typed, only its writer is told.
async fn log_form(
    doing: &mut Doing<'_>,
    call: &Call,
    old: Option<CallForm>,
    form: &CallForm,
) -> Result<(), Refused> {
    let mut fields = match &old {
        Some(old) => difference(old, form)?,
        None => Default::default(),
    };
    let wrote = fields.remove("body").is_some() || old.is_none();
    fields.remove("written_at");
    if !wrote && fields.is_empty() {
        return Ok(());
    }
    let is_draft = fields.is_empty() && form.closed_at.is_none();
    let change = NewChange {
        at: doing.now,
        actor: Some(doing.by.user),
        subject: Subject::new(SubjectKind::Call, call.id),
        rev: call.rev,
        op: "noted",
        fields,
        only_for: is_draft.then_some(doing.by.user),
    };
    Ok(change_log::add(&mut doing.tx, change).await?)
}

async fn requires_disposition(tx: &mut Tx) -> Result<bool, Refused> {
    let popup: Option<PopupSettings> = configuration::setting(tx).await?;
    Ok(popup.is_some_and(|popup| popup.require_disposition))
}
