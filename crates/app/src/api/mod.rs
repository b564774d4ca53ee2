//! The contract with the shells: commands on [`PhoneHandle`], whole views pushed back.

pub mod calls;
pub(crate) mod error;
mod handle;
mod practice;
pub mod preferences;
mod publish;
mod server;
pub mod view;

pub use handle::{AppOptions, PhoneHandle};
