//! The lab itself: without it no other end-to-end test says anything.
#![cfg(target_os = "linux")]

use std::process::Command;

use alobar_e2e::lab::{Baresip, BaresipOptions, HOST_NAME, Lab, QUEUES, Sipp, Transport};

/// Instances that only these tests bring up and take down.
const OWN: u8 = 250;
const OWN_QUIET: u8 = 251;

fn lab() -> Lab {
    Lab::up(0).expect("the lab comes up")
}

#[test]
fn the_web_socket_is_served_under_the_certificate_of_the_labs_ca() {
    let lab = lab();
    for host in [HOST_NAME.to_owned(), lab.address().to_string()] {
        let mut ask = lab.in_netns("curl");
        ask.args([
            "-s",
            "--max-time",
            "10",
            "-o",
            "/dev/null",
            "-w",
            "%{http_code}",
        ]);
        let output = ask.arg("--cacert").arg(lab.ca_path());
        let output = output
            .arg(format!("https://{host}:8089/ws"))
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "426", "{host}");
    }
}

#[test]
fn every_bad_certificate_is_bad_in_its_own_way() {
    let lab = lab();
    let verify = |name: &str| {
        let mut ask = Command::new("openssl");
        ask.args(["verify", "-verify_hostname", HOST_NAME, "-CAfile"])
            .arg(lab.ca_path());
        let output = ask.arg(lab.certificate(name).0).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr)
    };
    assert!(verify("exchange").contains("OK"));
    assert!(verify("expired").contains("certificate has expired"));
    assert!(verify("wrong-name").contains("hostname mismatch"));
    assert!(verify("other-ca").contains("unable to get local issuer certificate"));
}

#[test]
fn every_transport_listens_at_the_exchanges_address() {
    let transports = lab().cli("pjsip show transports").unwrap();
    let address = lab().address();
    for transport in Transport::ALL {
        let line = format!("transport-{transport}");
        assert!(transports.contains(&line), "{line} in {transports}");
        assert!(transport.server(address).contains(&address.to_string()));
    }
}

#[test]
fn an_account_file_names_server_user_password_and_ca() {
    let lab = lab();
    let text = lab.account_toml(1001, Transport::Wss);
    assert!(
        text.contains("server = \"wss://10.203.0.2:8089/ws\"\nuser = \"1001\"\n"),
        "{text}"
    );
    assert!(text.contains("password = \"secret1001\"\n"), "{text}");
    assert!(lab.ca_path().exists());
}

#[test]
fn a_wrong_password_is_refused() {
    let lab = lab();
    let error = Baresip::start_with_password(&lab, 2020, "wrong").unwrap_err();
    assert!(format!("{error:#}").contains("401"), "{error:#}");
}

#[test]
fn baresip_calls_the_echo_and_hangs_up() {
    let lab = lab();
    let mut peer = Baresip::start(&lab, 2021, &BaresipOptions::default()).unwrap();
    peer.call("600").unwrap();
    peer.wait_for("CALL_ESTABLISHED").unwrap();
    peer.hang_up().unwrap();
    peer.wait_for("CALL_CLOSED").unwrap();
}

#[test]
fn baresip_answers_the_exchange_and_hears_the_announcement() {
    let lab = lab();
    let mut peer = Baresip::start(&lab, 2022, &BaresipOptions::default()).unwrap();
    lab.originate(2022, "0901234567", "Playback", "vm-goodbye")
        .unwrap();
    assert!(
        peer.wait_for("CALL_ESTABLISHED")
            .unwrap()
            .contains("0901234567")
    );
    peer.wait_for("CALL_CLOSED").unwrap();
    let heard = peer.heard().unwrap();
    let samples = hound::WavReader::open(&heard[0])
        .unwrap()
        .into_samples::<i16>();
    let loudest = samples.map(|sample| sample.unwrap().unsigned_abs()).max();
    assert!(loudest > Some(1000), "{loudest:?}");
}

#[test]
fn refusing_numbers_refuse_each_with_its_own_code() {
    let lab = lab();
    let mut peer = Baresip::start(&lab, 2023, &BaresipOptions::default()).unwrap();
    for (number, code) in [
        ("604", "486"),
        ("605", "480"),
        ("606", "603"),
        ("699", "404"),
    ] {
        peer.call(number).unwrap();
        let reason = peer.wait_for("CALL_CLOSED").unwrap();
        assert!(reason.starts_with(code), "{number}: {reason}");
    }
}

#[test]
fn an_extension_nobody_registered_is_unavailable() {
    let mut peer = Baresip::start(&lab(), 2031, &BaresipOptions::default()).unwrap();
    peer.call("2039").unwrap();
    assert!(peer.wait_for("CALL_CLOSED").unwrap().starts_with("480"));
}

#[test]
fn early_media_comes_before_the_answer_and_ringing_may_last() {
    let mut peer = Baresip::start(&lab(), 2032, &BaresipOptions::default()).unwrap();
    peer.call("608").unwrap();
    peer.wait_for("CALL_PROGRESS").unwrap();
    peer.wait_for("CALL_ESTABLISHED").unwrap();
    peer.hang_up().unwrap();
    peer.wait_for("CALL_CLOSED").unwrap();
    peer.call("607").unwrap();
    peer.wait_for("CALL_RINGING").unwrap();
    peer.hang_up().unwrap();
    peer.wait_for("CALL_CLOSED").unwrap();
}

#[test]
fn sipp_registers_and_calls_the_echo() {
    let lab = lab();
    Sipp::start(&lab, "register", 2024, "")
        .unwrap()
        .finish()
        .unwrap();
    Sipp::start(&lab, "call", 2024, "600")
        .unwrap()
        .finish()
        .unwrap();
}

#[test]
fn sipp_gives_up_while_another_peer_rings() {
    let lab = lab();
    let options = BaresipOptions {
        answers: false,
        ..Default::default()
    };
    let mut peer = Baresip::start(&lab, 2025, &options).unwrap();
    let caller = Sipp::start(&lab, "call-and-cancel", 2026, "2025").unwrap();
    peer.wait_for("CALL_INCOMING").unwrap();
    peer.wait_for("CALL_CLOSED").unwrap();
    caller.finish().unwrap();
}

#[test]
fn dtmf_is_read_star_and_hash_included() {
    let lab = lab();
    let mut peer = Baresip::start(&lab, 2027, &BaresipOptions::default()).unwrap();
    peer.call("603").unwrap();
    peer.wait_for("CALL_ESTABLISHED").unwrap();
    peer.press("1234*#").unwrap();
    // The digits are read back, then the exchange hangs up.
    peer.wait_for("CALL_CLOSED").unwrap();
    assert_eq!(lab.dtmf_read(2027).unwrap().as_deref(), Some("1234*#"));
}

#[test]
fn dial_codes_join_pause_resume_and_leave_a_queue() {
    let lab = lab();
    let mut peer = Baresip::start(&lab, 2028, &BaresipOptions::default()).unwrap();
    let mut dial = |code: &str| {
        peer.call(code).unwrap();
        peer.wait_for("CALL_CLOSED").unwrap();
        lab.cli("queue show q9").unwrap()
    };
    assert!(QUEUES.contains(&"q9"));
    assert!(dial("*45q9").contains("PJSIP/2028"));
    assert!(dial("*47q9").contains("paused:break"));
    assert!(!dial("*48q9").contains("paused:break"));
    assert!(!dial("*46q9").contains("PJSIP/2028"));
}

#[test]
fn a_caller_of_a_queue_is_put_through_to_its_member() {
    let lab = lab();
    let mut member = Baresip::start(&lab, 2029, &BaresipOptions::default()).unwrap();
    // Left there by a run that was cut off, it is there already.
    let _ = lab.cli("queue add member PJSIP/2029 to q8");
    let mut caller = Baresip::start(&lab, 2030, &BaresipOptions::default()).unwrap();
    caller.call("708").unwrap();
    assert!(
        member
            .wait_for("CALL_ESTABLISHED")
            .unwrap()
            .contains("2030")
    );
    caller.hang_up().unwrap();
    member.wait_for("CALL_CLOSED").unwrap();
    lab.cli("queue remove member PJSIP/2029 from q8").unwrap();
}

#[test]
fn a_killed_exchange_comes_back_and_nothing_is_left_after_down() {
    let lab = Lab::own(OWN).unwrap();
    lab.kill().unwrap();
    assert!(!lab.is_up());
    lab.start().unwrap();
    assert!(lab.is_up());
    let (address, files) = (lab.address(), lab.ca_path());
    let processes = || {
        let all = Command::new("pgrep")
            .args(["-f", &format!("alobar-lab/{OWN}/")])
            .output();
        String::from_utf8(all.unwrap().stdout).unwrap()
    };
    assert!(!processes().is_empty());
    drop(lab);
    assert_eq!(processes(), "");
    assert!(!files.exists());
    assert!(Lab::attach(OWN).is_err());
    let route = Command::new("ip")
        .args(["route", "get", &address.to_string()])
        .output()
        .unwrap();
    assert!(!String::from_utf8_lossy(&route.stdout).contains("alobar-lab"));
}

#[test]
fn a_fresh_exchange_boots_without_a_complaint() {
    let lab = Lab::own(OWN_QUIET).unwrap();
    let text = std::fs::read_to_string(lab.log_path()).unwrap();
    let complaints: Vec<&str> = text
        .lines()
        .filter(|line| line.contains(" ERROR[") || line.contains(" WARNING["))
        .collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}
