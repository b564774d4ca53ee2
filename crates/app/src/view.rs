//! Turns the phone's state into what the screens show.

use std::collections::HashMap;

use alobar_core::{
    Call, CallDirection, CallId, CallPhase, CallResult, EndCause, Hold, MediaPath, Now, PhaseName,
    Phone, RegistrationState, Transfer, display_number,
};
use alobar_media::CallStats;

use crate::api::error;
use crate::api::view::{
    self, CallView, CauseView, HoldView, MediaView, PhaseView, QualityView, RegistrationView,
    TransferView,
};
use crate::line::LineView;

pub(crate) fn line(
    phone: &Phone,
    registration: &RegistrationView,
    stats: &HashMap<CallId, CallStats>,
) -> LineView {
    LineView {
        registration: registration.clone(),
        calls: phone
            .calls()
            .iter()
            .map(|each| call(each, phone.focus(), stats.get(&each.id())))
            .collect(),
        muted: phone.muted(),
    }
}

pub(crate) fn call(call: &Call, focus: Option<CallId>, stats: Option<&CallStats>) -> CallView {
    CallView {
        id: call.id().to_string(),
        direction: match call.direction() {
            CallDirection::Incoming => view::CallDirection::Incoming,
            CallDirection::Outgoing => view::CallDirection::Outgoing,
        },
        phase: phase(call.phase().name()),
        number: display_number(call.peer().number.reveal()),
        name: call.peer().name.as_ref().map(|name| name.reveal().clone()),
        has_focus: focus == Some(call.id()),
        since_ms: wall_ms(call.phase().since()),
        answered_ms: call.answered().map(wall_ms),
        hold: match call.hold() {
            Hold::None => HoldView::None,
            Hold::Local => HoldView::Local,
            Hold::Remote => HoldView::Remote,
            Hold::Both => HoldView::Both,
        },
        transfer: match call
            .phase()
            .established()
            .map(|established| &established.transfer)
        {
            None | Some(Transfer::None) => TransferView::None,
            Some(Transfer::Blind { .. }) => TransferView::Requested,
        },
        media: match call.media() {
            MediaPath::Connecting => MediaView::Connecting,
            MediaPath::Flowing => MediaView::Flowing,
            MediaPath::Interrupted { .. } => MediaView::Interrupted,
        },
        cause: cause(call.phase()).map(|cause| CauseView {
            code: cause.code().to_owned(),
            status: cause.status(),
        }),
        missed: call.result() == Some(CallResult::Missed),
        quality: stats.map(quality),
    }
}

/// Made once a change, not once a look: a failure keeps the trace id that stands in the log.
/// `before` tells how long a registration has lasted and how many attempts there were.
pub(crate) fn registration(
    state: &RegistrationState,
    now: Now,
    before: &RegistrationView,
) -> RegistrationView {
    let since_ms = wall_ms(now);
    match state {
        RegistrationState::Offline => RegistrationView::Offline,
        RegistrationState::Connecting { attempt } => RegistrationView::Connecting {
            attempt: *attempt,
            since_ms,
        },
        RegistrationState::Registering => RegistrationView::Registering { since_ms },
        RegistrationState::Registered { .. } => match before {
            RegistrationView::Registered { .. } => before.clone(),
            _ => RegistrationView::Registered { since_ms },
        },
        RegistrationState::Failed { why, retry_in } => RegistrationView::Failed {
            error: error::registration(*why),
            since_ms,
            retry_at_ms: retry_in.map(|wait| since_ms + wait.as_millis() as f64),
            attempt: attempts(before),
        },
        RegistrationState::Unregistering => RegistrationView::Unregistering,
    }
}

fn attempts(before: &RegistrationView) -> u32 {
    match before {
        RegistrationView::Connecting { attempt, .. } | RegistrationView::Failed { attempt, .. } => {
            *attempt
        }
        _ => 0,
    }
}

fn phase(phase: PhaseName) -> PhaseView {
    match phase {
        PhaseName::Dialing => PhaseView::Dialing,
        PhaseName::Ringing => PhaseView::Ringing,
        PhaseName::Alerting => PhaseView::Alerting,
        PhaseName::Answering => PhaseView::Answering,
        PhaseName::Established => PhaseView::Established,
        PhaseName::Terminating => PhaseView::Terminating,
        PhaseName::Terminated => PhaseView::Terminated,
    }
}

fn cause(phase: &CallPhase) -> Option<EndCause> {
    match phase {
        CallPhase::Terminated { cause, .. } => Some(*cause),
        CallPhase::Dialing { .. }
        | CallPhase::Ringing { .. }
        | CallPhase::Alerting { .. }
        | CallPhase::Answering { .. }
        | CallPhase::Established(_)
        | CallPhase::Terminating { .. } => None,
    }
}

/// Bars after the R factor of ITU-T G.107 (simplified): 80 is "all satisfied", 60 "many are not".
fn quality(stats: &CallStats) -> QualityView {
    let heard = (stats.received + stats.lost).max(1) as f64;
    let loss_percent = 100.0 * stats.lost as f64 / heard;
    let delay = stats.rtt_ms.unwrap_or(0.0) / 2.0 + 2.0 * stats.jitter_ms + 40.0;
    let r = 93.2
        - 0.024 * delay
        - (0.11 * (delay - 177.3)).max(0.0)
        - 95.0 * loss_percent / (loss_percent + 25.1);
    let bars = match r {
        r if r >= 85.0 => 4,
        r if r >= 75.0 => 3,
        r if r >= 65.0 => 2,
        r if r >= 50.0 => 1,
        _ => 0,
    };
    QualityView {
        bars,
        loss_percent,
        jitter_ms: stats.jitter_ms,
        rtt_ms: stats.rtt_ms,
    }
}

fn wall_ms(now: Now) -> f64 {
    now.wall.0 as f64
}
