use super::*;

fn call() -> Call<ReadKeys> {
    Call::new(ReadKeys::new)
}

fn press(call: &mut Call<ReadKeys>, keys: &str) {
    for key in keys.chars() {
        call.voice.key(key);
        call.wait(0.2);
    }
}

fn keys(keys: &str) -> VoiceEvent {
    VoiceEvent::KeysRead(keys.to_owned().into())
}

#[test]
fn six_keys_are_reported_said_back_and_then_it_is_over() {
    let mut call = call();
    call.wait(4.0);
    assert!(heard_at(&call.said, Clip::ViPressSix).is_some());
    assert!(heard_at(&call.said, Clip::EnPressSix).is_some());
    press(&mut call, "12*4#0");
    assert_eq!(call.told(), [keys("12*4#0")]);
    call.until_told();
    assert_eq!(call.told(), [VoiceEvent::Finished]);
    let order = [
        Clip::ViYouPressed,
        Clip::ViOne,
        Clip::ViStar,
        Clip::ViZero,
        Clip::EnYouPressed,
        Clip::EnFour,
        Clip::EnHash,
        Clip::EnZero,
    ];
    let at = order.map(|clip| heard_at(&call.said, clip).unwrap());
    assert!(at.is_sorted(), "{at:?}");
}

#[test]
fn whoever_knows_the_number_presses_at_once_and_the_prompt_stops() {
    let mut call = call();
    call.wait(0.3);
    press(&mut call, "123456");
    assert_eq!(call.told(), [keys("123456")]);
    assert_eq!(heard_at(&call.said, Clip::ViPressSix), None);
}

#[test]
fn fewer_keys_are_said_back_after_five_seconds() {
    let mut call = call();
    press(&mut call, "12");
    call.wait(4.5);
    assert_eq!(call.told(), []);
    call.wait(0.6);
    assert_eq!(call.told(), [keys("12")]);
    call.until_told();
    assert_eq!(call.told(), [VoiceEvent::Finished]);
}

#[test]
fn without_a_key_it_is_over_after_the_prompt_and_five_seconds() {
    let mut call = call();
    let length = call.until_told();
    assert!((6.0..10.0).contains(&length), "{length} s");
    call.wait(0.1);
    assert_eq!(call.told(), [keys(""), VoiceEvent::Finished]);
    assert_eq!(heard_at(&call.said, Clip::ViYouPressed), None);
}

#[test]
fn a_seventh_key_and_the_letters_do_not_count() {
    let mut call = call();
    press(&mut call, "1A2B3C4D56");
    press(&mut call, "7");
    assert_eq!(call.told(), [keys("123456")]);
    call.until_told();
    press(&mut call, "8");
    assert_eq!(call.told(), [VoiceEvent::Finished]);
}
