//! The repository's own files, and Rust text without its comments and tests.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::shell;

/// One text file of the repository.
#[derive(Debug)]
pub(crate) struct Source {
    /// Path from the workspace's folder, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    pub(crate) fn has_extension(&self, extensions: &[&str]) -> bool {
        let extension = self.path.rsplit_once('.').map(|(_, end)| end);
        extension.is_some_and(|it| extensions.contains(&it))
    }

    /// Whether it is all tests: in a `tests` folder, or the `tests.rs` of a module.
    pub(crate) fn is_test(&self) -> bool {
        self.path
            .split('/')
            .any(|part| part == "tests" || part == "tests.rs")
    }

    /// The Rust text without comments and without the unit tests at its end;
    /// every other language as it stands. Line numbers stay as they are.
    pub(crate) fn code(&self) -> String {
        if !self.has_extension(&["rs"]) {
            return self.text.clone();
        }
        let end = self
            .text
            .find("#[cfg(test)]\nmod ")
            .unwrap_or(self.text.len());
        without_comments(&self.text[..end])
    }
}

/// Every text file that is committed or about to be.
pub(crate) fn all() -> Result<Vec<Source>> {
    let listed = shell::output(&mut shell::command(
        "git",
        [
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ],
    ))?;
    let mut sources = Vec::new();
    for path in listed.split_terminator('\0') {
        let on_disk: PathBuf = shell::root().join(path);
        // A listed file may be deleted in the working copy; a folder is another repository.
        if !on_disk.is_file() {
            continue;
        }
        let bytes = fs::read(&on_disk).with_context(|| format!("Read {path}"))?;
        if let Ok(text) = String::from_utf8(bytes) {
            sources.push(Source {
                path: path.to_owned(),
                text,
            });
        }
    }
    Ok(sources)
}

/// Replaces Rust comments by nothing, keeping strings and line ends.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            let taken = block_comment(rest);
            kept.extend(rest[..taken].chars().filter(|letter| *letter == '\n'));
            taken
        } else {
            let taken = literal(rest).unwrap_or(first.len_utf8());
            kept.push_str(&rest[..taken]);
            taken
        };
        rest = &rest[taken..];
    }
    kept
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of the string or character literal that `text` starts with.
fn literal(text: &str) -> Option<usize> {
    if let Some(raw) = text.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let body = raw[hashes..].strip_prefix('"')?;
        let close = format!("\"{}", "#".repeat(hashes));
        let end = body.find(&close)? + close.len();
        return Some(1 + hashes + 1 + end);
    }
    if text.starts_with('"') {
        return quoted(text, '"');
    }
    // 'a' and '\n' are characters, 'a without a close is a lifetime.
    let body = text.strip_prefix('\'')?;
    let first = body.chars().next()?;
    if first == '\\' || body[first.len_utf8()..].starts_with('\'') {
        return quoted(text, '\'');
    }
    None
}

fn quoted(text: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == mark => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(text: &str) -> Source {
        Source {
            path: "a.rs".into(),
            text: text.into(),
        }
    }

    #[test]
    fn comments_go_and_strings_stay() {
        let source =
            rust("let a = \"// kept\"; // gone\n/* gone /* too */\n*/ let b = '\"'; // gone\n");
        assert_eq!(source.code(), "let a = \"// kept\"; \n\n let b = '\"'; \n");
    }

    #[test]
    fn raw_strings_and_lifetimes_are_understood() {
        let text = "fn f<'a>(x: &'a str) { r#\"a \" // kept\"#; }";
        assert_eq!(rust(text).code(), text);
    }

    #[test]
    fn unit_tests_at_the_end_do_not_count() {
        let source = rust("fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() {}\n}\n");
        assert_eq!(source.code(), "fn a() {}\n");
    }

    #[test]
    fn extensions_are_compared_whole() {
        assert!(rust("").has_extension(&["rs"]));
        assert!(!rust("").has_extension(&["s"]));
    }
}
