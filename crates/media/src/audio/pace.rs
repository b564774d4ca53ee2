//! When the pump ticks.

use std::time::{Duration, Instant};

const TICK: Duration = Duration::from_millis(10);

/// Ticks made up for after a stall; what is older is given up, so that a stall ends in a gap and
/// not in a burst.
const CATCH_UP: u32 = 5;

/// One tick each 10 ms against a monotonic deadline: late ticks do not shift the next ones.
#[derive(Debug)]
pub(super) struct Pace {
    next: Instant,
}

impl Pace {
    pub(super) fn start(now: Instant) -> Self {
        Self { next: now }
    }

    /// Ticks that are due at `now`, at most [`CATCH_UP`].
    pub(super) fn due(&mut self, now: Instant) -> u32 {
        let Some(late) = now.checked_duration_since(self.next) else {
            return 0;
        };
        let due = late.as_nanos() / TICK.as_nanos() + 1;
        if due > u128::from(CATCH_UP) {
            self.next = now + TICK;
            return CATCH_UP;
        }
        let due = due as u32;
        self.next += TICK * due;
        due
    }

    pub(super) fn until_next(&self, now: Instant) -> Duration {
        self.next.saturating_duration_since(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn ticks_keep_the_clock_however_late_each_one_is() {
        let start = Instant::now();
        let mut pace = Pace::start(start);
        let mut now = start;
        let mut ticks = 0;
        for late in [0, 3, 7, 1, 9].into_iter().cycle().take(1000) {
            ticks += pace.due(now);
            now += pace.until_next(now) + MS * late;
        }
        assert_eq!(ticks, 1000);
        assert!(now - start <= TICK * 1000 + MS * 9);
    }

    #[test]
    fn a_short_stall_is_made_up_and_a_long_one_is_given_up() {
        let start = Instant::now();
        let mut pace = Pace::start(start);
        assert_eq!(pace.due(start), 1);
        assert_eq!(pace.due(start + MS * 35), 3);
        assert_eq!(pace.due(start + MS * 2000), CATCH_UP);
        assert_eq!(pace.due(start + MS * 2001), 0);
        assert_eq!(pace.due(start + MS * 2010), 1);
    }
}
