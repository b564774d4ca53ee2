//! [`PhoneHandle`]: what a shell can ask of the program.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use alobar_core::{CallId, CallIds, Pii, RegistrationState};
use alobar_media::{AudioConfig, Input, MediaConfig, Output, Volume};
use tokio::sync::{Mutex, broadcast, watch};

use super::check::Checks;
use super::error;
use super::memory::Memories;
use super::practice::Rehearsal;
use super::publish::Publisher;
use super::server::secure_server;
use super::view::{
    AccountView, DeviceChoice, DevicesView, ErrorView, Language, LevelsView, PhoneView,
    SettingsView, SignIn,
};
use crate::account::{AccountError, AccountFile};
use crate::line::{Line, LineConfig, LineEvent};
use crate::secrets;
use crate::settings::Settings;

/// A sign-in is told its outcome within this time; the line bounds each attempt at 10 s.
const SIGN_IN_BOUND: Duration = Duration::from_secs(12);

/// How a shell starts the program.
#[derive(Debug, Clone)]
pub struct AppOptions {
    /// Settings and log.
    pub data_dir: PathBuf,
    /// Signs in from this file instead of the form.
    pub account_file: Option<PathBuf>,
}

/// The running program. Clones are the same program.
#[derive(Debug, Clone)]
pub struct PhoneHandle(pub(super) Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) data_dir: PathBuf,
    /// Held by whoever exchanges the line for another, from the decision to the outcome.
    pub(super) turn: Mutex<()>,
    pub(super) line: Mutex<Option<OpenLine>>,
    pub(super) rehearsal: Mutex<Option<Rehearsal>>,
    pub(super) settings: Mutex<Settings>,
    pub(super) checks: Checks,
    pub(super) memories: Memories,
    ids: CallIds,
    pub(super) publisher: Publisher,
}

#[derive(Debug)]
pub(super) struct OpenLine {
    line: Line,
    pub(super) account: AccountFile,
}

impl PhoneHandle {
    /// Starts the program; signs in by itself when it can.
    pub async fn start(options: AppOptions) -> anyhow::Result<PhoneHandle> {
        crate::log::to_file(&options.data_dir)?;
        tracing::info!(version = env!("CARGO_PKG_VERSION"), "Start");
        let settings = Settings::load(&options.data_dir);
        let keyring = secrets::available().await;
        let (publisher, news) = Publisher::new(&settings, keyring);
        let handle = PhoneHandle(Arc::new(Inner {
            memories: Memories::new(&options.data_dir),
            data_dir: options.data_dir,
            publisher,
            turn: Mutex::new(()),
            line: Mutex::new(None),
            rehearsal: Mutex::new(None),
            settings: Mutex::new(settings),
            checks: Checks::default(),
            ids: CallIds::default(),
        }));
        handle
            .0
            .publisher
            .devices_changed(handle.0.settings.lock().await.devices.clone());
        handle.remember(news);
        match options.account_file {
            Some(path) => handle.open_line(&AccountFile::read(&path)?, false).await?,
            None => handle.resume_line().await,
        }
        Ok(handle)
    }

    pub fn phone(&self) -> watch::Receiver<PhoneView> {
        self.0.publisher.phone()
    }

    /// Where the settings and the log are.
    pub fn data_dir(&self) -> &Path {
        &self.0.data_dir
    }

    pub fn settings(&self) -> watch::Receiver<SettingsView> {
        self.0.publisher.settings()
    }

    pub fn devices(&self) -> watch::Receiver<DevicesView> {
        self.0.publisher.devices()
    }

    /// Sound levels while a call has the headset.
    pub fn levels(&self) -> broadcast::Receiver<LevelsView> {
        self.0.publisher.levels()
    }

    /// Incoming calls for which the callbar comes up by itself (CB-10).
    pub fn popups(&self) -> broadcast::Receiver<CallId> {
        self.0.publisher.popups()
    }

    /// Registers as the form says and waits for the outcome. The password goes to the keyring.
    pub async fn sign_in(&self, form: SignIn) -> Result<(), ErrorView> {
        let server = secure_server(&form.server)?;
        let user = form.user.trim();
        if user.is_empty() || form.password.is_empty() {
            return Err(error::view("empty_fields"));
        }
        let password = Pii::new(form.password.clone());
        let mut account = AccountFile::from_form(&server, user);
        account.password = Some(password.clone());

        let _turn = self.0.turn.lock().await;
        self.open_line(&account, false)
            .await
            .map_err(|failure| error::account(&failure))?;
        if let Err(refusal) = self.registered().await {
            self.close_line().await;
            return Err(refusal);
        }
        // Only now: a mistyped password must not take the place of a good one.
        let kept = secrets::keep(&server, user, password).await.is_ok();
        self.0.publisher.password_kept(kept);
        self.change_settings(|settings| {
            settings.server.clone_from(&server);
            user.clone_into(&mut settings.user);
            settings.signed_in = kept;
        })
        .await;
        Ok(())
    }

    /// Ends the calls, unregisters and forgets the password. In practice there is nobody to sign
    /// out: it ends, and the real account stays.
    pub async fn sign_out(&self) {
        let _turn = self.0.turn.lock().await;
        if self.end_practice().await {
            return;
        }
        self.close_line().await;
        let (server, user) = {
            let settings = self.0.settings.lock().await;
            (settings.server.clone(), settings.user.clone())
        };
        if let Err(failure) = secrets::forget(&server, &user).await {
            tracing::info!(%failure, "Forget the password");
        }
        self.change_settings(|settings| settings.signed_in = false)
            .await;
    }

    pub async fn choose_devices(&self, choice: DeviceChoice) {
        if let Some(open) = self.0.line.lock().await.as_ref() {
            open.line.choose_devices(choice.clone());
        }
        self.0.checks.choose(choice.clone()).await;
        self.0.publisher.devices_changed(choice.clone());
        self.change_settings(|settings| settings.devices = choice)
            .await;
    }

    pub async fn set_language(&self, language: Language) {
        self.change_settings(|settings| settings.language = language)
            .await;
    }

    pub fn dismiss_notice(&self) {
        self.0.publisher.notice(None);
    }

    /// Ends the calls and unregisters; the person stays signed in for the next start.
    pub async fn stop(&self) {
        self.close_line().await;
        self.0.publisher.told().await;
        tracing::info!("Stop");
    }

    pub(super) async fn line(&self) -> Result<Line, ErrorView> {
        let open = self.0.line.lock().await;
        let line = open.as_ref().map(|open| open.line.clone());
        line.ok_or_else(|| error::view("not_registered"))
    }

    /// Signs in as last time, if the keyring still has the password.
    async fn resume_line(&self) {
        let settings = self.0.settings.lock().await.clone();
        if !settings.signed_in {
            return;
        }
        let account = AccountFile::from_form(&settings.server, &settings.user);
        if let Err(failure) = self.open_line(&account, true).await {
            tracing::info!(%failure, "Not signed in from last time");
        }
    }

    pub(super) async fn open_line(
        &self,
        account: &AccountFile,
        password_kept: bool,
    ) -> Result<(), OpenError> {
        self.close_line().await;
        self.begin_line(account, password_kept).await
    }

    /// Only where no line is open.
    pub(super) async fn begin_line(
        &self,
        account: &AccountFile,
        password_kept: bool,
    ) -> Result<(), OpenError> {
        let devices = self.0.settings.lock().await.devices.clone();
        let sip = account.sip_account().await?;
        let view = AccountView {
            server: account.servers.join(", "),
            user: account.user.clone(),
            secure: sip
                .servers
                .iter()
                .all(|server| server.transport.is_secure()),
            password_kept,
        };
        let (line, events) = Line::start(LineConfig {
            account: sip,
            dial_format: account.dial_format.clone(),
            media: MediaConfig {
                codecs: account.codecs.clone(),
                ice_servers: account.ice_servers.clone(),
                network: account.network(),
                audio: headset(&devices),
            },
            ids: self.0.ids.clone(),
        })?;
        self.0.publisher.follow(view, line.view(), events);
        let account = account.clone();
        *self.0.line.lock().await = Some(OpenLine { line, account });
        Ok(())
    }

    /// The line goes before the exchange it may be registered at.
    pub(super) async fn close_line(&self) {
        let open = self.0.line.lock().await.take();
        let rehearsal = self.0.rehearsal.lock().await.take();
        let shown = open.is_some() || rehearsal.is_some();
        if let Some(open) = open {
            open.line.stop().await;
        }
        if let Some(rehearsal) = rehearsal {
            rehearsal.stop().await;
        }
        if shown {
            self.0.publisher.signed_out();
        }
    }

    /// Waits for the first outcome of the registration.
    async fn registered(&self) -> Result<(), ErrorView> {
        let line = self.line().await?;
        let mut events = line.events();
        let view = line.view();
        let outcome = async {
            if let Some(outcome) = super::publish::outcome(&view.borrow().registration) {
                return outcome;
            }
            loop {
                match events.recv().await {
                    Ok(LineEvent::Registration(RegistrationState::Registered { .. })) => {
                        return Ok(());
                    }
                    Ok(LineEvent::Registration(RegistrationState::Failed { why, .. })) => {
                        return Err(error::registration(why));
                    }
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => {
                        return Err(error::view("timed_out"));
                    }
                }
            }
        };
        tokio::time::timeout(SIGN_IN_BOUND, outcome)
            .await
            .unwrap_or_else(|_| Err(error::view("timed_out")))
    }

    pub(super) async fn change_settings(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.0.settings.lock().await;
        change(&mut settings);
        if let Err(failure) = settings.save(&self.0.data_dir) {
            tracing::warn!(%failure, "Save the settings");
            self.0
                .publisher
                .notice(Some(error::view("settings_not_saved")));
        }
        self.0.publisher.settings_changed(&settings);
    }
}

/// Why a line did not open.
#[derive(Debug, thiserror::Error)]
pub(super) enum OpenError {
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Line(#[from] crate::line::LineError),
}

fn headset(devices: &DeviceChoice) -> AudioConfig {
    AudioConfig {
        input: Input::Device(devices.microphone.clone()),
        output: Output::Device(devices.speaker.clone()),
        ringer: devices.ringer.clone(),
        ring_volume: Volume::from_percent(devices.ring_volume),
        processing: true,
    }
}
