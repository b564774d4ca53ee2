//! The state of the phone as one look and one word: what the tray shows. The same rules as
//! `ui/src/domain/state.ts`.

use alobar_app::api::view::{CallView, HoldView, PhaseView, PhoneView, RegistrationView};

use crate::text;

/// How a state looks: one picture each in `icons/tray`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Ready,
    Ring,
    Call,
    Hold,
    Out,
    Lost,
    Busy,
}

/// A call that rings is shown before the one we speak in; without calls, the registration.
pub(crate) fn of<'a>(view: &PhoneView, words: &'a text::State) -> (Look, &'a str) {
    let live = || {
        let ended = |call: &&CallView| call.phase == PhaseView::Terminated;
        view.calls.iter().filter(move |call| !ended(call))
    };
    let shown = live()
        .find(|call| call.phase == PhaseView::Alerting)
        .or_else(|| live().find(|call| call.has_focus))
        .or_else(|| live().next());
    match shown {
        Some(call) => of_call(call, words),
        None => of_registration(&view.registration, words),
    }
}

fn of_call<'a>(call: &CallView, words: &'a text::State) -> (Look, &'a str) {
    match call.phase {
        PhaseView::Dialing => (Look::Call, &words.dialing),
        PhaseView::Ringing => (Look::Call, &words.ringing),
        PhaseView::Alerting => (Look::Ring, &words.alerting),
        PhaseView::Answering => (Look::Busy, &words.answering),
        PhaseView::Terminating => (Look::Busy, &words.terminating),
        PhaseView::Terminated => (Look::Out, &words.terminated),
        PhaseView::Established => match call.hold {
            HoldView::None => (Look::Call, &words.established),
            HoldView::Local | HoldView::Both => (Look::Hold, &words.held),
            HoldView::Remote => (Look::Hold, &words.held_by_peer),
        },
    }
}

fn of_registration<'a>(registration: &RegistrationView, words: &'a text::State) -> (Look, &'a str) {
    match registration {
        RegistrationView::Offline => (Look::Out, &words.offline),
        RegistrationView::Unregistering => (Look::Busy, &words.unregistering),
        RegistrationView::Connecting { .. } => (Look::Busy, &words.connecting),
        RegistrationView::Registering { .. } => (Look::Busy, &words.registering),
        RegistrationView::Registered { .. } => (Look::Ready, &words.registered),
        RegistrationView::Failed { error, .. } if error.code == "link_lost" => {
            (Look::Lost, &words.lost)
        }
        RegistrationView::Failed { .. } => (Look::Lost, &words.failed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{scene, text::texts};

    fn look(view: &PhoneView) -> Look {
        of(view, &texts(Default::default()).state).0
    }

    #[test]
    fn without_calls_the_registration_is_shown() {
        let mut view = PhoneView::default();
        assert_eq!(look(&view), Look::Out);
        view.registration = RegistrationView::Registered { since_ms: 0.0 };
        assert_eq!(look(&view), Look::Ready);
    }

    #[test]
    fn a_call_that_rings_is_shown_before_the_one_we_speak_in() {
        let talk = scene::call("1", PhaseView::Established);
        let mut view = scene::phone([talk, scene::call("2", PhaseView::Alerting)]);
        assert_eq!(look(&view), Look::Ring);
        view.calls[1].phase = PhaseView::Terminated;
        assert_eq!(look(&view), Look::Call);
        view.calls[0].hold = HoldView::Both;
        assert_eq!(look(&view), Look::Hold);
    }
}
