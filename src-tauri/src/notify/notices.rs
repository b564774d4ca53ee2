//! Which notifications of the system are wanted now: a pure rule, told the time.

use std::{
    collections::{BTreeSet, HashSet},
    time::{Duration, Instant},
};

use alobar_app::api::{
    calls::CallsView,
    preferences::NotifyChoice,
    view::{CallDirection, PhaseView, PhoneView, RegistrationView},
};

/// A connection that comes back by itself this soon is not worth a word.
const LOST_FOR: Duration = Duration::from_secs(5);

/// What a notification is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Notice {
    /// The call with this id rings.
    Incoming(String),
    Missed(String),
    ConnectionLost,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Post(Notice),
    Withdraw(Notice),
}

#[derive(Debug, Default)]
pub(crate) struct Notices {
    posted: BTreeSet<Notice>,
    /// Missed calls are told once, whatever is switched on or off later.
    told: HashSet<String>,
    /// The line was up before, so that it can be lost.
    was_up: bool,
    lost_since: Option<Instant>,
}

impl Notices {
    pub(crate) fn follow(
        &mut self,
        now: Instant,
        phone: &PhoneView,
        calls: &CallsView,
        choice: NotifyChoice,
    ) -> Vec<Order> {
        self.follow_line(now, phone);
        let mut wanted = BTreeSet::new();
        if choice.incoming {
            let rings = |phase, direction| {
                phase == PhaseView::Alerting && direction == CallDirection::Incoming
            };
            let ringing = phone
                .calls
                .iter()
                .filter(|call| rings(call.phase, call.direction));
            wanted.extend(ringing.map(|call| Notice::Incoming(call.id.clone())));
        }
        for call in calls.calls.iter().filter(|call| call.missed && !call.seen) {
            let notice = Notice::Missed(call.id.clone());
            let is_new = self.told.insert(call.id.clone());
            if choice.missed && (is_new || self.posted.contains(&notice)) {
                wanted.insert(notice);
            }
        }
        if choice.connection && self.lost_since.is_some_and(|since| now >= since + LOST_FOR) {
            wanted.insert(Notice::ConnectionLost);
        }
        let over = self
            .posted
            .difference(&wanted)
            .cloned()
            .map(Order::Withdraw);
        let new = wanted.difference(&self.posted).cloned().map(Order::Post);
        let orders = over.chain(new).collect();
        self.posted = wanted;
        orders
    }

    /// When to follow again, if nothing else happens before.
    pub(crate) fn wakes_at(&self) -> Option<Instant> {
        let told = self.posted.contains(&Notice::ConnectionLost);
        let due = self.lost_since? + LOST_FOR;
        (!told).then_some(due)
    }

    fn follow_line(&mut self, now: Instant, phone: &PhoneView) {
        use RegistrationView::{
            Connecting, Failed, Offline, Registered, Registering, Unregistering,
        };
        match phone.registration {
            Registered { .. } => {
                self.was_up = true;
                self.lost_since = None;
            }
            // Signed out, or about to be.
            Offline | Unregistering => {
                self.was_up = false;
                self.lost_since = None;
            }
            Connecting { .. } | Registering { .. } | Failed { .. } if self.was_up => {
                self.lost_since.get_or_insert(now);
            }
            Connecting { .. } | Registering { .. } | Failed { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use alobar_app::api::calls::CallEntry;

    use super::*;
    use crate::scene;

    const ALL: NotifyChoice = NotifyChoice {
        incoming: true,
        missed: true,
        connection: true,
        discreet: false,
    };

    fn incoming(id: &str) -> Notice {
        Notice::Incoming(id.to_owned())
    }

    fn missed_calls(seen: bool) -> CallsView {
        let entry = CallEntry {
            id: "1".to_owned(),
            direction: CallDirection::Incoming,
            number: String::new(),
            name: None,
            practice: false,
            started_ms: 0.0,
            answered_ms: None,
            ended_ms: Some(1.0),
            cause: None,
            missed: true,
            seen,
            has_note: false,
        };
        CallsView {
            calls: vec![entry],
            ..CallsView::default()
        }
    }

    fn line(registration: RegistrationView) -> PhoneView {
        PhoneView {
            registration,
            ..PhoneView::default()
        }
    }

    fn up() -> PhoneView {
        line(RegistrationView::Registered { since_ms: 0.0 })
    }

    fn down() -> PhoneView {
        line(RegistrationView::Connecting {
            attempt: 1,
            since_ms: 0.0,
        })
    }

    #[test]
    fn a_call_is_told_while_it_rings() {
        let mut notices = Notices::default();
        let mut told = |phase| {
            let phone = scene::phone([scene::call("1", phase)]);
            notices.follow(Instant::now(), &phone, &CallsView::default(), ALL)
        };
        assert_eq!(told(PhaseView::Alerting), [Order::Post(incoming("1"))]);
        assert_eq!(told(PhaseView::Alerting), []);
        assert_eq!(told(PhaseView::Answering), [Order::Withdraw(incoming("1"))]);
    }

    #[test]
    fn a_missed_call_is_told_until_somebody_has_seen_it() {
        let now = Instant::now();
        let mut notices = Notices::default();
        let missed = || Notice::Missed("1".to_owned());
        let mut told =
            |seen, choice| notices.follow(now, &PhoneView::default(), &missed_calls(seen), choice);
        assert_eq!(told(false, ALL), [Order::Post(missed())]);
        assert_eq!(told(false, ALL), []);
        assert_eq!(told(true, ALL), [Order::Withdraw(missed())]);
    }

    #[test]
    fn what_is_switched_off_is_not_told_nor_told_late() {
        let now = Instant::now();
        let mut notices = Notices::default();
        let off = NotifyChoice {
            incoming: false,
            missed: false,
            connection: false,
            discreet: false,
        };
        let ringing = scene::phone([scene::call("2", PhaseView::Alerting)]);
        assert_eq!(notices.follow(now, &ringing, &missed_calls(false), off), []);
        let quiet = PhoneView::default();
        assert_eq!(notices.follow(now, &quiet, &missed_calls(false), ALL), []);
    }

    #[test]
    fn a_lost_connection_is_told_after_five_seconds_and_withdrawn_when_it_is_back() {
        let now = Instant::now();
        let calls = CallsView::default();
        let mut notices = Notices::default();
        notices.follow(now, &up(), &calls, ALL);
        assert_eq!(notices.follow(now, &down(), &calls, ALL), []);
        let due = now + LOST_FOR;
        assert_eq!(notices.wakes_at(), Some(due));
        let soon = due - Duration::from_millis(1);
        assert_eq!(notices.follow(soon, &down(), &calls, ALL), []);
        let told = notices.follow(due, &down(), &calls, ALL);
        assert_eq!(told, [Order::Post(Notice::ConnectionLost)]);
        assert_eq!(notices.wakes_at(), None);
        let back = notices.follow(due, &up(), &calls, ALL);
        assert_eq!(back, [Order::Withdraw(Notice::ConnectionLost)]);
    }

    #[test]
    fn a_first_sign_in_that_fails_loses_no_connection() {
        let mut notices = Notices::default();
        notices.follow(Instant::now(), &down(), &CallsView::default(), ALL);
        assert_eq!(notices.wakes_at(), None);
        notices.follow(Instant::now(), &up(), &CallsView::default(), ALL);
        let out = line(RegistrationView::Offline);
        notices.follow(Instant::now(), &out, &CallsView::default(), ALL);
        notices.follow(Instant::now(), &down(), &CallsView::default(), ALL);
        assert_eq!(notices.wakes_at(), None, "signed out, then in again");
    }
}
