//! What only SQLite has: a file.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;

use refinery::Target;
use tempfile::TempDir;

use super::*;

fn folder_and_file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hub.db");
    (folder, file)
}

/// Makes `$key` a setting. A new row each time.
const PUT: &str = "
    INSERT INTO setting (key, rev, updated_at, value) VALUES ($1, 1, 0, 'null')";

async fn put(sqlite: &Sqlite, key: String) -> Result<(), DbError> {
    let mut tx = sqlite.write().await?;
    tx.run(PUT, vec![key.into()]).await?;
    tx.commit().await
}

async fn pragma(sqlite: &Sqlite, text: &'static str) {
    let mut tx = Transaction::begin(&sqlite.writer, "BEGIN").await.unwrap();
    tx.on_connection(move |connection| {
        connection.execute_batch("ROLLBACK")?;
        connection.execute_batch(text)
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_full_disk_is_told_as_such_and_nothing_is_half_there() {
    let (_folder, file) = folder_and_file();
    let sqlite = Sqlite::open(&file).unwrap();
    pragma(&sqlite, "PRAGMA max_page_count = 1").await;
    let mut outcome = Ok(());
    for number in 0..100 {
        outcome = put(&sqlite, format!("{number}{}", "x".repeat(4096))).await;
        if outcome.is_err() {
            break;
        }
    }
    assert!(matches!(outcome, Err(DbError::Full)), "{outcome:?}");
    pragma(&sqlite, "PRAGMA max_page_count = 100000").await;
    put(&sqlite, "a".to_owned()).await.unwrap();
}

#[tokio::test]
async fn a_file_that_another_program_holds_for_too_long_is_unavailable() {
    let (_folder, file) = folder_and_file();
    let sqlite = Sqlite::open(&file).unwrap();
    pragma(&sqlite, "PRAGMA busy_timeout = 1").await;
    let other = Connection::open(&file).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let outcome = put(&sqlite, "a".to_owned()).await;
    assert!(
        matches!(outcome, Err(DbError::Unavailable(_))),
        "{outcome:?}"
    );
    other.execute_batch("ROLLBACK").unwrap();
    put(&sqlite, "a".to_owned()).await.unwrap();
}

#[tokio::test]
async fn a_statement_that_gets_too_few_or_too_many_values_fails() {
    let (_folder, file) = folder_and_file();
    let sqlite = Sqlite::open(&file).unwrap();
    let mut tx = sqlite.write().await.unwrap();
    for values in [vec![], vec!["a".into(), "b".into()]] {
        let outcome = tx.run(PUT, values).await;
        assert!(matches!(outcome, Err(DbError::Statement(_))), "{outcome:?}");
    }
}

#[test]
fn a_database_of_a_newer_schema_is_refused() {
    let (_folder, file) = folder_and_file();
    drop(Sqlite::open(&file).unwrap());
    let connection = Connection::open(&file).unwrap();
    connection
        .execute_batch("UPDATE refinery_schema_history SET version = version + 100")
        .unwrap();
    drop(connection);
    let outcome = Sqlite::open(&file);
    assert!(matches!(outcome, Err(OpenError::TooNew { found, known }) if found == known + 100));
}

#[test]
fn a_damaged_database_is_refused() {
    let (_folder, file) = folder_and_file();
    drop(Sqlite::open(&file).unwrap());
    let whole = fs::read(&file).unwrap();
    // Its beginning: no database at all. A page: one that lies.
    for page in [0, 1, 5] {
        let mut bytes = whole.clone();
        bytes[page * 4096..][..4096].fill(0x5a);
        fs::write(&file, bytes).unwrap();
        let outcome = Sqlite::open(&file);
        assert!(
            matches!(outcome, Err(OpenError::Damaged)),
            "page {page}: {outcome:?}"
        );
    }
    fs::write(&file, whole).unwrap();
    Sqlite::open(&file).unwrap();
}

#[test]
fn before_a_migration_a_copy_is_made_that_only_this_user_reads() {
    let (folder, file) = folder_and_file();
    let mut old = Connection::open(&file).unwrap();
    let runner = migrations::runner().set_target(Target::Version(2));
    runner.run(&mut old).unwrap();
    drop(old);
    drop(Sqlite::open(&file).unwrap());
    let copy = folder.path().join("hub.db.schema-2");
    let mut connection = Connection::open(&copy).unwrap();
    assert_eq!(version(&mut connection, &migrations::runner()).unwrap(), 2);
    assert_private(&copy);
    // Nothing to migrate: nothing to copy.
    drop(connection);
    fs::remove_file(&copy).unwrap();
    drop(Sqlite::open(&file).unwrap());
    assert!(!copy.exists());
}

#[tokio::test]
async fn only_this_user_reads_the_files() {
    let (folder, file) = folder_and_file();
    let sqlite = Sqlite::open(&file).unwrap();
    put(&sqlite, "a".to_owned()).await.unwrap();
    let files: Vec<PathBuf> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(files.len() >= 2, "the log is a file of its own: {files:?}");
    files.iter().for_each(|file| assert_private(file));
}

fn assert_private(file: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
    #[cfg(not(unix))]
    let _ = file;
}

#[test]
fn programs_that_make_one_database_at_the_same_moment_both_get_it() {
    let (_folder, file) = folder_and_file();
    std::thread::scope(|scope| {
        let openers: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| Sqlite::open(&file)))
            .collect();
        for opener in openers {
            opener.join().unwrap().unwrap();
        }
    });
}
