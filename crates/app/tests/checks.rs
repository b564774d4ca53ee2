//! Trying devices out without a call, at a private PulseAudio; the call comes from practice.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use alobar_app::api::view::{CheckView, DeviceChoice, ErrorView, PhaseView, SoundRole};
use alobar_app::{AppOptions, PhoneHandle};
use alobar_e2e::headset::{Headset, RATE, wait_until, with_headset};
use alobar_e2e::sound;

/// A program with nobody signed in.
fn with_program<T: Future<Output = ()>>(body: impl FnOnce(PhoneHandle) -> T) {
    let folder = tempfile::tempdir().unwrap();
    let options = AppOptions {
        data_dir: folder.path().to_owned(),
        account_file: None,
    };
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let program = PhoneHandle::start(options).await.unwrap();
        body(program.clone()).await;
        program.stop().await;
    });
}

async fn check(program: &PhoneHandle, wanted: impl Fn(CheckView) -> bool) {
    let mut devices = program.devices();
    devices.wait_for(|view| wanted(view.check)).await.unwrap();
}

fn code(outcome: Result<(), ErrorView>) -> String {
    outcome.unwrap_err().code
}

fn recorded(headset: &Headset, microphones: &[&str]) {
    wait_until(&format!("{microphones:?} and no other"), || {
        Ok(headset.recorded()? == microphones)
    })
    .unwrap();
}

#[test]
fn listening_lasts_until_it_is_switched_off_and_follows_the_chosen_microphone() {
    with_headset(
        "listening_lasts_until_it_is_switched_off_and_follows_the_chosen_microphone",
        |headset| {
            headset.plug_microphone("usb").unwrap();
            with_program(|program| async move {
                let mut levels = program.levels();
                program.listen(true).await.unwrap();
                assert_eq!(program.devices().borrow().check, CheckView::Listening);
                recorded(headset, &["mic"]);
                levels.recv().await.unwrap();
                let choice = DeviceChoice {
                    microphone: Some("pulseaudio:usb".into()),
                    ..DeviceChoice::default()
                };
                program.choose_devices(choice).await;
                recorded(headset, &["usb"]);
                program.listen(false).await.unwrap();
                assert_eq!(program.devices().borrow().check, CheckView::Idle);
                recorded(headset, &[]);
            });
        },
    );
}

#[test]
fn an_echo_test_records_then_plays_then_is_over() {
    with_headset("an_echo_test_records_then_plays_then_is_over", |_| {
        with_program(|program| async move {
            program.echo_test().await.unwrap();
            let recording = program.devices().borrow().check;
            assert!(
                matches!(recording, CheckView::Recording { .. }),
                "{recording:?}"
            );
            check(&program, |check| matches!(check, CheckView::Playing { .. })).await;
            check(&program, |check| check == CheckView::Idle).await;
        });
    });
}

#[test]
fn a_check_takes_the_place_of_the_one_under_way() {
    with_headset("a_check_takes_the_place_of_the_one_under_way", |headset| {
        with_program(|program| async move {
            program.listen(true).await.unwrap();
            let mut devices = program.devices();
            let changed = async {
                let view = devices.wait_for(|view| view.check != CheckView::Listening);
                view.await.unwrap().check
            };
            let (begun, next) = tokio::join!(program.test_sound(SoundRole::Ringer), changed);
            begun.unwrap();
            let role = SoundRole::Ringer;
            assert!(
                matches!(next, CheckView::Sounding { role: r, .. } if r == role),
                "not idle in between: {next:?}"
            );
            recorded(headset, &[]);
            check(&program, |check| check == CheckView::Idle).await;
        });
    });
}

#[test]
fn a_call_ends_the_check_under_way_and_refuses_every_other() {
    with_headset(
        "a_call_ends_the_check_under_way_and_refuses_every_other",
        |headset| {
            with_program(|program| async move {
                program.listen(true).await.unwrap();
                program.start_practice().await.unwrap();
                let mut phone = program.phone();
                phone.wait_for(|view| !view.calls.is_empty()).await.unwrap();
                check(&program, |check| check == CheckView::Idle).await;
                recorded(headset, &[]);
                let refused = "another_call_in_progress";
                assert_eq!(code(program.listen(true).await), refused);
                assert_eq!(code(program.echo_test().await), refused);
                assert_eq!(code(program.test_sound(SoundRole::Speaker).await), refused);

                let call = phone.borrow().calls[0].id.clone();
                program.decline(&call).await.unwrap();
                let over = |phase| phase == PhaseView::Terminated;
                phone
                    .wait_for(|view| view.calls.iter().all(|call| over(call.phase)))
                    .await
                    .unwrap();
                program.test_sound(SoundRole::Speaker).await.unwrap();
            });
        },
    );
}

#[test]
fn a_call_rings_as_loud_as_is_chosen_also_while_it_rings() {
    with_headset(
        "a_call_rings_as_loud_as_is_chosen_also_while_it_rings",
        |headset| {
            let folder = tempfile::tempdir().unwrap();
            let ear = headset.listen(folder.path().join("heard.raw")).unwrap();
            let ring_volume = |percent| DeviceChoice {
                ring_volume: percent,
                ..DeviceChoice::default()
            };
            with_program(|program| async move {
                program.choose_devices(ring_volume(0)).await;
                program.start_practice().await.unwrap();
                wait_until("the ringer", || Ok(headset.played()? == ["spk"])).unwrap();
                let before = ear.heard().unwrap().len();
                let a_ring = 4 * RATE;
                wait_until("a ring", || Ok(ear.heard()?.len() > before + a_ring)).unwrap();
                assert_eq!(sound::level(&ear.heard().unwrap()), 0.0);
                program.choose_devices(ring_volume(100)).await;
                wait_until("a loud ring", || Ok(sound::level(&ear.heard()?) > 0.01)).unwrap();
            });
        },
    );
}

#[test]
fn a_missing_device_has_a_code_of_its_own() {
    with_headset("a_missing_device_has_a_code_of_its_own", |headset| {
        headset.unplug("module-remap-source").unwrap();
        with_program(|program| async move {
            assert_eq!(code(program.listen(true).await), "check_no_microphone");
            assert_eq!(code(program.echo_test().await), "check_no_microphone");
            headset.unplug("module-null-sink").unwrap();
            let ring = program.test_sound(SoundRole::Ringer).await;
            assert_eq!(code(ring), "check_no_speaker");
            assert_eq!(program.devices().borrow().check, CheckView::Idle);
        });
    });
}

/// Nobody waits for an answer any more.
#[test]
fn a_microphone_that_goes_while_it_is_listened_to_is_a_notice() {
    with_headset(
        "a_microphone_that_goes_while_it_is_listened_to_is_a_notice",
        |headset| {
            with_program(|program| async move {
                program.listen(true).await.unwrap();
                headset.unplug("module-remap-source").unwrap();
                check(&program, |check| check == CheckView::Idle).await;
                let notice = program.phone().borrow().notice.clone();
                assert_eq!(notice.unwrap().code, "check_no_microphone");
            });
        },
    );
}
