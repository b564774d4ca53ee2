//! What Ctrl+K finds by words. One of the few statements that each engine has its own text for.

use alobar_core::fold;
use uuid::Uuid;

use crate::db::{DbError, Row, Tx};
use crate::subject::{Subject, SubjectKind};

const PUT: &str = "
    INSERT INTO search_doc (subject_kind, subject_id, text, folded) VALUES ($1, $2, $3, $4)
    ON CONFLICT (subject_kind, subject_id) DO UPDATE
    SET text = excluded.text, folded = excluded.folded";
const FIND_CONTACT_SQLITE: &str = "
    SELECT subject_kind, subject_id, text FROM search_doc
    WHERE id IN (SELECT rowid FROM contact_index WHERE contact_index MATCH $1
        ORDER BY rowid DESC LIMIT $2)
    ORDER BY id DESC";
const FIND_WORK_SQLITE: &str = "
    SELECT subject_kind, subject_id, text FROM search_doc
    WHERE id IN (SELECT rowid FROM work_index WHERE work_index MATCH $1
        ORDER BY rowid DESC LIMIT $2)
    ORDER BY id DESC";

/// How the words of a query are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    /// Each is a word of the text.
    Whole,
    /// Each begins a word of the text.
    Beginning,
}

/// A candidate: it has every word of the query, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) subject: Subject,
    pub(crate) text: String,
}

impl Candidate {
    fn read(mut row: Row) -> Result<Self, DbError> {
        let (kind, id): (SubjectKind, Uuid) = (row.next()?, row.next()?);
        Ok(Self {
            subject: Subject { kind, id },
            text: row.next()?,
        })
    }
}

/// Puts what `subject` is found by.
pub(crate) async fn put(tx: &mut Tx, subject: Subject, text: &str) -> Result<(), DbError> {
    let mut folded = fold::fold(text);
    if let Some(kind) = kind_word(subject.kind) {
        folded = format!("{kind} {folded}");
    }
    let values = [
        subject.kind.into(),
        subject.id.into(),
        text.into(),
        folded.into(),
    ];
    tx.run(PUT, values).await.map(drop)
}

/// The newest that have every word. Not ranked: a capped set, for the caller to rank by exact tones.
pub(crate) async fn find(
    tx: &mut Tx,
    kind: SubjectKind,
    query: &str,
    how: Match,
    limit: i64,
) -> Result<Vec<Candidate>, DbError> {
    let folded = fold::fold(query);
    let star = match how {
        Match::Whole => "",
        Match::Beginning => "*",
    };
    // Quoted, a word is no operator of FTS5.
    let mut words: Vec<String> = fold::words(&folded)
        .map(|word| format!("\"{word}\"{star}"))
        .collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = FIND_CONTACT_SQLITE;
    if let Some(kind) = kind_word(kind) {
        words.push(format!("\"{kind}\""));
        sql = FIND_WORK_SQLITE;
    }
    let values = [words.join(" ").into(), limit.into()];
    let rows = tx.rows(sql, values).await?;
    rows.into_iter().map(Candidate::read).collect()
}

/// Stands in the index beside the text's words. No text has it: folding leaves letters and digits.
/// None for what has an index of its own.
fn kind_word(kind: SubjectKind) -> Option<String> {
    (kind != SubjectKind::Contact).then(|| format!("_{}", kind.as_str()))
}
