//! Changing or refreshing an established session, from either side (RFC 3261 section 14, RFC 3311, RFC 4028).

use alobar_core::Signal;
use rsipstack::dialog::dialog::TransactionHandle;
use rsipstack::sip::prelude::HeadersExt;
use rsipstack::sip::{Header, Method, Request, Response, StatusCode};
use tokio::time::Instant;

use super::call::{Call, Done, Phase, Reoffered, reply, status_of};
use super::message;
use super::session_timer::{self, SessionTimer};

/// 491 is tried again so often; each wait is 2.1 to 4 s (RFC 3261 section 14.1).
const GLARE_ATTEMPTS: usize = 3;

impl Call {
    /// re-INVITE or UPDATE from the peer.
    pub(super) async fn peer_offers(&mut self, request: Request, handle: TransactionHandle) {
        if session_timer::is_too_short(&request) {
            let least = Header::MinSE(session_timer::MIN_SE.as_secs().to_string().into());
            return reply(&handle, StatusCode::SessionIntervalTooSmall, vec![least]).await;
        }
        if self.reoffering {
            return reply(&handle, StatusCode::RequestPending, Vec::new()).await;
        }
        if self.reoffered.is_some() {
            // The peer's own earlier offer is still open (RFC 3261 section 14.2).
            let later = vec![Header::RetryAfter("2".into())];
            return reply(&handle, StatusCode::ServerInternalError, later).await;
        }
        let offer = message::sdp_of(&request, &request.body);
        let refresh = match &offer {
            None => request.method == Method::Update,
            Some(offer) => self.is_in_force(offer.reveal()),
        };
        self.reoffered = Some(Reoffered { handle, request });
        if refresh {
            let answer = offer.and(self.local_sdp.clone());
            return self.respond(answer).await;
        }
        self.signal(Signal::Reoffered { offer });
    }

    /// Whether the peer repeats the description it has sent before: a refresh, no change.
    fn is_in_force(&self, offer: &str) -> bool {
        let known = self.remote_sdp.as_deref().and_then(message::origin_line);
        known.is_some() && known == message::origin_line(offer) && self.local_sdp.is_some()
    }

    pub(super) async fn answer_reoffer(&mut self, answer: String) {
        if let Some(Reoffered { request, .. }) = &self.reoffered {
            match message::sdp_of(request, &request.body) {
                Some(offer) => self.remote_sdp = Some(offer.into_inner()),
                // Ours is the offer; the answer comes with the ACK.
                None => self.answer_in_ack = request.cseq_header().and_then(|cseq| cseq.seq()).ok(),
            }
            self.local_sdp = Some(answer.clone());
            self.respond(Some(answer)).await;
        }
    }

    pub(super) async fn refuse_reoffer(&mut self, status: u16) {
        if let Some(Reoffered { handle, .. }) = self.reoffered.take() {
            reply(&handle, StatusCode::from(status), Vec::new()).await;
        }
    }

    async fn respond(&mut self, sdp: Option<String>) {
        let Some(Reoffered { handle, request }) = self.reoffered.take() else {
            return;
        };
        self.timer = SessionTimer::asked(&request, Instant::now());
        let mut headers = self
            .timer
            .map(|timer| timer.answer_headers())
            .unwrap_or_default();
        headers.push(Header::Allow(message::ALLOW.into()));
        if sdp.is_some() {
            headers.extend(message::sdp_headers());
        }
        // The transaction may have ended meanwhile; then nobody waits for the answer.
        let _ = handle
            .respond(StatusCode::OK, Some(headers), sdp.map(String::into_bytes))
            .await;
    }

    /// Our own re-INVITE.
    pub(super) fn reoffer(&mut self, offer: String) {
        if self.reoffering || self.phase != Phase::Established {
            return self.signal(Signal::ReofferRefused { status: 491 });
        }
        self.reoffering = true;
        let (dialog, headers) = (self.dialog.clone(), self.request_headers(true));
        self.spawn(async move {
            let body = offer.clone().into_bytes();
            let outcome = dialog
                .reinvite_with_glare_retry(Some(headers), Some(body), GLARE_ATTEMPTS)
                .await;
            Done::Reoffer { offer, outcome }
        });
    }

    pub(super) fn reoffer_ended(
        &mut self,
        offer: String,
        outcome: rsipstack::Result<Option<Response>>,
    ) {
        self.reoffering = false;
        let answer =
            accepted(&outcome).and_then(|response| message::sdp_of(response, &response.body));
        match (answer, status_of(&outcome)) {
            (Some(answer), _) => {
                self.agree(&outcome);
                self.local_sdp = Some(offer);
                self.remote_sdp = Some(answer.reveal().clone());
                self.signal(Signal::ReofferAccepted { answer });
            }
            // The peer does not know the dialog any more (RFC 3261 section 12.2.1.2).
            (None, 481) => self.end(Signal::Bye),
            (None, 200..=299) => self.signal(Signal::ReofferRefused { status: 488 }),
            (None, status) => self.signal(Signal::ReofferRefused { status }),
        }
    }

    /// Our turn to refresh: UPDATE where the peer takes it, else a re-INVITE with what is in force.
    pub(super) fn refresh(&mut self, timer: SessionTimer) {
        if self.reoffering || self.reoffered.is_some() {
            self.timer = Some(timer.postponed(Instant::now()));
            return;
        }
        self.reoffering = true;
        self.timer = None;
        let (dialog, sdp) = (self.dialog.clone(), self.local_sdp.clone());
        let update = self.peer_updates;
        let mut headers = timer.request_headers();
        if !update {
            headers.extend(message::sdp_headers());
        }
        self.spawn(async move {
            let outcome = if update {
                dialog.update(Some(headers), None).await
            } else {
                dialog
                    .reinvite(Some(headers), sdp.map(String::into_bytes))
                    .await
            };
            Done::Refresh { timer, outcome }
        });
    }

    pub(super) fn refresh_ended(
        &mut self,
        timer: SessionTimer,
        outcome: rsipstack::Result<Option<Response>>,
    ) {
        self.reoffering = false;
        match status_of(&outcome) {
            200..=299 => self.agree(&outcome),
            // Nobody there any more (RFC 4028 section 10).
            408 | 481 => self.end(Signal::Bye),
            // The link is away, or the peer is busy with an offer of its own.
            status => {
                tracing::info!(call = %self.id, status, "session refresh refused");
                self.timer = Some(timer.postponed(Instant::now()));
            }
        }
    }

    fn agree(&mut self, outcome: &rsipstack::Result<Option<Response>>) {
        self.timer =
            accepted(outcome).and_then(|response| SessionTimer::agreed(response, Instant::now()));
    }

    fn request_headers(&self, with_sdp: bool) -> Vec<Header> {
        let mut headers = self
            .timer
            .map(|timer| timer.request_headers())
            .unwrap_or_default();
        headers.push(Header::Allow(message::ALLOW.into()));
        if with_sdp {
            headers.extend(message::sdp_headers());
        }
        headers
    }
}

fn accepted(outcome: &rsipstack::Result<Option<Response>>) -> Option<&Response> {
    outcome
        .as_ref()
        .ok()?
        .as_ref()
        .filter(|response| (200..300).contains(&response.status_code.code()))
}
