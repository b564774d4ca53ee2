//! Messages written for this test from the text of RFC 3261 and the ideas of RFC 4475.

mod mistakes;
mod mutations;

use super::*;

/// A valid request; `changed` replaces a header's line by its name, `+` adds a line.
fn request_with(start: &str, changed: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut lines = vec![start.to_owned()];
    let method = start.split(' ').next().unwrap_or_default();
    let cseq = format!("CSeq: 7 {method}");
    let defaults = [
        ("Via", "Via: SIP/2.0/TCP pc33.example.com;branch=z9hG4bK776"),
        ("Max-Forwards", "Max-Forwards: 70"),
        ("To", "To: Binh <sip:binh@example.net>"),
        ("From", "From: \"An\" <sip:an@example.com>;tag=88"),
        ("Call-ID", "Call-ID: f81d4fae@pc33.example.com"),
        ("CSeq", cseq.as_str()),
        (
            "Contact",
            "Contact: <sip:an@pc33.example.com;transport=tcp>",
        ),
    ];
    for (name, line) in defaults {
        let line = changed
            .iter()
            .find(|(changed, _)| *changed == name)
            .map_or(line, |(_, new)| new);
        lines.extend((!line.is_empty()).then(|| line.to_owned()));
    }
    lines.extend(
        changed
            .iter()
            .filter(|(name, _)| *name == "+")
            .map(|(_, line)| (*line).to_owned()),
    );
    (lines.join("\r\n") + "\r\n\r\n" + body).into_bytes()
}

fn invite(changed: &[(&str, &str)]) -> Vec<u8> {
    request_with("INVITE sip:binh@example.net SIP/2.0", changed, "")
}

fn with_start(start: &str) -> Vec<u8> {
    request_with(start, &[], "")
}

fn response(start: &str, changed: &[(&str, &str)]) -> Vec<u8> {
    request_with(
        start,
        &[&[("CSeq", "CSeq: 7 INVITE")], changed].concat(),
        "",
    )
}

#[track_caller]
fn valid(message: &[u8]) -> MessageSummary {
    check_message(message).unwrap_or_else(|e| panic!("{e} in {}", String::from_utf8_lossy(message)))
}

#[track_caller]
fn invalid(message: &[u8], error: CheckError) {
    assert_eq!(
        check_message(message),
        Err(error),
        "{}",
        String::from_utf8_lossy(message)
    );
}

#[test]
fn a_plain_request_and_response_are_summarised() {
    let request = valid(&invite(&[]));
    assert_eq!(
        (request.kind, request.method.as_str(), request.status),
        (MessageKind::Request, "INVITE", None)
    );
    let ok = valid(&response("SIP/2.0 180 Ringing", &[]));
    assert_eq!(
        (ok.kind, ok.method.as_str(), ok.status),
        (MessageKind::Response, "INVITE", Some(180))
    );
}

#[test]
fn white_space_and_folding_in_every_allowed_place_are_read() {
    valid(&invite(&[
        ("To", "TO :\r\n sip:binh@example.net ;   tag    = 19181"),
        (
            "From",
            "From   : \"A N \\\\\\\"\"      <sip:an@example.com>\r\n  ;\r\n  tag = 98a",
        ),
        ("Max-Forwards", "Max-Forwards: 0068"),
        ("CSeq", "cseq: 0009\r\n  INVITE"),
        (
            "Via",
            "v :  SIP  / 2.0  / TCP     h1.example.com   ;\r\n  branch  =  z9hG4bK9 ,\r\n SIP / 2.0 / UDP  192.0.2.1",
        ),
        (
            "Contact",
            "m:\"Q \\\"\\\"\" <sip:an@example.com> ; p =\r\n   v ;\r\n  s ; q = 0.33",
        ),
        ("+", "s :"),
        ("+", "Unknown: ;;,,;;,;"),
        (
            "+",
            "Route:\r\n <sip:s.example.com;lr;unknown=value;valueless>",
        ),
    ]));
}

#[test]
fn unusual_but_legal_characters_are_no_errors() {
    valid(&with_start(
        "!strange-Method0_*+`.%indeed'~ sip:1_a.B~(be!sure)&isn't+it$/?,/;;*:&x=1,(p)@h.example SIP/2.0",
    ));
    valid(&invite(&[(
        "Call-ID",
        "Call-ID: a.b%Z-!*_+'@w`~)(><:\\/\"][?}{",
    )]));
    valid(&invite(&[(
        "From",
        "From: token1~` tok2'+_ tok3*%!.- <sip:a@h>;p''~+*_!.-%=\"\u{440}\u{430}\";tag=_t~1'+`*%!-.",
    )]));
    valid(&invite(&[(
        "To",
        "To: \"BEL:\\\u{7} NUL:\\\u{0} DEL:\\\u{7f}\" <sip:a@h>",
    )]));
    let mut latin = invite(&[("+", "X-Name: L?m")]);
    let at = latin.windows(3).position(|w| w == b"L?m").unwrap() + 1;
    latin[at] = 0xe2;
    valid(&latin);
}

#[test]
fn escapes_stay_what_they_are() {
    valid(&with_start(
        "INVITE sip:sips%3Aan%40example.com@example.net SIP/2.0",
    ));
    valid(&with_start(
        "OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0",
    ));
    valid(&invite(&[
        ("To", "To: sip:null-%00-null@example.com"),
        ("Contact", "Contact: <sip:%00@h>, <sip:%00@h>"),
    ]));
    let summary = valid(&with_start("RE%47IST%45R sip:example.com SIP/2.0"));
    assert_eq!(
        summary.method, "RE%47IST%45R",
        "an escaped method is another method"
    );
    valid(&invite(&[(
        "Contact",
        "Contact: <sip:c%6Cer@h;%6C%72;n%61me=v%61lue%25%34%31>",
    )]));
    valid(&invite(&[(
        "Contact",
        "Contact: <sip:u@h?Route=%3Csip:sip.example.com%3E>",
    )]));
    invalid(
        &with_start("INVITE sip:a%4@h SIP/2.0"),
        CheckError::RequestUri,
    );
}

#[test]
fn forms_that_old_or_foreign_elements_send_are_read() {
    valid(&invite(&[
        ("Max-Forwards", ""),
        ("Contact", ""),
        ("From", "From: <sip:+8424@h;user=phone>"),
    ]));
    valid(&invite(&[("From", "From: an<sip:an@example.com>;tag=323")]));
    valid(&invite(&[(
        "Via",
        "Via: SIP/2.0/UNKNOWN t4.example.com, SIP/2.0/SCTP h",
    )]));
    valid(&with_start("OPTIONS unknown-scheme:totallyopaque SIP/2.0"));
    valid(&with_start("OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0"));
    valid(&invite(&[
        ("To", "To: isbn:2983792873"),
        ("+", "Authorization: Novel opaque-data=here"),
    ]));
    valid(&with_start("REGISTER sip:[2001:db8::10]:5070 SIP/2.0"));
    valid(&invite(&[(
        "Via",
        "Via: SIP/2.0/UDP [2001:db8::9]:6050;received=2001:db8::9;branch=z9hG4bKas3-111",
    )]));
    valid(&invite(&[
        ("Contact", "Contact: *"),
        ("+", "Allow:"),
        ("+", "Date: Sat, 01 Dec 2040 16:00:00 GMT"),
    ]));
}

#[test]
fn a_long_request_is_no_error() {
    let long = "extreme".repeat(400);
    valid(&invite(&[(
        "To",
        &format!("To: \"{long}\" <sip:user@example.com:6000;{long}={long}>;{long}={long};{long}"),
    )]));
}

#[test]
fn bytes_behind_the_body_belong_to_nobody() {
    let second = String::from_utf8(invite(&[])).unwrap();
    valid(&request_with(
        "REGISTER sip:h SIP/2.0",
        &[("+", "l: 8")],
        &format!("12345678{second}"),
    ));
    let mut binary = request_with(
        "MESSAGE sip:h SIP/2.0",
        &[
            ("+", "Content-Type: multipart/mixed;boundary=b42; p=\"a/b\""),
            ("+", "Content-Length: 4"),
        ],
        "",
    );
    binary.extend([0, 0xff, 0xfe, 0x0d]);
    valid(&binary);
}

#[test]
fn a_reason_phrase_may_be_strange_or_empty_but_its_space_stands() {
    valid(&response(
        "SIP/2.0 200 = 2**3 * 5**2 \u{43d}\u{43e} \u{441}\u{442}\u{43e}",
        &[],
    ));
    valid(&response("SIP/2.0 100 ", &[]));
    invalid(&response("SIP/2.0 100", &[]), CheckError::StartLine);
}

#[test]
fn status_codes_are_three_digits() {
    for start in [
        "SIP/2.0 4294967301 no",
        "SIP/2.0 99 no",
        "SIP/2.0 700 no",
        "SIP/2.0 0200 no",
        "SIP/2.0 2x0 no",
    ] {
        invalid(&response(start, &[]), CheckError::StatusCode);
    }
}
