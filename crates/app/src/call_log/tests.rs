use alobar_hub::{Command, LegResult};

use super::{CallLog, KEPT, Unknown};
use crate::api::calls::CallEntry;
use crate::api::view::{
    CallDirection, CallView, CauseView, HoldView, MediaView, PhaseView, TransferView,
};

fn ringing(id: &str) -> CallView {
    CallView {
        id: id.to_owned(),
        direction: CallDirection::Incoming,
        phase: PhaseView::Alerting,
        number: "0912 345 678".to_owned(),
        name: None,
        has_focus: false,
        since_ms: 1_000.0,
        answered_ms: None,
        hold: HoldView::None,
        transfer: TransferView::None,
        media: MediaView::Connecting,
        cause: None,
        missed: false,
        quality: None,
    }
}

fn answered(id: &str) -> CallView {
    CallView {
        phase: PhaseView::Established,
        since_ms: 6_000.0,
        answered_ms: Some(6_000.0),
        ..ringing(id)
    }
}

fn over(call: CallView, code: &str) -> CallView {
    CallView {
        phase: PhaseView::Terminated,
        since_ms: 9_000.0,
        missed: call.answered_ms.is_none() && code == "canceled_by_caller",
        cause: Some(CauseView {
            code: code.to_owned(),
            status: None,
        }),
        ..call
    }
}

fn log_of(steps: &[&[CallView]]) -> CallLog {
    let mut log = CallLog::default();
    for calls in steps {
        log.follow(calls, false, 20_000.0);
    }
    log
}

#[test]
fn a_call_is_one_row_from_its_ring_to_its_end() {
    let log = log_of(&[
        &[ringing("1")],
        &[answered("1")],
        &[over(answered("1"), "remote_hangup")],
        &[],
    ]);
    let [call] = log.view().calls.as_slice() else {
        panic!("one row: {:?}", log.view().calls.len());
    };
    assert_eq!(call.started_ms, 1_000.0);
    assert_eq!(call.answered_ms, Some(6_000.0));
    assert_eq!(call.ended_ms, Some(9_000.0));
    assert!(!call.missed);
}

#[test]
fn cp04_a_missed_call_closes_its_tab_and_is_counted_until_looked_at() {
    let mut log = log_of(&[&[ringing("1")]]);
    assert_eq!(log.view().tabs, ["1"]);
    log.follow(&[over(ringing("1"), "canceled_by_caller")], false, 20_000.0);
    assert!(log.view().tabs.is_empty());
    assert_eq!(log.view().unseen, 1);
    log.see_missed();
    assert_eq!(log.view().unseen, 0);
    assert!(log.view().calls[0].seen);
}

#[test]
fn cp05_any_other_call_keeps_its_tab_after_its_end() {
    let outgoing = CallView {
        direction: CallDirection::Outgoing,
        ..over(ringing("1"), "remote_busy")
    };
    for end in [over(answered("1"), "remote_hangup"), outgoing] {
        let begun = CallView {
            direction: end.direction,
            ..ringing("1")
        };
        let log = log_of(&[&[begun], &[end], &[]]);
        assert_eq!(log.view().tabs, ["1"]);
    }
}

#[test]
fn cp04_a_call_that_was_answered_elsewhere_closes_its_tab_and_is_not_missed() {
    let log = log_of(&[&[ringing("1")], &[over(ringing("1"), "answered_elsewhere")]]);
    assert!(log.view().tabs.is_empty());
    assert_eq!(log.view().unseen, 0);
}

#[test]
fn a_missed_call_that_somebody_wrote_about_keeps_its_tab() {
    let mut log = log_of(&[&[ringing("1")]]);
    let key = log.view().calls[0].key.clone();
    log.note_is(&key, true);
    log.follow(&[over(ringing("1"), "canceled_by_caller")], false, 20_000.0);
    assert_eq!(log.view().tabs, ["1"]);
}

#[test]
fn a_call_whose_line_was_closed_ended_then() {
    let log = log_of(&[&[answered("1")], &[]]);
    assert_eq!(log.view().calls[0].ended_ms, Some(20_000.0));
}

#[test]
fn cp17_a_closed_call_can_be_opened_again() {
    let mut log = log_of(&[&[answered("1"), answered("2")]]);
    log.close_tab("1");
    assert_eq!(log.view().tabs, ["2"]);
    log.open_tab("1").unwrap();
    assert_eq!(log.view().tabs, ["2", "1"]);
    assert_eq!(log.open_tab("3"), Err(Unknown));
}

#[test]
fn a_missed_call_that_was_opened_again_stays_open() {
    let missed = || over(ringing("1"), "canceled_by_caller");
    let mut log = log_of(&[&[ringing("1")], &[missed()]]);
    log.open_tab("1").unwrap();
    log.follow(&[missed(), ringing("2")], false, 20_000.0);
    assert_eq!(log.view().tabs, ["1", "2"]);
}

/// What the hub is told, in short.
fn told(log: &mut CallLog) -> Vec<(bool, bool, Option<LegResult>)> {
    let news = log.news().into_iter();
    news.map(|(_, command)| match command {
        Command::ReportCall(report) => (
            report.answered_at.is_some(),
            report.ended_at.is_some(),
            report.leg.result,
        ),
        other => panic!("{other:?}"),
    })
    .collect()
}

#[test]
fn the_hub_is_told_of_the_ring_the_answer_and_the_end_each_once() {
    let mut log = log_of(&[&[ringing("1")]]);
    assert_eq!(told(&mut log), [(false, false, None)]);
    assert_eq!(told(&mut log), []);
    log.follow(&[answered("1")], false, 20_000.0);
    assert_eq!(told(&mut log), [(true, false, None)]);
    log.follow(&[over(answered("1"), "remote_hangup")], false, 20_000.0);
    assert_eq!(told(&mut log), [(true, true, Some(LegResult::Answered))]);
    log.follow(&[], false, 30_000.0);
    assert_eq!(told(&mut log), []);
}

#[test]
fn the_hub_is_told_how_a_call_ended_that_was_not_taken() {
    let ended = |cause: &str, direction| {
        let begun = CallView {
            direction,
            ..ringing("1")
        };
        let mut log = log_of(&[&[begun.clone()], &[over(begun, cause)]]);
        told(&mut log)[0].2
    };
    use CallDirection::{Incoming, Outgoing};
    let results = [
        ended("canceled_by_caller", Incoming),
        ended("answered_elsewhere", Incoming),
        ended("declined", Incoming),
        ended("remote_busy", Outgoing),
    ];
    assert_eq!(
        results.map(Option::unwrap),
        [
            LegResult::Missed,
            LegResult::Elsewhere,
            LegResult::Declined,
            LegResult::NotReached,
        ]
    );
}

#[test]
fn calls_of_earlier_runs_stand_behind_those_of_this_one_and_are_told_to_nobody() {
    let mut log = log_of(&[&[answered("1")]]);
    told(&mut log);
    let known = log.view().calls[0].clone();
    let earlier = CallEntry {
        id: "earlier".to_owned(),
        key: "earlier".to_owned(),
        ended_ms: Some(500.0),
        ..known.clone()
    };
    log.remember(vec![known, earlier]);
    let ids: Vec<&str> = log.view().calls.iter().map(|call| &*call.id).collect();
    assert_eq!(ids, ["1", "earlier"]);
    assert_eq!(log.view().tabs, ["1"]);
    assert_eq!(told(&mut log), []);
    log.open_tab("earlier").unwrap();
    assert_eq!(log.view().tabs, ["1", "earlier"]);
}

#[test]
fn the_list_is_bounded() {
    let mut log = CallLog::default();
    for id in 0..KEPT + 10 {
        let call = over(answered(&id.to_string()), "remote_hangup");
        log.follow(&[call], false, 20_000.0);
    }
    assert_eq!(log.view().calls.len(), KEPT);
    assert_eq!(log.view().tabs.len(), KEPT);
    assert_eq!(log.view().calls[0].id, (KEPT + 9).to_string());
}

#[test]
fn nothing_new_is_no_change() {
    let mut log = log_of(&[&[ringing("1")]]);
    assert!(!log.follow(&[ringing("1")], false, 30_000.0));
}
