//! Practice: the line goes to the exchange in the box, and back to where it was.

use super::check::in_call;
use super::error;
use super::handle::PhoneHandle;
use super::view::{ErrorView, PracticeView};
use crate::account::AccountFile;
use crate::practice::Practising;

/// Practice under way.
#[derive(Debug)]
pub(super) struct Rehearsal {
    exchange: Practising,
    before: Option<RealAccount>,
}

/// The account that was in use before practice. In memory only, as its line was.
#[derive(Debug, Clone)]
struct RealAccount {
    account: AccountFile,
    password_kept: bool,
}

impl Rehearsal {
    pub(super) async fn stop(self) {
        self.exchange.stop().await;
    }
}

impl PhoneHandle {
    /// Starts the practice exchange in this process and moves the line to it; a simulated customer
    /// calls soon. Nothing of the real account changes. Refused while a call is up.
    pub async fn start_practice(&self) -> Result<(), ErrorView> {
        let _turn = self.0.turn.lock().await;
        if self.0.rehearsal.lock().await.is_some() {
            return Ok(());
        }
        if in_call(&self.phone().borrow()) {
            return Err(error::view("another_call_in_progress"));
        }
        let before = self.real_account().await;
        self.close_line().await;
        let started = self.open_practice(before.clone()).await;
        if started.is_err() {
            self.close_line().await;
            self.reopen(before).await;
        }
        started
    }

    /// Ends practice: the real account registers again, or nobody is signed in, as before.
    pub async fn leave_practice(&self) -> Result<(), ErrorView> {
        let _turn = self.0.turn.lock().await;
        self.end_practice().await;
        Ok(())
    }

    /// One more simulated customer calls.
    pub async fn next_customer(&self) -> Result<(), ErrorView> {
        match self.0.rehearsal.lock().await.as_ref() {
            Some(rehearsal) => {
                rehearsal.exchange.next_customer();
                Ok(())
            }
            None => Err(error::view("not_practising")),
        }
    }

    /// [`PhoneHandle::leave_practice`] within a turn; answers whether there was practice.
    pub(super) async fn end_practice(&self) -> bool {
        let before = match self.0.rehearsal.lock().await.as_ref() {
            Some(rehearsal) => rehearsal.before.clone(),
            None => return false,
        };
        self.close_line().await;
        self.reopen(before).await;
        true
    }

    async fn open_practice(&self, before: Option<RealAccount>) -> Result<(), ErrorView> {
        let publisher = self.0.publisher.clone();
        let show = move |view: PracticeView| publisher.practice(view);
        let exchange = Practising::start(&self.0.data_dir, show)
            .await
            .map_err(|failure| {
                tracing::warn!(?failure, "Start the practice exchange");
                error::view("practice_not_started")
            })?;
        let account = exchange.account().clone();
        *self.0.rehearsal.lock().await = Some(Rehearsal { exchange, before });
        self.begin_line(&account, false)
            .await
            .map_err(|failure| error::account(&failure))
    }

    async fn real_account(&self) -> Option<RealAccount> {
        let account = self.0.line.lock().await.as_ref()?.account.clone();
        let shown = self.phone().borrow().account.clone();
        Some(RealAccount {
            account,
            password_kept: shown.is_some_and(|account| account.password_kept),
        })
    }

    async fn reopen(&self, before: Option<RealAccount>) {
        let Some(before) = before else { return };
        if let Err(failure) = self.open_line(&before.account, before.password_kept).await {
            tracing::warn!(%failure, "Not signed in as before practice");
            self.0.publisher.notice(Some(error::account(&failure)));
        }
    }
}
