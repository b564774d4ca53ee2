//! What the hub is told of a call: when it begins, is answered, ends.

use alobar_hub::{CallDirection as Direction, Command, LegResult, ReportCall, ReportLeg};
use uuid::Uuid;

use crate::api::calls::CallEntry;
use crate::api::view::CallDirection;

/// The ring at this desk, or the call out from it.
#[derive(Debug)]
pub(super) struct Leg {
    id: Uuid,
    /// Whether it was answered and has ended, as the hub knows.
    told: Option<(bool, bool)>,
}

impl Default for Leg {
    fn default() -> Self {
        Self {
            id: Uuid::now_v7(),
            told: None,
        }
    }
}

impl Leg {
    /// What is new about `call`, whose leg this is.
    pub(super) fn news(&mut self, call: &CallEntry) -> Option<Command> {
        let now = (call.answered_ms.is_some(), call.ended_ms.is_some());
        if self.told == Some(now) {
            return None;
        }
        self.told = Some(now);
        Some(Command::ReportCall(report(call, self.id)))
    }
}

fn report(call: &CallEntry, leg: Uuid) -> ReportCall {
    let cause = call.cause.as_ref();
    let (started_at, answered_at, ended_at) = (
        whole(call.started_ms),
        call.answered_ms.map(whole),
        call.ended_ms.map(whole),
    );
    ReportCall {
        key: call.key.clone(),
        direction: match call.direction {
            CallDirection::Incoming => Direction::In,
            CallDirection::Outgoing => Direction::Out,
        },
        peer: call.number.clone(),
        peer_name: call.name.clone(),
        did: None,
        queue: None,
        started_at,
        answered_at,
        ended_at,
        leg: ReportLeg {
            id: leg,
            rang_at: started_at,
            answered_at,
            ended_at,
            result: ended_at.map(|_| result(call)),
            cause: cause.map(|cause| cause.code.clone()),
            sip_status: cause.and_then(|cause| cause.status),
        },
    }
}

fn result(call: &CallEntry) -> LegResult {
    if call.answered_ms.is_some() {
        return LegResult::Answered;
    }
    let cause = call.cause.as_ref().map(|cause| cause.code.as_str());
    match call.direction {
        CallDirection::Outgoing => LegResult::NotReached,
        CallDirection::Incoming if call.missed => LegResult::Missed,
        CallDirection::Incoming if cause == Some("answered_elsewhere") => LegResult::Elsewhere,
        CallDirection::Incoming => LegResult::Declined,
    }
}

/// The views count milliseconds as JavaScript does.
fn whole(ms: f64) -> i64 {
    ms as i64
}
