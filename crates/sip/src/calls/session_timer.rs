//! Session timers (RFC 4028): a call whose other end has silently died does not stay for ever.

use std::time::Duration;

use rsipstack::sip::prelude::HeadersExt;
use rsipstack::sip::{Header, Request};
use tokio::time::Instant;

use super::message::has_token;

/// What we propose (RFC 4028 section 4), and the least we accept (section 5).
pub(super) const PROPOSED: Duration = Duration::from_mins(30);
pub(super) const MIN_SE: Duration = Duration::from_secs(90);

/// The timer of one established session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SessionTimer {
    pub(super) interval: Duration,
    /// Whether we are the one who refreshes.
    pub(super) ours: bool,
    started: Instant,
}

/// Who sent the request that a Session-Expires header belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Requester {
    Us,
    Peer,
}

impl SessionTimer {
    /// From the 2xx to our request.
    pub(super) fn agreed(response: &impl HeadersExt, now: Instant) -> Option<Self> {
        Self::read(response, Requester::Us, now)
    }

    /// From the peer's request, which we are about to answer with 2xx. Nobody named: the requester
    /// refreshes if it can.
    pub(super) fn asked(request: &Request, now: Instant) -> Option<Self> {
        let timer = Self::read(request, Requester::Peer, now)?;
        let (_, named) = parse(request)?;
        let ours = if named.is_some() {
            timer.ours
        } else {
            !has_token(request, "Supported", "timer")
        };
        Some(Self { ours, ..timer })
    }

    fn read(message: &impl HeadersExt, requester: Requester, started: Instant) -> Option<Self> {
        let (interval, uac_refreshes) = parse(message)?;
        let ours = uac_refreshes.unwrap_or(true) == (requester == Requester::Us);
        Some(Self {
            interval: interval.max(MIN_SE),
            ours,
            started,
        })
    }

    /// When to refresh (half the interval), or to give the peer up (section 10).
    pub(super) fn deadline(&self) -> Instant {
        let margin = (self.interval / 3).min(Duration::from_secs(32));
        self.started
            + if self.ours {
                self.interval / 2
            } else {
                self.interval - margin
            }
    }

    /// The next try of a refresh that was not possible just now.
    pub(super) fn postponed(self, now: Instant) -> Self {
        Self {
            started: now + Duration::from_secs(5) - self.interval / 2,
            ..self
        }
    }

    /// Headers of our 2xx to the peer's request.
    pub(super) fn answer_headers(&self) -> Vec<Header> {
        let refresher = if self.ours { "uas" } else { "uac" };
        let value = format!("{};refresher={refresher}", self.interval.as_secs());
        let mut headers = vec![Header::SessionExpires(value.into())];
        if !self.ours {
            headers.push(Header::Require("timer".into()));
        }
        headers
    }

    /// Headers of our refresh and of any other offer we make meanwhile.
    pub(super) fn request_headers(&self) -> Vec<Header> {
        let refresher = if self.ours { "uac" } else { "uas" };
        let value = format!("{};refresher={refresher}", self.interval.as_secs());
        vec![
            Header::Supported("timer".into()),
            Header::SessionExpires(value.into()),
        ]
    }
}

/// Headers of an initial INVITE.
pub(super) fn proposal(interval: Duration) -> Vec<Header> {
    vec![
        Header::Supported("timer".into()),
        Header::SessionExpires(interval.as_secs().to_string().into()),
        Header::MinSE(MIN_SE.as_secs().to_string().into()),
    ]
}

/// Interval that the peer wants and that is too short for us: to be answered 422.
pub(super) fn is_too_short(request: &Request) -> bool {
    parse(request).is_some_and(|(interval, _)| interval < MIN_SE)
        && has_token(request, "Supported", "timer")
}

/// Min-SE of a 422.
pub(super) fn required(response: &impl HeadersExt) -> Option<Duration> {
    let seconds = response.headers().iter().find_map(|header| match header {
        Header::MinSE(value) => value.value().split(';').next()?.trim().parse().ok(),
        _ => None,
    })?;
    Some(Duration::from_secs(seconds))
}

/// Interval, and whether the refresher parameter says `uac`.
fn parse(message: &impl HeadersExt) -> Option<(Duration, Option<bool>)> {
    let value = message.session_expires_header()?.value();
    let mut parts = value.split(';').map(str::trim);
    let seconds: u32 = parts.next()?.parse().ok()?;
    let refresher = parts.find_map(|param| {
        let (name, value) = param.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("refresher")
            .then(|| value.trim().eq_ignore_ascii_case("uac"))
    });
    Some((Duration::from_secs(seconds.into()), refresher))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(headers: &str) -> Request {
        format!("UPDATE sip:u@h SIP/2.0\r\n{headers}\r\n")
            .as_bytes()
            .try_into()
            .unwrap()
    }

    fn after(timer: SessionTimer, now: Instant) -> u64 {
        (timer.deadline() - now).as_secs()
    }

    #[test]
    fn who_refreshes_follows_the_parameter_from_either_side() {
        let now = Instant::now();
        let uac = request("Supported: timer\r\nSession-Expires: 1800;refresher=uac\r\n");
        let uas = request("Supported: timer\r\nx: 1800 ; refresher=uas\r\n");
        assert!(SessionTimer::agreed(&uac, now).unwrap().ours);
        assert!(!SessionTimer::asked(&uac, now).unwrap().ours);
        assert!(!SessionTimer::agreed(&uas, now).unwrap().ours);
        assert!(SessionTimer::asked(&uas, now).unwrap().ours);
    }

    #[test]
    fn a_peer_that_cannot_refresh_is_refreshed_by_us() {
        let now = Instant::now();
        assert!(
            SessionTimer::asked(&request("Session-Expires: 600\r\n"), now)
                .unwrap()
                .ours
        );
        assert!(
            !SessionTimer::asked(
                &request("Supported: timer\r\nSession-Expires: 600\r\n"),
                now
            )
            .unwrap()
            .ours
        );
    }

    #[test]
    fn we_refresh_at_half_time_and_give_up_shortly_before_the_end() {
        let now = Instant::now();
        let ours =
            SessionTimer::agreed(&request("Session-Expires: 1800;refresher=uac\r\n"), now).unwrap();
        let theirs =
            SessionTimer::agreed(&request("Session-Expires: 1800;refresher=uas\r\n"), now).unwrap();
        assert_eq!((after(ours, now), after(theirs, now)), (900, 1768));
        let short =
            SessionTimer::agreed(&request("Session-Expires: 90;refresher=uas\r\n"), now).unwrap();
        assert_eq!(after(short, now), 60);
        assert_eq!(after(ours.postponed(now), now), 5);
    }

    #[test]
    fn too_short_an_interval_is_refused_and_no_header_means_no_timer() {
        assert!(is_too_short(&request(
            "Supported: timer\r\nSession-Expires: 60\r\n"
        )));
        assert!(!is_too_short(&request(
            "Supported: timer\r\nSession-Expires: 90\r\n"
        )));
        assert_eq!(
            SessionTimer::asked(&request("Supported: timer\r\n"), Instant::now()),
            None
        );
    }
}
