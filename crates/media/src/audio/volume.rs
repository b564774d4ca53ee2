//! How loud the phone rings.

use super::{FRAME, Frame};

/// A loudness that a person chose, 0 to 100 percent.
///
/// Half the percentage sounds half as loud: loudness grows with the amplitude to the power of 0.6
/// (Stevens), so the gain is the fraction to the power of 5/3. 50 % is 10 dB below 100 %, 25 % is
/// 20 dB below; 0 % is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Volume {
    percent: u8,
}

impl Volume {
    pub const FULL: Volume = Volume { percent: 100 };

    /// More than 100 is taken as 100.
    pub fn from_percent(percent: u8) -> Self {
        Self {
            percent: percent.min(Self::FULL.percent),
        }
    }

    /// The factor on the amplitude, 0 to 1.
    pub fn gain(self) -> f32 {
        (f32::from(self.percent) / 100.0).powf(5.0 / 3.0)
    }
}

impl Default for Volume {
    fn default() -> Self {
        Self::FULL
    }
}

/// Applies a volume. A change is spread over 10 ms, so that it does not click.
#[derive(Debug)]
pub(super) struct Fader {
    /// At the end of the last frame.
    gain: f32,
    volume: Volume,
}

impl Fader {
    pub(super) fn new(volume: Volume) -> Self {
        Self {
            gain: volume.gain(),
            volume,
        }
    }

    pub(super) fn set(&mut self, volume: Volume) {
        self.volume = volume;
    }

    pub(super) fn apply(&mut self, frame: &mut Frame) {
        let from = self.gain;
        self.gain = self.volume.gain();
        let step = (self.gain - from) / FRAME as f32;
        for (n, sample) in frame.iter_mut().enumerate() {
            *sample *= from + step * (n + 1) as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decibels(percent: u8) -> f32 {
        20.0 * Volume::from_percent(percent).gain().log10()
    }

    #[test]
    fn half_the_percentage_is_ten_decibels_less_and_zero_is_silent() {
        assert_eq!(decibels(100), 0.0);
        assert!((decibels(50) + 10.0).abs() < 0.1);
        assert!((decibels(25) + 20.0).abs() < 0.1);
        assert_eq!(Volume::from_percent(0).gain(), 0.0);
        assert_eq!(Volume::from_percent(255), Volume::FULL);
    }

    #[test]
    fn a_change_takes_one_frame_and_leaves_no_step() {
        let mut fader = Fader::new(Volume::FULL);
        let mut sound = Vec::new();
        for volume in [
            Volume::FULL,
            Volume::from_percent(0),
            Volume::from_percent(50),
        ] {
            fader.set(volume);
            let mut frame = [1.0; FRAME];
            fader.apply(&mut frame);
            assert!((frame[FRAME - 1] - volume.gain()).abs() < 1e-3);
            sound.extend(frame);
        }
        let steps = sound.windows(2).map(|pair| (pair[1] - pair[0]).abs());
        assert!(steps.fold(0.0, f32::max) < 0.003);
    }
}
