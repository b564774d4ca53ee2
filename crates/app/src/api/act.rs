//! What a person does with calls.

use alobar_core::{CallId, Command, Dialable, Pii};

use super::error;
use super::handle::PhoneHandle;
use super::view::ErrorView;

impl PhoneHandle {
    /// Dials what a person typed or pasted; the answer is the call's id.
    pub async fn dial(&self, number: &str) -> Result<String, ErrorView> {
        let to = number
            .parse::<Dialable>()
            .map_err(|refusal| error::view(refusal.code()))?;
        let line = self.line().await?;
        let call = line.next_call_id();
        let headers = Vec::new();
        line.command(Command::Dial { call, to, headers })
            .await
            .map_err(|refusal| error::view(refusal.code()))?;
        Ok(call.to_string())
    }

    pub async fn answer(&self, call: &str) -> Result<(), ErrorView> {
        let call = call_id(call)?;
        self.command(Command::Answer { call }).await
    }

    pub async fn decline(&self, call: &str) -> Result<(), ErrorView> {
        let call = call_id(call)?;
        self.command(Command::Decline { call }).await
    }

    pub async fn hang_up(&self, call: &str) -> Result<(), ErrorView> {
        let call = call_id(call)?;
        self.command(Command::HangUp { call }).await
    }

    pub async fn hold(&self, call: &str) -> Result<(), ErrorView> {
        let call = call_id(call)?;
        self.command(Command::Hold { call }).await
    }

    pub async fn resume(&self, call: &str) -> Result<(), ErrorView> {
        let call = call_id(call)?;
        self.command(Command::Resume { call }).await
    }

    pub async fn set_mute(&self, on: bool) -> Result<(), ErrorView> {
        self.command(Command::SetMute { on }).await
    }

    pub async fn send_dtmf(&self, call: &str, digits: &str) -> Result<(), ErrorView> {
        let call = call_id(call)?;
        self.command(Command::SendDtmf {
            call,
            digits: Pii::new(digits.to_owned()),
        })
        .await
    }

    /// Blind transfer ("Chuyển thẳng").
    pub async fn transfer(&self, call: &str, to: &str) -> Result<(), ErrorView> {
        let call = call_id(call)?;
        let to = to
            .parse::<Dialable>()
            .map_err(|refusal| error::view(refusal.code()))?;
        self.command(Command::BlindTransfer { call, to }).await
    }

    /// Tries to register now instead of at the next planned attempt.
    pub async fn retry_registration(&self) -> Result<(), ErrorView> {
        self.line().await?.reconnect();
        Ok(())
    }

    async fn command(&self, command: Command) -> Result<(), ErrorView> {
        self.line()
            .await?
            .command(command)
            .await
            .map_err(|refusal| error::view(refusal.code()))
    }
}

fn call_id(text: &str) -> Result<CallId, ErrorView> {
    text.parse()
        .map(CallId)
        .map_err(|_| error::view("no_such_call"))
}
