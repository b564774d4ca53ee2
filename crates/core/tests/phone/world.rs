//! A phone, its edges played by the test, and a clock that only moves when told.

use std::time::Duration;

use alobar_core::{
    Call, CallId, Command, EndCause, Event, Input, MediaAction, MediaEvent, MediaPath, Mono, Now,
    Output, Peer, PhaseName, Phone, PhoneConfig, Pii, RegistrationState, Rejected, Sdp, Signal,
    SipAction, Tone, Wall,
};

pub(crate) const A: CallId = CallId(1);
pub(crate) const B: CallId = CallId(2);
pub(crate) const C: CallId = CallId(3);

pub(crate) fn sdp(text: &str) -> Sdp {
    Pii::new(text.to_owned())
}

pub(crate) fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

pub(crate) struct World {
    pub(crate) phone: Phone,
    pub(crate) now: Now,
    /// What the last step put out.
    pub(crate) out: Vec<Output>,
    pub(crate) tone: Option<Tone>,
}

impl World {
    /// A phone that is registered.
    pub(crate) fn new() -> Self {
        let mut world = Self::offline();
        world.register();
        world
    }

    pub(crate) fn offline() -> Self {
        let phone = Phone::new(PhoneConfig::default());
        let now = Now {
            mono: Mono(secs(100)),
            wall: Wall(1_790_000_000_000),
        };
        Self {
            phone,
            now,
            out: Vec::new(),
            tone: None,
        }
    }

    pub(crate) fn register(&mut self) {
        self.feed(Input::Registration(RegistrationState::Registered {
            expires: secs(120),
            secure: true,
        }))
        .unwrap();
    }

    pub(crate) fn feed(&mut self, input: Input) -> Result<(), Rejected> {
        println!("{:?} {input:?}", self.now.mono.0);
        self.out.clear();
        let result = self.phone.handle(self.now, input);
        self.drain();
        result
    }

    fn drain(&mut self) {
        while let Some(output) = self.phone.poll_output() {
            println!("    {output:?}");
            if let Output::Tone(tone) = output {
                self.tone = tone;
            }
            self.out.push(output);
        }
    }

    pub(crate) fn command(&mut self, command: Command) {
        self.feed(Input::Command(command)).unwrap();
    }

    pub(crate) fn rejected(&mut self, command: Command) -> Rejected {
        let rejected = self.feed(Input::Command(command)).unwrap_err();
        assert_eq!(self.out, [], "a rejected command puts nothing out");
        rejected
    }

    pub(crate) fn signal(&mut self, call: CallId, signal: Signal) {
        self.feed(Input::Sip { call, signal }).unwrap();
    }

    pub(crate) fn media(&mut self, call: CallId, event: MediaEvent) {
        self.feed(Input::Media { call, event }).unwrap();
    }

    /// Lets time pass, with a `Timeout` at each deadline on the way.
    pub(crate) fn wait(&mut self, time: Duration) {
        self.out.clear();
        let end = self.now.mono + time;
        let mut timeouts = 0;
        while let Some(deadline) = self
            .phone
            .next_timeout()
            .filter(|deadline| *deadline <= end)
        {
            assert!(deadline >= self.now.mono, "a deadline stays in the past");
            timeouts += 1;
            assert!(timeouts < 100, "a deadline that has come is not dealt with");
            self.move_to(deadline);
            println!("{:?} Timeout", deadline.0);
            self.phone.handle(self.now, Input::Timeout).unwrap();
            self.drain();
        }
        self.move_to(end);
    }

    fn move_to(&mut self, mono: Mono) {
        let passed = mono.0 - self.now.mono.0;
        self.now = Now {
            mono,
            wall: Wall(self.now.wall.0 + passed.as_millis() as u64),
        };
    }

    // What was put out in the last step.

    pub(crate) fn sip(&self, call: CallId) -> Vec<SipAction> {
        let of = |output: &Output| match output {
            Output::Sip { call: id, action } if *id == call => Some(action.clone()),
            Output::Sip { .. } | Output::Media { .. } | Output::Tone(_) | Output::Event(_) => None,
        };
        self.out.iter().filter_map(of).collect()
    }

    pub(crate) fn media_of(&self, call: CallId) -> Vec<MediaAction> {
        let of = |output: &Output| match output {
            Output::Media { call: id, action } if *id == call => Some(action.clone()),
            Output::Sip { .. } | Output::Media { .. } | Output::Tone(_) | Output::Event(_) => None,
        };
        self.out.iter().filter_map(of).collect()
    }

    pub(crate) fn saw(&self, event: Event) -> bool {
        self.out.contains(&Output::Event(event))
    }

    // Where the calls stand.

    pub(crate) fn call(&self, id: CallId) -> &Call {
        self.phone.call(id).expect("the call is on screen")
    }

    pub(crate) fn phase(&self, id: CallId) -> PhaseName {
        self.call(id).phase().name()
    }

    pub(crate) fn cause(&self, id: CallId) -> Option<EndCause> {
        match self.call(id).phase() {
            alobar_core::CallPhase::Terminated { cause, .. } => Some(*cause),
            _ => None,
        }
    }

    // The way to each phase.

    /// Dialing, before the offer.
    pub(crate) fn dial(&mut self, call: CallId) {
        self.command(Command::Dial {
            call,
            to: "1002".parse().unwrap(),
            headers: Vec::new(),
        });
    }

    /// Dialing, INVITE sent.
    pub(crate) fn invited(&mut self, call: CallId) {
        self.dial(call);
        self.media(call, MediaEvent::Offer(sdp("our offer")));
    }

    pub(crate) fn ringing(&mut self, call: CallId) {
        self.invited(call);
        self.signal(call, Signal::Progress { early: None });
    }

    /// Established by our call, sound flows.
    pub(crate) fn talking(&mut self, call: CallId) {
        self.ringing(call);
        self.signal(
            call,
            Signal::Accepted {
                answer: Some(sdp("their answer")),
            },
        );
        self.media(call, MediaEvent::Connected);
    }

    pub(crate) fn alerting(&mut self, call: CallId) {
        self.incoming(call, Some(sdp("their offer")));
    }

    pub(crate) fn incoming(&mut self, call: CallId, offer: Option<Sdp>) {
        let from = Peer {
            number: sdp("0987654321"),
            name: Some(sdp("Lan")),
        };
        self.signal(
            call,
            Signal::Incoming {
                from,
                offer,
                linked_id: Some("171.1".to_owned()),
            },
        );
    }

    /// Answering, before our 200.
    pub(crate) fn answering(&mut self, call: CallId) {
        self.alerting(call);
        self.command(Command::Answer { call });
    }

    /// Answering, our 200 is out.
    pub(crate) fn accepted(&mut self, call: CallId) {
        self.answering(call);
        self.media(call, MediaEvent::Answer(sdp("our answer")));
    }

    /// Established by their call, sound flows.
    pub(crate) fn talking_to_caller(&mut self, call: CallId) {
        self.accepted(call);
        self.signal(call, Signal::Confirmed { answer: None });
        self.media(call, MediaEvent::Connected);
        assert_eq!(self.call(call).media(), MediaPath::Flowing);
    }

    /// The whole exchange of a re-INVITE of ours.
    pub(crate) fn reoffer_accepted(&mut self, call: CallId) {
        self.media(call, MediaEvent::Offer(sdp("re-offer")));
        assert_eq!(
            self.sip(call),
            [SipAction::Reoffer {
                offer: sdp("re-offer")
            }]
        );
        self.signal(
            call,
            Signal::ReofferAccepted {
                answer: sdp("re-answer"),
            },
        );
        assert_eq!(
            self.media_of(call)[0],
            MediaAction::AcceptAnswer {
                answer: sdp("re-answer")
            }
        );
    }

    /// A call held by us.
    pub(crate) fn held(&mut self, call: CallId) {
        self.talking(call);
        self.command(Command::Hold { call });
        self.reoffer_accepted(call);
    }
}
