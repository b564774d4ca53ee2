//! The task behind a [`Line`](super::Line).

use std::collections::HashMap;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use alobar_core::{
    Call, CallId, Command, Event, Input, MediaEvent, MediaFailure, MediaPath, Mono, Now, Output,
    Phone, Rejected, Wall,
};
use alobar_media::{CallStats, Media, MediaReport};
use alobar_sip::{SipEvent, UserAgent};
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use super::{LineEvent, LineView, Request};
use crate::api::view::{CallView, RegistrationView};
use crate::view;

pub(super) struct Driver {
    phone: Phone,
    sip: UserAgent,
    media: Media,
    started: Instant,
    registration: RegistrationView,
    stats: HashMap<CallId, CallStats>,
    /// What the last [`LineEvent::Call`] of each call said.
    told: HashMap<CallId, CallView>,
    view: watch::Sender<LineView>,
    events: broadcast::Sender<LineEvent>,
}

impl Driver {
    pub(super) fn new(
        phone: Phone,
        sip: UserAgent,
        media: Media,
        view: watch::Sender<LineView>,
        events: broadcast::Sender<LineEvent>,
    ) -> Self {
        Self {
            phone,
            sip,
            media,
            started: Instant::now(),
            registration: RegistrationView::default(),
            stats: HashMap::new(),
            told: HashMap::new(),
            view,
            events,
        }
    }

    /// Until the line is stopped, or every [`Line`](super::Line) is gone.
    pub(super) async fn run(
        mut self,
        mut inbox: mpsc::UnboundedReceiver<Request>,
        mut sip: mpsc::UnboundedReceiver<SipEvent>,
        mut media: mpsc::UnboundedReceiver<MediaReport>,
    ) {
        loop {
            let deadline = self.phone.next_timeout().map(|at| self.started + at.0);
            tokio::select! {
                request = inbox.recv() => match request {
                    Some(Request::Stop(done)) => return self.stop(sip, media, done).await,
                    Some(request) => self.request(request),
                    None => return,
                },
                Some(event) = sip.recv() => self.sip_event(event),
                Some(report) = media.recv() => self.media_report(report),
                () = sleep_until(deadline) => self.observe(Input::Timeout),
            }
            self.publish();
        }
    }

    fn request(&mut self, request: Request) {
        match request {
            Request::Command(command, reply) => {
                let outcome = self.handle(Input::Command(command));
                if reply.send(outcome).is_err() {
                    tracing::debug!("Nobody waits for the command's answer");
                }
            }
            Request::ChooseDevices(choice) => self.media.choose_devices(choice.into()),
            Request::Reconnect => self.sip.reconnect(),
            Request::Ladder(call, reply) => {
                if reply.send(self.sip.ladder(call)).is_err() {
                    tracing::debug!("Nobody waits for the ladder");
                }
            }
            Request::Stop(_) => {}
        }
    }

    fn sip_event(&mut self, event: SipEvent) {
        match event {
            SipEvent::Registration(state) => {
                self.registration = view::registration(&state, self.now(), &self.registration);
                self.emit(LineEvent::Registration(state.clone()));
                self.observe(Input::Registration(state));
            }
            SipEvent::Call { call, signal } => self.observe(Input::Sip { call, signal }),
        }
    }

    fn media_report(&mut self, report: MediaReport) {
        match report {
            MediaReport::Call { call, event } => self.observe(Input::Media { call, event }),
            MediaReport::Stats { call, stats } => {
                self.stats.insert(call, stats);
                self.emit(LineEvent::Stats { call, stats });
            }
            MediaReport::Levels {
                microphone,
                speaker,
            } => self.emit(LineEvent::Levels {
                microphone,
                speaker,
            }),
            MediaReport::DevicesChanged => self.emit(LineEvent::DevicesChanged),
            MediaReport::DeviceLost { .. } => self.emit(LineEvent::DeviceTrouble {
                code: "device_lost",
            }),
            MediaReport::DeviceFailed { failure } => {
                self.device_failed(failure);
            }
            MediaReport::SourceFinished => self.emit(LineEvent::SourceFinished),
        }
    }

    /// No silent call: one that is only being set up ends. One that is under way goes on, because
    /// the headset may come back, and the person is told.
    fn device_failed(&mut self, failure: MediaFailure) {
        self.emit(LineEvent::DeviceTrouble {
            code: failure.code(),
        });
        let setting_up = self.phone.focus().filter(|focus| {
            self.phone
                .call(*focus)
                .is_some_and(|call| call.media() == MediaPath::Connecting)
        });
        if let Some(call) = setting_up {
            self.observe(Input::Media {
                call,
                event: MediaEvent::Failed(failure),
            });
        }
    }

    /// An input that nobody waits for: the phone refuses only commands.
    fn observe(&mut self, input: Input) {
        if let Err(rejected) = self.handle(input) {
            tracing::warn!(
                code = rejected.code(),
                "The phone refused what only happened"
            );
        }
    }

    fn handle(&mut self, input: Input) -> Result<(), Rejected> {
        let outcome = self.phone.handle(self.now(), input);
        while let Some(output) = self.phone.poll_output() {
            self.perform(output);
        }
        outcome
    }

    fn perform(&mut self, output: Output) {
        match output {
            Output::Sip { call, action } => self.sip.perform(call, action),
            Output::Media { call, action } => self.media.perform(call, action),
            Output::Tone(tone) => self.media.tone(tone),
            Output::Event(event) => self.event(event),
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::CallAdded { call } => {
                tracing::info!(%call, "Call added");
                self.show_call(call);
            }
            Event::CallChanged { call } => self.show_call(call),
            Event::CallEnded { call, cause } => {
                tracing::info!(%call, cause = cause.code(), status = cause.status(), "Call ended");
                self.show_call(call);
            }
            Event::CallRemoved { call } => {
                self.stats.remove(&call);
                self.told.remove(&call);
            }
            Event::PopupDue { call } => self.emit(LineEvent::PopupDue(call)),
            Event::TransferFailed { call, status } => {
                self.emit(LineEvent::CallTrouble {
                    call,
                    code: "transfer_failed",
                    status,
                });
            }
            Event::HoldFailed { call, status } => {
                self.emit(LineEvent::CallTrouble {
                    call,
                    code: "hold_failed",
                    status,
                });
            }
            Event::RegistrationChanged | Event::MuteChanged => {}
        }
    }

    /// Tells of a call, unless nothing that shows has changed.
    fn show_call(&mut self, id: CallId) {
        let Some(call) = self.phone.call(id) else {
            return;
        };
        let view = view::call(call, self.phone.focus(), None);
        if self.told.get(&id) != Some(&view) {
            self.told.insert(id, view.clone());
            self.emit(LineEvent::Call(view));
        }
    }

    fn emit(&self, event: LineEvent) {
        // No listener is fine: the view carries the state.
        let _ = self.events.send(event);
    }

    fn publish(&self) {
        let fresh = view::line(&self.phone, &self.registration, &self.stats);
        self.view.send_if_modified(|shown| {
            let changed = *shown != fresh;
            *shown = fresh;
            changed
        });
    }

    async fn stop(
        mut self,
        mut sip: mpsc::UnboundedReceiver<SipEvent>,
        mut reports: mpsc::UnboundedReceiver<MediaReport>,
        done: oneshot::Sender<()>,
    ) {
        let calls: Vec<CallId> = self.phone.calls().iter().map(Call::id).collect();
        for call in calls {
            // A call that is ending already refuses, which is as good.
            let _ = self.handle(Input::Command(Command::HangUp { call }));
        }
        let farewells = async {
            while self
                .phone
                .calls()
                .iter()
                .any(|call| call.result().is_none())
            {
                let Some(event) = sip.recv().await else {
                    return;
                };
                self.sip_event(event);
            }
        };
        if tokio::time::timeout(Duration::from_secs(2), farewells)
            .await
            .is_err()
        {
            tracing::info!("The exchange did not confirm every hang-up");
        }
        let Driver {
            sip, media, events, ..
        } = self;
        sip.stop().await;
        media.stop().await;
        while let Ok(report) = reports.try_recv() {
            if let MediaReport::Stats { call, stats } = report {
                let _ = events.send(LineEvent::Stats { call, stats });
            }
        }
        let _ = done.send(());
    }

    fn now(&self) -> Now {
        let wall = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Now {
            mono: Mono(self.started.elapsed()),
            wall: Wall(wall.as_millis() as u64),
        }
    }
}

async fn sleep_until(deadline: Option<Instant>) {
    match deadline {
        Some(at) => tokio::time::sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}
