//! What a command is about.

use super::Command;

impl Command {
    /// Commands with the same answer must be done in the order of writing: `call:` and the call's
    /// key, or the id of what is created, changed or written about.
    pub fn about(&self) -> String {
        match self {
            Self::ReportCall(report) => call(&report.key),
            Self::SaveCallForm(form) => call(&form.call_key),
            Self::AddNote(add) => add.id.to_string(),
            Self::ChangeNote(change) => change.id.to_string(),
            Self::RemoveNote(remove) => remove.id.to_string(),
            Self::CreateContact(create) => create.id.to_string(),
            Self::UpdateContact(update) => update.id.to_string(),
            Self::CreateTicket(create) => create.id.to_string(),
            Self::UpdateTicket(update) => update.id.to_string(),
            Self::CreateTask(create) => create.id.to_string(),
            Self::UpdateTask(update) => update.id.to_string(),
            Self::CreateOrder(create) => create.id.to_string(),
            Self::UpdateOrder(update) => update.id.to_string(),
            Self::Follow(follow) | Self::Unfollow(follow) => follow.subject.id.to_string(),
        }
    }
}

fn call(key: &str) -> String {
    format!("call:{key}")
}
