//! REGISTER (RFC 3261 section 10) and the supervisor that keeps us registered.

mod supervisor;

use std::time::Duration;

use alobar_core::RegistrationFailure;
use rsipstack::dialog::authenticate::{AuthRetry, Credential, handle_client_authenticate};
use rsipstack::sip::prelude::HeadersExt;
use rsipstack::sip::{Header, Method, Request, Response, SipMessage, StatusCodeKind, Uri, typed};
use rsipstack::transaction::endpoint::EndpointInnerRef;
use rsipstack::transaction::key::{TransactionKey, TransactionRole};
use rsipstack::transaction::transaction::Transaction;
use rsipstack::transaction::{make_tag, make_uuid_v4, random_text};

use crate::account::Account;
use crate::calls::ALLOW;
use crate::wire::Identity;
pub(crate) use supervisor::{Command, Supervisor, stop};

/// Sends our REGISTERs; one Call-ID for all of them, a growing CSeq.
pub(crate) struct Registrar {
    endpoint: EndpointInnerRef,
    credential: Credential,
    aor: Uri,
    registrar: Uri,
    contact: String,
    contact_user: String,
    call_id: String,
    seq: u32,
    expires: Duration,
}

impl Registrar {
    pub(crate) fn new(
        endpoint: EndpointInnerRef,
        account: &Account,
        identity: &Identity,
        credential: Credential,
    ) -> rsipstack::Result<Self> {
        let domain = account.aor_domain();
        let instance = account.instance.clone().unwrap_or_else(make_uuid_v4);
        Ok(Self {
            endpoint,
            credential,
            aor: format!("sip:{}@{domain}", account.user)
                .as_str()
                .try_into()?,
            registrar: format!("sip:{domain}").as_str().try_into()?,
            contact: format!(
                "<{}>;+sip.instance=\"<urn:uuid:{instance}>\";reg-id=1",
                identity.contact_uri()
            ),
            contact_user: identity.contact_user.clone(),
            call_id: random_text(24),
            seq: 0,
            expires: account.expires,
        })
    }

    /// Registers for as long as the server grants; `None` removes the binding.
    async fn register(
        &mut self,
        wanted: Option<Duration>,
    ) -> Result<Duration, RegistrationFailure> {
        let mut expires = wanted.unwrap_or_default();
        for _ in 0..2 {
            let response = self.exchange(expires).await?;
            match response.status_code.code() {
                200..=299 => return Ok(self.granted(&response).unwrap_or(expires)),
                // Interval too brief: ask again for what the server wants (section 10.2.8).
                423 if wanted.is_some() => {
                    expires = min_expires(&response).unwrap_or(expires).max(expires)
                }
                404 => return Err(RegistrationFailure::UnknownUser),
                408 => return Err(RegistrationFailure::TimedOut),
                status => return Err(RegistrationFailure::Refused { status }),
            }
        }
        Err(RegistrationFailure::Refused { status: 423 })
    }

    /// One REGISTER with its final answer, credentials given when asked for.
    async fn exchange(&mut self, expires: Duration) -> Result<Response, RegistrationFailure> {
        let broken = |_: rsipstack::Error| RegistrationFailure::LinkLost;
        let request = self.request(expires).map_err(broken)?;
        let key =
            TransactionKey::from_request(&request, TransactionRole::Client).map_err(broken)?;
        let mut tx = Transaction::new_client(key, request, self.endpoint.clone(), None);
        tx.send().await.map_err(broken)?;
        let (mut auth, mut asked) = (AuthRetry::new(), false);
        while let Some(message) = tx.receive().await {
            let SipMessage::Response(response) = message else {
                continue;
            };
            match response.status_code.code() {
                401 | 407 if !has_challenge(&response) => {
                    return Err(RegistrationFailure::WeakDigest);
                }
                401 | 407 if !auth.should_answer(&response) => {
                    return Err(RegistrationFailure::WrongPassword);
                }
                401 | 407 => {
                    asked = true;
                    self.seq += 1;
                    tx = handle_client_authenticate(self.seq, &tx, response, &self.credential)
                        .await
                        .map_err(|_| RegistrationFailure::WeakDigest)?;
                    tx.send().await.map_err(broken)?;
                }
                403 if asked => return Err(RegistrationFailure::WrongPassword),
                _ if response.status_code.kind() == StatusCodeKind::Provisional => {}
                _ => return Ok(response),
            }
        }
        Err(RegistrationFailure::TimedOut)
    }

    fn request(&mut self, expires: Duration) -> rsipstack::Result<Request> {
        self.seq += 1;
        let from = typed::From {
            display_name: None,
            uri: self.aor.clone(),
            params: vec![],
        }
        .with_tag(make_tag());
        let to = typed::To {
            display_name: None,
            uri: self.aor.clone(),
            params: vec![],
        };
        let (via, call_id) = (
            self.endpoint.get_via(None, None)?,
            self.call_id.as_str().into(),
        );
        let registrar = self.registrar.clone();
        let mut request = self.endpoint.make_request(
            Method::Register,
            registrar,
            via,
            from,
            to,
            self.seq,
            Some(call_id),
        );
        request.headers.extend(vec![
            Header::Contact(self.contact.as_str().into()),
            Header::Expires(expires.as_secs().to_string().into()),
            Header::Supported("path, outbound".into()),
            Header::Allow(ALLOW.into()),
        ]);
        Ok(request)
    }

    /// What the server granted to our own binding; others may be listed beside it.
    fn granted(&self, response: &Response) -> Option<Duration> {
        let contacts = response.typed_contact_headers().unwrap_or_default();
        let ours = contacts
            .iter()
            .find(|contact| contact.uri.user() == Some(self.contact_user.as_str()));
        let stated = ours.and_then(|contact| contact.expires());
        let general = || response.expires_header()?.value().trim().parse().ok();
        stated
            .or_else(general)
            .map(|seconds| Duration::from_secs(seconds.into()))
    }
}

/// The wire has left only a challenge that we can answer.
fn has_challenge(response: &Response) -> bool {
    response
        .headers
        .iter()
        .any(|h| matches!(h, Header::WwwAuthenticate(_) | Header::ProxyAuthenticate(_)))
}

fn min_expires(response: &Response) -> Option<Duration> {
    response
        .min_expires_header()?
        .value()
        .trim()
        .parse()
        .ok()
        .map(Duration::from_secs)
}
