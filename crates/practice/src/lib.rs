//! A practice telephone exchange in the box: real calls without a provider, a server or a customer.
//!
//! The mental model in fifteen lines:
//!
//! - A [`Number`] is what a dialled user part means: an echo, a refusal, an extension.
//! - A [`Voice`] is the exchange's end of one call's sound. Every 10 ms it is given what the phone
//!   says and fills in what the phone hears.
//! - A [`Prompt`] is [`Clip`]s in a row. [`Play`] says one; [`announcement`], [`clock`] and
//!   [`welcome`] make them. A date is put together from words, Vietnamese first, then English.
//! - A voice has no way back but its [`Report`]: it is over, it has read keys, somebody speaks.
//! - [`Speech`] tells when the person at the phone begins and ends to speak.
//! - A [`Caller`](caller::Caller) is a simulated customer. It follows a script and decides what is
//!   done; its sound is a [`Customer`] voice, which says what the caller's outputs name and whose
//!   events are the caller's inputs.
//! - [`Clips`] are all that is ever said, decoded once, shared by all calls.
//! - None of these opens a socket, asks the time or waits. Voices count frames, callers are told the
//!   time, and a caller's seed is its only chance: the same inputs make the same call.
//! - [`Practice`] puts them on the line: over `alobar-sip`'s switch and `alobar-media`'s voices, on
//!   this machine only.
//!
//! Logs: numbers, names and keys leave as [`Pii`](alobar_core::Pii) and are never logged.
#![warn(clippy::wildcard_enum_match_arm)]

pub mod caller;
mod clip;
mod exchange;
mod number;
mod reading;
mod speech;
mod voice;

pub use clip::{Clip, ClipError, Clips};
pub use exchange::{Practice, PracticeConfig, PracticeError, PracticeEvent};
pub use number::{Extension, Number};
pub use reading::CivilTime;
pub use speech::{Speech, SpeechEvent};
pub use voice::{
    Customer, Echo, FRAME, Frame, Lines, Music, Play, PlayBack, Prompt, ReadKeys, Report, Ringback,
    SAMPLE_RATE, Voice, VoiceEvent, announcement, clock, welcome,
};
