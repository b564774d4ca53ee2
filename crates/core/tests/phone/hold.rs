//! Hold, resume, and the peer's re-INVITEs.

use alobar_core::{
    Command, Direction, EndCause, Event, Hold, MediaAction, MediaEvent, MediaFailure, PhaseName,
    Rejected, Signal, SipAction,
};

use crate::world::{A, World, sdp};

fn reoffered(text: &str) -> Signal {
    Signal::Reoffered {
        offer: Some(sdp(text)),
    }
}

#[test]
fn hold_is_a_re_invite_that_sends_only() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::Hold { call: A });
    let offer = MediaAction::CreateOffer {
        direction: Direction::SendOnly,
    };
    assert_eq!(w.media_of(A), [MediaAction::Focus { on: false }, offer]);
    assert!(w.call(A).hold_pending());
    assert_eq!(
        w.call(A).hold(),
        Hold::None,
        "shown when agreed, not when pressed"
    );

    w.reoffer_accepted(A);
    assert_eq!(w.call(A).hold(), Hold::Local);
    assert!(!w.call(A).hold_pending());
    assert!(w.saw(Event::CallChanged { call: A }));
}

#[test]
fn resume_is_a_re_invite_that_sends_and_receives() {
    let mut w = World::new();
    w.held(A);
    w.command(Command::Resume { call: A });
    let offer = MediaAction::CreateOffer {
        direction: Direction::SendRecv,
    };
    assert_eq!(w.media_of(A), [MediaAction::Focus { on: true }, offer]);
    w.reoffer_accepted(A);
    assert_eq!(w.call(A).hold(), Hold::None);
    assert_eq!(w.phone.focus(), Some(A));
}

#[test]
fn a_refused_hold_leaves_the_call_as_it_was() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::Hold { call: A });
    w.media(A, MediaEvent::Offer(sdp("re-offer")));
    w.signal(A, Signal::ReofferRefused { status: 488 });
    assert_eq!(
        w.media_of(A),
        [MediaAction::RollBack, MediaAction::Focus { on: true }]
    );
    assert!(w.saw(Event::HoldFailed {
        call: A,
        status: 488
    }));
    assert_eq!(w.call(A).hold(), Hold::None);
    assert!(!w.call(A).hold_pending());
}

#[test]
fn a_peer_that_does_not_know_the_call_any_more_ends_it() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::Hold { call: A });
    w.media(A, MediaEvent::Offer(sdp("re-offer")));
    w.signal(A, Signal::ReofferRefused { status: 481 });
    assert_eq!(w.sip(A), [SipAction::Bye]);
    w.signal(A, Signal::Closed);
    assert_eq!(w.cause(A), Some(EndCause::RemoteHangup));
}

#[test]
fn the_peer_holds_and_resumes_us() {
    let mut w = World::new();
    w.talking(A);
    for (receives, hold) in [(false, Hold::Remote), (true, Hold::None)] {
        w.signal(A, reoffered("their re-offer"));
        let (offer, direction) = (sdp("their re-offer"), Direction::SendRecv);
        assert_eq!(
            w.media_of(A),
            [MediaAction::AcceptOffer { offer, direction }]
        );
        w.media(A, MediaEvent::RemoteDirection { receives });
        assert_eq!(w.call(A).hold(), hold);
        w.media(A, MediaEvent::Answer(sdp("re-answer")));
        assert_eq!(
            w.sip(A),
            [SipAction::AnswerReoffer {
                answer: sdp("re-answer")
            }]
        );
        w.signal(A, Signal::Confirmed { answer: None });
        assert_eq!(w.out, []);
    }
}

#[test]
fn each_may_hold_the_other() {
    let mut w = World::new();
    w.held(A);
    w.signal(A, reoffered("their hold"));
    let (offer, direction) = (sdp("their hold"), Direction::SendOnly);
    assert_eq!(
        w.media_of(A),
        [MediaAction::AcceptOffer { offer, direction }]
    );
    w.media(A, MediaEvent::RemoteDirection { receives: false });
    w.media(A, MediaEvent::Answer(sdp("re-answer")));
    assert_eq!(w.call(A).hold(), Hold::Both);
    w.command(Command::Resume { call: A });
    w.reoffer_accepted(A);
    assert_eq!(w.call(A).hold(), Hold::Remote);
}

#[test]
fn holding_a_peer_that_holds_us_is_inactive() {
    let mut w = World::new();
    w.talking(A);
    w.media(A, MediaEvent::RemoteDirection { receives: false });
    w.command(Command::Hold { call: A });
    let offer = MediaAction::CreateOffer {
        direction: Direction::Inactive,
    };
    assert!(w.media_of(A).contains(&offer));
    w.reoffer_accepted(A);
    assert_eq!(w.call(A).hold(), Hold::Both);
}

#[test]
fn a_re_invite_without_offer_gets_ours_and_the_ack_brings_the_answer() {
    let mut w = World::new();
    w.talking(A);
    w.signal(A, Signal::Reoffered { offer: None });
    assert_eq!(
        w.media_of(A),
        [MediaAction::CreateOffer {
            direction: Direction::SendRecv
        }]
    );
    w.media(A, MediaEvent::Offer(sdp("re-offer")));
    assert_eq!(
        w.sip(A),
        [SipAction::AnswerReoffer {
            answer: sdp("re-offer")
        }]
    );
    w.signal(
        A,
        Signal::Confirmed {
            answer: Some(sdp("re-answer")),
        },
    );
    assert_eq!(
        w.media_of(A),
        [MediaAction::AcceptAnswer {
            answer: sdp("re-answer")
        }]
    );
}

#[test]
fn an_ack_without_the_answer_rolls_the_re_invite_back() {
    let mut w = World::new();
    w.talking(A);
    w.signal(A, Signal::Reoffered { offer: None });
    w.media(A, MediaEvent::Offer(sdp("re-offer")));
    w.signal(A, Signal::Confirmed { answer: None });
    assert_eq!(w.media_of(A), [MediaAction::RollBack]);
    assert_eq!(w.phase(A), PhaseName::Established);
}

#[test]
fn a_re_invite_we_cannot_use_is_refused_and_the_call_goes_on() {
    let mut w = World::new();
    w.talking(A);
    w.signal(A, reoffered("video only"));
    w.media(A, MediaEvent::Failed(MediaFailure::NoCodec));
    assert_eq!(w.sip(A), [SipAction::RefuseReoffer { status: 488 }]);
    assert_eq!(w.phase(A), PhaseName::Established);
    w.command(Command::Hold { call: A });
    w.reoffer_accepted(A);
}

#[test]
fn a_second_re_invite_before_the_answer_to_the_first_is_refused() {
    let mut w = World::new();
    w.talking(A);
    w.signal(A, reoffered("first"));
    w.signal(A, reoffered("second"));
    assert_eq!(w.sip(A), [SipAction::RefuseReoffer { status: 500 }]);
    w.media(A, MediaEvent::Answer(sdp("re-answer")));
    assert_eq!(
        w.sip(A),
        [SipAction::AnswerReoffer {
            answer: sdp("re-answer")
        }]
    );
}

#[test]
fn a_re_invite_of_a_call_that_is_not_up_is_refused() {
    let mut w = World::new();
    w.accepted(A);
    w.signal(A, reoffered("too early"));
    assert_eq!(w.sip(A), [SipAction::RefuseReoffer { status: 491 }]);
    w.signal(A, Signal::Bye);
    w.signal(A, reoffered("too late"));
    assert_eq!(w.sip(A), [SipAction::RefuseReoffer { status: 481 }]);
}

#[test]
fn a_hold_pressed_during_the_peers_re_invite_waits_for_its_turn() {
    let mut w = World::new();
    w.talking(A);
    w.signal(A, reoffered("their re-offer"));
    w.command(Command::Hold { call: A });
    assert_eq!(
        w.media_of(A),
        [MediaAction::Focus { on: false }],
        "silent at once"
    );
    w.media(A, MediaEvent::Answer(sdp("re-answer")));
    assert_eq!(
        w.media_of(A),
        [MediaAction::CreateOffer {
            direction: Direction::SendOnly
        }]
    );
}

#[test]
fn resume_pressed_while_the_hold_is_under_way_follows_it() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::Hold { call: A });
    w.command(Command::Resume { call: A });
    w.reoffer_accepted(A);
    let offer = MediaAction::CreateOffer {
        direction: Direction::SendRecv,
    };
    assert!(w.media_of(A).contains(&offer));
    w.reoffer_accepted(A);
    assert_eq!(w.call(A).hold(), Hold::None);
}

#[test]
fn hold_and_resume_out_of_place_are_rejected() {
    let mut w = World::new();
    w.ringing(A);
    let phase = PhaseName::Ringing;
    assert_eq!(
        w.rejected(Command::Hold { call: A }),
        Rejected::WrongPhase { phase }
    );
    assert_eq!(
        w.rejected(Command::Resume { call: A }),
        Rejected::WrongPhase { phase }
    );
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("their answer")),
        },
    );
    assert_eq!(w.rejected(Command::Resume { call: A }), Rejected::NotHeld);
    w.command(Command::Hold { call: A });
    assert_eq!(w.rejected(Command::Hold { call: A }), Rejected::AlreadyHeld);
}
