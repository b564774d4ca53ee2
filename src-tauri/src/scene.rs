//! Views for tests.

use alobar_app::api::view::{
    CallDirection, CallView, CauseView, HoldView, MediaView, PhaseView, PhoneView, TransferView,
};

/// An incoming call from a named person.
pub(crate) fn call(id: &str, phase: PhaseView) -> CallView {
    CallView {
        id: id.to_owned(),
        direction: CallDirection::Incoming,
        phase,
        number: "0987 654 321".to_owned(),
        name: Some("An".to_owned()),
        has_focus: phase == PhaseView::Established,
        since_ms: 0.0,
        answered_ms: None,
        hold: HoldView::None,
        transfer: TransferView::None,
        media: MediaView::Connecting,
        cause: None,
        missed: false,
        quality: None,
    }
}

pub(crate) fn ended(id: &str, cause: &str) -> CallView {
    CallView {
        cause: Some(CauseView {
            code: cause.to_owned(),
            status: None,
        }),
        ..call(id, PhaseView::Terminated)
    }
}

pub(crate) fn phone<const N: usize>(calls: [CallView; N]) -> PhoneView {
    PhoneView {
        calls: calls.into(),
        ..PhoneView::default()
    }
}
