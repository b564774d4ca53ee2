//! Offer and answer of a running call (RFC 3264, RFC 6337): hold, resume, and the peer's changes.
//!
//! One exchange at a time. A hold wanted meanwhile is remembered and begun when the line is free.
//!
//! ```text
//! State                 Input             Next                  Outputs
//! Stable                hold wanted       CreatingOffer         CreateOffer
//! CreatingOffer         Offer             AwaitingAnswer        Reoffer
//! AwaitingAnswer        ReofferAccepted   Stable                AcceptAnswer
//! AwaitingAnswer        ReofferRefused    Stable                RollBack, HoldFailed (481: the call ends)
//! CreatingOffer,        deadline          Stable                RollBack, HoldFailed
//!  AwaitingAnswer
//! Stable                Reoffered         CreatingAnswer        AcceptOffer
//! Stable                Reoffered, empty  CreatingOfferForPeer  CreateOffer
//! CreatingOffer,        Reoffered         same                  RefuseReoffer 491
//!  AwaitingAnswer
//! the peer's turn       Reoffered         same                  RefuseReoffer 500
//! CreatingAnswer        Answer            Stable                AnswerReoffer
//! CreatingAnswer        Failed (codec, …) Stable                RefuseReoffer 488
//! CreatingOfferForPeer  Offer             AwaitingAck           AnswerReoffer
//! CreatingAnswer,       deadline          Stable                RollBack, RefuseReoffer 500
//!  CreatingOfferForPeer
//! AwaitingAck           Confirmed         Stable                AcceptAnswer
//! AwaitingAck           deadline          (the call ends)       Bye
//! ```

use super::{Call, CallPhase, Ending, Hold, MediaPath};
use crate::input::Sdp;
use crate::output::{Direction, EndCause, Event, MediaAction, SipAction};
use crate::phone::Outputs;
use crate::time::{Mono, Now};

/// The exchange under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Negotiation {
    /// None.
    Stable,
    /// The media edge makes our offer.
    CreatingOffer { hold: bool, since: Mono },
    /// Our re-INVITE is out.
    AwaitingAnswer { hold: bool, since: Mono },
    /// The media edge answers the peer's offer.
    CreatingAnswer { since: Mono },
    /// The peer's re-INVITE had no offer: the media edge makes ours.
    CreatingOfferForPeer { since: Mono },
    /// Our offer went in the 200; the answer comes with the ACK.
    AwaitingAck { since: Mono },
}

impl Call {
    fn negotiation(&self) -> Option<Negotiation> {
        self.phase
            .established()
            .map(|established| established.negotiation)
    }

    fn set_negotiation(&mut self, negotiation: Negotiation) {
        if let CallPhase::Established(established) = &mut self.phase {
            established.negotiation = negotiation;
        }
    }

    /// Begins a hold or resume that is wanted, when the line is free for it. A call that has the
    /// headset before it is up will not be held when it comes up.
    pub(crate) fn settle(&mut self, now: Now, has_headset: bool, out: &mut Outputs) {
        if has_headset {
            self.wants_hold = false;
        }
        let hold = self.wants_hold;
        if self.negotiation() == Some(Negotiation::Stable) && self.hold().local() != hold {
            let direction = match (hold, self.hold().remote()) {
                (false, _) => Direction::SendRecv,
                (true, false) => Direction::SendOnly,
                (true, true) => Direction::Inactive,
            };
            out.media(self.id, MediaAction::CreateOffer { direction });
            self.set_negotiation(Negotiation::CreatingOffer {
                hold,
                since: now.mono,
            });
        }
    }

    pub(super) fn on_reoffer_made(&mut self, now: Now, offer: Sdp, out: &mut Outputs) {
        let since = now.mono;
        match self.negotiation() {
            Some(Negotiation::CreatingOffer { hold, .. }) => {
                out.sip(self.id, SipAction::Reoffer { offer });
                self.set_negotiation(Negotiation::AwaitingAnswer { hold, since });
            }
            Some(Negotiation::CreatingOfferForPeer { .. }) => {
                out.sip(self.id, SipAction::AnswerReoffer { answer: offer });
                self.set_negotiation(Negotiation::AwaitingAck { since });
            }
            Some(
                Negotiation::Stable
                | Negotiation::AwaitingAnswer { .. }
                | Negotiation::CreatingAnswer { .. }
                | Negotiation::AwaitingAck { .. },
            )
            | None => self.out_of_place("offer"),
        }
    }

    pub(super) fn on_reoffer_answered(&mut self, answer: Sdp, out: &mut Outputs) {
        match self.negotiation() {
            Some(Negotiation::CreatingAnswer { .. }) => {
                out.sip(self.id, SipAction::AnswerReoffer { answer });
                self.set_negotiation(Negotiation::Stable);
            }
            Some(
                Negotiation::Stable
                | Negotiation::CreatingOffer { .. }
                | Negotiation::AwaitingAnswer { .. }
                | Negotiation::CreatingOfferForPeer { .. }
                | Negotiation::AwaitingAck { .. },
            )
            | None => self.out_of_place("answer"),
        }
    }

    pub(super) fn on_reoffered(&mut self, now: Now, offer: Option<Sdp>, out: &mut Outputs) {
        let since = now.mono;
        let status = match self.negotiation() {
            Some(Negotiation::Stable) => {
                let direction = match self.hold().local() {
                    true => Direction::SendOnly,
                    false => Direction::SendRecv,
                };
                let (action, next) = match offer {
                    Some(offer) => (
                        MediaAction::AcceptOffer { offer, direction },
                        Negotiation::CreatingAnswer { since },
                    ),
                    None => (
                        MediaAction::CreateOffer { direction },
                        Negotiation::CreatingOfferForPeer { since },
                    ),
                };
                out.media(self.id, action);
                return self.set_negotiation(next);
            }
            // Both at once: each refuses the other, and tries again after its own pause.
            Some(Negotiation::CreatingOffer { .. } | Negotiation::AwaitingAnswer { .. }) => 491,
            Some(
                Negotiation::CreatingAnswer { .. }
                | Negotiation::CreatingOfferForPeer { .. }
                | Negotiation::AwaitingAck { .. },
            ) => 500,
            None if self.phase.is_live() => 491,
            None => 481,
        };
        out.sip(self.id, SipAction::RefuseReoffer { status });
    }

    pub(super) fn refuse_reoffer(&mut self, status: u16, out: &mut Outputs) {
        out.sip(self.id, SipAction::RefuseReoffer { status });
        self.set_negotiation(Negotiation::Stable);
    }

    pub(super) fn on_reoffer_accepted(&mut self, now: Now, answer: Sdp, out: &mut Outputs) {
        let Some(Negotiation::AwaitingAnswer { hold, .. }) = self.negotiation() else {
            return self.out_of_place("200 to re-INVITE");
        };
        out.media(self.id, MediaAction::AcceptAnswer { answer });
        self.set_negotiation(Negotiation::Stable);
        self.set_hold(now, Hold::of(hold, self.hold().remote()), out);
    }

    pub(super) fn on_reoffer_refused(&mut self, now: Now, status: u16, out: &mut Outputs) {
        let Some(Negotiation::AwaitingAnswer { .. }) = self.negotiation() else {
            return self.out_of_place("refusal of re-INVITE");
        };
        match status {
            // The peer does not know this call any more (RFC 3261 section 12.2.1.2).
            481 => self.terminating(now, EndCause::RemoteHangup, Ending::Bye, out),
            _ => self.hold_failed(status, out),
        }
    }

    /// Hold or resume did not work: all is as before, also what we want.
    pub(super) fn hold_failed(&mut self, status: u16, out: &mut Outputs) {
        out.media(self.id, MediaAction::RollBack);
        self.set_negotiation(Negotiation::Stable);
        self.wants_hold = self.hold().local();
        out.event(Event::HoldFailed {
            call: self.id,
            status,
        });
        self.changed(out);
    }

    pub(super) fn on_reoffer_confirmed(&mut self, answer: Option<Sdp>, out: &mut Outputs) {
        let Some(Negotiation::AwaitingAck { .. }) = self.negotiation() else {
            return; // The ACK of an exchange that was complete with the 200.
        };
        out.media(
            self.id,
            match answer {
                Some(answer) => MediaAction::AcceptAnswer { answer },
                None => MediaAction::RollBack,
            },
        );
        self.set_negotiation(Negotiation::Stable);
    }

    pub(super) fn set_hold(&mut self, now: Now, hold: Hold, out: &mut Outputs) {
        let CallPhase::Established(established) = &mut self.phase else {
            return;
        };
        if established.hold == hold {
            return;
        }
        established.hold = hold;
        // Silence was right until now; from here on it counts.
        if let MediaPath::Interrupted { since } = &mut self.media {
            *since = now.mono;
        }
        self.changed(out);
    }
}
