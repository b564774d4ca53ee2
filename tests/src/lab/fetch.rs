//! Asterisk as Debian builds it, unpacked into a folder and never installed.
//!
//! The full closure of packages (libc included) is fetched against an empty package status and
//! unpacked; the program runs through its own dynamic loader. No root, no chroot, no dpkg lock.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::Progress;
use super::mirror::Mirror;

const SUITE: &str = "forky";
/// Only unpacked, coturn starts no service on the machine.
const PACKAGES: [&str; 4] = [
    "asterisk",
    "asterisk-core-sounds-en",
    "asterisk-moh-opsound-wav",
    "coturn",
];

/// An unpacked Asterisk.
#[derive(Clone, Debug)]
pub(super) struct Asterisk {
    /// Folder that stands for `/`.
    pub(super) root: PathBuf,
    /// Libraries below `root`, for example `usr/lib/x86_64-linux-gnu`.
    pub(super) libraries: PathBuf,
    /// File name of the dynamic loader below `libraries`.
    loader: String,
}

impl Asterisk {
    /// The cached Asterisk, fetched first where there is none.
    pub(super) fn obtain(progress: Progress<'_>) -> Result<Self> {
        let cache = cache_folder();
        fs::create_dir_all(&cache).with_context(|| format!("creating {}", cache.display()))?;
        let cache = cache.canonicalize()?;
        let lock = File::create(cache.join("fetch.lock"))?;
        lock.lock()?;
        if let Some(found) = Self::cached(&cache)? {
            return Ok(found);
        }
        fetch(&cache, progress)?;
        Self::cached(&cache)?.context("the fetched packages hold no Asterisk")
    }

    /// Upstream version, for example `22.10.1`.
    pub(super) fn version(&self) -> String {
        let name = self.root.file_name().unwrap_or_default().to_string_lossy();
        name.trim_start_matches("asterisk-").to_owned()
    }

    /// The command line that runs the program found below `root` (the folder may be mounted
    /// elsewhere than where it was unpacked).
    pub(super) fn command_line(&self, root: &Path) -> [PathBuf; 4] {
        let libraries = root.join(&self.libraries);
        [
            libraries.join(&self.loader),
            "--library-path".into(),
            libraries,
            root.join("usr/sbin/asterisk"),
        ]
    }

    fn cached(cache: &Path) -> Result<Option<Self>> {
        let mut roots: Vec<PathBuf> = fs::read_dir(cache)?
            .flatten()
            .filter(|entry| entry.file_name().to_string_lossy().starts_with("asterisk-"))
            .map(|entry| entry.path())
            .collect();
        roots.sort();
        let Some(root) = roots.pop() else {
            return Ok(None);
        };
        for entry in fs::read_dir(root.join("usr/lib"))?.flatten() {
            if !entry.path().join("asterisk/modules").is_dir() {
                continue;
            }
            let loader = fs::read_dir(entry.path())?
                .flatten()
                .map(|file| file.file_name().to_string_lossy().into_owned())
                .find(|name| name.starts_with("ld-linux"));
            let libraries = Path::new("usr/lib").join(entry.file_name());
            return Ok(loader.map(|loader| Self {
                root,
                libraries,
                loader,
            }));
        }
        Ok(None)
    }
}

/// `.lab` at the root of the checkout, or `ALOBAR_LAB_CACHE`.
fn cache_folder() -> PathBuf {
    std::env::var_os("ALOBAR_LAB_CACHE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../.lab"),
        PathBuf::from,
    )
}

/// Fetches and unpacks beside the final place, then renames: a cut-off run leaves no half Asterisk.
fn fetch(cache: &Path, progress: Progress<'_>) -> Result<()> {
    let mirror = Mirror::find()?;
    let work = tempfile::Builder::new()
        .prefix("fetch-")
        .tempdir_in(cache)?;
    let apt = Apt::prepare(work.path(), &mirror)?;
    progress(&format!("lab: reading the package list of Debian {SUITE}"));
    apt.run(&["update", "-qq", "--error-on=any"], |_| ())
        .with_context(|| unreachable(&mirror))?;
    let version = apt.candidate()?;
    progress(&format!("lab: fetching Asterisk {version} (about 75 MB)"));
    let mut fetched = 0;
    let mut install = vec![
        "install",
        "-y",
        "-q",
        "--download-only",
        "--no-install-recommends",
    ];
    install.extend(PACKAGES);
    apt.run(&install, |line| {
        if line.starts_with("Get:") {
            fetched += 1;
            if fetched % 20 == 0 {
                progress(&format!("lab: {fetched} packages fetched"));
            }
        }
    })
    .with_context(|| unreachable(&mirror))?;
    progress(&format!("lab: unpacking {fetched} packages (about 290 MB)"));
    let root = work.path().join("root");
    unpack(&work.path().join("cache/archives"), &root)?;
    fs::rename(&root, cache.join(format!("asterisk-{version}")))?;
    Ok(())
}

fn unreachable(mirror: &Mirror) -> String {
    format!(
        "the Debian mirror {} could not be read. Check that `apt-get update` works on this machine, \
         or name another mirror in ALOBAR_DEBIAN_MIRROR, then run `cargo xtask lab up` again",
        mirror.uri
    )
}

fn unpack(archives: &Path, root: &Path) -> Result<()> {
    fs::create_dir(root)?;
    // The exchange runs as another user than the one who unpacks.
    fs::set_permissions(root, fs::Permissions::from_mode(0o755))?;
    for package in fs::read_dir(archives)?.flatten().map(|entry| entry.path()) {
        if package
            .extension()
            .is_some_and(|extension| extension == "deb")
        {
            let status = Command::new("dpkg-deb")
                .arg("-x")
                .args([&package, root])
                .status()?;
            ensure!(
                status.success(),
                "dpkg-deb could not unpack {}",
                package.display()
            );
        }
    }
    // An installation makes this link by update-alternatives.
    symlink("en_US_f_Allison", root.join("usr/share/asterisk/sounds/en"))?;
    Ok(())
}

/// apt with state of its own and, but for trusted keys, proxies and logins, no settings of the machine.
struct Apt {
    options: Vec<String>,
}

impl Apt {
    fn prepare(work: &Path, mirror: &Mirror) -> Result<Self> {
        for folder in ["state/lists/partial", "cache/archives/partial"] {
            fs::create_dir_all(work.join(folder))?;
        }
        fs::write(work.join("status"), "")?;
        fs::write(work.join("sources.list"), mirror.source_line(SUITE))?;
        let at = |path: &str| work.join(path).display().to_string();
        let options = [
            ("Dir::Etc::sourcelist", at("sources.list")),
            ("Dir::Etc::sourceparts", "/dev/null".into()),
            ("Dir::Etc::preferences", "/dev/null".into()),
            ("Dir::Etc::preferencesparts", "/dev/null".into()),
            ("Dir::State", at("state")),
            ("Dir::State::status", at("status")),
            ("Dir::Cache", at("cache")),
            ("APT::Sandbox::User", String::new()),
            ("APT::Keep-Downloaded-Packages", "true".into()),
            ("Acquire::Languages", "none".into()),
            ("Acquire::Retries", "3".into()),
            ("Debug::NoLocking", "1".into()),
        ];
        Ok(Self {
            options: options
                .map(|(key, value)| format!("-o{key}={value}"))
                .into(),
        })
    }

    /// Runs apt-get, giving each line it prints to `line`.
    fn run(&self, arguments: &[&str], mut line: impl FnMut(&str)) -> Result<()> {
        let mut child = Command::new("apt-get")
            .args(&self.options)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("apt-get is needed (the lab runs on Debian and Ubuntu)")?;
        let output = child.stdout.take().context("apt-get has no output")?;
        for text in BufReader::new(output).lines() {
            line(&text?);
        }
        ensure!(child.wait()?.success(), "apt-get {} failed", arguments[0]);
        Ok(())
    }

    /// Upstream version of the Asterisk on offer: `1:22.10.1+dfsg…` is `22.10.1`.
    fn candidate(&self) -> Result<String> {
        let output = Command::new("apt-cache")
            .args(&self.options)
            .args(["show", "--no-all-versions", "asterisk"])
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let Some(full) = text.lines().find_map(|line| line.strip_prefix("Version: ")) else {
            bail!("Debian {SUITE} offers no package asterisk");
        };
        let upstream = full.split_once(':').map_or(full, |(_, rest)| rest);
        Ok(upstream
            .split(['+', '-', '~'])
            .next()
            .unwrap_or(upstream)
            .to_owned())
    }
}
