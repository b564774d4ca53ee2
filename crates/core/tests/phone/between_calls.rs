//! Rules between calls: one headset, others on hold, which tone.

use alobar_core::{
    Command, Direction, EndCause, Event, Hold, MediaAction, MediaEvent, PhaseName, Rejected,
    Signal, SipAction, Tone,
};

use crate::world::{A, B, C, World, sdp};

const HOLD: MediaAction = MediaAction::CreateOffer {
    direction: Direction::SendOnly,
};

/// A second incoming call: a quiet tone, and it is shown.
#[test]
fn a_second_call_is_shown_with_the_quiet_tone() {
    let mut w = World::new();
    w.talking(A);
    w.alerting(B);
    assert_eq!(w.sip(B), [SipAction::Ring]);
    assert!(w.saw(Event::PopupDue { call: B }));
    assert_eq!(w.tone, Some(Tone::CallWaiting));
    assert_eq!(w.phone.focus(), Some(A), "the talk goes on");
    w.command(Command::Decline { call: B });
    assert_eq!(w.tone, None);
    assert_eq!(w.phone.focus(), Some(A));
}

#[test]
fn answering_a_second_call_holds_the_first() {
    let mut w = World::new();
    w.talking(A);
    w.alerting(B);
    w.command(Command::Answer { call: B });
    assert_eq!(w.media_of(A), [MediaAction::Focus { on: false }, HOLD]);
    assert_eq!(w.media_of(B).last(), Some(&MediaAction::Focus { on: true }));
    assert_eq!(w.phone.focus(), Some(B));
    w.reoffer_accepted(A);
    assert_eq!(w.call(A).hold(), Hold::Local);
}

#[test]
fn dialling_holds_the_call_that_is_up() {
    let mut w = World::new();
    w.talking(A);
    w.dial(B);
    assert_eq!(w.media_of(A), [MediaAction::Focus { on: false }, HOLD]);
    assert_eq!(w.phone.focus(), Some(B));
}

#[test]
fn resuming_one_call_holds_the_other() {
    let mut w = World::new();
    w.held(A);
    w.talking(B);
    w.command(Command::Resume { call: A });
    assert_eq!(w.media_of(B), [MediaAction::Focus { on: false }, HOLD]);
    assert_eq!(w.phone.focus(), Some(A));
}

#[test]
fn a_held_call_waits_for_the_person_when_the_other_ends() {
    let mut w = World::new();
    w.held(A);
    w.talking(B);
    w.signal(B, Signal::Bye);
    assert_eq!(w.phone.focus(), None);
    assert_eq!(w.call(A).hold(), Hold::Local);
}

#[test]
fn a_call_that_could_not_be_held_gets_the_headset_back() {
    let mut w = World::new();
    w.talking(A);
    w.dial(B);
    w.media(A, MediaEvent::Offer(sdp("re-offer")));
    w.signal(A, Signal::ReofferRefused { status: 488 });
    assert_eq!(w.phone.focus(), Some(B), "not while the other has it");
    w.command(Command::HangUp { call: B });
    assert_eq!(w.phone.focus(), Some(A));
}

#[test]
fn one_call_is_set_up_at_a_time() {
    let dial = |call| Command::Dial {
        call,
        to: "1003".parse().unwrap(),
        headers: Vec::new(),
    };
    for set_up in [
        World::dial,
        World::invited,
        World::ringing,
        World::answering,
        World::accepted,
    ] {
        let mut w = World::new();
        set_up(&mut w, A);
        assert_eq!(w.rejected(dial(B)), Rejected::AnotherCallInProgress);
    }
    let mut w = World::new();
    w.alerting(A);
    w.command(dial(B));
    assert_eq!(w.tone, Some(Tone::CallWaiting));
}

#[test]
fn more_than_two_calls_at_once_hear_busy() {
    let mut w = World::new();
    w.alerting(A);
    w.alerting(B);
    assert_eq!(w.tone, Some(Tone::Ringtone));
    w.alerting(C);
    assert_eq!(w.sip(C), [SipAction::Refuse { status: 486 }]);
    assert_eq!(w.out.len(), 1, "nothing is shown");
    assert!(w.phone.call(C).is_none());
}

#[test]
fn a_call_dialled_and_then_left_for_another_is_held_when_it_comes_up() {
    let mut w = World::new();
    w.ringing(A);
    w.alerting(B);
    w.command(Command::Answer { call: B });
    assert_eq!(w.tone, None, "no ringback into the talk");
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("their answer")),
        },
    );
    assert_eq!(w.phase(A), PhaseName::Established);
    assert!(w.media_of(A).contains(&HOLD));
    assert_eq!(w.phone.focus(), Some(B));
}

#[test]
fn a_call_left_ringing_gets_the_headset_back_when_the_other_ends() {
    let mut w = World::new();
    w.ringing(A);
    w.talking_to_caller(B);
    w.signal(B, Signal::Bye);
    assert_eq!(w.phone.focus(), Some(A));
    assert_eq!(w.tone, Some(Tone::Ringback));
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("their answer")),
        },
    );
    assert!(!w.media_of(A).contains(&HOLD));
    assert_eq!(w.phone.focus(), Some(A));
}

#[test]
fn a_busy_tone_is_not_played_into_a_talk() {
    let mut w = World::new();
    w.ringing(A);
    w.talking_to_caller(B);
    w.signal(A, Signal::Refused { status: 486 });
    assert_eq!(w.cause(A), Some(EndCause::RemoteBusy));
    assert_eq!(w.tone, None);
}

#[test]
fn an_ended_call_is_counted_in_no_rule() {
    let mut w = World::new();
    w.ringing(A);
    w.signal(A, Signal::Refused { status: 404 });
    w.alerting(B);
    assert_eq!(w.tone, Some(Tone::Ringtone));
    w.dial(C);
    assert_eq!(w.media_of(A), []);
}

#[test]
fn a_hold_before_the_ack_begins_with_it() {
    let mut w = World::new();
    w.accepted(A);
    w.alerting(B);
    w.command(Command::Answer { call: B });
    assert_eq!(w.media_of(A), [MediaAction::Focus { on: false }]);
    w.signal(A, Signal::Confirmed { answer: None });
    assert_eq!(w.media_of(A), [HOLD]);
}
