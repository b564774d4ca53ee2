use proptest::prelude::*;

use super::State::{Assigned, Closed, New, Open, Resolved, WaitForCustomer, WaitForThirdParty};
use super::{
    Change, Priority, Refused, Resolution, State, Ticket, assign, change, due, next_states,
};
use crate::{Pii, ResolutionTypeId, UserId, Wall};

fn someone() -> UserId {
    UserId::from(uuid::Uuid::from_u128(1))
}

fn solved(text: &str) -> Option<Resolution> {
    Some(Resolution {
        kind: ResolutionTypeId::from(uuid::Uuid::from_u128(2)),
        text: Pii::new(text.to_owned()),
    })
}

fn ticket(state: State) -> Ticket {
    Ticket {
        state,
        assignee: Some(someone()),
    }
}

#[test]
fn tk_02_states_have_the_spelling_of_the_manual() {
    let codes = [
        "NEW",
        "ASSIGNED",
        "OPEN",
        "WAIT_FOR_CUSTOMER",
        "WAIT_FOR_3RD_PARTY",
        "RESOLVED",
        "CLOSED",
    ];
    assert_eq!(State::ALL.len(), codes.len());
    for (&state, code) in State::ALL.iter().zip(codes) {
        assert_eq!(state.as_str(), code);
        assert_eq!(code.parse(), Ok(state));
        assert_eq!(
            serde_json::to_string(&state).unwrap(),
            format!("\"{code}\"")
        );
        assert_eq!(
            serde_json::from_str::<State>(&format!("\"{code}\"")).unwrap(),
            state
        );
    }
    assert_eq!("open".parse::<State>().unwrap_err().code(), "unknown_code");
}

#[test]
fn the_most_urgent_priority_comes_first() {
    assert!(Priority::ALL.is_sorted());
    assert_eq!(Priority::ALL[0].as_str(), "URGENT");
    assert_eq!("LOW".parse(), Ok(Priority::Low));
}

#[test]
fn tk_30_the_bar_offers_the_next_states_in_its_order() {
    for (from, next) in [
        (New, &[Assigned, Open, Resolved, Closed][..]),
        (
            Assigned,
            &[Open, WaitForCustomer, WaitForThirdParty, Resolved, Closed],
        ),
        (
            Open,
            &[
                Assigned,
                WaitForCustomer,
                WaitForThirdParty,
                Resolved,
                Closed,
            ],
        ),
        (
            WaitForCustomer,
            &[Assigned, Open, WaitForThirdParty, Resolved, Closed],
        ),
        (
            WaitForThirdParty,
            &[Assigned, Open, WaitForCustomer, Resolved, Closed],
        ),
        (Resolved, &[Open, Closed]),
        (Closed, &[]),
    ] {
        assert_eq!(
            next_states(from, false).collect::<Vec<_>>(),
            next,
            "{from:?}"
        );
    }
    assert_eq!(next_states(Closed, true).collect::<Vec<_>>(), [Open]);
}

#[test]
fn what_the_bar_does_not_offer_is_refused() {
    let refused = change(ticket(New), WaitForCustomer, None, true).unwrap_err();
    assert_eq!(
        refused,
        Refused::NotNext {
            from: New,
            to: WaitForCustomer
        }
    );
    assert_eq!(refused.code(), "ticket_not_next");
    assert_eq!(refused.to_string(), "WAIT_FOR_CUSTOMER does not follow NEW");
    assert!(change(ticket(Open), Open, None, true).is_err());
}

#[test]
fn tk_07_closing_needs_a_type_and_a_text() {
    for to in [Resolved, Closed] {
        for from in [New, Assigned, Open, WaitForCustomer, WaitForThirdParty] {
            let without = change(ticket(from), to, None, false);
            assert_eq!(without, Err(Refused::NoResolution), "{from:?}");
            let blank = change(ticket(from), to, solved(" \n\u{a0}"), false);
            assert_eq!(blank, Err(Refused::BlankResolution), "{from:?}");
            let done = change(ticket(from), to, solved("Replaced"), false).unwrap();
            assert_eq!(done.state, to);
            assert_eq!(done.resolution, solved("Replaced"));
            assert!(!done.reopened);
        }
    }
}

#[test]
fn a_resolved_ticket_closes_on_the_resolution_it_has_or_on_a_better_one() {
    let closed = change(ticket(Resolved), Closed, None, false).unwrap();
    assert_eq!(closed.resolution, None);
    assert!(!closed.reopened);
    let better = change(ticket(Resolved), Closed, solved("Paid back"), false).unwrap();
    assert_eq!(better.resolution, solved("Paid back"));
    let blank = change(ticket(Resolved), Closed, solved(""), false);
    assert_eq!(blank, Err(Refused::BlankResolution));
}

#[test]
fn a_reopening_is_counted_and_the_old_resolution_stands() {
    let expected = Change {
        state: Open,
        resolution: None,
        reopened: true,
    };
    assert_eq!(
        change(ticket(Resolved), Open, None, false),
        Ok(expected.clone())
    );
    assert_eq!(change(ticket(Closed), Open, None, true), Ok(expected));
}

#[test]
fn a_resolution_given_on_the_way_to_a_state_of_work_replaces_nothing() {
    let reopened = change(ticket(Resolved), Open, solved("Wrong"), false).unwrap();
    assert_eq!(reopened.resolution, None);
}

#[test]
fn only_a_lead_opens_a_closed_ticket() {
    let refused = change(ticket(Closed), Open, None, false).unwrap_err();
    assert_eq!(refused, Refused::LeadOnly);
    assert_eq!(refused.code(), "ticket_lead_only");
}

#[test]
fn tk_04_a_new_ticket_with_a_person_in_charge_is_assigned() {
    assert_eq!(assign(New, Some(someone())), Assigned);
    assert_eq!(assign(New, None), New);
}

#[test]
fn an_assigned_ticket_that_loses_its_person_is_new_again() {
    assert_eq!(assign(Assigned, None), New);
    assert_eq!(assign(Assigned, Some(someone())), Assigned);
}

#[test]
fn assigning_moves_no_other_state() {
    for state in [Open, WaitForCustomer, WaitForThirdParty, Resolved, Closed] {
        assert_eq!(assign(state, None), state);
        assert_eq!(assign(state, Some(someone())), state);
    }
}

#[test]
fn assigned_needs_a_person_in_charge() {
    let nobody = Ticket {
        state: Open,
        assignee: None,
    };
    let refused = change(nobody, Assigned, None, true);
    assert_eq!(refused, Err(Refused::NoAssignee));
}

#[test]
fn the_deadline_is_minutes_after_the_creation() {
    assert_eq!(due(Wall(1_000), 15), Wall(901_000));
    assert_eq!(due(Wall(u64::MAX), 1), Wall(u64::MAX));
}

proptest! {
    /// Whatever people click: ASSIGNED has a person, closing has a resolution, each reopening counts.
    #[test]
    fn a_ticket_keeps_its_promises(
        clicks in proptest::collection::vec(
            (0_usize..9, any::<bool>(), any::<bool>()), 0..40)
    ) {
        let mut it = Ticket { state: New, assignee: None };
        let (mut has_resolution, mut closings, mut reopenings) = (false, 0, 0);
        for (click, with_resolution, is_lead) in clicks {
            let was = it.state;
            match State::ALL.get(click) {
                Some(&to) => {
                    let resolution = solved("Done").filter(|_| with_resolution);
                    let Ok(change) = change(it, to, resolution, is_lead) else { continue };
                    prop_assert!(next_states(was, is_lead).any(|next| next == to));
                    it.state = change.state;
                    has_resolution |= change.resolution.is_some();
                    reopenings += u32::from(change.reopened);
                }
                None => {
                    it.assignee = Some(someone()).filter(|_| click == 7);
                    it.state = assign(it.state, it.assignee);
                }
            }
            closings += u32::from(!was.is_closing() && it.state.is_closing());
            prop_assert!(it.state != Assigned || it.assignee.is_some());
            prop_assert!(it.state != New || it.assignee.is_none());
            prop_assert!(!it.state.is_closing() || has_resolution);
            prop_assert_eq!(closings - reopenings, u32::from(it.state.is_closing()));
        }
    }
}
