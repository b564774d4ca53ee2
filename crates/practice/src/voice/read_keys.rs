//! Number 603: reads keys and says them back.

use super::{FRAMES, Frame, Report, Tape, Voice, VoiceEvent, prompt};
use crate::clip::Clips;

/// As many as the lab's 603 reads.
const KEYS: usize = 6;
/// Frames without a key after which no more is waited for: 5 s, as the lab.
const PATIENCE: u32 = 5 * FRAMES;

/// Asks for six keys, reports them ([`VoiceEvent::KeysRead`]), reads them aloud, and has
/// [`VoiceEvent::Finished`]. A key may be pressed before the prompt is over. `A-D` do not count.
#[derive(Debug)]
pub struct ReadKeys {
    tape: Tape,
    keys: String,
    step: Step,
    report: Report,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Frames since the prompt's end or the last key.
    Reading {
        idle: u32,
    },
    SayingBack,
    Finished,
}

impl ReadKeys {
    /// Begins with the prompt.
    pub fn new(clips: &Clips, report: Report) -> Self {
        Self {
            tape: Tape::new(clips.clone(), prompt::press_six()),
            keys: String::with_capacity(KEYS),
            step: Step::Reading { idle: 0 },
            report,
        }
    }

    fn say_back(&mut self) {
        if !self.keys.is_empty() {
            self.tape.play(prompt::pressed(&self.keys));
        }
        self.step = Step::SayingBack;
        let keys = self.keys.clone().into();
        self.report.tell(VoiceEvent::KeysRead(keys));
    }
}

impl Voice for ReadKeys {
    fn frame(&mut self, _heard: &Frame, said: &mut Frame) {
        let speaks = !self.tape.is_over();
        self.tape.read(said);
        match self.step {
            Step::Reading { .. } if speaks => {}
            Step::Reading { idle } if idle < PATIENCE => {
                self.step = Step::Reading { idle: idle + 1 };
            }
            Step::Reading { .. } => self.say_back(),
            Step::SayingBack if self.tape.is_over() => {
                self.step = Step::Finished;
                self.report.tell(VoiceEvent::Finished);
            }
            Step::SayingBack | Step::Finished => {}
        }
    }

    fn key(&mut self, key: char) {
        let counts = key.is_ascii_digit() || key == '*' || key == '#';
        if !counts || !matches!(self.step, Step::Reading { .. }) {
            return;
        }
        // Whoever presses knows what to do.
        self.tape.play(prompt::nothing());
        self.step = Step::Reading { idle: 0 };
        self.keys.push(key);
        if self.keys.len() == KEYS {
            self.say_back();
        }
    }
}
