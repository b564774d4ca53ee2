//! What the exchange says about one call.

use super::{
    Answering, Call, CallPhase, Dialing, Ending, Established, Hold, Negotiation, Transfer,
    end_cause,
};
use crate::input::{MediaFailure, Sdp, Signal};
use crate::output::{EndCause, Event, MediaAction, SipAction};
use crate::phone::Outputs;
use crate::time::Now;

impl Call {
    /// `registered` tells a server that is busy (503) from a link that is gone.
    pub(crate) fn on_signal(
        &mut self,
        now: Now,
        signal: Signal,
        registered: bool,
        out: &mut Outputs,
    ) {
        match signal {
            Signal::Incoming { .. } => self.out_of_place("INVITE"),
            Signal::Progress { early } => self.on_progress(now, early, out),
            Signal::Accepted { answer } => self.on_accepted(now, answer, out),
            Signal::Refused { status } => self.on_refused(now, status, registered, out),
            Signal::Canceled { elsewhere } => self.on_canceled(now, elsewhere, out),
            Signal::Confirmed { answer } => self.on_confirmed(now, answer, out),
            Signal::Reoffered { offer } => self.on_reoffered(now, offer, out),
            Signal::ReofferAccepted { answer } => self.on_reoffer_accepted(now, answer, out),
            Signal::ReofferRefused { status } => self.on_reoffer_refused(now, status, out),
            Signal::TransferProgress { status } => self.on_transfer_progress(now, status, out),
            Signal::Bye => self.on_bye(now, out),
            Signal::Closed => self.on_closed(now, out),
        }
    }

    /// A message that has no place here is logged, and nothing else happens.
    pub(super) fn out_of_place(&self, what: &'static str) {
        tracing::warn!(call = %self.id, phase = self.phase.name().code(), what, "Out of place");
    }

    fn on_progress(&mut self, now: Now, early: Option<Sdp>, out: &mut Outputs) {
        let (since, had_early, is_new) = match &self.phase {
            CallPhase::Dialing {
                step: Dialing::Invited,
                ..
            } => (now, false, true),
            CallPhase::Ringing { since, early_media } => (*since, *early_media, false),
            CallPhase::Terminating { .. } => return,
            CallPhase::Dialing {
                step: Dialing::CreatingOffer { .. },
                ..
            }
            | CallPhase::Alerting { .. }
            | CallPhase::Answering { .. }
            | CallPhase::Established(_)
            | CallPhase::Terminated { .. } => return self.out_of_place("18x"),
        };
        let early_media = had_early || early.is_some();
        if let Some(sdp) = early {
            self.apply_answer(sdp, out);
        }
        if is_new || early_media != had_early {
            self.enter(now, CallPhase::Ringing { since, early_media }, out);
        }
    }

    fn on_accepted(&mut self, now: Now, answer: Option<Sdp>, out: &mut Outputs) {
        match &self.phase {
            CallPhase::Dialing {
                step: Dialing::Invited,
                ..
            }
            | CallPhase::Ringing { .. } => {
                if let Some(sdp) = answer {
                    self.apply_answer(sdp, out);
                }
                self.establish(now, out);
            }
            // It crossed our CANCEL.
            CallPhase::Terminating {
                cause,
                ending: Ending::Cancel,
                ..
            } => {
                let cause = *cause;
                self.terminating(now, cause, Ending::Bye, out);
            }
            // It came after we had given up waiting for the end of our CANCEL.
            CallPhase::Terminated { .. } if self.goodbye == Some(Ending::Cancel) => self.bye(out),
            CallPhase::Dialing {
                step: Dialing::CreatingOffer { .. },
                ..
            }
            | CallPhase::Alerting { .. }
            | CallPhase::Answering { .. }
            | CallPhase::Established(_)
            | CallPhase::Terminating {
                ending: Ending::Bye | Ending::AwaitingAck,
                ..
            }
            | CallPhase::Terminated { .. } => self.out_of_place("200"),
        }
    }

    fn on_refused(&mut self, now: Now, status: u16, registered: bool, out: &mut Outputs) {
        let cause = match &self.phase {
            CallPhase::Dialing {
                step: Dialing::Invited,
                ..
            }
            | CallPhase::Ringing { .. }
                if status == 503 && !registered =>
            {
                EndCause::LinkLost
            }
            CallPhase::Dialing {
                step: Dialing::Invited,
                ..
            } => end_cause(status, false),
            CallPhase::Ringing { .. } => end_cause(status, true),
            CallPhase::Terminating { cause, .. } => *cause,
            CallPhase::Dialing {
                step: Dialing::CreatingOffer { .. },
                ..
            }
            | CallPhase::Alerting { .. }
            | CallPhase::Answering { .. }
            | CallPhase::Established(_)
            | CallPhase::Terminated { .. } => return self.out_of_place("3xx-6xx"),
        };
        self.terminate(now, cause, out);
    }

    fn on_canceled(&mut self, now: Now, elsewhere: bool, out: &mut Outputs) {
        let cause = match &self.phase {
            CallPhase::Alerting { .. } | CallPhase::Answering { .. } => match elsewhere {
                true => EndCause::AnsweredElsewhere,
                false => EndCause::CanceledByCaller,
            },
            CallPhase::Terminating { cause, .. } => *cause,
            CallPhase::Dialing { .. }
            | CallPhase::Ringing { .. }
            | CallPhase::Established(_)
            | CallPhase::Terminated { .. } => return self.out_of_place("CANCEL"),
        };
        self.terminate(now, cause, out);
    }

    fn on_confirmed(&mut self, now: Now, answer: Option<Sdp>, out: &mut Outputs) {
        match &self.phase {
            CallPhase::Answering {
                step: Answering::AwaitingAck { offered, .. },
                ..
            } => {
                if let Some(sdp) = answer.filter(|_| *offered) {
                    self.apply_answer(sdp, out);
                }
                self.establish(now, out);
            }
            CallPhase::Established(_) => self.on_reoffer_confirmed(answer, out),
            CallPhase::Terminating {
                cause,
                ending: Ending::AwaitingAck,
                ..
            } => {
                let cause = *cause;
                self.terminating(now, cause, Ending::Bye, out);
            }
            // The ACK of our refusal, or a repeated one.
            CallPhase::Terminating {
                ending: Ending::Cancel | Ending::Bye,
                ..
            }
            | CallPhase::Terminated { .. } => {}
            CallPhase::Dialing { .. }
            | CallPhase::Ringing { .. }
            | CallPhase::Alerting { .. }
            | CallPhase::Answering {
                step: Answering::CreatingAnswer | Answering::CreatingOffer,
                ..
            } => self.out_of_place("ACK"),
        }
    }

    fn on_transfer_progress(&mut self, now: Now, status: u16, out: &mut Outputs) {
        let CallPhase::Established(established) = &mut self.phase else {
            // The last NOTIFY may come after the BYE.
            tracing::debug!(call = %self.id, "Transfer progress of a call that is not up");
            return;
        };
        let Transfer::Blind { accepted, .. } = &mut established.transfer else {
            return self.out_of_place("NOTIFY");
        };
        match status {
            // 202 is the answer to the REFER itself.
            0..200 | 202 => *accepted = true,
            200..300 => self.terminating(now, EndCause::Transferred, Ending::Bye, out),
            300.. => self.transfer_failed(status, out),
        }
    }

    pub(super) fn transfer_failed(&mut self, status: u16, out: &mut Outputs) {
        if let CallPhase::Established(established) = &mut self.phase {
            established.transfer = Transfer::None;
            out.event(Event::TransferFailed {
                call: self.id,
                status,
            });
            self.changed(out);
        }
    }

    fn on_bye(&mut self, now: Now, out: &mut Outputs) {
        let cause = match &self.phase {
            CallPhase::Alerting { .. } => EndCause::CanceledByCaller,
            CallPhase::Dialing { .. } | CallPhase::Ringing { .. } | CallPhase::Answering { .. } => {
                EndCause::RemoteHangup
            }
            CallPhase::Established(established) => match &established.transfer {
                // It agreed to go, and has gone before telling us how it went.
                Transfer::Blind { accepted: true, .. } => EndCause::Transferred,
                Transfer::Blind {
                    accepted: false, ..
                }
                | Transfer::None => EndCause::RemoteHangup,
            },
            CallPhase::Terminating { cause, .. } => *cause,
            CallPhase::Terminated { .. } => return,
        };
        self.terminate(now, cause, out);
    }

    fn on_closed(&mut self, now: Now, out: &mut Outputs) {
        let cause = match &self.phase {
            CallPhase::Dialing { .. }
            | CallPhase::Ringing { .. }
            | CallPhase::Alerting { .. }
            | CallPhase::Answering { .. }
            | CallPhase::Established(_) => EndCause::LinkLost,
            CallPhase::Terminating { cause, .. } => *cause,
            CallPhase::Terminated { .. } => return,
        };
        self.terminate(now, cause, out);
    }

    /// The peer's answer to our first offer; a 200 often repeats what the 183 had.
    fn apply_answer(&mut self, answer: Sdp, out: &mut Outputs) {
        if self.applied.as_ref() != Some(&answer) {
            self.applied = Some(answer.clone());
            out.media(self.id, MediaAction::AcceptAnswer { answer });
        }
    }

    /// The dialog is confirmed. If we had offered, an answer must have come by now.
    fn establish(&mut self, now: Now, out: &mut Outputs) {
        let offered = match &self.phase {
            CallPhase::Answering {
                step: Answering::AwaitingAck { offered, .. },
                ..
            } => *offered,
            CallPhase::Answering {
                step: Answering::CreatingAnswer | Answering::CreatingOffer,
                ..
            }
            | CallPhase::Dialing { .. }
            | CallPhase::Ringing { .. }
            | CallPhase::Alerting { .. }
            | CallPhase::Established(_)
            | CallPhase::Terminating { .. }
            | CallPhase::Terminated { .. } => true,
        };
        if offered && self.applied.is_none() {
            let cause = EndCause::MediaFailed(MediaFailure::BadDescription);
            return self.terminating(now, cause, Ending::Bye, out);
        }
        let established = Established {
            since: now,
            hold: Hold::of(false, self.held_by_peer),
            transfer: Transfer::None,
            negotiation: Negotiation::Stable,
        };
        self.enter(now, CallPhase::Established(established), out);
    }

    /// At most one BYE a call.
    pub(super) fn bye(&mut self, out: &mut Outputs) {
        if self.goodbye != Some(Ending::Bye) {
            self.goodbye = Some(Ending::Bye);
            out.sip(self.id, SipAction::Bye);
        }
    }
}
