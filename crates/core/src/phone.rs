//! The phone: all calls, and the rules between them.

mod outputs;
mod rules;

use std::time::Duration;

use crate::call::{Call, CallPhase, PhaseName};
use crate::dial::{DialFormat, Dialable};
use crate::id::CallId;
use crate::input::{Command, Input, Peer, Sdp, Signal};
use crate::output::{EndCause, Event, MediaAction, Output, SipAction, Tone};
use crate::pii::Pii;
use crate::registration::RegistrationState;
use crate::reject::Rejected;
use crate::time::{Mono, Now};

pub(crate) use outputs::Outputs;

/// More incoming calls than this at once are answered "busy" (486) and not shown.
const MAX_ALERTING: usize = 2;

/// How long the busy tone is played.
const BUSY_TONE: Duration = Duration::from_secs(2);

/// What the phone must know about the account.
#[derive(Debug, Clone, Default)]
pub struct PhoneConfig {
    /// How an E.164 number is sent.
    pub dial_format: DialFormat,
}

/// Every rule of and between calls. See the crate's documentation for the contract.
#[derive(Debug, Default)]
pub struct Phone {
    config: PhoneConfig,
    registration: RegistrationState,
    registration_since: Now,
    /// In order of arrival.
    calls: Vec<Call>,
    muted: bool,
    /// The call dialled, answered or resumed last: it has the headset while it can use it.
    claim: Option<CallId>,
    /// The call that has the headset now.
    focus: Option<CallId>,
    tone: Option<Tone>,
    /// The busy tone of a call just refused, until then.
    busy_until: Option<Mono>,
    outputs: Outputs,
}

impl Phone {
    /// A phone without calls, not registered.
    pub fn new(config: PhoneConfig) -> Self {
        Self {
            config,
            ..Self::default()
        }
    }

    /// Takes one input. Drain [`Phone::poll_output`] afterwards, whatever the result.
    ///
    /// # Errors
    /// Only a [`Command`] can be [`Rejected`]; then nothing has changed.
    pub fn handle(&mut self, now: Now, input: Input) -> Result<(), Rejected> {
        let result = match input {
            Input::Command(command) => {
                let result = self.on_command(now, command);
                if result.is_ok() {
                    // The person has turned to something else: the last try's tone is over.
                    self.busy_until = None;
                }
                result
            }
            Input::Registration(state) => {
                self.on_registration(now, state);
                Ok(())
            }
            Input::Sip { call, signal } => {
                self.on_signal(now, call, signal);
                Ok(())
            }
            Input::Media { call, event } => {
                match self.call_mut(call) {
                    Some((call, out)) => call.on_media(now, event, out),
                    None => tracing::debug!(%call, "Media event of an unknown call"),
                }
                Ok(())
            }
            Input::Timeout => {
                self.on_timeout(now);
                Ok(())
            }
        };
        self.settle(now);
        result
    }

    /// The next thing to be done, in order; `None` when all is done.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop()
    }

    /// When [`Input::Timeout`] is due next.
    pub fn next_timeout(&self) -> Option<Mono> {
        self.calls
            .iter()
            .filter_map(Call::deadline)
            .chain(self.busy_until)
            .min()
    }

    /// All calls in order of arrival, with those that ended a moment ago.
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// One call.
    pub fn call(&self, id: CallId) -> Option<&Call> {
        self.calls.iter().find(|call| call.id() == id)
    }

    /// Where the account stands.
    pub fn registration(&self) -> &RegistrationState {
        &self.registration
    }

    /// When [`Phone::registration`] became what it is.
    pub fn registration_since(&self) -> Now {
        self.registration_since
    }

    /// Is our microphone off?
    pub fn muted(&self) -> bool {
        self.muted
    }

    /// The call that has the headset.
    pub fn focus(&self) -> Option<CallId> {
        self.focus
    }
}

impl Phone {
    fn call_mut(&mut self, id: CallId) -> Option<(&mut Call, &mut Outputs)> {
        let call = self.calls.iter_mut().find(|call| call.id() == id)?;
        Some((call, &mut self.outputs))
    }

    fn on_command(&mut self, now: Now, command: Command) -> Result<(), Rejected> {
        match command {
            Command::Dial { call, to, headers } => self.dial(now, call, &to, headers),
            Command::Answer { call } => self.answer(now, call),
            Command::Decline { call } => {
                let (call, out) = self.call_mut(call).ok_or(Rejected::NoSuchCall)?;
                call.decline(now, out)
            }
            Command::HangUp { call } => {
                let (call, out) = self.call_mut(call).ok_or(Rejected::NoSuchCall)?;
                call.hang_up(now, out)
            }
            Command::Hold { call } => {
                let (call, out) = self.call_mut(call).ok_or(Rejected::NoSuchCall)?;
                call.hold_by_person(out)
            }
            Command::Resume { call } => self.resume(call),
            Command::SetMute { on } => {
                self.set_mute(on);
                Ok(())
            }
            Command::SendDtmf { call, digits } => {
                let (call, out) = self.call_mut(call).ok_or(Rejected::NoSuchCall)?;
                call.send_dtmf(digits, out)
            }
            Command::BlindTransfer { call, to } => {
                let wire = self.config.dial_format.dial_string(&to);
                let (call, out) = self.call_mut(call).ok_or(Rejected::NoSuchCall)?;
                call.blind_transfer(now, to, Pii::new(wire), out)
            }
        }
    }

    fn dial(
        &mut self,
        now: Now,
        id: CallId,
        to: &Dialable,
        headers: Vec<(String, Pii<String>)>,
    ) -> Result<(), Rejected> {
        if !matches!(self.registration, RegistrationState::Registered { .. }) {
            return Err(Rejected::NotRegistered);
        }
        if self.call(id).is_some() {
            return Err(Rejected::CallIdInUse);
        }
        let setting_up = |call: &Call| match call.phase().name() {
            PhaseName::Dialing | PhaseName::Ringing | PhaseName::Answering => true,
            PhaseName::Alerting
            | PhaseName::Established
            | PhaseName::Terminating
            | PhaseName::Terminated => false,
        };
        if self.calls.iter().any(setting_up) {
            return Err(Rejected::AnotherCallInProgress);
        }
        self.claim_headset(id);
        let format = &self.config.dial_format;
        let call = Call::dial(now, id, to, format, headers, &mut self.outputs);
        call.mute(self.muted, &mut self.outputs);
        self.calls.push(call);
        Ok(())
    }

    fn answer(&mut self, now: Now, id: CallId) -> Result<(), Rejected> {
        let muted = self.muted;
        let (call, out) = self.call_mut(id).ok_or(Rejected::NoSuchCall)?;
        call.answer(now, out)?;
        call.mute(muted, out);
        self.claim_headset(id);
        Ok(())
    }

    fn resume(&mut self, id: CallId) -> Result<(), Rejected> {
        let has_headset = self.focus == Some(id);
        let (call, out) = self.call_mut(id).ok_or(Rejected::NoSuchCall)?;
        call.resume_by_person(has_headset, out)?;
        self.claim_headset(id);
        Ok(())
    }

    fn set_mute(&mut self, on: bool) {
        if self.muted == on {
            return;
        }
        self.muted = on;
        for call in self.calls.iter().filter(|call| call.media_open()) {
            self.outputs.media(call.id(), MediaAction::Mute { on });
        }
        self.outputs.event(Event::MuteChanged);
    }

    fn on_registration(&mut self, now: Now, state: RegistrationState) {
        use RegistrationState::Registered;
        let refreshed = matches!(
            (&self.registration, &state),
            (Registered { .. }, Registered { .. })
        );
        if !refreshed {
            self.registration_since = now;
        }
        if self.registration != state {
            self.registration = state;
            self.outputs.event(Event::RegistrationChanged);
        }
    }

    fn on_signal(&mut self, now: Now, id: CallId, signal: Signal) {
        let registered = matches!(self.registration, RegistrationState::Registered { .. });
        if let Some((call, out)) = self.call_mut(id) {
            let was_over = call.result().is_some();
            call.on_signal(now, signal, registered, out);
            let is_busy = CallPhase::Terminated {
                cause: EndCause::RemoteBusy,
                at: now,
            };
            if !was_over && *call.phase() == is_busy {
                self.busy_until = Some(now.mono + BUSY_TONE);
            }
            return;
        }
        match signal {
            Signal::Incoming {
                from,
                offer,
                linked_id,
            } => {
                self.incoming(now, id, from, offer, linked_id);
            }
            // We gave up long ago, and now somebody answers: do not leave them on a dead line.
            Signal::Accepted { .. } => self.outputs.sip(id, SipAction::Bye),
            Signal::Reoffered { .. } => {
                self.outputs
                    .sip(id, SipAction::RefuseReoffer { status: 481 });
            }
            Signal::Progress { .. }
            | Signal::Refused { .. }
            | Signal::Canceled { .. }
            | Signal::Confirmed { .. }
            | Signal::ReofferAccepted { .. }
            | Signal::ReofferRefused { .. }
            | Signal::TransferProgress { .. }
            | Signal::Bye
            | Signal::Closed => tracing::debug!(call = %id, "Signal of an unknown call"),
        }
    }

    fn incoming(
        &mut self,
        now: Now,
        id: CallId,
        from: Peer,
        offer: Option<Sdp>,
        linked_id: Option<String>,
    ) {
        let alerting = self
            .calls
            .iter()
            .filter(|call| call.phase().name() == PhaseName::Alerting)
            .count();
        if alerting >= MAX_ALERTING {
            self.outputs.sip(id, SipAction::Refuse { status: 486 });
            return;
        }
        let call = Call::incoming(now, id, from, offer, linked_id, &mut self.outputs);
        self.calls.push(call);
    }

    fn on_timeout(&mut self, now: Now) {
        for call in &mut self.calls {
            if call.deadline().is_some_and(|deadline| deadline <= now.mono) {
                call.on_deadline(now, &mut self.outputs);
            }
        }
        self.forget(now);
    }
}
