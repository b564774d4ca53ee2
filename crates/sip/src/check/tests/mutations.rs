//! Bytes that nobody meant.

use proptest::prelude::*;

use super::invite;
use crate::check_message;

proptest! {
    #[test]
    fn no_bytes_make_the_checker_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = check_message(&bytes);
        let _ = check_message(&[b"INVITE sip:a@h SIP/2.0\r\nTo: ".as_slice(), &bytes, b"\r\n\r\n"].concat());
    }

    #[test]
    fn no_mutation_of_a_message_makes_the_checker_panic(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut message = invite(&[("+", "Warning: 301 h \"x\""), ("+", "Content-Length: 3")]);
        for (at, byte) in changes {
            let at = at.index(message.len());
            message[at] = byte;
        }
        let _ = check_message(&message);
        let _ = check_message(&message[..cut.index(message.len())]);
    }
}
