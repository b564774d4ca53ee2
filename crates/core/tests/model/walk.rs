//! The walk and the rules between phone and record.

use std::fmt::Write as _;
use std::time::Duration;

use alobar_core::{
    CallPhase, EndCause, Hold, Input, MediaPath, Mono, Now, Phone, PhoneConfig, Tone, Wall,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::record::{Record, rule};
use crate::steps::{Step, answers, registered, steps};

struct Walk {
    phone: Phone,
    record: Record,
    now: Now,
    /// Answers that the edges owe.
    owed: Vec<Input>,
    log: String,
}

impl Walk {
    fn new() -> Self {
        Self {
            phone: Phone::new(PhoneConfig::default()),
            record: Record::default(),
            now: Now {
                mono: Mono(Duration::ZERO),
                wall: Wall(1_790_000_000_000),
            },
            owed: Vec::new(),
            log: String::new(),
        }
    }

    fn run(&mut self, steps: &[Step]) -> Result<(), String> {
        self.feed(Input::Registration(registered()))?;
        for step in steps {
            match step {
                Step::Any(input) => self.feed(input.clone())?,
                Step::Oblige(_) if self.owed.is_empty() => {}
                Step::Oblige(which) => {
                    let old = self.owed.len().saturating_sub(4);
                    let input = self.owed.remove(old + which.index(self.owed.len() - old));
                    self.feed(input)?;
                }
                Step::Wait(time) => self.wait(*time)?,
            }
        }
        // Nobody says anything any more: only calls with nothing to wait for are left.
        self.wait(Duration::from_secs(3600))?;
        rule(
            self.phone.next_timeout().is_none(),
            "after an hour nothing is waited for",
        )?;
        let settled = |phase: &CallPhase, media: MediaPath, hold: Hold| match phase {
            CallPhase::Established(_) => media == MediaPath::Flowing || hold != Hold::None,
            _ => false,
        };
        rule(
            self.phone
                .calls()
                .iter()
                .all(|call| settled(call.phase(), call.media(), call.hold())),
            "after an hour only talks are left",
        )
    }

    fn feed(&mut self, input: Input) -> Result<(), String> {
        let _ = writeln!(self.log, "{:?} {input:?}", self.now.mono.0);
        let is_command = matches!(input, Input::Command(_));
        let result = self.phone.handle(self.now, input);
        let mut outputs = 0;
        while let Some(output) = self.phone.poll_output() {
            let _ = writeln!(self.log, "    {output:?}");
            self.record.note(&output)?;
            self.owed.extend(answers(&output));
            outputs += 1;
        }
        rule(result.is_ok() || is_command, "only a command is rejected")?;
        rule(
            result.is_ok() || outputs == 0,
            "a rejected command changes nothing",
        )?;
        self.check()
    }

    fn wait(&mut self, time: Duration) -> Result<(), String> {
        let end = self.now.mono + time;
        let mut same_moment = 0;
        while let Some(deadline) = self.phone.next_timeout().filter(|at| *at <= end) {
            rule(deadline >= self.now.mono, "a deadline is not in the past")?;
            same_moment = if deadline == self.now.mono {
                same_moment + 1
            } else {
                0
            };
            rule(same_moment < 20, "a deadline that has come is dealt with")?;
            self.now.mono = deadline;
            self.feed(Input::Timeout)?;
        }
        self.now.mono = end;
        Ok(())
    }

    fn check(&self) -> Result<(), String> {
        let focus = self.record.focus()?;
        rule(
            focus == self.phone.focus(),
            "the headset is where the phone says",
        )?;
        for call in self.phone.calls() {
            let over = matches!(call.phase(), CallPhase::Terminated { .. });
            rule(
                over == self.record.ended(call.id()),
                "a call ended is a call ended",
            )?;
            if focus == Some(call.id()) {
                rule(call.phase().is_live(), "only a live call has the headset")?;
                rule(
                    !call.hold().local() || call.hold_pending(),
                    "a held call has no headset",
                )?;
            }
            let may_rest = match call.phase() {
                CallPhase::Established(_) => call.media() != MediaPath::Connecting,
                _ => false,
            };
            rule(
                may_rest || self.phone.next_timeout().is_some(),
                "each waiting phase has a deadline",
            )?;
        }
        self.check_tone()
    }

    fn check_tone(&self) -> Result<(), String> {
        let live = || {
            self.phone
                .calls()
                .iter()
                .filter(|call| call.phase().is_live())
        };
        let alerting = live().any(|call| matches!(call.phase(), CallPhase::Alerting { .. }));
        let busy = EndCause::RemoteBusy;
        let right = match self.record.tone {
            None => !alerting,
            Some(Tone::Ringtone) => {
                live().all(|call| matches!(call.phase(), CallPhase::Alerting { .. })) && alerting
            }
            Some(Tone::CallWaiting) => alerting && live().count() > 1,
            Some(Tone::Ringback) => live().any(|call| {
                matches!(call.phase(), CallPhase::Ringing { early_media: false, .. })
            }),
            Some(Tone::Busy) => self.phone.calls().iter().any(|call| {
                matches!(call.phase(), CallPhase::Terminated { cause, .. } if *cause == busy)
            }),
        };
        rule(right, "the tone fits the calls")
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_inputs_breaks_a_rule(steps in steps()) {
        let mut walk = Walk::new();
        walk.run(&steps).map_err(|broken| {
            TestCaseError::fail(format!("{broken}\n{}", walk.log))
        })?;
    }
}

/// A walk that never talks, holds or transfers would prove little.
#[test]
fn the_walk_gets_everywhere() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut log = String::new();
    for _ in 0..500 {
        let mut walk = Walk::new();
        walk.run(&steps().new_tree(&mut runner).unwrap().current())
            .unwrap();
        log.push_str(&walk.log);
    }
    for seen in [
        "Focus",
        "Mute",
        "SendDtmf",
        "RollBack",
        "Reoffer {",
        "AnswerReoffer",
        "RefuseReoffer { status: 491 }",
        "RefuseReoffer { status: 500 }",
        "Refer {",
        "TransferFailed",
        "HoldFailed",
        "Cancel",
        "Bye",
        "Refuse { status: 603 }",
        "Refuse { status: 480 }",
        "Refuse { status: 486 }",
        "CallWaiting",
        "Ringback",
        "Some(Busy)",
        "Transferred",
        "AnsweredElsewhere",
        "Inactive",
        "LinkLost",
    ] {
        assert!(log.contains(seen), "the walk never saw {seen}");
    }
}
