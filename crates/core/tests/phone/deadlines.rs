//! No phase waits for ever.

use alobar_core::{
    CallResult, Command, EndCause, Event, Hold, MediaAction, MediaEvent, MediaFailure, PhaseName,
    Signal, SipAction,
};

use crate::world::{A, World, sdp, secs};

/// Nothing for one second less than `bound`, then something.
fn after(w: &mut World, bound: u64) {
    let phase = w.phase(A);
    w.wait(secs(bound - 1));
    assert_eq!((w.phase(A), &w.out[..]), (phase, &[][..]), "too early");
    w.wait(secs(1));
}

#[test]
fn media_that_makes_no_offer_ends_the_dialling() {
    let mut w = World::new();
    w.dial(A);
    after(&mut w, 10);
    assert_eq!(w.cause(A), Some(EndCause::TimedOut));
    assert_eq!(
        (w.sip(A), w.media_of(A)),
        (vec![], vec![MediaAction::Close])
    );
}

#[test]
fn an_invite_without_any_progress_is_canceled() {
    let mut w = World::new();
    w.invited(A);
    after(&mut w, 40);
    assert_eq!(w.sip(A), [SipAction::Cancel]);
    w.signal(A, Signal::Refused { status: 487 });
    assert_eq!(w.cause(A), Some(EndCause::TimedOut));
}

#[test]
fn nobody_answers_for_three_minutes() {
    let mut w = World::new();
    w.ringing(A);
    after(&mut w, 180);
    assert_eq!(w.sip(A), [SipAction::Cancel]);
    w.signal(A, Signal::Closed);
    assert_eq!(w.cause(A), Some(EndCause::NoAnswer));
}

#[test]
fn an_incoming_call_rings_for_three_minutes_at_most() {
    let mut w = World::new();
    w.alerting(A);
    after(&mut w, 180);
    assert_eq!(w.sip(A), [SipAction::Refuse { status: 480 }]);
    assert_eq!(w.cause(A), Some(EndCause::NoAnswer));
    assert_eq!(w.call(A).result(), Some(CallResult::Missed));
    assert_eq!(w.tone, None);
}

#[test]
fn media_that_makes_no_answer_refuses_the_call() {
    let mut w = World::new();
    w.answering(A);
    after(&mut w, 10);
    assert_eq!(w.sip(A), [SipAction::Refuse { status: 480 }]);
    assert_eq!(w.cause(A), Some(EndCause::TimedOut));
}

#[test]
fn a_200_without_ack_ends_in_bye() {
    let mut w = World::new();
    w.accepted(A);
    after(&mut w, 32);
    assert_eq!(w.sip(A), [SipAction::Bye]);
    assert_eq!(w.phase(A), PhaseName::Terminating);
}

#[test]
fn media_that_does_not_come_up_ends_the_call() {
    let mut w = World::new();
    w.ringing(A);
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("their answer")),
        },
    );
    after(&mut w, 15);
    assert_eq!(w.sip(A), [SipAction::Bye]);
    w.signal(A, Signal::Closed);
    assert_eq!(
        w.cause(A),
        Some(EndCause::MediaFailed(MediaFailure::NoPath))
    );
}

#[test]
fn half_a_minute_of_silence_ends_the_call() {
    let mut w = World::new();
    w.talking(A);
    w.media(A, MediaEvent::Interrupted);
    after(&mut w, 30);
    assert_eq!(w.sip(A), [SipAction::Bye]);
    w.signal(A, Signal::Closed);
    assert_eq!(
        w.cause(A),
        Some(EndCause::MediaFailed(MediaFailure::NoPath))
    );
}

#[test]
fn silence_while_somebody_holds_is_right() {
    let mut w = World::new();
    w.held(A);
    w.media(A, MediaEvent::Interrupted);
    w.wait(secs(3600));
    assert_eq!(w.call(A).hold(), Hold::Local);
    w.command(Command::Resume { call: A });
    w.reoffer_accepted(A);
    after(&mut w, 30);
    assert_eq!(w.sip(A), [SipAction::Bye]);
}

#[test]
fn a_call_with_sound_has_no_deadline() {
    let mut w = World::new();
    w.talking(A);
    assert_eq!(w.phone.next_timeout(), None);
}

#[test]
fn a_goodbye_without_answer_ends_anyway() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::HangUp { call: A });
    after(&mut w, 10);
    assert_eq!(w.cause(A), Some(EndCause::LocalHangup));
    assert_eq!(w.sip(A), []);
}

#[test]
fn a_goodbye_that_waits_for_the_ack_is_said_in_the_end() {
    let mut w = World::new();
    w.accepted(A);
    w.command(Command::HangUp { call: A });
    after(&mut w, 10);
    assert_eq!(w.sip(A), [SipAction::Bye]);
    assert_eq!(w.cause(A), Some(EndCause::LocalHangup));
}

#[test]
fn a_hold_without_answer_is_given_up() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::Hold { call: A });
    after(&mut w, 10);
    assert!(w.saw(Event::HoldFailed {
        call: A,
        status: 408
    }));

    w.command(Command::Hold { call: A });
    w.media(A, MediaEvent::Offer(sdp("re-offer")));
    after(&mut w, 40);
    assert_eq!(
        w.media_of(A),
        [MediaAction::RollBack, MediaAction::Focus { on: true }]
    );
    assert!(w.saw(Event::HoldFailed {
        call: A,
        status: 408
    }));
    assert_eq!(w.phone.next_timeout(), None);
}

#[test]
fn the_peers_re_invite_is_refused_when_media_has_no_answer() {
    for offer in [Some(sdp("their re-offer")), None] {
        let mut w = World::new();
        w.talking(A);
        w.signal(A, Signal::Reoffered { offer });
        after(&mut w, 10);
        assert_eq!(w.sip(A), [SipAction::RefuseReoffer { status: 500 }]);
        assert_eq!(w.media_of(A), [MediaAction::RollBack]);
        assert_eq!(w.phase(A), PhaseName::Established);
    }
}

#[test]
fn a_re_invite_whose_200_is_never_acked_ends_the_call() {
    let mut w = World::new();
    w.talking(A);
    w.signal(A, Signal::Reoffered { offer: None });
    w.media(A, MediaEvent::Offer(sdp("re-offer")));
    after(&mut w, 32);
    assert_eq!(w.sip(A), [SipAction::Bye]);
}
