//! Two phones' media in one process, over 127.0.0.1, with files for ears and mouths.

#[path = "sound.rs"]
pub mod sound;

use std::path::{Path, PathBuf};
use std::time::Duration;

use alobar_core::{CallId, Direction, MediaAction, MediaEvent, Sdp};
use alobar_media::{
    AudioConfig, CallStats, Codec, Input, Media, MediaConfig, MediaReport, Network, Output,
};
use tokio::sync::mpsc::UnboundedReceiver;

/// Only catches a hang.
const PATIENCE: Duration = Duration::from_secs(40);
const CALL: CallId = CallId(1);

/// One end of a call.
pub struct End {
    pub media: Media,
    reports: UnboundedReceiver<MediaReport>,
    pub stats: Option<CallStats>,
    heard: PathBuf,
}

impl End {
    /// Says `speech`, or nothing, and records what it hears as `name`.
    pub fn new(folder: &Path, name: &str, codecs: &[Codec], speech: Option<&Path>) -> End {
        let heard = folder.join(format!("{name}.wav"));
        let (media, reports) = Media::start(MediaConfig {
            codecs: codecs.to_vec(),
            ice_servers: vec![],
            network: Network::Loopback,
            audio: AudioConfig {
                input: speech.map_or(Input::Silence, |path| Input::Wav(path.to_owned())),
                output: Output::Wav(heard.clone()),
                ringer: None,
                processing: false,
            },
        })
        .unwrap();
        End {
            media,
            reports,
            stats: None,
            heard,
        }
    }

    pub fn perform(&self, action: MediaAction) {
        self.media.perform(CALL, action);
    }

    /// The first report that `wanted` accepts; statistics are kept on the way.
    pub async fn report<T>(&mut self, mut wanted: impl FnMut(&MediaReport) -> Option<T>) -> T {
        let search = async {
            loop {
                let report = self.reports.recv().await.expect("media ended");
                if let MediaReport::Stats { stats, .. } = &report {
                    self.stats = Some(*stats);
                }
                if let Some(found) = wanted(&report) {
                    return found;
                }
            }
        };
        tokio::time::timeout(PATIENCE, search).await.expect("hangs")
    }

    /// The first event of the call that `wanted` accepts.
    pub async fn event<T>(&mut self, mut wanted: impl FnMut(&MediaEvent) -> Option<T>) -> T {
        self.report(|report| match report {
            MediaReport::Call { event, .. } => wanted(event),
            _ => None,
        })
        .await
    }

    /// Waits until exactly this event comes.
    pub async fn expect(&mut self, expected: MediaEvent) {
        self.event(|event| (*event == expected).then_some(())).await;
    }

    /// Statistics once `good` is true.
    pub async fn stats(&mut self, mut good: impl FnMut(&CallStats) -> bool) -> CallStats {
        self.report(|report| match report {
            MediaReport::Stats { stats, .. } if good(stats) => Some(*stats),
            _ => None,
        })
        .await
    }

    pub async fn offer(&mut self, direction: Direction) -> Sdp {
        self.perform(MediaAction::CreateOffer { direction });
        self.event(|event| match event {
            MediaEvent::Offer(sdp) => Some(sdp.clone()),
            _ => None,
        })
        .await
    }

    pub async fn answer(&mut self, offer: Sdp, direction: Direction) -> Sdp {
        self.perform(MediaAction::AcceptOffer { offer, direction });
        self.event(|event| match event {
            MediaEvent::Answer(sdp) => Some(sdp.clone()),
            _ => None,
        })
        .await
    }

    /// Hangs up; the final statistics and what was heard.
    pub async fn hang_up(mut self) -> (CallStats, Vec<f32>) {
        self.perform(MediaAction::Close);
        self.media.stop().await;
        while let Some(report) = self.reports.recv().await {
            if let MediaReport::Stats { stats, .. } = report {
                self.stats = Some(stats);
            }
        }
        (self.stats.expect("no statistics"), read(&self.heard))
    }
}

/// Offer and answer, and both ends connected and focused.
pub async fn connect(caller: &mut End, callee: &mut End) {
    let offer = caller.offer(Direction::SendRecv).await;
    let answer = callee.answer(offer, Direction::SendRecv).await;
    caller.perform(MediaAction::AcceptAnswer { answer });
    caller.expect(MediaEvent::Connected).await;
    callee.expect(MediaEvent::Connected).await;
    for end in [&caller, &callee] {
        end.perform(MediaAction::Focus { on: true });
    }
}

/// `direction` is the one who asks; the other allows everything.
pub async fn renegotiate(asks: &mut End, answers: &mut End, direction: Direction) -> Sdp {
    let offer = asks.offer(direction).await;
    let answer = answers.answer(offer, Direction::SendRecv).await;
    asks.perform(MediaAction::AcceptAnswer {
        answer: answer.clone(),
    });
    asks.event(|event| matches!(event, MediaEvent::RemoteDirection { .. }).then_some(()))
        .await;
    answer
}

pub fn write(path: &Path, samples: &[f32]) {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 48_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, spec).unwrap();
    for sample in samples {
        writer.write_sample((sample * 32_767.0) as i16).unwrap();
    }
    writer.finalize().unwrap();
}

pub fn read(path: &Path) -> Vec<f32> {
    let mut reader = hound::WavReader::open(path).unwrap();
    reader
        .samples::<i16>()
        .map(|sample| f32::from(sample.unwrap()) / 32_768.0)
        .collect()
}
