//! What Ctrl+K finds by words. One of the few statements that each engine has its own text for.

use alobar_core::fold;
use uuid::Uuid;

use crate::db::{DbError, Row, Tx};
use crate::subject::{Subject, SubjectKind};

const PUT: &str = "
    INSERT INTO search_doc (subject_kind, subject_id, text, folded) VALUES ($1, $2, $3, $4)
    ON CONFLICT (subject_kind, subject_id) DO UPDATE
    SET text = excluded.text, folded = excluded.folded";
const FIND_SQLITE: &str = "
    SELECT subject_kind, subject_id, text FROM search_doc
    WHERE id IN (SELECT rowid FROM search_index WHERE search_index MATCH $1 LIMIT $2)";

/// A candidate: every word of the query begins one of its words, folded.
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
    let values = [
        subject.kind.into(),
        subject.id.into(),
        text.into(),
        fold::fold(text).into(),
    ];
    tx.run(PUT, values).await.map(drop)
}

/// Not ranked: a capped set, for the caller to rank by exact tones.
pub(crate) async fn find(tx: &mut Tx, query: &str, limit: i64) -> Result<Vec<Candidate>, DbError> {
    let folded = fold::fold(query);
    // Quoted, a word is no operator of FTS5.
    let words: Vec<String> = fold::words(&folded)
        .map(|word| format!("\"{word}\"*"))
        .collect();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let values = [words.join(" ").into(), limit.into()];
    let rows = tx.rows(FIND_SQLITE, values).await?;
    rows.into_iter().map(Candidate::read).collect()
}
