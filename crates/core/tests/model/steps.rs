//! What can happen.

use std::time::Duration;

use alobar_core::{
    CallId, Command, Input, MediaAction, MediaEvent, MediaFailure, Output, Peer, Pii,
    RegistrationFailure, RegistrationState, Sdp, Signal, SipAction,
};
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Any input, sensible or not.
    Any(Input),
    /// One of the answers that the edges owe for their latest work, if there is one.
    Oblige(prop::sample::Index),
    Wait(Duration),
}

pub(crate) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => any_input().prop_map(Step::Any),
        6 => any::<prop::sample::Index>().prop_map(Step::Oblige),
        1 => prop_oneof![0u64..5, 0u64..200].prop_map(|secs| Step::Wait(Duration::from_secs(secs))),
    ];
    prop::collection::vec(step, 1..80)
}

fn call() -> impl Strategy<Value = CallId> {
    (1u64..=3).prop_map(CallId)
}

fn sdp() -> impl Strategy<Value = Sdp> {
    prop_oneof![Just("x"), Just("y")].prop_map(|text| Pii::new(text.to_owned()))
}

fn status() -> impl Strategy<Value = u16> {
    prop::sample::select(vec![
        180, 200, 202, 302, 404, 408, 480, 481, 486, 487, 488, 491, 503, 603,
    ])
}

fn any_input() -> impl Strategy<Value = Input> {
    prop_oneof![
        6 => command().prop_map(Input::Command),
        6 => (call(), signal()).prop_map(|(call, signal)| Input::Sip { call, signal }),
        4 => (call(), media()).prop_map(|(call, event)| Input::Media { call, event }),
        1 => registration().prop_map(Input::Registration),
        1 => Just(Input::Timeout),
    ]
}

fn command() -> impl Strategy<Value = Command> {
    let to = || prop::sample::select(vec!["1001", "*45support", "0987654321"]);
    prop_oneof![
        3 => (call(), to()).prop_map(|(call, to)| Command::Dial {
            call,
            to: to.parse().unwrap(),
            headers: Vec::new(),
        }),
        3 => call().prop_map(|call| Command::Answer { call }),
        1 => call().prop_map(|call| Command::Decline { call }),
        1 => call().prop_map(|call| Command::HangUp { call }),
        2 => call().prop_map(|call| Command::Hold { call }),
        2 => call().prop_map(|call| Command::Resume { call }),
        1 => any::<bool>().prop_map(|on| Command::SetMute { on }),
        1 => (call(), prop::sample::select(vec!["1", "*#", "x"])).prop_map(|(call, digits)| {
            Command::SendDtmf { call, digits: Pii::new(digits.to_owned()) }
        }),
        1 => (call(), to()).prop_map(|(call, to)| Command::BlindTransfer {
            call,
            to: to.parse().unwrap(),
        }),
    ]
}

fn signal() -> impl Strategy<Value = Signal> {
    prop_oneof![
        4 => prop::option::of(sdp()).prop_map(|offer| Signal::Incoming {
            from: Peer::default(),
            offer,
            linked_id: None,
        }),
        2 => prop::option::of(sdp()).prop_map(|early| Signal::Progress { early }),
        1 => prop::option::of(sdp()).prop_map(|answer| Signal::Accepted { answer }),
        1 => status().prop_map(|status| Signal::Refused { status }),
        1 => any::<bool>().prop_map(|elsewhere| Signal::Canceled { elsewhere }),
        1 => prop::option::of(sdp()).prop_map(|answer| Signal::Confirmed { answer }),
        3 => prop::option::of(sdp()).prop_map(|offer| Signal::Reoffered { offer }),
        1 => sdp().prop_map(|answer| Signal::ReofferAccepted { answer }),
        1 => status().prop_map(|status| Signal::ReofferRefused { status }),
        1 => status().prop_map(|status| Signal::TransferProgress { status }),
        1 => Just(Signal::Bye),
        1 => Just(Signal::Closed),
    ]
}

fn media() -> impl Strategy<Value = MediaEvent> {
    use MediaFailure::{BadDescription, Dtls, NoCodec, NoMicrophone, NoPath, NoSpeaker};
    let failure = vec![
        NoMicrophone,
        NoSpeaker,
        NoCodec,
        BadDescription,
        NoPath,
        Dtls,
    ];
    prop_oneof![
        2 => sdp().prop_map(MediaEvent::Offer),
        2 => sdp().prop_map(MediaEvent::Answer),
        2 => any::<bool>().prop_map(|receives| MediaEvent::RemoteDirection { receives }),
        3 => Just(MediaEvent::Connected),
        2 => Just(MediaEvent::Interrupted),
        2 => Just(MediaEvent::Restored),
        1 => prop::sample::select(failure).prop_map(MediaEvent::Failed),
    ]
}

fn registration() -> impl Strategy<Value = RegistrationState> {
    prop_oneof![
        3 => Just(registered()),
        1 => Just(RegistrationState::Failed { why: RegistrationFailure::LinkLost, retry_in: None }),
    ]
}

pub(crate) fn registered() -> RegistrationState {
    RegistrationState::Registered {
        expires: Duration::from_secs(120),
        secure: true,
    }
}

/// What obliging edges answer, sooner or later.
pub(crate) fn answers(output: &Output) -> Vec<Input> {
    let text = || Pii::new("z".to_owned());
    let (call, signals, events) = match output {
        Output::Sip { call, action } => (*call, signals_after(action), Vec::new()),
        Output::Media { call, action } => {
            let events = match action {
                MediaAction::CreateOffer { .. } => vec![MediaEvent::Offer(text())],
                MediaAction::AcceptOffer { .. } => {
                    vec![MediaEvent::Answer(text()), MediaEvent::Connected]
                }
                MediaAction::AcceptAnswer { .. } => vec![MediaEvent::Connected],
                MediaAction::RollBack
                | MediaAction::Focus { .. }
                | MediaAction::Mute { .. }
                | MediaAction::SendDtmf { .. }
                | MediaAction::Close => Vec::new(),
            };
            (*call, Vec::new(), events)
        }
        Output::Tone(_) | Output::Event(_) => return Vec::new(),
    };
    let signals = signals
        .into_iter()
        .map(|signal| Input::Sip { call, signal });
    signals
        .chain(events.into_iter().map(|event| Input::Media { call, event }))
        .collect()
}

fn signals_after(action: &SipAction) -> Vec<Signal> {
    let text = || Pii::new("z".to_owned());
    match action {
        SipAction::Invite { .. } => vec![
            Signal::Progress { early: None },
            Signal::Accepted {
                answer: Some(text()),
            },
            Signal::Refused { status: 486 },
        ],
        SipAction::Cancel => vec![Signal::Refused { status: 487 }, Signal::Closed],
        SipAction::Accept { .. } => vec![Signal::Confirmed {
            answer: Some(text()),
        }],
        SipAction::Refuse { .. } | SipAction::Bye => vec![Signal::Closed],
        SipAction::Reoffer { .. } => vec![Signal::ReofferAccepted { answer: text() }],
        SipAction::AnswerReoffer { .. } => vec![Signal::Confirmed {
            answer: Some(text()),
        }],
        SipAction::Refer { .. } => [202, 200]
            .map(|status| Signal::TransferProgress { status })
            .to_vec(),
        SipAction::Ring | SipAction::RefuseReoffer { .. } => Vec::new(),
    }
}
