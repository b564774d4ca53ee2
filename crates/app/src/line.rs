//! One account in use: the task that owns the [`Phone`] and its two edges.
//!
//! Shells send requests and listen; the task tells the phone what happened and what time it is,
//! and hands each output to the edge it is for.

mod driver;

use alobar_core::{
    CallId, CallIds, Command, DialFormat, Phone, PhoneConfig, RegistrationState, Rejected,
};
use alobar_media::{CallStats, Devices, Media, MediaConfig};
use alobar_sip::{LadderLine, UserAgent};
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use crate::api::view::{CallView, DeviceChoice, RegistrationView};
use driver::Driver;

/// How many events a slow listener may lag behind before it misses some.
const EVENT_BACKLOG: usize = 1024;

/// Everything a line needs to start.
#[derive(Debug)]
pub struct LineConfig {
    pub account: alobar_sip::Account,
    pub dial_format: DialFormat,
    pub media: MediaConfig,
    /// Where the ids of its calls come from: lines that share it never share an id.
    pub ids: CallIds,
}

/// What the shells show of a line, whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineView {
    pub registration: RegistrationView,
    pub calls: Vec<CallView>,
    pub muted: bool,
}

/// What happened on a line, one by one.
#[derive(Debug, Clone)]
pub enum LineEvent {
    Registration(RegistrationState),
    Call(CallView),
    Stats {
        call: CallId,
        stats: CallStats,
    },
    /// An incoming call: the callbar comes up by itself (CB-10).
    PopupDue(CallId),
    /// Hold, resume or transfer did not work; the call goes on.
    CallTrouble {
        call: CallId,
        code: &'static str,
        status: u16,
    },
    Levels {
        microphone: f32,
        speaker: f32,
    },
    DevicesChanged,
    /// A chosen device is gone or cannot be opened.
    DeviceTrouble {
        code: &'static str,
    },
    /// The file played instead of a microphone is at its end.
    SourceFinished,
}

/// Why a line could not be started.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    #[error("Start the sound")]
    Media(#[from] alobar_media::MediaError),
    #[error("Start the signalling")]
    Sip(#[from] alobar_sip::AccountError),
}

/// A line in use. Dropping it does not end the calls: [`Line::stop`] does.
#[derive(Debug, Clone)]
pub struct Line {
    requests: mpsc::UnboundedSender<Request>,
    ids: CallIds,
    view: watch::Receiver<LineView>,
    events: broadcast::Sender<LineEvent>,
}

#[derive(Debug)]
enum Request {
    Command(Command, oneshot::Sender<Result<(), Rejected>>),
    ChooseDevices(DeviceChoice),
    Reconnect,
    Ladder(CallId, oneshot::Sender<Vec<LadderLine>>),
    Stop(oneshot::Sender<()>),
}

impl Line {
    /// Starts registering and returns at once.
    pub fn start(config: LineConfig) -> Result<(Line, broadcast::Receiver<LineEvent>), LineError> {
        let ids = config.ids;
        let (media, media_reports) = Media::start(config.media)?;
        let (sip, sip_events) = UserAgent::start(config.account, ids.clone())?;
        let (requests, inbox) = mpsc::unbounded_channel();
        let (events, first_listener) = broadcast::channel(EVENT_BACKLOG);
        let (view_sender, view) = watch::channel(LineView::default());
        let phone = Phone::new(PhoneConfig {
            dial_format: config.dial_format,
        });
        let driver = Driver::new(phone, sip, media, view_sender, events.clone());
        tokio::spawn(driver.run(inbox, sip_events, media_reports));
        Ok((
            Line {
                requests,
                ids,
                view,
                events,
            },
            first_listener,
        ))
    }

    /// An id for the next `Dial`.
    pub fn next_call_id(&self) -> CallId {
        self.ids.next_id()
    }

    /// Asks the phone; the answer tells only whether this state allows it.
    pub async fn command(&self, command: Command) -> Result<(), Rejected> {
        self.ask(|reply| Request::Command(command, reply))
            .await
            .unwrap_or(Err(Rejected::NotRegistered))
    }

    /// The present view, and every later one.
    pub fn view(&self) -> watch::Receiver<LineView> {
        self.view.clone()
    }

    pub fn events(&self) -> broadcast::Receiver<LineEvent> {
        self.events.subscribe()
    }

    pub fn choose_devices(&self, choice: DeviceChoice) {
        self.tell(Request::ChooseDevices(choice));
    }

    /// Tries to register at once instead of waiting for the next attempt.
    pub fn reconnect(&self) {
        self.tell(Request::Reconnect);
    }

    /// The redacted SIP messages of a call.
    pub async fn ladder(&self, call: CallId) -> Vec<LadderLine> {
        self.ask(|reply| Request::Ladder(call, reply))
            .await
            .unwrap_or_default()
    }

    /// Hangs up, unregisters (bounded at 3 s) and ends.
    pub async fn stop(&self) {
        if self.ask(Request::Stop).await.is_none() {
            tracing::debug!("The line had ended before");
        }
    }

    fn tell(&self, request: Request) {
        if self.requests.send(request).is_err() {
            tracing::debug!("Request to a line that has ended");
        }
    }

    async fn ask<T>(&self, request: impl FnOnce(oneshot::Sender<T>) -> Request) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        self.tell(request(reply));
        answer.await.ok()
    }
}

/// The devices of this machine, for the settings window and `alobar devices`.
pub fn devices() -> Result<Devices, alobar_media::AudioError> {
    alobar_media::devices()
}
