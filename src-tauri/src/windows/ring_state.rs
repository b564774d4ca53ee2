//! When the ring window is on the screen: a pure rule, told the time. What it shows is the page's.

use std::time::{Duration, Instant};

use alobar_app::api::view::{CallDirection, CallView, PhaseView};

/// How long the reason stays when a call stopped ringing by itself.
const REASON_STAYS: Duration = Duration::from_secs(3);

/// What the window has to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Show,
    Hide,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct RingState {
    /// The call that rings longest, while one rings.
    ringing: Option<String>,
    /// Until when the reason stays.
    reason_until: Option<Instant>,
    appeared: Option<Instant>,
}

impl RingState {
    /// The calls have changed.
    pub(crate) fn calls(&mut self, now: Instant, calls: &[CallView]) -> Option<Order> {
        let before = self.ringing.take();
        self.ringing = calls
            .iter()
            .find(|call| rings(call))
            .map(|call| call.id.clone());
        if self.ringing.is_some() {
            self.reason_until = None;
            if self.ringing == before {
                return None;
            }
            // Another call in the same place is a new appearance: a key was meant for the former.
            self.appeared = Some(now);
            return Some(Order::Show);
        }
        let over = calls.iter().find(|call| Some(&call.id) == before.as_ref());
        match (before.is_some(), over) {
            (false, _) => None,
            (true, Some(call)) if stopped_by_itself(call) => {
                self.reason_until = Some(now + REASON_STAYS);
                None
            }
            (true, _) => Some(Order::Hide),
        }
    }

    /// When to ask again, if nothing else happens before.
    pub(crate) fn wakes_at(&self) -> Option<Instant> {
        self.reason_until
    }

    /// It is `wakes_at`.
    pub(crate) fn wake(&mut self, now: Instant) -> Option<Order> {
        self.reason_until.take_if(|until| *until <= now)?;
        Some(Order::Hide)
    }

    /// When it appeared last: keys pressed right after were meant for another program.
    pub(crate) fn appeared(&self) -> Option<Instant> {
        self.appeared
    }
}

fn rings(call: &CallView) -> bool {
    call.phase == PhaseView::Alerting && call.direction == CallDirection::Incoming
}

/// Nobody here answered or declined it.
fn stopped_by_itself(call: &CallView) -> bool {
    let here = ["declined", "local_hangup", "canceled_locally"];
    call.cause
        .as_ref()
        .is_some_and(|cause| !here.contains(&cause.code.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{call, ended};

    fn ringing(now: Instant) -> RingState {
        let mut ring = RingState::default();
        let order = ring.calls(now, &[call("1", PhaseView::Alerting)]);
        assert_eq!(order, Some(Order::Show));
        ring
    }

    #[test]
    fn an_incoming_call_shows_it_once() {
        let now = Instant::now();
        let mut ring = ringing(now);
        assert_eq!(ring.calls(now, &[call("1", PhaseView::Alerting)]), None);
        assert_eq!(ring.appeared(), Some(now));
    }

    #[test]
    fn it_goes_at_once_when_the_call_is_answered_or_declined_here() {
        let now = Instant::now();
        let answered = call("1", PhaseView::Answering);
        assert_eq!(ringing(now).calls(now, &[answered]), Some(Order::Hide));
        let declined = ended("1", "declined");
        assert_eq!(ringing(now).calls(now, &[declined]), Some(Order::Hide));
        assert_eq!(
            ringing(now).calls(now, &[]),
            Some(Order::Hide),
            "signed out"
        );
    }

    #[test]
    fn the_reason_stays_for_three_seconds_when_it_stopped_by_itself() {
        let now = Instant::now();
        for cause in ["canceled_by_caller", "answered_elsewhere", "timed_out"] {
            let mut ring = ringing(now);
            assert_eq!(ring.calls(now, &[ended("1", cause)]), None, "{cause}");
            assert_eq!(ring.calls(now, &[]), None, "the phone forgets the call");
            let due = now + REASON_STAYS;
            assert_eq!(ring.wakes_at(), Some(due));
            assert_eq!(ring.wake(due - Duration::from_millis(1)), None);
            assert_eq!(ring.wake(due), Some(Order::Hide));
            assert_eq!(ring.wakes_at(), None);
        }
    }

    #[test]
    fn a_new_call_takes_the_place_of_a_reason() {
        let now = Instant::now();
        let mut ring = ringing(now);
        ring.calls(now, &[ended("1", "canceled_by_caller")]);
        let second = [
            ended("1", "canceled_by_caller"),
            call("2", PhaseView::Alerting),
        ];
        assert_eq!(ring.calls(now, &second), Some(Order::Show));
        assert_eq!(ring.wakes_at(), None);
    }

    #[test]
    fn the_next_call_that_rings_is_a_new_appearance() {
        let now = Instant::now();
        let later = now + Duration::from_secs(2);
        let mut ring = ringing(now);
        let both = |first| [call("1", first), call("2", PhaseView::Alerting)];
        assert_eq!(ring.calls(later, &both(PhaseView::Alerting)), None);
        assert_eq!(ring.appeared(), Some(now), "the first still rings");
        ring.calls(later, &both(PhaseView::Answering));
        assert_eq!(ring.appeared(), Some(later));
    }

    #[test]
    fn an_outgoing_call_never_shows_it() {
        let mut ring = RingState::default();
        let outgoing = CallView {
            direction: CallDirection::Outgoing,
            ..call("1", PhaseView::Ringing)
        };
        assert_eq!(ring.calls(Instant::now(), &[outgoing]), None);
    }
}
