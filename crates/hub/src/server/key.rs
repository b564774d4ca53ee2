//! The key that seals the secrets in the database.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::seal::Key;

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyFileError {
    #[error("Read {0}")]
    Read(PathBuf, #[source] io::Error),
    #[error("Write {0}")]
    Write(PathBuf, #[source] io::Error),
    #[error("{0} is no key of a hub: 64 hex digits")]
    Malformed(PathBuf),
    #[error("No random numbers")]
    Random,
}

/// Reads the key; makes it when the file is not there. Only this user reads it (on Windows, whoever
/// may read the folder).
///
/// # Errors
/// The file cannot be read or written, or is no key.
pub fn read_or_make(file: &Path) -> Result<Key, KeyFileError> {
    match fs::read_to_string(file) {
        Ok(text) => parse(text.trim()).ok_or_else(|| KeyFileError::Malformed(file.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => make(file),
        Err(error) => Err(KeyFileError::Read(file.to_owned(), error)),
    }
}

fn make(file: &Path) -> Result<Key, KeyFileError> {
    let key = Key::random().map_err(|_| KeyFileError::Random)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let failed = |error| KeyFileError::Write(file.to_owned(), error);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    match options.open(file) {
        Ok(mut open) => {
            let digits = key.as_bytes().iter().map(|byte| format!("{byte:02x}"));
            writeln!(open, "{}", digits.collect::<String>()).map_err(failed)?;
            open.sync_all().map_err(failed)?;
            Ok(key)
        }
        // Another hub has made it at the same moment.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => read_or_make(file),
        Err(error) => Err(failed(error)),
    }
}

fn parse(digits: &str) -> Option<Key> {
    let mut bytes = [0; 32];
    if digits.len() != 64 || !digits.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(Key::from_bytes(bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn the_key_is_made_once_and_only_this_user_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep").join("hub.key");
        let made = read_or_make(&file).unwrap();
        assert_eq!(read_or_make(&file).unwrap(), made);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(&file, "no key").unwrap();
        assert!(matches!(
            read_or_make(&file),
            Err(KeyFileError::Malformed(_))
        ));
    }
}
