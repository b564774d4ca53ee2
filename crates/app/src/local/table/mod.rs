//! One file a table: its rows, its statements.

pub(crate) mod journal;
