//! Two phones' media in one process, over 127.0.0.1, with files or voices for ears and mouths.

pub mod actor;
pub mod phone;
#[path = "sound.rs"]
pub mod sound;

use std::path::{Path, PathBuf};
use std::time::Duration;

use alobar_core::{CallId, Direction, MediaAction, MediaEvent, Sdp};
use alobar_media::{
    AudioConfig, CallStats, Codec, Input, Media, MediaConfig, MediaReport, Network, Output, Voice,
    Voices, VoicesConfig, Volume,
};
use tokio::sync::mpsc::UnboundedReceiver;

/// Only catches a hang.
const PATIENCE: Duration = Duration::from_secs(40);
const CALL: CallId = CallId(1);

/// One end of a call.
pub struct End {
    sound: Sound,
    reports: UnboundedReceiver<MediaReport>,
    pub stats: Option<CallStats>,
}

enum Sound {
    /// With the file of what is heard.
    Files(Media, PathBuf),
    Voices(Voices),
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
                ring_volume: Volume::FULL,
                processing: false,
            },
        })
        .unwrap();
        End {
            sound: Sound::Files(media, heard),
            reports,
            stats: None,
        }
    }

    /// `voice` speaks and listens.
    pub fn with_voice(plain_rtp: bool, voice: impl Voice + 'static) -> End {
        let (voices, reports) = Voices::start(VoicesConfig {
            codecs: vec![],
            network: Network::Loopback,
            plain_rtp,
        })
        .unwrap();
        voices.open(CALL, Box::new(voice));
        End {
            sound: Sound::Voices(voices),
            reports,
            stats: None,
        }
    }

    pub fn replace_voice(&self, voice: impl Voice + 'static) {
        let Sound::Voices(voices) = &self.sound else {
            panic!("no voices")
        };
        voices.open(CALL, Box::new(voice));
    }

    pub fn perform(&self, action: MediaAction) {
        match &self.sound {
            Sound::Files(media, _) => media.perform(CALL, action),
            Sound::Voices(voices) => voices.perform(CALL, action),
        }
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

    /// Hangs up; the final statistics and the file of what was heard.
    pub async fn hang_up(mut self) -> (CallStats, Vec<f32>) {
        self.perform(MediaAction::Close);
        let heard = match self.sound {
            Sound::Files(media, heard) => {
                media.stop().await;
                Some(heard)
            }
            Sound::Voices(voices) => {
                voices.stop().await;
                None
            }
        };
        while let Some(report) = self.reports.recv().await {
            if let MediaReport::Stats { stats, .. } = report {
                self.stats = Some(stats);
            }
        }
        let heard = heard.map(|file| read(&file)).unwrap_or_default();
        (self.stats.expect("no statistics"), heard)
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
