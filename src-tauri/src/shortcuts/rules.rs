//! When a pressed shortcut acts: a pure rule, told the time.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use alobar_app::api::preferences::Act;

/// How long the keys of a destructive act are held.
const HELD: Duration = Duration::from_millis(400);
/// A release with a press this soon after it is the keyboard's own repeating.
const REPEATS: Duration = Duration::from_millis(60);
/// A second press this soon is a slip.
const THROTTLE: Duration = Duration::from_secs(1);
/// Keys pressed this soon after the ring window appeared were meant for another program.
const DEAF: Duration = Duration::from_millis(600);

/// The keys of every act.
#[derive(Debug, Default)]
pub(crate) struct Keys(HashMap<Act, Key>);

#[derive(Debug, Clone, Copy)]
struct Key {
    pressed: Instant,
    released: Option<Instant>,
    /// This press has acted, or never will.
    done: bool,
    acted: Option<Instant>,
}

impl Keys {
    pub(crate) fn press(&mut self, act: Act, now: Instant) {
        match self.0.get_mut(&act) {
            Some(key) if key.is_down(now) => key.released = None,
            before => {
                let acted = before.and_then(|key| key.acted);
                let fresh = Key {
                    pressed: now,
                    released: None,
                    done: false,
                    acted,
                };
                self.0.insert(act, fresh);
            }
        }
    }

    pub(crate) fn release(&mut self, act: Act, now: Instant) {
        if let Some(key) = self.0.get_mut(&act)
            && key.released.is_none()
        {
            key.released = Some(now);
        }
    }

    /// What acts now. `ring_appeared` is when the ring window came up last.
    pub(crate) fn due(&mut self, now: Instant, ring_appeared: Option<Instant>) -> Vec<Act> {
        let mut due = Vec::new();
        for (act, key) in &mut self.0 {
            if key.done || key.decided_at(*act) > now {
                continue;
            }
            key.done = true;
            let was_held = key
                .released
                .is_none_or(|released| released >= key.acts_at(*act));
            let too_soon = key.acted.is_some_and(|acted| now < acted + THROTTLE);
            let deaf = matches!(act, Act::Answer | Act::HangUp)
                && ring_appeared.is_some_and(|appeared| key.pressed < appeared + DEAF);
            if was_held && !too_soon && !deaf {
                key.acted = Some(now);
                due.push(*act);
            }
        }
        due
    }

    /// When [`Keys::due`] has to be asked again, if nothing else happens before.
    pub(crate) fn wakes_at(&self) -> Option<Instant> {
        let waiting = self.0.iter().filter(|(_, key)| !key.done);
        waiting.map(|(act, key)| key.decided_at(*act)).min()
    }
}

impl Key {
    /// Down, or up for so short that it may be repeating.
    fn is_down(&self, now: Instant) -> bool {
        self.released
            .is_none_or(|released| now <= released + REPEATS)
    }

    fn acts_at(&self, act: Act) -> Instant {
        self.pressed
            + match act {
                Act::HangUp => HELD,
                _ => Duration::ZERO,
            }
    }

    /// When it is certain whether this press acts.
    fn decided_at(&self, act: Act) -> Instant {
        let acts_at = self.acts_at(act);
        match self.released {
            Some(released) if released < acts_at => released + REPEATS,
            _ => acts_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// Presses and releases at milliseconds, then what has acted by the end, and when.
    fn play(act: Act, keys: &[(u64, bool)], ring_appeared: Option<u64>) -> Vec<u64> {
        let start = Instant::now();
        let ring = ring_appeared.map(|at| start + ms(at));
        let mut rules = Keys::default();
        let mut acted = Vec::new();
        for at in 0..5000 {
            let now = start + ms(at);
            for (_, down) in keys.iter().filter(|(when, _)| *when == at) {
                match down {
                    true => rules.press(act, now),
                    false => rules.release(act, now),
                }
            }
            if rules.wakes_at().is_some_and(|wakes| wakes <= now) {
                acted.extend(rules.due(now, ring).iter().map(|_| at));
            }
        }
        acted
    }

    const DOWN: bool = true;
    const UP: bool = false;

    #[test]
    fn a_press_acts_once_and_at_once() {
        assert_eq!(play(Act::Mute, &[(100, DOWN), (180, UP)], None), [100]);
        assert_eq!(play(Act::Mute, &[(100, DOWN)], None), [100], "held down");
    }

    #[test]
    fn hang_up_acts_once_its_keys_have_been_held() {
        assert_eq!(play(Act::HangUp, &[(100, DOWN), (900, UP)], None), [500]);
        assert!(play(Act::HangUp, &[(100, DOWN), (450, UP)], None).is_empty());
    }

    #[test]
    fn a_repeating_keyboard_is_still_held() {
        let mut keys = vec![(100, DOWN)];
        for at in (350..900).step_by(40) {
            keys.extend([(at, UP), (at + 20, DOWN)]);
        }
        keys.push((950, UP));
        assert_eq!(play(Act::HangUp, &keys, None).len(), 1);
        assert_eq!(play(Act::Mute, &keys, None), [100]);
    }

    #[test]
    fn two_short_presses_are_not_one_long_one() {
        let keys = [(100, DOWN), (300, UP), (400, DOWN), (600, UP)];
        assert!(play(Act::HangUp, &keys, None).is_empty());
    }

    #[test]
    fn a_second_press_within_a_second_does_nothing() {
        let keys = [(0, DOWN), (50, UP), (700, DOWN), (750, UP), (1800, DOWN)];
        assert_eq!(play(Act::Mute, &keys, None), [0, 1800]);
    }

    #[test]
    fn answer_and_hang_up_are_deaf_right_after_the_ring_window_appeared() {
        assert!(play(Act::Answer, &[(599, DOWN)], Some(0)).is_empty());
        assert_eq!(play(Act::Answer, &[(600, DOWN)], Some(0)), [600]);
        assert!(play(Act::HangUp, &[(500, DOWN)], Some(0)).is_empty());
        assert!(
            play(Act::HangUp, &[(100, DOWN)], Some(300)).is_empty(),
            "pressed before it appeared, for another call"
        );
        assert_eq!(play(Act::Mute, &[(100, DOWN)], Some(0)), [100]);
    }

    #[test]
    fn a_deaf_press_does_not_hold_up_the_next() {
        let keys = [(500, DOWN), (560, UP), (700, DOWN)];
        assert_eq!(play(Act::Answer, &keys, Some(0)), [700]);
    }
}
