//! Cutting a byte stream into SIP messages (RFC 3261 section 18.3) and keep-alives (RFC 5626 section 3.5.1).

use bytes::{Buf, BytesMut};

/// Longest message we take. The longest seen from Asterisk is 4 kB.
pub(crate) const MAX_MESSAGE: usize = 64 * 1024;

/// One thing a link delivers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    Message(Vec<u8>),
    /// The peer asks whether we are there: CRLFCRLF.
    Ping,
    /// The peer's answer to our ping.
    Pong,
}

/// The stream cannot be SIP: it must be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FramingError {
    #[error("Message longer than {MAX_MESSAGE} bytes")]
    TooLong,
    #[error("Content-Length is no number")]
    ContentLength,
}

/// The next whole frame at the front of `buffer`, taken out of it.
pub(crate) fn next_frame(buffer: &mut BytesMut) -> Result<Option<Frame>, FramingError> {
    if buffer.starts_with(b"\r\n\r\n") {
        buffer.advance(4);
        return Ok(Some(Frame::Ping));
    }
    if buffer.starts_with(b"\r\n") {
        buffer.advance(2);
        return Ok(Some(Frame::Pong));
    }
    let Some(head) = buffer.windows(4).position(|window| window == b"\r\n\r\n") else {
        return if buffer.len() > MAX_MESSAGE {
            Err(FramingError::TooLong)
        } else {
            Ok(None)
        };
    };
    let whole = head + 4 + content_length(&buffer[..head])?;
    if whole > MAX_MESSAGE {
        return Err(FramingError::TooLong);
    }
    Ok((buffer.len() >= whole).then(|| Frame::Message(buffer.split_to(whole).to_vec())))
}

/// Content-Length of a head, 0 when it has none.
fn content_length(head: &[u8]) -> Result<usize, FramingError> {
    for line in head.split(|byte| *byte == b'\n').skip(1) {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            continue;
        };
        let name = line[..colon].trim_ascii();
        if name.eq_ignore_ascii_case(b"content-length") || name.eq_ignore_ascii_case(b"l") {
            let digits = std::str::from_utf8(line[colon + 1..].trim_ascii()).ok();
            return digits
                .and_then(|d| d.parse().ok())
                .ok_or(FramingError::ContentLength);
        }
    }
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(chunks: &[&[u8]]) -> Vec<Frame> {
        let (mut buffer, mut frames) = (BytesMut::new(), Vec::new());
        for chunk in chunks {
            buffer.extend_from_slice(chunk);
            while let Some(frame) = next_frame(&mut buffer).unwrap() {
                frames.push(frame);
            }
        }
        frames
    }

    #[test]
    fn two_messages_in_one_read_and_one_in_many_come_out_alike() {
        let message = b"MESSAGE sip:a SIP/2.0\r\nl : 4\r\n\r\n\r\nab".as_slice();
        let twice = [message, message].concat();
        let expected = vec![
            Frame::Message(message.to_vec()),
            Frame::Message(message.to_vec()),
        ];
        assert_eq!(frames(&[&twice]), expected);
        assert_eq!(frames(&twice.chunks(1).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn keep_alives_between_messages_are_told_apart() {
        let stream = b"\r\n\r\nBYE sip:a SIP/2.0\r\n\r\n\r\n";
        let expected = vec![
            Frame::Ping,
            Frame::Message(b"BYE sip:a SIP/2.0\r\n\r\n".to_vec()),
            Frame::Pong,
        ];
        assert_eq!(frames(&[stream]), expected);
    }

    #[test]
    fn a_peer_cannot_make_us_hoard_memory() {
        let mut endless = BytesMut::from(vec![b'x'; MAX_MESSAGE + 1].as_slice());
        assert_eq!(next_frame(&mut endless), Err(FramingError::TooLong));
        let mut huge =
            BytesMut::from(b"BYE sip:a SIP/2.0\r\nContent-Length: 99999999\r\n\r\n".as_slice());
        assert_eq!(next_frame(&mut huge), Err(FramingError::TooLong));
        let mut negative =
            BytesMut::from(b"BYE sip:a SIP/2.0\r\nContent-Length: -1\r\n\r\n".as_slice());
        assert_eq!(next_frame(&mut negative), Err(FramingError::ContentLength));
    }
}
