//! Number 611: the proof of a microphone.

use std::f32::consts::TAU;

use super::{FRAME, FRAMES, Frame, SAMPLE_RATE, Tape, Voice, prompt};
use crate::clip::Clips;
use crate::speech::{Speech, SpeechEvent};

/// Most that is recorded: 8 s.
const LONGEST: usize = 8 * FRAMES as usize;
/// Frames of silence after speech that end the recording: 2 s.
const SILENCE: usize = 2 * FRAMES as usize;
/// Frames of that silence which are played back, so that the last word is whole.
const TAIL: usize = 30;
/// Frames of the beep.
const BEEP: usize = 25;

/// Asks to speak, beeps, records until 2 s of silence after speech or for 8 s, plays that back, and
/// beeps again, without an end. When nothing was heard it asks again instead: a play-back of nothing
/// would say less.
#[derive(Debug)]
pub struct PlayBack {
    tape: Tape,
    /// 48 kHz, room for the longest: the call's thread allocates nothing.
    recorded: Vec<f32>,
    speech: Speech,
    step: Step,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// The tape is said, then comes the beep.
    Speaking,
    /// Frames of it so far.
    Beeping(usize),
    /// `quiet`: frames since the last speech; `None` before the first.
    Recording { quiet: Option<usize> },
    /// The tape's silence, then the recording.
    Breathing,
    /// Samples so far.
    PlayingBack(usize),
}

impl PlayBack {
    /// Begins with the prompt.
    pub fn new(clips: &Clips) -> Self {
        Self {
            tape: Tape::new(clips.clone(), prompt::speak()),
            recorded: Vec::with_capacity(LONGEST * FRAME),
            speech: Speech::default(),
            step: Step::Speaking,
        }
    }

    fn record(&mut self, heard: &Frame, quiet: Option<usize>) -> Step {
        self.recorded.extend_from_slice(heard);
        let quiet = match self.speech.frame(heard) {
            Some(SpeechEvent::Began) => Some(0),
            Some(SpeechEvent::Ended) => Some(Speech::PAUSE_FRAMES),
            None if self.speech.speaking() => Some(0),
            None => quiet.map(|quiet| quiet + 1),
        };
        let full = self.recorded.len() >= LONGEST * FRAME;
        match quiet {
            None if full => {
                self.tape.play(prompt::speak());
                Step::Speaking
            }
            Some(quiet) if full || quiet >= SILENCE => {
                let cut = quiet.saturating_sub(TAIL) * FRAME;
                self.recorded.truncate(self.recorded.len() - cut);
                self.tape.play(prompt::breath());
                Step::Breathing
            }
            None | Some(_) => Step::Recording { quiet },
        }
    }

    fn play_back(&mut self, from: usize, said: &mut Frame) -> Step {
        let rest = &self.recorded[from..];
        let length = rest.len().min(FRAME);
        said[..length].copy_from_slice(&rest[..length]);
        if rest.len() > FRAME {
            return Step::PlayingBack(from + FRAME);
        }
        self.tape.play(prompt::breath());
        Step::Speaking
    }
}

impl Voice for PlayBack {
    fn frame(&mut self, heard: &Frame, said: &mut Frame) {
        self.tape.read(said);
        self.step = match self.step {
            Step::Speaking if self.tape.is_over() => Step::Beeping(0),
            Step::Beeping(frames) if frames < BEEP => {
                beep(frames, said);
                Step::Beeping(frames + 1)
            }
            Step::Beeping(_) => {
                self.recorded.clear();
                self.speech = Speech::default();
                Step::Recording { quiet: None }
            }
            Step::Recording { quiet } => self.record(heard, quiet),
            Step::Breathing if self.tape.is_over() => Step::PlayingBack(0),
            Step::PlayingBack(from) => self.play_back(from, said),
            step @ (Step::Speaking | Step::Breathing) => step,
        };
    }
}

/// Frame `frame` of the beep: 1 kHz, rounded at both ends.
fn beep(frame: usize, said: &mut Frame) {
    let whole = (BEEP * FRAME) as f32;
    for (n, sample) in said.iter_mut().enumerate() {
        let position = (frame * FRAME + n) as f32;
        let edge = (position.min(whole - position) / 480.0).min(1.0);
        *sample = 0.12 * edge * (TAU * 1_000.0 * position / SAMPLE_RATE as f32).sin();
    }
}
