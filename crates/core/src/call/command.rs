//! What the person does to one call.

use super::{Answering, Call, CallPhase, Dialing, Ending, Transfer};
use crate::dial::Dialable;
use crate::output::{Direction, EndCause, MediaAction, SipAction};
use crate::phone::Outputs;
use crate::pii::Pii;
use crate::reject::Rejected;
use crate::time::Now;

/// Most DTMF digits in one command: a card number with its codes fits.
const MAX_DTMF: usize = 64;

impl Call {
    fn wrong_phase(&self) -> Rejected {
        Rejected::WrongPhase {
            phase: self.phase.name(),
        }
    }

    /// Takes an incoming call.
    pub(crate) fn answer(&mut self, now: Now, out: &mut Outputs) -> Result<(), Rejected> {
        let CallPhase::Alerting { offer, .. } = &self.phase else {
            return Err(self.wrong_phase());
        };
        let direction = Direction::SendRecv;
        let (step, action) = match offer.clone() {
            Some(offer) => (
                Answering::CreatingAnswer,
                MediaAction::AcceptOffer { offer, direction },
            ),
            None => (
                Answering::CreatingOffer,
                MediaAction::CreateOffer { direction },
            ),
        };
        self.enter(now, CallPhase::Answering { since: now, step }, out);
        self.open_media(action, out);
        Ok(())
    }

    /// Refuses an incoming call that rings.
    pub(crate) fn decline(&mut self, now: Now, out: &mut Outputs) -> Result<(), Rejected> {
        let CallPhase::Alerting { .. } = &self.phase else {
            return Err(self.wrong_phase());
        };
        self.refuse(now, 603, EndCause::Declined, out);
        Ok(())
    }

    /// Ends the call, whatever it is doing.
    pub(crate) fn hang_up(&mut self, now: Now, out: &mut Outputs) -> Result<(), Rejected> {
        match &self.phase {
            CallPhase::Dialing {
                step: Dialing::CreatingOffer { .. },
                ..
            } => {
                self.terminate(now, EndCause::CanceledLocally, out);
            }
            CallPhase::Dialing {
                step: Dialing::Invited,
                ..
            }
            | CallPhase::Ringing { .. } => {
                self.terminating(now, EndCause::CanceledLocally, Ending::Cancel, out);
            }
            CallPhase::Alerting { .. } => self.refuse(now, 603, EndCause::Declined, out),
            CallPhase::Answering { step, .. } => match step {
                Answering::CreatingAnswer | Answering::CreatingOffer => {
                    self.refuse(now, 603, EndCause::LocalHangup, out);
                }
                Answering::AwaitingAck { .. } => {
                    self.terminating(now, EndCause::LocalHangup, Ending::AwaitingAck, out);
                }
            },
            CallPhase::Established(_) => {
                self.terminating(now, EndCause::LocalHangup, Ending::Bye, out);
            }
            CallPhase::Terminating { .. } | CallPhase::Terminated { .. } => {
                return Err(self.wrong_phase());
            }
        }
        Ok(())
    }

    /// The person puts the peer on hold.
    pub(crate) fn hold_by_person(&mut self, out: &mut Outputs) -> Result<(), Rejected> {
        let CallPhase::Established(_) = &self.phase else {
            return Err(self.wrong_phase());
        };
        if self.wants_hold {
            return Err(Rejected::AlreadyHeld);
        }
        self.wants_hold = true;
        self.changed(out);
        Ok(())
    }

    /// The person wants to talk to this peer (again).
    pub(crate) fn resume_by_person(
        &mut self,
        has_headset: bool,
        out: &mut Outputs,
    ) -> Result<(), Rejected> {
        let CallPhase::Established(_) = &self.phase else {
            return Err(self.wrong_phase());
        };
        if has_headset {
            return Err(Rejected::NotHeld);
        }
        self.wants_hold = false;
        self.changed(out);
        Ok(())
    }

    /// Another call takes the headset.
    pub(crate) fn want_hold(&mut self) {
        self.wants_hold = match &self.phase {
            CallPhase::Dialing { .. }
            | CallPhase::Ringing { .. }
            | CallPhase::Answering { .. }
            | CallPhase::Established(_) => true,
            CallPhase::Alerting { .. }
            | CallPhase::Terminating { .. }
            | CallPhase::Terminated { .. } => false,
        };
    }

    /// Could the person talk or listen here?
    pub(crate) fn may_have_headset(&self) -> bool {
        match &self.phase {
            CallPhase::Dialing { .. } | CallPhase::Ringing { .. } | CallPhase::Answering { .. } => {
                true
            }
            CallPhase::Established(_) => !self.wants_hold,
            CallPhase::Alerting { .. }
            | CallPhase::Terminating { .. }
            | CallPhase::Terminated { .. } => false,
        }
    }

    /// Tells a media peer just opened that the microphone is off.
    pub(crate) fn mute(&self, muted: bool, out: &mut Outputs) {
        if muted && self.media_open() {
            out.media(self.id, MediaAction::Mute { on: true });
        }
    }

    /// Digits for the machine at the other end.
    pub(crate) fn send_dtmf(&self, digits: Pii<String>, out: &mut Outputs) -> Result<(), Rejected> {
        match &self.phase {
            CallPhase::Established(_)
            | CallPhase::Ringing {
                early_media: true, ..
            } => {}
            CallPhase::Ringing {
                early_media: false, ..
            }
            | CallPhase::Dialing { .. }
            | CallPhase::Alerting { .. }
            | CallPhase::Answering { .. }
            | CallPhase::Terminating { .. }
            | CallPhase::Terminated { .. } => return Err(self.wrong_phase()),
        }
        let is_dtmf = |c: char| c.is_ascii_digit() || matches!(c, '*' | '#' | 'A'..='D');
        let text = digits.reveal();
        if !matches!(text.len(), 1..=MAX_DTMF) || !text.chars().all(is_dtmf) {
            return Err(Rejected::BadDigits);
        }
        out.media(self.id, MediaAction::SendDtmf { digits });
        Ok(())
    }

    /// Asks the peer to call `to` instead of us.
    pub(crate) fn blind_transfer(
        &mut self,
        now: Now,
        to: Dialable,
        wire: Pii<String>,
        out: &mut Outputs,
    ) -> Result<(), Rejected> {
        let wrong_phase = self.wrong_phase();
        let CallPhase::Established(established) = &mut self.phase else {
            return Err(wrong_phase);
        };
        if established.transfer != Transfer::None {
            return Err(Rejected::TransferInProgress);
        }
        established.transfer = Transfer::Blind {
            to,
            since: now.mono,
            accepted: false,
        };
        out.sip(self.id, SipAction::Refer { to: wire });
        self.changed(out);
        Ok(())
    }
}
