//! The pieces of RFC 3261 section 25.1 that headers are made of, read from unfolded bytes.

/// A place in a header's value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'a> {
    rest: &'a [u8],
}

/// `Some` when the piece is there.
pub(super) type Parsed<T> = Option<T>;

impl<'a> Cursor<'a> {
    pub(super) fn new(value: &'a [u8]) -> Self {
        Self { rest: value }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// SWS: optional white space.
    pub(super) fn space(&mut self) {
        self.rest = self.rest.trim_ascii_start();
    }

    /// LWS: white space that must be there.
    pub(super) fn some_space(&mut self) -> Parsed<()> {
        let before = self.rest.len();
        self.space();
        (self.rest.len() < before).then_some(())
    }

    pub(super) fn byte(&mut self, wanted: u8) -> Parsed<()> {
        self.rest = self.rest.strip_prefix(&[wanted])?;
        Some(())
    }

    /// A separator with optional white space on both sides.
    pub(super) fn separator(&mut self, wanted: u8) -> Parsed<()> {
        self.space();
        self.byte(wanted)?;
        self.space();
        Some(())
    }

    /// The longest run, at least one byte.
    pub(super) fn take(&mut self, fits: impl Fn(u8) -> bool) -> Parsed<&'a [u8]> {
        let length = self
            .rest
            .iter()
            .position(|b| !fits(*b))
            .unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        (!taken.is_empty()).then_some(taken)
    }

    pub(super) fn token(&mut self) -> Parsed<&'a [u8]> {
        self.take(is_token)
    }

    pub(super) fn number(&mut self, max: u64) -> Parsed<u64> {
        let digits = self.take(|b| b.is_ascii_digit())?;
        let number: u64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
        (number <= max).then_some(number)
    }

    /// Quoted string; a quoted pair may hide any byte but a line break.
    pub(super) fn quoted(&mut self) -> Parsed<()> {
        self.byte(b'"')?;
        loop {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            match first {
                b'"' => return Some(()),
                b'\\' => self.rest = self.rest.get(1..)?,
                b'\t' => {}
                byte if byte.is_ascii_control() => return None,
                _ => {}
            }
        }
    }

    /// host: name, IPv4 address or bracketed IPv6 address; with `:port` where there is one.
    pub(super) fn host_port(&mut self) -> Parsed<()> {
        if self.byte(b'[').is_some() {
            self.take(|b| b.is_ascii_hexdigit() || b == b':' || b == b'.')?;
            self.byte(b']')?;
        } else {
            self.take(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))?;
        }
        let mut after = *self;
        if after.separator(b':').is_some() {
            after.number(u16::MAX.into()).filter(|port| *port > 0)?;
            *self = after;
        }
        Some(())
    }

    /// `*( SEMI name [ EQUAL value ] )`; each parameter is shown to `check`.
    pub(super) fn params(&mut self, check: impl Fn(&[u8], &[u8]) -> bool) -> Parsed<()> {
        while self.then(b';') {
            let name = self.token()?;
            let mut value: &[u8] = b"";
            if self.then(b'=') {
                let start = self.rest;
                if self.peek() == Some(b'"') {
                    self.quoted()?;
                } else {
                    // host as well as token: an address may come bare or bracketed (RFC 5118 section 4.5).
                    self.take(|b| is_token(b) || matches!(b, b'[' | b']' | b':'))?;
                }
                value = &start[..start.len() - self.rest.len()];
            }
            if !check(name, value) {
                return None;
            }
        }
        Some(())
    }

    /// Passes the separator if it comes next.
    pub(super) fn then(&mut self, wanted: u8) -> bool {
        let mut ahead = *self;
        let found = ahead.separator(wanted).is_some();
        if found {
            *self = ahead;
        }
        found
    }

    /// name-addr, or an addr-spec that may not contain `;`, `?` and `,` (section 20.10).
    pub(super) fn address(&mut self, bare_allowed: bool) -> Parsed<()> {
        if self.peek() == Some(b'"') {
            self.quoted()?;
            self.space();
            return self.bracketed();
        }
        let mut ahead = *self;
        while ahead.token().is_some() {
            ahead.space();
        }
        if ahead.peek() == Some(b'<') {
            *self = ahead;
            return self.bracketed();
        }
        let spec = self.take(|b| {
            !b.is_ascii_whitespace() && !matches!(b, b';' | b',' | b'?' | b'<' | b'>' | b'"')
        })?;
        (bare_allowed && self.peek() != Some(b'?') && is_uri(spec, true)).then_some(())
    }

    fn bracketed(&mut self) -> Parsed<()> {
        self.byte(b'<')?;
        let uri = self.take(|b| b != b'>')?;
        self.byte(b'>')?;
        is_uri(uri, true).then_some(())
    }
}

pub(super) fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte)
}

/// SIP URI, SIPS URI or absolute URI of another scheme (sections 19.1.1 and 25.1).
pub(super) fn is_uri(uri: &[u8], headers_allowed: bool) -> bool {
    let Some(colon) = uri.iter().position(|b| *b == b':') else {
        return false;
    };
    let (scheme, rest) = (&uri[..colon], &uri[colon + 1..]);
    if scheme.eq_ignore_ascii_case(b"sip") || scheme.eq_ignore_ascii_case(b"sips") {
        return sip_uri(rest, headers_allowed).is_some();
    }
    let named = scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && scheme
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b));
    named && !rest.is_empty() && is_escaped_text(rest, b";/?:@&=+$,[]")
}

fn sip_uri(rest: &[u8], headers_allowed: bool) -> Parsed<()> {
    // No part but the user's may hold an unescaped '@', and it only as its end.
    let hostpart = match rest.iter().position(|b| *b == b'@') {
        Some(at) => {
            let mut parts = rest[..at].splitn(2, |b| *b == b':');
            let user = parts
                .next()
                .filter(|user| !user.is_empty() && is_escaped_text(user, b"&=+$,;?/"))?;
            let password = parts.next().unwrap_or(b"");
            is_escaped_text(password, b"&=+$,").then_some(user)?;
            &rest[at + 1..]
        }
        None => rest,
    };
    let mut cursor = Cursor::new(hostpart);
    cursor.host_port()?;
    while cursor.byte(b';').is_some() {
        let param = cursor.take(|b| !matches!(b, b';' | b'?'))?;
        let mut halves = param.splitn(2, |b| *b == b'=');
        let all = halves.all(|half| !half.is_empty() && is_escaped_text(half, b"[]/:&+$"));
        all.then_some(())?;
    }
    if cursor.byte(b'?').is_some() {
        let headers = cursor.take(|_| true)?;
        let pair = |pair: &[u8]| pair.contains(&b'=') && is_escaped_text(pair, b"[]/?:+$=");
        (headers_allowed && headers.split(|b| *b == b'&').all(pair)).then_some(())?;
    }
    cursor.is_at_end().then_some(())
}

/// Unreserved characters, whole escapes, and those of `also`.
fn is_escaped_text(text: &[u8], also: &[u8]) -> bool {
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        let plain =
            first.is_ascii_alphanumeric() || b"-_.!~*'()".contains(first) || also.contains(first);
        let escape = *first == b'%'
            && after
                .get(..2)
                .is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        rest = if plain {
            after
        } else if escape {
            &after[2..]
        } else {
            return false;
        };
    }
    true
}
