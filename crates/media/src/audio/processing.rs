//! What is done to the microphone's sound before it is sent.

use sonora::config::{
    AdaptiveDigital, EchoCanceller, GainController2, MaxProcessingRate, NoiseSuppression, Pipeline,
};
use sonora::{AudioProcessing, Config, StreamConfig};

use super::{FRAME, Frame, SAMPLE_RATE};

/// Improves the near end, knowing what is played at the far end. Once per tick each, far first.
pub(super) trait Processing: Send {
    /// What is about to be played.
    fn far(&mut self, frame: &Frame);

    /// What was captured, replaced by what is to be sent.
    fn near(&mut self, frame: &mut Frame);
}

/// Leaves the sound as it is.
#[derive(Debug)]
pub(super) struct Bypass;

impl Processing for Bypass {
    fn far(&mut self, _frame: &Frame) {}

    fn near(&mut self, _frame: &mut Frame) {}
}

/// Echo cancellation (it finds the delay itself), noise suppression and adaptive gain with their
/// defaults, over the full band. Adds about 15 ms.
pub(super) struct Sonora {
    apm: AudioProcessing,
    out: Frame,
}

impl Sonora {
    pub(super) fn new() -> Self {
        let config = Config {
            pipeline: Pipeline {
                maximum_internal_processing_rate: MaxProcessingRate::Rate48kHz,
                ..Pipeline::default()
            },
            echo_canceller: Some(EchoCanceller::default()),
            noise_suppression: Some(NoiseSuppression::default()),
            gain_controller2: Some(GainController2 {
                adaptive_digital: Some(AdaptiveDigital::default()),
                ..GainController2::default()
            }),
            ..Config::default()
        };
        let mono = StreamConfig::new(SAMPLE_RATE, 1);
        let apm = AudioProcessing::builder()
            .config(config)
            .capture_config(mono)
            .render_config(mono)
            .build();
        Self {
            apm,
            out: [0.0; FRAME],
        }
    }
}

impl Processing for Sonora {
    fn far(&mut self, frame: &Frame) {
        if let Err(error) = self.apm.process_render_f32(&[frame], &mut [&mut self.out]) {
            tracing::error!(%error, "Far end refused");
        }
    }

    fn near(&mut self, frame: &mut Frame) {
        match self.apm.process_capture_f32(&[frame], &mut [&mut self.out]) {
            Ok(()) => *frame = self.out,
            Err(error) => tracing::error!(%error, "Near end refused"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise from a fixed seed, with the slope and the syllables of speech.
    struct Babble {
        state: u32,
        low: f32,
        time: f32,
    }

    impl Babble {
        fn new() -> Self {
            Self {
                state: 1,
                low: 0.0,
                time: 0.0,
            }
        }

        fn sample(&mut self) -> f32 {
            self.state = self
                .state
                .wrapping_mul(1_664_525)
                .wrapping_add(1_013_904_223);
            let white = self.state as f32 / u32::MAX as f32 * 2.0 - 1.0;
            self.low += 0.15 * (white - self.low);
            self.time += 1.0 / SAMPLE_RATE as f32;
            let syllable = (self.time * std::f32::consts::TAU * 4.0).sin().max(0.0);
            self.low * syllable
        }
    }

    /// A room: 40 ms until the first echo, then a decaying handful more.
    fn echo(history: &[f32]) -> f32 {
        let at = |delay_ms: usize| history[history.len() - 1 - delay_ms * 48];
        (0..12)
            .map(|n| 0.5 * 0.7_f32.powi(n as i32) * at(40 + 7 * n))
            .sum()
    }

    fn power(samples: impl IntoIterator<Item = f32>) -> f32 {
        samples.into_iter().map(|s| s * s).sum()
    }

    /// Echo return loss enhancement in dB over the last 3 of 13 seconds.
    fn erle(processing: &mut dyn Processing) -> f32 {
        let mut babble = Babble::new();
        let mut history = vec![0.0; 48 * 200];
        let (mut before, mut after) = (0.0, 0.0);
        for tick in 0..1300 {
            let mut near = [0.0; FRAME];
            let mut far = [0.0; FRAME];
            for n in 0..FRAME {
                far[n] = babble.sample();
                history.push(far[n]);
                near[n] = echo(&history);
            }
            history.drain(..FRAME);
            let captured = power(near);
            processing.far(&far);
            processing.near(&mut near);
            if tick >= 1000 {
                before += captured;
                after += power(near);
            }
        }
        10.0 * (before / after).log10()
    }

    #[test]
    fn the_peer_does_not_hear_an_echo_of_itself() {
        let erle = erle(&mut Sonora::new());
        assert!(erle > 15.0, "only {erle:.1} dB");
    }

    #[test]
    fn bypass_changes_nothing() {
        let erle = erle(&mut Bypass);
        assert!(erle.abs() < 1e-3, "{erle} dB");
    }
}
