//! What a shortcut does with the calls there are.

use alobar_app::{
    PhoneHandle,
    api::{
        preferences::Act,
        view::{CallDirection, CallView, ErrorView, HoldView, PhaseView, PhoneView},
    },
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed {
    Answer(String),
    Decline(String),
    HangUp(String),
    Mute(bool),
    Hold(String),
    Resume(String),
    /// In the callbar: the person chooses there.
    AskTransfer,
    AskDial,
}

/// None where the act has nothing to act on.
pub(crate) fn of(act: Act, view: &PhoneView) -> Option<Deed> {
    match act {
        Act::Answer => ringing(view).map(|call| Deed::Answer(call.id.clone())),
        Act::HangUp => match ringing(view) {
            Some(call) => Some(Deed::Decline(call.id.clone())),
            None => spoken_in(view).map(|call| Deed::HangUp(call.id.clone())),
        },
        Act::Mute => established(view).map(|_| Deed::Mute(!view.muted)),
        Act::Hold => established(view).map(|call| match call.hold {
            HoldView::None | HoldView::Remote => Deed::Hold(call.id.clone()),
            HoldView::Local | HoldView::Both => Deed::Resume(call.id.clone()),
        }),
        Act::Transfer => established(view).map(|_| Deed::AskTransfer),
        Act::DialSelection => Some(Deed::AskDial),
    }
}

/// The call that rings longest.
fn ringing(view: &PhoneView) -> Option<&CallView> {
    view.calls
        .iter()
        .find(|call| call.phase == PhaseView::Alerting && call.direction == CallDirection::Incoming)
}

/// The call with the voice, else the oldest that is neither ringing here nor over.
fn spoken_in(view: &PhoneView) -> Option<&CallView> {
    let up = |call: &&CallView| {
        use PhaseView::{Answering, Dialing, Established, Ringing};
        matches!(call.phase, Dialing | Ringing | Answering | Established)
    };
    let mut calls = view.calls.iter().filter(up);
    calls.clone().find(|call| call.has_focus).or(calls.next())
}

fn established(view: &PhoneView) -> Option<&CallView> {
    spoken_in(view).filter(|call| call.phase == PhaseView::Established)
}

impl Deed {
    /// Does what needs no window.
    pub(crate) async fn carry_out(&self, phone: &PhoneHandle) -> Result<(), ErrorView> {
        match self {
            Deed::Answer(call) => phone.answer(call).await,
            Deed::Decline(call) => phone.decline(call).await,
            Deed::HangUp(call) => phone.hang_up(call).await,
            Deed::Mute(on) => phone.set_mute(*on).await,
            Deed::Hold(call) => phone.hold(call).await,
            Deed::Resume(call) => phone.resume(call).await,
            Deed::AskTransfer | Deed::AskDial => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene;

    fn talk() -> CallView {
        scene::call("talk", PhaseView::Established)
    }

    fn ring() -> CallView {
        scene::call("ring", PhaseView::Alerting)
    }

    #[test]
    fn answer_takes_the_call_that_rings_longest() {
        let later = scene::call("later", PhaseView::Alerting);
        let view = scene::phone([talk(), ring(), later]);
        assert_eq!(of(Act::Answer, &view), Some(Deed::Answer("ring".into())));
        assert_eq!(of(Act::Answer, &scene::phone([talk()])), None);
    }

    #[test]
    fn hang_up_declines_what_rings_before_it_ends_the_conversation() {
        let both = scene::phone([talk(), ring()]);
        assert_eq!(of(Act::HangUp, &both), Some(Deed::Decline("ring".into())));
        let talk = scene::phone([talk()]);
        assert_eq!(of(Act::HangUp, &talk), Some(Deed::HangUp("talk".into())));
        let over = scene::phone([scene::ended("1", "remote_hangup")]);
        assert_eq!(of(Act::HangUp, &over), None);
    }

    #[test]
    fn hold_takes_back_what_we_hold() {
        let mut view = scene::phone([talk()]);
        assert_eq!(of(Act::Hold, &view), Some(Deed::Hold("talk".into())));
        view.calls[0].hold = HoldView::Both;
        assert_eq!(of(Act::Hold, &view), Some(Deed::Resume("talk".into())));
    }

    #[test]
    fn without_a_conversation_there_is_nothing_to_mute_hold_or_transfer() {
        for act in [Act::Mute, Act::Hold, Act::Transfer] {
            assert_eq!(of(act, &scene::phone([ring()])), None);
        }
    }
}
