//! SQLite: one writer, some readers, WAL.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use refinery::{Runner, embed_migrations};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{DbError, OpenError, Row, Value};

embed_migrations!("src/db/migrations/sqlite");

const READERS: usize = 4;
/// How long another program may hold the file.
const BUSY: Duration = Duration::from_secs(5);

#[derive(Debug, Clone)]
pub(super) struct Sqlite {
    writer: Arc<Pool>,
    readers: Arc<Pool>,
}

impl Sqlite {
    pub(super) fn open(file: &Path) -> Result<Self, OpenError> {
        let failed = |error| refusal(file, error);
        let is_new = !file.exists();
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|e| OpenError::Folder(folder.to_owned(), e))?;
        }
        if is_new {
            make_private(file).map_err(|e| OpenError::Folder(file.to_owned(), e))?;
        }
        let mut writer = connect(file, OpenFlags::SQLITE_OPEN_READ_WRITE).map_err(failed)?;
        writer.set_transaction_behavior(TransactionBehavior::Immediate);
        if !is_new && !is_sound(&writer) {
            return Err(OpenError::Damaged);
        }
        migrate(&mut writer, file)?;
        let readers = (0..READERS)
            .map(|_| connect(file, OpenFlags::SQLITE_OPEN_READ_ONLY))
            .collect::<Result<_, _>>()
            .map_err(failed)?;
        Ok(Self {
            writer: Pool::new(vec![writer]),
            readers: Pool::new(readers),
        })
    }

    pub(super) async fn read(&self) -> Result<Transaction, DbError> {
        Transaction::begin(&self.readers, "BEGIN").await
    }

    pub(super) async fn write(&self) -> Result<Transaction, DbError> {
        Transaction::begin(&self.writer, "BEGIN IMMEDIATE").await
    }
}

/// Only this user may read what customers said.
fn make_private(file: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

fn connect(file: &Path, mode: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(file, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    if mode == OpenFlags::SQLITE_OPEN_READ_WRITE {
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // What was acknowledged survives a power cut.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // What is deleted is gone from the file.
        connection.pragma_update(None, "secure_delete", "ON")?;
    }
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

fn is_sound(connection: &Connection) -> bool {
    connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
        .is_ok_and(|answer| answer == "ok")
}

fn migrate(connection: &mut Connection, file: &Path) -> Result<(), OpenError> {
    let failed = |error| OpenError::Migrate(Box::new(error));
    // In one transaction: a schema is never half there.
    let runner = migrations::runner().set_grouped(true);
    let known = runner.get_migrations().iter().map(|each| each.version());
    let known = u32::try_from(known.max().unwrap_or(0)).unwrap_or(u32::MAX);
    let found = version(connection, &runner).map_err(failed)?;
    if found > known {
        return Err(OpenError::TooNew { found, known });
    }
    if found > 0 && found < known {
        copy(connection, &beside(file, found))?;
    }
    match runner.run(connection) {
        Ok(_) => Ok(()),
        // Another program has opened the file at the same moment and was faster.
        Err(_) if version(connection, &runner).is_ok_and(|now| now == known) => Ok(()),
        Err(error) => Err(failed(error)),
    }
}

/// 0: nothing is there yet.
fn version(connection: &mut Connection, runner: &Runner) -> Result<u32, refinery::Error> {
    if matches!(
        connection.table_exists(None, "refinery_schema_history"),
        Ok(false)
    ) {
        return Ok(0);
    }
    let applied = runner.get_last_applied_migration(connection)?;
    Ok(applied.map_or(0, |last| u32::try_from(last.version()).unwrap_or(u32::MAX)))
}

/// Where the copy of schema `version` goes.
fn beside(file: &Path, version: u32) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(format!(".schema-{version}"));
    file.with_file_name(name)
}

fn copy(connection: &Connection, to: &Path) -> Result<(), OpenError> {
    // Left by a migration that failed: this copy is newer.
    let _ = fs::remove_file(to);
    make_private(to).map_err(|e| OpenError::Folder(to.to_owned(), e))?;
    connection
        .backup("main", to, None::<fn(rusqlite::backup::Progress)>)
        .map_err(OpenError::Backup)
}

/// Why a file cannot be opened.
fn refusal(file: &Path, error: rusqlite::Error) -> OpenError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => OpenError::Damaged,
        _ => OpenError::File(file.to_owned(), error),
    }
}

/// Connections that are taken out and put back.
#[derive(Debug)]
struct Pool {
    idle: Mutex<Vec<Connection>>,
    free: Arc<Semaphore>,
}

impl Pool {
    fn new(connections: Vec<Connection>) -> Arc<Self> {
        Arc::new(Self {
            free: Arc::new(Semaphore::new(connections.len())),
            idle: Mutex::new(connections),
        })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection on loan. Goes back when dropped, its transaction taken back if that still runs.
#[derive(Debug)]
struct Loan {
    connection: Option<Connection>,
    pool: Arc<Pool>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Loan {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        if !connection.is_autocommit() {
            // Fails only when the connection is broken; the next statement will say so.
            let _ = connection.execute_batch("ROLLBACK");
        }
        self.pool.idle().push(connection);
    }
}

/// Each statement runs on a thread that may block.
#[derive(Debug)]
pub(super) struct Transaction(Option<Loan>);

impl Transaction {
    async fn begin(pool: &Arc<Pool>, how: &'static str) -> Result<Self, DbError> {
        let permit = pool.free.clone().acquire_owned().await;
        let permit = permit.map_err(|_| gone())?;
        let loan = Loan {
            connection: pool.idle().pop(),
            pool: pool.clone(),
            _permit: permit,
        };
        let mut transaction = Self(Some(loan));
        transaction
            .on_connection(move |connection| connection.execute_batch(how))
            .await?;
        Ok(transaction)
    }

    /// When the caller goes away, the statement ends and the loan takes everything back.
    async fn on_connection<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, DbError> {
        let mut loan = self.0.take().ok_or_else(gone)?;
        let done = tokio::task::spawn_blocking(move || {
            let outcome = loan.connection.as_mut().map(work);
            (loan, outcome)
        });
        let (loan, outcome) = done.await.map_err(|_| gone())?;
        self.0 = Some(loan);
        outcome.ok_or_else(gone)?.map_err(failure)
    }

    pub(super) async fn rows(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>, DbError> {
        self.on_connection(move |connection| {
            let mut statement = connection.prepare_cached(sql)?;
            bind(&mut statement, values)?;
            let columns = statement.column_count();
            let mut found = statement.raw_query();
            let mut rows = Vec::new();
            while let Some(row) = found.next()? {
                let read = |index| Ok(value(row.get_ref(index)?));
                let columns = (0..columns).map(read);
                rows.push(Row::new(columns.collect::<rusqlite::Result<_>>()?));
            }
            Ok(rows)
        })
        .await
    }

    pub(super) async fn run(
        &mut self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64, DbError> {
        self.on_connection(move |connection| {
            let mut statement = connection.prepare_cached(sql)?;
            bind(&mut statement, values)?;
            statement.raw_execute().map(|touched| touched as u64)
        })
        .await
    }

    pub(super) async fn commit(mut self) -> Result<(), DbError> {
        self.on_connection(|connection| connection.execute_batch("COMMIT"))
            .await
    }
}

/// To SQLite, `$2` is a name and not a place.
fn bind(statement: &mut rusqlite::CachedStatement<'_>, values: Vec<Value>) -> rusqlite::Result<()> {
    // One that is not given would silently be NULL.
    let (wanted, given) = (statement.parameter_count(), values.len());
    if wanted != given {
        return Err(rusqlite::Error::InvalidParameterCount(given, wanted));
    }
    for (place, value) in values.into_iter().enumerate() {
        let name = format!("${}", place + 1);
        let index = statement
            .parameter_index(&name)?
            .ok_or(rusqlite::Error::InvalidParameterName(name))?;
        match value {
            Value::Null => statement.raw_bind_parameter(index, rusqlite::types::Null)?,
            Value::Bool(is) => statement.raw_bind_parameter(index, is)?,
            Value::Int(number) => statement.raw_bind_parameter(index, number)?,
            Value::Text(text) => statement.raw_bind_parameter(index, text)?,
            Value::Bytes(bytes) => statement.raw_bind_parameter(index, bytes)?,
            Value::Id(id) => statement.raw_bind_parameter(index, &id.as_bytes()[..])?,
            Value::Json(json) => statement.raw_bind_parameter(index, json.to_string())?,
        }
    }
    Ok(())
}

fn value(column: ValueRef<'_>) -> Value {
    match column {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        // No table has such a column; reading it fails as a mismatch.
        ValueRef::Real(_) => Value::Null,
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

fn gone() -> DbError {
    DbError::Statement("The connection is gone".to_owned())
}

fn failure(error: rusqlite::Error) -> DbError {
    use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
    match &error {
        rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
            ErrorCode::ConstraintViolation
                if [SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE]
                    .contains(&failure.extended_code) =>
            {
                DbError::Duplicate
            }
            ErrorCode::ConstraintViolation => DbError::Constraint,
            ErrorCode::DiskFull => DbError::Full,
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::SystemIoFailure
            | ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::OutOfMemory => DbError::Unavailable(error),
            _ => DbError::Statement(error.to_string()),
        },
        _ => DbError::Statement(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
