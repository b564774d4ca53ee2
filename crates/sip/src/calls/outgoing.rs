//! Our INVITE.

use std::sync::Arc;
use std::time::Duration;

use alobar_core::{CallId, Peer, Pii, Signal};
use rsipstack::dialog::authenticate::Credential;
use rsipstack::dialog::dialog::DialogStateReceiver;
use rsipstack::dialog::invitation::InviteOption;
use rsipstack::dialog::invite_dialog::InviteDialog;
use rsipstack::sip::{Header, Response, Uri};
use rsipstack::transaction::random_text;
use tokio::sync::mpsc;

use super::call::{Call, Done, Phase, status_of};
use super::message::{ALLOW, check_header, escaped_user};
use super::{Context, session_timer};

/// The INVITE, kept until it has a final answer: a 422 wants it once more with a longer interval.
pub(super) struct Redial {
    option: InviteOption,
    interval: Duration,
}

/// Starts an outgoing call. What becomes of it comes as signals.
pub(crate) fn place(
    ctx: &Arc<Context>,
    id: CallId,
    to: &str,
    offer: String,
    headers: Vec<(String, Pii<String>)>,
) {
    let sip_call_id = random_text(24);
    let option = option(ctx, to, &offer, headers, &sip_call_id);
    start(ctx, id, &sip_call_id, option, offer);
}

/// Calls a phone at the contact it has registered, as from `from`: what an exchange does.
pub(crate) fn place_at(
    ctx: &Arc<Context>,
    id: CallId,
    contact: &Uri,
    from: &Peer,
    offer: String,
    headers: Vec<(String, Pii<String>)>,
) {
    let sip_call_id = random_text(24);
    let domain = ctx.account.aor_domain();
    let caller = format!("sip:{}@{domain}", escaped_user(from.number.reveal()));
    let option = option(ctx, "", &offer, headers, &sip_call_id).and_then(|option| {
        Ok(InviteOption {
            caller_display_name: from.name.as_ref().map(|name| quotable(name.reveal())),
            caller: uri(&caller)?,
            callee: contact.clone(),
            ..option
        })
    });
    start(ctx, id, &sip_call_id, option, offer);
}

fn start(
    ctx: &Arc<Context>,
    id: CallId,
    sip_call_id: &str,
    option: rsipstack::Result<InviteOption>,
    offer: String,
) {
    let actions = ctx.calls.open(id, sip_call_id);
    let redial = match option {
        Ok(option) => Redial {
            option,
            interval: session_timer::PROPOSED,
        },
        Err(error) => return fail(ctx, id, &error),
    };
    let (done, outcomes) = mpsc::unbounded_channel();
    match invite(ctx, &redial, &done) {
        Ok((dialog, states)) => {
            let call = Call {
                ctx: Arc::clone(ctx),
                id,
                dialog,
                states,
                phase: Phase::Dialing,
                done,
                leave_by: None,
                timer: None,
                peer_updates: false,
                local_sdp: Some(offer),
                remote_sdp: None,
                reoffered: None,
                reoffering: false,
                answer_in_ack: None,
                redial: Some(redial),
                told_transfer: None,
            };
            tokio::spawn(call.run(actions, outcomes));
        }
        Err(error) => fail(ctx, id, &error),
    }
}

fn fail(ctx: &Context, id: CallId, error: &rsipstack::Error) {
    // The error's text may quote the address dialled.
    tracing::warn!(call = %id, kind = ?std::mem::discriminant(error), "INVITE could not be made");
    ctx.signal(id, Signal::Refused { status: 503 });
    ctx.calls.close(id);
}

fn option(
    ctx: &Context,
    to: &str,
    offer: &str,
    extra: Vec<(String, Pii<String>)>,
    call_id: &str,
) -> rsipstack::Result<InviteOption> {
    let account = &ctx.account;
    let domain = account.aor_domain();
    let mut headers = vec![
        Header::Allow(ALLOW.into()),
        Header::Accept("application/sdp".into()),
    ];
    for (name, value) in extra {
        match check_header(&name, value.reveal()) {
            Ok(()) => headers.push(Header::Other(name, value.into_inner())),
            Err(error) => tracing::warn!(%error, "extra header left out"),
        }
    }
    let name = account
        .display_name
        .as_ref()
        .map(|name| quotable(name.reveal()));
    Ok(InviteOption {
        caller_display_name: name,
        caller: uri(&format!("sip:{}@{domain}", escaped_user(&account.user)))?,
        callee: uri(&format!("sip:{}@{domain}", escaped_user(to)))?,
        content_type: Some("application/sdp".to_owned()),
        offer: Some(offer.as_bytes().to_vec()),
        contact: uri(&ctx.identity.contact_uri())?,
        credential: Some(credential(account)),
        headers: Some(headers),
        support_prack: true,
        call_id: Some(call_id.to_owned()),
        ..Default::default()
    })
}

/// The stack quotes a name but does not escape it.
fn quotable(name: &str) -> String {
    name.replace(['"', '\\', '\r', '\n'], "")
}

fn uri(text: &str) -> rsipstack::Result<Uri> {
    Ok(Uri::try_from(text)?)
}

/// What the digest needs. It only ever leaves over our own link, so only our server can ask for it.
pub(crate) fn credential(account: &crate::Account) -> Credential {
    Credential {
        username: account.user.clone(),
        password: account.password.reveal().clone(),
        realm: None,
        auth_username: None,
    }
}

fn invite(
    ctx: &Context,
    redial: &Redial,
    done: &mpsc::UnboundedSender<Done>,
) -> rsipstack::Result<(InviteDialog, DialogStateReceiver)> {
    let mut option = redial.option.clone();
    option
        .headers
        .get_or_insert_default()
        .extend(session_timer::proposal(redial.interval));
    let (state_sender, states) = ctx.layer.new_dialog_state_channel();
    let (dialog, handle) = ctx.layer.do_invite_async(option, state_sender)?;
    let done = done.clone();
    tokio::spawn(async move {
        let outcome = match handle.await {
            Ok(outcome) => outcome.map(|(_, response)| response),
            Err(_) => Ok(None),
        };
        // A call that has ended otherwise does not wait for this.
        let _ = done.send(Done::Invite(outcome));
    });
    Ok((dialog, states))
}

impl Call {
    /// The INVITE has its final answer. A 2xx has come as `Confirmed` before, unless we had cancelled.
    pub(super) fn invite_ended(&mut self, outcome: rsipstack::Result<Option<Response>>) {
        if self.phase != Phase::Dialing {
            return;
        }
        if let Ok(Some(response)) = &outcome
            && response.status_code.code() == 422
            && self.leave_by.is_none()
            && self.redial_longer(response)
        {
            return;
        }
        match status_of(&outcome) {
            status @ 300.. => self.end(Signal::Refused { status }),
            // 2xx without a usable dialog: the stack has ended it with a BYE.
            _ => self.end(Signal::Refused { status: 500 }),
        }
    }

    /// 422: the session interval was too short for somebody on the way (RFC 4028 section 7.3).
    fn redial_longer(&mut self, response: &Response) -> bool {
        let Some((mut redial, required)) =
            self.redial.take().zip(session_timer::required(response))
        else {
            return false;
        };
        redial.interval = redial.interval.max(required);
        let Ok((dialog, states)) = invite(&self.ctx, &redial, &self.done) else {
            return false;
        };
        (self.dialog, self.states) = (dialog, states);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::escaped_user;

    #[test]
    fn dial_codes_and_plus_survive_and_nothing_breaks_out_of_the_user_part() {
        assert_eq!(escaped_user("*45"), "*45");
        assert_eq!(escaped_user("+84912345678"), "+84912345678");
        assert_eq!(escaped_user("#31#"), "%2331%23");
        assert_eq!(escaped_user("a@b;c>\r\n"), "a%40b%3Bc%3E%0D%0A");
    }
}
