//! A call's messages in order, without anything personal: what an error report may carry.

use std::collections::VecDeque;
use std::fmt;
use std::time::SystemTime;

use rsipstack::sip::prelude::HeadersExt;
use rsipstack::sip::{Header, SipMessage};

/// Lines kept of one call; a call has about ten.
const KEPT: usize = 200;

/// Which way a message went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Sent,
    Received,
}

/// One message of a call. By construction it has no room for users, names, addresses, keys or bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LadderLine {
    pub at: SystemTime,
    pub direction: Direction,
    /// `INVITE`, or of a response the method it answers.
    pub method: String,
    /// `None` for a request.
    pub status: Option<u16>,
    /// Number of the CSeq header.
    pub cseq: u32,
    /// `cause` of the Reason header (RFC 3326).
    pub cause: Option<u16>,
    /// Length of the body in bytes.
    pub body: usize,
}

impl LadderLine {
    pub(crate) fn of(direction: Direction, message: &SipMessage) -> Option<Self> {
        let cseq = message.cseq_header().ok()?;
        let (status, body) = match message {
            SipMessage::Request(request) => (None, request.body.len()),
            SipMessage::Response(response) => {
                (Some(response.status_code.code()), response.body.len())
            }
        };
        Some(Self {
            at: SystemTime::now(),
            direction,
            method: cseq.method().ok()?.to_string(),
            status,
            cseq: cseq.seq().ok()?,
            cause: reason_cause(message),
            body,
        })
    }
}

/// `cause` of the first Reason header.
pub(crate) fn reason_cause(message: &impl HeadersExt) -> Option<u16> {
    let reason = message.headers().iter().find_map(|header| match header {
        Header::Reason(reason) => Some(reason.value()),
        _ => None,
    })?;
    reason
        .split(';')
        .find_map(|param| param.trim().strip_prefix("cause=")?.trim().parse().ok())
}

impl fmt::Display for LadderLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self
            .at
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        let arrow = if self.direction == Direction::Sent {
            "->"
        } else {
            "<-"
        };
        write!(f, "{}.{:03} {arrow} ", at.as_secs(), at.subsec_millis())?;
        match self.status {
            Some(status) => write!(f, "{status} ({} {})", self.cseq, self.method)?,
            None => write!(f, "{} ({})", self.method, self.cseq)?,
        }
        if let Some(cause) = self.cause {
            write!(f, " cause={cause}")?;
        }
        if self.body > 0 {
            write!(f, " body={}", self.body)
        } else {
            Ok(())
        }
    }
}

/// The newest lines of one call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ladder(VecDeque<LadderLine>);

impl Ladder {
    pub(crate) fn push(&mut self, line: LadderLine) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        self.0.push_back(line);
    }

    pub(crate) fn lines(&self) -> Vec<LadderLine> {
        self.0.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_shows_the_course_and_nothing_personal() {
        let message: SipMessage = b"CANCEL sip:0912345678@pbx SIP/2.0\r\nVia: SIP/2.0/UDP 10.1.2.3;branch=z9hG4bK1\r\n\
            From: \"Lan\" <sip:1001@pbx>;tag=1\r\nTo: <sip:0912345678@pbx>\r\nCall-ID: secret@10.1.2.3\r\nCSeq: 7 CANCEL\r\n\
            Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\nContent-Length: 3\r\n\r\nkey"
            .as_slice()
            .try_into()
            .unwrap();
        let text = LadderLine::of(Direction::Received, &message)
            .unwrap()
            .to_string();
        assert!(text.ends_with("<- CANCEL (7) cause=200 body=3"), "{text}");
    }

    #[test]
    fn a_long_call_keeps_only_its_newest_lines() {
        let mut ladder = Ladder::default();
        for cseq in 0..500 {
            let at = SystemTime::UNIX_EPOCH;
            let method = "INFO".to_owned();
            let direction = Direction::Sent;
            ladder.push(LadderLine {
                at,
                direction,
                method,
                status: None,
                cseq,
                cause: None,
                body: 0,
            });
        }
        let lines = ladder.lines();
        assert_eq!((lines.len(), lines[0].cseq), (KEPT, 500 - KEPT as u32));
    }
}
