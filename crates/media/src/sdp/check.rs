//! Says whether a text is a session description by the grammar of RFC 8866 section 9.

/// Larger than any description of a call.
const MAX_SIZE: usize = 65_536;

/// What is wrong with a description, at which line (from 1).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SdpError {
    #[error("Empty description")]
    Empty,
    #[error("Description larger than 65536 bytes")]
    TooLarge,
    #[error("Line {line} has a NUL or a lone CR")]
    ForbiddenByte { line: usize },
    #[error("Line {line} is not type=value")]
    NotALine { line: usize },
    #[error("Line {line} ({kind}=) is unknown, doubled or out of order")]
    OutOfOrder { line: usize, kind: char },
    #[error("Line {line} ({kind}=) has a wrong value")]
    BadValue { line: usize, kind: char },
    #[error("No {kind}= line")]
    Missing { kind: char },
    #[error("No c= line for the media at line {line}")]
    NoConnection { line: usize },
}

/// Session lines in their order (RFC 8866 section 5). `t` with its `r`, and `m`, are apart.
const SESSION: &[(char, bool)] = &[
    ('v', false),
    ('o', false),
    ('s', false),
    ('i', false),
    ('u', false),
    ('e', true),
    ('p', true),
    ('c', false),
    ('b', true),
    ('t', true),
    ('r', true),
    ('z', false),
    ('k', false),
    ('a', true),
];
/// Lines after `m=`.
const MEDIA: &[(char, bool)] = &[
    ('i', false),
    ('c', true),
    ('b', true),
    ('k', false),
    ('a', true),
];

/// Checks a description. Lines may end with CRLF or LF; the last one may be unfinished.
pub fn check_sdp(text: &[u8]) -> Result<(), SdpError> {
    if text.len() > MAX_SIZE {
        return Err(SdpError::TooLarge);
    }
    let lines = lines(text)?;
    if lines.is_empty() {
        return Err(SdpError::Empty);
    }
    for (number, kind, value) in &lines {
        if !value_is_good(*kind, value) {
            return Err(SdpError::BadValue {
                line: *number,
                kind: *kind,
            });
        }
    }
    let media_begins: Vec<usize> = (0..lines.len()).filter(|n| lines[*n].1 == 'm').collect();
    let session = &lines[..media_begins.first().copied().unwrap_or(lines.len())];
    in_order(session, SESSION)?;
    for kind in ['v', 'o', 's', 't'] {
        if !session.iter().any(|line| line.1 == kind) {
            return Err(SdpError::Missing { kind });
        }
    }
    let session_address = session.iter().any(|line| line.1 == 'c');
    for (n, begin) in media_begins.iter().enumerate() {
        let section = &lines[*begin..media_begins.get(n + 1).copied().unwrap_or(lines.len())];
        in_order(&section[1..], MEDIA)?;
        if !session_address && !section.iter().any(|line| line.1 == 'c') {
            return Err(SdpError::NoConnection { line: section[0].0 });
        }
    }
    Ok(())
}

type Line<'a> = (usize, char, &'a [u8]);

fn lines(text: &[u8]) -> Result<Vec<Line<'_>>, SdpError> {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(SdpError::Empty);
    }
    let numbered = text.split(|byte| *byte == b'\n').zip(1..);
    numbered
        .map(|(line, number)| {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.iter().any(|byte| matches!(byte, 0 | b'\r')) {
                return Err(SdpError::ForbiddenByte { line: number });
            }
            match line {
                [kind, b'=', value @ ..] if kind.is_ascii_lowercase() => {
                    Ok((number, char::from(*kind), value))
                }
                _ => Err(SdpError::NotALine { line: number }),
            }
        })
        .collect()
}

fn in_order(lines: &[Line<'_>], order: &[(char, bool)]) -> Result<(), SdpError> {
    let mut at: usize = 0;
    for (line, kind, _) in lines {
        let wrong = SdpError::OutOfOrder {
            line: *line,
            kind: *kind,
        };
        let before = at.saturating_sub(1);
        // Several t= lines may each have r= lines.
        let back = *kind == 't' && at > 0 && order[before].0 == 'r';
        let again = at > 0 && order[before].0 == *kind && order[before].1;
        if !back && !again {
            at += order[at..]
                .iter()
                .position(|(other, _)| other == kind)
                .ok_or(wrong)?
                + 1;
        }
    }
    Ok(())
}

fn value_is_good(kind: char, value: &[u8]) -> bool {
    // Free text may be in another charset (a=charset); everything else is ASCII-like UTF-8.
    let text = String::from_utf8_lossy(value);
    let words: Vec<&str> = text.split(' ').collect();
    match kind {
        'v' => text == "0",
        'o' => origin(&words),
        's' => !text.is_empty(),
        'c' => connection(&words),
        'b' => bandwidth(&text),
        't' => matches!(words[..], [start, stop] if number(start, 20) && number(stop, 20)),
        'r' => words.len() >= 3 && words.iter().all(|word| typed_time(word)),
        'z' => {
            words.len().is_multiple_of(2)
                && words
                    .iter()
                    .all(|word| typed_time(word.trim_start_matches('-')))
        }
        'm' => media(&words),
        'a' => attribute(&text),
        'e' | 'p' | 'u' | 'k' => !text.trim().is_empty(),
        _ => true, // i= is free; unknown kinds are out of order everywhere
    }
}

fn origin(words: &[&str]) -> bool {
    matches!(words, [user, id, version, net, kind, address]
        if !user.is_empty() && number(id, 39) && number(version, 39)
            && network(net, kind) && !address.is_empty() && !address.contains('/'))
}

fn connection(words: &[&str]) -> bool {
    let [net, kind, address] = words else {
        return false;
    };
    let mut parts = address.split('/');
    let host = parts.next().unwrap_or("");
    let rest: Vec<&str> = parts.collect();
    let host_is_good = match (*kind, host.contains(':')) {
        ("IP4", false) if host.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
            host.parse::<std::net::Ipv4Addr>().is_ok()
        }
        ("IP6", true) => host.parse::<std::net::Ipv6Addr>().is_ok(),
        _ => host_name(host),
    };
    network(net, kind) && host_is_good && rest.len() <= 2 && rest.iter().all(|part| number(part, 9))
}

fn network(net: &str, kind: &str) -> bool {
    token(net) && token(kind) && (net != "IN" || matches!(kind, "IP4" | "IP6"))
}

fn host_name(host: &str) -> bool {
    !host.is_empty()
        && host
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

fn bandwidth(text: &str) -> bool {
    text.split_once(':')
        .is_some_and(|(kind, value)| token(kind) && number(value, 18))
}

/// `m=<media> <port>[/<number>] <proto> <fmt>…`
fn media(words: &[&str]) -> bool {
    let [media, port, proto, formats @ ..] = words else {
        return false;
    };
    let (port, count) = port.split_once('/').unwrap_or((port, "1"));
    let proto_is_good = proto.split('/').all(token);
    let rtp = proto.contains("RTP/");
    token(media)
        && number(port, 5)
        && port.parse::<u16>().is_ok()
        && number(count, 5)
        && count != "0"
        && proto_is_good
        && !formats.is_empty()
        && formats.iter().all(|format| {
            if rtp {
                payload_type(format)
            } else {
                token(format)
            }
        })
}

fn attribute(text: &str) -> bool {
    let (name, value) = match text.split_once(':') {
        Some((name, value)) => (name, Some(value)),
        None => (text, None),
    };
    token(name)
        && match (name, value) {
            (_, Some("")) => false,
            ("rtpmap", value) => value.is_some_and(rtpmap),
            ("fmtp", value) => {
                value.is_some_and(|value| value.split_once(' ').is_some_and(|(f, _)| token(f)))
            }
            ("ptime" | "maxptime", value) => {
                value.is_some_and(|value| value.trim().parse::<f32>().is_ok())
            }
            ("sendrecv" | "sendonly" | "recvonly" | "inactive", value) => value.is_none(),
            _ => true,
        }
}

/// `<payload type> <encoding>/<clock>[/<parameters>]` (RFC 8866 section 6.6)
fn rtpmap(value: &str) -> bool {
    let Some((number_text, encoding)) = value.split_once(' ') else {
        return false;
    };
    let parts: Vec<&str> = encoding.trim_end().split('/').collect();
    payload_type(number_text)
        && matches!(parts.len(), 2 | 3)
        && token(parts[0])
        && number(parts[1], 10)
        && parts.get(2).is_none_or(|channels| token(channels))
}

fn payload_type(word: &str) -> bool {
    number(word, 3)
        && word
            .parse::<u8>()
            .is_ok_and(|payload_type| payload_type < 128)
}

fn typed_time(word: &str) -> bool {
    let digits = word.strip_suffix(['d', 'h', 'm', 's']).unwrap_or(word);
    number(digits, 20)
}

/// Decimal digits, at most `length`.
fn number(word: &str, length: usize) -> bool {
    (1..=length).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// RFC 8866 section 9, `token`.
fn token(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`{|}~".contains(&b))
}

#[cfg(test)]
mod tests;
