//! The clips in `clips/`: what the exchange and its callers say. `clips/texts.tsv` has the words.

mod sound;

use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use crate::voice::SAMPLE_RATE;

pub(crate) use sound::Sound;

macro_rules! clips {
    ($($name:ident = $path:literal,)*) => {
        /// One clip. `Vi` and `En` are its language, the rest is its file's name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "as in clips/texts.tsv")]
        pub enum Clip {
            $($name,)*
        }

        impl Clip {
            /// Every clip, in the order of the enum.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The file's path under `clips/`, without `.wav`.
            pub fn path(self) -> &'static str {
                match self {
                    $(Self::$name => $path,)*
                }
            }

            fn wav(self) -> &'static [u8] {
                match self {
                    $(Self::$name => include_bytes!(concat!("../clips/", $path, ".wav")),)*
                }
            }
        }
    };
}

clips! {
    ViZero = "vi/0",
    ViOne = "vi/1",
    ViTwo = "vi/2",
    ViThree = "vi/3",
    ViFour = "vi/4",
    ViFive = "vi/5",
    ViSix = "vi/6",
    ViSeven = "vi/7",
    ViEight = "vi/8",
    ViNine = "vi/9",
    ViTen = "vi/10",
    ViTy = "vi/ty",
    ViTyOne = "vi/ty-one",
    ViTyFour = "vi/ty-four",
    ViTyFive = "vi/ty-five",
    ViHundred = "vi/hundred",
    ViThousand = "vi/thousand",
    ViOh = "vi/oh",
    ViStar = "vi/star",
    ViHash = "vi/hash",
    ViToday = "vi/today",
    ViWeekday = "vi/weekday",
    ViSunday = "vi/sunday",
    ViDay = "vi/day",
    ViFirstTenDays = "vi/first-ten-days",
    ViMonth = "vi/month",
    ViNow = "vi/now",
    ViHour = "vi/hour",
    ViMinute = "vi/minute",
    EnZero = "en/0",
    EnOne = "en/1",
    EnTwo = "en/2",
    EnThree = "en/3",
    EnFour = "en/4",
    EnFive = "en/5",
    EnSix = "en/6",
    EnSeven = "en/7",
    EnEight = "en/8",
    EnNine = "en/9",
    EnTen = "en/10",
    EnEleven = "en/11",
    EnTwelve = "en/12",
    EnThirteen = "en/13",
    EnFourteen = "en/14",
    EnFifteen = "en/15",
    EnSixteen = "en/16",
    EnSeventeen = "en/17",
    EnEighteen = "en/18",
    EnNineteen = "en/19",
    EnTwenty = "en/20",
    EnThirty = "en/30",
    EnForty = "en/40",
    EnFifty = "en/50",
    EnSixty = "en/60",
    EnSeventy = "en/70",
    EnEighty = "en/80",
    EnNinety = "en/90",
    EnHundred = "en/hundred",
    EnThousand = "en/thousand",
    EnOh = "en/oh",
    EnStar = "en/star",
    EnHash = "en/hash",
    EnAm = "en/am",
    EnPm = "en/pm",
    EnToday = "en/today",
    EnNow = "en/now",
    EnMonday = "en/monday",
    EnTuesday = "en/tuesday",
    EnWednesday = "en/wednesday",
    EnThursday = "en/thursday",
    EnFriday = "en/friday",
    EnSaturday = "en/saturday",
    EnSunday = "en/sunday",
    EnJanuary = "en/january",
    EnFebruary = "en/february",
    EnMarch = "en/march",
    EnApril = "en/april",
    EnMay = "en/may",
    EnJune = "en/june",
    EnJuly = "en/july",
    EnAugust = "en/august",
    EnSeptember = "en/september",
    EnOctober = "en/october",
    EnNovember = "en/november",
    EnDecember = "en/december",
    ViWelcome = "vi/welcome",
    EnWelcome = "en/welcome",
    ViPressSix = "vi/press-six",
    EnPressSix = "en/press-six",
    ViYouPressed = "vi/you-pressed",
    EnYouPressed = "en/you-pressed",
    ViSpeak = "vi/speak",
    EnSpeak = "en/speak",
    ViCustomerHello = "vi/customer-hello",
    ViCustomerRequest = "vi/customer-request",
    ViCustomerThanks = "vi/customer-thanks",
    ViCustomerGoodbye = "vi/customer-goodbye",
}

/// All clips, decoded. A clone shares them.
#[derive(Debug, Clone)]
pub struct Clips {
    /// In the order of [`Clip::ALL`].
    sounds: Arc<[Sound]>,
}

/// A clip in this program cannot be played: the file was made by something other than `make.sh`.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClipError {
    /// No WAV file of 16 bits.
    #[error("Decode the clip {clip}")]
    Decode {
        /// Path under `clips/`.
        clip: &'static str,
        /// What is wrong with it.
        source: hound::Error,
    },
    /// Neither 8 nor 16 kHz, or not mono.
    #[error("Play the clip {clip} of {channels} channels at {rate} Hz")]
    Format {
        /// Path under `clips/`.
        clip: &'static str,
        /// Channels.
        channels: u16,
        /// Samples in a second.
        rate: u32,
    },
}

impl Clips {
    /// Decodes every clip: some milliseconds, 1 MB.
    ///
    /// # Errors
    /// When a clip is not as `make.sh` makes it; never, once the tests have passed.
    pub fn load() -> Result<Self, ClipError> {
        let sounds: Result<Vec<_>, _> = Clip::ALL.iter().map(|clip| decode(*clip)).collect();
        Ok(Self {
            sounds: sounds?.into(),
        })
    }

    /// How long a clip sounds.
    pub fn length(&self, clip: Clip) -> Duration {
        Duration::from_secs_f64(self.sound(clip).len() as f64 / f64::from(SAMPLE_RATE))
    }

    pub(crate) fn sound(&self, clip: Clip) -> &Sound {
        &self.sounds[clip as usize]
    }
}

fn decode(clip: Clip) -> Result<Sound, ClipError> {
    let failed = |source| ClipError::Decode {
        clip: clip.path(),
        source,
    };
    let mut reader = hound::WavReader::new(Cursor::new(clip.wav())).map_err(failed)?;
    let spec = reader.spec();
    let samples: Result<Vec<i16>, _> = reader.samples().collect();
    let sound = match spec.channels {
        1 => Sound::new(samples.map_err(failed)?, spec.sample_rate),
        _ => None,
    };
    sound.ok_or(ClipError::Format {
        clip: clip.path(),
        channels: spec.channels,
        rate: spec.sample_rate,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(clips: &Clips, clip: Clip) -> Vec<f32> {
        let mut out = vec![0.0; clips.sound(clip).len()];
        clips.sound(clip).read(0, &mut out);
        out
    }

    fn dbfs(sound: &[f32]) -> f32 {
        let mean = sound.iter().map(|s| s * s).sum::<f32>() / sound.len() as f32;
        10.0 * mean.max(1e-12).log10()
    }

    #[test]
    fn the_clips_are_all_there_and_their_words_are_written_down() {
        let written: Vec<&str> = include_str!("../clips/texts.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').next().unwrap())
            .collect();
        let played: Vec<&str> = Clip::ALL.iter().map(|clip| clip.path()).collect();
        assert_eq!(played, written);
    }

    #[test]
    fn every_clip_is_as_loud_as_the_others_and_none_clips() {
        let clips = Clips::load().unwrap();
        for clip in Clip::ALL {
            let sound = heard(&clips, *clip);
            let level = dbfs(&sound);
            assert!((-25.0..-23.0).contains(&level), "{clip:?}: {level} dBFS");
            let peak = sound.iter().fold(0.0_f32, |peak, s| peak.max(s.abs()));
            assert!(peak < 0.9, "{clip:?}: a peak of {peak}");
        }
    }

    #[test]
    fn every_clip_begins_and_ends_with_its_word_without_a_click() {
        let clips = Clips::load().unwrap();
        for clip in Clip::ALL {
            let sound = heard(&clips, *clip);
            let (first, last) = (&sound[..4_800], &sound[sound.len() - 4_800..]);
            assert!(dbfs(first) > -50.0, "{clip:?} begins with silence");
            assert!(dbfs(last) > -50.0, "{clip:?} ends in silence");
            assert!(dbfs(&sound[..24]) < -35.0, "{clip:?} begins with a click");
            let end = dbfs(&sound[sound.len() - 24..]);
            assert!(end < -35.0, "{clip:?} ends with a click: {end} dBFS");
        }
    }

    #[test]
    fn a_word_takes_a_moment_and_a_sentence_a_few_seconds() {
        let clips = Clips::load().unwrap();
        for clip in Clip::ALL {
            let length = clips.length(*clip).as_secs_f32();
            assert!((0.1..4.0).contains(&length), "{clip:?}: {length} s");
        }
        let request = clips.length(Clip::ViCustomerRequest).as_secs_f32();
        assert!(request > 2.0, "{request} s");
    }

    #[test]
    fn the_clips_stay_small() {
        let bytes: usize = Clip::ALL.iter().map(|clip| clip.wav().len()).sum();
        assert!(bytes < 900_000, "{bytes} bytes");
    }
}
