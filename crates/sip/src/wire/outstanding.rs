//! What still waits for an answer: requests, and on UDP also our refusals of INVITEs.
//!
//! Retransmits on UDP (RFC 3261 section 17), gives a request up after 10 s without a response, and
//! hands every open request back when the link dies, so that nobody waits 32 s for a dead peer.

use std::collections::HashMap;
use std::time::Duration;

use rsipstack::sip::prelude::{HeadersExt, ToTypedHeader};
use rsipstack::sip::{Header, Method, Request, Response, StatusCode, StatusCodeKind};
use tokio::time::Instant;

const T1: Duration = Duration::from_millis(500);
const T2: Duration = Duration::from_secs(4);
/// 64 × T1: nothing is repeated longer than that.
const REPEAT_FOR: Duration = Duration::from_secs(32);
/// A request without any response by then has failed.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// A REGISTER is tried again sooner: an exchange that is starting takes connections before it
/// answers, and we must be back within 10 s of its return.
const REGISTER_WITHIN: Duration = Duration::from_secs(6);

/// Branch of the top Via and the method its answer names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    branch: String,
    method: Method,
}

#[derive(Debug)]
struct Repeat {
    bytes: Vec<u8>,
    at: Instant,
    interval: Duration,
    until: Instant,
}

#[derive(Debug)]
struct Pending {
    request: Request,
    /// `None` once a provisional response to an INVITE has come.
    give_up: Option<Instant>,
    repeat: Option<Repeat>,
}

/// What is due now.
#[derive(Debug)]
pub(super) enum Due {
    Send(Vec<u8>),
    Unanswered(Request),
}

/// Told of every message on the link; holds no socket and no clock.
#[derive(Debug, Default)]
pub(super) struct Outstanding {
    requests: HashMap<Key, Pending>,
    refusals: HashMap<String, Repeat>,
}

impl Outstanding {
    /// A request goes out; on an unreliable link it will be repeated.
    pub(super) fn sent_request(
        &mut self,
        now: Instant,
        request: &Request,
        bytes: &[u8],
        unreliable: bool,
    ) {
        let Some(branch) = branch(request) else {
            return;
        };
        if request.method == Method::Ack {
            return;
        }
        let answer_within = match request.method {
            Method::Register => REGISTER_WITHIN,
            _ => ANSWER_WITHIN,
        };
        let pending = Pending {
            request: request.clone(),
            give_up: Some(now + answer_within),
            repeat: unreliable.then(|| Repeat::new(now, bytes)),
        };
        self.requests.insert(
            Key {
                branch,
                method: request.method,
            },
            pending,
        );
    }

    /// A response of ours goes out: over UDP a refused INVITE is refused again until the ACK.
    pub(super) fn sent_response(
        &mut self,
        now: Instant,
        response: &Response,
        bytes: &[u8],
        unreliable: bool,
    ) {
        let invite = response
            .cseq_header()
            .and_then(|c| c.method())
            .is_ok_and(|m| m == Method::Invite);
        let refused = response.status_code.code() >= 300;
        if let (true, true, true, Some(branch)) = (unreliable, invite, refused, branch(response)) {
            self.refusals.insert(branch, Repeat::new(now, bytes));
        }
    }

    pub(super) fn received_request(&mut self, request: &Request) {
        if let (Method::Ack, Some(branch)) = (request.method, branch(request)) {
            self.refusals.remove(&branch);
        }
    }

    pub(super) fn received_response(&mut self, response: &Response) {
        let (Some(branch), Ok(method)) = (
            branch(response),
            response.cseq_header().and_then(|c| c.method()),
        ) else {
            return;
        };
        let key = Key { branch, method };
        if response.status_code.kind() != StatusCodeKind::Provisional {
            self.requests.remove(&key);
        } else if let Some(pending) = self.requests.get_mut(&key) {
            if method == Method::Invite {
                pending.give_up = None;
                pending.repeat = None;
            } else if let Some(repeat) = &mut pending.repeat {
                repeat.interval = T2;
            }
        }
    }

    /// When [`Self::due`] has something to say.
    pub(super) fn next_deadline(&self) -> Option<Instant> {
        let repeats = self
            .requests
            .values()
            .filter_map(|p| p.repeat.as_ref())
            .chain(self.refusals.values());
        let give_up = self.requests.values().filter_map(|p| p.give_up);
        repeats.map(|repeat| repeat.at).chain(give_up).min()
    }

    pub(super) fn due(&mut self, now: Instant) -> Vec<Due> {
        let mut due = Vec::new();
        let over = |_: &Key, pending: &mut Pending| pending.give_up.is_some_and(|at| at <= now);
        due.extend(
            self.requests
                .extract_if(over)
                .map(|(_, pending)| Due::Unanswered(pending.request)),
        );
        for (key, pending) in &mut self.requests {
            // Only an INVITE's interval grows without bound (Timer A).
            let cap = if key.method == Method::Invite {
                REPEAT_FOR
            } else {
                T2
            };
            due.extend(
                pending
                    .repeat
                    .as_mut()
                    .and_then(|repeat| repeat.fire(now, cap))
                    .map(Due::Send),
            );
        }
        self.refusals.retain(|_, repeat| repeat.until > now);
        due.extend(
            self.refusals
                .values_mut()
                .filter_map(|repeat| repeat.fire(now, T2))
                .map(Due::Send),
        );
        due
    }

    /// The link is gone: every open request, to be answered 503 on the spot.
    pub(super) fn fail_all(&mut self) -> Vec<Request> {
        self.refusals.clear();
        self.requests
            .drain()
            .map(|(_, pending)| pending.request)
            .collect()
    }
}

impl Repeat {
    fn new(now: Instant, bytes: &[u8]) -> Self {
        Self {
            bytes: bytes.to_vec(),
            at: now + T1,
            interval: T1,
            until: now + REPEAT_FOR,
        }
    }

    fn fire(&mut self, now: Instant, cap: Duration) -> Option<Vec<u8>> {
        if self.at > now {
            return None;
        }
        self.interval = (self.interval * 2).min(cap);
        self.at = now + self.interval;
        Some(self.bytes.clone())
    }
}

fn branch(message: &impl HeadersExt) -> Option<String> {
    Some(
        message
            .top_via_header()
            .ok()?
            .typed()
            .ok()?
            .branch()?
            .to_string(),
    )
}

/// A final response made here, as RFC 3261 section 8.1.3.1 asks for when none comes from the peer.
pub(super) fn local_response(request: &Request, status: StatusCode) -> Response {
    let mut headers: Vec<Header> = request
        .headers
        .iter()
        .filter(|h| {
            matches!(
                h,
                Header::Via(_)
                    | Header::From(_)
                    | Header::To(_)
                    | Header::CallId(_)
                    | Header::CSeq(_)
            )
        })
        .cloned()
        .collect();
    for header in &mut headers {
        if let Header::To(to) = header
            && !to.value().contains(";tag=")
        {
            to.replace(format!("{};tag=local", to.value()));
        }
    }
    headers.push(Header::ContentLength("0".into()));
    Response {
        status_code: status,
        wire_reason: None,
        version: request.version,
        headers: headers.into(),
        body: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, branch: &str) -> Request {
        format!(
            "{method} sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h;branch={branch}\r\nFrom: <sip:c@b>;tag=1\r\n\
             To: <sip:a@b>\r\nCall-ID: x\r\nCSeq: 1 {method}\r\nContent-Length: 0\r\n\r\n"
        )
        .as_bytes()
        .try_into()
        .unwrap()
    }

    fn ms(start: Instant, ms: u64) -> Instant {
        start + Duration::from_millis(ms)
    }

    /// Milliseconds at which something goes out again, and when the request is given up.
    fn history(outstanding: &mut Outstanding, start: Instant) -> (Vec<u128>, Vec<u128>) {
        let (mut sent, mut given_up) = (Vec::new(), Vec::new());
        while let Some(at) = outstanding
            .next_deadline()
            .filter(|at| *at < ms(start, 40_000))
        {
            for due in outstanding.due(at) {
                let list = if matches!(due, Due::Send(_)) {
                    &mut sent
                } else {
                    &mut given_up
                };
                list.push((at - start).as_millis());
            }
        }
        (sent, given_up)
    }

    #[test]
    fn over_udp_a_request_is_repeated_and_given_up_after_ten_seconds() {
        let start = Instant::now();
        let mut outstanding = Outstanding::default();
        outstanding.sent_request(start, &request("OPTIONS", "z9hG4bK1"), b"x", true);
        let expected = (vec![500, 1500, 3500, 7500], vec![10_000]);
        assert_eq!(history(&mut outstanding, start), expected);
        assert!(outstanding.next_deadline().is_none());
    }

    #[test]
    fn over_a_stream_nothing_is_repeated() {
        let start = Instant::now();
        let mut outstanding = Outstanding::default();
        outstanding.sent_request(start, &request("INVITE", "z9hG4bK1"), b"x", false);
        assert_eq!(history(&mut outstanding, start), (vec![], vec![10_000]));
    }

    #[test]
    fn a_ringing_invite_waits_as_long_as_it_rings_and_fails_with_the_link() {
        let start = Instant::now();
        let mut outstanding = Outstanding::default();
        let invite = request("INVITE", "z9hG4bK1");
        outstanding.sent_request(start, &invite, b"x", true);
        outstanding.received_response(&local_response(&invite, StatusCode::Ringing));
        assert_eq!(history(&mut outstanding, start), (vec![], vec![]));
        let failed = outstanding.fail_all();
        assert_eq!(failed, vec![invite]);
        assert_eq!(outstanding.fail_all(), vec![], "each request fails once");
    }

    #[test]
    fn an_answered_request_is_forgotten() {
        let start = Instant::now();
        let mut outstanding = Outstanding::default();
        let bye = request("BYE", "z9hG4bK2");
        outstanding.sent_request(start, &bye, b"x", true);
        outstanding.received_response(&local_response(&bye, StatusCode::OK));
        assert!(outstanding.next_deadline().is_none());
    }

    #[test]
    fn a_refusal_over_udp_is_repeated_until_the_ack() {
        let start = Instant::now();
        let mut outstanding = Outstanding::default();
        let busy = local_response(&request("INVITE", "z9hG4bK3"), StatusCode::BusyHere);
        outstanding.sent_response(start, &busy, b"486", true);
        assert_eq!(outstanding.due(ms(start, 500)).len(), 1);
        outstanding.received_request(&request("ACK", "z9hG4bK3"));
        assert!(outstanding.next_deadline().is_none());
    }
}
