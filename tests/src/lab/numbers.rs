//! Who and what can be dialled in the lab (`tests/README.md` says what each number does).

/// Queues of `queues.conf`: `support` is 700, `q1` to `q9` are 701 to 709, one for one test.
pub const QUEUES: [&str; 10] = [
    "support", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9",
];

/// The lab's password of an extension.
#[must_use]
pub fn password(number: u16) -> String {
    format!("secret{number}")
}

/// One extension of the lab's exchange.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extension {
    pub(super) number: u16,
    /// Endpoint template of `pjsip.conf`: `agent` (WebRTC) or `plain`.
    pub(super) kind: &'static str,
    /// Auth template of `pjsip.conf`.
    pub(super) auth: &'static str,
}

impl Extension {
    pub(super) fn display_name(&self) -> String {
        format!(
            "{} {}",
            if self.is_agent() { "Agent" } else { "Peer" },
            self.number
        )
    }

    pub(super) fn is_agent(&self) -> bool {
        self.kind == "agent"
    }
}

/// Every extension: 1001–1010 and 2001–2010 for people, 1011 and 1012 with other digests,
/// 1020–1099 and 2020–2099 for tests.
pub(super) fn extensions() -> impl Iterator<Item = Extension> {
    let agent = |number| {
        let auth = match number {
            1011 => "md5",
            1012 => "sha256-md5",
            _ => "sha256",
        };
        Extension {
            number,
            kind: "agent",
            auth,
        }
    };
    let plain = |number| Extension {
        number,
        kind: "plain",
        auth: "md5",
    };
    (1001..=1012)
        .chain(1020..=1099)
        .map(agent)
        .chain((2001..=2010).chain(2020..=2099).map(plain))
}
