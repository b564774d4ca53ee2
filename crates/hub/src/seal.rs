//! Sealing what must not be readable in a file: XChaCha20-Poly1305 under a key kept elsewhere.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

const NONCE: usize = 24;

/// 256 bits; kept in the system's keyring or in a file that only the hub's user reads.
#[derive(Clone, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// # Errors
    /// The system gives no random numbers.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(•••)")
    }
}

/// It was not sealed with this key for this place, or has been changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error("Cannot be unsealed")]
    Refused,
    #[error("No random numbers")]
    Random,
}

/// Seals `plain`; it opens again only with the same `place`, so that a sealed value cannot be put
/// where another belongs.
pub fn seal(key: &Key, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|_| SealError::Random)?;
    let cipher = XChaCha20Poly1305::new(&key.0.into());
    let payload = Payload {
        msg: plain,
        aad: place,
    };
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload);
    let mut bytes = nonce.to_vec();
    bytes.extend(sealed.map_err(|_| SealError::Refused)?);
    Ok(bytes)
}

/// Opens what [`seal`] has sealed.
pub fn unseal(key: &Key, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let (nonce, msg) = sealed
        .split_first_chunk::<NONCE>()
        .ok_or(SealError::Refused)?;
    let cipher = XChaCha20Poly1305::new(&key.0.into());
    let payload = Payload { msg, aad: place };
    cipher
        .decrypt(&XNonce::from(*nonce), payload)
        .map_err(|_| SealError::Refused)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_with_its_key_at_its_place_unchanged() {
        let (key, other) = (Key::random().unwrap(), Key::random().unwrap());
        let mut sealed = seal(&key, b"here", b"secret").unwrap();
        assert_eq!(unseal(&key, b"here", &sealed).unwrap(), b"secret");
        assert_eq!(unseal(&other, b"here", &sealed), Err(SealError::Refused));
        assert_eq!(unseal(&key, b"there", &sealed), Err(SealError::Refused));
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!(unseal(&key, b"here", &sealed), Err(SealError::Refused));
        assert_eq!(unseal(&key, b"here", b"short"), Err(SealError::Refused));
    }

    #[test]
    fn a_key_is_not_printed() {
        assert_eq!(format!("{:?}", Key::from_bytes([7; 32])), "Key(•••)");
    }
}
