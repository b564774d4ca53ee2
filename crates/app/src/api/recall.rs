//! The calls of earlier runs, from the hub.

use serde::Deserialize;

use super::calls::CallEntry;
use super::view::{CallDirection, CauseView};
use crate::door::Door;

/// As far as this list needs it: `CallEntry` of the hub's API.
#[derive(Debug, Deserialize)]
struct Known {
    key: String,
    direction: Option<alobar_hub::CallDirection>,
    peer: String,
    peer_name: Option<String>,
    started_at: i64,
    answered_at: Option<i64>,
    ended_at: Option<i64>,
    legs: Vec<Leg>,
    forms: Vec<Form>,
}

#[derive(Debug, Deserialize)]
struct Leg {
    ended_at: Option<i64>,
    answered_at: Option<i64>,
    result: Option<alobar_hub::LegResult>,
    cause: Option<String>,
    sip_status: Option<u16>,
}

#[derive(Debug, Deserialize)]
struct Form {
    body: String,
}

#[derive(Debug, Deserialize)]
struct Page {
    rows: Vec<Known>,
}

/// Newest first; none when the hub does not answer.
pub(super) async fn calls(door: &Door) -> Vec<CallEntry> {
    let page = door
        .ask::<Page>(http::Method::GET, "/api/calls", None::<&()>)
        .await;
    match page {
        Ok(page) => page.rows.into_iter().filter_map(entry).collect(),
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "Recall the calls");
            Vec::new()
        }
    }
}

/// A call whose end was never told ended with the program.
fn entry(call: Known) -> Option<CallEntry> {
    let leg = call.legs.last()?;
    let started_ms = call.started_at as f64;
    let answered_ms = leg.answered_at.or(call.answered_at).map(|ms| ms as f64);
    let ended_ms = leg.ended_at.or(call.ended_at).map(|ms| ms as f64);
    Some(CallEntry {
        id: call.key.clone(),
        key: call.key,
        direction: match call.direction? {
            alobar_hub::CallDirection::In => CallDirection::Incoming,
            alobar_hub::CallDirection::Out => CallDirection::Outgoing,
        },
        number: alobar_core::display_number(&call.peer),
        name: call.peer_name,
        practice: false,
        started_ms,
        answered_ms,
        ended_ms: ended_ms.or(answered_ms).or(Some(started_ms)),
        cause: leg.cause.clone().map(|code| CauseView {
            code,
            status: leg.sip_status,
        }),
        missed: leg.result == Some(alobar_hub::LegResult::Missed),
        // Looked at or not, it was missed in another run.
        seen: true,
        has_note: call.forms.iter().any(|form| !form.body.is_empty()),
    })
}
