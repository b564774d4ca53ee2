//! Commands and messages out of place change nothing.

use alobar_core::{
    Command, DialError, Dialable, MediaEvent, MediaFailure, Peer, PhaseName, Rejected, Signal,
    SipAction,
};

use crate::world::{A, B, World, sdp};

fn every_command() -> Vec<Command> {
    vec![
        Command::Answer { call: A },
        Command::Decline { call: A },
        Command::HangUp { call: A },
        Command::Hold { call: A },
        Command::Resume { call: A },
        Command::SendDtmf {
            call: A,
            digits: sdp("1"),
        },
        Command::BlindTransfer {
            call: A,
            to: "1003".parse().unwrap(),
        },
    ]
}

fn every_signal() -> Vec<Signal> {
    vec![
        Signal::Progress {
            early: Some(sdp("early")),
        },
        Signal::Refused { status: 486 },
        Signal::Canceled { elsewhere: false },
        Signal::Confirmed {
            answer: Some(sdp("answer")),
        },
        Signal::ReofferAccepted {
            answer: sdp("answer"),
        },
        Signal::ReofferRefused { status: 491 },
        Signal::TransferProgress { status: 200 },
        Signal::Bye,
        Signal::Closed,
    ]
}

fn every_media_event() -> Vec<MediaEvent> {
    vec![
        MediaEvent::Offer(sdp("offer")),
        MediaEvent::Answer(sdp("answer")),
        MediaEvent::RemoteDirection { receives: false },
        MediaEvent::Connected,
        MediaEvent::Interrupted,
        MediaEvent::Restored,
        MediaEvent::Failed(MediaFailure::NoPath),
    ]
}

#[test]
fn a_call_nobody_knows() {
    let mut w = World::new();
    for command in every_command() {
        assert_eq!(w.rejected(command), Rejected::NoSuchCall);
    }
    for signal in every_signal() {
        w.signal(A, signal);
        assert_eq!(w.out, []);
    }
    for event in every_media_event() {
        w.media(A, event);
        assert_eq!(w.out, []);
    }
    w.signal(A, Signal::Reoffered { offer: None });
    assert_eq!(w.sip(A), [SipAction::RefuseReoffer { status: 481 }]);
    assert!(w.phone.calls().is_empty());
}

#[test]
fn a_call_that_has_ended_stays_ended() {
    let mut w = World::new();
    w.talking(A);
    w.signal(A, Signal::Bye);
    let phase = PhaseName::Terminated;
    let ended = w.call(A).phase().clone();
    for command in every_command() {
        assert_eq!(w.rejected(command), Rejected::WrongPhase { phase });
    }
    for signal in every_signal() {
        w.signal(A, signal);
        assert_eq!(w.out, []);
    }
    for event in every_media_event() {
        w.media(A, event);
        assert_eq!(w.out, []);
    }
    w.signal(A, Signal::Accepted { answer: None });
    assert_eq!(
        w.out,
        [],
        "it was answered and ended long ago: no BYE into a dead dialog"
    );
    assert_eq!(*w.call(A).phase(), ended);
}

/// Found by the model walk.
#[test]
fn a_200_for_a_call_that_never_had_an_invite_of_ours_is_ignored() {
    for end in [Command::HangUp { call: A }, Command::Decline { call: A }] {
        let mut w = World::new();
        w.alerting(A);
        w.command(end);
        w.signal(A, Signal::Accepted { answer: None });
        assert_eq!(w.out, []);
    }
}

#[test]
fn signals_of_another_phase_are_ignored() {
    let mut w = World::new();
    w.alerting(A);
    for signal in [
        Signal::Progress { early: None },
        Signal::Accepted {
            answer: Some(sdp("answer")),
        },
        Signal::Refused { status: 486 },
        Signal::Confirmed { answer: None },
        Signal::ReofferAccepted {
            answer: sdp("answer"),
        },
        Signal::ReofferRefused { status: 491 },
        Signal::TransferProgress { status: 200 },
    ] {
        w.signal(A, signal);
        assert_eq!(w.out, []);
        assert_eq!(w.phase(A), PhaseName::Alerting);
    }
    for event in every_media_event() {
        w.media(A, event);
        assert_eq!(w.out, []);
    }
}

#[test]
fn an_invite_with_an_id_in_use_is_ignored() {
    let mut w = World::new();
    w.talking(A);
    w.signal(
        A,
        Signal::Incoming {
            from: Peer::default(),
            offer: None,
            linked_id: None,
        },
    );
    assert_eq!(w.out, []);
    let dial = Command::Dial {
        call: A,
        to: "1003".parse().unwrap(),
        headers: Vec::new(),
    };
    assert_eq!(w.rejected(dial), Rejected::CallIdInUse);
}

#[test]
fn answer_and_decline_are_for_calls_that_ring_here() {
    let mut w = World::new();
    w.ringing(A);
    let phase = PhaseName::Ringing;
    assert_eq!(
        w.rejected(Command::Answer { call: A }),
        Rejected::WrongPhase { phase }
    );
    assert_eq!(
        w.rejected(Command::Decline { call: A }),
        Rejected::WrongPhase { phase }
    );
}

#[test]
fn text_is_no_dtmf() {
    let mut w = World::new();
    w.talking(A);
    let too_long = "1".repeat(65);
    for digits in ["", "12a", "1 2", "é", too_long.as_str()] {
        let command = Command::SendDtmf {
            call: A,
            digits: sdp(digits),
        };
        assert_eq!(w.rejected(command), Rejected::BadDigits, "{digits:?}");
    }
}

/// The screen chooses its sentence by these.
#[test]
fn each_refusal_has_its_own_code() {
    let phase = PhaseName::Ringing;
    let codes = [
        Rejected::NotRegistered,
        Rejected::NoSuchCall,
        Rejected::CallIdInUse,
        Rejected::AnotherCallInProgress,
        Rejected::WrongPhase { phase },
        Rejected::AlreadyHeld,
        Rejected::NotHeld,
        Rejected::TransferInProgress,
        Rejected::BadDigits,
    ]
    .map(Rejected::code);
    let mut unique = codes.to_vec();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), codes.len());
    assert_eq!("x".parse::<Dialable>().unwrap_err(), DialError::NotANumber);
}

/// No number, name or description in a log, at any level.
#[test]
fn debug_output_of_the_phone_shows_nobody() {
    let mut w = World::new();
    w.alerting(A);
    w.talking(B);
    w.command(Command::BlindTransfer {
        call: B,
        to: "0912345678".parse().unwrap(),
    });
    let debug = format!("{:?}{:?}", w.phone, w.out);
    for secret in [
        "0987654321",
        "Lan",
        "their offer",
        "0912345678",
        "+84912345678",
        "1002",
    ] {
        assert!(!debug.contains(secret), "{secret}");
    }
}
