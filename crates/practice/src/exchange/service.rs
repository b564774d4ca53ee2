//! What the numbers do that the exchange answers itself.

use alobar_core::{CallId, Command, Peer, Pii, SipAction};

use super::PracticeEvent;
use super::driver::{Driver, Due};
use super::leg::{Early, Joined};
use crate::number::Number;
use crate::reading::CivilTime;
use crate::voice::{
    Echo, Music, Play, PlayBack, ReadKeys, VoiceEvent, announcement, clock, welcome,
};

impl Driver {
    /// A phone has dialled: its call waits.
    pub(super) fn serve(&mut self, call: CallId) {
        let Some(Joined::Service(number)) = self.legs.get(&call).map(|leg| leg.joined) else {
            return;
        };
        if let Some(status) = number.refusal() {
            return self.refuse(call, status);
        }
        match number {
            Number::Extension(extension) => self.connect(call, &extension.to_string()),
            Number::NeverAnswers => self.switch.perform(call, SipAction::Ring),
            Number::RingsFirst => {
                self.switch.perform(call, SipAction::Ring);
                let at = self.now().mono + Number::ANSWERS_AFTER;
                self.timers.push((at, call, Due::Answer));
            }
            Number::EarlyMedia => {
                if let Some(leg) = self.legs.get_mut(&call) {
                    leg.early = Early::Wanted;
                }
                let play = Play::new(&self.clips, welcome(), self.report(call));
                self.voices.open(call, Box::new(play));
                self.command(Command::Answer { call });
            }
            Number::Echo
            | Number::Announcement
            | Number::Music
            | Number::ReadKeys
            | Number::HangsUp
            | Number::PlayBack
            | Number::Clock => self.command(Command::Answer { call }),
            // Refused above.
            Number::Busy | Number::Unavailable | Number::Declined | Number::Unknown => {}
        }
    }

    /// The service's voice, once the call is up.
    pub(super) fn service_begins(&mut self, call: CallId, number: Number) {
        let report = self.report(call);
        match number {
            Number::Music => self.voices.open(call, Box::new(Music::default())),
            Number::Announcement => {
                let play = Play::new(&self.clips, announcement(), report);
                self.voices.open(call, Box::new(play));
            }
            Number::Clock => {
                let prompt = now_here().map_or_else(welcome, clock);
                let play = Play::new(&self.clips, prompt, report);
                self.voices.open(call, Box::new(play));
            }
            Number::ReadKeys => {
                let voice = ReadKeys::new(&self.clips, report);
                self.voices.open(call, Box::new(voice));
            }
            Number::PlayBack => {
                let voice = PlayBack::new(&self.clips);
                self.voices.open(call, Box::new(voice));
            }
            Number::HangsUp => {
                let at = self.now().mono + Number::HANGS_UP_AFTER;
                self.timers.push((at, call, Due::HangUp));
            }
            Number::Echo | Number::EarlyMedia | Number::RingsFirst => {
                self.voices.open(call, Box::new(Echo));
            }
            Number::Busy
            | Number::Unavailable
            | Number::Declined
            | Number::NeverAnswers
            | Number::Extension(_)
            | Number::Unknown => {}
        }
    }

    /// Rings another phone for one that waits.
    fn connect(&mut self, call: CallId, extension: &str) {
        let Some(leg) = self.legs.get_mut(&call) else {
            return;
        };
        if leg.extension == extension {
            // Calling oneself.
            return self.refuse(call, 486);
        }
        let other = self.ids.next_id();
        leg.joined = Joined::Leg(other);
        let from = Peer {
            number: Pii::new(leg.extension.clone()),
            name: None,
        };
        self.dial(other, extension, from, Joined::Leg(call));
    }

    /// The phone that has been called rings.
    pub(super) fn rung(&mut self, call: CallId, joined: Joined) {
        match joined {
            Joined::Customer => self.customer_rung(call),
            Joined::Leg(other) if self.waits(other) => self.switch.perform(other, SipAction::Ring),
            // Who is handed on hears a ringback already.
            Joined::Leg(_) | Joined::Service(_) | Joined::Nobody => {}
        }
    }

    pub(super) fn on_voice(&mut self, call: CallId, event: VoiceEvent) {
        let Some(joined) = self.legs.get(&call).map(|leg| leg.joined) else {
            return;
        };
        match (event, joined) {
            (event, Joined::Customer) => self.customer_hears(call, &event),
            (VoiceEvent::Finished, Joined::Service(Number::EarlyMedia)) => self.end_early(call),
            (VoiceEvent::Finished, Joined::Service(_)) => self.command(Command::HangUp { call }),
            (VoiceEvent::KeysRead(keys), Joined::Service(_)) => {
                let extension = self.legs[&call].extension.clone();
                self.tell(PracticeEvent::KeysRead { extension, keys });
            }
            // The last word of a voice that has been replaced.
            (_, Joined::Leg(_) | Joined::Nobody)
            | (VoiceEvent::SpeechBegan | VoiceEvent::SpeechEnded, Joined::Service(_)) => {}
        }
    }

    /// The prompt before the answer is over: now the answer.
    fn end_early(&mut self, call: CallId) {
        let Some(leg) = self.legs.get_mut(&call) else {
            return;
        };
        if let Early::Held(sdp) = std::mem::replace(&mut leg.early, Early::No) {
            self.switch.perform(call, SipAction::Accept { sdp });
        }
    }
}

/// The minute of this machine's time zone; `None` where its clock shows a year nobody reads aloud.
fn now_here() -> Option<CivilTime> {
    let now = jiff::Zoned::now();
    let part = |value: i8| u8::try_from(value).ok();
    CivilTime::new(
        u16::try_from(now.year()).ok()?,
        part(now.month())?,
        part(now.day())?,
        part(now.hour())?,
        part(now.minute())?,
    )
}
