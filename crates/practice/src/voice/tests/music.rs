use super::*;

fn played(voice: impl Voice, length: f32) -> Vec<f32> {
    let mut call = Call::new(|_, _| voice);
    call.wait(length);
    call.said
}

/// The sharpest bend: a click bends more than any note.
fn sharpest(sound: &[f32]) -> f32 {
    sound
        .windows(3)
        .map(|w| (w[2] - 2.0 * w[1] + w[0]).abs())
        .fold(0.0, f32::max)
}

#[test]
fn music_begins_anew_at_its_end_quietly_and_without_a_click() {
    let sound = played(Music::default(), 16.0);
    for second in 0..16 {
        let level = dbfs(seconds(&sound, second as f32, second as f32 + 1.0));
        assert!(
            (-36.0..-24.0).contains(&level),
            "{level} dBFS at {second} s"
        );
    }
    assert!(sound.iter().all(|s| s.abs() < 0.5));
    let bend = sharpest(&sound);
    assert!(bend < 0.01, "a bend of {bend}");
}

#[test]
fn music_is_a_melody_not_one_tone() {
    let sound = played(Music::default(), 13.0);
    let crossings = |from: f32| {
        let part = seconds(&sound, from, from + 0.1);
        part.windows(2)
            .filter(|w| w[0] < 0.0 && w[1] >= 0.0)
            .count()
    };
    let pitches: std::collections::HashSet<usize> = (0..32)
        .map(|beat| crossings(beat as f32 * 0.4 + 0.02))
        .collect();
    assert!(pitches.len() > 5, "{pitches:?}");
}

#[test]
fn the_ringback_tone_is_one_second_of_five() {
    let sound = played(Ringback::default(), 6.0);
    assert!((-20.0..-14.0).contains(&dbfs(seconds(&sound, 0.0, 1.0))));
    assert!(dbfs(seconds(&sound, 1.0, 5.0)) < -100.0);
    assert!((-20.0..-14.0).contains(&dbfs(seconds(&sound, 5.0, 6.0))));
    let bend = sharpest(&sound);
    assert!(bend < 0.002, "a bend of {bend}");
}
