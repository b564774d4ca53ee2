//! The states of a task (requirements TS-09, TS-14).

use crate::codes;
use crate::{UserId, Wall};

codes! {
    /// Where a task stands, in the order of the bar. Each state leads to every other.
    #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = TaskState))]
    State {
        ToDo = "TO_DO",
        InProgress = "IN_PROGRESS",
        Done = "DONE",
        Cancelled = "CANCELLED",
    }
}

/// Who completed a task, and when they clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Completion {
    pub at: Wall,
    pub by: UserId,
}

/// What the rules need to know of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    pub state: State,
    /// The deadline, if there is one.
    pub due: Option<Wall>,
    /// There while the state is DONE, and only then.
    pub completion: Option<Completion>,
}

impl Task {
    /// The task after a click of `by` on a state. Done twice is done by the first.
    #[must_use]
    pub fn changed(self, to: State, at: Wall, by: UserId) -> Self {
        let completion = match to {
            State::Done => self.completion.or(Some(Completion { at, by })),
            State::ToDo | State::InProgress | State::Cancelled => None,
        };
        Self {
            state: to,
            completion,
            ..self
        }
    }

    /// Whether the deadline has passed and there is still work to do.
    pub fn is_overdue(self, now: Wall) -> bool {
        let waiting = matches!(self.state, State::ToDo | State::InProgress);
        waiting && self.due.is_some_and(|due| due < now)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::State::{Cancelled, Done, InProgress, ToDo};
    use super::*;

    const TASK: Task = Task {
        state: ToDo,
        due: Some(Wall(1_000)),
        completion: None,
    };

    fn user(number: u128) -> UserId {
        UserId::from(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn states_have_one_spelling() {
        for (state, code) in [
            (ToDo, "TO_DO"),
            (InProgress, "IN_PROGRESS"),
            (Done, "DONE"),
            (Cancelled, "CANCELLED"),
        ] {
            assert_eq!(state.as_str(), code);
            assert_eq!(code.parse(), Ok(state));
        }
    }

    #[test]
    fn ts_14_done_says_who_and_the_moment_of_the_click() {
        let done = TASK.changed(Done, Wall(7), user(1));
        assert_eq!(done.state, Done);
        assert_eq!(
            done.completion,
            Some(Completion {
                at: Wall(7),
                by: user(1)
            })
        );
        assert_eq!(done.due, TASK.due);
    }

    #[test]
    fn a_second_click_on_done_leaves_the_first() {
        let done = TASK.changed(Done, Wall(7), user(1));
        assert_eq!(done.changed(Done, Wall(9), user(2)), done);
    }

    #[test]
    fn a_task_is_overdue_after_its_deadline_while_there_is_work() {
        for state in [ToDo, InProgress] {
            let task = Task { state, ..TASK };
            assert!(!task.is_overdue(Wall(1_000)));
            assert!(task.is_overdue(Wall(1_001)));
            assert!(!Task { due: None, ..task }.is_overdue(Wall(u64::MAX)));
        }
        for state in [Done, Cancelled] {
            assert!(!Task { state, ..TASK }.is_overdue(Wall(1_001)));
        }
    }

    proptest! {
        #[test]
        fn every_state_follows_every_other_and_only_done_has_a_completion(
            clicks in proptest::collection::vec((0_usize..4, any::<u64>()), 0..20)
        ) {
            let mut task = TASK;
            for (to, at) in clicks {
                task = task.changed(State::ALL[to], Wall(at), user(1));
                prop_assert_eq!(task.state, State::ALL[to]);
                prop_assert_eq!(task.completion.is_some(), task.state == Done);
            }
        }
    }
}
