//! The user agent against an exchange that the test plays.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod calls;
mod exchange;
mod registration;
mod sessions;
