//! Foreign phones at the other end, through the exchange.

use alobar_e2e::lab::{Baresip, BaresipOptions, Sipp, Transport};
use alobar_e2e::sound;

use crate::{Desk, lab, listen};

#[test]
fn a_customer_in_the_queue_and_the_agent_hear_each_other() {
    const AGENT: u16 = 1070;
    const CUSTOMER: u16 = 2040;
    let lab = lab();
    let desk = Desk::new(&lab, AGENT, Transport::Wss);
    let words = desk.folder.path().join("customer.wav");
    sound::speak_at(&words, 8_000);

    sound::listening(|| {
        let mut agent = desk.phone();
        // The dial code: joined when the queue says so, whatever the call's own result.
        let code = agent.dial("*45q1");
        agent.wait_phase(code, "terminated");
        assert!(
            lab.cli("queue show q1")
                .unwrap()
                .contains(&format!("PJSIP/{AGENT}"))
        );

        let options = BaresipOptions {
            play: Some(words.clone()),
            ..BaresipOptions::default()
        };
        let mut customer = Baresip::start(&lab, CUSTOMER, &options).unwrap();
        customer.call("701").unwrap();
        let call = agent.wait_incoming();
        agent.act("answer", call);
        agent.wait_phase(call, "established");
        let media = agent.wait_sound(call);
        assert_eq!(
            media["codec"], "opus",
            "although the customer's G.711 was offered first"
        );
        // Shorter than its file: baresip hangs up where that ends.
        listen(&mut agent, call, 8);
        customer.hang_up().unwrap();
        agent.wait_phase(call, "terminated");
        let code = agent.dial("*46q1");
        agent.wait_phase(code, "terminated");
        agent.quit();
        customer.wait_for("CALL_CLOSED").unwrap();

        let heard_there = customer.heard().unwrap().pop().expect("a recording");
        let here = desk.likeness(&words);
        let there = sound::likeness(&sound::samples(&desk.said()), &sound::samples(&heard_there));
        (here > sound::HEARD && there > sound::HEARD)
            .then_some(())
            .ok_or_else(|| format!("likeness {here} here, {there} there"))
    });
}

#[test]
fn a_caller_who_gives_up_at_once_leaves_nothing_ringing() {
    const AGENT: u16 = 1071;
    let lab = lab();
    let desk = Desk::new(&lab, AGENT, Transport::Wss);
    let mut agent = desk.phone();
    let caller = Sipp::start(&lab, "call-and-cancel", 2041, &AGENT.to_string()).unwrap();
    let call = agent.wait_incoming();
    assert_eq!(
        agent.wait_phase(call, "terminated")["cause"],
        "canceled_by_caller"
    );
    caller.finish().unwrap();
    agent.quit();
}
