//! Adapts descriptions on their way between `webrtc` and the peer.
//!
//! `webrtc` always believes in `sendrecv`: directions are ours alone, so that holding never
//! rebuilds its tracks, and a peer's `inactive` cannot stop its transceiver.

use alobar_core::Direction;

use super::reading::{Description, direction};
use crate::codec::Codec;

/// `a=setup` (RFC 5763): who opens the DTLS connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setup {
    /// We do.
    Active,
    /// The peer does.
    Passive,
}

impl Setup {
    /// Our role when the peer offers `offered`: active (a round trip less) unless the peer insists.
    pub(crate) fn answering(offered: Option<&str>) -> Setup {
        match offered {
            Some("active") => Setup::Passive,
            _ => Setup::Active,
        }
    }

    fn attribute(self) -> &'static str {
        match self {
            Setup::Active => "a=setup:active",
            Setup::Passive => "a=setup:passive",
        }
    }
}

/// An offer with its codecs in the order of `preference` and everything else behind them: the
/// answerer chooses (RFC 3264 section 6.1), but `webrtc` keeps the order that it is offered.
pub(crate) fn in_order_of(preference: &[Codec], sdp: &str, offer: &Description) -> String {
    let rank = |word: &&str| {
        let payload_type = word.parse().ok();
        let known = |(listed, _): &&(u8, Codec)| Some(*listed) == payload_type;
        let place = offer
            .codecs
            .iter()
            .find(known)
            .and_then(|(_, codec)| preference.iter().position(|preferred| preferred == codec));
        place.unwrap_or(preference.len())
    };
    let mut ordered = String::with_capacity(sdp.len());
    for line in sdp.lines().map(str::trim_end) {
        let mut words: Vec<&str> = line.split_ascii_whitespace().collect();
        if line.starts_with("m=audio ") && words.len() > 3 {
            words[3..].sort_by_key(rank);
            push(&mut ordered, &words.join(" "));
        } else {
            push(&mut ordered, line);
        }
    }
    ordered
}

/// The peer's description as `webrtc` takes it.
pub(crate) fn from_peer(sdp: &str, description: &Description) -> String {
    // One telephone event: webrtc would answer several with one payload type twice.
    let keep = description
        .codecs
        .first()
        .and_then(|(_, codec)| description.events_for(*codec));
    let dropped: Vec<u8> = description
        .events
        .iter()
        .map(|event| event.0)
        .filter(|event| Some(*event) != keep.map(|k| k.0))
        .collect();
    let mut adapted = String::with_capacity(sdp.len() + 32);
    let mut lines = sdp.lines().map(str::trim_end).peekable();
    let named = sdp.contains("\na=mid:");
    while let Some(line) = lines.next() {
        if direction(line).is_none() && !payload_type_of(line).is_some_and(|p| dropped.contains(&p))
        {
            push(&mut adapted, &from_peer_line(line, &dropped));
        }
        let section_ends = lines.peek().is_none_or(|next| next.starts_with("m="));
        if section_ends && adapted.contains("\r\nm=") {
            push(&mut adapted, "a=sendrecv");
            if !named {
                push(&mut adapted, "a=mid:0");
            }
        }
    }
    adapted
}

fn from_peer_line(line: &str, dropped: &[u8]) -> String {
    // Asterisk writes SHA-256; webrtc compares with case (RFC 8122 section 5 allows any).
    if let Some((name, value)) = line
        .strip_prefix("a=fingerprint:")
        .and_then(|rest| rest.split_once(' '))
    {
        return format!("a=fingerprint:{} {value}", name.to_ascii_lowercase());
    }
    if line.starts_with("m=audio ") {
        let kept = line
            .split_ascii_whitespace()
            .enumerate()
            .filter(|(n, word)| {
                *n < 3
                    || !word
                        .parse::<u8>()
                        .is_ok_and(|payload_type| dropped.contains(&payload_type))
            });
        return kept.map(|(_, word)| word).collect::<Vec<_>>().join(" ");
    }
    line.to_owned()
}

/// `webrtc`'s description as the peer takes it. In an answer, `offered` is the peer's offer.
pub(crate) fn to_peer(
    sdp: &str,
    direction: Direction,
    setup: Setup,
    offered: Option<&Description>,
) -> String {
    let address = default_address(sdp);
    let mut adapted = String::with_capacity(sdp.len());
    let mut written = Vec::new();
    for line in sdp.lines().map(str::trim_end) {
        if super::reading::direction(line).is_some() {
            push(&mut adapted, direction_attribute(direction));
        } else if line.starts_with("a=setup:") {
            push(&mut adapted, setup.attribute());
        } else if line.starts_with("c=") {
            match &address {
                Some((ip, _)) if ip.contains(':') => push(&mut adapted, &format!("c=IN IP6 {ip}")),
                Some((ip, _)) => push(&mut adapted, &format!("c=IN IP4 {ip}")),
                None => push(&mut adapted, line),
            }
        } else if let Some(rest) = line.strip_prefix("m=audio ") {
            push(&mut adapted, &media_line(rest, address.as_ref()));
        } else if line.starts_with("a=candidate:") && line.split(' ').nth(1) != Some("1") {
            // RTCP shares the port (RFC 5761): a second component is noise.
        } else if let Some(payload_type) = payload_type_of(line) {
            let line = event_clock(line, payload_type, offered);
            if !written.contains(&line) {
                push(&mut adapted, &line);
                written.push(line);
            }
        } else {
            push(&mut adapted, line);
        }
    }
    adapted
}

/// Asterisk takes `c=0.0.0.0` for hold, so the default address is a real one (RFC 8839 section 4.2.1.2).
fn default_address(sdp: &str) -> Option<(String, String)> {
    let candidates = || {
        sdp.lines().filter_map(|line| {
            let words: Vec<&str> = line
                .strip_prefix("a=candidate:")?
                .split_ascii_whitespace()
                .collect();
            let udp = words.get(2)?.eq_ignore_ascii_case("udp") && *words.get(1)? == "1";
            udp.then_some((
                words.get(4)?.to_string(),
                words.get(5)?.to_string(),
                words.get(7)?.to_string(),
            ))
        })
    };
    let host = candidates().find(|(ip, _, kind)| kind == "host" && !ip.contains(':'));
    host.or_else(|| candidates().next())
        .map(|(ip, port, _)| (ip, port))
}

/// `m=audio` with the default port, and each payload type once.
fn media_line(rest: &str, address: Option<&(String, String)>) -> String {
    let mut words: Vec<&str> = Vec::new();
    for (n, word) in rest.split_ascii_whitespace().enumerate() {
        match (n, address) {
            (0, Some((_, port))) if word == "9" => words.push(port),
            (0 | 1, _) => words.push(word),
            _ if words[2..].contains(&word) => {}
            _ => words.push(word),
        }
    }
    format!("m=audio {}", words.join(" "))
}

/// webrtc matches telephone events by name alone and answers with its own clock; the offer's counts.
fn event_clock(line: &str, payload_type: u8, offered: Option<&Description>) -> String {
    let offered =
        offered.and_then(|offer| offer.events.iter().find(|event| event.0 == payload_type));
    match offered {
        Some((_, clock)) if line.starts_with("a=rtpmap:") => {
            format!("a=rtpmap:{payload_type} telephone-event/{clock}")
        }
        _ => line.to_owned(),
    }
}

/// The payload type that an attribute is about.
fn payload_type_of(line: &str) -> Option<u8> {
    let rest = ["a=rtpmap:", "a=fmtp:", "a=rtcp-fb:"]
        .iter()
        .find_map(|prefix| line.strip_prefix(prefix))?;
    rest.split(' ').next()?.parse().ok()
}

pub(super) fn direction_attribute(direction: Direction) -> &'static str {
    match direction {
        Direction::SendRecv => "a=sendrecv",
        Direction::SendOnly => "a=sendonly",
        Direction::RecvOnly => "a=recvonly",
        Direction::Inactive => "a=inactive",
    }
}

pub(super) fn push(sdp: &mut String, line: &str) {
    sdp.push_str(line);
    sdp.push_str("\r\n");
}
