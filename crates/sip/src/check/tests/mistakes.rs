//! What is no SIP message, by the first thing that is wrong.

use super::super::*;
use super::*;

#[test]
fn a_start_line_has_two_single_spaces() {
    for start in [
        "INVITE  sip:a@h  SIP/2.0",
        "INVITE sip:a@h SIP/2.0 ",
        "OPTIONS sip:a@h SIP/2.0  ",
        "INVITE sip:a@h; lr SIP/2.0",
        "INVITE sip:a@h",
        "GET / HTTP/1.1",
    ] {
        invalid(&with_start(start), CheckError::StartLine);
    }
}

#[test]
fn another_version_is_not_ours() {
    invalid(&with_start("OPTIONS sip:a@h SIP/7.0"), CheckError::Version);
    invalid(&response("SIP/1.0 200 OK", &[]), CheckError::Version);
    invalid(
        &invite(&[("Via", "Via: SIP/7.0/UDP h;branch=z9hG4bK1")]),
        CheckError::Header("Via"),
    );
}

#[test]
fn a_request_uri_is_a_uri_and_nothing_more() {
    for uri in [
        "<sip:a@h>",
        "sip:a@h?Route=%3Csip:h%3E",
        "sip:",
        "sip:a@",
        "sip:@h",
        "sip:a@b@c",
        "sip:a@h:99999",
        "a@h",
        "sip:2001:db8::10",
        "sip:a@h;;lr",
        "sip:a@h;x=",
        "sip:a\"@h",
        "sip:a@h_!",
    ] {
        invalid(
            &with_start(&format!("INVITE {uri} SIP/2.0")),
            CheckError::RequestUri,
        );
    }
}

#[test]
fn malformed_headers_are_named() {
    for (name, line) in [
        ("Via", "Via: SIP/2.0/UDP 192.0.2.15;;,;,,"),
        ("Contact", "Contact: \"Joe\" <sip:joe@example.org>;;;;"),
        (
            "Contact",
            "Contact: sip:u@h?Route=%3Csip:sip.example.com%3E",
        ),
        ("Contact", "Contact: <sip:u@h>;expires=280297596632815"),
        ("Contact", "Contact: <sip:u@h>;q=1.5"),
        ("To", "To: \"Mr. J. User <sip:j.user@example.com>"),
        ("To", "To: \"Watson, Thomas\" < sip:t.watson@example.org >"),
        (
            "From",
            "From: Bell, Alexander <sip:a.g.bell@example.com>;tag=43",
        ),
        ("From", "From: <sip:a@h>;tag=43 garbage"),
        ("From", "From: <sip:a@h"),
        ("Max-Forwards", "Max-Forwards: 300"),
        ("Max-Forwards", "Max-Forwards: -1"),
        ("CSeq", "CSeq: 36893488147419103232 INVITE"),
        ("CSeq", "CSeq: 2147483648 INVITE"),
        ("CSeq", "CSeq: -1 INVITE"),
        ("CSeq", "CSeq: INVITE"),
        ("CSeq", "CSeq: 7"),
        ("Call-ID", "Call-ID: a b"),
        ("Call-ID", "Call-ID:"),
    ] {
        invalid(&invite(&[(name, line)]), CheckError::Header(name));
    }
    for (name, line) in [
        ("Content-Length", "Content-Length: -999"),
        ("Content-Length", "Content-Length: 99999999999999999999999"),
        ("Content-Length", "l: twelve"),
        ("Expires", "Expires: 10000000000"),
        ("Retry-After", "Retry-After: 949302838503028349304023988"),
        ("Warning", "Warning: 1812 overture \"In Progress\""),
        ("Date", "Date: Fri, 01 Jan 2010 16:00:00 EST"),
        ("Date", "Date: Fri, 32 Jan 2010 16:00:00 GMT"),
        ("Content-Type", "Content-Type: application"),
        ("Route", "Route: sip:h;lr"),
        ("Authorization", "Authorization: Digest username=\"an"),
    ] {
        invalid(&invite(&[("+", line)]), CheckError::Header(name));
    }
}

#[test]
fn a_body_shorter_than_announced_is_an_error() {
    let message = request_with(
        "INVITE sip:a@h SIP/2.0",
        &[("+", "Content-Length: 9999")],
        "v=0\r\n",
    );
    invalid(&message, CheckError::ContentLength);
}

#[test]
fn the_cseq_names_the_method_of_the_request() {
    invalid(
        &invite(&[("CSeq", "CSeq: 8 OPTIONS")]),
        CheckError::MethodMismatch,
    );
    invalid(
        &request_with(
            "NEWMETHOD sip:a@h SIP/2.0",
            &[("CSeq", "CSeq: 8 INVITE")],
            "",
        ),
        CheckError::MethodMismatch,
    );
    invalid(
        &invite(&[("CSeq", "CSeq: 8 invite")]),
        CheckError::MethodMismatch,
    );
}

#[test]
fn what_must_be_there_is_there_once() {
    for name in MANDATORY {
        invalid(&invite(&[(name, "")]), CheckError::Missing(name));
    }
    for (name, line) in [
        ("From", "f: <sip:b@h>;tag=2"),
        ("To", "To: <sip:b@h>"),
        ("Call-ID", "i: other"),
        ("CSeq", "CSeq: 8 INVITE"),
        ("Max-Forwards", "Max-Forwards: 5"),
    ] {
        invalid(&invite(&[("+", line)]), CheckError::Duplicate(name));
    }
    invalid(
        &invite(&[("+", "l: 0"), ("+", "Content-Length: 0")]),
        CheckError::Duplicate("Content-Length"),
    );
}

#[test]
fn broken_lines_are_errors() {
    invalid(&invite(&[("+", "No colon here")]), CheckError::HeaderLine);
    invalid(&invite(&[("+", ": no name")]), CheckError::HeaderLine);
    invalid(&invite(&[("+", "Bad name: x")]), CheckError::HeaderLine);
    invalid(&invite(&[("+", "X-Nul: a\u{0}b")]), CheckError::HeaderLine);
    invalid(
        b"INVITE sip:a@h SIP/2.0\r\nVia: SIP/2.0/UDP h\r\n",
        CheckError::NoEndOfHeaders,
    );
    invalid(b"", CheckError::NoEndOfHeaders);
    valid(&[b"\r\n\r\n".to_vec(), invite(&[])].concat());
}
