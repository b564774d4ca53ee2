//! What the server sends us: new calls, requests inside calls, and all that is none of our business.

use std::sync::Arc;
use std::time::{Duration, Instant};

use alobar_core::{CallIds, Signal};
use rsipstack::dialog::dialog::Dialog;
use rsipstack::sip::prelude::HeadersExt;
use rsipstack::sip::{Header, Method, Request, SipMessage, StatusCode};
use rsipstack::transaction::TransactionReceiver;
use rsipstack::transaction::transaction::Transaction;
use tokio::sync::mpsc;

use super::call::{Call, Done, Phase, capabilities};
use super::message::{self, ALLOW};
use super::session_timer::{self, SessionTimer};
use super::{Context, Side, outgoing};
use crate::ladder::Direction;
use crate::serve::SwitchEvent;

/// Extensions we understand when a peer requires them.
const UNDERSTOOD: [&str; 2] = ["100rel", "timer"];

/// Answers every incoming request until the stack ends.
pub(crate) async fn serve(ctx: Arc<Context>, ids: CallIds, mut incoming: TransactionReceiver) {
    let mut strangers = Strangers::default();
    while let Some(mut tx) = incoming.recv().await {
        if let Some(mut dialog) = ctx.layer.match_dialog(&tx)
            && (is_confirmed(&dialog) || knows_early(tx.original.method))
        {
            // Runs as long as the transaction lives: it owns ACK and CANCEL. Errors end that transaction only.
            tokio::spawn(async move { drop(dialog.handle(&mut tx).await) });
            continue;
        }
        let tagged = tx
            .original
            .to_header()
            .is_ok_and(|to| to.tag().is_ok_and(|tag| tag.is_some()));
        match tx.original.method {
            Method::Ack => {}
            Method::Invite if !tagged => match refusal(&ctx, &tx.original) {
                None => ring(&ctx, &ids, tx),
                Some((StatusCode::NotFound, _)) if !strangers.may_be_answered(Instant::now()) => {}
                Some((status, headers)) => answer(tx, status, headers),
            },
            method => {
                let (status, headers) = match (&ctx.side, method) {
                    (Side::Exchange(flow), Method::Register) => flow.register(&tx.original),
                    _ => answer_to(&ctx, method, tagged, &tx.original),
                };
                answer(tx, status, headers);
            }
        }
    }
}

fn is_confirmed(dialog: &Dialog) -> bool {
    dialog.state().is_confirmed()
}

/// Methods that the stack handles before the dialog is confirmed; it drops the others unanswered.
fn knows_early(method: Method) -> bool {
    matches!(
        method,
        Method::Invite | Method::PRack | Method::Ack | Method::Bye | Method::Cancel
    )
}

/// Why a new INVITE gets no ring.
fn refusal(ctx: &Context, invite: &Request) -> Option<(StatusCode, Vec<Header>)> {
    match &ctx.side {
        // Whoever does not know the contact we registered did not ask our registrar.
        Side::Phone(_) if invite.uri.user() != Some(ctx.identity.contact_user.as_str()) => {
            return Some((StatusCode::NotFound, Vec::new()));
        }
        Side::Phone(_) => {}
        Side::Exchange(flow) => {
            if let Err(refusal) = flow.caller(invite) {
                return Some(refusal);
            }
        }
    }
    let unknown: Vec<_> = required(invite)
        .filter(|tag| !UNDERSTOOD.contains(&tag.as_str()))
        .collect();
    if !unknown.is_empty() {
        return Some((
            StatusCode::BadExtension,
            vec![Header::Unsupported(unknown.join(", ").into())],
        ));
    }
    if session_timer::is_too_short(invite) {
        let least = session_timer::MIN_SE.as_secs().to_string();
        return Some((
            StatusCode::SessionIntervalTooSmall,
            vec![Header::MinSE(least.into())],
        ));
    }
    if !invite.body.is_empty() && message::sdp_of(invite, &invite.body).is_none() {
        return Some((
            StatusCode::UnsupportedMediaType,
            vec![Header::Accept("application/sdp".into())],
        ));
    }
    None
}

fn required(request: &Request) -> impl Iterator<Item = String> {
    let values = request.headers.iter().filter_map(|header| match header {
        Header::Require(value) => Some(value.value()),
        _ => None,
    });
    values
        .flat_map(|value| value.split(','))
        .map(|tag| tag.trim().to_ascii_lowercase())
}

/// Requests outside our calls (RFC 3261 section 8.2.1, RFC 6665 section 4.1.3).
fn answer_to(
    ctx: &Context,
    method: Method,
    tagged: bool,
    request: &Request,
) -> (StatusCode, Vec<Header>) {
    let early = request
        .call_id_header()
        .is_ok_and(|id| ctx.calls.is_live(id.value()));
    match method {
        Method::Options => (StatusCode::OK, capabilities()),
        Method::Update if early && request.body.is_empty() => (StatusCode::OK, Vec::new()),
        Method::Update if early => (StatusCode::RequestPending, Vec::new()),
        Method::Bye if early => (StatusCode::OK, Vec::new()),
        // Asterisk tells the state of a mailbox unasked.
        Method::Notify if message::event(request).as_deref() == Some("message-summary") => {
            (StatusCode::OK, Vec::new())
        }
        Method::Notify if !tagged => (StatusCode::BadEvent, Vec::new()),
        Method::Invite
        | Method::Bye
        | Method::Update
        | Method::Info
        | Method::PRack
        | Method::Notify => (StatusCode::CallTransactionDoesNotExist, Vec::new()),
        Method::Ack
        | Method::Cancel
        | Method::Message
        | Method::Publish
        | Method::Refer
        | Method::Register
        | Method::Subscribe => (
            StatusCode::MethodNotAllowed,
            vec![Header::Allow(ALLOW.into())],
        ),
    }
}

/// Final answer beside the loop; the transaction lives on until it is acknowledged.
fn answer(mut tx: Transaction, status: StatusCode, headers: Vec<Header>) {
    tokio::spawn(async move {
        if tx.reply_with(status, headers, None).await.is_ok() {
            while tx.receive().await.is_some() {}
        }
    });
}

/// A new call.
fn ring(ctx: &Arc<Context>, ids: &CallIds, mut tx: Transaction) {
    let invite = tx.original.clone();
    let (state_sender, states) = ctx.layer.new_dialog_state_channel();
    let contact = ctx.identity.contact_uri().as_str().try_into().ok();
    let credential = Some(outgoing::credential(&ctx.account));
    let created = ctx
        .layer
        .get_or_create_server_invite(&tx, state_sender, credential, contact);
    let Ok(dialog) = created else {
        return answer(tx, StatusCode::BadRequest, Vec::new());
    };
    let id = ids.next_id();
    let sip_call_id = invite
        .call_id_header()
        .map(|id| id.value().to_owned())
        .unwrap_or_default();
    let actions = ctx.calls.open(id, &sip_call_id);
    // Only now is the call known to the ladder.
    ctx.calls
        .saw(Direction::Received, &SipMessage::Request(invite.clone()));
    let offer = message::sdp_of(&invite, &invite.body);
    let (done, outcomes) = mpsc::unbounded_channel::<Done>();
    let call = Call {
        ctx: Arc::clone(ctx),
        id,
        dialog: dialog.clone(),
        states,
        phase: Phase::Offered,
        done,
        leave_by: None,
        timer: None,
        peer_updates: message::has_token(&invite, "Allow", "UPDATE"),
        local_sdp: None,
        remote_sdp: offer.as_ref().map(|sdp| sdp.reveal().clone()),
        reoffered: None,
        reoffering: false,
        answer_in_ack: None,
        redial: None,
        told_transfer: None,
    };
    let mut server = dialog;
    // Runs until the INVITE is answered and acknowledged, or cancelled.
    tokio::spawn(async move { drop(server.handle(&mut tx).await) });
    if let Side::Exchange(flow) = &ctx.side
        && let Ok(user) = flow.caller(&invite)
    {
        let to = message::called(&invite);
        flow.tell(SwitchEvent::Dialled { call: id, user, to });
    }
    let linked_id = message::linked_id(&invite);
    ctx.signal(
        id,
        Signal::Incoming {
            from: message::caller(&invite),
            offer,
            linked_id,
        },
    );
    tokio::spawn(call.run(actions, outcomes));
}

impl Call {
    /// 180 Ringing; reliably where the caller requires that (RFC 3262).
    pub(super) fn ring(&self) {
        if self.phase != Phase::Offered {
            return;
        }
        let reliable = required(&self.dialog.initial_request()).any(|tag| tag == "100rel");
        let headers =
            reliable.then(|| vec![Header::Require("100rel".into()), Header::RSeq("1".into())]);
        // A cancelled call rings no more; its signal is on the way.
        let _ = self.dialog.ringing(headers, None);
    }

    /// 183 with sound before the answer (RFC 3960 section 3).
    pub(super) fn early_media(&mut self, sdp: String) {
        if self.phase == Phase::Offered {
            let headers = Some(message::sdp_headers());
            // A cancelled call sounds no more; its signal is on the way.
            let _ = self.dialog.ringing(headers, Some(sdp.into_bytes()));
        }
    }

    pub(super) fn accept(&mut self, sdp: String) {
        if self.phase != Phase::Offered {
            return;
        }
        let invite = self.dialog.initial_request();
        self.timer = SessionTimer::asked(&invite, tokio::time::Instant::now());
        let mut headers = message::sdp_headers();
        headers.extend([
            Header::Allow(ALLOW.into()),
            Header::Supported("timer".into()),
        ]);
        headers.extend(
            self.timer
                .map(|timer| timer.answer_headers())
                .unwrap_or_default(),
        );
        if self.remote_sdp.is_none() {
            self.answer_in_ack = invite.cseq_header().and_then(|cseq| cseq.seq()).ok();
        }
        self.local_sdp = Some(sdp.clone());
        self.phase = Phase::Answered;
        // A cancelled call cannot be accepted; its signal is on the way.
        let _ = self.dialog.accept(Some(headers), Some(sdp.into_bytes()));
    }

    pub(super) fn refuse(&mut self, status: u16) {
        if self.phase == Phase::Offered {
            // A cancelled call is over either way.
            let _ = self.dialog.reject(Some(StatusCode::from(status)), None);
            self.end(Signal::Closed);
        }
    }
}

/// Calls to contacts that are not ours are answered a few times a minute, then silently dropped.
#[derive(Debug, Default)]
struct Strangers {
    window: Option<Instant>,
    seen: u32,
}

impl Strangers {
    fn may_be_answered(&mut self, now: Instant) -> bool {
        if self
            .window
            .is_none_or(|begun| now - begun > Duration::from_mins(1))
        {
            *self = Self {
                window: Some(now),
                seen: 0,
            };
        }
        self.seen += 1;
        self.seen <= 5
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scanner_is_answered_a_few_times_and_then_not_at_all() {
        let (start, mut strangers) = (Instant::now(), Strangers::default());
        let answered = (0..100)
            .filter(|_| strangers.may_be_answered(start))
            .count();
        assert_eq!(answered, 5);
        assert!(strangers.may_be_answered(start + Duration::from_secs(61)));
    }
}
