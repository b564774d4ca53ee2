//! What has changed, told as it happens: the change log from a cursor on. Through a socket and
//! within the process it is the same stream; what is lost on the way is read again from the cursor.

mod socket;

use std::collections::VecDeque;

use futures_util::Stream;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use utoipa::ToSchema;

pub(crate) use socket::{Sockets, serve};

use crate::db::table::change_log::{self, Change};
use crate::db::{DbError, Tx};
use crate::hub::Hub;
use crate::identity::Identity;
use crate::subject::SubjectKind;

/// Lines of one answer, and of what is held for one reader.
pub(crate) const PAGE: i64 = 200;

/// What a reader is told. `seq` of the last change is the cursor to come back with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pushed {
    /// The first: the newest line there is.
    Welcome {
        head: i64,
    },
    Change(Change),
    /// The cursor is older than what is kept, or of another database: read everything anew, and
    /// follow from `head` on.
    Reset {
        head: i64,
    },
}

/// Lines after a cursor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct ChangePage {
    pub(crate) changes: Vec<Change>,
    /// The cursor to go on from; more may be there when it is not `head`.
    pub(crate) cursor: i64,
    pub(crate) head: i64,
    /// As [`Pushed::Reset`].
    pub(crate) reset: bool,
}

/// One page of what `person` is told after `cursor`.
pub(crate) async fn page(
    tx: &mut Tx,
    person: &Identity,
    cursor: i64,
) -> Result<ChangePage, DbError> {
    let head = change_log::head(tx).await?;
    if cursor > head || cursor + 1 < change_log::oldest(tx).await? {
        return Ok(ChangePage {
            changes: Vec::new(),
            cursor: head,
            head,
            reset: true,
        });
    }
    let mut changes = change_log::after(tx, cursor, person.user, PAGE).await?;
    let is_last = (changes.len() as i64) < PAGE;
    let last = changes.last().map_or(head, |change| change.seq);
    if !person.is_admin() {
        changes.iter_mut().for_each(conceal);
    }
    Ok(ChangePage {
        changes,
        cursor: if is_last { head } else { last },
        head,
        reset: false,
    })
}

/// That something was set up anew is for everybody; who did it and what it was is for admins.
fn conceal(change: &mut Change) {
    if change.subject.kind == SubjectKind::Admin {
        change.actor = None;
        change.fields.clear();
    }
}

impl Hub {
    /// What `person` is told after `cursor`; without one, from now on. Ends when the hub stops or
    /// its database fails: come back with the cursor.
    pub fn changes(
        &self,
        person: Identity,
        cursor: Option<i64>,
    ) -> impl Stream<Item = Pushed> + Send + use<> {
        let following = Following {
            head: self.head(),
            stopping: self.stopping(),
            hub: self.clone(),
            person,
            cursor,
            ready: VecDeque::new(),
            welcomed: false,
            looked: false,
        };
        futures_util::stream::unfold(following, |mut following| async {
            let pushed = following.next().await?;
            Some((pushed, following))
        })
    }
}

/// One reader. Holds at most a page: a slow one reads later, not more.
struct Following {
    hub: Hub,
    person: Identity,
    cursor: Option<i64>,
    head: watch::Receiver<i64>,
    stopping: watch::Receiver<bool>,
    ready: VecDeque<Change>,
    welcomed: bool,
    looked: bool,
}

impl Following {
    async fn next(&mut self) -> Option<Pushed> {
        loop {
            if *self.stopping.borrow() {
                return None;
            }
            if let Some(change) = self.ready.pop_front() {
                return Some(Pushed::Change(change));
            }
            // Before the log is read, so that what comes meanwhile is not missed.
            let known = *self.head.borrow_and_update();
            if !self.welcomed {
                self.welcomed = true;
                self.cursor.get_or_insert(known);
                return Some(Pushed::Welcome { head: known });
            }
            let cursor = self.cursor.unwrap_or(known);
            // Once at the beginning, to see whether the cursor is one of this database.
            if cursor < known || !self.looked {
                self.looked = true;
                let page = self.read(cursor).await?;
                self.cursor = Some(page.cursor);
                if page.reset {
                    return Some(Pushed::Reset { head: page.head });
                }
                self.ready = page.changes.into();
                continue;
            }
            tokio::select! {
                moved = self.head.changed() => moved.ok()?,
                stopping = self.stopping.changed() => stopping.ok()?,
            }
        }
    }

    async fn read(&self, cursor: i64) -> Option<ChangePage> {
        let read = async {
            let mut tx = self.hub.db().read().await?;
            page(&mut tx, &self.person, cursor).await
        };
        read.await
            .inspect_err(|error| tracing::warn!(%error, "The change log cannot be read"))
            .ok()
    }
}

#[cfg(all(test, feature = "server"))]
mod tests;
