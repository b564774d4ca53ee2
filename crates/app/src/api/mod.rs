//! The contract with the shells: commands on [`PhoneHandle`], whole views pushed back.

pub(crate) mod error;
mod handle;
mod practice;
mod publish;
mod server;
pub mod view;

pub use handle::{AppOptions, PhoneHandle};
