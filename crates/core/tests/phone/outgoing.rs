//! Dialing and Ringing.

use alobar_core::{
    CallDirection, CallPhase, CallResult, Command, Direction, EndCause, Event, MediaAction,
    MediaEvent, MediaFailure, PhaseName, Pii, Rejected, Signal, SipAction, Tone, end_cause,
};

use crate::world::{A, World, sdp, secs};

#[test]
fn dialling_asks_for_an_offer_and_then_invites() {
    let mut w = World::new();
    w.dial(A);
    assert!(w.saw(Event::CallAdded { call: A }));
    let open = MediaAction::CreateOffer {
        direction: Direction::SendRecv,
    };
    assert_eq!(w.media_of(A), [open, MediaAction::Focus { on: true }]);
    assert_eq!(w.sip(A), []);

    w.media(A, MediaEvent::Offer(sdp("our offer")));
    let (to, headers) = (sdp("1002"), Vec::new());
    assert_eq!(
        w.sip(A),
        [SipAction::Invite {
            to,
            offer: sdp("our offer"),
            headers
        }]
    );
    assert_eq!(w.phase(A), PhaseName::Dialing);
    assert_eq!(w.call(A).direction(), CallDirection::Outgoing);
}

#[test]
fn a_number_is_sent_in_the_accounts_format_with_the_callers_headers() {
    let mut w = World::new();
    let headers = vec![("X-Order".to_owned(), Pii::new("7".to_owned()))];
    let to = "+84 987 654 321".parse().unwrap();
    w.command(Command::Dial {
        call: A,
        to,
        headers: headers.clone(),
    });
    w.media(A, MediaEvent::Offer(sdp("our offer")));
    let invite = SipAction::Invite {
        to: sdp("0987654321"),
        offer: sdp("our offer"),
        headers,
    };
    assert_eq!(w.sip(A), [invite]);
    assert_eq!(w.call(A).peer().number, sdp("+84987654321"));
}

#[test]
fn ringing_is_heard_as_ringback() {
    let mut w = World::new();
    w.invited(A);
    assert_eq!(w.tone, None);
    w.signal(A, Signal::Progress { early: None });
    assert_eq!(w.phase(A), PhaseName::Ringing);
    assert_eq!(w.tone, Some(Tone::Ringback));
}

#[test]
fn early_media_replaces_the_ringback() {
    let mut w = World::new();
    w.ringing(A);
    w.signal(
        A,
        Signal::Progress {
            early: Some(sdp("early")),
        },
    );
    assert_eq!(
        w.media_of(A),
        [MediaAction::AcceptAnswer {
            answer: sdp("early")
        }]
    );
    assert_eq!(w.tone, None);
    w.signal(A, Signal::Progress { early: None });
    assert_eq!(w.tone, None, "a further 180 does not bring our tone back");
}

#[test]
fn accepted_establishes_the_call() {
    let mut w = World::new();
    w.ringing(A);
    w.signal(
        A,
        Signal::Accepted {
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
    assert_eq!(w.call(A).answered(), Some(w.now));
    assert_eq!(w.tone, None);
}

#[test]
fn a_call_may_be_accepted_without_ringing() {
    let mut w = World::new();
    w.invited(A);
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("their answer")),
        },
    );
    assert_eq!(w.phase(A), PhaseName::Established);
}

#[test]
fn a_200_that_repeats_the_early_answer_does_not_apply_it_again() {
    for answer in [Some(sdp("early")), None] {
        let mut w = World::new();
        w.invited(A);
        w.signal(
            A,
            Signal::Progress {
                early: Some(sdp("early")),
            },
        );
        w.signal(A, Signal::Accepted { answer });
        assert_eq!(w.media_of(A), []);
        assert_eq!(w.phase(A), PhaseName::Established);
    }
}

#[test]
fn a_200_that_differs_from_the_early_answer_is_applied() {
    let mut w = World::new();
    w.invited(A);
    w.signal(
        A,
        Signal::Progress {
            early: Some(sdp("early")),
        },
    );
    w.signal(
        A,
        Signal::Accepted {
            answer: Some(sdp("late")),
        },
    );
    assert_eq!(
        w.media_of(A),
        [MediaAction::AcceptAnswer {
            answer: sdp("late")
        }]
    );
}

#[test]
fn accepted_without_any_answer_ends_the_call() {
    let mut w = World::new();
    w.ringing(A);
    w.signal(A, Signal::Accepted { answer: None });
    assert_eq!(w.sip(A), [SipAction::Bye]);
    assert_eq!(w.media_of(A), [MediaAction::Close]);
    w.signal(A, Signal::Closed);
    assert_eq!(
        w.cause(A),
        Some(EndCause::MediaFailed(MediaFailure::BadDescription))
    );
}

/// A busy line is no error: a tone for two seconds, and a cause of its own.
#[test]
fn busy_is_not_an_error() {
    let mut w = World::new();
    w.invited(A);
    w.signal(A, Signal::Refused { status: 486 });
    assert_eq!(w.cause(A), Some(EndCause::RemoteBusy));
    assert_eq!(w.media_of(A), [MediaAction::Close]);
    assert_eq!(w.sip(A), []);
    assert_eq!(w.tone, Some(Tone::Busy));
    w.wait(secs(2));
    assert_eq!(w.tone, None);
}

#[test]
fn the_busy_tone_stops_with_the_next_command() {
    let mut w = World::new();
    w.ringing(A);
    w.signal(A, Signal::Refused { status: 600 });
    assert_eq!(w.tone, Some(Tone::Busy));
    w.command(Command::SetMute { on: true });
    assert_eq!(w.tone, None);
}

#[test]
fn each_refusal_has_its_own_cause() {
    let no_codec = EndCause::MediaFailed(MediaFailure::NoCodec);
    for (status, at_once, after_ringing) in [
        (486, EndCause::RemoteBusy, EndCause::RemoteBusy),
        (600, EndCause::RemoteBusy, EndCause::RemoteBusy),
        (603, EndCause::RemoteDeclined, EndCause::RemoteDeclined),
        (
            403,
            EndCause::SipFailure { status: 403 },
            EndCause::RemoteDeclined,
        ),
        (404, EndCause::NotFound, EndCause::NotFound),
        (410, EndCause::NotFound, EndCause::NotFound),
        (484, EndCause::NotFound, EndCause::NotFound),
        (604, EndCause::NotFound, EndCause::NotFound),
        (408, EndCause::TimedOut, EndCause::NoAnswer),
        (480, EndCause::Unavailable, EndCause::NoAnswer),
        (502, EndCause::Unavailable, EndCause::Unavailable),
        (503, EndCause::Unavailable, EndCause::Unavailable),
        (488, no_codec, no_codec),
        (
            302,
            EndCause::SipFailure { status: 302 },
            EndCause::SipFailure { status: 302 },
        ),
        (
            500,
            EndCause::SipFailure { status: 500 },
            EndCause::SipFailure { status: 500 },
        ),
    ] {
        assert_eq!(end_cause(status, false), at_once);
        for (rang, expected) in [(false, at_once), (true, after_ringing)] {
            let mut w = World::new();
            if rang {
                w.ringing(A)
            } else {
                w.invited(A)
            }
            w.signal(A, Signal::Refused { status });
            assert_eq!(w.cause(A), Some(expected), "{status}, rang: {rang}");
            assert_eq!(w.call(A).result(), Some(CallResult::NotReached));
        }
    }
}

#[test]
fn hanging_up_before_the_invite_says_nothing_to_the_exchange() {
    let mut w = World::new();
    w.dial(A);
    w.command(Command::HangUp { call: A });
    assert_eq!(w.sip(A), []);
    assert_eq!(w.media_of(A), [MediaAction::Close]);
    assert_eq!(w.cause(A), Some(EndCause::CanceledLocally));
}

#[test]
fn hanging_up_while_dialing_or_ringing_cancels() {
    for rang in [false, true] {
        let mut w = World::new();
        if rang {
            w.ringing(A)
        } else {
            w.invited(A)
        }
        w.command(Command::HangUp { call: A });
        assert_eq!(w.sip(A), [SipAction::Cancel]);
        assert_eq!(w.media_of(A), [MediaAction::Close]);
        assert_eq!(w.phase(A), PhaseName::Terminating);
        assert_eq!(w.tone, None);
        w.signal(A, Signal::Refused { status: 487 });
        assert_eq!(w.cause(A), Some(EndCause::CanceledLocally));
    }
}

#[test]
fn media_that_fails_before_the_invite_ends_the_call_at_once() {
    let mut w = World::new();
    w.dial(A);
    w.media(A, MediaEvent::Failed(MediaFailure::NoMicrophone));
    assert_eq!(w.sip(A), []);
    assert_eq!(
        w.cause(A),
        Some(EndCause::MediaFailed(MediaFailure::NoMicrophone))
    );
}

#[test]
fn media_that_fails_while_ringing_cancels() {
    let mut w = World::new();
    w.ringing(A);
    w.media(A, MediaEvent::Failed(MediaFailure::NoMicrophone));
    assert_eq!(w.sip(A), [SipAction::Cancel]);
    w.signal(A, Signal::Closed);
    assert_eq!(
        w.cause(A),
        Some(EndCause::MediaFailed(MediaFailure::NoMicrophone))
    );
}

#[test]
fn a_bye_or_a_lost_dialog_ends_a_call_that_rings() {
    for (signal, cause) in [
        (Signal::Bye, EndCause::RemoteHangup),
        (Signal::Closed, EndCause::LinkLost),
    ] {
        let mut w = World::new();
        w.ringing(A);
        w.signal(A, signal);
        assert_eq!(w.sip(A), []);
        assert_eq!(w.cause(A), Some(cause));
    }
}

#[test]
fn dtmf_reaches_an_announcement_before_the_answer() {
    let mut w = World::new();
    w.ringing(A);
    let digits = Command::SendDtmf {
        call: A,
        digits: sdp("1"),
    };
    let phase = PhaseName::Ringing;
    assert_eq!(w.rejected(digits.clone()), Rejected::WrongPhase { phase });
    w.signal(
        A,
        Signal::Progress {
            early: Some(sdp("early")),
        },
    );
    w.command(digits);
    assert_eq!(w.media_of(A), [MediaAction::SendDtmf { digits: sdp("1") }]);
}

#[test]
fn ringing_counts_from_the_first_180() {
    let mut w = World::new();
    w.ringing(A);
    let rang = w.now;
    w.wait(secs(5));
    w.signal(
        A,
        Signal::Progress {
            early: Some(sdp("early")),
        },
    );
    assert_eq!(
        *w.call(A).phase(),
        CallPhase::Ringing {
            since: rang,
            early_media: true
        }
    );
}
