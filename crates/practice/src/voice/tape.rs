//! A prompt being played.

use super::{FRAMES, Frame, Prompt, prompt::Piece};
use crate::clip::Clips;

/// Between two clips (samples): the clips are cut close, and words said in one go still have this.
const GAP: usize = 2_400;

/// A prompt and how far it is.
#[derive(Debug)]
pub(super) struct Tape {
    clips: Clips,
    prompt: Prompt,
    /// The piece that is played.
    piece: usize,
    /// Samples of it that have been played.
    position: usize,
}

impl Tape {
    pub(super) fn new(clips: Clips, prompt: Prompt) -> Self {
        Self {
            clips,
            prompt,
            piece: 0,
            position: 0,
        }
    }

    /// Plays `prompt` from its start instead.
    pub(super) fn play(&mut self, prompt: Prompt) {
        *self = Self::new(self.clips.clone(), prompt);
    }

    pub(super) fn is_over(&self) -> bool {
        self.piece >= self.prompt.0.len()
    }

    /// The next 10 ms, silence after the end. A piece begins with a frame.
    pub(super) fn read(&mut self, said: &mut Frame) {
        let Some(piece) = self.prompt.0.get(self.piece) else {
            return;
        };
        let length = match piece {
            Piece::Clip(clip) => {
                let sound = self.clips.sound(*clip);
                sound.read(self.position, said);
                sound.len() + GAP
            }
            Piece::Pause(length) => (length.as_secs_f32() * FRAMES as f32) as usize * said.len(),
        };
        self.position += said.len();
        if self.position >= length {
            self.piece += 1;
            self.position = 0;
        }
    }
}
