//! The team's memory: people, contacts, calls, tickets, tasks, orders, and what became of them.
//!
//! One library, two homes: in the desktop's process on SQLite ([`Hub::router`] without a socket),
//! and standalone as `alobar-hub`. Reads are plain routes; everything people write is a
//! [`command`](Command), done once however often it comes, with its lines in the change log.

mod api;
mod auth;
mod command;
mod configuration;
mod db;
mod error;
mod hub;
mod identity;
mod inside;
mod limits;
mod people;
mod push;
pub mod seal;
#[cfg(feature = "server")]
pub mod server;
mod subject;
#[cfg(test)]
mod testing;
mod version;

pub use api::session::{SignInAnswer, SignedInPerson, SipAccount, TeamOfPerson};
pub use auth::gate::Via;
pub use auth::local::LocalPersonError;
pub use command::{
    AddNote, ChangeNote, Command, ContactFields, ContactPatch, CreateContact, CreateOrder,
    CreateTask, CreateTicket, Done, Envelope, Follow, LineChange, OrderPatch, RemoveNote,
    ReportCall, ReportLeg, SaveCallForm, TaskPatch, TicketPatch, UpdateContact, UpdateOrder,
    UpdateTask, UpdateTicket,
};
pub use configuration::{
    Colleague, Configuration, Entry, ExchangeSettings, ListName, PopupButtons, PopupSettings,
    PopupTab,
};
pub use db::table::call::{Call, CallDirection};
pub use db::table::call_form::CallForm;
pub use db::table::call_leg::{CallLeg, LegResult};
pub use db::table::call_type::CallType;
pub use db::table::category::Category;
pub use db::table::change_log::Change;
pub use db::table::contact::{Contact, ContactKind, ContactPoint, PointKind};
pub use db::table::disposition::Disposition;
pub use db::table::hub_user::Person;
pub use db::table::note::Note;
pub use db::table::order_line::{LineFields, OrderLine};
pub use db::table::order_stage::OrderStage;
pub use db::table::product::Product;
pub use db::table::resolution_type::ResolutionType;
pub use db::table::sales_order::{Discount, DiscountKind, Order, OrderRow};
pub use db::table::task::{Task, TaskRow};
pub use db::table::team::{Membership, Team};
pub use db::table::template::{Template, TemplateKind};
pub use db::table::ticket::{Channel, Ticket, TicketRow};
pub use db::{OpenError, Place};
pub use error::{Conflict, Problem};
pub use hub::{Hub, HubConfig};
pub use identity::{Identity, Role};
pub use inside::Inside;
pub use people::NewPerson;
pub use push::Pushed;
pub use subject::{Subject, SubjectKind};
pub use version::HubVersion;

impl Hub {
    /// The API as a service. A request from this process carries its [`Identity`] as an extension.
    pub fn router(&self) -> axum::Router {
        api::router(self.clone())
    }
}

/// The API's description (OpenAPI), as it is served at `/api/openapi.json`.
pub fn describe() -> String {
    let (_, description) = api::routes().split_for_parts();
    let mut text = description.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}
