//! The account's state.

use alobar_core::{
    Command, EndCause, Event, Input, RegistrationFailure, RegistrationState, Rejected, Signal,
};

use crate::world::{A, World, secs};

fn lost() -> Input {
    let (why, retry_in) = (RegistrationFailure::LinkLost, Some(secs(1)));
    Input::Registration(RegistrationState::Failed { why, retry_in })
}

#[test]
fn a_change_is_told_with_its_moment_and_a_refresh_is_not() {
    let mut w = World::offline();
    w.wait(secs(3));
    w.register();
    assert!(w.saw(Event::RegistrationChanged));
    let since = w.now;
    w.wait(secs(60));
    w.register();
    assert!(!w.saw(Event::RegistrationChanged));
    assert_eq!(w.phone.registration_since(), since);
}

#[test]
fn dialling_needs_a_registration() {
    let mut w = World::offline();
    let dial = Command::Dial {
        call: A,
        to: "1002".parse().unwrap(),
        headers: Vec::new(),
    };
    assert_eq!(w.rejected(dial.clone()), Rejected::NotRegistered);
    w.register();
    w.command(dial);
}

#[test]
fn a_lost_link_leaves_calls_alone_as_long_as_sound_flows() {
    let mut w = World::new();
    w.talking(A);
    w.feed(lost()).unwrap();
    w.wait(secs(60));
    assert_eq!(w.cause(A), None);
    assert!(w.call(A).phase().is_live());
}

#[test]
fn a_call_that_cannot_be_sent_because_the_link_is_gone_says_so() {
    let mut w = World::new();
    w.invited(A);
    w.feed(lost()).unwrap();
    assert!(w.call(A).phase().is_live(), "the SIP edge decides");
    w.signal(A, Signal::Refused { status: 503 });
    assert_eq!(w.cause(A), Some(EndCause::LinkLost));
}
