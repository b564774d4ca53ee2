//! What goes into a statement and comes out of a row.

use serde_json::Value as Json;
use uuid::Uuid;

use super::DbError;

/// Times are epoch milliseconds, money minor units: both [`Value::Int`].
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Id(Uuid),
    Json(Json),
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

macro_rules! values {
    ($($from:ty => $variant:ident),+ $(,)?) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                Value::$variant(value.into())
            }
        }
    )+};
}

values! {
    bool => Bool,
    i64 => Int,
    i32 => Int,
    u32 => Int,
    String => Text,
    &str => Text,
    &String => Text,
    Vec<u8> => Bytes,
    &[u8] => Bytes,
    Uuid => Id,
    Json => Json,
}

/// A column as Rust has it.
pub(crate) trait FromValue: Sized {
    fn from_value(value: Value) -> Option<Self>;
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Int(number) => Some(number),
            _ => None,
        }
    }
}

impl FromValue for bool {
    /// SQLite has no boolean.
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Bool(is) => Some(is),
            Value::Int(number) => Some(number != 0),
            _ => None,
        }
    }
}

impl FromValue for String {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

impl FromValue for Uuid {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Id(id) => Some(id),
            Value::Bytes(bytes) => Uuid::from_slice(&bytes).ok(),
            _ => None,
        }
    }
}

impl FromValue for Json {
    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Json(json) => Some(json),
            Value::Text(text) => serde_json::from_str(&text).ok(),
            _ => None,
        }
    }
}

/// For a type that is stored as text: its code.
macro_rules! stored_as_text {
    ($($of:ty),+ $(,)?) => {$(
        impl From<$of> for $crate::db::Value {
            fn from(value: $of) -> Self {
                $crate::db::Value::Text(value.as_str().to_owned())
            }
        }
        impl $crate::db::FromValue for $of {
            fn from_value(value: $crate::db::Value) -> Option<Self> {
                <String as $crate::db::FromValue>::from_value(value)?.parse().ok()
            }
        }
    )+};
}
pub(crate) use stored_as_text;

/// For the ids of `alobar_core`.
macro_rules! stored_as_id {
    ($($of:ty),+ $(,)?) => {$(
        impl From<$of> for Value {
            fn from(id: $of) -> Self {
                Value::Id(id.into())
            }
        }
        impl FromValue for $of {
            fn from_value(value: Value) -> Option<Self> {
                Uuid::from_value(value).map(Into::into)
            }
        }
    )+};
}

stored_as_id!(
    alobar_core::CallTypeId,
    alobar_core::CategoryId,
    alobar_core::CommandId,
    alobar_core::ContactId,
    alobar_core::DispositionId,
    alobar_core::NoteId,
    alobar_core::OrderId,
    alobar_core::OrderLineId,
    alobar_core::ProductId,
    alobar_core::ResolutionTypeId,
    alobar_core::StageId,
    alobar_core::TaskId,
    alobar_core::TeamId,
    alobar_core::TemplateId,
    alobar_core::TicketId,
    alobar_core::UserId,
);

/// The statement and what reads it do not agree.
pub(super) fn mismatch(column: usize) -> DbError {
    DbError::Statement(format!("Column {column} is not of the type that is read"))
}
