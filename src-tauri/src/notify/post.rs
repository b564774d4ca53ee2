//! The system's notification service.
//!
//! Linux: buttons and taking back, over D-Bus, without a thread: zbus brings its own executor, and
//! its `tokio` feature stays off. Windows: buttons, but notify-rust has no taking back, so a toast
//! of a call that is over stays until its time is up; its buttons then do nothing. macOS: the
//! buttons are in a menu, and there is no taking back either. Only Linux has been tried.

use std::collections::HashMap;

use notify_rust::{Notification, NotificationResponse, Timeout};
use tauri::AppHandle;
use tokio::sync::oneshot;

use super::{
    letter::{Letter, OPEN},
    notices::Notice,
    pressed,
};
use crate::Runtime;

/// The notifications that are up; dropping a sender takes one back.
#[derive(Debug, Default)]
pub(super) struct Board(HashMap<Notice, oneshot::Sender<()>>);

impl Board {
    pub(super) fn post(&mut self, app: &AppHandle<Runtime>, notice: Notice, letter: Letter) {
        let (up, withdrawn) = oneshot::channel();
        self.0.insert(notice.clone(), up);
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            let notification = notification(&app, &notice, &letter);
            match show(notification, withdrawn).await {
                Ok(Some(button)) => pressed(&app, &notice, &button).await,
                Ok(None) => {}
                Err(error) => tracing::info!(%error, "Show a notification"),
            }
        });
    }

    pub(super) fn withdraw(&mut self, notice: &Notice) {
        self.0.remove(notice);
    }
}

fn notification(
    #[cfg_attr(
        not(windows),
        expect(unused_variables, reason = "only Windows names us")
    )]
    app: &AppHandle<Runtime>,
    notice: &Notice,
    letter: &Letter,
) -> Notification {
    let mut notification = Notification::new();
    notification
        .appname("Alobar")
        .summary(&letter.summary)
        .body(&marked_up(&letter.body));
    for (key, words) in &letter.buttons {
        // Elsewhere the click beside the buttons needs no name.
        if cfg!(target_os = "linux") || *key != OPEN {
            notification.action(key, words);
        }
    }
    if !matches!(notice, Notice::Missed(_)) {
        notification.timeout(Timeout::Never);
    }
    #[cfg(target_os = "linux")]
    {
        use notify_rust::{Hint, Urgency};

        let (category, urgency) = match notice {
            Notice::Incoming(_) => ("call.incoming", Urgency::Critical),
            Notice::Missed(_) => ("call.unanswered", Urgency::Normal),
            Notice::ConnectionLost => ("network.disconnected", Urgency::Normal),
        };
        notification
            .urgency(urgency)
            .hint(Hint::Category(category.to_owned()))
            // The phone rings by itself.
            .hint(Hint::SuppressSound(true));
    }
    // Only an installed program has a name that Windows knows.
    #[cfg(windows)]
    if !cfg!(debug_assertions) {
        notification.app_id(&app.config().identifier);
    }
    notification
}

/// Freedesktop's servers read the body as markup; the others take it as it is.
fn marked_up(text: &str) -> String {
    if !cfg!(target_os = "linux") {
        return text.to_owned();
    }
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The key of the button that was pressed; none when the notification went without one.
fn button(response: &NotificationResponse) -> Option<String> {
    match response {
        NotificationResponse::Default => Some(OPEN.to_owned()),
        NotificationResponse::Action(key) => Some(key.clone()),
        NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => None,
    }
}

/// Shows it until it is answered, closed or taken back.
#[cfg(target_os = "linux")]
async fn show(
    notification: Notification,
    withdrawn: oneshot::Receiver<()>,
) -> notify_rust::error::Result<Option<String>> {
    let shown = notification.show_async().await?;
    let mut pressed = None;
    tokio::select! {
        () = shown.wait_for_action_async(|response| pressed = button(response)) => {}
        _ = withdrawn => shown.close_async().await,
    }
    Ok(pressed)
}

/// Shows it and waits, on a thread of its own, for what the person does with it.
#[cfg(not(target_os = "linux"))]
async fn show(
    notification: Notification,
    _withdrawn: oneshot::Receiver<()>,
) -> notify_rust::error::Result<Option<String>> {
    let (sender, receiver) = oneshot::channel();
    std::thread::spawn(move || {
        let mut pressed = None;
        let done = notification
            .show()
            .and_then(|shown| {
                shown.wait_for_response(|response: &NotificationResponse| {
                    pressed = button(response);
                })
            })
            .map(|()| pressed);
        // Nobody waits any more: the program ends.
        let _ = sender.send(done);
    });
    receiver.await.unwrap_or(Ok(None))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_bring_its_own_markup() {
        assert_eq!(
            marked_up("<b>An</b> & \"Binh\""),
            "&lt;b&gt;An&lt;/b&gt; &amp; \"Binh\""
        );
    }
}
