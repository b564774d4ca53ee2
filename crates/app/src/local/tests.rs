#![allow(clippy::unwrap_used, reason = "tests")]

use alobar_hub::{Command, SaveCallForm};

use super::*;
use crate::memory::in_envelope;

const SECRET: &str = "khach hen chieu mai";

fn form(key: &str, body: &str) -> Envelope {
    in_envelope(Command::SaveCallForm(SaveCallForm {
        call_key: key.to_owned(),
        contact_id: None,
        call_type_id: None,
        disposition_id: None,
        body: body.to_owned(),
        closed: false,
        written_at: 1,
    }))
}

fn bodies(entries: &[Entry]) -> Vec<String> {
    let body = |entry: &Entry| match &entry.envelope.command {
        Command::SaveCallForm(form) => form.body.clone(),
        other => panic!("{other:?}"),
    };
    entries.iter().map(body).collect()
}

struct Desk {
    folder: tempfile::TempDir,
    key: Key,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            key: Key::random().unwrap(),
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("journal.sqlite")
    }

    fn open(&self) -> Opened {
        Journal::open(&self.file(), self.key.clone()).unwrap()
    }
}

#[tokio::test]
async fn what_was_written_is_there_after_the_program_was_killed_in_order() {
    let desk = Desk::new();
    let journal = desk.open().journal;
    for (key, body) in [("a", "one"), ("b", "two"), ("a", "three")] {
        journal.write(&form(key, body), false).await.unwrap();
    }
    // Killed: nothing is closed.
    std::mem::forget(journal);
    let entries = desk.open().journal.entries().await.unwrap();
    assert_eq!(bodies(&entries), ["one", "two", "three"]);
    assert_eq!(entries[2].subject, "call:a");
}

#[tokio::test]
async fn a_draft_takes_the_place_of_the_one_before_it_unless_that_may_have_been_sent() {
    let desk = Desk::new();
    let journal = desk.open().journal;
    let first = journal.write(&form("a", "d"), true).await.unwrap();
    journal.write(&form("a", "dr"), true).await.unwrap();
    journal.write(&form("b", "other"), true).await.unwrap();
    let entries = journal.entries().await.unwrap();
    assert_eq!(bodies(&entries), ["dr", "other"]);
    assert_ne!(entries[0].seq, first);

    journal.sending(entries[0].seq).await.unwrap();
    journal.write(&form("a", "draft"), true).await.unwrap();
    let entries = journal.entries().await.unwrap();
    assert_eq!(bodies(&entries), ["dr", "other", "draft"]);
}

#[tokio::test]
async fn a_draft_that_is_written_on_and_on_still_becomes_old() {
    let desk = Desk::new();
    let journal = desk.open().journal;
    journal.write(&form("a", "d"), true).await.unwrap();
    let since = journal.entries().await.unwrap()[0].written_at;
    while now_ms() == since {
        tokio::task::yield_now().await;
    }
    journal.write(&form("a", "dr"), true).await.unwrap();
    assert_eq!(journal.entries().await.unwrap()[0].written_at, since);
}

#[tokio::test]
async fn nothing_in_the_files_can_be_read_without_the_key() {
    let desk = Desk::new();
    let journal = desk.open().journal;
    journal.write(&form("a", SECRET), false).await.unwrap();
    for file in fs::read_dir(desk.folder.path()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        let found = bytes
            .windows(SECRET.len())
            .any(|at| at == SECRET.as_bytes());
        assert!(!found);
    }
    drop(journal);
    let stranger = Journal::open(&desk.file(), Key::random().unwrap()).unwrap();
    let refused = stranger.journal.entries().await;
    assert!(matches!(refused, Err(LocalError::Sealed(_))));
    // And nothing was lost by trying.
    assert_eq!(desk.open().journal.entries().await.unwrap().len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn only_this_user_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new();
    let journal = desk.open().journal;
    journal.write(&form("a", "x"), false).await.unwrap();
    for file in fs::read_dir(desk.folder.path()).unwrap() {
        let mode = file.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_damaged_file_is_set_aside_and_writing_goes_on() {
    let desk = Desk::new();
    fs::write(desk.file(), vec![b'x'; 8192]).unwrap();
    let opened = desk.open();
    let aside = opened.set_aside.unwrap();
    assert_eq!(fs::read(aside).unwrap(), vec![b'x'; 8192]);
    opened.journal.write(&form("a", "x"), false).await.unwrap();
    assert_eq!(opened.journal.entries().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_full_disk_is_told_and_what_is_there_stays() {
    let desk = Desk::new();
    let journal = desk.open().journal;
    journal.write(&form("a", "kept"), false).await.unwrap();
    journal
        .work(|connection, _| {
            let pages: u32 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            Ok(connection.pragma_update(None, "max_page_count", pages)?)
        })
        .await
        .unwrap();
    let long = form("b", &"x".repeat(9_000));
    let told = journal.write(&long, false).await;
    assert!(matches!(told, Err(LocalError::Full)), "{told:?}");
    assert_eq!(bodies(&journal.entries().await.unwrap()), ["kept"]);
}

#[tokio::test]
async fn what_was_refused_waits_for_a_person_and_goes_again_as_decided() {
    let desk = Desk::new();
    let journal = desk.open().journal;
    let seq = journal.write(&form("a", "x"), false).await.unwrap();
    let problem = Problem {
        code: "conflict".to_owned(),
        params: Vec::new(),
        trace_id: "00000000".to_owned(),
        conflicts: Vec::new(),
    };
    journal.refuse(seq, &problem).await.unwrap();
    let entries = desk.open().journal.entries().await.unwrap();
    assert_eq!(entries[0].problem, Some(problem));

    let again = form("a", "y");
    journal.retry(seq, &again).await.unwrap();
    let entries = journal.entries().await.unwrap();
    assert_eq!((&entries[0].envelope, &entries[0].problem), (&again, &None));
    journal.remove(seq).await.unwrap();
    assert!(journal.entries().await.unwrap().is_empty());
}
