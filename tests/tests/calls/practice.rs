//! What only the practice exchange has: simulated customers, a password for each start.

use std::path::{Path, PathBuf};

use alobar_e2e::lab::{Baresip, BaresipOptions, Sipp, Site};
use alobar_e2e::practice::PracticeExchange;
use alobar_e2e::sound;

use crate::failures::refusal;
use crate::{Desk, listen};

const AGENT: u16 = 1001;

fn clip(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../crates/practice/clips/vi/{name}.wav"))
}

fn agent(practice: &PracticeExchange) -> Desk {
    Desk::with_account(&practice.account_toml(AGENT))
}

#[test]
fn a_customer_states_the_request_hears_the_agent_out_thanks_and_hangs_up() {
    let mut practice = PracticeExchange::start(&[]);
    let desk = agent(&practice);
    sound::speak_twice(&desk.said_path());
    sound::listening(|| {
        let mut phone = desk.phone();
        practice.send_customer(AGENT);
        let call = phone.wait_incoming();
        phone.act("answer", call);
        let end = phone.wait_phase(call, "terminated");
        phone.quit();
        assert_eq!(end["cause"], "remote_hangup");
        assert_eq!(practice.wait_customer(AGENT), "completed");

        let heard = sound::samples(&desk.heard());
        let likeness = |name, heard: &[f32]| sound::likeness(&sound::samples(&clip(name)), heard);
        let request = likeness("customer-request", &heard);
        // The agent's second sentence lies between the two.
        let thanks = likeness("customer-thanks", &heard[heard.len() / 2..]);
        (request > sound::HEARD && thanks > sound::HEARD)
            .then_some(())
            .ok_or_else(|| format!("likeness of the request {request}, of the thanks {thanks}"))
    });
}

#[test]
fn a_customer_whom_nobody_answers_gives_up() {
    let mut practice = PracticeExchange::start(&["--speed", "10"]);
    let mut phone = agent(&practice).phone();
    practice.send_customer(AGENT);
    let call = phone.wait_incoming();
    let end = phone.wait_phase(call, "terminated");
    assert_eq!(end["cause"], "canceled_by_caller");
    assert_eq!(practice.wait_customer(AGENT), "nobody_answered");
    phone.quit();
}

#[test]
fn a_customer_notices_who_hangs_up_and_who_declines() {
    let mut practice = PracticeExchange::start(&["--speed", "10"]);
    let mut phone = agent(&practice).phone();
    practice.send_customer(AGENT);
    let call = phone.wait_incoming();
    phone.act("answer", call);
    phone.wait_sound(call);
    phone.act("hang_up", call);
    assert_eq!(practice.wait_customer(AGENT), "agent_hung_up");

    practice.send_customer(AGENT);
    let call = phone.wait_incoming();
    phone.act("decline", call);
    assert_eq!(practice.wait_customer(AGENT), "refused");
    phone.quit();
}

#[test]
fn every_start_has_a_password_of_its_own_and_takes_no_other() {
    const FOREIGN: u16 = 1002;
    let (yesterday, today) = (PracticeExchange::start(&[]), PracticeExchange::start(&[]));
    let account = today.account_toml(AGENT);
    let old = account.replace(today.password(), yesterday.password());
    assert_ne!(account, old);
    assert_eq!(refusal(&old), "wrong_password");

    let site = Site::on_this_machine(today.plain_address());
    let options = BaresipOptions::default();
    let error = Baresip::start_at(&site, FOREIGN, yesterday.password(), &options).unwrap_err();
    assert!(format!("{error:#}").contains("403"), "{error:#}");
}

#[test]
fn an_eleventh_extension_cannot_register() {
    let practice = PracticeExchange::start(&[]);
    assert_eq!(refusal(&practice.account_toml(1011)), "unknown_user");
}

#[test]
fn baresip_registers_over_udp_and_hears_itself_in_the_echo() {
    const FOREIGN: u16 = 1003;
    let practice = PracticeExchange::start(&[]);
    let folder = tempfile::tempdir().unwrap();
    let words = folder.path().join("words.wav");
    sound::speak_at(&words, 8_000);
    let options = BaresipOptions {
        play: Some(words.clone()),
        ..BaresipOptions::default()
    };
    sound::listening(|| {
        let mut phone = foreign(&practice, FOREIGN, &options);
        phone.call("600").unwrap();
        phone.wait_for("CALL_ESTABLISHED").unwrap();
        // It hangs up where its file ends.
        phone.wait_for("CALL_CLOSED").unwrap();
        let heard = phone.heard().unwrap().pop().expect("a recording");
        let likeness = sound::likeness(&sound::samples(&words), &sound::samples(&heard));
        (likeness > sound::HEARD)
            .then_some(())
            .ok_or_else(|| format!("likeness {likeness}"))
    });
}

#[test]
fn baresip_is_told_busy_and_its_keys_are_read() {
    const FOREIGN: u16 = 1004;
    let mut practice = PracticeExchange::start(&[]);
    let mut phone = foreign(&practice, FOREIGN, &BaresipOptions::default());
    phone.call("604").unwrap();
    let why = phone.wait_for("CALL_CLOSED").unwrap();
    assert!(why.contains("486"), "{why}");

    phone.call("603").unwrap();
    phone.wait_for("CALL_ESTABLISHED").unwrap();
    phone.press("1234*#").unwrap();
    assert_eq!(practice.wait_keys(FOREIGN), "1234*#");
}

#[test]
fn the_agent_and_baresip_hear_each_other() {
    const FOREIGN: u16 = 1005;
    let practice = PracticeExchange::start(&[]);
    let desk = agent(&practice);
    let words = desk.folder.path().join("words.wav");
    sound::speak_at(&words, 8_000);
    let options = BaresipOptions {
        play: Some(words.clone()),
        ..BaresipOptions::default()
    };
    sound::listening(|| {
        let mut other = foreign(&practice, FOREIGN, &options);
        let mut phone = desk.phone();
        other.call(&AGENT.to_string()).unwrap();
        let call = phone.wait_incoming();
        phone.act("answer", call);
        phone.wait_phase(call, "established");
        let media = phone.wait_sound(call);
        assert_eq!(media["codec"], "opus", "although the other speaks G.711");
        // Shorter than its file: baresip hangs up where that ends.
        listen(&mut phone, call, 8);
        phone.act("hang_up", call);
        other.wait_for("CALL_CLOSED").unwrap();
        phone.quit();
        let heard_there = other.heard().unwrap().pop().expect("a recording");
        let here = desk.likeness(&words);
        let there = sound::likeness(&sound::samples(&desk.said()), &sound::samples(&heard_there));
        (here > sound::HEARD && there > sound::HEARD)
            .then_some(())
            .ok_or_else(|| format!("likeness {here} here, {there} there"))
    });
}

#[test]
fn sipp_registers_calls_and_gives_up() {
    const FOREIGN: u16 = 1006;
    let practice = PracticeExchange::start(&[]);
    let site = Site::on_this_machine(practice.plain_address());
    let sipp = |scenario, number| {
        let password = practice.password();
        Sipp::start_at(&site, scenario, FOREIGN, password, number).unwrap()
    };
    sipp("register", "").finish().unwrap();
    sipp("call", "600").finish().unwrap();

    let mut phone = agent(&practice).phone();
    let caller = sipp("call-and-cancel", "1001");
    let call = phone.wait_incoming();
    let end = phone.wait_phase(call, "terminated");
    assert_eq!(end["cause"], "canceled_by_caller");
    caller.finish().unwrap();
    phone.quit();
}

/// baresip at the exchange, registered over UDP. Its control port on this machine comes from
/// `extension`: no two tests share one.
fn foreign(practice: &PracticeExchange, extension: u16, options: &BaresipOptions) -> Baresip {
    let site = Site::on_this_machine(practice.plain_address());
    Baresip::start_at(&site, extension, practice.password(), options).unwrap()
}
