//! What a notification says.

use alobar_app::api::{calls::CallsView, preferences::NotifyChoice, view::PhoneView};

use super::notices::Notice;
use crate::text::{self, fill};

pub(crate) const ANSWER: &str = "answer";
pub(crate) const DECLINE: &str = "decline";
/// The click beside the buttons, as freedesktop names it.
pub(crate) const OPEN: &str = "default";

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) summary: String,
    pub(crate) body: String,
    /// Buttons, each a key and its words.
    pub(crate) buttons: Vec<(&'static str, String)>,
}

/// None where the call is not known any more.
pub(crate) fn write(
    notice: &Notice,
    phone: &PhoneView,
    calls: &CallsView,
    choice: NotifyChoice,
    texts: &text::Notify,
) -> Option<Letter> {
    let caller = |name: Option<&str>, number: &str| match (choice.discreet, name, number) {
        (true, ..) => texts.discreet.clone(),
        (false, None, "") => texts.unknown_caller.clone(),
        (false, None, number) => number.to_owned(),
        (false, Some(name), "") => name.to_owned(),
        (false, Some(name), number) => fill(&texts.caller, &[("name", name), ("number", number)]),
    };
    let open = (OPEN, texts.open.clone());
    Some(match notice {
        Notice::Incoming(id) => {
            let call = phone.calls.iter().find(|call| call.id == *id)?;
            let practice = phone.practice.is_some();
            Letter {
                summary: pick(practice, &texts.incoming_practice, &texts.incoming),
                body: caller(call.name.as_deref(), &call.number),
                buttons: vec![
                    open,
                    (ANSWER, texts.answer.clone()),
                    (DECLINE, texts.decline.clone()),
                ],
            }
        }
        Notice::Missed(id) => {
            let call = calls.calls.iter().find(|call| call.id == *id)?;
            Letter {
                summary: pick(call.practice, &texts.missed_practice, &texts.missed),
                body: caller(call.name.as_deref(), &call.number),
                buttons: vec![open],
            }
        }
        Notice::ConnectionLost => Letter {
            summary: texts.lost.clone(),
            body: texts.lost_body.clone(),
            buttons: vec![open],
        },
    })
}

fn pick(practice: bool, practised: &str, real: &str) -> String {
    if practice { practised } else { real }.to_owned()
}

#[cfg(test)]
mod tests {
    use alobar_app::api::view::PhaseView;

    use super::*;
    use crate::{scene, text::texts};

    fn body(name: Option<&str>, number: &str, discreet: bool) -> String {
        let mut phone = scene::phone([scene::call("1", PhaseView::Alerting)]);
        phone.calls[0].name = name.map(str::to_owned);
        phone.calls[0].number = number.to_owned();
        let choice = NotifyChoice {
            discreet,
            ..NotifyChoice::default()
        };
        let notice = Notice::Incoming("1".to_owned());
        let texts = &texts(Default::default()).notify;
        let letter = write(&notice, &phone, &CallsView::default(), choice, texts);
        letter.unwrap().body
    }

    #[test]
    fn a_caller_has_a_name_and_a_number_or_what_there_is() {
        assert_eq!(body(Some("An"), "1001", false), "An · 1001");
        assert_eq!(body(None, "1001", false), "1001");
        assert_eq!(body(Some("An"), "", false), "An");
        let hidden = body(None, "", false);
        assert_eq!(hidden, texts(Default::default()).notify.unknown_caller);
    }

    #[test]
    fn a_discreet_notification_has_neither_name_nor_number() {
        let body = body(Some("An"), "1001", true);
        assert!(!body.contains("An ·") && !body.contains("1001"), "{body}");
    }
}
