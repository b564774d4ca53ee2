//! Random inputs in any order: what always holds.

use proptest::prelude::*;

use super::*;

/// An input, after a wait.
fn steps() -> impl Strategy<Value = Vec<(u64, Input)>> {
    let input = prop_oneof![
        Just(Input::Start),
        Just(Input::Rung),
        Just(Input::Answered),
        Just(Input::SpeechBegan),
        Just(Input::SpeechEnded),
        Just(Input::Said),
        Just(Input::Timeout),
        prop_oneof![
            9 => Just(Input::Said),
            1 => Just(Input::EndedByAgent),
            1 => Just(Input::Refused { status: 486 }),
        ],
    ];
    prop::collection::vec((0..8_000_u64, input), 0..60)
}

/// All that a call puts out: the inputs in turn, a click first, a timeout whenever one is due.
fn outputs(caller: &mut Caller, steps: &[(u64, Input)]) -> Vec<(Mono, Output)> {
    let mut now = Mono::default();
    let mut all = Vec::new();
    let mut feed = |caller: &mut Caller, now: Mono, input: Input| {
        caller.handle(now, input);
        while let Some(output) = caller.poll_output() {
            all.push((now, output));
        }
    };
    feed(caller, now, Input::Start);
    let hour = (3_600_000, Input::Timeout);
    for (wait, input) in steps.iter().chain([&hour]) {
        let end = now + Duration::from_millis(*wait);
        let mut timeouts = 0;
        while let Some(due) = caller.next_timeout().filter(|due| *due <= end) {
            timeouts += 1;
            assert!(timeouts < 100, "a deadline that has come is not dealt with");
            feed(caller, due, Input::Timeout);
        }
        now = end;
        feed(caller, now, *input);
    }
    all
}

fn caller(seed: u64, speed: u32) -> Caller {
    let speed = NonZeroU32::new(speed).unwrap();
    Caller::new(Script::late_order(), seed, speed)
}

proptest! {
    #[test]
    fn the_same_seed_and_the_same_agent_make_the_same_call(seed: u64, speed in 1..100_u32, steps in steps()) {
        let first = outputs(&mut caller(seed, speed), &steps);
        let second = outputs(&mut caller(seed, speed), &steps);
        prop_assert_eq!(first, second);
    }

    #[test]
    fn every_call_ends_once_whatever_the_agent_does(seed: u64, steps in steps()) {
        let mut caller = caller(seed, 1);
        let all: Vec<Output> = outputs(&mut caller, &steps).into_iter().map(|(_, it)| it).collect();
        let is_done = |output: &&Output| matches!(output, Output::Done(_));
        prop_assert_eq!(all.iter().filter(is_done).count(), 1);
        prop_assert!(matches!(caller.phase(), Phase::Over(_)));
        prop_assert_eq!(caller.next_timeout(), None);
    }

    #[test]
    fn the_exchange_is_only_asked_for_what_the_call_allows(seed: u64, steps in steps()) {
        let all = outputs(&mut caller(seed, 1), &steps);
        let answered = steps.iter().any(|(_, input)| *input == Input::Answered);
        prop_assert!(matches!(all[0].1, Output::Ring { .. }), "it begins by ringing");
        let mut over = false;
        for (n, (_, output)) in all.iter().enumerate() {
            match output {
                Output::Ring { .. } => prop_assert_eq!(n, 0),
                Output::Say(_) => prop_assert!(answered && !over, "said to nobody"),
                Output::HangUp => prop_assert!(answered, "nobody had answered"),
                Output::Cancel => prop_assert!(!over, "canceled what is over"),
                Output::Done(_) => over = true,
            }
        }
    }

    #[test]
    fn whoever_waits_has_a_deadline(seed: u64, steps in steps()) {
        let mut caller = caller(seed, 1);
        let mut now = Mono::default();
        for (wait, input) in steps {
            now = now + Duration::from_millis(wait);
            caller.handle(now, input);
            let waits = !matches!(caller.phase(), Phase::Idle | Phase::Over(_));
            prop_assert_eq!(caller.next_timeout().is_some(), waits);
        }
    }
}
