//! The log never holds who calls whom, nor a secret (architecture invariant 7).

use std::fs;

use alobar_e2e::alobar::Phone;
use alobar_e2e::lab::{Transport, password};
use serde_json::json;

use crate::{Desk, lab, text};

#[test]
fn the_log_of_a_whole_day_names_nobody() {
    const EXTENSION: u16 = 1069;
    let lab = lab();
    let desk = Desk::new(&lab, EXTENSION, Transport::Wss);
    let folder = desk.folder.path().join("data");
    let (said, heard) = (desk.said(), desk.heard());
    let options = [
        "--data-dir",
        text(&folder),
        "--play",
        text(&said),
        "--record",
        text(&heard),
    ];
    let mut phone = Phone::registered(&desk.account, &options);

    lab.originate(EXTENSION, "Khach Quen <0987654321>", "Echo", "")
        .unwrap();
    let call = phone.wait_incoming();
    phone.act("answer", call);
    phone.wait_sound(call);
    phone.ask(&json!({ "command": "dtmf", "call": call, "digits": "4929" }));
    phone.act("hang_up", call);
    phone.wait_phase(call, "terminated");
    let call = phone.dial("0912345678");
    phone.wait_phase(call, "terminated");
    phone.quit();

    let log = fs::read_to_string(folder.join("alobar.log")).expect("a log");
    assert!(log.lines().count() > 2, "the log says what happened: {log}");
    for secret in [
        "0987654321",
        "987654321",
        "Khach",
        "0912345678",
        "912345678",
        "4929",
        &password(EXTENSION),
    ] {
        assert!(!log.contains(secret), "the log holds {secret:?}");
    }
    let bugs: Vec<&str> = log
        .lines()
        .filter(|line| line.contains(" ERROR "))
        .collect();
    assert!(bugs.is_empty(), "{bugs:#?}");
}
