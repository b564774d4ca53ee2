//! The states of a ticket and what leads from one to the next (requirements TK-02 to TK-08, A12 #5
//! and #6).

use crate::codes;
use crate::{Pii, ResolutionTypeId, UserId, Wall};

codes! {
    /// Where a ticket stands, in the order of the bar.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TicketState))]
    State {
        /// As created, with nobody in charge.
        New = "NEW",
        /// A person is in charge and has not begun.
        Assigned = "ASSIGNED",
        Open = "OPEN",
        WaitForCustomer = "WAIT_FOR_CUSTOMER",
        WaitForThirdParty = "WAIT_FOR_3RD_PARTY",
        Resolved = "RESOLVED",
        Closed = "CLOSED",
    }
}

impl State {
    /// Whether the work is over: such a state stands on a resolution.
    pub fn is_closing(self) -> bool {
        matches!(self, Self::Resolved | Self::Closed)
    }
}

codes! {
    /// How urgent a ticket is, the most urgent first.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
    Priority {
        Urgent = "URGENT",
        High = "HIGH",
        Medium = "MEDIUM",
        Low = "LOW",
    }
}

/// What the rules need to know of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    pub state: State,
    /// The person in charge. A team alone leaves this empty.
    pub assignee: Option<UserId>,
}

/// How a ticket was solved (TK-07).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    pub kind: ResolutionTypeId,
    pub text: Pii<String>,
}

/// What a change of state writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub state: State,
    /// Takes the place of the stored one; None leaves the stored one as it is.
    pub resolution: Option<Resolution>,
    /// Counts one more reopening.
    pub reopened: bool,
}

/// Why a state does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No way leads from one state to the other.
    #[error("{} does not follow {}", to.as_str(), from.as_str())]
    NotNext { from: State, to: State },
    /// A closed ticket is opened again by a lead.
    #[error("Only a lead may do this")]
    LeadOnly,
    /// ASSIGNED is the state of a ticket that has a person in charge.
    #[error("Nobody is in charge")]
    NoAssignee,
    /// RESOLVED and CLOSED need a resolution type and text.
    #[error("No resolution")]
    NoResolution,
    /// The resolution has a type, and a text of spaces only.
    #[error("The resolution has no text")]
    BlankResolution,
}

impl Refused {
    /// The stable code that selects the sentence on screen.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotNext { .. } => "ticket_not_next",
            Self::LeadOnly => "ticket_lead_only",
            Self::NoAssignee => "ticket_no_assignee",
            Self::NoResolution => "ticket_no_resolution",
            Self::BlankResolution => "ticket_blank_resolution",
        }
    }
}

/// The states a ticket can go to, in the order of the bar (TK-30). What [`change`] asks for beyond
/// the state, a person in charge or a resolution, is not looked at.
pub fn next_states(from: State, is_lead: bool) -> impl Iterator<Item = State> {
    State::ALL
        .iter()
        .copied()
        .filter(move |&to| step(from, to, is_lead).is_ok())
}

/// What has to be written for the ticket to go to another state.
///
/// A resolution is taken by RESOLVED and CLOSED only. From RESOLVED to CLOSED it may be left out:
/// the stored one stands. It stands through a reopening too.
pub fn change(
    ticket: Ticket,
    to: State,
    resolution: Option<Resolution>,
    is_lead: bool,
) -> Result<Change, Refused> {
    step(ticket.state, to, is_lead)?;
    if to == State::Assigned && ticket.assignee.is_none() {
        return Err(Refused::NoAssignee);
    }
    let resolution = resolution.filter(|_| to.is_closing());
    match &resolution {
        None if to.is_closing() && !ticket.state.is_closing() => return Err(Refused::NoResolution),
        Some(it) if it.text.reveal().trim().is_empty() => return Err(Refused::BlankResolution),
        None | Some(_) => {}
    }
    Ok(Change {
        state: to,
        resolution,
        reopened: ticket.state.is_closing() && !to.is_closing(),
    })
}

/// The state after the person in charge has been set or removed (TK-04, A12 #6). A new ticket
/// starts as the one from NEW.
pub fn assign(state: State, assignee: Option<UserId>) -> State {
    match (state, assignee) {
        (State::New, Some(_)) => State::Assigned,
        (State::Assigned, None) => State::New,
        (other, _) => other,
    }
}

/// When a ticket has to be resolved, by its service level in minutes.
pub fn due(created: Wall, minutes: u32) -> Wall {
    Wall(created.0.saturating_add(u64::from(minutes) * 60_000))
}

/// The default graph (A12 #5). The four states of work lead to each other.
fn step(from: State, to: State, is_lead: bool) -> Result<(), Refused> {
    use State::{Assigned, Closed, New, Open, Resolved, WaitForCustomer, WaitForThirdParty};
    let leads_on = match from {
        New => matches!(to, Assigned | Open | Resolved | Closed),
        Assigned | Open | WaitForCustomer | WaitForThirdParty => !matches!(to, New) && to != from,
        Resolved => matches!(to, Closed | Open),
        Closed if to == Open && !is_lead => return Err(Refused::LeadOnly),
        Closed => to == Open,
    };
    match leads_on {
        true => Ok(()),
        false => Err(Refused::NotNext { from, to }),
    }
}

#[cfg(test)]
mod tests;
