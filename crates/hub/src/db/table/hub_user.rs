//! Who may sign in. What a person signs in with is never part of a [`Person`].

use alobar_core::UserId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::{DbError, Row, Tx, from_row};
use crate::identity::Role;

const ADD: &str = "
    INSERT INTO hub_user (id, rev, created_at, updated_at, username, name, email, role, active,
        extension)
    VALUES ($1, 1, $2, $2, $3, $4, $5, $6, $7, $8)";
const CHANGE: &str = "
    UPDATE hub_user SET rev = $2, updated_at = $3, username = $4, name = $5, email = $6, role = $7,
        active = $8, extension = $9
    WHERE id = $1";
const FIND: &str = "
    SELECT id, rev, created_at, updated_at, username, name, email, role, active, extension
    FROM hub_user WHERE id = $1";
const BY_USERNAME: &str = "
    SELECT id, rev, created_at, updated_at, username, name, email, role, active, extension
    FROM hub_user WHERE username = $1";
const LIST: &str = "
    SELECT id, rev, created_at, updated_at, username, name, email, role, active, extension
    FROM hub_user ORDER BY username";
const ADMINS: &str = "SELECT COUNT(*) FROM hub_user WHERE role = 'admin' AND active = $1";
const PASSWORD: &str = "SELECT password_hash FROM hub_user WHERE id = $1";
const SET_PASSWORD: &str = "UPDATE hub_user SET password_hash = $2 WHERE id = $1";
const SIP_SECRET: &str = "SELECT sip_secret FROM hub_user WHERE id = $1";
const SET_SIP_SECRET: &str = "UPDATE hub_user SET sip_secret = $2 WHERE id = $1";

/// A person of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Person {
    pub id: UserId,
    pub rev: i64,
    /// Epoch milliseconds.
    pub created_at: i64,
    pub updated_at: i64,
    /// What is typed to sign in; lower case.
    pub username: String,
    pub name: String,
    pub email: Option<String>,
    pub role: Role,
    /// Who is not active keeps their history and cannot sign in.
    pub active: bool,
    /// Of the exchange, what this person's phone registers as.
    pub extension: Option<String>,
}

impl Person {
    fn read(mut row: Row) -> Result<Self, DbError> {
        from_row!(row; id, rev, created_at, updated_at, username, name, email, role, active, extension)
    }
}

pub(crate) async fn add(tx: &mut Tx, person: &Person) -> Result<(), DbError> {
    let values = [
        person.id.into(),
        person.created_at.into(),
        person.username.as_str().into(),
        person.name.as_str().into(),
        person.email.as_deref().into(),
        person.role.into(),
        person.active.into(),
        person.extension.as_deref().into(),
    ];
    tx.run(ADD, values).await.map(drop)
}

pub(crate) async fn change(tx: &mut Tx, person: &Person) -> Result<(), DbError> {
    let values = [
        person.id.into(),
        person.rev.into(),
        person.updated_at.into(),
        person.username.as_str().into(),
        person.name.as_str().into(),
        person.email.as_deref().into(),
        person.role.into(),
        person.active.into(),
        person.extension.as_deref().into(),
    ];
    tx.run(CHANGE, values).await.map(drop)
}

pub(crate) async fn find(tx: &mut Tx, id: UserId) -> Result<Option<Person>, DbError> {
    tx.row(FIND, [id.into()])
        .await?
        .map(Person::read)
        .transpose()
}

/// `username` in lower case.
pub(crate) async fn by_username(tx: &mut Tx, username: &str) -> Result<Option<Person>, DbError> {
    let row = tx.row(BY_USERNAME, [username.into()]).await?;
    row.map(Person::read).transpose()
}

/// Everybody, also who is no longer active.
pub(crate) async fn list(tx: &mut Tx) -> Result<Vec<Person>, DbError> {
    let rows = tx.rows(LIST, []).await?;
    rows.into_iter().map(Person::read).collect()
}

pub(crate) async fn active_admins(tx: &mut Tx) -> Result<i64, DbError> {
    let row = tx.row(ADMINS, [true.into()]).await?;
    row.map_or(Ok(0), |mut row| row.next())
}

/// As a PHC string; nothing for who does not sign in by password.
pub(crate) async fn password(tx: &mut Tx, id: UserId) -> Result<Option<String>, DbError> {
    let row = tx.row(PASSWORD, [id.into()]).await?;
    row.map_or(Ok(None), |mut row| row.next())
}

pub(crate) async fn set_password(tx: &mut Tx, id: UserId, phc: &str) -> Result<(), DbError> {
    tx.run(SET_PASSWORD, [id.into(), phc.into()])
        .await
        .map(drop)
}

/// Sealed.
pub(crate) async fn sip_secret(tx: &mut Tx, id: UserId) -> Result<Option<Vec<u8>>, DbError> {
    let row = tx.row(SIP_SECRET, [id.into()]).await?;
    row.map_or(Ok(None), |mut row| row.next())
}

pub(crate) async fn set_sip_secret(
    tx: &mut Tx,
    id: UserId,
    sealed: Option<Vec<u8>>,
) -> Result<(), DbError> {
    tx.run(SET_SIP_SECRET, [id.into(), sealed.into()])
        .await
        .map(drop)
}
