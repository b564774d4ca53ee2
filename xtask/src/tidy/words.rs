//! Rules about what stands in the code.

use super::{Complaint, each_line};
use crate::source::Source;

/// `alobar-core` is told the time and does no IO.
pub(super) fn core_is_sans_io(sources: &[Source]) -> Vec<Complaint> {
    const BANNED: &[&str] = &[
        "std::net",
        "std::fs",
        "std::thread",
        "std::time::Instant",
        "Instant::now",
        "SystemTime",
        "tokio",
        "async fn",
        ".await",
    ];
    each_line(
        sources,
        |source| source.path.starts_with("crates/core/src/"),
        |line| {
            let word = BANNED.iter().find(|word| line.contains(**word))?;
            Some(format!(
                "`{word}` in the core: take it as an input, or move the code to an edge crate"
            ))
        },
    )
}

/// The rest of the UI talks to the bridge's own types.
pub(super) fn one_bridge(sources: &[Source]) -> Vec<Complaint> {
    each_line(
        sources,
        |source| {
            source.path.starts_with("ui/src/")
                && !source.path.starts_with("ui/src/bridge/")
                && source.has_extension(&["ts", "svelte"])
        },
        |line| {
            line.contains("@tauri-apps/")
                .then(|| "add what you need to ui/src/bridge and import it from there".to_owned())
        },
    )
}

/// One table, one file: rows, statements and tests together. A test elsewhere may play another
/// program at the file.
pub(super) fn sql_with_its_table(sources: &[Source]) -> Vec<Complaint> {
    const HOMES: &[&str] = &["crates/hub/src/db/table/", "crates/app/src/local/table/"];
    const STATEMENTS: &[&str] = &[
        concat!("\"SELECT", " "),
        concat!("\"INSERT", " "),
        concat!("\"UPDATE", " "),
        concat!("\"DELETE FR", "OM"),
        concat!("\"CREATE TAB", "LE"),
        concat!("\"ALTER TAB", "LE"),
    ];
    each_line(
        sources,
        |source| {
            source.has_extension(&["rs"])
                && !source.is_test()
                && !HOMES.iter().any(|home| source.path.starts_with(home))
        },
        |line| {
            let line = line.replace("r#\"", "\"");
            STATEMENTS
                .iter()
                .any(|statement| line.contains(statement))
                .then(|| {
                    format!(
                        "move this statement to its table's file under {}",
                        HOMES.join(" or ")
                    )
                })
        },
    )
}

/// Rust sends codes and parameters; ui/src/i18n has the sentences.
pub(super) fn no_sentence_in_rust(sources: &[Source]) -> Vec<Complaint> {
    each_line(
        sources,
        |source| source.has_extension(&["rs"]) && !source.is_test(),
        |line| {
            line.chars().any(is_vietnamese).then(|| {
                "a Vietnamese sentence: send a code and its parameters, write the sentence in ui/src/i18n"
                    .to_owned()
            })
        },
    )
}

/// Letters that Vietnamese has and plain ASCII has not.
fn is_vietnamese(letter: char) -> bool {
    let small = letter.to_lowercase().next().unwrap_or(letter);
    matches!(small, '\u{1ea0}'..='\u{1ef9}' | '\u{e0}'..='\u{e3}' | '\u{e8}'..='\u{ea}'
        | '\u{ec}' | '\u{ed}' | '\u{f2}'..='\u{f5}' | '\u{f9}' | '\u{fa}' | '\u{fd}'
        | '\u{103}' | '\u{111}' | '\u{129}' | '\u{169}' | '\u{1a1}' | '\u{1b0}')
}

/// A name ending in one of these hides what the thing is.
pub(super) fn banned_names(sources: &[Source]) -> Vec<Complaint> {
    const SUFFIXES: &[&str] = &["Manager", "Helper", "Util", "Utils", "Processor"];
    const WHOLE: &[&str] = &["Session", "Status", "Data", "Info"];
    each_line(
        sources,
        |source| source.has_extension(&["rs", "ts", "svelte"]) && !is_generated(&source.path),
        |line| {
            let name = declared_type(line)?;
            let banned = SUFFIXES.iter().any(|it| name.ends_with(it)) || WHOLE.contains(&name);
            banned.then(|| format!("`{name}` says nothing: use the field's word (GLOSSARY.md)"))
        },
    )
}

/// The name that a line declares as a type, in Rust or TypeScript.
fn declared_type(line: &str) -> Option<&str> {
    let mut words = line.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    words.find(|word| {
        matches!(
            *word,
            "struct" | "enum" | "trait" | "type" | "class" | "interface"
        )
    })?;
    let name = words.find(|word| !word.is_empty())?;
    name.starts_with(char::is_uppercase).then_some(name)
}

/// A test that cannot run here is left out by a condition with a reason, never silently.
pub(super) fn no_test_is_skipped(sources: &[Source]) -> Vec<Complaint> {
    let rust = |source: &Source| source.has_extension(&["rs"]);
    let script = |source: &Source| source.path.contains(".test.") || source.path.contains(".spec.");
    let mut complaints = Vec::new();
    for source in sources
        .iter()
        .filter(|source| rust(source) || script(source))
    {
        // The whole text: unit tests are what this rule is about.
        for (number, line) in source.text.lines().enumerate() {
            let line = line.trim_start();
            let skipped = (rust(source) && line.starts_with(concat!("#[ign", "ore")))
                || (script(source)
                    && [".skip(", ".only(", ".todo("]
                        .iter()
                        .any(|call| line.contains(call)));
            if skipped {
                complaints.push(format!(
                    "{}:{}: run this test or delete it",
                    source.path,
                    number + 1
                ));
            }
        }
    }
    complaints
}

/// Files a program writes.
pub(super) fn is_generated(path: &str) -> bool {
    ["ui/src/bridge/generated.ts", "ui/src/bridge/hub.generated.ts"].contains(&path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn a_clock_in_the_core_is_found() {
        let bad = [file(
            "crates/core/src/phone.rs",
            "let now = Instant::now();\n",
        )];
        assert_eq!(core_is_sans_io(&bad).len(), 1);
        let fine = [file(
            "crates/core/src/phone.rs",
            "// never Instant::now()\n",
        )];
        assert!(core_is_sans_io(&fine).is_empty());
        let edge = [file(
            "crates/app/src/driver.rs",
            "let now = Instant::now();\n",
        )];
        assert!(core_is_sans_io(&edge).is_empty());
    }

    #[test]
    fn tauri_outside_the_bridge_is_found() {
        let line = "import { invoke } from '@tauri-apps/api/core';\n";
        assert_eq!(
            one_bridge(&[file("ui/src/views/Bar.svelte", line)]).len(),
            1
        );
        assert!(one_bridge(&[file("ui/src/bridge/tauri.ts", line)]).is_empty());
    }

    #[test]
    fn sql_away_from_its_table_is_found() {
        let line = concat!("run(\"SELECT", " 1\");\n");
        assert_eq!(
            sql_with_its_table(&[file("crates/app/src/driver.rs", line)]).len(),
            1
        );
        assert!(sql_with_its_table(&[file("crates/app/src/local/table/call.rs", line)]).is_empty());
        let plain = [file(
            "crates/app/src/driver.rs",
            "log(\"SELECTED device\");\n",
        )];
        assert!(sql_with_its_table(&plain).is_empty());
    }

    #[test]
    fn a_vietnamese_sentence_in_rust_is_found_and_a_comment_is_not() {
        let line = "say(\"Đang gọi\");\n";
        assert_eq!(
            no_sentence_in_rust(&[file("crates/app/src/a.rs", line)]).len(),
            1
        );
        assert!(no_sentence_in_rust(&[file("crates/app/src/a.rs", "// Đang gọi\n")]).is_empty());
        assert!(no_sentence_in_rust(&[file("tests/tests/a.rs", line)]).is_empty());
        assert!(no_sentence_in_rust(&[file("crates/app/src/a/tests.rs", line)]).is_empty());
        assert!(
            no_sentence_in_rust(&[file("crates/app/src/a.rs", "say(\"… ✓ ü\");\n")]).is_empty()
        );
    }

    #[test]
    fn empty_names_are_found() {
        assert_eq!(
            banned_names(&[file("a.rs", "pub struct CallManager;\n")]).len(),
            1
        );
        assert_eq!(
            banned_names(&[file("a.ts", "export interface Status {}\n")]).len(),
            1
        );
        assert!(
            banned_names(&[file("a.rs", "pub struct CallStatus; // a type Manager\n")]).is_empty()
        );
        assert!(banned_names(&[file("a.ts", "const type = 'Data';\n")]).len() < 2);
    }

    #[test]
    fn a_switched_off_test_is_found() {
        let rust = [file(
            "a.rs",
            concat!("#[cfg(test)]\nmod tests {\n  #[ign", "ore]\n}\n"),
        )];
        assert_eq!(no_test_is_skipped(&rust).len(), 1);
        assert_eq!(
            no_test_is_skipped(&[file("a.test.ts", "it.skip('x')\n")]).len(),
            1
        );
        assert!(no_test_is_skipped(&[file("a.rs", "items.skip(1)\n")]).is_empty());
    }
}
