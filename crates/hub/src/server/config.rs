//! The configuration file.

use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// TOML; every entry may be absent. Paths are relative to the file's own folder.
///
/// ```toml
/// key_file = "hub.key"
///
/// [tls]
/// certificate = "chain.pem"
/// key = "key.pem"
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Seals the secrets in the database. Absent: beside the database.
    pub key_file: Option<PathBuf>,
    pub tls: Option<TlsFiles>,
}

/// PEM files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsFiles {
    /// The server's certificate first, then those that lead to the root.
    pub certificate: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    #[error("Read {0}")]
    Read(PathBuf, #[source] io::Error),
    #[error("{0} is not a configuration")]
    Parse(PathBuf, #[source] Box<toml::de::Error>),
}

impl Config {
    /// # Errors
    /// The file cannot be read, or holds something else.
    pub fn read(file: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(file)
            .map_err(|error| ConfigError::Read(file.to_owned(), error))?;
        let mut config: Self = toml::from_str(&text)
            .map_err(|error| ConfigError::Parse(file.to_owned(), Box::new(error)))?;
        let folder = file.parent().unwrap_or(Path::new(""));
        if let Some(key_file) = &mut config.key_file {
            *key_file = folder.join(&key_file);
        }
        if let Some(tls) = &mut config.tls {
            tls.certificate = folder.join(&tls.certificate);
            tls.key = folder.join(&tls.key);
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn paths_are_relative_to_the_file_and_a_misspelt_entry_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hub.toml");
        let text = "key_file = \"k\"\n[tls]\ncertificate = \"c.pem\"\nkey = \"/abs/k.pem\"";
        std::fs::write(&file, text).unwrap();
        let config = Config::read(&file).unwrap();
        assert_eq!(config.key_file, Some(folder.path().join("k")));
        let tls = config.tls.unwrap();
        assert_eq!(tls.certificate, folder.path().join("c.pem"));
        std::fs::write(&file, "keyfile = \"k\"").unwrap();
        assert!(matches!(Config::read(&file), Err(ConfigError::Parse(..))));
    }
}
