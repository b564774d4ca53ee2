//! The desktop's notification server, played by the test: it shows nothing, remembers everything
//! and presses the buttons that a person would.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use alobar_e2e::desktop::{Desktop, until};
use anyhow::{Context, Result};
use zbus::{
    blocking::{Connection, connection},
    interface,
    object_server::SignalEmitter,
    zvariant::OwnedValue,
};

const PATH: &str = "/org/freedesktop/Notifications";
/// The reasons of `NotificationClosed`.
const DISMISSED: u32 = 2;
const CLOSED_BY_CALL: u32 = 3;

/// One notification, as it was asked for last.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    id: u32,
    pub(crate) summary: String,
    pub(crate) body: String,
    /// `(key, label)` of each button, the click on the bubble itself (`default`) among them.
    pub(crate) actions: Vec<(String, String)>,
    pub(crate) is_open: bool,
}

impl Notice {
    /// Key of the button with this label.
    pub(crate) fn action(&self, label: &str) -> Option<&str> {
        let found = self.actions.iter().find(|(_, each)| each == label);
        found.map(|(key, _)| &**key)
    }
}

#[derive(Debug, Clone, Default)]
struct Shown(Arc<Mutex<Vec<Notice>>>);

impl Shown {
    fn lock(&self) -> MutexGuard<'_, Vec<Notice>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self, id: u32) {
        for notice in self.lock().iter_mut().filter(|notice| notice.id == id) {
            notice.is_open = false;
        }
    }
}

#[interface(name = "org.freedesktop.Notifications")]
impl Shown {
    #[expect(clippy::too_many_arguments, reason = "so the protocol has it")]
    fn notify(
        &self,
        _app_name: &str,
        replaces: u32,
        _icon: &str,
        summary: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        let mut shown = self.lock();
        let id = match replaces {
            0 => shown.len() as u32 + 1,
            id => id,
        };
        shown.retain(|notice| notice.id != id);
        let actions = actions.chunks_exact(2);
        shown.push(Notice {
            id,
            summary,
            body,
            actions: actions
                .map(|pair| (pair[0].clone(), pair[1].clone()))
                .collect(),
            is_open: true,
        });
        id
    }

    async fn close_notification(
        &self,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
        id: u32,
    ) -> zbus::fdo::Result<()> {
        self.close(id);
        Ok(Self::notification_closed(&emitter, id, CLOSED_BY_CALL).await?)
    }

    fn get_capabilities(&self) -> Vec<&str> {
        vec!["actions", "body", "body-markup"]
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("alobar-e2e", "Alobar", "1", "1.2")
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(
        emitter: &SignalEmitter<'_>,
        id: u32,
        reason: u32,
    ) -> zbus::Result<()>;
}

/// The server on a desktop's session bus; it leaves the bus with the value.
#[derive(Debug)]
pub(crate) struct Notifications {
    shown: Shown,
    connection: Connection,
}

impl Notifications {
    pub(crate) fn start(desktop: &Desktop) -> Result<Notifications> {
        let shown = Shown::default();
        let connection = connection::Builder::address(desktop.bus())?
            .name("org.freedesktop.Notifications")?
            .serve_at(PATH, shown.clone())?
            .build()
            .context("Serve notifications")?;
        Ok(Notifications { shown, connection })
    }

    /// Every notification so far, in order.
    pub(crate) fn all(&self) -> Vec<Notice> {
        self.shown.lock().clone()
    }

    /// The newest notification that fits, waiting until there is one.
    pub(crate) fn wait(&self, what: &str, fits: impl Fn(&Notice) -> bool) -> Result<Notice> {
        let newest = || self.all().into_iter().rev().find(|notice| fits(notice));
        let mut found = None;
        until(what, || {
            found = newest();
            found.is_some()
        })
        .with_context(|| format!("{:#?}", self.all()))?;
        found.context("A notification")
    }

    /// Waits for an open notification that has this button.
    pub(crate) fn wait_button(&self, label: &str) -> Result<Notice> {
        self.wait(&format!("a notification with {label}"), |notice| {
            notice.is_open && notice.action(label).is_some()
        })
    }

    /// Waits until the program has taken the notification back.
    pub(crate) fn wait_closed(&self, notice: &Notice) -> Result<()> {
        let id = notice.id;
        self.wait("the notification to close", |notice| {
            notice.id == id && !notice.is_open
        })
        .map(drop)
    }

    /// Presses a button; the bubble closes, as on the usual desktops.
    pub(crate) fn press(&self, notice: &Notice, label: &str) -> Result<()> {
        let key = notice.action(label).context("The button")?;
        self.shown.close(notice.id);
        let server = self.connection.object_server();
        let server = server.interface::<_, Shown>(PATH)?;
        let emitter = server.signal_emitter();
        zbus::block_on(async {
            Shown::action_invoked(emitter, notice.id, key).await?;
            Shown::notification_closed(emitter, notice.id, DISMISSED).await
        })
        .context("Press a button")
    }
}
