use proptest::prelude::*;

use super::super::samples::{ASTERISK, BROWSER, PHONE, RFC_4566};
use super::*;

const ALL: [&str; 4] = [RFC_4566, PHONE, ASTERISK, BROWSER];

#[test]
fn descriptions_of_the_field_pass() {
    for sdp in ALL {
        assert_eq!(check_sdp(sdp.as_bytes()), Ok(()), "{sdp}");
        let unix = sdp.replace("\r\n", "\n");
        assert_eq!(check_sdp(unix.as_bytes()), Ok(()), "LF alone");
        assert_eq!(check_sdp(unix.trim_end().as_bytes()), Ok(()), "unfinished");
    }
    let seen_elsewhere = [
        (
            "m=audio 4000 RTP/AVP 0\r\n",
            "m=audio 4000/2 RTP/AVP 0 96\r\n",
        ),
        ("m=audio 4000 RTP/AVP 0\r\n", "m=audio 0 RTP/AVP 0\r\n"),
        (
            "m=audio 4000 RTP/AVP 0\r\n",
            "m=image 4000 udptl t38\r\nc=IN IP6 2001:db8::1\r\n",
        ),
        (
            "m=audio 4000 RTP/AVP 0\r\n",
            "m=audio 4000 RTP/AVP 0\r\na=X-vendor\r\nb=TIAS:64000\r\n",
        ),
        (
            "t=0 0\r\n",
            "b=AS:84\r\nt=0 0\r\nt=1 2\r\nr=7d 1h 0 25h\r\nt=3 4\r\n",
        ),
    ];
    for (n, (from, to)) in seen_elsewhere.into_iter().enumerate() {
        // b= after a= inside a section is out of order; it is the one that must fail.
        let result = check_sdp(MINIMAL.replace(from, to).as_bytes());
        assert_eq!(result.is_ok(), n != 3, "{to}: {result:?}");
    }
}

const MINIMAL: &str = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";

#[test]
fn each_mistake_has_its_own_name() {
    use SdpError::*;
    let cases = [
        ("v=0\r\n", "v=1\r\n", BadValue { line: 1, kind: 'v' }),
        ("v=0\r\n", "", Missing { kind: 'v' }),
        ("o=- 1 1 IN IP4 192.0.2.1\r\n", "", Missing { kind: 'o' }),
        ("o=- 1 1 IN", "o=- 1 IN", BadValue { line: 2, kind: 'o' }),
        ("s=-\r\n", "s=\r\n", BadValue { line: 3, kind: 's' }),
        (
            "c=IN IP4 192.0.2.1\r\nt",
            "c=IN IP4 192.0.2.256\r\nt",
            BadValue { line: 4, kind: 'c' },
        ),
        (
            "c=IN IP4 192.0.2.1\r\nt",
            "c=IN IP9 192.0.2.1\r\nt",
            BadValue { line: 4, kind: 'c' },
        ),
        ("c=IN IP4 192.0.2.1\r\nt", "t", NoConnection { line: 5 }),
        ("t=0 0\r\n", "t=0\r\n", BadValue { line: 5, kind: 't' }),
        ("t=0 0\r\n", "", Missing { kind: 't' }),
        (
            "t=0 0\r\n",
            "t=0 0\r\ns=again\r\n",
            OutOfOrder { line: 6, kind: 's' },
        ),
        ("audio 4000", "audio 70000", BadValue { line: 6, kind: 'm' }),
        ("AVP 0", "AVP", BadValue { line: 6, kind: 'm' }),
        ("AVP 0", "AVP 200", BadValue { line: 6, kind: 'm' }),
        (
            "AVP 0\r\n",
            "AVP 0\r\na=rtpmap:96\r\n",
            BadValue { line: 7, kind: 'a' },
        ),
        (
            "AVP 0\r\n",
            "AVP 0\r\na=rtpmap:96 opus\r\n",
            BadValue { line: 7, kind: 'a' },
        ),
        (
            "AVP 0\r\n",
            "AVP 0\r\na=\r\n",
            BadValue { line: 7, kind: 'a' },
        ),
        ("AVP 0\r\n", "AVP 0\r\nnonsense\r\n", NotALine { line: 7 }),
        ("s=-\r\n", "s=a\0b\r\n", ForbiddenByte { line: 3 }),
    ];
    for (from, to, mistake) in cases {
        let sdp = MINIMAL.replacen(from, to, 1);
        assert_eq!(
            check_sdp(sdp.as_bytes()),
            Err(mistake),
            "{to:?} for {from:?}"
        );
    }
    assert_eq!(check_sdp(b""), Err(Empty));
    assert_eq!(check_sdp(b"\r\n"), Err(Empty));
    assert_eq!(check_sdp(&vec![b'a'; 70_000]), Err(TooLarge));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = check_sdp(&bytes);
    }

    #[test]
    fn no_mutation_makes_it_panic(
        sample in 0..ALL.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 1..12),
    ) {
        let mut bytes = ALL[sample].as_bytes().to_vec();
        for (at, byte, kind) in changes {
            let at = at.index(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
            match kind {
                0 if !bytes.is_empty() => bytes[at] = byte,
                1 if !bytes.is_empty() => { bytes.remove(at); }
                _ => bytes.insert(at, byte),
            }
        }
        let _ = check_sdp(&bytes);
        // What we read ourselves must not panic either.
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(description) = crate::sdp::Description::read(&text) {
            let _ = crate::sdp::from_peer(&text, &description);
        }
    }
}
