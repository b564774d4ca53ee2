//! One file a table: its rows, its statements.

pub(crate) mod change_log;
pub(crate) mod contact;
pub(crate) mod idempotency;
pub(crate) mod search_doc;
