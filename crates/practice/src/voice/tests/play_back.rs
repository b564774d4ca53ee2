use super::*;

const BEEP: f32 = 0.25;

/// A call in which the prompt and the beep are just over.
fn recording() -> Call<PlayBack> {
    let mut call = Call::new(|clips, _| PlayBack::new(clips));
    let beep_at = |sound: &[f32]| heard_at(sound, Clip::EnSpeak).is_some();
    while !beep_at(&call.said) {
        call.wait(0.1);
        assert!(call.said.len() < 10 * SAMPLE_RATE as usize, "no prompt");
    }
    until_beep(&mut call);
    call
}

/// Lets the phone be silent until a beep has come and gone.
fn until_beep(call: &mut Call<PlayBack>) {
    let is_beep = |sound: &[f32]| {
        let crossings = sound.windows(2).filter(|w| w[0] < 0.0 && w[1] >= 0.0);
        crossings.count().abs_diff(200) < 3
    };
    let from = call.said.len();
    loop {
        call.wait(0.01);
        let tail = call.said.len().saturating_sub((0.2 * 48_000.0) as usize);
        if tail >= from && is_beep(&call.said[tail..]) {
            break;
        }
        assert!(
            call.said.len() - from < 30 * SAMPLE_RATE as usize,
            "no beep"
        );
    }
    call.wait(BEEP);
    call.said.clear();
}

#[test]
fn what_was_said_is_played_back_after_two_seconds_of_silence() {
    let mut call = recording();
    call.wait(0.5);
    call.hears(&clip(Clip::ViCustomerRequest));
    let end = call.said.len() as f32 / SAMPLE_RATE as f32;
    call.wait(7.0);
    let from = heard_at(&call.said, Clip::ViCustomerRequest).unwrap();
    // Half a second of breath and half a second of recording come before the words.
    let silence = from - end - 1.0;
    assert!((1.5..2.6).contains(&silence), "after {silence} s");
}

#[test]
fn then_it_beeps_and_records_again() {
    let mut call = recording();
    call.hears(&clip(Clip::ViCustomerThanks));
    until_beep(&mut call);
    call.hears(&clip(Clip::EnWelcome));
    call.wait(6.0);
    assert!(heard_at(&call.said, Clip::EnWelcome).is_some());
    assert_eq!(
        heard_at(&call.said, Clip::ViCustomerThanks),
        None,
        "only the last"
    );
    assert_eq!(
        heard_at(&call.said, Clip::EnSpeak),
        None,
        "the prompt is known"
    );
}

#[test]
fn whoever_speaks_on_is_played_back_after_eight_seconds() {
    let mut call = recording();
    let sentence = clip(Clip::ViCustomerRequest);
    for _ in 0..5 {
        call.hears(&sentence);
    }
    let said = call.said.clone();
    assert!(dbfs(seconds(&said, 0.0, 8.0)) < -100.0, "listens");
    let from = heard_at(&said, Clip::ViCustomerRequest).unwrap();
    assert!((8.0..9.0).contains(&from), "{from} s");
}

#[test]
fn when_nothing_was_heard_it_asks_again() {
    let mut call = recording();
    call.wait(11.0);
    let from = heard_at(&call.said, Clip::ViSpeak).unwrap();
    assert!((7.5..8.5).contains(&from), "{from} s");
}
