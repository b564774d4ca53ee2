use alobar_core::Direction;

use super::samples::{ASTERISK, BROWSER, PHONE};
use super::*;
use crate::codec::Codec;

#[test]
fn codecs_come_in_the_writers_order_with_its_payload_types() {
    let read = Description::read(ASTERISK).unwrap();
    assert_eq!(
        read.codecs,
        [(107, Codec::Opus), (8, Codec::Pcma), (0, Codec::Pcmu)]
    );
    assert_eq!(read.events, [(101, 48_000), (102, 8_000)]);
    assert_eq!(read.events_for(Codec::Opus), Some((101, 48_000)));
    assert_eq!(read.events_for(Codec::Pcma), Some((102, 8_000)));
    assert_eq!(
        read.transport,
        Transport::Secured {
            setup: Some("actpass".to_owned()),
            fingerprint: "sha-256 ab:cd:ef:01".to_owned(),
        }
    );
    let read = Description::read(BROWSER).unwrap();
    assert_eq!(
        read.codecs,
        [
            (111, Codec::Opus),
            (9, Codec::G722),
            (0, Codec::Pcmu),
            (8, Codec::Pcma)
        ]
    );
    assert_eq!(read.noise, [13]);
}

#[test]
fn a_description_without_ice_or_audio_is_unusable() {
    let keyless = ASTERISK.replace("a=ice-ufrag:6b1f\r\n", "");
    assert_eq!(Description::read(&keyless), Err(Unusable::NotSecured));
    let with_other_keys = PHONE.replace("RTP/AVP", "RTP/SAVP");
    assert_eq!(
        Description::read(&with_other_keys),
        Err(Unusable::NotSecured)
    );
    assert_eq!(Description::read("v=0\r\n"), Err(Unusable::NoAudio));
    let refused = ASTERISK.replace("m=audio 17010", "m=audio 0");
    assert_eq!(Description::read(&refused), Err(Unusable::NoAudio));
}

#[test]
fn the_direction_of_the_section_beats_that_of_the_session() {
    let held = ASTERISK
        .replace("a=sendrecv", "a=sendonly")
        .replace("t=0 0\r\n", "t=0 0\r\na=recvonly\r\n");
    let read = Description::read(&held).unwrap();
    assert_eq!(read.direction, Direction::SendOnly);
    assert!(read.sends() && !read.receives());
    let inherited = ASTERISK
        .replace("a=sendrecv\r\n", "")
        .replace("t=0 0\r\n", "t=0 0\r\na=inactive\r\n");
    assert_eq!(
        Description::read(&inherited).unwrap().direction,
        Direction::Inactive
    );
}

#[test]
fn webrtc_sees_a_lower_case_hash_one_event_and_no_hold() {
    let held = ASTERISK.replace("a=sendrecv", "a=inactive");
    let adapted = from_peer(&held, &Description::read(&held).unwrap());
    assert!(adapted.contains("a=fingerprint:sha-256 AB:CD:EF:01\r\n"));
    assert!(adapted.contains("m=audio 17010 UDP/TLS/RTP/SAVPF 107 8 0 101\r\n"));
    assert!(!adapted.contains(":102 "));
    assert!(adapted.contains("a=sendrecv\r\n") && !adapted.contains("a=inactive"));
    assert!(adapted.contains("a=mid:audio-0\r\n") && !adapted.contains("a=mid:0\r\n"));
}

#[test]
fn an_offer_is_put_in_our_order_with_what_we_do_not_know_behind() {
    let media = |sdp: &str| {
        let offer = Description::read(sdp).unwrap();
        let ordered = in_order_of(&Codec::PREFERENCE, sdp, &offer);
        check_sdp(ordered.as_bytes()).unwrap();
        let line = ordered.lines().find(|line| line.starts_with("m=audio "));
        line.unwrap().to_owned()
    };
    let narrow_first = ASTERISK.replace("107 8 0 101 102", "0 8 107 101 102");
    assert_eq!(
        media(&narrow_first),
        "m=audio 17010 UDP/TLS/RTP/SAVPF 107 8 0 101 102"
    );
    assert_eq!(
        media(BROWSER),
        "m=audio 9 UDP/TLS/RTP/SAVPF 111 9 8 0 63 13 110 126"
    );
}

#[test]
fn a_section_without_a_name_gets_one() {
    let unnamed = ASTERISK.replace("a=mid:audio-0\r\n", "");
    let adapted = from_peer(&unnamed, &Description::read(&unnamed).unwrap());
    assert!(adapted.contains("a=mid:0\r\n"));
}

#[test]
fn asterisk_sees_a_real_address_and_one_line_for_each_payload_type() {
    // As webrtc writes it, measured against Asterisk 22.
    let written = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 107 8 101 101\r\nc=IN IP4 0.0.0.0\r\na=setup:actpass\r\na=rtpmap:107 opus/48000/2\r\na=rtpmap:101 telephone-event/48000\r\na=rtpmap:101 telephone-event/8000\r\na=candidate:1 1 udp 2130706431 192.0.2.7 40000 typ host\r\na=candidate:1 2 udp 2130706430 192.0.2.7 40000 typ host\r\na=sendrecv\r\n";
    let mut offer = Description::read(ASTERISK).unwrap();
    offer.events = vec![(101, 8_000)];
    let adapted = to_peer(written, Direction::RecvOnly, Setup::Passive, Some(&offer));
    assert!(adapted.contains("m=audio 40000 UDP/TLS/RTP/SAVPF 107 8 101\r\n"));
    assert!(adapted.contains("c=IN IP4 192.0.2.7\r\n"));
    assert!(adapted.contains("a=setup:passive\r\n") && adapted.contains("a=recvonly\r\n"));
    // The clock of the offer counts.
    assert_eq!(adapted.matches("a=rtpmap:101").count(), 1);
    assert!(adapted.contains("a=rtpmap:101 telephone-event/8000\r\n"));
    assert_eq!(adapted.matches("a=candidate:").count(), 1);
}
