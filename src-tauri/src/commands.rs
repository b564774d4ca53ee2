//! The commands of the windows, each one line over `alobar_app`. Which window may call which is
//! in `capabilities/`; the list is declared in `build.rs`.

use alobar_app::{
    PhoneHandle,
    api::{
        calls::CallsView,
        preferences::Preferences,
        view::{
            DeviceChoice, DevicesView, ErrorView, Language, LevelsView, PhoneView, SettingsView,
            SignIn, SoundRole,
        },
    },
};
use tauri::{AppHandle, State, WebviewWindow, async_runtime::spawn_blocking, ipc::Channel};

use crate::{
    Runtime,
    desk::{self, CallbarPanel, Desk, DeskView, Place},
    levels::Meters,
    shortcuts, start,
    windows::{callbar, popup},
};

type Phone<'a> = State<'a, PhoneHandle>;
/// Async commands with borrowed state must answer a `Result`, even where nothing can fail.
type Done = Result<(), ErrorView>;

/// The whole phone, as `phone-changed` pushes it.
#[tauri::command]
#[specta::specta]
pub(crate) fn phone_view(phone: Phone<'_>) -> PhoneView {
    phone.phone().borrow().clone()
}

/// The settings, as `settings-changed` pushes them.
#[tauri::command]
#[specta::specta]
pub(crate) fn settings_view(phone: Phone<'_>) -> SettingsView {
    phone.settings().borrow().clone()
}

/// The devices, as `devices-changed` pushes them.
#[tauri::command]
#[specta::specta]
pub(crate) fn devices_view(phone: Phone<'_>) -> DevicesView {
    phone.devices().borrow().clone()
}

/// Signs in; how the registration goes comes by `phone-changed`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_in(phone: Phone<'_>, form: SignIn) -> Done {
    phone.sign_in(form).await
}

/// Unregisters and forgets the password.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_out(phone: Phone<'_>) -> Done {
    phone.sign_out().await;
    Ok(())
}

/// Starts the practice exchange; the line moves to it and a simulated customer calls.
#[tauri::command]
#[specta::specta]
pub(crate) async fn start_practice(phone: Phone<'_>) -> Done {
    phone.start_practice().await
}

/// Ends practice; the line goes back to where it was.
#[tauri::command]
#[specta::specta]
pub(crate) async fn leave_practice(phone: Phone<'_>) -> Done {
    phone.leave_practice().await
}

/// Has one more simulated customer call.
#[tauri::command]
#[specta::specta]
pub(crate) async fn next_customer(phone: Phone<'_>) -> Done {
    phone.next_customer().await
}

/// Dials what was typed; answers the new call's id.
#[tauri::command]
#[specta::specta]
pub(crate) async fn dial(phone: Phone<'_>, number: String) -> Result<String, ErrorView> {
    phone.dial(&number).await
}

/// Answers a ringing call; another established call is held first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer(phone: Phone<'_>, call: String) -> Done {
    phone.answer(&call).await
}

/// Refuses a ringing call.
#[tauri::command]
#[specta::specta]
pub(crate) async fn decline(phone: Phone<'_>, call: String) -> Done {
    phone.decline(&call).await
}

/// Ends a call in any phase.
#[tauri::command]
#[specta::specta]
pub(crate) async fn hang_up(phone: Phone<'_>, call: String) -> Done {
    phone.hang_up(&call).await
}

/// Puts the call on hold.
#[tauri::command]
#[specta::specta]
pub(crate) async fn hold(phone: Phone<'_>, call: String) -> Done {
    phone.hold(&call).await
}

/// Takes the call back from hold.
#[tauri::command]
#[specta::specta]
pub(crate) async fn resume(phone: Phone<'_>, call: String) -> Done {
    phone.resume(&call).await
}

/// Mutes the microphone of every call.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_mute(phone: Phone<'_>, on: bool) -> Done {
    phone.set_mute(on).await
}

/// Sends digits (`0-9*#A-D`) into the call.
#[tauri::command]
#[specta::specta]
pub(crate) async fn send_dtmf(phone: Phone<'_>, call: String, digits: String) -> Done {
    phone.send_dtmf(&call, &digits).await
}

/// Hands the other side over to a number without asking it first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn transfer(phone: Phone<'_>, call: String, to: String) -> Done {
    phone.transfer(&call, &to).await
}

/// Tries to register now instead of at the next planned attempt.
#[tauri::command]
#[specta::specta]
pub(crate) async fn retry_registration(phone: Phone<'_>) -> Done {
    phone.retry_registration().await
}

/// The person has read the notice.
#[tauri::command]
#[specta::specta]
pub(crate) fn dismiss_notice(phone: Phone<'_>) {
    phone.dismiss_notice();
}

/// Chooses microphone, speaker and ringer, at once and for the next start.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_devices(phone: Phone<'_>, choice: DeviceChoice) -> Done {
    phone.choose_devices(choice).await;
    Ok(())
}

/// Switches the language of every window.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_language(phone: Phone<'_>, language: Language) -> Done {
    phone.set_language(language).await;
    Ok(())
}

/// Shows the callbar alone, or with the panel under it.
#[tauri::command]
#[specta::specta]
pub(crate) fn set_expanded(window: WebviewWindow<Runtime>, expanded: bool) {
    callbar::set_expanded(&window, expanded);
}

/// The calls of this run, as `calls-changed` pushes them.
#[tauri::command]
#[specta::specta]
pub(crate) fn calls_view(phone: Phone<'_>) -> CallsView {
    phone.calls().borrow().clone()
}

// Async, because a window made inside a synchronous command deadlocks on Windows; so are the
// other commands that may make one.
/// Opens a call in the call window again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_tab(app: AppHandle<Runtime>, phone: Phone<'_>, call: String) -> Done {
    phone.open_tab(&call)?;
    popup::open(&app);
    Ok(())
}

/// Closes a call's tab.
#[tauri::command]
#[specta::specta]
pub(crate) fn close_tab(phone: Phone<'_>, call: String) {
    phone.close_tab(&call);
}

/// The missed calls have been looked at.
#[tauri::command]
#[specta::specta]
pub(crate) fn see_missed(phone: Phone<'_>) {
    phone.see_missed();
}

/// Changes how the desktop behaves.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_preferences(phone: Phone<'_>, preferences: Preferences) -> Done {
    phone.set_preferences(preferences).await;
    Ok(())
}

/// The keys that are pressed from now on are recorded: no shortcut acts; or they act again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn record_shortcut(app: AppHandle<Runtime>, phone: Phone<'_>, on: bool) -> Done {
    let preferences = phone.settings().borrow().preferences.clone();
    let recorded = spawn_blocking(move || shortcuts::record(&app, &preferences, on));
    // Fails only when the program ends.
    let _ = recorded.await;
    Ok(())
}

/// Opens the microphone for its level, or closes it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn listen(phone: Phone<'_>, on: bool) -> Done {
    phone.listen(on).await
}

/// Records for some seconds and plays it back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn echo_test(phone: Phone<'_>) -> Done {
    phone.echo_test().await
}

/// Plays a test sound, or the ring.
#[tauri::command]
#[specta::specta]
pub(crate) async fn test_sound(phone: Phone<'_>, role: SoundRole) -> Done {
    phone.test_sound(role).await
}

/// What waits for the person's answer, and where the workspace stands.
#[tauri::command]
#[specta::specta]
pub(crate) fn desk_view(desk: State<'_, Desk>) -> DeskView {
    desk.watch().borrow().clone()
}

/// Answers the question of [`DeskView`].
#[tauri::command]
#[specta::specta]
pub(crate) async fn answer_ask(app: AppHandle<Runtime>, yes: bool) -> Done {
    desk::answer(&app, yes).await
}

/// Brings the callbar forward with a panel open.
#[tauri::command]
#[specta::specta]
pub(crate) fn show_callbar(app: AppHandle<Runtime>, panel: CallbarPanel) {
    desk::show_callbar(&app, panel);
}

/// Opens the workspace, or brings it to the front, at a place.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_workspace(app: AppHandle<Runtime>, place: Place) {
    desk::open_workspace(&app, place);
}

/// Shows the folder of the log in the system's file manager.
#[tauri::command]
#[specta::specta]
pub(crate) fn open_log_folder(phone: Phone<'_>) -> Done {
    open::that_detached(phone.data_dir()).map_err(|error| {
        tracing::warn!(%error, "Open the log's folder");
        ErrorView::of_shell("log_folder")
    })
}

/// Streams the sound levels to this window until it asks again or closes.
#[tauri::command]
#[specta::specta]
pub(crate) fn levels(
    window: WebviewWindow<Runtime>,
    phone: Phone<'_>,
    meters: State<'_, Meters>,
    channel: Channel<LevelsView>,
) {
    meters.start(window.label(), &phone, channel);
}

/// The page has painted its first frame. `ALOBAR_REPORT_PAINT=1` tells a waiting script so.
#[tauri::command]
#[specta::specta]
pub(crate) async fn first_paint(window: WebviewWindow<Runtime>) {
    start::painted(&window);
}
