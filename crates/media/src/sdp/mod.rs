//! Session descriptions (RFC 8866): what we read from them, how ours and the peer's are adapted
//! to what `webrtc` and Asterisk accept, and a check of foreign ones.

mod adapt;
mod check;
mod plain;
mod reading;

pub(crate) use adapt::{Setup, from_peer, in_order_of, to_peer};
pub use check::{SdpError, check_sdp};
pub(crate) use plain::{Origin, plain_answer};
pub(crate) use reading::{Description, Transport, Unusable};

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
