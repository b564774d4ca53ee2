//! The operating system's keyring: the only place a password is kept.

use std::sync::Arc;

use alobar_core::Pii;
use keyring::v1::Entry;

/// Name under which Alobar's secrets stand in the keyring.
const SERVICE: &str = "vn.alobar.desktop";

/// Why the keyring could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SecretError {
    /// No keyring on this machine, or it is locked: the password is asked at each start.
    #[error("No keyring")]
    NoKeyring(#[source] Arc<keyring::Error>),
    #[error("The keyring task ended")]
    TaskEnded(#[from] tokio::task::JoinError),
}

/// The password of `user` at `server`, or `None` when the keyring has none.
pub(crate) async fn password(server: &str, user: &str) -> Result<Option<Pii<String>>, SecretError> {
    with_entry(server, user, |entry| match entry.get_password() {
        Ok(password) => Ok(Some(Pii::new(password))),
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    })
    .await
}

/// Keeps the password of `user` at `server`.
pub(crate) async fn keep(
    server: &str,
    user: &str,
    password: Pii<String>,
) -> Result<(), SecretError> {
    with_entry(server, user, move |entry| {
        entry.set_password(password.reveal())
    })
    .await
}

/// Forgets the password of `user` at `server`.
pub(crate) async fn forget(server: &str, user: &str) -> Result<(), SecretError> {
    with_entry(server, user, |entry| match entry.delete_credential() {
        Err(keyring::Error::NoEntry) => Ok(()),
        other => other,
    })
    .await
}

/// Whether this machine has a keyring that answers.
pub(crate) async fn available() -> bool {
    password("probe", "probe").await.is_ok()
}

/// The keyring blocks (D-Bus, system dialogs), so it gets a thread of its own.
async fn with_entry<T: Send + 'static>(
    server: &str,
    user: &str,
    work: impl FnOnce(Entry) -> keyring::Result<T> + Send + 'static,
) -> Result<T, SecretError> {
    let name = format!("{user}@{server}");
    tokio::task::spawn_blocking(move || Entry::new(SERVICE, &name).and_then(work))
        .await?
        .map_err(|error| SecretError::NoKeyring(Arc::new(error)))
}
