//! Messages that cross on the wire, and keys pressed twice.

use alobar_core::{
    CallResult, Command, Direction, EndCause, Event, Hold, Input, MediaAction, MediaEvent,
    MediaFailure, PhaseName, RegistrationFailure, RegistrationState, Rejected, Signal, SipAction,
};

use crate::world::{A, World, sdp, secs};

#[test]
fn cancel_crosses_200() {
    let mut w = World::new();
    w.ringing(A);
    w.command(Command::HangUp { call: A });
    assert_eq!(w.sip(A), [SipAction::Cancel]);
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("their answer")),
        },
    );
    assert_eq!(w.sip(A), [SipAction::Bye], "the SIP edge has sent the ACK");
    assert_eq!(w.media_of(A), [], "the media is closed and stays so");
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("their answer")),
        },
    );
    assert_eq!(w.sip(A), [], "a repeated 200 gets no second BYE");
    w.signal(A, Signal::Closed);
    assert_eq!(w.cause(A), Some(EndCause::CanceledLocally));
    assert_eq!(w.call(A).result(), Some(CallResult::NotReached));
}

#[test]
fn bye_crosses_bye() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::HangUp { call: A });
    w.signal(A, Signal::Bye);
    assert_eq!(w.sip(A), []);
    assert_eq!(w.cause(A), Some(EndCause::LocalHangup));
    w.signal(A, Signal::Closed);
    assert_eq!(w.out, []);
}

#[test]
fn our_re_invite_crosses_theirs() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::Hold { call: A });
    for _ in ["before our offer is made", "after"] {
        w.signal(
            A,
            Signal::Reoffered {
                offer: Some(sdp("theirs")),
            },
        );
        assert_eq!(w.sip(A), [SipAction::RefuseReoffer { status: 491 }]);
        w.media(A, MediaEvent::Offer(sdp("ours")));
    }
    w.signal(
        A,
        Signal::ReofferAccepted {
            answer: sdp("answer"),
        },
    );
    assert_eq!(w.call(A).hold(), Hold::Local);
}

#[test]
fn a_re_invite_refused_with_491_to_the_end_fails_the_hold() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::Hold { call: A });
    w.media(A, MediaEvent::Offer(sdp("ours")));
    w.signal(A, Signal::ReofferRefused { status: 491 });
    assert!(w.saw(Event::HoldFailed {
        call: A,
        status: 491
    }));
    assert_eq!(w.phase(A), PhaseName::Established);
}

#[test]
fn hang_up_while_answering_waits_for_the_ack_before_the_bye() {
    let mut w = World::new();
    w.accepted(A);
    w.command(Command::HangUp { call: A });
    assert_eq!(w.sip(A), [], "no BYE before the ACK (RFC 3261 section 15)");
    assert_eq!(w.media_of(A), [MediaAction::Close]);
    w.signal(A, Signal::Confirmed { answer: None });
    assert_eq!(w.sip(A), [SipAction::Bye]);
    w.signal(A, Signal::Closed);
    assert_eq!(w.cause(A), Some(EndCause::LocalHangup));
}

#[test]
fn hang_up_while_the_answer_is_being_made_drops_the_late_answer() {
    let mut w = World::new();
    w.answering(A);
    w.command(Command::HangUp { call: A });
    w.media(A, MediaEvent::Answer(sdp("our answer")));
    assert_eq!(w.out, []);
}

#[test]
fn answered_elsewhere_is_not_missed() {
    let mut w = World::new();
    w.alerting(A);
    w.signal(A, Signal::Canceled { elsewhere: true });
    assert_eq!(w.cause(A), Some(EndCause::AnsweredElsewhere));
    assert_eq!(w.call(A).result(), Some(CallResult::AnsweredElsewhere));
}

#[test]
fn transport_lost_while_on_hold_keeps_the_call_held() {
    let mut w = World::new();
    w.held(A);
    let (why, retry_in) = (RegistrationFailure::LinkLost, Some(secs(1)));
    w.feed(Input::Registration(RegistrationState::Failed {
        why,
        retry_in,
    }))
    .unwrap();
    w.command(Command::Resume { call: A });
    w.media(A, MediaEvent::Offer(sdp("re-offer")));
    w.signal(A, Signal::ReofferRefused { status: 503 });
    assert!(w.saw(Event::HoldFailed {
        call: A,
        status: 503
    }));
    assert_eq!(w.call(A).hold(), Hold::Local);
    assert_eq!(w.phone.focus(), None);
    w.register();
    w.command(Command::Resume { call: A });
    w.reoffer_accepted(A);
    assert_eq!(w.call(A).hold(), Hold::None);
}

#[test]
fn answer_after_the_media_failed() {
    let mut w = World::new();
    w.answering(A);
    w.media(A, MediaEvent::Failed(MediaFailure::NoMicrophone));
    w.media(A, MediaEvent::Answer(sdp("our answer")));
    assert_eq!(w.out, [], "no 200 after the refusal");
    let phase = PhaseName::Terminated;
    assert_eq!(
        w.rejected(Command::Answer { call: A }),
        Rejected::WrongPhase { phase }
    );
}

#[test]
fn the_200_after_our_media_failed_gets_a_bye() {
    let mut w = World::new();
    w.ringing(A);
    w.media(A, MediaEvent::Failed(MediaFailure::NoSpeaker));
    assert_eq!(w.sip(A), [SipAction::Cancel]);
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("their answer")),
        },
    );
    assert_eq!(w.sip(A), [SipAction::Bye]);
}

#[test]
fn answer_pressed_twice() {
    let mut w = World::new();
    w.answering(A);
    let phase = PhaseName::Answering;
    assert_eq!(
        w.rejected(Command::Answer { call: A }),
        Rejected::WrongPhase { phase }
    );
    w.media(A, MediaEvent::Answer(sdp("our answer")));
    assert_eq!(
        w.sip(A),
        [SipAction::Accept {
            sdp: sdp("our answer")
        }]
    );
}

#[test]
fn hang_up_pressed_twice() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::HangUp { call: A });
    let phase = PhaseName::Terminating;
    assert_eq!(
        w.rejected(Command::HangUp { call: A }),
        Rejected::WrongPhase { phase }
    );
}

#[test]
fn cancel_while_answering() {
    for step in [World::answering, World::accepted] {
        let mut w = World::new();
        step(&mut w, A);
        w.signal(A, Signal::Canceled { elsewhere: false });
        assert_eq!(w.sip(A), []);
        assert_eq!(w.media_of(A), [MediaAction::Close]);
        assert_eq!(w.cause(A), Some(EndCause::CanceledByCaller));
    }
}

#[test]
fn a_200_after_we_gave_up_gets_a_bye() {
    let mut w = World::new();
    w.ringing(A);
    w.command(Command::HangUp { call: A });
    w.wait(secs(10));
    assert_eq!(w.phase(A), PhaseName::Terminated);
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("their answer")),
        },
    );
    assert_eq!(w.sip(A), [SipAction::Bye]);
    assert_eq!(w.phase(A), PhaseName::Terminated);
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("their answer")),
        },
    );
    assert_eq!(w.sip(A), []);
}

#[test]
fn a_200_for_a_call_already_forgotten_gets_a_bye() {
    let mut w = World::new();
    w.ringing(A);
    w.command(Command::HangUp { call: A });
    w.wait(secs(20));
    assert!(w.phone.call(A).is_none());
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("their answer")),
        },
    );
    assert_eq!(w.sip(A), [SipAction::Bye]);
}

#[test]
fn early_media_then_refusal() {
    let mut w = World::new();
    w.invited(A);
    w.signal(
        A,
        Signal::Progress {
            early: Some(sdp("announcement")),
        },
    );
    w.signal(A, Signal::Refused { status: 480 });
    assert_eq!(w.media_of(A), [MediaAction::Close]);
    assert_eq!(w.cause(A), Some(EndCause::NoAnswer));
}

#[test]
fn transfer_success_crosses_bye() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::BlindTransfer {
        call: A,
        to: "1003".parse().unwrap(),
    });
    w.signal(A, Signal::TransferProgress { status: 202 });
    w.signal(A, Signal::Bye);
    assert_eq!(w.sip(A), []);
    assert_eq!(w.cause(A), Some(EndCause::Transferred));
    w.signal(A, Signal::TransferProgress { status: 200 });
    assert_eq!(w.out, []);
}

#[test]
fn a_bye_before_the_peer_agreed_to_the_transfer_is_a_hang_up() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::BlindTransfer {
        call: A,
        to: "1003".parse().unwrap(),
    });
    w.signal(A, Signal::Bye);
    assert_eq!(w.cause(A), Some(EndCause::RemoteHangup));
}

#[test]
fn the_callers_bye_crosses_our_hold() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::Hold { call: A });
    w.signal(A, Signal::Bye);
    w.media(A, MediaEvent::Offer(sdp("re-offer")));
    assert_eq!(w.out, []);
    assert_eq!(w.cause(A), Some(EndCause::RemoteHangup));
}

#[test]
fn the_caller_gives_up_while_our_bye_waits_for_the_ack() {
    for signal in [
        Signal::Bye,
        Signal::Canceled { elsewhere: false },
        Signal::Closed,
    ] {
        let mut w = World::new();
        w.accepted(A);
        w.command(Command::HangUp { call: A });
        w.signal(A, signal);
        assert_eq!(w.sip(A), []);
        assert_eq!(w.cause(A), Some(EndCause::LocalHangup));
    }
}

#[test]
fn a_resume_crosses_the_end_of_the_other_call() {
    let mut w = World::new();
    w.held(A);
    w.talking(crate::world::B);
    w.signal(crate::world::B, Signal::Bye);
    w.command(Command::Resume { call: A });
    let offer = MediaAction::CreateOffer {
        direction: Direction::SendRecv,
    };
    assert_eq!(w.media_of(A), [MediaAction::Focus { on: true }, offer]);
    assert_eq!(w.media_of(crate::world::B), []);
}
