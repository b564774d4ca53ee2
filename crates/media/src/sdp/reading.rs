//! What matters to us in a description with one audio section.

use std::net::{Ipv4Addr, SocketAddrV4};

use alobar_core::Direction;

use crate::codec::Codec;

/// Why a description cannot carry a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unusable {
    #[error("Find the audio section")]
    NoAudio,
    #[error("Find ICE credentials and a certificate fingerprint")]
    NotSecured,
    #[error("Find the IPv4 address for plain RTP")]
    NoAddress,
}

/// How packets go to the writer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Transport {
    /// ICE and DTLS-SRTP.
    Secured {
        /// `a=setup`: the DTLS role (RFC 5763).
        setup: Option<String>,
        /// `a=fingerprint`, lower-case: names the writer's certificate.
        fingerprint: String,
    },
    /// RTP in the clear (`RTP/AVP`, RFC 3551).
    Plain {
        /// Where the writer takes packets, and nobody when it holds in the way of RFC 2543 (`c=0.0.0.0`).
        address: SocketAddrV4,
    },
}

impl Transport {
    pub(crate) fn is_plain(&self) -> bool {
        matches!(self, Transport::Plain { .. })
    }

    /// Both lead to one peer: DTLS is never redone on a connection, so its certificate stays.
    pub(crate) fn same_peer(&self, other: &Transport) -> bool {
        match (self, other) {
            (
                Transport::Secured { fingerprint, .. },
                Transport::Secured {
                    fingerprint: other, ..
                },
            ) => fingerprint == other,
            (Transport::Plain { .. }, Transport::Plain { .. }) => true,
            (Transport::Secured { .. }, Transport::Plain { .. })
            | (Transport::Plain { .. }, Transport::Secured { .. }) => false,
        }
    }
}

/// The audio section, with what it inherits from the session level.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Description {
    /// From the writer's side.
    pub(crate) direction: Direction,
    /// Payload types of the codecs we know, in the writer's order.
    pub(crate) codecs: Vec<(u8, Codec)>,
    /// Payload types and clocks of telephone events.
    pub(crate) events: Vec<(u8, u32)>,
    /// Payload types of comfort noise (RFC 3389).
    pub(crate) noise: Vec<u8>,
    pub(crate) transport: Transport,
}

impl Description {
    pub(crate) fn read(sdp: &str) -> Result<Description, Unusable> {
        let lines = audio_lines(sdp).ok_or(Unusable::NoAudio)?;
        let transport = transport(&lines)?;
        let stated = lines
            .iter()
            .rev()
            .find_map(|line| direction(line))
            .unwrap_or(Direction::SendRecv);
        let (codecs, events, noise) = formats(&lines);
        Ok(Description {
            direction: match &transport {
                Transport::Plain { address } if address.ip().is_unspecified() => deaf(stated),
                Transport::Plain { .. } | Transport::Secured { .. } => stated,
            },
            codecs,
            events,
            noise,
            transport,
        })
    }

    /// The writer sends sound.
    pub(crate) fn sends(&self) -> bool {
        matches!(self.direction, Direction::SendRecv | Direction::SendOnly)
    }

    /// The writer takes sound.
    pub(crate) fn receives(&self) -> bool {
        matches!(self.direction, Direction::SendRecv | Direction::RecvOnly)
    }

    /// The telephone events to use beside `codec`: those on its clock, else the first.
    pub(crate) fn events_for(&self, codec: Codec) -> Option<(u8, u32)> {
        let same_clock = self
            .events
            .iter()
            .find(|(_, clock)| *clock == codec.clock_rate());
        same_clock.or_else(|| self.events.first()).copied()
    }
}

/// The session level and the first audio section that is not refused (port 0).
fn audio_lines(sdp: &str) -> Option<Vec<&str>> {
    let lines: Vec<&str> = sdp.lines().map(str::trim_end).collect();
    let mut parts = lines.chunk_by(|_, next| !next.starts_with("m="));
    let session = parts.next()?;
    let audio =
        parts.find(|part| part[0].starts_with("m=audio ") && !part[0].starts_with("m=audio 0 "))?;
    Some([session, audio].concat())
}

fn transport(lines: &[&str]) -> Result<Transport, Unusable> {
    let value = |prefix: &str| {
        let mut latest = lines.iter().rev();
        latest.find_map(|line| line.strip_prefix(prefix))
    };
    let fingerprint = value("a=fingerprint:");
    if let (Some(_), Some(fingerprint)) = (value("a=ice-ufrag:"), fingerprint) {
        return Ok(Transport::Secured {
            setup: value("a=setup:").map(str::to_owned),
            fingerprint: fingerprint.to_ascii_lowercase(),
        });
    }
    let media = value("m=audio ").ok_or(Unusable::NoAudio)?;
    let mut words = media.split_ascii_whitespace();
    let (port, proto) = (words.next().unwrap_or(""), words.next());
    if proto != Some("RTP/AVP") || fingerprint.is_some() {
        return Err(Unusable::NotSecured);
    }
    let port = port.split('/').next().unwrap_or("").parse();
    let host = value("c=IN IP4 ").unwrap_or("").parse::<Ipv4Addr>();
    let (Ok(port), Ok(host)) = (port, host) else {
        return Err(Unusable::NoAddress);
    };
    Ok(Transport::Plain {
        address: SocketAddrV4::new(host, port),
    })
}

/// What is left of a direction when nothing can be taken.
fn deaf(direction: Direction) -> Direction {
    match direction {
        Direction::SendRecv | Direction::SendOnly => Direction::SendOnly,
        Direction::RecvOnly | Direction::Inactive => Direction::Inactive,
    }
}

type Formats = (Vec<(u8, Codec)>, Vec<(u8, u32)>, Vec<u8>);

/// The payload types of `m=`, sorted by what they are.
fn formats(lines: &[&str]) -> Formats {
    let (mut codecs, mut events, mut noise) = (Vec::new(), Vec::new(), Vec::new());
    let listed = lines
        .iter()
        .find_map(|line| line.strip_prefix("m=audio "))
        .unwrap_or("");
    for payload_type in listed
        .split_ascii_whitespace()
        .skip(2)
        .filter_map(|word| word.parse::<u8>().ok())
    {
        match rtpmap(lines, payload_type) {
            Some((name, clock)) if name.eq_ignore_ascii_case("telephone-event") => {
                events.push((payload_type, clock))
            }
            Some((name, _)) if name.eq_ignore_ascii_case("CN") => noise.push(payload_type),
            Some((name, clock)) => {
                codecs.extend(Codec::from_encoding(name, clock).map(|c| (payload_type, c)))
            }
            None if payload_type == 13 => noise.push(payload_type),
            None => codecs
                .extend(Codec::from_static_payload_type(payload_type).map(|c| (payload_type, c))),
        }
    }
    (codecs, events, noise)
}

/// Encoding name and clock of a payload type.
fn rtpmap<'a>(lines: &[&'a str], payload_type: u8) -> Option<(&'a str, u32)> {
    lines.iter().find_map(|line| {
        let (number, encoding) = line.strip_prefix("a=rtpmap:")?.split_once(' ')?;
        if number.parse() != Ok(payload_type) {
            return None;
        }
        let mut parts = encoding.trim().split('/');
        Some((parts.next()?, parts.next()?.parse().ok()?))
    })
}

/// The direction that a line states.
pub(super) fn direction(line: &str) -> Option<Direction> {
    Some(match line.trim_end() {
        "a=sendrecv" => Direction::SendRecv,
        "a=sendonly" => Direction::SendOnly,
        "a=recvonly" => Direction::RecvOnly,
        "a=inactive" => Direction::Inactive,
        _ => return None,
    })
}
