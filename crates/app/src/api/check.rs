//! Trying devices out without a call. A call ends every check: it gets the devices.

use std::time::Duration;

use alobar_media::{AudioError, Check, CheckEvent, DeviceRole, Trial, Volume};
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinHandle;

use super::error;
use super::handle::PhoneHandle;
use super::publish::{Publisher, now_ms};
use super::view::{
    CheckView, DeviceChoice, ErrorView, LevelsView, PhaseView, PhoneView, SoundRole,
};

const NO_MICROPHONE: &str = "check_no_microphone";
const NO_SPEAKER: &str = "check_no_speaker";

/// At most one check is under way.
#[derive(Debug, Default)]
pub(super) struct Checks {
    latest: Mutex<Option<Running>>,
}

#[derive(Debug)]
struct Running {
    /// Dropping it ends the check.
    choices: mpsc::UnboundedSender<DeviceChoice>,
    task: JoinHandle<()>,
}

impl Checks {
    async fn end(&self, publisher: &Publisher) {
        let mut latest = self.latest.lock().await;
        end(&mut latest).await;
        publisher.check_is(CheckView::Idle);
    }

    /// Ends the check under way and starts another; the old one is shown until the new one has begun.
    /// The answer comes when its devices are open or have failed, and never when it is ended before.
    async fn replace(
        &self,
        trial: Trial,
        choice: DeviceChoice,
        publisher: &Publisher,
    ) -> Result<oneshot::Receiver<Result<(), ErrorView>>, AudioError> {
        let mut latest = self.latest.lock().await;
        end(&mut latest).await;
        let check = Check::start(trial, choice.into())
            .inspect_err(|_| publisher.check_is(CheckView::Idle))?;
        let (choices, inbox) = mpsc::unbounded_channel();
        let (asker, answer) = oneshot::channel();
        let screen = Screen {
            publisher: publisher.clone(),
            asker: Some(asker),
        };
        let task = tokio::spawn(run(check, inbox, screen));
        *latest = Some(Running { choices, task });
        Ok(answer)
    }

    /// The check under way uses other devices from now on.
    pub(super) async fn choose(&self, choice: DeviceChoice) {
        if let Some(running) = self.latest.lock().await.as_ref() {
            // Fails when it is over.
            let _ = running.choices.send(choice);
        }
    }
}

async fn end(latest: &mut Option<Running>) {
    let Some(Running { choices, task }) = latest.take() else {
        return;
    };
    drop(choices);
    if let Err(failure) = task.await {
        tracing::error!(%failure, "A check has panicked");
    }
}

impl PhoneHandle {
    /// Opens the microphone for [`PhoneHandle::levels`] until it is switched off or a call comes.
    /// Off ends whatever check is under way.
    pub async fn listen(&self, on: bool) -> Result<(), ErrorView> {
        if on {
            return self.check(Trial::Microphone).await;
        }
        self.0.checks.end(&self.0.publisher).await;
        Ok(())
    }

    /// Records what is said for some seconds and plays it back.
    pub async fn echo_test(&self) -> Result<(), ErrorView> {
        self.check(Trial::Echo).await
    }

    /// Sounds a phrase on the speaker, or rings as a call does.
    pub async fn test_sound(&self, role: SoundRole) -> Result<(), ErrorView> {
        self.check(match role {
            SoundRole::Speaker => Trial::Speaker,
            SoundRole::Ringer => Trial::Ringer,
        })
        .await
    }

    /// Takes the place of the check under way; answers when it has begun.
    async fn check(&self, trial: Trial) -> Result<(), ErrorView> {
        if in_call(&self.phone().borrow()) {
            return Err(error::view("another_call_in_progress"));
        }
        let choice = self.0.settings.lock().await.devices.clone();
        let checks = &self.0.checks;
        let begun = checks.replace(trial, choice, &self.0.publisher).await;
        let begun = begun.map_err(|refusal| {
            tracing::warn!(%refusal, "Start a check");
            error::view(match trial {
                Trial::Microphone | Trial::Echo => NO_MICROPHONE,
                Trial::Speaker | Trial::Ringer => NO_SPEAKER,
            })
        })?;
        // No answer: something else took its place, and there is nothing to say.
        begun.await.unwrap_or(Ok(()))
    }
}

/// Shows a check until it is over or there is a call. Who ends it shows what comes then.
async fn run(
    mut check: Check,
    mut choices: mpsc::UnboundedReceiver<DeviceChoice>,
    mut screen: Screen,
) {
    let mut phone = screen.publisher.phone();
    loop {
        tokio::select! {
            _ = phone.wait_for(in_call) => break,
            choice = choices.recv() => match choice {
                Some(choice) => check.choose(choice.into()),
                None => return,
            },
            event = check.next() => if !screen.goes_on(event) {
                break;
            },
        }
    }
    drop(check);
    screen.publisher.check_is(CheckView::Idle);
}

/// Where a check is shown.
struct Screen {
    publisher: Publisher,
    /// Waits until the check has begun.
    asker: Option<oneshot::Sender<Result<(), ErrorView>>>,
}

impl Screen {
    /// Shows `event`; answers whether more will come.
    fn goes_on(&mut self, event: CheckEvent) -> bool {
        let until = |lasts: Duration| now_ms() + lasts.as_millis() as f64;
        self.begun(match event {
            CheckEvent::Levels {
                microphone,
                speaker,
            } => {
                self.publisher.levels_are(LevelsView {
                    microphone,
                    speaker,
                });
                return true;
            }
            CheckEvent::Listening => CheckView::Listening,
            CheckEvent::Recording(lasts) => CheckView::Recording {
                until_ms: until(lasts),
            },
            CheckEvent::Playing(lasts) => CheckView::Playing {
                until_ms: until(lasts),
            },
            CheckEvent::Sounding(role, lasts) => CheckView::Sounding {
                role: match role {
                    DeviceRole::Ringer => SoundRole::Ringer,
                    DeviceRole::Speaker | DeviceRole::Microphone => SoundRole::Speaker,
                },
                until_ms: until(lasts),
            },
            CheckEvent::Failed(role) => {
                self.failed(failure(role));
                return false;
            }
            CheckEvent::Done => return false,
        });
        true
    }

    fn begun(&mut self, view: CheckView) {
        self.publisher.check_is(view);
        if let Some(asker) = self.asker.take() {
            // Nobody waits any more: the window is gone.
            let _ = asker.send(Ok(()));
        }
    }

    fn failed(&mut self, failure: ErrorView) {
        match self.asker.take() {
            // As above.
            Some(asker) => drop(asker.send(Err(failure))),
            None => self.publisher.notice(Some(failure)),
        }
    }
}

fn failure(role: DeviceRole) -> ErrorView {
    error::view(match role {
        DeviceRole::Microphone => NO_MICROPHONE,
        DeviceRole::Speaker | DeviceRole::Ringer => NO_SPEAKER,
    })
}

/// Whether a call needs the devices.
pub(super) fn in_call(phone: &PhoneView) -> bool {
    let mut calls = phone.calls.iter();
    calls.any(|call| call.phase != PhaseView::Terminated)
}

impl From<DeviceChoice> for alobar_media::DeviceChoice {
    fn from(choice: DeviceChoice) -> Self {
        Self {
            microphone: choice.microphone,
            speaker: choice.speaker,
            ringer: choice.ringer,
            ring_volume: Volume::from_percent(choice.ring_volume),
        }
    }
}
