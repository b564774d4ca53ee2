//! The tray icon: the state as a picture and a word, and the way back to a hidden callbar.

use std::panic::{AssertUnwindSafe, catch_unwind};

use alobar_app::{
    PhoneHandle,
    api::view::{Language, PhoneView},
};
use anyhow::Context;
use tauri::{
    AppHandle,
    image::Image,
    include_image,
    menu::{Menu, MenuBuilder, MenuEvent, MenuItem},
    tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent},
};

use crate::{
    Runtime,
    desk::{self, Place, SettingsSection},
    quit,
    state::{self, Look},
    text::{fill, texts},
    windows::callbar,
};

/// macOS draws template pictures in the colour of its menu bar; elsewhere the colours are ours.
macro_rules! picture {
    ($coloured:literal, $template:literal) => {{
        #[cfg(target_os = "macos")]
        let picture = include_image!($template);
        #[cfg(not(target_os = "macos"))]
        let picture = include_image!($coloured);
        picture
    }};
}

/// Shows the icon and keeps it true; without a tray the phone works all the same. On the main
/// thread, so that a library that is missing is noticed here.
pub(crate) fn start(app: &AppHandle<Runtime>, phone: &PhoneHandle) {
    let tray = match Tray::make(app, phone) {
        Ok(tray) => tray,
        Err(error) => return tracing::warn!(%error, "No tray icon"),
    };
    let mut views = phone.phone();
    let mut settings = phone.settings();
    tauri::async_runtime::spawn(async move {
        let mut shown = None;
        loop {
            let language = settings.borrow_and_update().language;
            let wanted = Wanted::of(&views.borrow_and_update(), language);
            if shown.as_ref() != Some(&wanted) {
                if let Err(error) = tray.show(&wanted) {
                    tracing::warn!(%error, "Change the tray icon");
                }
                shown = Some(wanted);
            }
            let changed = tokio::select! {
                changed = views.changed() => changed,
                changed = settings.changed() => changed,
            };
            if changed.is_err() {
                return;
            }
        }
    });
}

/// What the tray shows.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    look: Look,
    word: String,
    language: Language,
}

impl Wanted {
    fn of(view: &PhoneView, language: Language) -> Self {
        let texts = texts(language);
        let (look, word) = state::of(view, &texts.state);
        let word = match view.practice {
            Some(_) => fill(&texts.tray.practice, &[("state", word)]),
            None => word.to_owned(),
        };
        Self {
            look,
            word,
            language,
        }
    }
}

struct Tray {
    icon: TrayIcon<Runtime>,
    state: MenuItem<Runtime>,
    toggle: MenuItem<Runtime>,
    workspace: MenuItem<Runtime>,
    settings: MenuItem<Runtime>,
    quit: MenuItem<Runtime>,
}

impl Tray {
    fn make(app: &AppHandle<Runtime>, phone: &PhoneHandle) -> anyhow::Result<Self> {
        let wanted = Wanted::of(&phone.phone().borrow(), phone.settings().borrow().language);
        let item = |id: &str, enabled: bool| MenuItem::with_id(app, id, "", enabled, None::<&str>);
        let (state, toggle) = (item("state", false)?, item("toggle", true)?);
        let (workspace, settings) = (item("workspace", true)?, item("settings", true)?);
        let quit = item("quit", true)?;
        let menu = MenuBuilder::new(app)
            .item(&state)
            .separator()
            .items(&[&toggle, &workspace, &settings])
            .separator()
            .item(&quit)
            .build()?;
        Ok(Self {
            icon: icon(app, &menu, &wanted)?,
            state,
            toggle,
            workspace,
            settings,
            quit,
        })
    }

    fn show(&self, wanted: &Wanted) -> tauri::Result<()> {
        let texts = &texts(wanted.language).tray;
        self.icon
            .set_icon_with_as_template(Some(picture(wanted.look)), cfg!(target_os = "macos"))?;
        // Linux has no tooltips here; the first line of the menu says it everywhere.
        self.icon.set_tooltip(Some(&wanted.word))?;
        self.state.set_text(&wanted.word)?;
        self.toggle.set_text(&texts.toggle)?;
        self.workspace.set_text(&texts.workspace)?;
        self.settings.set_text(&texts.settings)?;
        self.quit.set_text(&texts.quit)
    }
}

/// On Linux the library that shows it is loaded by the first use, which panics without it.
fn icon(
    app: &AppHandle<Runtime>,
    menu: &Menu<Runtime>,
    wanted: &Wanted,
) -> anyhow::Result<TrayIcon<Runtime>> {
    let builder = TrayIconBuilder::with_id("alobar")
        .icon(picture(wanted.look))
        .icon_as_template(cfg!(target_os = "macos"))
        .tooltip(&wanted.word)
        .menu(menu)
        .show_menu_on_left_click(cfg!(not(windows)))
        .on_menu_event(chosen)
        .on_tray_icon_event(clicked);
    let made = catch_unwind(AssertUnwindSafe(|| builder.build(app)));
    let made = made.ok().context("The system's tray library is missing")?;
    Ok(made?)
}

fn chosen(app: &AppHandle<Runtime>, event: MenuEvent) {
    match event.id().as_ref() {
        "toggle" => callbar::toggle(app),
        "workspace" => desk::open_workspace(app, Place::Calls),
        "settings" => {
            let section = SettingsSection::Account;
            desk::open_workspace(app, Place::Settings { section });
        }
        "quit" => quit::ask(app),
        _ => {}
    }
}

/// On Windows the left button is for the program, the right one for the menu.
fn clicked(icon: &TrayIcon<Runtime>, event: TrayIconEvent) {
    if let TrayIconEvent::Click {
        button: MouseButton::Left,
        button_state: MouseButtonState::Up,
        ..
    } = event
        && cfg!(windows)
    {
        callbar::bring_forward(icon.app_handle());
    }
}

fn picture(look: Look) -> Image<'static> {
    match look {
        Look::Ready => picture!(
            "../icons/tray/ready.png",
            "../icons/tray/template/ready.png"
        ),
        Look::Ring => picture!("../icons/tray/ring.png", "../icons/tray/template/ring.png"),
        Look::Call => picture!("../icons/tray/call.png", "../icons/tray/template/call.png"),
        Look::Hold => picture!("../icons/tray/hold.png", "../icons/tray/template/hold.png"),
        Look::Out => picture!("../icons/tray/out.png", "../icons/tray/template/out.png"),
        Look::Lost => picture!("../icons/tray/lost.png", "../icons/tray/template/lost.png"),
        Look::Busy => picture!("../icons/tray/busy.png", "../icons/tray/template/busy.png"),
    }
}

#[cfg(test)]
mod tests {
    use alobar_app::api::view::PracticeView;

    use super::*;

    #[test]
    fn practice_is_named_in_the_chosen_language() {
        let view = PhoneView {
            practice: Some(PracticeView::default()),
            ..PhoneView::default()
        };
        let wanted = Wanted::of(&view, Language::En);
        assert_eq!(wanted.word, "Practice · Not signed in");
    }
}
