//! What the media edge says about one call.

use super::{Answering, Call, CallPhase, Dialing, Ending, Hold, MediaPath, Negotiation};
use crate::input::{MediaEvent, MediaFailure, Sdp};
use crate::output::{EndCause, SipAction};
use crate::phone::Outputs;
use crate::time::Now;

impl Call {
    pub(crate) fn on_media(&mut self, now: Now, event: MediaEvent, out: &mut Outputs) {
        if !self.media_open() {
            // It crossed our Close.
            tracing::debug!(call = %self.id, "Media event without media");
            return;
        }
        match event {
            MediaEvent::Offer(sdp) => self.on_offer(now, sdp, out),
            MediaEvent::Answer(sdp) => self.on_answer(now, sdp, out),
            MediaEvent::RemoteDirection { receives } => {
                self.on_remote_direction(now, receives, out)
            }
            MediaEvent::Connected | MediaEvent::Restored => self.set_path(MediaPath::Flowing, out),
            MediaEvent::Interrupted => match self.media {
                MediaPath::Flowing => {
                    self.set_path(MediaPath::Interrupted { since: now.mono }, out);
                }
                // Not up yet has a deadline of its own.
                MediaPath::Connecting | MediaPath::Interrupted { .. } => {}
            },
            MediaEvent::Failed(failure) => self.on_media_failed(now, failure, out),
        }
    }

    fn set_path(&mut self, path: MediaPath, out: &mut Outputs) {
        if self.media != path {
            self.media = path;
            self.changed(out);
        }
    }

    fn on_offer(&mut self, now: Now, offer: Sdp, out: &mut Outputs) {
        match &mut self.phase {
            CallPhase::Dialing {
                since,
                step: Dialing::CreatingOffer { to, headers },
            } => {
                let (to, headers) = (std::mem::take(to), std::mem::take(headers));
                let since = *since;
                out.sip(self.id, SipAction::Invite { to, offer, headers });
                self.enter(
                    now,
                    CallPhase::Dialing {
                        since,
                        step: Dialing::Invited,
                    },
                    out,
                );
            }
            CallPhase::Answering {
                since,
                step: Answering::CreatingOffer,
            } => {
                let step = Answering::AwaitingAck {
                    since: now.mono,
                    offered: true,
                };
                let since = *since;
                out.sip(self.id, SipAction::Accept { sdp: offer });
                self.enter(now, CallPhase::Answering { since, step }, out);
            }
            CallPhase::Established(_) => self.on_reoffer_made(now, offer, out),
            CallPhase::Dialing {
                step: Dialing::Invited,
                ..
            }
            | CallPhase::Ringing { .. }
            | CallPhase::Alerting { .. }
            | CallPhase::Answering {
                step: Answering::CreatingAnswer | Answering::AwaitingAck { .. },
                ..
            }
            | CallPhase::Terminating { .. }
            | CallPhase::Terminated { .. } => self.out_of_place("offer"),
        }
    }

    fn on_answer(&mut self, now: Now, answer: Sdp, out: &mut Outputs) {
        match &self.phase {
            CallPhase::Answering {
                since,
                step: Answering::CreatingAnswer,
            } => {
                let step = Answering::AwaitingAck {
                    since: now.mono,
                    offered: false,
                };
                let since = *since;
                out.sip(self.id, SipAction::Accept { sdp: answer });
                self.enter(now, CallPhase::Answering { since, step }, out);
            }
            CallPhase::Established(_) => self.on_reoffer_answered(answer, out),
            CallPhase::Answering {
                step: Answering::CreatingOffer | Answering::AwaitingAck { .. },
                ..
            }
            | CallPhase::Dialing { .. }
            | CallPhase::Ringing { .. }
            | CallPhase::Alerting { .. }
            | CallPhase::Terminating { .. }
            | CallPhase::Terminated { .. } => self.out_of_place("answer"),
        }
    }

    fn on_remote_direction(&mut self, now: Now, receives: bool, out: &mut Outputs) {
        self.held_by_peer = !receives;
        if let CallPhase::Established(established) = &self.phase {
            let hold = Hold::of(established.hold.local(), !receives);
            self.set_hold(now, hold, out);
        }
    }

    fn on_media_failed(&mut self, now: Now, failure: MediaFailure, out: &mut Outputs) {
        let cause = EndCause::MediaFailed(failure);
        match &self.phase {
            CallPhase::Dialing {
                step: Dialing::CreatingOffer { .. },
                ..
            } => {
                self.terminate(now, cause, out);
            }
            CallPhase::Dialing {
                step: Dialing::Invited,
                ..
            }
            | CallPhase::Ringing { .. } => {
                self.terminating(now, cause, Ending::Cancel, out);
            }
            CallPhase::Answering { step, .. } => match step {
                Answering::CreatingAnswer | Answering::CreatingOffer => {
                    self.refuse(now, refusal(failure), cause, out);
                }
                Answering::AwaitingAck { .. } => {
                    self.terminating(now, cause, Ending::AwaitingAck, out);
                }
            },
            CallPhase::Established(established) => {
                let refuses_offer = match failure {
                    MediaFailure::NoCodec | MediaFailure::BadDescription => {
                        matches!(established.negotiation, Negotiation::CreatingAnswer { .. })
                    }
                    MediaFailure::NoMicrophone
                    | MediaFailure::NoSpeaker
                    | MediaFailure::NoPath
                    | MediaFailure::Dtls => false,
                };
                match refuses_offer {
                    true => self.refuse_reoffer(488, out),
                    false => self.terminating(now, cause, Ending::Bye, out),
                }
            }
            CallPhase::Alerting { .. }
            | CallPhase::Terminating { .. }
            | CallPhase::Terminated { .. } => self.out_of_place("media failure"),
        }
    }
}

/// What we tell the caller: is it the description, or are we unable now?
fn refusal(failure: MediaFailure) -> u16 {
    match failure {
        MediaFailure::NoCodec | MediaFailure::BadDescription => 488,
        MediaFailure::NoMicrophone
        | MediaFailure::NoSpeaker
        | MediaFailure::NoPath
        | MediaFailure::Dtls => 480,
    }
}
