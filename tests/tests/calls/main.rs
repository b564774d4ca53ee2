//! Calls over a real Asterisk, by the `alobar` program, with speech in and speech out; the same at
//! the practice exchange.
//!
//! Who uses which extension: `tests/README.md`.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    reason = "a test's steps: clippy only knows the test functions themselves"
)]

mod before_the_answer;
mod ends;
mod exchange;
mod failures;
mod over_each_transport;
mod peers;
mod practice;
mod privacy;
mod reconnect;
mod relay;

use std::path::{Path, PathBuf};

use alobar_e2e::alobar::{PATIENCE, Phone};
use alobar_e2e::lab::{Lab, Transport};
use alobar_e2e::sound;

fn lab() -> Lab {
    Lab::up(0).expect("the lab comes up")
}

/// One extension at work: its account file, what it says and what it hears.
struct Desk {
    folder: tempfile::TempDir,
    account: PathBuf,
}

impl Desk {
    fn new(lab: &Lab, extension: u16, transport: Transport) -> Desk {
        Desk::with_account(&lab.account_toml(extension, transport))
    }

    fn with_account(toml: &str) -> Desk {
        let folder = tempfile::tempdir().expect("a folder");
        let account = folder.path().join("account.toml");
        std::fs::write(&account, toml).expect("written");
        Desk { folder, account }
    }

    fn said_path(&self) -> PathBuf {
        self.folder.path().join("said.wav")
    }

    /// What it says: speech, where the test has written nothing else.
    fn said(&self) -> PathBuf {
        let path = self.said_path();
        if !path.exists() {
            sound::speak(&path);
        }
        path
    }

    fn heard(&self) -> PathBuf {
        self.folder.path().join("heard.wav")
    }

    /// The phone, registered, with files for a headset.
    fn phone(&self) -> Phone {
        let (said, heard) = (self.said(), self.heard());
        Phone::registered(
            &self.account,
            &["--play", text(&said), "--record", text(&heard)],
        )
    }

    /// How alike what it heard is to `said`.
    fn likeness(&self, said: &Path) -> f32 {
        sound::likeness(&sound::samples(said), &sound::samples(&self.heard()))
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// Lets the call run for `seconds`, counted by its own statistics (two a second).
fn listen(phone: &mut Phone, call: u64, seconds: u64) {
    assert!(PATIENCE.as_secs() > seconds);
    for _ in 0..2 * seconds {
        phone.wait("statistics", |event| {
            event["event"] == "media" && event["call"] == call
        });
    }
}
