//! The operating system's keyring: the only place a password is kept.

use std::io;
use std::path::Path;
use std::sync::Arc;

use alobar_core::Pii;
use alobar_hub::seal::Key;
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

/// The key of the files in `folder`, made at the first call. Without a keyring it stands in a file
/// beside them that only this user reads: as safe as the files would be without it.
pub(crate) async fn local_key(folder: &Path) -> io::Result<Key> {
    let name = folder.display().to_string();
    match with_entry("local-files", &name, key_in_keyring).await {
        Ok(key) => Ok(key),
        Err(error) => {
            tracing::info!(%error, "The key of the local files stands beside them");
            key_in_file(&folder.join("local.key"))
        }
    }
}

fn key_in_keyring(entry: Entry) -> keyring::Result<Key> {
    match entry.get_secret() {
        Ok(bytes) => match <[u8; 32]>::try_from(bytes) {
            Ok(bytes) => Ok(Key::from_bytes(bytes)),
            Err(bytes) => Err(keyring::Error::BadEncoding(bytes)),
        },
        Err(keyring::Error::NoEntry) => {
            let key =
                Key::random().map_err(|error| keyring::Error::PlatformFailure(error.into()))?;
            entry.set_secret(key.as_bytes())?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
}

fn key_in_file(file: &Path) -> io::Result<Key> {
    match std::fs::read(file) {
        Ok(bytes) => <[u8; 32]>::try_from(bytes)
            .map(Key::from_bytes)
            .map_err(|_| io::ErrorKind::InvalidData.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = Key::random().map_err(io::Error::other)?;
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder)?;
            }
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            io::Write::write_all(&mut options.open(file)?, key.as_bytes())?;
            Ok(key)
        }
        Err(error) => Err(error),
    }
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
