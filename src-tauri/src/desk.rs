//! What waits for the person's answer, and where the workspace stands.

use alobar_app::{PhoneHandle, api::view::ErrorView};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use tokio::sync::watch;

use crate::{
    Runtime,
    push::{CallbarAsked, WorkspaceAsked},
    quit,
    windows::{callbar, warn, workspace},
};

/// Pushed as the event `desk-changed`.
#[derive(Debug, Clone, PartialEq, Serialize, Type, Default)]
pub(crate) struct DeskView {
    pub(crate) ask: Option<AskView>,
    /// Where the workspace was asked to stand last.
    pub(crate) place: Place,
}

/// A question that only the person can answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub(crate) enum AskView {
    /// Quit although calls are up?
    Quit { calls: u32 },
    /// Dial a number that came from outside?
    Dial { number: String, by: DialSource },
}

/// Where a number came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DialSource {
    Link,
    Selection,
}

/// A view of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type, Default)]
#[serde(tag = "view", rename_all = "snake_case")]
pub(crate) enum Place {
    #[default]
    Calls,
    Settings {
        section: SettingsSection,
    },
    Help {
        topic: Option<String>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SettingsSection {
    Account,
    Devices,
    Alerts,
    Shortcuts,
    Display,
    Startup,
    Privacy,
    About,
}

/// What the callbar opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "panel", rename_all = "snake_case")]
pub(crate) enum CallbarPanel {
    Dial { number: Option<String> },
    Transfer,
}

/// One question at a time: a newer one takes the place of the older.
#[derive(Debug, Default)]
pub(crate) struct Desk(watch::Sender<DeskView>);

impl Desk {
    pub(crate) fn watch(&self) -> watch::Receiver<DeskView> {
        self.0.subscribe()
    }

    pub(crate) fn go_to(&self, place: Place) {
        self.0.send_modify(|view| view.place = place);
    }

    fn put(&self, ask: AskView) {
        self.0.send_modify(|view| view.ask = Some(ask));
    }

    fn take(&self) -> Option<AskView> {
        let mut taken = None;
        self.0.send_if_modified(|view| {
            taken = view.ask.take();
            taken.is_some()
        });
        taken
    }
}

/// Brings the callbar forward with the question.
pub(crate) fn ask(app: &AppHandle<Runtime>, ask: AskView) {
    app.state::<Desk>().put(ask);
    callbar::bring_forward(app);
}

/// Opens the workspace at a place, or takes it there.
pub(crate) fn open_workspace(app: &AppHandle<Runtime>, place: Place) {
    app.state::<Desk>().go_to(place.clone());
    warn(
        "Send the workspace to a place",
        WorkspaceAsked(place).emit(app),
    );
    workspace::open(app);
}

/// Brings the callbar forward with a panel open.
pub(crate) fn show_callbar(app: &AppHandle<Runtime>, panel: CallbarPanel) {
    callbar::bring_forward(app);
    warn("Open a panel of the callbar", CallbarAsked(panel).emit(app));
}

/// The person has answered.
pub(crate) async fn answer(app: &AppHandle<Runtime>, yes: bool) -> Result<(), ErrorView> {
    let Some(asked) = app.state::<Desk>().take() else {
        return Err(ErrorView::of_shell("nothing_asked"));
    };
    match asked {
        _ if !yes => Ok(()),
        AskView::Quit { .. } => {
            quit::quit(app);
            Ok(())
        }
        AskView::Dial { number, .. } => {
            let phone = app.state::<PhoneHandle>().inner().clone();
            phone.dial(&number).await.map(drop)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dial(number: &str) -> AskView {
        AskView::Dial {
            number: number.to_owned(),
            by: DialSource::Link,
        }
    }

    #[test]
    fn a_question_is_answered_once() {
        let desk = Desk::default();
        desk.put(dial("1001"));
        assert_eq!(desk.take(), Some(dial("1001")));
        assert_eq!(desk.take(), None);
    }

    #[test]
    fn a_newer_question_takes_the_place_of_the_older() {
        let desk = Desk::default();
        desk.put(AskView::Quit { calls: 1 });
        desk.put(dial("1001"));
        assert_eq!(desk.watch().borrow().ask, Some(dial("1001")));
    }
}
