//! The sound at a private PulseAudio: what a person would hear and be heard with.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use std::path::Path;
use std::sync::Barrier;
use std::thread;

use alobar_core::{CallId, Tone};
use alobar_e2e::headset::{RATE, wait_until, with_headset};
use alobar_e2e::sound::{self, listening};
use alobar_media::audio::{
    AudioConfig, AudioEvent, CallAudio, DeviceChoice, DeviceRole, FRAME, Frame, Input, Output,
    Pump, Volume, devices,
};
use tokio::sync::mpsc::UnboundedReceiver;

const CALL: CallId = CallId(1);

/// Plays what it captures, 10 ms later.
struct Loop(Frame);

impl CallAudio for Loop {
    fn capture(&mut self, frame: &Frame) {
        self.0 = *frame;
    }

    fn playback(&mut self, frame: &mut Frame) {
        *frame = self.0;
    }
}

fn start() -> (Pump, UnboundedReceiver<AudioEvent>) {
    Pump::start(AudioConfig {
        input: Input::Device(None),
        output: Output::Device(None),
        ringer: None,
        ring_volume: Volume::FULL,
        processing: false,
    })
    .unwrap()
}

fn start_call() -> (Pump, UnboundedReceiver<AudioEvent>) {
    let (pump, events) = start();
    pump.attach(CALL, Box::new(Loop([0.0; FRAME])));
    pump.focus(CALL, true);
    (pump, events)
}

fn wait_for(events: &mut UnboundedReceiver<AudioEvent>, wanted: &AudioEvent) {
    wait_until(&format!("{wanted:?}"), || {
        while let Ok(event) = events.try_recv() {
            if event == *wanted {
                return Ok(true);
            }
        }
        Ok(false)
    })
    .unwrap();
}

/// How alike two sounds at 8 kHz are, 0 to 1: the mean over loud pieces of 200 ms, each where it
/// fits best within 400 ms. Longer pieces would punish the drift control for bending time.
fn likeness(said: &[f32], heard: &[f32]) -> f32 {
    const PIECE: usize = 1600;
    let fit = |a: &[f32], b: &[f32]| {
        let product: f32 = a.iter().zip(b).map(|(a, b)| a * b).sum();
        product / (sound::level(a) * sound::level(b) * PIECE as f32).max(f32::EPSILON)
    };
    let loud = sound::level(said) / 2.0;
    let pieces: Vec<f32> = (0..said.len() - PIECE)
        .step_by(PIECE)
        .map(|start| (start, &said[start..start + PIECE]))
        .filter(|(start, piece)| sound::level(piece) > loud && start + 3 * PIECE < heard.len())
        .map(|(start, piece)| {
            heard[start..start + 3 * PIECE]
                .windows(PIECE)
                .map(|b| fit(piece, b))
                .fold(0.0, f32::max)
        })
        .collect();
    assert!(pieces.len() > 20, "too little was heard");
    pieces.iter().sum::<f32>() / pieces.len() as f32
}

fn write_wav(path: &Path, sound: &[f32]) {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: RATE as u32,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut file = hound::WavWriter::create(path, spec).unwrap();
    for sample in sound {
        file.write_sample((sample * 32767.0) as i16).unwrap();
    }
    file.finalize().unwrap();
}

#[test]
fn devices_have_stable_ids_and_a_speakers_monitor_is_no_microphone() {
    with_headset(
        "devices_have_stable_ids_and_a_speakers_monitor_is_no_microphone",
        |_| {
            let devices = devices().unwrap();
            let [microphone] = &devices.inputs[..] else {
                panic!("{:?}", devices.inputs)
            };
            assert_eq!(microphone.id, "pulseaudio:mic");
            assert_eq!(microphone.name, "VirtualHeadsetMic");
            assert!(microphone.is_default);
            let speakers: Vec<_> = devices
                .outputs
                .iter()
                .map(|d| (&*d.id, d.is_default))
                .collect();
            assert_eq!(
                speakers,
                [("pulseaudio:spk", true), ("pulseaudio:micfeed", false)]
            );
        },
    );
}

#[test]
fn what_is_said_into_the_microphone_is_heard_from_the_speaker() {
    with_headset(
        "what_is_said_into_the_microphone_is_heard_from_the_speaker",
        |headset| {
            let folder = tempfile::tempdir().unwrap();
            let at = |name: &str| folder.path().join(name);
            sound::speak(&at("said.wav"));
            let said = sound::samples(&at("said.wav"));
            let (_pump, _events) = start_call();
            wait_until("both streams", || {
                Ok(headset.recorded()? == ["mic"] && headset.played()? == ["spk"])
            })
            .unwrap();
            listening(|| {
                let ear = headset.listen(at("heard.raw")).unwrap();
                headset.speak(&at("said.wav")).unwrap();
                write_wav(&at("heard.wav"), &ear.heard().unwrap());
                let likeness = likeness(&said, &sound::samples(&at("heard.wav")));
                (likeness > 0.9)
                    .then_some(())
                    .ok_or(format!("likeness {likeness}"))
            });
        },
    );
}

#[test]
fn nothing_is_opened_until_a_call_has_the_focus_and_all_is_closed_after() {
    with_headset(
        "nothing_is_opened_until_a_call_has_the_focus_and_all_is_closed_after",
        |headset| {
            let (pump, _events) = start_call();
            wait_until("the microphone", || Ok(headset.recorded()? == ["mic"])).unwrap();
            pump.detach(CALL);
            wait_until("the end of both streams", || {
                Ok(headset.recorded()?.is_empty() && headset.played()?.is_empty())
            })
            .unwrap();
            pump.tone(Some(Tone::Ringtone));
            wait_until("the ringer", || Ok(headset.played()? == ["spk"])).unwrap();
            assert!(
                headset.recorded().unwrap().is_empty(),
                "ringing does not listen"
            );
        },
    );
}

#[test]
fn an_unplugged_microphone_is_replaced_until_it_is_back() {
    with_headset(
        "an_unplugged_microphone_is_replaced_until_it_is_back",
        |headset| {
            let module = headset.plug_microphone("usb").unwrap();
            let (pump, mut events) = start_call();
            let id = String::from("pulseaudio:usb");
            pump.choose(DeviceChoice {
                microphone: Some(id.clone()),
                ..DeviceChoice::default()
            });
            wait_until("the chosen microphone", || {
                Ok(headset.recorded()? == ["usb"])
            })
            .unwrap();
            headset.unplug(&module).unwrap();
            wait_for(
                &mut events,
                &AudioEvent::DeviceLost {
                    role: DeviceRole::Microphone,
                    id,
                },
            );
            wait_until("the default microphone", || {
                Ok(headset.recorded()? == ["mic"])
            })
            .unwrap();
            headset.plug_microphone("usb").unwrap();
            wait_for(&mut events, &AudioEvent::DevicesChanged);
            wait_until(
                "the chosen one again",
                || Ok(headset.recorded()? == ["usb"]),
            )
            .unwrap();
        },
    );
}

/// CB-20.
#[test]
fn a_call_without_a_microphone_is_told() {
    with_headset("a_call_without_a_microphone_is_told", |headset| {
        headset.unplug("module-remap-source").unwrap();
        let (_pump, mut events) = start_call();
        let role = DeviceRole::Microphone;
        wait_for(&mut events, &AudioEvent::DeviceFailed { role });
        headset.plug_microphone("late").unwrap();
        wait_until(
            "the late microphone",
            || Ok(headset.recorded()? == ["late"]),
        )
        .unwrap();
    });
}

#[test]
fn tones_are_heard_at_a_comfortable_level() {
    with_headset("tones_are_heard_at_a_comfortable_level", |headset| {
        let folder = tempfile::tempdir().unwrap();
        let (pump, _events) = start();
        for tone in [Tone::Ringback, Tone::Ringtone] {
            listening(|| {
                let ear = headset.listen(folder.path().join("heard.raw")).unwrap();
                pump.tone(Some(tone));
                wait_until("six seconds", || Ok(ear.heard()?.len() > 6 * RATE)).unwrap();
                pump.tone(None);
                let heard = ear.heard().unwrap();
                let loudest = heard
                    .windows(RATE)
                    .step_by(480)
                    .map(sound::level)
                    .fold(0.0, f32::max);
                let peak = heard
                    .iter()
                    .fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
                let dbfs = 20.0 * loudest.log10();
                let comfortable = (-20.0..-12.0).contains(&dbfs) && peak < 0.9;
                comfortable
                    .then_some(())
                    .ok_or(format!("{tone:?}: {dbfs} dBFS, peak {peak}"))
            });
        }
    });
}

#[test]
fn threads_that_ask_for_devices_at_once_share_one_connection() {
    with_headset(
        "threads_that_ask_for_devices_at_once_share_one_connection",
        |headset| {
            let together = Barrier::new(8);
            thread::scope(|scope| {
                for _ in 0..8 {
                    scope.spawn(|| {
                        together.wait();
                        devices().unwrap()
                    });
                }
            });
            assert_eq!(headset.connections().unwrap(), 1);
        },
    );
}
