//! The sound of a simulated customer: says single clips when told to, and listens.

use std::sync::mpsc::{Receiver, Sender, channel};

use super::{Frame, Prompt, Report, Tape, Voice, VoiceEvent, prompt};
use crate::clip::{Clip, Clips};
use crate::speech::{Speech, SpeechEvent};

/// The end of a [`Caller`](crate::caller::Caller)'s call: hears the agent and says the caller's lines.
#[derive(Debug)]
pub struct Customer {
    lines: Receiver<Clip>,
    tape: Tape,
    saying: bool,
    speech: Speech,
    report: Report,
}

/// Gives a [`Customer`] its lines.
#[derive(Debug, Clone)]
pub struct Lines(Sender<Clip>);

impl Lines {
    /// Says `clip` after what is being said; [`VoiceEvent::Finished`] follows. Of no effect when the
    /// call is over.
    pub fn say(&self, clip: Clip) {
        // The voice goes with its call; then nobody is there to hear it.
        let _ = self.0.send(clip);
    }
}

impl Customer {
    /// Silent until told what to say. Reports speech from the first frame on.
    pub fn new(clips: &Clips, report: Report) -> (Self, Lines) {
        let (sender, lines) = channel();
        let customer = Self {
            lines,
            tape: Tape::new(clips.clone(), prompt::nothing()),
            saying: false,
            speech: Speech::default(),
            report,
        };
        (customer, Lines(sender))
    }

    fn say(&mut self, said: &mut Frame) {
        if !self.saying
            && let Ok(clip) = self.lines.try_recv()
        {
            self.tape.play(Prompt::of([clip]));
            self.saying = true;
        }
        self.tape.read(said);
        if self.saying && self.tape.is_over() {
            self.saying = false;
            self.report.tell(VoiceEvent::Finished);
        }
    }
}

impl Voice for Customer {
    fn frame(&mut self, heard: &Frame, said: &mut Frame) {
        match self.speech.frame(heard) {
            Some(SpeechEvent::Began) => self.report.tell(VoiceEvent::SpeechBegan),
            Some(SpeechEvent::Ended) => self.report.tell(VoiceEvent::SpeechEnded),
            None => {}
        }
        self.say(said);
    }
}
