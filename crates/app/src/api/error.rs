//! Failures as the UI gets them.

use alobar_core::RegistrationFailure;

use super::handle::OpenError;
use super::view::ErrorView;
use crate::account::AccountError;

impl ErrorView {
    /// A failure of the shell itself.
    pub fn of_shell(code: &str) -> Self {
        view(code)
    }
}

/// An error with nothing but its code. The trace id stands in the log too.
pub(crate) fn view(code: &str) -> ErrorView {
    with(code, Vec::new())
}

pub(crate) fn registration(why: RegistrationFailure) -> ErrorView {
    with(why.code(), status_param(why.status()))
}

pub(crate) fn call_trouble(code: &str, status: u16) -> ErrorView {
    with(code, status_param(Some(status)))
}

pub(super) fn account(failure: &OpenError) -> ErrorView {
    view(match failure {
        OpenError::Account(AccountError::NoPassword) => "empty_fields",
        OpenError::Account(_) => "invalid_server",
        OpenError::Line(_) => "media_no_speaker",
    })
}

fn status_param(status: Option<u16>) -> Vec<(String, String)> {
    status
        .map(|status| ("status".to_owned(), status.to_string()))
        .into_iter()
        .collect()
}

fn with(code: &str, params: Vec<(String, String)>) -> ErrorView {
    let trace_id = trace_id();
    tracing::info!(code, trace_id, "Told the user");
    ErrorView {
        code: code.to_owned(),
        params,
        trace_id,
    }
}

/// Eight hexadecimal digits: short enough to read out on the telephone.
fn trace_id() -> String {
    let mut bytes = [0; 4];
    if getrandom::fill(&mut bytes).is_err() {
        tracing::warn!("The system has no random numbers");
    }
    format!("{:08x}", u32::from_be_bytes(bytes))
}
