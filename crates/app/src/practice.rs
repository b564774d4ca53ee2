//! The practice exchange in use: one task owns it and sends the simulated customers.

use std::io;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use alobar_practice::{Practice, PracticeConfig, PracticeError, PracticeEvent};
use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};

use crate::account::AccountFile;
use crate::api::view::PracticeView;
use crate::stored;

/// The desk of the person who practises.
const EXTENSION: &str = "1001";
/// A customer who has not rung by then will not.
const COMING: Duration = Duration::from_secs(10);

/// Stored as `practice.json` in the data folder, apart from what belongs to the real account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PracticeFile {
    /// How many have called since the first time: each brings somebody new.
    pub customers: u64,
}

impl PracticeFile {
    pub(crate) fn load(data_dir: &Path) -> Self {
        stored::load(&file(data_dir))
    }

    fn save(&self, data_dir: &Path) -> io::Result<()> {
        stored::save(self, &file(data_dir))
    }
}

fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("practice.json")
}

/// A running practice exchange.
#[derive(Debug)]
pub(crate) struct Practising {
    requests: mpsc::UnboundedSender<Request>,
    account: AccountFile,
}

#[derive(Debug)]
enum Request {
    NextCustomer,
    Stop(oneshot::Sender<()>),
}

impl Practising {
    /// Starts the exchange. The first customer comes once the account of
    /// [`Practising::account`] has registered; `show` is told whatever the screens need.
    pub(crate) async fn start(
        data_dir: &Path,
        show: impl Fn(PracticeView) + Send + 'static,
    ) -> Result<Self, PracticeError> {
        let file = PracticeFile::load(data_dir);
        let (exchange, events) = Practice::start(PracticeConfig {
            speed: NonZeroU32::MIN,
            seed: file.customers,
            foreign_phones: false,
        })
        .await?;
        let mut account = AccountFile::from_form(exchange.server(), EXTENSION);
        account.password = Some(exchange.password().clone());
        let (requests, inbox) = mpsc::unbounded_channel();
        let host = Host {
            exchange,
            data_dir: data_dir.to_owned(),
            file,
            show: Box::new(show),
            view: PracticeView::default(),
            coming_until: None,
            welcomed: false,
        };
        host.tell();
        tokio::spawn(host.run(inbox, events));
        Ok(Self { requests, account })
    }

    /// Where and as whom to register.
    pub(crate) fn account(&self) -> &AccountFile {
        &self.account
    }

    /// Has one more simulated customer call.
    pub(crate) fn next_customer(&self) {
        // The task ends only with this value.
        let _ = self.requests.send(Request::NextCustomer);
    }

    /// Hangs up all calls and ends; takes at most some seconds.
    pub(crate) async fn stop(self) {
        let (done, ended) = oneshot::channel();
        if self.requests.send(Request::Stop(done)).is_ok() {
            // The sender is dropped when all is done.
            let _ = ended.await;
        }
    }
}

/// The task behind a [`Practising`].
struct Host {
    exchange: Practice,
    data_dir: PathBuf,
    file: PracticeFile,
    show: Box<dyn Fn(PracticeView) + Send>,
    view: PracticeView,
    coming_until: Option<Instant>,
    /// The first customer has been sent.
    welcomed: bool,
}

impl Host {
    async fn run(
        mut self,
        mut requests: mpsc::UnboundedReceiver<Request>,
        mut events: mpsc::UnboundedReceiver<PracticeEvent>,
    ) {
        let done = loop {
            let late = self.coming_until;
            tokio::select! {
                request = requests.recv() => match request {
                    Some(Request::NextCustomer) => self.send_customer(),
                    Some(Request::Stop(done)) => break Some(done),
                    None => break None,
                },
                Some(event) = events.recv() => self.on_event(event),
                () = sleep(late), if late.is_some() => self.nobody_is_coming(),
            }
        };
        self.exchange.stop().await;
        drop(done);
    }

    fn on_event(&mut self, event: PracticeEvent) {
        match event {
            PracticeEvent::Registered { extension } => {
                if extension == EXTENSION && !self.welcomed {
                    self.welcomed = true;
                    self.send_customer();
                }
            }
            PracticeEvent::CustomerDone { outcome, .. } => {
                tracing::info!(outcome = outcome.code(), "Simulated customer done");
                self.view.last_outcome = Some(outcome.code().to_owned());
                self.nobody_is_coming();
            }
            PracticeEvent::KeysRead { .. } => {}
        }
    }

    fn send_customer(&mut self) {
        self.exchange.call(EXTENSION);
        self.file.customers += 1;
        if let Err(failure) = self.file.save(&self.data_dir) {
            // The worst of it: the same people call again next time.
            tracing::warn!(%failure, "Count the simulated customer");
        }
        self.coming_until = Some(Instant::now() + COMING);
        self.view.customer_coming = true;
        self.tell();
    }

    fn nobody_is_coming(&mut self) {
        self.coming_until = None;
        self.view.customer_coming = false;
        self.tell();
    }

    fn tell(&self) {
        (self.show)(self.view.clone());
    }
}

async fn sleep(until: Option<Instant>) {
    match until {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}
