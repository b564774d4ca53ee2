//! Time is told, never asked for: every input carries a [`Now`].

use std::time::Duration;

/// A point on the driver's monotonic clock: time since the driver started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Mono(pub Duration);

impl std::ops::Add<Duration> for Mono {
    type Output = Mono;
    fn add(self, rhs: Duration) -> Mono {
        Mono(self.0 + rhs)
    }
}

/// A point on the wall clock: milliseconds since the Unix epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Wall(pub u64);

/// The present moment on both clocks, taken once per input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Now {
    pub mono: Mono,
    pub wall: Wall,
}
