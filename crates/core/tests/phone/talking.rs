//! Established: media path, mute, DTMF, the end.

use alobar_core::{
    CallResult, Command, EndCause, Event, MediaAction, MediaEvent, MediaFailure, MediaPath,
    PhaseName, Signal, SipAction,
};

use crate::world::{A, B, World, sdp, secs};

#[test]
fn hanging_up_says_bye_and_waits_for_the_exchange() {
    let mut w = World::new();
    w.talking(A);
    w.wait(secs(7));
    w.command(Command::HangUp { call: A });
    assert_eq!(w.sip(A), [SipAction::Bye]);
    assert_eq!(w.media_of(A), [MediaAction::Close]);
    assert_eq!(w.phase(A), PhaseName::Terminating);
    w.signal(A, Signal::Closed);
    assert!(w.saw(Event::CallEnded {
        call: A,
        cause: EndCause::LocalHangup
    }));
    assert_eq!(w.media_of(A), []);
    assert_eq!(
        w.call(A).result(),
        Some(CallResult::Answered { talk: secs(7) })
    );
}

#[test]
fn the_peers_bye_ends_the_call() {
    let mut w = World::new();
    w.talking_to_caller(A);
    w.signal(A, Signal::Bye);
    assert_eq!(w.sip(A), [], "the SIP edge has answered it");
    assert_eq!(w.media_of(A), [MediaAction::Close]);
    assert_eq!(w.cause(A), Some(EndCause::RemoteHangup));
    assert_eq!(w.phone.focus(), None);
}

#[test]
fn a_dialog_that_vanishes_is_a_lost_link() {
    let mut w = World::new();
    w.talking(A);
    w.signal(A, Signal::Closed);
    assert_eq!(w.cause(A), Some(EndCause::LinkLost));
}

#[test]
fn media_that_fails_ends_the_call_with_its_reason() {
    let mut w = World::new();
    w.talking(A);
    w.media(A, MediaEvent::Failed(MediaFailure::Dtls));
    assert_eq!(w.sip(A), [SipAction::Bye]);
    w.signal(A, Signal::Closed);
    assert_eq!(w.cause(A), Some(EndCause::MediaFailed(MediaFailure::Dtls)));
}

#[test]
fn the_media_path_is_shown_as_it_comes_and_goes() {
    let mut w = World::new();
    w.ringing(A);
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("their answer")),
        },
    );
    assert_eq!(w.call(A).media(), MediaPath::Connecting);
    w.media(A, MediaEvent::Connected);
    assert_eq!(w.call(A).media(), MediaPath::Flowing);
    assert!(w.saw(Event::CallChanged { call: A }));
    w.media(A, MediaEvent::Interrupted);
    assert_eq!(
        w.call(A).media(),
        MediaPath::Interrupted { since: w.now.mono }
    );
    w.media(A, MediaEvent::Restored);
    assert_eq!(w.call(A).media(), MediaPath::Flowing);
}

#[test]
fn media_may_be_up_before_the_ack() {
    let mut w = World::new();
    w.accepted(A);
    w.media(A, MediaEvent::Connected);
    w.signal(A, Signal::Confirmed { answer: None });
    assert_eq!(w.call(A).media(), MediaPath::Flowing);
}

#[test]
fn mute_is_one_switch_for_all_calls() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::SetMute { on: true });
    assert_eq!(w.media_of(A), [MediaAction::Mute { on: true }]);
    assert!(w.saw(Event::MuteChanged));
    assert!(w.phone.muted());

    w.alerting(B);
    assert_eq!(
        w.media_of(B),
        [],
        "a call without media is told when it opens"
    );
    w.command(Command::Answer { call: B });
    assert!(w.media_of(B).contains(&MediaAction::Mute { on: true }));

    w.command(Command::SetMute { on: true });
    assert_eq!(w.out, [], "muted already");
    w.command(Command::SetMute { on: false });
    assert_eq!(w.media_of(A), [MediaAction::Mute { on: false }]);
    assert_eq!(w.media_of(B), [MediaAction::Mute { on: false }]);
}

#[test]
fn a_call_dialled_while_muted_opens_muted() {
    let mut w = World::new();
    w.command(Command::SetMute { on: true });
    w.dial(A);
    assert!(w.media_of(A).contains(&MediaAction::Mute { on: true }));
}

#[test]
fn dtmf_goes_to_the_media_edge() {
    let mut w = World::new();
    w.talking(A);
    w.command(Command::SendDtmf {
        call: A,
        digits: sdp("1234*#AD"),
    });
    assert_eq!(
        w.media_of(A),
        [MediaAction::SendDtmf {
            digits: sdp("1234*#AD")
        }]
    );
}

/// The screen says why a call ended, then it goes.
#[test]
fn an_ended_call_stays_on_screen_for_four_seconds() {
    let mut w = World::new();
    w.talking(A);
    w.signal(A, Signal::Bye);
    w.wait(secs(3));
    assert_eq!(w.cause(A), Some(EndCause::RemoteHangup));
    w.wait(secs(1));
    assert!(w.saw(Event::CallRemoved { call: A }));
    assert!(w.phone.calls().is_empty());
    assert_eq!(w.phone.next_timeout(), None);
}
