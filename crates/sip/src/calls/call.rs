//! One call: a task that turns actions into SIP and the dialog's states into signals.

use std::sync::Arc;
use std::time::Duration;

use alobar_core::{CallId, Signal, SipAction};
use rsipstack::dialog::dialog::{
    DialogState, DialogStateReceiver, TerminatedReason, TransactionHandle,
};
use rsipstack::dialog::invite_dialog::InviteDialog;
use rsipstack::sip::prelude::HeadersExt;
use rsipstack::sip::{Header, Request, Response, StatusCode};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

use super::message::{self, ALLOW};
use super::session_timer::SessionTimer;
use super::{CallAction, Context, Side};
use crate::serve::SwitchEvent;

/// A goodbye that nobody answers is over by then.
const LEAVE_WITHIN: Duration = Duration::from_secs(5);

/// How far the dialog is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Our INVITE has no final answer.
    Dialing,
    /// The peer's INVITE has no final answer.
    Offered,
    /// Our 2xx waits for its ACK.
    Answered,
    Established,
    Over,
}

/// Work that ran beside the task has ended.
#[derive(Debug)]
pub(super) enum Done {
    Invite(rsipstack::Result<Option<Response>>),
    Reoffer {
        offer: String,
        outcome: rsipstack::Result<Option<Response>>,
    },
    Refresh {
        timer: SessionTimer,
        outcome: rsipstack::Result<Option<Response>>,
    },
    Refer(rsipstack::Result<Option<Response>>),
    Goodbye,
}

/// The peer's offer that the phone has not answered yet.
pub(super) struct Reoffered {
    pub(super) handle: TransactionHandle,
    pub(super) request: Request,
}

pub(super) struct Call {
    pub(super) ctx: Arc<Context>,
    pub(super) id: CallId,
    pub(super) dialog: InviteDialog,
    pub(super) states: DialogStateReceiver,
    pub(super) phase: Phase,
    pub(super) done: mpsc::UnboundedSender<Done>,
    /// We have said goodbye; by then the call is over whatever the peer says.
    pub(super) leave_by: Option<Instant>,
    pub(super) timer: Option<SessionTimer>,
    /// The peer allows UPDATE, which refreshes without touching the descriptions.
    pub(super) peer_updates: bool,
    /// The descriptions in force, for refreshes that change nothing.
    pub(super) local_sdp: Option<String>,
    pub(super) remote_sdp: Option<String>,
    pub(super) reoffered: Option<Reoffered>,
    /// Our own re-INVITE or refresh is under way.
    pub(super) reoffering: bool,
    /// CSeq of the peer's INVITE whose ACK will carry the answer to our offer.
    pub(super) answer_in_ack: Option<u32>,
    /// What [`super::outgoing`] needs to try again after a 422.
    pub(super) redial: Option<super::outgoing::Redial>,
    /// The NOTIFY about a transfer that is under way: the next one waits for its answer.
    pub(super) told_transfer: Option<JoinHandle<()>>,
}

impl Call {
    pub(super) async fn run(
        mut self,
        mut actions: mpsc::UnboundedReceiver<CallAction>,
        mut done: mpsc::UnboundedReceiver<Done>,
    ) {
        while self.phase != Phase::Over {
            let deadline = self.leave_by.or(self.timer.map(|timer| timer.deadline()));
            let far = Instant::now() + Duration::from_hours(1);
            tokio::select! {
                biased;
                Some(state) = self.states.recv() => self.observe(state).await,
                Some(outcome) = done.recv() => self.finish(outcome),
                Some(action) = actions.recv() => self.act(action).await,
                () = sleep_until(deadline.unwrap_or(far)) => self.deadline_came(deadline.is_some()),
            }
        }
        self.ctx.layer.remove_dialog(&self.dialog.id());
        self.ctx.calls.close(self.id);
    }

    pub(super) fn signal(&self, signal: Signal) {
        self.ctx.signal(self.id, signal);
    }

    /// The last signal of this call.
    pub(super) fn end(&mut self, signal: Signal) {
        if self.phase != Phase::Over {
            self.phase = Phase::Over;
            let last = if self.leave_by.is_some() {
                Signal::Closed
            } else {
                signal
            };
            self.signal(last);
        }
    }

    /// Runs one exchange beside the task, so that neither waits for the other.
    pub(super) fn spawn(&self, work: impl Future<Output = Done> + Send + 'static) {
        let done = self.done.clone();
        tokio::spawn(async move {
            // A call that is over does not wait for its last exchanges.
            let _ = done.send(work.await);
        });
    }

    async fn act(&mut self, action: CallAction) {
        match action {
            CallAction::Perform(action) => self.perform(action).await,
            CallAction::EarlyMedia { sdp } => self.early_media(sdp),
            CallAction::TellTransfer { status } => self.tell_transfer(status),
        }
    }

    async fn perform(&mut self, action: SipAction) {
        match action {
            // The first action of a call; it has made this task.
            SipAction::Invite { .. } => {}
            SipAction::Cancel | SipAction::Bye => self.leave(),
            SipAction::Ring => self.ring(),
            SipAction::Accept { sdp } => self.accept(sdp.into_inner()),
            SipAction::Refuse { status } => self.refuse(status),
            SipAction::Reoffer { offer } => self.reoffer(offer.into_inner()),
            SipAction::AnswerReoffer { answer } => self.answer_reoffer(answer.into_inner()).await,
            SipAction::RefuseReoffer { status } => self.refuse_reoffer(status).await,
            SipAction::Refer { to } => self.refer(to.reveal()),
        }
    }

    /// CANCEL, BYE or a refusal: whichever this phase knows.
    fn leave(&mut self) {
        match self.phase {
            Phase::Offered => return self.refuse(480),
            Phase::Over => return,
            Phase::Dialing | Phase::Answered | Phase::Established => {}
        }
        if self.leave_by.is_some() {
            return;
        }
        self.leave_by = Some(Instant::now() + LEAVE_WITHIN);
        let (dialog, dialing) = (self.dialog.clone(), self.phase == Phase::Dialing);
        self.spawn(async move {
            // Refused or unanswered, the call is over for us all the same.
            let _ = if dialing {
                dialog.cancel().await
            } else {
                dialog.bye().await
            };
            Done::Goodbye
        });
    }

    async fn observe(&mut self, state: DialogState) {
        match state {
            DialogState::Early(_, response)
                if self.phase == Phase::Dialing && self.leave_by.is_none() =>
            {
                self.signal(Signal::Progress {
                    early: message::sdp_of(&response, &response.body),
                });
            }
            DialogState::Confirmed(_, response) => self.confirmed(&response),
            DialogState::Updated(_, request, handle) => self.peer_offers(request, handle).await,
            DialogState::Notify(_, request, handle) => self.notified(&request, &handle).await,
            DialogState::Info(_, request, handle) => {
                let known =
                    request.body.is_empty() || message::has_content(&request, "application/dtmf");
                let status = if known {
                    StatusCode::OK
                } else {
                    StatusCode::UnsupportedMediaType
                };
                reply(&handle, status, Vec::new()).await;
            }
            DialogState::Options(_, _, handle) => {
                reply(&handle, StatusCode::OK, capabilities()).await;
            }
            DialogState::Refer(_, request, handle) => self.referred(&request, &handle).await,
            DialogState::Message(_, _, handle) | DialogState::Publish(_, _, handle) => {
                reply(
                    &handle,
                    StatusCode::MethodNotAllowed,
                    vec![Header::Allow(ALLOW.into())],
                )
                .await;
            }
            DialogState::Terminated(_, reason) => self.terminated(&reason),
            DialogState::Calling(_)
            | DialogState::Trying(_)
            | DialogState::Early(..)
            | DialogState::WaitAck(..) => {}
        }
    }

    /// 2xx to our INVITE, the ACK for ours, or one of the stack's repetitions of either.
    fn confirmed(&mut self, response: &Response) {
        match self.phase {
            Phase::Dialing => {
                self.phase = Phase::Established;
                self.timer = SessionTimer::agreed(response, Instant::now());
                self.peer_updates = message::has_token(response, "Allow", "UPDATE");
                let answer = message::sdp_of(response, &response.body);
                self.remote_sdp = answer.as_ref().map(|sdp| sdp.reveal().clone());
                self.signal(Signal::Accepted { answer });
            }
            Phase::Answered => {
                self.phase = Phase::Established;
                let answer = self.answer_from_ack();
                self.signal(Signal::Confirmed { answer });
            }
            Phase::Established => {
                if let Some(answer) = self.answer_from_ack() {
                    self.signal(Signal::Confirmed {
                        answer: Some(answer),
                    });
                }
            }
            Phase::Offered | Phase::Over => {}
        }
    }

    fn answer_from_ack(&mut self) -> Option<alobar_core::Sdp> {
        let ack = self.dialog.last_remote_ack()?;
        let seq = ack.cseq_header().and_then(|cseq| cseq.seq()).ok();
        self.answer_in_ack
            .take_if(|awaited| Some(*awaited) == seq)?;
        let answer = message::sdp_of(&ack, &ack.body);
        self.remote_sdp = answer.as_ref().map(|sdp| sdp.reveal().clone());
        answer
    }

    /// The stack has ended the dialog. An unanswered INVITE of ours ends in [`Done::Invite`] instead.
    fn terminated(&mut self, reason: &TerminatedReason) {
        match (self.phase, reason) {
            (Phase::Dialing | Phase::Over, _) => {}
            (Phase::Offered, TerminatedReason::UacCancel) => {
                let elsewhere = self.ctx.calls.was_taken_elsewhere(self.id);
                self.end(Signal::Canceled { elsewhere });
            }
            (Phase::Answered, TerminatedReason::UacCancel) => {
                self.end(Signal::Canceled { elsewhere: false })
            }
            (Phase::Offered | Phase::Answered | Phase::Established, _) => self.end(Signal::Bye),
        }
    }

    async fn notified(&mut self, request: &Request, handle: &TransactionHandle) {
        if !message::is_refer_event(request) {
            return reply(handle, StatusCode::BadEvent, Vec::new()).await;
        }
        reply(handle, StatusCode::OK, Vec::new()).await;
        if let Some(status) = message::sipfrag_status(&request.body) {
            self.signal(Signal::TransferProgress { status });
        }
    }

    /// The network does not make a phone dial; an exchange is there to do that.
    async fn referred(&mut self, request: &Request, handle: &TransactionHandle) {
        let (Side::Exchange(flow), Some(to)) = (&self.ctx.side, message::refer_to(request)) else {
            return reply(handle, StatusCode::Decline, Vec::new()).await;
        };
        reply(handle, StatusCode::Accepted, Vec::new()).await;
        flow.tell(SwitchEvent::TransferAsked { call: self.id, to });
    }

    /// One after the other: a phone refuses what has an older CSeq than it has seen (RFC 3261
    /// 12.2.2), and the outcome must not be the one that is lost.
    fn tell_transfer(&mut self, status: u16) {
        let state = match status {
            ..200 => "active;expires=60",
            200.. => "terminated;reason=noresource",
        };
        let dialog = self.dialog.clone();
        let before = self.told_transfer.take();
        self.told_transfer = Some(tokio::spawn(async move {
            if let Some(before) = before {
                // Fails only when the program ends.
                let _ = before.await;
            }
            // A phone that has hung up meanwhile does not want to know.
            drop(dialog.notify_refer(status.into(), state).await);
        }));
    }

    fn refer(&mut self, to: &str) {
        let domain = self.ctx.account.aor_domain();
        let target = format!("<sip:{}@{domain}>", message::escaped_user(to));
        let dialog = self.dialog.clone();
        self.spawn(async move { Done::Refer(dialog.refer(target, None, None).await) });
    }

    fn finish(&mut self, done: Done) {
        match done {
            Done::Invite(outcome) => self.invite_ended(outcome),
            Done::Reoffer { offer, outcome } => self.reoffer_ended(offer, outcome),
            Done::Refresh { timer, outcome } => self.refresh_ended(timer, outcome),
            Done::Refer(outcome) => {
                // 202 only says that the peer will try; NOTIFYs tell how it goes.
                let status = match status_of(&outcome) {
                    200..=299 => 100,
                    status => status,
                };
                self.signal(Signal::TransferProgress { status });
            }
            // A cancelled INVITE is over when it has its own final answer.
            Done::Goodbye if self.phase == Phase::Dialing => {}
            Done::Goodbye => self.end(Signal::Closed),
        }
    }

    fn deadline_came(&mut self, due: bool) {
        match self.timer {
            _ if !due => {}
            _ if self.leave_by.is_some() => self.end(Signal::Closed),
            Some(timer) if timer.ours => self.refresh(timer),
            Some(_) => {
                // The peer has stopped refreshing: it is gone (RFC 4028 section 10).
                let dialog = self.dialog.clone();
                self.spawn(async move {
                    let _ = dialog.bye().await;
                    Done::Goodbye
                });
                self.end(Signal::Bye);
            }
            None => {}
        }
    }
}

/// What an OPTIONS is told (RFC 3261 section 11.2).
pub(super) fn capabilities() -> Vec<Header> {
    vec![
        Header::Allow(ALLOW.into()),
        Header::Accept("application/sdp".into()),
        Header::Supported("timer, 100rel".into()),
    ]
}

/// Final answer to an in-dialog request.
pub(super) async fn reply(handle: &TransactionHandle, status: StatusCode, headers: Vec<Header>) {
    // The transaction may have ended meanwhile; then nobody waits for the answer.
    let _ = handle.respond(status, Some(headers), None).await;
}

/// Status of an exchange; 408 and 503 stand for no answer and no way to send.
pub(super) fn status_of(outcome: &rsipstack::Result<Option<Response>>) -> u16 {
    match outcome {
        Ok(Some(response)) => response.status_code.code(),
        Ok(None) => 408,
        Err(_) => 503,
    }
}
