//! Teams and who is in them.

use alobar_core::{TeamId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::{DbError, Row, Tx, from_row};

const ADD: &str = "
    INSERT INTO team (id, rev, created_at, updated_at, name, active) VALUES ($1, 1, $2, $2, $3, $4)";
const CHANGE: &str = "
    UPDATE team SET rev = $2, updated_at = $3, name = $4, active = $5 WHERE id = $1";
const FIND: &str = "
    SELECT id, rev, created_at, updated_at, name, active FROM team WHERE id = $1";
#[cfg(feature = "server")]
const BY_NAME: &str = "
    SELECT id, rev, created_at, updated_at, name, active FROM team WHERE name = $1";
const LIST: &str = "
    SELECT id, rev, created_at, updated_at, name, active FROM team ORDER BY name";
const OF_USER: &str = "
    SELECT team_id, is_lead FROM team_member WHERE user_id = $1 ORDER BY team_id";
const MEMBERS: &str = "
    SELECT user_id, team_id, is_lead FROM team_member ORDER BY user_id, team_id";
const CLEAR: &str = "DELETE FROM team_member WHERE user_id = $1";
const JOIN: &str = "INSERT INTO team_member (team_id, user_id, is_lead) VALUES ($1, $2, $3)";

/// A group that work is given to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Team {
    pub id: TeamId,
    pub rev: i64,
    /// Epoch milliseconds.
    pub created_at: i64,
    pub updated_at: i64,
    pub name: String,
    /// Who is not active keeps its history and is no longer offered.
    pub active: bool,
}

/// One person's place in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Membership {
    pub team: TeamId,
    #[serde(default)]
    pub is_lead: bool,
}

impl Team {
    fn read(mut row: Row) -> Result<Self, DbError> {
        from_row!(row; id, rev, created_at, updated_at, name, active)
    }
}

impl Membership {
    fn read(row: &mut Row) -> Result<Self, DbError> {
        from_row!(row; team, is_lead)
    }
}

pub(crate) async fn add(tx: &mut Tx, team: &Team) -> Result<(), DbError> {
    let values = [
        team.id.into(),
        team.created_at.into(),
        team.name.as_str().into(),
        team.active.into(),
    ];
    tx.run(ADD, values).await.map(drop)
}

pub(crate) async fn change(tx: &mut Tx, team: &Team) -> Result<(), DbError> {
    let values = [
        team.id.into(),
        team.rev.into(),
        team.updated_at.into(),
        team.name.as_str().into(),
        team.active.into(),
    ];
    tx.run(CHANGE, values).await.map(drop)
}

pub(crate) async fn find(tx: &mut Tx, id: TeamId) -> Result<Option<Team>, DbError> {
    tx.row(FIND, [id.into()]).await?.map(Team::read).transpose()
}

#[cfg(feature = "server")]
pub(crate) async fn by_name(tx: &mut Tx, name: &str) -> Result<Option<Team>, DbError> {
    let row = tx.row(BY_NAME, [name.into()]).await?;
    row.map(Team::read).transpose()
}

/// Also those that are no longer active.
pub(crate) async fn list(tx: &mut Tx) -> Result<Vec<Team>, DbError> {
    let rows = tx.rows(LIST, []).await?;
    rows.into_iter().map(Team::read).collect()
}

/// The teams of `user`.
pub(crate) async fn of_user(tx: &mut Tx, user: UserId) -> Result<Vec<Membership>, DbError> {
    let rows = tx.rows(OF_USER, [user.into()]).await?;
    rows.into_iter()
        .map(|mut row| Membership::read(&mut row))
        .collect()
}

/// Everybody's teams, in the order of the persons' ids.
pub(crate) async fn memberships(tx: &mut Tx) -> Result<Vec<(UserId, Membership)>, DbError> {
    let rows = tx.rows(MEMBERS, []).await?;
    rows.into_iter()
        .map(|mut row| Ok((row.next()?, Membership::read(&mut row)?)))
        .collect()
}

/// Makes `memberships` the teams of `user`.
pub(crate) async fn put(
    tx: &mut Tx,
    user: UserId,
    memberships: &[Membership],
) -> Result<(), DbError> {
    tx.run(CLEAR, [user.into()]).await?;
    for it in memberships {
        tx.run(JOIN, [it.team.into(), user.into(), it.is_lead.into()])
            .await?;
    }
    Ok(())
}
