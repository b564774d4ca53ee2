//! Clips in a row. Vietnamese first, then English.

use std::time::Duration;

use crate::clip::Clip;
use crate::reading::{CivilTime, Language};

/// Between two sentences.
const PAUSE: Piece = Piece::Pause(Duration::from_millis(500));
/// Between two numbers that are counted.
const BEAT: Piece = Piece::Pause(Duration::from_millis(250));

/// What the announcement counts to, in each language.
const COUNTED: u16 = 20;

/// Clips in a row, with pauses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt(pub(super) Vec<Piece>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Clip(Clip),
    Pause(Duration),
}

impl Prompt {
    /// `clips` said in one go.
    pub fn of(clips: impl IntoIterator<Item = Clip>) -> Self {
        Self(clips.into_iter().map(Piece::Clip).collect())
    }

    fn pause(mut self, pause: Piece) -> Self {
        self.0.push(pause);
        self
    }

    fn then(mut self, clips: impl IntoIterator<Item = Clip>) -> Self {
        self.0.extend(Self::of(clips).0);
        self
    }
}

/// "This is the practice exchange": before the answer of 608, too.
pub fn welcome() -> Prompt {
    Prompt::of([Clip::ViWelcome])
        .pause(PAUSE)
        .then([Clip::EnWelcome])
        .pause(PAUSE)
}

/// Half a minute: welcome, then counts to twenty, so that a hole in the sound is a missing number.
pub fn announcement() -> Prompt {
    let count = |prompt, language: Language| {
        (1..=COUNTED).fold(prompt, |prompt: Prompt, number| {
            prompt.then(language.number(number)).pause(BEAT)
        })
    };
    let vietnamese = count(welcome(), Language::Vietnamese).pause(PAUSE);
    count(vietnamese, Language::English).pause(PAUSE)
}

/// Today's date and the time.
pub fn clock(at: CivilTime) -> Prompt {
    [Language::Vietnamese, Language::English]
        .into_iter()
        .fold(nothing(), |prompt, language| {
            prompt
                .then(language.date(at))
                .pause(PAUSE)
                .then(language.time(at))
                .pause(PAUSE)
        })
}

/// "Press six keys".
pub(super) fn press_six() -> Prompt {
    Prompt::of([Clip::ViPressSix])
        .pause(PAUSE)
        .then([Clip::EnPressSix])
}

/// "You pressed …"; keys without a word of their own are left out.
pub(super) fn pressed(keys: &str) -> Prompt {
    let words = |language: Language| keys.chars().filter_map(move |key| language.key(key));
    Prompt::of([Clip::ViYouPressed])
        .then(words(Language::Vietnamese))
        .pause(PAUSE)
        .then([Clip::EnYouPressed])
        .then(words(Language::English))
        .pause(PAUSE)
}

/// "Speak after the beep".
pub(super) fn speak() -> Prompt {
    Prompt::of([Clip::ViSpeak])
        .pause(PAUSE)
        .then([Clip::EnSpeak])
        .pause(PAUSE)
}

/// Silence, over at once.
pub(super) fn nothing() -> Prompt {
    Prompt(Vec::new())
}

/// The short silence before and after a play-back.
pub(super) fn breath() -> Prompt {
    nothing().pause(PAUSE)
}
