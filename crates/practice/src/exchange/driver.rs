//! The task behind a [`Practice`](super::Practice).

use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use alobar_core::{
    CallId, CallIds, Command, EndCause, Event, Input, MediaAction, Mono, Now, Output, Peer,
    PhaseName, Pii, Signal, SipAction, Wall,
};
use alobar_media::{MediaReport, Voices};
use alobar_sip::{Switch, SwitchEvent};
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep_until;

use super::caller::Customers;
use super::leg::{Early, Joined, Leg, State};
use super::transfer::Transfer;
use super::{PracticeConfig, PracticeEvent, bridge};
use crate::clip::Clips;
use crate::number::Number;
use crate::voice::{Music, Report, VoiceEvent};

/// How long goodbyes may take.
const GOODBYE: Duration = Duration::from_secs(3);

pub(super) enum Request {
    Call(String),
    Stop(oneshot::Sender<()>),
}

/// What is due at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    Answer,
    HangUp,
}

pub(super) struct Driver {
    pub(super) config: PracticeConfig,
    pub(super) switch: Switch,
    pub(super) voices: Voices,
    pub(super) ids: CallIds,
    pub(super) clips: Clips,
    pub(super) legs: BTreeMap<CallId, Leg>,
    pub(super) customers: Customers,
    /// By the call to the new party.
    pub(super) transfers: BTreeMap<CallId, Transfer>,
    pub(super) timers: Vec<(Mono, CallId, Due)>,
    events: mpsc::UnboundedSender<PracticeEvent>,
    started: Instant,
    voice_events: mpsc::UnboundedSender<(CallId, VoiceEvent)>,
    from_voices: Option<mpsc::UnboundedReceiver<(CallId, VoiceEvent)>>,
}

impl Driver {
    pub(super) fn new(
        config: PracticeConfig,
        switch: Switch,
        voices: Voices,
        ids: CallIds,
        clips: Clips,
        events: mpsc::UnboundedSender<PracticeEvent>,
    ) -> Self {
        let (voice_events, from_voices) = mpsc::unbounded_channel();
        Self {
            config,
            switch,
            voices,
            ids,
            clips,
            legs: BTreeMap::new(),
            customers: Customers::default(),
            transfers: BTreeMap::new(),
            timers: Vec::new(),
            events,
            started: Instant::now(),
            voice_events,
            from_voices: Some(from_voices),
        }
    }

    /// Until the exchange is stopped, or its handle is gone.
    pub(super) async fn run(
        mut self,
        mut requests: mpsc::UnboundedReceiver<Request>,
        mut sip: mpsc::UnboundedReceiver<SwitchEvent>,
        mut media: mpsc::UnboundedReceiver<MediaReport>,
    ) {
        let Some(mut voices) = self.from_voices.take() else {
            return;
        };
        loop {
            let deadline = self.next_timeout().map(|at| self.started + at.0);
            let far = Instant::now() + Duration::from_hours(1);
            tokio::select! {
                request = requests.recv() => match request {
                    Some(Request::Call(extension)) => self.send_customer(extension),
                    Some(Request::Stop(done)) => {
                        self.stop(sip).await;
                        return drop(done);
                    }
                    None => return,
                },
                Some(event) = sip.recv() => self.on_switch(event),
                Some(report) = media.recv() => self.on_media(report),
                Some((call, event)) = voices.recv() => self.on_voice(call, event),
                () = sleep_until(deadline.unwrap_or(far).into()) => self.on_timeout(),
            }
        }
    }

    pub(super) fn now(&self) -> Now {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
        Now {
            mono: Mono(self.started.elapsed()),
            wall: Wall(since_epoch.map_or(0, |time| time.as_millis() as u64)),
        }
    }

    pub(super) fn tell(&self, event: PracticeEvent) {
        // Whoever has stopped listening needs no events.
        let _ = self.events.send(event);
    }

    /// For the voice of `call`.
    pub(super) fn report(&self, call: CallId) -> Report {
        let events = self.voice_events.clone();
        Report::new(move |event| {
            // The exchange has ended, and the voice will.
            let _ = events.send((call, event));
        })
    }

    fn next_timeout(&self) -> Option<Mono> {
        let legs = self
            .legs
            .values()
            .filter_map(|leg| leg.phone.next_timeout());
        let timers = self.timers.iter().map(|(at, ..)| *at);
        legs.chain(timers)
            .chain(self.customers.next_timeout())
            .min()
    }

    fn on_timeout(&mut self) {
        let now = self.now().mono;
        for call in self.legs.keys().copied().collect::<Vec<_>>() {
            let due = self.legs[&call].phone.next_timeout();
            if due.is_some_and(|due| due <= now) {
                self.feed(call, Input::Timeout);
            }
        }
        let (due, later) = self.timers.drain(..).partition(|(at, ..)| *at <= now);
        self.timers = later;
        let due: Vec<(Mono, CallId, Due)> = due;
        for (_, call, due) in due {
            self.command(match due {
                Due::Answer => Command::Answer { call },
                Due::HangUp => Command::HangUp { call },
            });
        }
        self.customers_timeout();
    }

    fn on_switch(&mut self, event: SwitchEvent) {
        match event {
            SwitchEvent::Registered { user } => {
                self.tell(PracticeEvent::Registered { extension: user });
            }
            SwitchEvent::Dialled { call, user, to } => {
                let number = Number::of(to.reveal());
                let joined = Joined::Service(number);
                let leg = Leg::new(self.now(), user, Peer::default(), joined);
                self.legs.insert(call, leg);
            }
            SwitchEvent::Call { call, signal } => {
                let is_new = matches!(signal, Signal::Incoming { .. });
                self.feed(call, Input::Sip { call, signal });
                if is_new {
                    self.serve(call);
                }
            }
            SwitchEvent::TransferAsked { call, to } => self.transfer(call, &to),
        }
    }

    fn on_media(&mut self, report: MediaReport) {
        match report {
            MediaReport::Call { call, event } => self.feed(call, Input::Media { call, event }),
            MediaReport::Stats { .. }
            | MediaReport::Levels { .. }
            | MediaReport::DevicesChanged
            | MediaReport::DeviceLost { .. }
            | MediaReport::DeviceFailed { .. }
            | MediaReport::SourceFinished => {}
        }
    }

    /// A command for the exchange's end of the call it names.
    pub(super) fn command(&mut self, command: Command) {
        let call = match &command {
            Command::Dial { call, .. }
            | Command::Answer { call }
            | Command::Decline { call }
            | Command::HangUp { call }
            | Command::Hold { call }
            | Command::Resume { call }
            | Command::SendDtmf { call, .. }
            | Command::BlindTransfer { call, .. } => *call,
            Command::SetMute { .. } => return,
        };
        self.feed(call, Input::Command(command));
    }

    /// One input for one leg, and all that comes of it.
    fn feed(&mut self, call: CallId, input: Input) {
        let now = self.now();
        let Some(leg) = self.legs.get_mut(&call) else {
            return tracing::debug!(%call, "news of a call that is over");
        };
        let before = leg.state(call);
        let outputs = leg.handle(now, input);
        let after = leg.state(call);
        let mut ended = None;
        for output in outputs {
            match output {
                Output::Sip { call, action } => self.perform(call, action),
                Output::Media { call, action } => self.voices.perform(call, action),
                Output::Event(Event::CallEnded { cause, .. }) => ended = Some(cause),
                // Nobody sits at the exchange.
                Output::Tone(_) | Output::Event(_) => {}
            }
        }
        match ended {
            Some(cause) => self.ended(call, before, cause),
            None => self.changed(call, before, after),
        }
    }

    fn perform(&mut self, call: CallId, action: SipAction) {
        let Some(leg) = self.legs.get_mut(&call) else {
            return;
        };
        if let SipAction::Invite { offer, headers, .. } = action {
            self.switch
                .call(call, &leg.extension, &leg.from, offer, headers);
        } else if let SipAction::Accept { sdp } = &action
            && matches!(leg.early, Early::Wanted)
        {
            leg.early = Early::Held(sdp.clone());
            self.switch.early_media(call, sdp.clone());
        } else if action != SipAction::Ring {
            // Whether and when it rings, the number decides.
            self.switch.perform(call, action);
        }
    }

    fn changed(&mut self, call: CallId, before: State, after: State) {
        let Some(joined) = self.legs.get(&call).map(|leg| leg.joined) else {
            return;
        };
        if after.phase != before.phase {
            match after.phase {
                Some(PhaseName::Ringing) => self.rung(call, joined),
                Some(PhaseName::Established) => self.established(call),
                _ => {}
            }
        }
        if after.held != before.held
            && let Joined::Leg(other) = joined
        {
            if after.held {
                self.voices.open(other, Box::new(Music::default()));
            } else {
                self.join(call, other);
            }
        }
    }

    fn established(&mut self, call: CallId) {
        match self.legs.get(&call).map(|leg| leg.joined) {
            Some(Joined::Leg(other)) => {
                self.command(Command::Answer { call: other });
                self.transferred(call);
                self.join(call, other);
            }
            Some(Joined::Service(number)) => self.service_begins(call, number),
            Some(Joined::Customer) => {
                self.transferred(call);
                self.customer_answered(call);
            }
            Some(Joined::Nobody) | None => {}
        }
    }

    /// From now on the two hear each other.
    pub(super) fn join(&mut self, a: CallId, b: CallId) {
        let (at_a, at_b) = bridge::pair();
        self.voices.open(a, Box::new(at_a));
        self.voices.open(b, Box::new(at_b));
    }

    /// Calls `extension` as from `from`.
    pub(super) fn dial(&mut self, call: CallId, extension: &str, from: Peer, joined: Joined) {
        let leg = Leg::new(self.now(), extension.to_owned(), from, joined);
        self.legs.insert(call, leg);
        let Ok(to) = extension.parse() else {
            return;
        };
        let linked_id = Pii::new(format!("practice-{call}"));
        self.command(Command::Dial {
            call,
            to,
            headers: vec![("X-Alobar-Call".to_owned(), linked_id)],
        });
    }

    /// Whether the phone's own call is still unanswered.
    pub(super) fn waits(&self, call: CallId) -> bool {
        let leg = self.legs.get(&call);
        leg.is_some_and(|leg| leg.state(call).waits())
    }

    /// Refuses a call that waits, with a status of our choice.
    pub(super) fn refuse(&mut self, call: CallId, status: u16) {
        self.switch.perform(call, SipAction::Refuse { status });
        self.forget(call);
    }

    pub(super) fn forget(&mut self, call: CallId) {
        self.legs.remove(&call);
        self.timers.retain(|(_, of, _)| *of != call);
        // Also lets go of a voice that never had a call.
        self.voices.perform(call, MediaAction::Close);
    }

    fn ended(&mut self, call: CallId, before: State, cause: EndCause) {
        if matches!(self.legs.get(&call), Some(leg) if leg.joined == Joined::Customer) {
            self.customer_left_behind(call);
        }
        let Some(joined) = self.legs.get(&call).map(|leg| leg.joined) else {
            return;
        };
        self.forget(call);
        if self.transfer_failed(call, cause) {
            return;
        }
        match joined {
            Joined::Leg(other) => {
                if self.waits(other) {
                    self.refuse(other, status_of(cause));
                } else {
                    self.command(Command::HangUp { call: other });
                }
            }
            Joined::Customer => self.customer_lost(call, before.is_established(), cause),
            Joined::Service(_) | Joined::Nobody => {}
        }
    }

    async fn stop(mut self, mut sip: mpsc::UnboundedReceiver<SwitchEvent>) {
        for call in self.legs.keys().copied().collect::<Vec<_>>() {
            self.command(Command::HangUp { call });
        }
        let goodbyes = async {
            while !self.legs.is_empty() {
                match sip.recv().await {
                    Some(event) => self.on_switch(event),
                    None => return,
                }
            }
        };
        // A phone that does not answer is left behind.
        let _ = tokio::time::timeout(GOODBYE, goodbyes).await;
        self.voices.stop().await;
    }
}

/// What the caller is told when the party called does not take the call.
pub(super) fn status_of(cause: EndCause) -> u16 {
    match cause {
        EndCause::RemoteBusy => 486,
        EndCause::RemoteDeclined => 603,
        EndCause::NotFound => 404,
        EndCause::SipFailure { status } => status,
        EndCause::MediaFailed(_) => 488,
        EndCause::LocalHangup
        | EndCause::RemoteHangup
        | EndCause::Declined
        | EndCause::NoAnswer
        | EndCause::Unavailable
        | EndCause::CanceledByCaller
        | EndCause::AnsweredElsewhere
        | EndCause::CanceledLocally
        | EndCause::Transferred
        | EndCause::LinkLost
        | EndCause::TimedOut => 480,
    }
}
