//! The account file: one TOML text that says where and as whom to register.
//!
//! ```toml
//! server = "wss://pbx.example:8089/ws"   # or a list, tried in order
//! user = "1001"
//! password = "…"                          # tests; people keep it in the keyring
//! domain = "pbx.example"                  # SIP domain, when it is not the server's host
//! ca = "company-ca.pem"                   # further trusted CA, relative to this file
//! codecs = ["opus", "g722", "pcma", "pcmu"]
//! dial_format = "national"                # national | +84 | 84 | prefix:9
//! stun = "stun:stun.example:3478"         # or a list
//! turn = { url = "turn:turn.example:3478", username = "…", credential = "…" }   # or a list
//! ```
//!
//! A plain transport (`sip:host;transport=tcp`) is used only because the file names it so.

use std::path::{Path, PathBuf};

use alobar_core::{DialFormat, Pii};
use alobar_media::{Codec, IceServer, Network};
use serde::Deserialize;

/// Why an account file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    #[error("Read {path}")]
    Unreadable {
        path: PathBuf,
        source: std::io::Error,
    },
    /// Not TOML, a missing key or one we do not know. The message may quote the file, hence no
    /// `Display` of it in logs.
    #[error("Account file is not valid")]
    Malformed(#[from] toml::de::Error),
    #[error("Key `codecs` names an unknown codec")]
    UnknownCodec,
    #[error("Key `dial_format` is none of national, +84, 84, prefix:…")]
    UnknownDialFormat,
    #[error("A server address cannot be used")]
    Server(#[from] alobar_sip::ServerError),
    #[error("The account cannot be used")]
    Account(#[from] alobar_sip::AccountError),
    /// Neither the file nor the keyring has a password.
    #[error("No password in the file or the keyring")]
    NoPassword,
}

/// An account with its keys checked, not yet with a password.
#[derive(Debug, Clone)]
pub struct AccountFile {
    pub servers: Vec<String>,
    pub user: String,
    pub password: Option<Pii<String>>,
    pub domain: Option<String>,
    pub ca: Option<Vec<u8>>,
    pub codecs: Vec<Codec>,
    pub dial_format: DialFormat,
    pub ice_servers: Vec<IceServer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    server: OneOrMany<String>,
    user: String,
    password: Option<String>,
    domain: Option<String>,
    ca: Option<PathBuf>,
    codecs: Option<Vec<String>>,
    dial_format: Option<String>,
    stun: Option<OneOrMany<String>>,
    turn: Option<OneOrMany<Turn>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    url: String,
    username: String,
    credential: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> OneOrMany<T> {
    fn into_vec(self) -> Vec<T> {
        match self {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        }
    }
}

impl AccountFile {
    /// Reads and checks the file at `path`.
    pub fn read(path: &Path) -> Result<Self, AccountError> {
        let unreadable = |path: &Path| {
            let path = path.to_owned();
            |source| AccountError::Unreadable { path, source }
        };
        let text = std::fs::read_to_string(path).map_err(unreadable(path))?;
        let keys: Keys = toml::from_str(&text)?;
        let ca = match &keys.ca {
            Some(ca) => {
                let ca = path.parent().unwrap_or(Path::new(".")).join(ca);
                Some(std::fs::read(&ca).map_err(unreadable(&ca))?)
            }
            None => None,
        };
        Self::from_keys(keys, ca)
    }

    /// The account of the sign-in form: one server, everything else as usual.
    pub fn from_form(server: &str, user: &str) -> Self {
        Self {
            servers: vec![server.to_owned()],
            user: user.to_owned(),
            password: None,
            domain: None,
            ca: None,
            codecs: Codec::PREFERENCE.to_vec(),
            dial_format: DialFormat::default(),
            ice_servers: Vec::new(),
        }
    }

    fn from_keys(keys: Keys, ca: Option<Vec<u8>>) -> Result<Self, AccountError> {
        let codecs = match keys.codecs {
            None => Codec::PREFERENCE.to_vec(),
            Some(names) => names
                .iter()
                .map(|name| name.parse().map_err(|_| AccountError::UnknownCodec))
                .collect::<Result<_, _>>()?,
        };
        let dial_format = match keys.dial_format {
            None => DialFormat::default(),
            Some(text) => text.parse().map_err(|_| AccountError::UnknownDialFormat)?,
        };
        let stun = keys.stun.map(OneOrMany::into_vec).unwrap_or_default();
        let turn = keys.turn.map(OneOrMany::into_vec).unwrap_or_default();
        let ice_servers = stun
            .into_iter()
            .map(|url| IceServer {
                url,
                username: None,
                credential: None,
            })
            .chain(turn.into_iter().map(|turn| IceServer {
                url: turn.url,
                username: Some(turn.username),
                credential: Some(Pii::new(turn.credential)),
            }))
            .collect();
        Ok(Self {
            servers: keys.server.into_vec(),
            user: keys.user,
            password: keys.password.map(Pii::new),
            domain: keys.domain,
            ca,
            codecs,
            dial_format,
            ice_servers,
        })
    }

    /// Where the sound of the calls travels: a plain WebSocket never leaves this machine.
    pub fn network(&self) -> Network {
        if self.servers.iter().all(|server| server.starts_with("ws:")) {
            Network::Loopback
        } else {
            Network::Interfaces
        }
    }

    /// The SIP account, with the password of the file or else of the keyring.
    pub async fn sip_account(&self) -> Result<alobar_sip::Account, AccountError> {
        let password = match &self.password {
            Some(password) => password.clone(),
            None => self
                .password_from_keyring()
                .await
                .ok_or(AccountError::NoPassword)?,
        };
        let servers = self
            .servers
            .iter()
            .map(|text| text.parse())
            .collect::<Result<Vec<_>, alobar_sip::ServerError>>()?;
        let mut account = alobar_sip::Account::new(servers, self.user.clone(), password);
        account.domain.clone_from(&self.domain);
        account.ca.clone_from(&self.ca);
        account.validate()?;
        Ok(account)
    }

    async fn password_from_keyring(&self) -> Option<Pii<String>> {
        crate::secrets::password(self.servers.first()?, &self.user)
            .await
            .ok()
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<AccountFile, AccountError> {
        AccountFile::from_keys(toml::from_str(text)?, None)
    }

    #[test]
    fn a_server_may_be_one_or_a_list_tried_in_order() {
        let one = parse("server = 'wss://a/ws'\nuser = '1001'").unwrap();
        assert_eq!(one.servers, ["wss://a/ws"]);
        let two = parse("server = ['wss://a/ws', 'wss://b/ws']\nuser = '1001'").unwrap();
        assert_eq!(two.servers, ["wss://a/ws", "wss://b/ws"]);
    }

    #[test]
    fn a_misspelt_key_is_refused_instead_of_ignored() {
        assert!(matches!(
            parse("server = 'wss://a'\nuser = 'u'\ncodec = ['opus']"),
            Err(AccountError::Malformed(_))
        ));
    }

    #[test]
    fn an_unknown_codec_or_dial_format_is_refused() {
        let codec = parse("server = 'wss://a'\nuser = 'u'\ncodecs = ['g729']");
        assert!(matches!(codec, Err(AccountError::UnknownCodec)));
        let format = parse("server = 'wss://a'\nuser = 'u'\ndial_format = 'martian'");
        assert!(matches!(format, Err(AccountError::UnknownDialFormat)));
    }

    #[test]
    fn stun_and_turn_servers_are_taken_together() {
        let account = parse(
            "server = 'wss://a'\nuser = 'u'\nstun = 'stun:s'\n\
             turn = { url = 'turn:t', username = 'n', credential = 'secret' }",
        )
        .unwrap();
        assert_eq!(account.ice_servers.len(), 2);
        assert!(!format!("{account:?}").contains("secret"));
    }
}
