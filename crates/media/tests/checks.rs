//! Trying a headset out without a call, at a private PulseAudio.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use std::fs;
use std::thread;

use alobar_e2e::headset::{Headset, RATE, wait_until, with_headset};
use alobar_e2e::sound::{self, listening};
use alobar_media::{Check, CheckEvent, DeviceChoice, DeviceRole, Trial, Volume};

fn start(trial: Trial) -> Check {
    Check::start(trial, DeviceChoice::default()).unwrap()
}

/// What happens next, as [`Check::next`] tells it.
fn next(check: &mut Check) -> CheckEvent {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(check.next())
}

/// The next event that is no level.
fn step(check: &mut Check) -> CheckEvent {
    loop {
        let event = next(check);
        if !matches!(event, CheckEvent::Levels { .. }) {
            return event;
        }
    }
}

/// The threads of sound in this process; those that cpal starts have the name of ours.
fn sound_threads() -> usize {
    let threads = fs::read_dir("/proc/self/task").unwrap();
    threads
        .filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("comm")).ok())
        .filter(|name| name.starts_with("alobar-"))
        .count()
}

fn everything_is_closed(headset: &Headset) {
    wait_until("the end of all streams and threads", || {
        let streams = headset.recorded()?.len() + headset.played()?.len();
        // The connection to the sound server is kept.
        Ok(streams == 0 && sound_threads() <= 1)
    })
    .unwrap();
}

#[test]
fn an_echo_test_says_afterwards_what_was_said_and_closes_the_headset() {
    with_headset(
        "an_echo_test_says_afterwards_what_was_said_and_closes_the_headset",
        |headset| {
            let folder = tempfile::tempdir().unwrap();
            let wav = folder.path().join("said.wav");
            sound::speak(&wav);
            // What surely fits into the recording.
            let said = &sound::samples(&wav)[..24_000];
            listening(|| {
                let ear = headset.listen(folder.path().join("heard.raw")).unwrap();
                let mut check = start(Trial::Echo);
                assert!(matches!(step(&mut check), CheckEvent::Recording(_)));
                let heard_before = thread::scope(|scope| {
                    scope.spawn(|| headset.speak(&wav).unwrap());
                    assert!(matches!(step(&mut check), CheckEvent::Playing(_)));
                    let heard_before = ear.heard().unwrap();
                    assert_eq!(step(&mut check), CheckEvent::Done);
                    heard_before
                });
                assert_eq!(sound::level(&heard_before), 0.0, "silent while recording");
                drop(check);
                everything_is_closed(headset);
                let heard = sound::at_telephone_rate(&ear.heard().unwrap(), RATE);
                let likeness = sound::likeness(said, &heard);
                (likeness > sound::HEARD)
                    .then_some(())
                    .ok_or(format!("likeness {likeness}"))
            });
        },
    );
}

#[test]
fn listening_tells_the_level_of_the_chosen_microphone_and_opens_no_speaker() {
    with_headset(
        "listening_tells_the_level_of_the_chosen_microphone_and_opens_no_speaker",
        |headset| {
            let folder = tempfile::tempdir().unwrap();
            let wav = folder.path().join("said.wav");
            sound::speak(&wav);
            headset.plug_microphone("usb").unwrap();
            let mut check = start(Trial::Microphone);
            assert_eq!(step(&mut check), CheckEvent::Listening);
            check.choose(DeviceChoice {
                microphone: Some("pulseaudio:usb".into()),
                ..DeviceChoice::default()
            });
            wait_until("the chosen microphone", || {
                Ok(headset.recorded()? == ["usb"])
            })
            .unwrap();
            assert!(headset.played().unwrap().is_empty());
            thread::scope(|scope| {
                scope.spawn(|| headset.speak(&wav).unwrap());
                let heard = |event| matches!(event, CheckEvent::Levels { microphone, .. } if microphone > 0.02);
                while !heard(next(&mut check)) {}
            });
            drop(check);
            everything_is_closed(headset);
        },
    );
}

/// What the speaker or the ringer sounds in a check: all of its energy, as an amplitude.
fn sounded(headset: &Headset, trial: Trial, choice: DeviceChoice) -> f32 {
    let folder = tempfile::tempdir().unwrap();
    let ear = headset.listen(folder.path().join("heard.raw")).unwrap();
    let mut check = Check::start(trial, choice).unwrap();
    assert!(matches!(step(&mut check), CheckEvent::Sounding(..)));
    assert_eq!(step(&mut check), CheckEvent::Done);
    drop(check);
    everything_is_closed(headset);
    let heard = ear.heard().unwrap();
    heard.iter().map(|s| s * s).sum::<f32>().sqrt()
}

#[test]
fn the_ring_at_half_the_volume_is_ten_decibels_quieter_and_the_chime_is_not() {
    with_headset(
        "the_ring_at_half_the_volume_is_ten_decibels_quieter_and_the_chime_is_not",
        |headset| {
            let quieter_by = |trial| {
                let at = |percent| DeviceChoice {
                    ring_volume: Volume::from_percent(percent),
                    ..DeviceChoice::default()
                };
                let (full, half) = (
                    sounded(headset, trial, at(100)),
                    sounded(headset, trial, at(50)),
                );
                assert!(full > 1.0, "{trial:?} was heard");
                20.0 * (full / half).log10()
            };
            listening(|| {
                let (ring, chime) = (quieter_by(Trial::Ringer), quieter_by(Trial::Speaker));
                ((ring - 10.0).abs() < 0.5 && chime.abs() < 0.5)
                    .then_some(())
                    .ok_or(format!("ring {ring} dB, chime {chime} dB"))
            });
        },
    );
}

#[test]
fn a_check_without_its_device_fails_and_says_which() {
    with_headset(
        "a_check_without_its_device_fails_and_says_which",
        |headset| {
            headset.unplug("module-remap-source").unwrap();
            let failed = |trial| step(&mut start(trial));
            let no_microphone = CheckEvent::Failed(DeviceRole::Microphone);
            assert_eq!(failed(Trial::Microphone), no_microphone);
            assert_eq!(failed(Trial::Echo), no_microphone);
            headset.unplug("module-null-sink").unwrap();
            assert_eq!(
                failed(Trial::Speaker),
                CheckEvent::Failed(DeviceRole::Speaker)
            );
            assert_eq!(
                failed(Trial::Ringer),
                CheckEvent::Failed(DeviceRole::Ringer)
            );
            everything_is_closed(headset);
        },
    );
}
