//! Who is at the door: passwords, tokens, and the gate that every request goes through.

pub(crate) mod gate;
pub(crate) mod local;
mod password;
pub(crate) mod token;
mod tries;

use std::net::IpAddr;
use std::time::{Duration, Instant};

use alobar_core::UserId;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::sync::broadcast;

use crate::db::table::hub_user::{self, Person};
use crate::db::table::idempotency;
use crate::db::table::session::{self, Client, Revoked, SignedIn, TokenHash};
use crate::db::table::team;
use crate::db::{DbError, Tx};
use crate::error::Refused;
use crate::hub::Hub;
use crate::identity::Identity;
use crate::push::Sockets;
use password::Passwords;
pub(crate) use password::worth;
pub(crate) use token::Token;
use tries::{TooSoon, Tries};

const MINUTE: i64 = 60 * 1000;
const DAY: i64 = 24 * 60 * MINUTE;
/// A desktop that was away for longer may be refused a command that it has already had done.
const ANSWERS_KEPT: i64 = 90 * DAY;
/// How exactly the hub knows when somebody was last there.
const SEEN_EVERY: i64 = 5 * MINUTE;
/// Requests of one person: a second's, and how many may come at once.
const REQUESTS: u32 = 50;
const BURST: u32 = 200;

/// What a hub keeps of its doors while it runs.
#[derive(Debug)]
pub(crate) struct Doors {
    pub(crate) passwords: Passwords,
    pub(crate) sockets: Sockets,
    tries: Tries,
    requests: DefaultKeyedRateLimiter<UserId>,
    /// Whose sign-ins have changed: open sockets look whether they may stay.
    revoked: broadcast::Sender<UserId>,
}

impl Doors {
    pub(crate) fn new() -> Self {
        // Neither is nought.
        let number =
            |number| std::num::NonZeroU32::new(number).unwrap_or(std::num::NonZeroU32::MIN);
        let quota = Quota::per_second(number(REQUESTS)).allow_burst(number(BURST));
        Self {
            passwords: Passwords::new(),
            sockets: Sockets::default(),
            tries: Tries::default(),
            requests: RateLimiter::keyed(quota),
            revoked: broadcast::Sender::new(64),
        }
    }

    pub(crate) fn revocations(&self) -> broadcast::Receiver<UserId> {
        self.revoked.subscribe()
    }

    /// To be told once it is committed.
    pub(crate) fn tell_revoked(&self, user: UserId) {
        // Nobody listens: nobody has to go.
        let _ = self.revoked.send(user);
    }

    /// Counts a request of `user`.
    pub(crate) fn count_request(&self, user: UserId) -> Result<(), Refused> {
        let counted = self.requests.check_key(&user);
        counted.map_err(|_| Refused::TooMany {
            code: "too_many_requests",
            retry_after_s: 1,
        })
    }
}

/// A try to sign in.
pub(crate) struct Attempt {
    pub(crate) username: String,
    pub(crate) password: String,
    pub(crate) client: Client,
    /// Unknown within the process.
    pub(crate) address: Option<IpAddr>,
}

impl Client {
    /// How long nobody may be seen, and how long a sign-in lasts at most. Milliseconds.
    fn limits(self) -> (i64, i64) {
        match self {
            Self::Desktop | Self::Tool => (14 * DAY, 90 * DAY),
            Self::Browser => (DAY / 2, 7 * DAY),
        }
    }
}

/// How a name is compared: as typed on any keyboard.
pub(crate) fn username(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Signs in by password. EZ-01: whatever was wrong, the answer and its time are the same.
pub(crate) async fn sign_in(hub: &Hub, attempt: Attempt) -> Result<(Token, SignedIn), Refused> {
    let username = username(&attempt.username);
    let person = checked(hub, &username, attempt.password, attempt.address).await?;
    let (token, now) = (Token::random()?, hub.now());
    let signed_in = SignedIn {
        token_hash: token.hash(),
        user: person.id,
        client: attempt.client,
        seen_at: now,
        expires_at: now + attempt.client.limits().1,
        revoked: None,
    };
    let mut tx = hub.db().write().await?;
    if !hub_user::find(&mut tx, person.id)
        .await?
        .is_some_and(|it| it.active)
    {
        return Err(Refused::NotSignedIn(Revoked::AccountInactive.as_str()));
    }
    if attempt.client == Client::Desktop {
        let because = Revoked::SignedInElsewhere;
        session::revoke_of_client(&mut tx, person.id, Client::Desktop, because, now).await?;
    }
    forget_old(&mut tx, now).await?;
    session::add(&mut tx, &signed_in).await?;
    tx.commit().await?;
    hub.doors().tell_revoked(person.id);
    Ok((token, signed_in))
}

/// Drops what nobody asks for any more.
async fn forget_old(tx: &mut Tx, now: i64) -> Result<(), DbError> {
    session::forget(tx, now - DAY).await?;
    idempotency::forget_before(tx, now - ANSWERS_KEPT).await?;
    Ok(())
}

/// The person whose password this is; every try is counted.
pub(crate) async fn checked(
    hub: &Hub,
    username: &str,
    password: String,
    address: Option<IpAddr>,
) -> Result<Person, Refused> {
    let doors = hub.doors();
    doors
        .tries
        .begin(username, address, Instant::now())
        .map_err(too_soon)?;
    if !password::is_possible(&password) {
        return Err(Refused::NotSignedIn("wrong_password"));
    }
    let mut tx = hub.db().read().await?;
    let person = hub_user::by_username(&mut tx, username).await?;
    let phc = match &person {
        Some(person) => hub_user::password(&mut tx, person.id).await?,
        None => None,
    };
    drop(tx);
    let right = doors.passwords.check(password, phc).await?;
    match person {
        Some(person) if right => {
            doors.tries.succeeded(username, address);
            if !person.active {
                return Err(Refused::NotSignedIn(Revoked::AccountInactive.as_str()));
            }
            Ok(person)
        }
        _ => Err(Refused::NotSignedIn("wrong_password")),
    }
}

fn too_soon(refused: TooSoon) -> Refused {
    let (code, wait) = match refused {
        TooSoon::Account(wait) => ("account_locked", wait),
        TooSoon::Address(wait) => ("too_many_requests", wait),
    };
    Refused::TooMany {
        code,
        retry_after_s: (wait + Duration::from_millis(999)).as_secs(),
    }
}

/// Whose token this is, and that it is still good.
pub(crate) async fn recognise(
    hub: &Hub,
    token_hash: &[u8],
) -> Result<(Identity, SignedIn), Refused> {
    let mut tx = hub.db().read().await?;
    let signed_in = session::find(&mut tx, token_hash).await?;
    let signed_in = signed_in.ok_or(Refused::NotSignedIn("not_signed_in"))?;
    if let Some(because) = signed_in.revoked {
        return Err(Refused::NotSignedIn(because.as_str()));
    }
    let (now, idle) = (hub.now(), signed_in.client.limits().0);
    if now >= signed_in.expires_at || now - signed_in.seen_at >= idle {
        return Err(Refused::NotSignedIn("session_expired"));
    }
    let identity = identity(&mut tx, signed_in.user).await?;
    let identity = identity.ok_or(Refused::NotSignedIn(Revoked::AccountInactive.as_str()))?;
    drop(tx);
    if now - signed_in.seen_at >= SEEN_EVERY {
        // A full disk is no reason to send anybody away.
        let _ = seen(hub, token_hash, now).await;
    }
    Ok((identity, signed_in))
}

async fn seen(hub: &Hub, token_hash: &[u8], now: i64) -> Result<(), DbError> {
    let mut tx = hub.db().write().await?;
    session::seen(&mut tx, token_hash, now).await?;
    tx.commit().await
}

/// Nothing for who is not there, or no longer active.
pub(crate) async fn identity(tx: &mut Tx, user: UserId) -> Result<Option<Identity>, DbError> {
    let Some(person) = hub_user::find(tx, user).await?.filter(|it| it.active) else {
        return Ok(None);
    };
    let memberships = team::of_user(tx, user).await?;
    let leads = memberships.iter().filter(|it| it.is_lead);
    Ok(Some(Identity {
        user,
        role: person.role,
        leads: leads.map(|it| it.team).collect(),
        teams: memberships.iter().map(|it| it.team).collect(),
    }))
}

pub(crate) async fn sign_out(hub: &Hub, signed_in: &SignedIn) -> Result<(), Refused> {
    let mut tx = hub.db().write().await?;
    session::revoke(
        &mut tx,
        &signed_in.token_hash,
        Revoked::SignedOut,
        hub.now(),
    )
    .await?;
    tx.commit().await?;
    hub.doors().tell_revoked(signed_in.user);
    Ok(())
}

/// Puts a new password in place of the one that `user` knows; they stay signed in here only.
pub(crate) async fn change_password(
    hub: &Hub,
    user: UserId,
    here: &TokenHash,
    new: String,
) -> Result<(), Refused> {
    let phc = hub.doors().passwords.hash(new).await?;
    let mut tx = hub.db().write().await?;
    hub_user::set_password(&mut tx, user, &phc).await?;
    session::revoke_others(&mut tx, user, here, Revoked::PasswordChanged, hub.now()).await?;
    tx.commit().await?;
    hub.doors().tell_revoked(user);
    Ok(())
}

#[cfg(test)]
mod tests;
