//! What a signed-in client shows with each request.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::db::table::session::TokenHash;
use crate::error::Refused;

/// 256 random bits as 64 hex digits. Says nothing of its holder; the hub keeps its hash only.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl Token {
    pub(crate) fn random() -> Result<Self, Refused> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| Refused::Bug(error.to_string()))?;
        Ok(Self(
            bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        ))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn hash(&self) -> TokenHash {
        hash(&self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(•••)")
    }
}

/// What the hub knows a token by. Any text has one, so nothing is compared with a secret.
pub(crate) fn hash(token: &str) -> TokenHash {
    Sha256::digest(token).to_vec()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn h2_tokens_are_256_random_bits_and_are_not_printed() {
        let (one, other) = (Token::random().unwrap(), Token::random().unwrap());
        assert_eq!(one.as_str().len(), 64);
        assert_ne!(one, other);
        assert!(!format!("{one:?}").contains(one.as_str()));
        assert_eq!(one.hash().len(), 32);
    }
}
