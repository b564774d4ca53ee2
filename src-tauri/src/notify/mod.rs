//! Notifications of the system: a second way to an incoming call, and the only one to what
//! happened while nobody looked.

mod letter;
mod notices;
mod post;

use std::time::Instant;

use alobar_app::{PhoneHandle, api::view::ErrorView};
use tauri::{AppHandle, Manager};

use crate::{
    Runtime,
    desk::{self, Place},
    text::texts,
    windows::callbar,
};
use letter::{ANSWER, DECLINE};
use notices::{Notice, Notices, Order};
use post::Board;

/// Follows the phone as long as it lives.
pub(crate) fn start(app: &AppHandle<Runtime>, phone: &PhoneHandle) {
    let app = app.clone();
    let (mut views, mut calls) = (phone.phone(), phone.calls());
    let mut settings = phone.settings();
    tauri::async_runtime::spawn(async move {
        let mut notices = Notices::default();
        let mut board = Board::default();
        loop {
            {
                let (view, calls) = (views.borrow_and_update(), calls.borrow_and_update());
                let settings = settings.borrow_and_update();
                let choice = settings.preferences.notify;
                let texts = &texts(settings.language).notify;
                for order in notices.follow(Instant::now(), &view, &calls, choice) {
                    match order {
                        Order::Withdraw(notice) => board.withdraw(&notice),
                        Order::Post(notice) => {
                            if let Some(letter) =
                                letter::write(&notice, &view, &calls, choice, texts)
                            {
                                board.post(&app, notice, letter);
                            }
                        }
                    }
                }
            }
            let wakes_at = notices.wakes_at();
            let sleep = async {
                match wakes_at {
                    Some(at) => tokio::time::sleep_until(at.into()).await,
                    None => std::future::pending().await,
                }
            };
            let changed = tokio::select! {
                changed = views.changed() => changed,
                changed = calls.changed() => changed,
                changed = settings.changed() => changed,
                () = sleep => Ok(()),
            };
            if changed.is_err() {
                return;
            }
        }
    });
}

/// The person has pressed a button of a notification, or the notification itself.
async fn pressed(app: &AppHandle<Runtime>, notice: &Notice, button: &str) {
    let phone = app.state::<PhoneHandle>().inner().clone();
    let done: Result<(), ErrorView> = match (notice, button) {
        (Notice::Incoming(call), ANSWER) => phone.answer(call).await,
        (Notice::Incoming(call), DECLINE) => phone.decline(call).await,
        (Notice::Missed(_), _) => {
            desk::open_workspace(app, Place::Calls);
            Ok(())
        }
        (Notice::Incoming(_) | Notice::ConnectionLost, _) => {
            callbar::bring_forward(app);
            Ok(())
        }
    };
    if let Err(refusal) = done {
        tracing::info!(%refusal, "A notification's button was refused");
    }
}
