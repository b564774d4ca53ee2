//! What the phone has put out so far, in the fewest facts that show a broken rule.

use std::collections::BTreeMap;

use alobar_core::{CallId, EndCause, Event, MediaAction, Output, SipAction, Tone};

#[derive(Debug, Default)]
pub(crate) struct Record {
    calls: BTreeMap<CallId, CallRecord>,
    pub(crate) tone: Option<Tone>,
}

/// One life of a call id; a new call may reuse the id of a forgotten one.
#[derive(Debug, Default)]
struct CallRecord {
    invited: bool,
    accepted: bool,
    canceled: bool,
    said_bye: bool,
    refused: bool,
    media: Media,
    focus: bool,
    ended: Option<EndCause>,
    removed: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Media {
    #[default]
    Unopened,
    Open,
    Closed,
}

impl Record {
    /// The call that has the headset, or what is wrong.
    pub(crate) fn focus(&self) -> Result<Option<CallId>, String> {
        let with: Vec<CallId> = self
            .calls
            .iter()
            .filter(|(_, call)| call.focus)
            .map(|(id, _)| *id)
            .collect();
        match with[..] {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            _ => Err(format!("two calls with the headset: {with:?}")),
        }
    }

    pub(crate) fn ended(&self, id: CallId) -> bool {
        self.calls.get(&id).is_some_and(|call| call.ended.is_some())
    }

    /// Notes one output; `Err` says which rule it breaks.
    pub(crate) fn note(&mut self, output: &Output) -> Result<(), String> {
        match output {
            Output::Tone(tone) => {
                rule(self.tone != *tone, "a tone is told once")?;
                self.tone = *tone;
                Ok(())
            }
            Output::Event(event) => self.note_event(event),
            Output::Sip { call, action } => self.note_sip(*call, action),
            Output::Media { call, action } => {
                let call = self.calls.get_mut(call).ok_or("media of no call")?;
                call.note_media(action)
            }
        }
    }

    fn note_event(&mut self, event: &Event) -> Result<(), String> {
        match event {
            Event::CallAdded { call } => {
                let last = self.calls.insert(*call, CallRecord::default());
                rule(
                    last.is_none_or(|last| last.removed),
                    "an id is reused only when forgotten",
                )
            }
            Event::CallEnded { call, cause } => {
                let call = self.calls.get_mut(call).ok_or("end of no call")?;
                rule(call.ended.replace(*cause).is_none(), "a call ends once")?;
                rule(
                    call.media != Media::Open,
                    "an ended call has closed its media",
                )
            }
            Event::CallRemoved { call } => {
                let call = self.calls.get_mut(call).ok_or("removal of no call")?;
                rule(
                    call.ended.is_some() && !call.removed,
                    "a call is removed once, when ended",
                )?;
                call.removed = true;
                Ok(())
            }
            Event::CallChanged { .. }
            | Event::PopupDue { .. }
            | Event::RegistrationChanged
            | Event::MuteChanged
            | Event::TransferFailed { .. }
            | Event::HoldFailed { .. } => Ok(()),
        }
    }

    fn note_sip(&mut self, id: CallId, action: &SipAction) -> Result<(), String> {
        let Some(call) = self.calls.get_mut(&id).filter(|call| !call.removed) else {
            // For a call it does not know, the phone can only say no.
            return match action {
                SipAction::Bye | SipAction::Refuse { .. } | SipAction::RefuseReoffer { .. } => {
                    Ok(())
                }
                _ => Err(format!("{action:?} for no call")),
            };
        };
        match action {
            SipAction::Invite { .. } => once(&mut call.invited, "INVITE"),
            SipAction::Cancel => {
                rule(
                    call.invited && !call.said_bye,
                    "CANCEL is for an INVITE without answer",
                )?;
                once(&mut call.canceled, "CANCEL")
            }
            SipAction::Ring => rule(!call.accepted, "180 comes before 200"),
            SipAction::Accept { .. } => {
                rule(!call.refused, "200 after a refusal")?;
                once(&mut call.accepted, "200")
            }
            SipAction::Refuse { .. } => {
                rule(!call.accepted && !call.invited, "a refusal after 200")?;
                once(&mut call.refused, "refusal")
            }
            SipAction::Bye => {
                rule(call.invited || call.accepted, "BYE needs a dialog")?;
                rule(!call.refused, "BYE after a refusal")?;
                once(&mut call.said_bye, "BYE")
            }
            SipAction::Reoffer { .. }
            | SipAction::AnswerReoffer { .. }
            | SipAction::Refer { .. } => rule(
                !call.said_bye && call.ended.is_none(),
                "a request after the end",
            ),
            SipAction::RefuseReoffer { .. } => Ok(()),
        }
    }
}

impl CallRecord {
    fn note_media(&mut self, action: &MediaAction) -> Result<(), String> {
        match action {
            MediaAction::CreateOffer { .. } | MediaAction::AcceptOffer { .. } => {
                rule(
                    self.media != Media::Closed,
                    "closed media is not opened again",
                )?;
                self.media = Media::Open;
            }
            MediaAction::Close => {
                rule(self.media == Media::Open, "media is closed once, when open")?;
                self.media = Media::Closed;
                self.focus = false;
            }
            MediaAction::Focus { on } => {
                rule(
                    self.media == Media::Open && self.focus != *on,
                    "focus is told once",
                )?;
                self.focus = *on;
            }
            MediaAction::AcceptAnswer { .. }
            | MediaAction::RollBack
            | MediaAction::Mute { .. }
            | MediaAction::SendDtmf { .. } => {
                rule(self.media == Media::Open, "an action needs open media")?;
            }
        }
        Ok(())
    }
}

fn once(done: &mut bool, what: &str) -> Result<(), String> {
    rule(
        !std::mem::replace(done, true),
        &format!("{what} is sent once"),
    )
}

pub(crate) fn rule(holds: bool, text: &str) -> Result<(), String> {
    if holds {
        Ok(())
    } else {
        Err(format!("broken: {text}"))
    }
}
