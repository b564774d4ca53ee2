//! Is this a valid SIP message? (RFC 3261 section 25.1; measured with the ideas of RFC 4475.)

mod grammar;
mod header;
#[cfg(test)]
mod tests;

use grammar::{Cursor, is_token, is_uri};

/// Request or response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    Request,
    Response,
}

/// What a valid message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageSummary {
    pub kind: MessageKind,
    /// The method; of a response the one its CSeq names.
    pub method: String,
    /// `None` for a request.
    pub status: Option<u16>,
}

/// What makes a message invalid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    #[error("start line malformed")]
    StartLine,
    #[error("SIP version is not 2.0")]
    Version,
    #[error("Request-URI malformed")]
    RequestUri,
    #[error("status code out of range")]
    StatusCode,
    #[error("header section does not end")]
    NoEndOfHeaders,
    #[error("header line malformed")]
    HeaderLine,
    #[error("{0} malformed")]
    Header(&'static str),
    #[error("{0} missing")]
    Missing(&'static str),
    #[error("{0} given more than once")]
    Duplicate(&'static str),
    #[error("CSeq names another method")]
    MethodMismatch,
    #[error("Content-Length exceeds the body")]
    ContentLength,
}

const MANDATORY: [&str; 5] = ["Via", "From", "To", "Call-ID", "CSeq"];

/// Checks one message as it stands in a datagram or file. Never panics, whatever the bytes.
///
/// # Errors
/// The first thing found wrong.
pub fn check_message(bytes: &[u8]) -> Result<MessageSummary, CheckError> {
    let bytes = skip_leading_line_breaks(bytes);
    let end = bytes
        .windows(4)
        .position(|w| w == b"\r\n\r\n")
        .ok_or(CheckError::NoEndOfHeaders)?;
    let (head, body) = (&bytes[..end], &bytes[end + 4..]);
    let mut lines = unfold(head).into_iter();
    let start = start_line(&lines.next().ok_or(CheckError::StartLine)?)?;

    let mut seen = Vec::new();
    let mut cseq_method = String::new();
    for line in lines {
        let (name, value) = split_header(&line).ok_or(CheckError::HeaderLine)?;
        let Some(known) = header::known(name) else {
            header::check_unknown(value)?;
            continue;
        };
        if known.single && seen.contains(&known.name) {
            return Err(CheckError::Duplicate(known.name));
        }
        seen.push(known.name);
        (known.check)(value).ok_or(CheckError::Header(known.name))?;
        match known.name {
            "CSeq" => cseq_method = header::cseq_method(value).unwrap_or_default(),
            "Content-Length" if header::content_length(value) > body.len() as u64 => {
                return Err(CheckError::ContentLength);
            }
            _ => {}
        }
    }
    if let Some(missing) = MANDATORY.into_iter().find(|name| !seen.contains(name)) {
        return Err(CheckError::Missing(missing));
    }
    match start {
        Start::Request { method } if method != cseq_method => Err(CheckError::MethodMismatch),
        Start::Request { method } => Ok(MessageSummary {
            kind: MessageKind::Request,
            method,
            status: None,
        }),
        Start::Response { status } => Ok(MessageSummary {
            kind: MessageKind::Response,
            method: cseq_method,
            status: Some(status),
        }),
    }
}

enum Start {
    Request { method: String },
    Response { status: u16 },
}

/// Implementations ignore empty lines before a message (section 7.5).
fn skip_leading_line_breaks(mut bytes: &[u8]) -> &[u8] {
    while let Some(rest) = bytes.strip_prefix(b"\r\n") {
        bytes = rest;
    }
    bytes
}

/// Lines, each continuation joined to its line by one space (section 7.3.1).
fn unfold(head: &[u8]) -> Vec<Vec<u8>> {
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut rest = head;
    loop {
        let end = rest
            .windows(2)
            .position(|w| w == b"\r\n")
            .unwrap_or(rest.len());
        let line = &rest[..end];
        let folded = line.first().is_some_and(|b| matches!(b, b' ' | b'\t')) && lines.len() > 1;
        match lines.last_mut().filter(|_| folded) {
            Some(last) => {
                last.push(b' ');
                last.extend_from_slice(line.trim_ascii());
            }
            None => lines.push(line.to_vec()),
        }
        if end >= rest.len() {
            return lines;
        }
        rest = &rest[end + 2..];
    }
}

fn start_line(line: &[u8]) -> Result<Start, CheckError> {
    if line.len() > 4 && line[..4].eq_ignore_ascii_case(b"SIP/") {
        return status_line(line);
    }
    let parts: Vec<_> = line.split(|b| *b == b' ').collect();
    let [method, uri, version] = parts[..] else {
        return Err(CheckError::StartLine);
    };
    if method.is_empty() || !method.iter().all(|b| is_token(*b)) || uri.is_empty() {
        return Err(CheckError::StartLine);
    }
    if !version.eq_ignore_ascii_case(b"SIP/2.0") {
        let other = version
            .get(..4)
            .is_some_and(|name| name.eq_ignore_ascii_case(b"SIP/"));
        return Err(if other {
            CheckError::Version
        } else {
            CheckError::StartLine
        });
    }
    if !is_uri(uri, false) {
        return Err(CheckError::RequestUri);
    }
    Ok(Start::Request {
        method: String::from_utf8_lossy(method).into_owned(),
    })
}

fn status_line(line: &[u8]) -> Result<Start, CheckError> {
    let mut parts = line.splitn(3, |b| *b == b' ');
    let version = parts.next().unwrap_or_default();
    if !version.eq_ignore_ascii_case(b"SIP/2.0") {
        return Err(CheckError::Version);
    }
    // The reason may be empty, the space before it must stand.
    let (Some(code), Some(reason)) = (parts.next(), parts.next()) else {
        return Err(CheckError::StartLine);
    };
    let mut cursor = Cursor::new(code);
    let status = cursor
        .number(699)
        .filter(|status| *status >= 100 && code.len() == 3 && cursor.is_at_end());
    let status = status
        .and_then(|status| u16::try_from(status).ok())
        .ok_or(CheckError::StatusCode)?;
    let text = |b: &u8| !b.is_ascii_control() || *b == b'\t';
    if !reason.iter().all(text) || std::str::from_utf8(reason).is_err() {
        return Err(CheckError::StartLine);
    }
    Ok(Start::Response { status })
}

/// Name and value of a header line; white space before the colon is allowed.
fn split_header(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|b| *b == b':')?;
    let name = line[..colon].trim_ascii_end();
    let valid = !name.is_empty() && name.iter().all(|b| is_token(*b));
    valid.then(|| (name, line[colon + 1..].trim_ascii()))
}
