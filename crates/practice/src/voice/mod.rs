//! What the exchange says into a call: one value a call, given 10 ms at a time what the phone says.

mod customer;
mod music;
mod play_back;
mod prompt;
mod read_keys;
mod tape;

use std::fmt;

use alobar_core::Pii;

use crate::clip::Clips;

pub use customer::{Customer, Lines};
pub use music::{Music, Ringback};
pub use play_back::PlayBack;
pub use prompt::{Prompt, announcement, clock, welcome};
pub use read_keys::ReadKeys;

use tape::Tape;

pub use alobar_media::Voice;
pub use alobar_media::audio::{FRAME, Frame, SAMPLE_RATE};

/// Frames in a second.
const FRAMES: u32 = SAMPLE_RATE / FRAME as u32;

/// What a voice tells the exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VoiceEvent {
    /// All that was to be said has been said. From then on the voice is silent.
    Finished,
    /// Six keys, or fewer when no more came. They are read aloud next.
    KeysRead(Pii<String>),
    /// The phone's person begins to speak.
    SpeechBegan,
    /// The phone's person has been silent for [`Speech::PAUSE`](crate::Speech::PAUSE).
    SpeechEnded,
}

/// Where a voice's [`VoiceEvent`]s go. Called within a frame, so it must not block: a channel's
/// sender and the id of the call, as a rule.
pub struct Report(Box<dyn FnMut(VoiceEvent) + Send>);

impl Report {
    /// Hands each event to `take`.
    pub fn new(take: impl FnMut(VoiceEvent) + Send + 'static) -> Self {
        Self(Box::new(take))
    }

    fn tell(&mut self, event: VoiceEvent) {
        (self.0)(event);
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Report")
    }
}

/// Says what it hears, at once.
#[derive(Debug, Clone, Copy, Default)]
pub struct Echo;

impl Voice for Echo {
    fn frame(&mut self, heard: &Frame, said: &mut Frame) {
        *said = *heard;
    }
}

/// Says a prompt once and reports [`VoiceEvent::Finished`].
#[derive(Debug)]
pub struct Play {
    tape: Tape,
    report: Option<Report>,
}

impl Play {
    /// From the first clip of `prompt` to its last.
    pub fn new(clips: &Clips, prompt: Prompt, report: Report) -> Self {
        Self {
            tape: Tape::new(clips.clone(), prompt),
            report: Some(report),
        }
    }
}

impl Voice for Play {
    fn frame(&mut self, _heard: &Frame, said: &mut Frame) {
        self.tape.read(said);
        if self.tape.is_over()
            && let Some(mut report) = self.report.take()
        {
            report.tell(VoiceEvent::Finished);
        }
    }
}

#[cfg(test)]
mod tests;
