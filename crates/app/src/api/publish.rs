//! Pushes whole views to the shells.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use alobar_core::CallId;
use alobar_hub::Command;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{broadcast, oneshot, watch};
use tokio::task::JoinHandle;

use super::calls::CallsView;
use super::error;
use super::memory::UnsentView;
use super::preferences::{Platform, PreferenceTrouble};
use super::view::{
    AccountView, CheckView, DeviceChoice, DeviceView, DevicesView, ErrorView, LevelsView,
    PhoneView, PracticeView, RegistrationView, SettingsView,
};
use crate::call_log::CallLog;
use crate::line::{LineEvent, LineView};
use crate::settings::Settings;

/// Levels and pop-ups are for now: who lags behind loses the oldest.
const BACKLOG: usize = 32;

/// What the hub is to be told.
#[derive(Debug)]
pub(crate) enum News {
    Call {
        practice: bool,
        command: Command,
    },
    /// Everything before it has been told.
    Flush(oneshot::Sender<()>),
}

/// The sending ends of everything a shell watches. Clones send to the same watchers.
#[derive(Debug, Clone)]
pub(crate) struct Publisher(Arc<Ends>);

#[derive(Debug)]
struct Ends {
    phone: watch::Sender<PhoneView>,
    settings: watch::Sender<SettingsView>,
    devices: watch::Sender<DevicesView>,
    levels: broadcast::Sender<LevelsView>,
    popups: broadcast::Sender<CallId>,
    calls: watch::Sender<CallsView>,
    unsent: watch::Sender<UnsentView>,
    log: Mutex<CallLog>,
    news: UnboundedSender<News>,
    follower: Mutex<Option<JoinHandle<()>>>,
}

impl Publisher {
    /// Also answers what the hub is to be told of the calls.
    pub(crate) fn new(settings: &Settings, keyring: bool) -> (Self, UnboundedReceiver<News>) {
        let (news, told) = unbounded_channel();
        let ends = Ends {
            phone: watch::Sender::new(PhoneView::default()),
            settings: watch::Sender::new(SettingsView {
                keyring,
                version: env!("CARGO_PKG_VERSION").to_owned(),
                platform: Platform::HERE,
                ..SettingsView::default()
            }),
            devices: watch::Sender::default(),
            levels: broadcast::Sender::new(BACKLOG),
            popups: broadcast::Sender::new(BACKLOG),
            calls: watch::Sender::default(),
            unsent: watch::Sender::default(),
            log: Mutex::default(),
            news,
            follower: Mutex::new(None),
        };
        let publisher = Self(Arc::new(ends));
        publisher.settings_changed(settings);
        (publisher, told)
    }

    pub(crate) fn phone(&self) -> watch::Receiver<PhoneView> {
        self.0.phone.subscribe()
    }

    pub(crate) fn settings(&self) -> watch::Receiver<SettingsView> {
        self.0.settings.subscribe()
    }

    pub(crate) fn devices(&self) -> watch::Receiver<DevicesView> {
        self.0.devices.subscribe()
    }

    pub(crate) fn levels(&self) -> broadcast::Receiver<LevelsView> {
        self.0.levels.subscribe()
    }

    pub(crate) fn popups(&self) -> broadcast::Receiver<CallId> {
        self.0.popups.subscribe()
    }

    pub(crate) fn calls(&self) -> watch::Receiver<CallsView> {
        self.0.calls.subscribe()
    }

    pub(crate) fn unsent(&self) -> watch::Receiver<UnsentView> {
        self.0.unsent.subscribe()
    }

    pub(crate) fn unsent_is(&self, change: impl FnOnce(&mut UnsentView)) {
        self.0.unsent.send_modify(|view| {
            change(view);
            view.revision += 1;
        });
    }

    /// Changes the list of calls and pushes it.
    pub(crate) fn change_log<T>(&self, change: impl FnOnce(&mut CallLog) -> T) -> T {
        let mut log = self.lock_log();
        let done = change(&mut log);
        log.changed();
        self.0.calls.send_replace(log.view().clone());
        done
    }

    fn follow_calls(&self) {
        let phone = self.0.phone.borrow();
        let practice = phone.practice.is_some();
        let mut log = self.lock_log();
        if !log.follow(&phone.calls, practice, phone.now_ms) {
            return;
        }
        log.changed();
        self.0.calls.send_replace(log.view().clone());
        for (practice, command) in log.news() {
            // Fails only when the program ends.
            let _ = self.0.news.send(News::Call { practice, command });
        }
    }

    /// Waits until everything about the calls so far is on the disk.
    pub(crate) async fn told(&self) {
        let (done, told) = oneshot::channel();
        if self.0.news.send(News::Flush(done)).is_ok() {
            // Fails only when the program ends.
            let _ = told.await;
        }
    }

    fn lock_log(&self) -> std::sync::MutexGuard<'_, CallLog> {
        self.0.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn preference_troubles(&self, troubles: Vec<PreferenceTrouble>) {
        self.0.settings.send_modify(|view| view.troubles = troubles);
    }

    pub(crate) fn settings_changed(&self, settings: &Settings) {
        self.0.settings.send_modify(|view| {
            view.language = settings.language;
            view.server.clone_from(&settings.server);
            view.user.clone_from(&settings.user);
            view.preferences.clone_from(&settings.preferences);
        });
    }

    /// Reads the devices again (on a thread of its own: a sound system may take its time).
    pub(crate) fn devices_changed(&self, chosen: DeviceChoice) {
        let publisher = self.clone();
        tokio::task::spawn_blocking(move || {
            let devices = crate::line::devices().unwrap_or_else(|failure| {
                tracing::warn!(%failure, "List the devices");
                alobar_media::Devices::default()
            });
            publisher.0.devices.send_modify(|view| {
                view.inputs = devices.inputs.into_iter().map(device).collect();
                view.outputs = devices.outputs.into_iter().map(device).collect();
                view.chosen = chosen;
            });
        });
    }

    pub(crate) fn check_is(&self, check: CheckView) {
        self.0.devices.send_if_modified(|view| {
            let changed = view.check != check;
            view.check = check;
            changed
        });
    }

    pub(crate) fn levels_are(&self, levels: LevelsView) {
        // Without a window nobody listens.
        let _ = self.0.levels.send(levels);
    }

    pub(crate) fn notice(&self, notice: Option<ErrorView>) {
        self.change(|view| view.notice = notice);
    }

    /// Shows that what is shown is practice, until [`Publisher::signed_out`].
    pub(crate) fn practice(&self, practice: PracticeView) {
        self.change(|view| view.practice = Some(practice));
    }

    /// Shows a line until [`Publisher::signed_out`] or the next one.
    pub(crate) fn follow(
        &self,
        account: AccountView,
        line: watch::Receiver<LineView>,
        events: broadcast::Receiver<LineEvent>,
    ) {
        self.change(|view| {
            view.account = Some(account);
            view.notice = None;
        });
        let follower = tokio::spawn(follow(self.clone(), line, events));
        self.replace_follower(Some(follower));
    }

    /// Whether the keyring has the password of the account that is shown.
    pub(crate) fn password_kept(&self, kept: bool) {
        self.change(|view| {
            if let Some(account) = &mut view.account {
                account.password_kept = kept;
            }
        });
    }

    pub(crate) fn signed_out(&self) {
        self.replace_follower(None);
        self.change(|view| {
            *view = PhoneView {
                revision: view.revision,
                ..PhoneView::default()
            };
        });
    }

    fn replace_follower(&self, follower: Option<JoinHandle<()>>) {
        let mut slot = self
            .0
            .follower
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = std::mem::replace(&mut *slot, follower) {
            old.abort();
        }
    }

    fn change(&self, change: impl FnOnce(&mut PhoneView)) {
        self.0.phone.send_modify(|view| {
            change(view);
            view.revision += 1;
            view.now_ms = now_ms();
        });
        self.follow_calls();
    }

    fn event(&self, event: LineEvent) {
        match event {
            LineEvent::PopupDue(call) => {
                // Without a window nobody listens.
                let _ = self.0.popups.send(call);
            }
            LineEvent::Levels {
                microphone,
                speaker,
            } => self.levels_are(LevelsView {
                microphone,
                speaker,
            }),
            LineEvent::CallTrouble { code, status, .. } => {
                self.notice(Some(error::call_trouble(code, status)));
            }
            LineEvent::DeviceTrouble { code } => self.notice(Some(error::view(code))),
            LineEvent::DevicesChanged => {
                let chosen = self.0.devices.borrow().chosen.clone();
                self.devices_changed(chosen);
            }
            LineEvent::Registration(_)
            | LineEvent::Call(_)
            | LineEvent::Stats { .. }
            | LineEvent::SourceFinished => {}
        }
    }
}

async fn follow(
    publisher: Publisher,
    mut line: watch::Receiver<LineView>,
    mut events: broadcast::Receiver<LineEvent>,
) {
    loop {
        let LineView {
            registration,
            calls,
            muted,
        } = line.borrow_and_update().clone();
        publisher.change(|view| {
            view.registration = registration;
            view.calls = calls;
            view.muted = muted;
        });
        loop {
            tokio::select! {
                changed = line.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                event = events.recv() => match event {
                    Ok(event) => publisher.event(event),
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => return,
                },
            }
        }
    }
}

/// Whether the registration has an outcome, and which.
pub(super) fn outcome(registration: &RegistrationView) -> Option<Result<(), ErrorView>> {
    match registration {
        RegistrationView::Registered { .. } => Some(Ok(())),
        RegistrationView::Failed { error, .. } => Some(Err(error.clone())),
        RegistrationView::Offline
        | RegistrationView::Connecting { .. }
        | RegistrationView::Registering { .. }
        | RegistrationView::Unregistering => None,
    }
}

fn device(device: alobar_media::Device) -> DeviceView {
    DeviceView {
        id: device.id,
        name: device.name,
        is_default: device.is_default,
    }
}

pub(super) fn now_ms() -> f64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_millis() as f64
}
