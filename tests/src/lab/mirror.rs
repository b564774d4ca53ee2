//! Where Debian's packages come from: the machine's own apt sources (sources.list(5)).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// Suites by which Debian's own archive is told from a third party's.
const SUITES: [&str; 9] = [
    "stable", "testing", "unstable", "sid", "bullseye", "bookworm", "trixie", "forky", "duke",
];

/// The keys of Debian's archive, where a source names none.
const ARCHIVE_KEYRING: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// Debian's archive as this machine reaches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mirror {
    /// Root of the archive, for example `http://mirror.example/debian`.
    pub(super) uri: String,
    /// Key file that signs it; `None` leaves it to apt's trusted keys.
    pub(super) keyring: Option<PathBuf>,
}

impl Mirror {
    /// Finds the mirror: `ALOBAR_DEBIAN_MIRROR` first, then the apt sources.
    pub(super) fn find() -> Result<Self> {
        let found = match std::env::var("ALOBAR_DEBIAN_MIRROR") {
            Ok(uri) => Some(Self { uri, keyring: None }),
            Err(_) => source_files(Path::new("/etc/apt"))
                .iter()
                .filter_map(|path| Some((path, fs::read_to_string(path).ok()?)))
                .flat_map(|(path, text)| {
                    if path.extension().is_some_and(|e| e == "sources") {
                        deb822(&text)
                    } else {
                        one_line(&text)
                    }
                })
                .next(),
        };
        let Some(mut mirror) = found else {
            bail!(
                "no Debian mirror in /etc/apt. On a system that is not Debian, install the package \
                 debian-archive-keyring and name a mirror in ALOBAR_DEBIAN_MIRROR"
            );
        };
        if mirror.keyring.is_none() && Path::new(ARCHIVE_KEYRING).exists() {
            mirror.keyring = Some(ARCHIVE_KEYRING.into());
        }
        Ok(mirror)
    }

    /// The line apt reads for `suite`.
    pub(super) fn source_line(&self, suite: &str) -> String {
        let signed = match &self.keyring {
            Some(path) => format!("[signed-by={}] ", path.display()),
            None => String::new(),
        };
        format!("deb {signed}{} {suite} main\n", self.uri)
    }
}

fn source_files(apt: &Path) -> Vec<PathBuf> {
    let mut files = vec![apt.join("sources.list")];
    if let Ok(folder) = fs::read_dir(apt.join("sources.list.d")) {
        let mut more: Vec<_> = folder.flatten().map(|entry| entry.path()).collect();
        more.sort();
        files.extend(more);
    }
    files
}

/// Debian's own archive has the component main and is served under `/debian`.
fn is_debian(uri: &str, suites: &str, components: &str) -> bool {
    uri.trim_end_matches('/').ends_with("/debian")
        && suites
            .split_whitespace()
            .any(|suite| SUITES.contains(&suite))
        && components
            .split_whitespace()
            .any(|component| component == "main")
}

/// `deb [signed-by=/key.gpg] http://mirror/debian bookworm main`
fn one_line(text: &str) -> Vec<Mirror> {
    let read = |line: &str| {
        let rest = line.trim().strip_prefix("deb ")?.trim();
        let (options, rest) = match rest.strip_prefix('[') {
            Some(rest) => rest.split_once(']')?,
            None => ("", rest),
        };
        let (uri, rest) = rest.trim().split_once(char::is_whitespace)?;
        let (suite, components) = rest.trim().split_once(char::is_whitespace)?;
        let keyring = options
            .split_whitespace()
            .find_map(|o| o.strip_prefix("signed-by="));
        is_debian(uri, suite, components).then(|| Mirror {
            uri: uri.to_owned(),
            keyring: keyring.map(PathBuf::from),
        })
    };
    text.lines().filter_map(read).collect()
}

/// Stanzas of `Key: value` lines, parted by empty lines.
fn deb822(text: &str) -> Vec<Mirror> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let read = |stanza: &[&str]| {
        let field = |name: &str| {
            stanza.iter().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then_some(value.trim())
            })
        };
        if field("Enabled") == Some("no") || !field("Types")?.split_whitespace().any(|t| t == "deb")
        {
            return None;
        }
        let (suites, components) = (field("Suites")?, field("Components")?);
        let uri = field("URIs")?
            .split_whitespace()
            .find(|u| is_debian(u, suites, components))?;
        // The key itself may stand in the file instead of a path: then it is left to the default.
        let keyring = field("Signed-By").filter(|value| value.starts_with('/'));
        Some(Mirror {
            uri: uri.to_owned(),
            keyring: keyring.map(PathBuf::from),
        })
    };
    lines
        .split(|line| line.trim().is_empty())
        .filter_map(read)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mirror(uri: &str, keyring: Option<&str>) -> Vec<Mirror> {
        vec![Mirror {
            uri: uri.into(),
            keyring: keyring.map(PathBuf::from),
        }]
    }

    #[test]
    fn debians_archive_is_picked_out_of_one_line_sources() {
        let text = "# deb http://old.example/debian bookworm main\n\
                    deb https://third.example/linux/debian bookworm stable\n\
                    deb-src http://a.example/debian bookworm main\n\
                    deb [arch=amd64 signed-by=/k.gpg] http://a.example/debian/  bookworm main contrib\n";
        assert_eq!(
            one_line(text),
            mirror("http://a.example/debian/", Some("/k.gpg"))
        );
    }

    #[test]
    fn debians_archive_is_picked_out_of_stanzas() {
        let text = "Types: deb\nURIs: https://third.example/node\nSuites: nodistro\nComponents: main\n\n\
                    Types: deb\nEnabled: no\nURIs: http://off.example/debian\nSuites: trixie\nComponents: main\n\n\
                    Types: deb deb-src\n# a comment between\nURIs: http://b.example/debian\n\
                    Suites: trixie trixie-updates\nComponents: main\nSigned-By: /k.gpg\n\n\
                    Types: deb\nURIs: http://b.example/debian-security\nSuites: trixie-security\nComponents: main\n";
        assert_eq!(
            deb822(text),
            mirror("http://b.example/debian", Some("/k.gpg"))
        );
    }

    #[test]
    fn a_key_written_into_the_source_is_left_to_the_default() {
        let text = "Types: deb\nURIs: http://c.example/debian\nSuites: sid\nComponents: main\n\
                    Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n";
        assert_eq!(deb822(text), mirror("http://c.example/debian", None));
    }
}
