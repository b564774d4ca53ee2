//! One test a row of the table above `Phase`, and random calls.

use alobar_core::Pii;

use super::*;

mod walk;

/// A caller, the exchange played by the test, and a clock that only moves when told.
struct World {
    caller: Caller,
    now: Mono,
    /// What the last step put out.
    out: Vec<Output>,
}

fn secs(secs: f32) -> Duration {
    Duration::from_secs_f32(secs)
}

impl World {
    fn at_speed(speed: u32) -> Self {
        let speed = NonZeroU32::new(speed).unwrap();
        Self {
            caller: Caller::new(Script::late_order(), 1, speed),
            now: Mono(secs(100.0)),
            out: Vec::new(),
        }
    }

    fn new() -> Self {
        Self::at_speed(1)
    }

    fn feed(&mut self, input: Input) {
        println!("{:?} {input:?}", self.now.0);
        self.out.clear();
        self.caller.handle(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        while let Some(output) = self.caller.poll_output() {
            println!("    {output:?}");
            self.out.push(output);
        }
    }

    /// Lets time pass, with a `Timeout` at each deadline on the way.
    fn wait(&mut self, time: f32) {
        self.out.clear();
        let end = self.now + secs(time);
        let mut timeouts = 0;
        while let Some(due) = self.caller.next_timeout().filter(|due| *due <= end) {
            timeouts += 1;
            assert!(timeouts < 100, "a deadline that has come is not dealt with");
            self.now = due;
            println!("{:?} Timeout", due.0);
            self.caller.handle(due, Input::Timeout);
            self.drain();
        }
        self.now = end;
    }

    fn calling() -> Self {
        let mut w = Self::new();
        w.feed(Input::Start);
        w.wait(2.0);
        w
    }

    fn ringing() -> Self {
        let mut w = Self::calling();
        w.feed(Input::Rung);
        w
    }

    fn answered() -> Self {
        let mut w = Self::ringing();
        w.feed(Input::Answered);
        w
    }

    /// The agent has asked, the customer has said what it is about.
    fn requested() -> Self {
        let mut w = Self::answered();
        w.agent_speaks();
        w.feed(Input::Said);
        w
    }

    /// The agent has replied, the customer has said thanks.
    fn thanked() -> Self {
        let mut w = Self::requested();
        w.agent_speaks();
        w.feed(Input::Said);
        w
    }

    fn agent_speaks(&mut self) {
        self.feed(Input::SpeechBegan);
        self.wait(3.0);
        self.feed(Input::SpeechEnded);
    }
}

fn say(clip: Clip) -> Vec<Output> {
    vec![Output::Say(clip)]
}

#[test]
fn the_phone_rings_two_seconds_after_the_click() {
    let mut w = World::new();
    w.feed(Input::Start);
    w.wait(1.9);
    assert_eq!(w.out, []);
    w.wait(0.2);
    let from = w.caller.from().clone();
    assert_eq!(w.out, [Output::Ring { from }]);
}

#[test]
fn a_second_click_does_not_call_twice() {
    let mut w = World::calling();
    w.feed(Input::Start);
    w.wait(3.0);
    assert_eq!(w.out, []);
}

#[test]
fn a_customer_gives_up_when_nobody_answers_for_25_seconds() {
    let mut w = World::ringing();
    w.wait(24.9);
    assert_eq!(w.out, []);
    w.wait(0.2);
    let outcome = Outcome::NobodyAnswered;
    assert_eq!(w.out, [Output::Cancel, Output::Done(outcome)]);
    assert_eq!(w.caller.phase(), Phase::Over(outcome));
}

#[test]
fn a_phone_that_does_not_ring_is_unreachable_after_five_seconds() {
    let mut w = World::calling();
    w.wait(4.9);
    assert_eq!(w.out, []);
    w.wait(0.2);
    assert_eq!(w.out, [Output::Cancel, Output::Done(Outcome::Unreachable)]);
}

#[test]
fn ringing_again_does_not_make_the_customer_more_patient() {
    let mut w = World::ringing();
    w.wait(20.0);
    w.feed(Input::Rung);
    w.wait(5.1);
    assert_eq!(w.out[0], Output::Cancel);
}

#[test]
fn an_answer_that_crosses_the_giving_up_is_hung_up() {
    let mut w = World::ringing();
    w.wait(25.0);
    w.feed(Input::Answered);
    assert_eq!(w.out, [Output::HangUp]);
}

#[test]
fn an_agent_who_declines_is_told_so() {
    for status in [486, 603] {
        let mut w = World::ringing();
        w.feed(Input::Refused { status });
        assert_eq!(w.out, [Output::Done(Outcome::Refused { status })]);
    }
}

#[test]
fn the_customer_lets_the_agent_speak_first_and_finish() {
    let mut w = World::answered();
    assert_eq!(w.out, []);
    w.wait(2.0);
    w.feed(Input::SpeechBegan);
    w.wait(9.0);
    assert_eq!(w.out, [], "does not interrupt");
    w.feed(Input::SpeechEnded);
    assert_eq!(w.out, say(Clip::ViCustomerRequest));
}

#[test]
fn a_silent_agent_hears_hello_after_six_seconds_and_then_the_request() {
    let mut w = World::answered();
    w.wait(5.9);
    assert_eq!(w.out, []);
    w.wait(0.2);
    assert_eq!(w.out, say(Clip::ViCustomerHello));
    w.feed(Input::Said);
    assert_eq!(w.out, [], "waits once more");
    w.wait(6.1);
    assert_eq!(w.out, say(Clip::ViCustomerRequest));
}

#[test]
fn an_agent_woken_by_the_hello_is_listened_to() {
    let mut w = World::answered();
    w.wait(6.0);
    w.feed(Input::Said);
    w.agent_speaks();
    assert_eq!(w.out, say(Clip::ViCustomerRequest));
}

#[test]
fn an_agent_who_speaks_over_the_hello_is_listened_to() {
    let mut w = World::answered();
    w.wait(6.0);
    w.feed(Input::SpeechBegan);
    w.feed(Input::Said);
    assert_eq!(w.out, []);
    w.wait(10.0);
    w.feed(Input::SpeechEnded);
    assert_eq!(w.out, say(Clip::ViCustomerRequest));
}

#[test]
fn a_friendly_call_ends_with_thanks_goodbye_and_hanging_up() {
    let mut w = World::requested();
    w.wait(10.0);
    w.agent_speaks();
    assert_eq!(w.out, say(Clip::ViCustomerThanks));
    w.feed(Input::Said);
    w.agent_speaks();
    assert_eq!(w.out, say(Clip::ViCustomerGoodbye));
    w.feed(Input::Said);
    assert_eq!(w.out, [Output::HangUp, Output::Done(Outcome::Completed)]);
    assert_eq!(w.caller.next_timeout(), None);
}

#[test]
fn after_the_thanks_three_seconds_of_silence_are_enough() {
    let mut w = World::thanked();
    w.wait(2.9);
    assert_eq!(w.out, []);
    w.wait(0.2);
    assert_eq!(w.out, say(Clip::ViCustomerGoodbye));
}

#[test]
fn a_yes_during_the_request_is_not_taken_for_the_reply() {
    let mut w = World::answered();
    w.agent_speaks();
    w.feed(Input::SpeechBegan);
    w.feed(Input::SpeechEnded);
    w.feed(Input::Said);
    assert_eq!(w.out, [], "still waits for the reply");
}

#[test]
fn an_agent_who_never_replies_is_asked_once_and_then_left() {
    let mut w = World::requested();
    w.wait(20.0);
    assert_eq!(w.out, say(Clip::ViCustomerHello));
    w.feed(Input::Said);
    w.wait(20.0);
    assert_eq!(w.out, [Output::HangUp, Output::Done(Outcome::AgentSilent)]);
}

#[test]
fn an_agent_who_talks_for_a_minute_is_interrupted() {
    let mut w = World::requested();
    w.feed(Input::SpeechBegan);
    w.wait(59.0);
    assert_eq!(w.out, []);
    w.wait(1.0);
    assert_eq!(w.out, say(Clip::ViCustomerThanks));
}

#[test]
fn sound_that_stops_does_not_hold_the_call_for_ever() {
    let mut w = World::answered();
    w.agent_speaks();
    w.wait(120.0);
    assert_eq!(w.out.last(), Some(&Output::Done(Outcome::AgentSilent)));
}

#[test]
fn an_agent_who_hangs_up_first_is_told_so_at_any_point() {
    for mut w in [World::answered(), World::requested(), World::thanked()] {
        w.feed(Input::EndedByAgent);
        assert_eq!(w.out, [Output::Done(Outcome::AgentHungUp)]);
        w.feed(Input::EndedByAgent);
        w.feed(Input::Said);
        w.wait(100.0);
        assert_eq!(w.out, [], "only once");
    }
}

#[test]
fn ten_times_the_speed_is_a_tenth_of_the_waits_and_the_whole_sound() {
    let mut w = World::at_speed(10);
    w.feed(Input::Start);
    w.wait(0.2);
    assert_eq!(w.out.len(), 1, "rings");
    w.feed(Input::Rung);
    w.wait(2.4);
    w.feed(Input::Answered);
    w.wait(0.6);
    assert_eq!(w.out, say(Clip::ViCustomerHello));
    w.wait(4.0);
    assert_eq!(w.out, [], "the hello may take its time");
}

#[test]
fn a_timeout_that_comes_too_early_changes_nothing() {
    let mut w = World::ringing();
    w.wait(10.0);
    w.feed(Input::Timeout);
    assert_eq!(w.out, []);
}

#[test]
fn who_calls_is_never_written_to_a_log() {
    let w = World::calling();
    let from = w.caller.from();
    let text = format!("{:?} {:?}", w.caller, w.out);
    let name = from.name.as_ref().map(Pii::reveal).unwrap();
    assert!(!text.contains(from.number.reveal()) && !text.contains(name));
}
