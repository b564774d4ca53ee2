//! The desktop program without a window.
//!
//! A [`line::Line`] is one account in use: a task that owns the [`Phone`](alobar_core::Phone) and
//! turns its outputs into work for the SIP and media edges. [`PhoneHandle`] is what a shell with a
//! window asks; the command line drives a line directly.

pub mod account;
pub mod api;
mod call_log;
mod door;
pub mod line;
mod local;
pub mod log;
mod memory;
mod outbox;
mod practice;
mod secrets;
mod settings;
pub mod stored;
mod view;

pub use api::{AppOptions, PhoneHandle};
