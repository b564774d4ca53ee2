//! Signing in and out.

use alobar_core::{TeamId, UserId};
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use http::{StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::gate::{Via, cookie};
use crate::auth::{self, Attempt};
use crate::configuration::{ExchangeSettings, Settings};
use crate::db::Tx;
use crate::db::table::session::{Client, SignedIn};
use crate::db::table::{hub_user, setting, team};
use crate::error::{Problem, Refused};
use crate::hub::Hub;
use crate::identity::{Identity, Role};
use crate::people::sip_place;
use crate::seal::unseal;
use crate::version::{self, HubVersion, Unfit};

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct SignIn {
    user: String,
    password: String,
    /// A desktop names itself. It ends the person's sign-in at any other desktop (EZ-03).
    client: Option<ClientVersion>,
    /// From a page of the hub: the token goes into a cookie that no script reads.
    #[serde(default)]
    browser: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ClientVersion {
    /// `major.minor.patch`
    version: String,
}

/// Who is signed in, and what their desktop needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignInAnswer {
    /// For `Authorization: Bearer`. Only once, and not for a browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    pub person: SignedInPerson,
    /// Where this person's phone registers; not for a browser, nor until an admin has set it up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sip: Option<SipAccount>,
    pub hub: HubVersion,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignedInPerson {
    pub id: UserId,
    pub username: String,
    pub name: String,
    pub role: Role,
    pub extension: Option<String>,
    pub teams: Vec<TeamOfPerson>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TeamOfPerson {
    pub id: TeamId,
    pub name: String,
    pub is_lead: bool,
}

/// What a phone registers with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SipAccount {
    /// As in the account file: `wss://host/ws`, `sips:host`, …
    pub server: String,
    pub user: String,
    pub password: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dial_format: Option<String>,
}

impl std::fmt::Debug for SipAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SipAccount").finish_non_exhaustive()
    }
}

/// Signs in. 401 `wrong_password` (EZ-01), `account_inactive`; 422 `client_too_old`,
/// `client_too_new`; 429 `account_locked` with the seconds to wait.
#[utoipa::path(post, request_body = SignIn, path = "/api/session",
    responses(
        (status = 200, body = SignInAnswer),
        (status = 401, body = Problem),
        (status = 422, body = Problem),
        (status = 429, body = Problem),
    ))]
pub(crate) async fn sign_in(
    State(hub): State<Hub>,
    via: Option<Extension<Via>>,
    Json(wanted): Json<SignIn>,
) -> Result<Response, Refused> {
    let via = via.map(|Extension(via)| via);
    let client = client(&wanted)?;
    let attempt = Attempt {
        username: wanted.user,
        password: wanted.password,
        client,
        address: via.map(|via| via.address),
    };
    let (token, signed_in) = auth::sign_in(&hub, attempt).await?;
    let mut answer = answer(&hub, signed_in.user, Some(client)).await?;
    if client != Client::Browser {
        answer.token = Some(token.as_str().to_owned());
        return Ok(Json(answer).into_response());
    }
    let age_s = (signed_in.expires_at - hub.now()) / 1000;
    let cookie = cookie(token.as_str(), age_s, via);
    Ok(([(header::SET_COOKIE, cookie)], Json(answer)).into_response())
}

fn client(wanted: &SignIn) -> Result<Client, Refused> {
    let Some(named) = &wanted.client else {
        return Ok(match wanted.browser {
            true => Client::Browser,
            false => Client::Tool,
        });
    };
    let code = match version::fits(&named.version, version::VERSION) {
        Ok(()) => return Ok(Client::Desktop),
        Err(Unfit::Malformed) => return Err(Refused::field("field_malformed", "version")),
        Err(Unfit::TooOld) => "client_too_old",
        Err(Unfit::TooNew) => "client_too_new",
    };
    Err(Refused::Rejected {
        code,
        params: vec![("hub", version::VERSION.to_owned())],
    })
}

/// Who this is: a desktop asks at each start.
#[utoipa::path(get, path = "/api/session",
    responses((status = 200, body = SignInAnswer), (status = 401, body = Problem)))]
pub(crate) async fn get(
    State(hub): State<Hub>,
    by: Identity,
    signed_in: Option<Extension<SignedIn>>,
) -> Result<Json<SignInAnswer>, Refused> {
    let client = signed_in.map(|Extension(it)| it.client);
    answer(&hub, by.user, client).await.map(Json)
}

/// Signs out. The token is no longer good, open sockets close.
#[utoipa::path(delete, path = "/api/session", responses((status = 204)))]
pub(crate) async fn sign_out(
    State(hub): State<Hub>,
    _: Identity,
    via: Option<Extension<Via>>,
    signed_in: Option<Extension<SignedIn>>,
) -> Result<Response, Refused> {
    let Some(Extension(signed_in)) = signed_in else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    auth::sign_out(&hub, &signed_in).await?;
    if signed_in.client != Client::Browser {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let gone = cookie("", 0, via.map(|Extension(via)| via));
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, gone)]).into_response())
}

#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct NewPassword {
    old: String,
    /// At least 8 characters, not a common one.
    new: String,
}

/// Changes one's own password, and signs out everywhere else.
#[utoipa::path(put, request_body = NewPassword, path = "/api/session/password",
    responses((status = 204), (status = 401, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn change_password(
    State(hub): State<Hub>,
    by: Identity,
    via: Option<Extension<Via>>,
    signed_in: Option<Extension<SignedIn>>,
    Json(wanted): Json<NewPassword>,
) -> Result<StatusCode, Refused> {
    // The person of this machine has none.
    let Some(Extension(signed_in)) = signed_in else {
        return Err(Refused::rejected("no_password"));
    };
    let person = hub_user::find(&mut hub.db().read().await?, by.user).await?;
    let person = person.ok_or(Refused::NotFound)?;
    let address = via.map(|Extension(via)| via.address);
    auth::checked(&hub, &person.username, wanted.old, address).await?;
    auth::worth(&wanted.new, &person.username)?;
    auth::change_password(&hub, by.user, &signed_in.token_hash, wanted.new).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn answer(hub: &Hub, user: UserId, client: Option<Client>) -> Result<SignInAnswer, Refused> {
    let mut tx = hub.db().read().await?;
    let person = hub_user::find(&mut tx, user).await?;
    let person = person.ok_or(Refused::NotFound)?;
    let mut teams = Vec::new();
    for membership in team::of_user(&mut tx, user).await? {
        if let Some(team) = team::find(&mut tx, membership.team).await? {
            teams.push(TeamOfPerson {
                id: team.id,
                name: team.name,
                is_lead: membership.is_lead,
            });
        }
    }
    let for_phone = client.is_some_and(|client| client != Client::Browser);
    let sip = match &person.extension {
        Some(extension) if for_phone => sip_account(hub, &mut tx, user, extension).await?,
        _ => None,
    };
    Ok(SignInAnswer {
        token: None,
        person: SignedInPerson {
            id: person.id,
            username: person.username,
            name: person.name,
            role: person.role,
            extension: person.extension,
            teams,
        },
        sip,
        hub: HubVersion::this(),
    })
}

async fn sip_account(
    hub: &Hub,
    tx: &mut Tx,
    user: UserId,
    extension: &str,
) -> Result<Option<SipAccount>, Refused> {
    let Some(exchange) = setting::find(tx, ExchangeSettings::KEY).await? else {
        return Ok(None);
    };
    let Some(sealed) = hub_user::sip_secret(tx, user).await? else {
        return Ok(None);
    };
    let exchange: ExchangeSettings =
        serde_json::from_value(exchange.value).map_err(|e| Refused::Bug(e.to_string()))?;
    let plain = unseal(hub.key(), &sip_place(user), &sealed).ok();
    let Some(password) = plain.and_then(|plain| String::from_utf8(plain).ok()) else {
        // Whose key file is another one still lets people in.
        tracing::warn!(%user, "The SIP secret was sealed with another key");
        return Ok(None);
    };
    Ok(Some(SipAccount {
        server: exchange.server,
        user: extension.to_owned(),
        password,
        dial_format: exchange.dial_format,
    }))
}
