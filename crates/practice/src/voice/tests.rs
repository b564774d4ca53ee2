use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::*;
use crate::clip::Clip;
use crate::reading::CivilTime;

mod keys;
mod music;
mod play_back;

/// A call with a voice at the exchange's end, and what both sides hear and learn.
pub(super) struct Call<V> {
    pub(super) voice: V,
    /// All that the voice has said.
    pub(super) said: Vec<f32>,
    events: Arc<Mutex<Vec<VoiceEvent>>>,
}

impl<V: Voice> Call<V> {
    pub(super) fn new(make: impl FnOnce(&Clips, Report) -> V) -> Self {
        let events = Arc::new(Mutex::new(Vec::new()));
        let sink = events.clone();
        let report = Report::new(move |event| sink.lock().unwrap().push(event));
        Self {
            voice: make(&Clips::load().unwrap(), report),
            said: Vec::new(),
            events,
        }
    }

    /// The phone says `sound`, and is silent to the end of the last frame.
    pub(super) fn hears(&mut self, sound: &[f32]) {
        for part in sound.chunks(FRAME) {
            let mut heard = [0.0; FRAME];
            heard[..part.len()].copy_from_slice(part);
            let mut said = [0.0; FRAME];
            self.voice.frame(&heard, &mut said);
            self.said.extend(said);
        }
    }

    /// The phone is silent.
    pub(super) fn wait(&mut self, seconds: f32) {
        self.hears(&vec![0.0; (seconds * SAMPLE_RATE as f32) as usize]);
    }

    /// What has been told since the last time.
    pub(super) fn told(&mut self) -> Vec<VoiceEvent> {
        std::mem::take(&mut *self.events.lock().unwrap())
    }

    /// Waits until something is told; how long that took (s).
    pub(super) fn until_told(&mut self) -> f32 {
        let start = self.said.len();
        while self.events.lock().unwrap().is_empty() {
            self.wait(0.01);
            assert!(self.said.len() - start < 60 * SAMPLE_RATE as usize, "never");
        }
        (self.said.len() - start) as f32 / SAMPLE_RATE as f32
    }
}

pub(super) fn dbfs(sound: &[f32]) -> f32 {
    let mean = sound.iter().map(|s| s * s).sum::<f32>() / sound.len() as f32;
    10.0 * mean.max(1e-12).log10()
}

/// From second `from` to second `to`.
pub(super) fn seconds(sound: &[f32], from: f32, to: f32) -> &[f32] {
    let at = |time: f32| (time * SAMPLE_RATE as f32) as usize;
    &sound[at(from)..at(to)]
}

/// A clip as it sounds.
pub(super) fn clip(clip: Clip) -> Vec<f32> {
    let clips = Clips::load().unwrap();
    let mut sound = vec![0.0; clips.sound(clip).len()];
    clips.sound(clip).read(0, &mut sound);
    sound
}

/// Where in `sound` a clip is heard first (s), or `None`.
pub(super) fn heard_at(sound: &[f32], what: Clip) -> Option<f32> {
    let clip = clip(what);
    let same = |from: usize| {
        sound.len() >= from + clip.len()
            && clip
                .iter()
                .zip(&sound[from..])
                .all(|(a, b)| (a - b).abs() < 1e-4)
    };
    let frame = (0..sound.len() / FRAME).find(|frame| same(frame * FRAME))?;
    Some(frame as f32 / 100.0)
}

#[test]
fn an_echo_says_what_it_hears() {
    let mut call = Call::new(|_, _| Echo);
    let sound: Vec<f32> = (0..4_800).map(|n| (n as f32 * 0.01).sin() / 2.0).collect();
    call.hears(&sound);
    assert_eq!(call.said, sound);
}

#[test]
fn the_announcement_takes_half_a_minute_and_then_is_over_once() {
    let mut call = Call::new(|clips, report| Play::new(clips, announcement(), report));
    let length = call.until_told();
    assert_eq!(call.told(), [VoiceEvent::Finished]);
    assert!((25.0..40.0).contains(&length), "{length} s");
    let end = call.said.len();
    call.wait(2.0);
    assert_eq!(call.told(), []);
    assert_eq!(dbfs(&call.said[end..]), dbfs(&[0.0]), "silent afterwards");
}

#[test]
fn the_announcement_is_heard_in_vietnamese_and_then_in_english() {
    let mut call = Call::new(|clips, report| Play::new(clips, announcement(), report));
    call.until_told();
    let vietnamese = heard_at(&call.said, Clip::ViWelcome).unwrap();
    let english = heard_at(&call.said, Clip::EnWelcome).unwrap();
    assert!(vietnamese < 0.1 && english > vietnamese);
    let (muoi, twenty) = (
        heard_at(&call.said, Clip::ViTy).unwrap(),
        heard_at(&call.said, Clip::EnTwenty).unwrap(),
    );
    assert!(twenty > muoi, "both count to twenty");
}

#[test]
fn an_announcement_never_has_a_hole_of_a_second() {
    let mut call = Call::new(|clips, report| Play::new(clips, announcement(), report));
    let length = call.until_told();
    for tenth in 0..(length * 10.0) as usize - 10 {
        let start = tenth as f32 / 10.0;
        let level = dbfs(seconds(&call.said, start, start + 1.0));
        assert!(level > -45.0, "{level} dBFS at {start} s");
    }
}

#[test]
fn the_clock_reads_the_date_and_the_time() {
    let at = CivilTime::new(2026, 11, 26, 15, 21).unwrap();
    let mut call = Call::new(|clips, report| Play::new(clips, clock(at), report));
    let length = call.until_told();
    assert!((8.0..25.0).contains(&length), "{length} s");
    let order = [
        Clip::ViToday,
        Clip::ViMonth,
        Clip::ViHour,
        Clip::ViMinute,
        Clip::EnToday,
        Clip::EnThursday,
        Clip::EnNovember,
        Clip::EnNow,
        Clip::EnPm,
    ];
    let at = order.map(|clip| heard_at(&call.said, clip).unwrap());
    assert!(at.is_sorted(), "{at:?}");
}

#[test]
fn a_customer_says_line_after_line_and_tells_when_each_is_said() {
    let mut lines = None;
    let mut call = Call::new(|clips, report| {
        let (customer, say) = Customer::new(clips, report);
        lines = Some(say);
        customer
    });
    let lines = lines.unwrap();
    call.wait(1.0);
    assert_eq!(call.told(), [], "silent until told what to say");
    lines.say(Clip::ViCustomerRequest);
    lines.say(Clip::ViCustomerThanks);
    let length = call.until_told();
    assert_eq!(call.told(), [VoiceEvent::Finished]);
    let request = Clips::load().unwrap().length(Clip::ViCustomerRequest);
    assert!(length >= request.as_secs_f32(), "{length} s");
    call.until_told();
    assert_eq!(call.told(), [VoiceEvent::Finished]);
    assert!(
        heard_at(&call.said, Clip::ViCustomerThanks)
            > heard_at(&call.said, Clip::ViCustomerRequest)
    );
}

#[test]
fn a_customer_hears_the_agent_begin_and_end() {
    let mut call = Call::new(|clips, report| Customer::new(clips, report).0);
    call.wait(0.5);
    call.hears(&clip(Clip::ViWelcome));
    assert_eq!(call.told(), [VoiceEvent::SpeechBegan]);
    call.wait(1.0);
    assert_eq!(call.told(), [VoiceEvent::SpeechEnded]);
}

#[test]
fn a_pause_is_as_long_as_it_says() {
    assert_eq!(crate::Speech::PAUSE, Duration::from_millis(800));
}
