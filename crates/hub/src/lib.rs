//! The team's memory: people, contacts, calls, tickets, tasks, orders, and what became of them.
//!
//! One library, two homes: in the desktop's process on SQLite ([`Hub::router`] without a socket),
//! and standalone as `alobar-hub`. Reads are plain routes; everything people write is a
//! [`command`](Command), done once however often it comes, with its lines in the change log.

mod api;
mod command;
mod db;
mod error;
mod hub;
mod identity;
pub mod seal;
mod subject;

pub use command::{
    Command, ContactFields, ContactPatch, CreateContact, Done, Envelope, UpdateContact,
};
pub use db::table::change_log::Change;
pub use db::table::contact::{Contact, ContactKind, ContactPoint, PointKind};
pub use db::{OpenError, Place};
pub use error::{Conflict, Problem};
pub use hub::{Hub, HubConfig};
pub use identity::{Identity, Role};
pub use subject::{Subject, SubjectKind};

impl Hub {
    /// The API as a service. A request from this process carries its [`Identity`] as an extension.
    pub fn router(&self) -> axum::Router {
        api::router(self.clone())
    }
}
