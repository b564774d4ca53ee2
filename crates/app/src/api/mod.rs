//! The contract with the shells: commands on [`PhoneHandle`], whole views pushed back.

mod act;
pub mod calls;
mod check;
pub(crate) mod error;
mod handle;
pub mod memory;
mod practice;
pub mod preferences;
mod publish;
mod recall;
mod server;
pub mod view;

pub use handle::{AppOptions, PhoneHandle};
