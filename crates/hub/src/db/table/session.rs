//! Who is signed in, and until when.

use alobar_core::{UserId, codes};

use crate::db::{DbError, Row, Tx, from_row, stored_as_text};

const ADD: &str = "
    INSERT INTO session (token_hash, user_id, client, created_at, seen_at, expires_at)
    VALUES ($1, $2, $3, $4, $4, $5)";
const FIND: &str = "
    SELECT token_hash, user_id, client, seen_at, expires_at, revoked_because
    FROM session WHERE token_hash = $1";
const SEEN: &str = "UPDATE session SET seen_at = $2 WHERE token_hash = $1";
const REVOKE: &str = "
    UPDATE session SET revoked_at = $2, revoked_because = $3
    WHERE token_hash = $1 AND revoked_at IS NULL";
const REVOKE_OF_USER: &str = "
    UPDATE session SET revoked_at = $2, revoked_because = $3
    WHERE user_id = $1 AND revoked_at IS NULL";
const REVOKE_OF_CLIENT: &str = "
    UPDATE session SET revoked_at = $2, revoked_because = $3
    WHERE user_id = $1 AND client = $4 AND revoked_at IS NULL";
const REVOKE_OTHERS: &str = "
    UPDATE session SET revoked_at = $2, revoked_because = $3
    WHERE user_id = $1 AND token_hash <> $4 AND revoked_at IS NULL";
const FORGET: &str = "DELETE FROM session WHERE expires_at < $1";

codes! {
    /// What a person signed in with.
    Client {
        /// The phone: one at a time for each person (EZ-03).
        Desktop = "desktop",
        /// Holds the token in a cookie; gets no secret of the exchange.
        Browser = "browser",
        /// Any other program.
        Tool = "tool",
    }
}

codes! {
    /// Why a token is no longer good. Also the code that its holder is answered.
    Revoked {
        SignedOut = "signed_out",
        SignedInElsewhere = "signed_in_elsewhere",
        PasswordChanged = "password_changed",
        RoleChanged = "role_changed",
        AccountInactive = "account_inactive",
        /// By an admin, for no reason the hub knows.
        ByAdmin = "session_revoked",
    }
}

stored_as_text!(Client, Revoked);

/// The SHA-256 of a token: who reads the table cannot sign in.
pub(crate) type TokenHash = Vec<u8>;

/// One person at one client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedIn {
    pub(crate) token_hash: TokenHash,
    pub(crate) user: UserId,
    pub(crate) client: Client,
    /// Epoch milliseconds.
    pub(crate) seen_at: i64,
    pub(crate) expires_at: i64,
    pub(crate) revoked: Option<Revoked>,
}

impl SignedIn {
    fn read(mut row: Row) -> Result<Self, DbError> {
        from_row!(row; token_hash, user, client, seen_at, expires_at, revoked)
    }
}

/// As of now: `seen_at` is also when it began.
pub(crate) async fn add(tx: &mut Tx, it: &SignedIn) -> Result<(), DbError> {
    let values = [
        it.token_hash.as_slice().into(),
        it.user.into(),
        it.client.into(),
        it.seen_at.into(),
        it.expires_at.into(),
    ];
    tx.run(ADD, values).await.map(drop)
}

pub(crate) async fn find(tx: &mut Tx, token_hash: &[u8]) -> Result<Option<SignedIn>, DbError> {
    let row = tx.row(FIND, [token_hash.into()]).await?;
    row.map(SignedIn::read).transpose()
}

pub(crate) async fn seen(tx: &mut Tx, token_hash: &[u8], at: i64) -> Result<(), DbError> {
    tx.run(SEEN, [token_hash.into(), at.into()]).await.map(drop)
}

pub(crate) async fn revoke(
    tx: &mut Tx,
    token_hash: &[u8],
    because: Revoked,
    now: i64,
) -> Result<(), DbError> {
    let values = [token_hash.into(), now.into(), because.into()];
    tx.run(REVOKE, values).await.map(drop)
}

/// Everything that `user` is signed in with.
pub(crate) async fn revoke_of_user(
    tx: &mut Tx,
    user: UserId,
    because: Revoked,
    now: i64,
) -> Result<(), DbError> {
    let values = [user.into(), now.into(), because.into()];
    tx.run(REVOKE_OF_USER, values).await.map(drop)
}

pub(crate) async fn revoke_of_client(
    tx: &mut Tx,
    user: UserId,
    client: Client,
    because: Revoked,
    now: i64,
) -> Result<(), DbError> {
    let values = [user.into(), now.into(), because.into(), client.into()];
    tx.run(REVOKE_OF_CLIENT, values).await.map(drop)
}

/// Everything that `user` is signed in with but `here`.
pub(crate) async fn revoke_others(
    tx: &mut Tx,
    user: UserId,
    here: &[u8],
    because: Revoked,
    now: i64,
) -> Result<(), DbError> {
    let values = [user.into(), now.into(), because.into(), here.into()];
    tx.run(REVOKE_OTHERS, values).await.map(drop)
}

/// Drops what ended before `before`, revoked or not.
pub(crate) async fn forget(tx: &mut Tx, before: i64) -> Result<(), DbError> {
    tx.run(FORGET, [before.into()]).await.map(drop)
}
