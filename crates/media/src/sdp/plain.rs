//! Answers to phones that know neither ICE nor DTLS.

use std::net::SocketAddrV4;

use alobar_core::Direction;

use super::adapt::{direction_attribute, push};
use super::reading::Description;
use crate::codec::Codec;

/// What `o=` says of us (RFC 8866 section 5.2).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin {
    pub(crate) session: u32,
    /// One more in each description (RFC 3264 section 8).
    pub(crate) version: u64,
    /// Where we take packets.
    pub(crate) address: SocketAddrV4,
}

/// The answer to a plain offer: those of `codecs` that it has, under its payload types.
pub(crate) fn plain_answer(
    sdp: &str,
    offer: &Description,
    codecs: &[Codec],
    direction: Direction,
    origin: Origin,
) -> String {
    let host = origin.address.ip();
    let mut answer = String::with_capacity(sdp.len());
    push(&mut answer, "v=0");
    push(
        &mut answer,
        &format!("o=- {} {} IN IP4 {host}", origin.session, origin.version),
    );
    push(&mut answer, "s=-");
    push(&mut answer, &format!("c=IN IP4 {host}"));
    push(&mut answer, "t=0 0");
    let mut answered = false;
    for media in sdp.lines().filter_map(|line| line.strip_prefix("m=")) {
        let is_ours = media.starts_with("audio ") && !media.starts_with("audio 0 ");
        if is_ours && !answered {
            answered = true;
            audio(&mut answer, offer, codecs, origin.address.port());
            push(&mut answer, "a=ptime:20");
            push(&mut answer, direction_attribute(direction));
        } else {
            push(&mut answer, &refused(media));
        }
    }
    answer
}

/// `m=` and what its payload types are.
fn audio(answer: &mut String, offer: &Description, codecs: &[Codec], port: u16) {
    let common = offer
        .codecs
        .iter()
        .filter(|(_, codec)| codecs.contains(codec));
    let (mut media, mut attributes) = (format!("m=audio {port} RTP/AVP"), Vec::new());
    for (payload_type, codec) in common.clone() {
        media += &format!(" {payload_type}");
        let channels = match codec.channels() {
            0 => String::new(),
            channels => format!("/{channels}"),
        };
        attributes.push(format!(
            "a=rtpmap:{payload_type} {}/{}{channels}",
            codec.encoding(),
            codec.clock_rate()
        ));
        if !codec.format_parameters().is_empty() {
            attributes.push(format!(
                "a=fmtp:{payload_type} {}",
                codec.format_parameters()
            ));
        }
    }
    let first = common.clone().next();
    if let Some((payload_type, clock)) = first.and_then(|(_, codec)| offer.events_for(*codec)) {
        media += &format!(" {payload_type}");
        attributes.push(format!("a=rtpmap:{payload_type} telephone-event/{clock}"));
        attributes.push(format!("a=fmtp:{payload_type} 0-16"));
    }
    push(answer, &media);
    attributes.iter().for_each(|line| push(answer, line));
}

/// A section that we do not take has port 0 and is named all the same (RFC 3264 section 6).
fn refused(media: &str) -> String {
    let mut words = media.split(' ');
    let kind = words.next().unwrap_or("");
    let rest: Vec<&str> = words.skip(1).collect();
    format!("m={kind} 0 {}", rest.join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::samples::PHONE;
    use super::super::{Transport, check_sdp};
    use super::*;

    const ORIGIN: Origin = Origin {
        session: 7,
        version: 2,
        address: SocketAddrV4::new(std::net::Ipv4Addr::LOCALHOST, 4_000),
    };

    fn answer(sdp: &str) -> String {
        let offer = Description::read(sdp).unwrap();
        let answer = plain_answer(
            sdp,
            &offer,
            &[Codec::Pcma, Codec::Pcmu],
            Direction::RecvOnly,
            ORIGIN,
        );
        check_sdp(answer.as_bytes()).unwrap();
        answer
    }

    #[test]
    fn a_desk_phone_is_read_with_its_address() {
        let read = Description::read(PHONE).unwrap();
        let address = SocketAddrV4::new([192, 0, 2, 10].into(), 11_780);
        assert_eq!(read.transport, Transport::Plain { address });
        assert_eq!(read.direction, Direction::SendRecv);
        assert_eq!(read.events, [(101, 8_000)]);
        let own_address = PHONE.replace("a=ptime", "c=IN IP4 192.0.2.11\r\na=ptime");
        let address = SocketAddrV4::new([192, 0, 2, 11].into(), 11_780);
        assert_eq!(
            Description::read(&own_address).unwrap().transport,
            Transport::Plain { address }
        );
        let modern = PHONE.replace("IP4 192.0.2.10", "IP6 2001:db8::1");
        assert!(Description::read(&modern).is_err());
    }

    #[test]
    fn an_old_phone_holds_with_an_address_of_zeros() {
        let held = PHONE.replace("c=IN IP4 192.0.2.10", "c=IN IP4 0.0.0.0");
        let read = Description::read(&held).unwrap();
        assert!(read.sends() && !read.receives());
    }

    #[test]
    fn the_answer_has_the_common_codecs_and_events_under_the_offers_numbers() {
        assert_eq!(
            answer(PHONE),
            "v=0\r\no=- 7 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n\
             m=audio 4000 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n\
             a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=recvonly\r\n"
        );
    }

    #[test]
    fn every_section_of_the_offer_has_its_place_in_the_answer() {
        let with_video = format!(
            "{}m=video 5000 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n",
            PHONE.replace(
                "m=audio",
                "m=audio 0 RTP/AVP 0\r\nm=image 5002 udptl t38\r\nm=audio"
            )
        );
        let answer = answer(&with_video);
        let media: Vec<&str> = answer
            .lines()
            .filter(|line| line.starts_with("m="))
            .collect();
        assert_eq!(
            media,
            [
                "m=audio 0 RTP/AVP 0",
                "m=image 0 udptl t38",
                "m=audio 4000 RTP/AVP 8 0 101",
                "m=video 0 RTP/AVP 96"
            ]
        );
    }
}
