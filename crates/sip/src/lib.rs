//! Signalling of Alobar over `rsipstack`, behind types of our own.
//!
//! The mental model in fifteen lines:
//!
//! - An [`Account`] is who we are; its [`Server`]s are tried in turn, all secure or all plain.
//! - A *link* is one open connection to a server (WSS, TLS, TCP, UDP), dialled by us so that names,
//!   certificates, proxies and each way to fail are right.
//! - The *wire* stands between the stack and the link. The stack sees one connection that never dies;
//!   the wire carries it over whatever link there is, mends what the stack gets wrong, repeats
//!   requests on UDP, and answers 503 or 408 itself when the link or the server is silent.
//! - The *supervisor* dials, registers, refreshes, notices a lost link and comes back by itself.
//! - A *call* is one task around one INVITE dialog. [`SipAction`](alobar_core::SipAction)s go in,
//!   [`Signal`](alobar_core::Signal)s come out; session timers and refreshes stay inside.
//! - The [`UserAgent`] is all of that for one account. It decides nothing: which call is answered,
//!   held or ended is the phone's business in `alobar-core`.
//! - An INVITE rings only when it comes over our link to the random contact we registered.
//! - A [`Switch`] is the other end, for the practice exchange: a registrar on loopback, and the same
//!   calls seen from there.
//! - Each call's [`LadderLine`]s tell its course without numbers, names, addresses or keys.
//!
//! Logs: `rsipstack` writes whole messages, with credentials, at `info`. Whoever installs a
//! subscriber must keep the target `rsipstack` at `warn`. This crate logs codes only.
#![expect(
    clippy::result_large_err,
    reason = "the large error is rsipstack's, and none of it is hot"
)]

mod account;
mod agent;
mod calls;
mod check;
mod ladder;
mod link;
mod registration;
mod serve;
mod stack;
mod wire;

pub use account::{Account, AccountError, Server, ServerError, Transport};
pub use agent::{SipEvent, UserAgent};
pub use calls::{HeaderError, check_header};
pub use check::{CheckError, MessageKind, MessageSummary, check_message};
pub use ladder::{Direction, LadderLine};
pub use serve::{Switch, SwitchConfig, SwitchEvent};
