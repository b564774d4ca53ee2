//! A row, read from left to right.

use super::DbError;
use super::value::{FromValue, Value, mismatch};

/// The columns of a result that have not been read.
#[derive(Debug)]
pub(crate) struct Row {
    columns: std::vec::IntoIter<Value>,
    read: usize,
}

impl Row {
    pub(super) fn new(columns: Vec<Value>) -> Self {
        Self {
            columns: columns.into_iter(),
            read: 0,
        }
    }

    /// The next column, in the order of the statement.
    pub(crate) fn next<T: FromValue>(&mut self) -> Result<T, DbError> {
        self.read += 1;
        self.columns
            .next()
            .and_then(T::from_value)
            .ok_or_else(|| mismatch(self.read))
    }
}

/// Reads the columns of a row into the fields of `Self`, named in the order of the statement.
macro_rules! from_row {
    ($row:ident; $($field:ident),+ $(,)?) => {
        Ok(Self {
            $($field: $row.next()?),+
        })
    };
}
pub(crate) use from_row;
