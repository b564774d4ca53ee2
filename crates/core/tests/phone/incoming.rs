//! Alerting and Answering.

use alobar_core::{
    CallDirection, CallResult, Command, Direction, EndCause, Event, Hold, MediaAction, MediaEvent,
    MediaFailure, PhaseName, Signal, SipAction, Tone,
};

use crate::world::{A, World, sdp};

/// CB-10: the callbar comes up by itself.
#[test]
fn an_incoming_call_rings_and_brings_the_callbar_up() {
    let mut w = World::new();
    w.alerting(A);
    assert_eq!(w.sip(A), [SipAction::Ring]);
    assert!(w.saw(Event::CallAdded { call: A }));
    assert!(w.saw(Event::PopupDue { call: A }));
    assert_eq!(w.tone, Some(Tone::Ringtone));
    assert_eq!(
        w.media_of(A),
        [],
        "no device is opened for a call nobody has taken"
    );
    assert_eq!(w.call(A).direction(), CallDirection::Incoming);
    assert_eq!(w.call(A).linked_id(), Some("171.1"));
    assert_eq!(w.phone.focus(), None);
}

#[test]
fn answering_waits_for_our_answer_and_for_the_ack() {
    let mut w = World::new();
    w.alerting(A);
    w.command(Command::Answer { call: A });
    let accept = MediaAction::AcceptOffer {
        offer: sdp("their offer"),
        direction: Direction::SendRecv,
    };
    assert_eq!(w.media_of(A), [accept, MediaAction::Focus { on: true }]);
    assert_eq!(w.tone, None);

    w.media(A, MediaEvent::Answer(sdp("our answer")));
    assert_eq!(
        w.sip(A),
        [SipAction::Accept {
            sdp: sdp("our answer")
        }]
    );
    assert_eq!(w.phase(A), PhaseName::Answering);

    w.signal(A, Signal::Confirmed { answer: None });
    assert_eq!(w.phase(A), PhaseName::Established);
    assert_eq!(w.media_of(A), []);
}

#[test]
fn an_invite_without_offer_gets_ours_and_the_ack_brings_the_answer() {
    let mut w = World::new();
    w.incoming(A, None);
    w.command(Command::Answer { call: A });
    let open = MediaAction::CreateOffer {
        direction: Direction::SendRecv,
    };
    assert_eq!(w.media_of(A)[0], open);
    w.media(A, MediaEvent::Offer(sdp("our offer")));
    assert_eq!(
        w.sip(A),
        [SipAction::Accept {
            sdp: sdp("our offer")
        }]
    );
    w.signal(
        A,
        Signal::Confirmed {
            answer: Some(sdp("their answer")),
        },
    );
    assert_eq!(
        w.media_of(A),
        [MediaAction::AcceptAnswer {
            answer: sdp("their answer")
        }]
    );
    assert_eq!(w.phase(A), PhaseName::Established);
}

#[test]
fn an_ack_without_the_answer_we_need_ends_the_call() {
    let mut w = World::new();
    w.incoming(A, None);
    w.command(Command::Answer { call: A });
    w.media(A, MediaEvent::Offer(sdp("our offer")));
    w.signal(A, Signal::Confirmed { answer: None });
    assert_eq!(w.sip(A), [SipAction::Bye]);
    assert_eq!(w.phase(A), PhaseName::Terminating);
}

#[test]
fn declining_and_hanging_up_refuse_a_call_that_rings() {
    for command in [Command::Decline { call: A }, Command::HangUp { call: A }] {
        let mut w = World::new();
        w.alerting(A);
        w.command(command);
        assert_eq!(w.sip(A), [SipAction::Refuse { status: 603 }]);
        assert_eq!(w.cause(A), Some(EndCause::Declined));
        assert_eq!(w.call(A).result(), Some(CallResult::Declined));
        assert_eq!(w.tone, None);
    }
}

#[test]
fn a_caller_who_gives_up_leaves_a_missed_call() {
    for (signal, cause) in [
        (
            Signal::Canceled { elsewhere: false },
            EndCause::CanceledByCaller,
        ),
        (Signal::Bye, EndCause::CanceledByCaller),
        (Signal::Closed, EndCause::LinkLost),
    ] {
        let mut w = World::new();
        w.alerting(A);
        w.signal(A, signal);
        assert_eq!(w.cause(A), Some(cause));
        assert_eq!(w.call(A).result(), Some(CallResult::Missed));
        assert_eq!(w.tone, None);
        assert_eq!(w.sip(A), []);
    }
}

#[test]
fn hanging_up_before_our_200_refuses() {
    let mut w = World::new();
    w.answering(A);
    w.command(Command::HangUp { call: A });
    assert_eq!(w.sip(A), [SipAction::Refuse { status: 603 }]);
    assert_eq!(w.media_of(A), [MediaAction::Close]);
    assert_eq!(w.cause(A), Some(EndCause::LocalHangup));
    assert_eq!(w.call(A).result(), Some(CallResult::Declined));
}

#[test]
fn the_refusal_says_whether_description_or_device_is_the_trouble() {
    for (failure, status) in [
        (MediaFailure::NoCodec, 488),
        (MediaFailure::BadDescription, 488),
        (MediaFailure::NoMicrophone, 480),
        (MediaFailure::NoSpeaker, 480),
    ] {
        let mut w = World::new();
        w.answering(A);
        w.media(A, MediaEvent::Failed(failure));
        assert_eq!(w.sip(A), [SipAction::Refuse { status }]);
        assert_eq!(w.cause(A), Some(EndCause::MediaFailed(failure)));
        assert_eq!(w.call(A).result(), Some(CallResult::Missed));
    }
}

#[test]
fn media_that_fails_after_our_200_hangs_up_once_the_ack_is_there() {
    let mut w = World::new();
    w.accepted(A);
    w.media(A, MediaEvent::Failed(MediaFailure::Dtls));
    assert_eq!(w.sip(A), []);
    w.signal(A, Signal::Confirmed { answer: None });
    assert_eq!(w.sip(A), [SipAction::Bye]);
}

#[test]
fn a_caller_may_hang_up_without_having_acked() {
    let mut w = World::new();
    w.accepted(A);
    w.signal(A, Signal::Bye);
    assert_eq!(w.cause(A), Some(EndCause::RemoteHangup));
    assert_eq!(w.media_of(A), [MediaAction::Close]);
}

#[test]
fn a_call_offered_on_hold_is_shown_as_held() {
    let mut w = World::new();
    w.answering(A);
    w.media(A, MediaEvent::RemoteDirection { receives: false });
    w.media(A, MediaEvent::Answer(sdp("our answer")));
    w.signal(A, Signal::Confirmed { answer: None });
    assert_eq!(w.call(A).hold(), Hold::Remote);
}
