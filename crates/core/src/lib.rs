//! The rules of Alobar without IO, clock or async.
//!
//! [`Phone`] is one value that owns every rule of and *between* calls. It is told what happened
//! and what time it is; it answers with what is to be done:
//!
//! ```text
//! phone.handle(now, input)?;
//! while let Some(output) = phone.poll_output() { edges.perform(output) }
//! sleep_until(phone.next_timeout())
//! ```
//!
//! Every mutation is followed by a complete drain of [`Phone::poll_output`], also when it was
//! [`Rejected`].
//!
//! The rules of records stand beside it, each a module of pure functions: [`ticket`], [`task`] and
//! [`order`]; [`fold`] is how all of them are searched.
#![warn(clippy::wildcard_enum_match_arm)]

mod call;
mod codes;
mod dial;
pub mod fold;
mod id;
mod input;
pub mod order;
mod output;
mod phone;
mod pii;
mod registration;
mod reject;
pub mod task;
pub mod ticket;
mod time;

pub use call::{
    Call, CallDirection, CallPhase, CallResult, Established, Hold, MediaPath, PhaseName, Transfer,
    end_cause,
};
pub use codes::UnknownCode;
pub use dial::{DialError, DialFormat, DialFormatError, Dialable, digits_reversed, display_number};
pub use id::{
    CallId, CallIds, CallTypeId, CategoryId, CommandId, ContactId, DispositionId, IdError, NoteId,
    OrderId, OrderLineId, ProductId, ResolutionTypeId, StageId, TaskId, TeamId, TemplateId,
    TicketId, UserId,
};
pub use input::{Command, Input, MediaEvent, MediaFailure, Peer, Sdp, Signal};
pub use output::{Direction, EndCause, Event, MediaAction, Output, SipAction, Tone};
pub use phone::{Phone, PhoneConfig};
pub use pii::Pii;
pub use registration::{RegistrationFailure, RegistrationState};
pub use reject::Rejected;
pub use time::{Mono, Now, Wall};
