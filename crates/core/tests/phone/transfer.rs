//! Blind transfer (REFER, RFC 3515).

use alobar_core::{Command, EndCause, Event, PhaseName, Rejected, Signal, SipAction, Transfer};

use crate::world::{A, World, sdp, secs};

fn transfer_to(to: &str) -> Command {
    Command::BlindTransfer {
        call: A,
        to: to.parse().unwrap(),
    }
}

fn progress(status: u16) -> Signal {
    Signal::TransferProgress { status }
}

fn transferring() -> World {
    let mut w = World::new();
    w.talking(A);
    w.command(transfer_to("1003"));
    w
}

fn transfer(w: &World) -> &Transfer {
    &w.call(A).phase().established().unwrap().transfer
}

#[test]
fn the_target_is_sent_in_the_accounts_format() {
    let mut w = World::new();
    w.talking(A);
    w.command(transfer_to("+84987654321"));
    assert_eq!(
        w.sip(A),
        [SipAction::Refer {
            to: sdp("0987654321")
        }]
    );
}

#[test]
fn a_transfer_that_works_says_bye() {
    let mut w = transferring();
    w.signal(A, progress(202));
    w.signal(A, progress(180));
    assert_eq!(w.phase(A), PhaseName::Established);
    w.signal(A, progress(200));
    assert_eq!(w.sip(A), [SipAction::Bye]);
    w.signal(A, Signal::Closed);
    assert_eq!(w.cause(A), Some(EndCause::Transferred));
}

#[test]
fn a_transfer_that_fails_leaves_the_call() {
    let mut w = transferring();
    w.signal(A, progress(202));
    w.signal(A, progress(486));
    assert!(w.saw(Event::TransferFailed {
        call: A,
        status: 486
    }));
    assert_eq!(w.phase(A), PhaseName::Established);
    assert_eq!(*transfer(&w), Transfer::None);
    w.command(transfer_to("1004"));
    assert_eq!(w.sip(A), [SipAction::Refer { to: sdp("1004") }]);
}

#[test]
fn one_transfer_at_a_time() {
    let mut w = transferring();
    assert_eq!(
        w.rejected(transfer_to("1004")),
        Rejected::TransferInProgress
    );
}

#[test]
fn a_call_on_hold_can_be_transferred() {
    let mut w = World::new();
    w.held(A);
    w.command(transfer_to("1003"));
    assert_eq!(w.sip(A), [SipAction::Refer { to: sdp("1003") }]);
}

#[test]
fn only_an_established_call_can_be_transferred() {
    let mut w = World::new();
    w.alerting(A);
    let phase = PhaseName::Alerting;
    assert_eq!(
        w.rejected(transfer_to("1003")),
        Rejected::WrongPhase { phase }
    );
}

#[test]
fn a_peer_that_never_answers_the_refer_has_not_transferred() {
    let mut w = transferring();
    w.wait(secs(32));
    assert!(w.saw(Event::TransferFailed {
        call: A,
        status: 408
    }));
    assert_eq!(w.phase(A), PhaseName::Established);
}

#[test]
fn a_target_may_ring_for_three_minutes() {
    let mut w = transferring();
    w.signal(A, progress(202));
    w.wait(secs(179));
    assert_ne!(*transfer(&w), Transfer::None);
    w.wait(secs(1));
    assert!(w.saw(Event::TransferFailed {
        call: A,
        status: 408
    }));
}

#[test]
fn a_person_may_hang_up_during_the_transfer() {
    let mut w = transferring();
    w.command(Command::HangUp { call: A });
    assert_eq!(w.sip(A), [SipAction::Bye]);
    w.signal(A, progress(200));
    w.signal(A, Signal::Closed);
    assert_eq!(w.cause(A), Some(EndCause::LocalHangup));
}
