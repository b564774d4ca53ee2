//! Who is where: digest (RFC 7616, RFC 8760) and the bindings of REGISTER (RFC 3261 section 10.3).

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use alobar_core::Pii;
use rsipstack::dialog::authenticate::verify_digest;
use rsipstack::sip::prelude::{HeadersExt, ToTypedHeader};
use rsipstack::sip::{Header, Request, StatusCode, Uri, typed};
use rsipstack::transaction::random_text;

use crate::account::Transport;

const REALM: &str = "practice.alobar";
/// Longest binding; a phone renews earlier.
const MAX_EXPIRES: Duration = Duration::from_mins(10);
/// Challenges that may still be answered.
const MAX_NONCES: usize = 100;

pub(super) type Refusal = (StatusCode, Vec<Header>);

#[derive(Debug)]
pub(super) struct Bindings {
    users: Vec<String>,
    password: Pii<String>,
    nonces: VecDeque<String>,
    bound: HashMap<String, Binding>,
}

#[derive(Debug)]
struct Binding {
    flow: u64,
    contact: Uri,
    until: Instant,
}

impl Bindings {
    pub(super) fn new(users: Vec<String>, password: Pii<String>) -> Self {
        Self {
            users,
            password,
            nonces: VecDeque::new(),
            bound: HashMap::new(),
        }
    }

    /// Where `user` is signed in now: flow and contact.
    pub(super) fn find(&self, user: &str) -> Option<(u64, Uri)> {
        let binding = self.bound.get(user)?;
        (binding.until > Instant::now()).then(|| (binding.flow, binding.contact.clone()))
    }

    /// The user signed in over `flow`.
    pub(super) fn user_of(&self, flow: u64) -> Option<String> {
        let (user, _) = self
            .bound
            .iter()
            .find(|(_, binding)| binding.flow == flow)?;
        self.find(user).map(|_| user.clone())
    }

    pub(super) fn forget_flow(&mut self, flow: u64) {
        self.bound.retain(|_, binding| binding.flow != flow);
    }

    /// Binds or unbinds; the user and the answer's headers.
    pub(super) fn register(
        &mut self,
        request: &Request,
        flow: u64,
        transport: Transport,
    ) -> Result<(String, Vec<Header>), Refusal> {
        let user = self.proven(request, transport)?;
        let bad = || (StatusCode::BadRequest, Vec::new());
        let contact = request.contact_header().map_err(|_| bad())?;
        if contact.value().trim() == "*" {
            self.bound.remove(&user);
            return Ok((user, Vec::new()));
        }
        let contact: typed::Contact = contact.typed().map_err(|_| bad())?;
        let expires = expires(request, &contact).min(MAX_EXPIRES);
        if expires.is_zero() {
            self.bound.remove(&user);
            return Ok((user, Vec::new()));
        }
        let answer = format!("<{}>;expires={}", contact.uri, expires.as_secs());
        let binding = Binding {
            flow,
            contact: contact.uri,
            until: Instant::now() + expires,
        };
        self.bound.insert(user.clone(), binding);
        Ok((user, vec![Header::Contact(answer.into())]))
    }

    /// Who sends this, by its digest; without one, the challenge.
    pub(super) fn proven(
        &mut self,
        request: &Request,
        transport: Transport,
    ) -> Result<String, Refusal> {
        let Some(given) = request.authorization_header() else {
            return Err(self.challenge(transport));
        };
        // The stack knows the name without its hyphen.
        let given = given.value().replace("SHA-256", "SHA256");
        let Ok(auth) = typed::Authorization::parse(&given) else {
            return Err((StatusCode::BadRequest, Vec::new()));
        };
        if auth.realm != REALM || !self.nonces.contains(&auth.nonce) {
            return Err(self.challenge(transport));
        }
        if !self.users.contains(&auth.username) {
            return Err((StatusCode::NotFound, Vec::new()));
        }
        let password = self.password.reveal();
        if verify_digest(&auth, password, &request.method, &given) {
            Ok(auth.username)
        } else {
            Err((StatusCode::Forbidden, Vec::new()))
        }
    }

    fn challenge(&mut self, transport: Transport) -> Refusal {
        let nonce = random_text(24);
        self.nonces.push_back(nonce.clone());
        if self.nonces.len() > MAX_NONCES {
            self.nonces.pop_front();
        }
        // Foreign phones may know nothing newer than MD5, and some give up at a second challenge.
        let algorithm = if transport.is_web_socket() {
            "SHA-256"
        } else {
            "MD5"
        };
        let challenge = format!(
            "Digest realm=\"{REALM}\", nonce=\"{nonce}\", algorithm={algorithm}, qop=\"auth\""
        );
        (
            StatusCode::Unauthorized,
            vec![Header::WwwAuthenticate(challenge.into())],
        )
    }
}

/// What the contact asks for, else the message, else the usual hour.
fn expires(request: &Request, contact: &typed::Contact) -> Duration {
    let general = || request.expires_header()?.value().trim().parse().ok();
    let seconds = contact.expires().or_else(general).unwrap_or(3_600);
    Duration::from_secs(seconds.into())
}
