//! Vietnamese search: texts are found however they are typed, and exact tones come first.
//!
//! Stored texts and queries go through [`fold`] alike; what the index finds is put in order by
//! [`rank`].

use std::ops::BitOr;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest text that is searched, in characters after decomposition; the rest is not looked at.
const MAX_CHARS: usize = 65_536;

/// D with stroke, which has no decomposition: `đ`.
const D_STROKE: char = '\u{111}';
/// The Icelandic letter that old encodings have left in place of `đ`: in capitals they look alike.
const ETH: char = '\u{f0}';

/// Grave, acute, tilde, hook above, dot below: the five tones as combining marks.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// The text as it is indexed and looked up: words of small letters and digits without marks, one
/// space between them. Folding a folded text changes nothing.
pub fn fold(text: &str) -> String {
    let bare: String = clean(text)
        .filter(|&c| !is_combining_mark(c))
        .map(|c| if c == D_STROKE { 'd' } else { c })
        .collect();
    words(&bare).collect::<Vec<_>>().join(" ")
}

/// The words of a folded text. They hold letters and digits only, so they are safe inside the
/// query language of an index.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|word| !word.is_empty())
}

/// How exact a find is. The smaller, the better: sort ascending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank {
    /// A word was typed with marks, and the text has it with others only.
    pub other_marks: bool,
    /// A word of the query is only the beginning of a word of the text.
    pub partial: bool,
}

impl BitOr for Rank {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self {
            other_marks: self.other_marks | other.other_marks,
            partial: self.partial | other.partial,
        }
    }
}

/// How exactly `text` has every word of `query`; both as people typed them. None where a word is
/// missing, or where the query has no word.
///
/// A word typed without marks is exact for all its spellings. `hoà` and `hòa` are one spelling.
pub fn rank(query: &str, text: &str) -> Option<Rank> {
    let there = spellings(text);
    spellings(query)
        .iter()
        .map(|typed| there.iter().filter_map(|word| typed.found_in(word)).min())
        .reduce(|one, other| Some(one? | other?))?
}

/// One word, its tone taken off: where in the syllable the tone stands is a matter of style.
struct Spelling {
    /// Letters with the marks that make another letter: `ê`, `ơ`, `đ`. Decomposed.
    letters: String,
    tones: String,
    folded: String,
}

impl Spelling {
    /// How exact this word of a query is for a word of a text.
    fn found_in(&self, word: &Self) -> Option<Rank> {
        let marked = self.letters != self.folded || !self.tones.is_empty();
        let same = self.tones == word.tones && begins(&word.letters, &self.letters);
        word.folded.starts_with(&self.folded).then_some(Rank {
            other_marks: marked && !same,
            partial: self.folded.len() < word.folded.len(),
        })
    }
}

/// Whether the text begins with these letters, none of which gets another mark by what follows.
fn begins(text: &str, letters: &str) -> bool {
    text.strip_prefix(letters)
        .is_some_and(|rest| !rest.starts_with(is_combining_mark))
}

fn spellings(text: &str) -> Vec<Spelling> {
    let text: String = clean(text).collect();
    words(&text)
        .map(|word| {
            let (tones, letters) = word.chars().partition(|c| TONES.contains(c));
            Spelling {
                folded: fold(word),
                letters,
                tones,
            }
        })
        .filter(|word| !word.folded.is_empty())
        .collect()
}

/// Small letters, decomposed, and digits; everything else is a space.
fn clean(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|&c| !is_invisible(c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == ETH { D_STROKE } else { c })
        .nfd()
        .take(MAX_CHARS)
        .map(|c| match c.is_alphanumeric() || is_combining_mark(c) {
            true => c,
            false => ' ',
        })
}

/// Soft hyphen, joiners and direction marks: they come along with a copied text, inside words.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
