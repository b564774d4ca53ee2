//! The same conversations over WSS, TLS, TCP and UDP, and at the practice exchange.

use alobar_e2e::alobar;
use alobar_e2e::lab::Transport;
use alobar_e2e::sound;
use serde_json::json;

use crate::exchange::Exchange;
use crate::{listen, text};

macro_rules! over {
    ($($name:ident: $exchange:expr, $first:expr, $other:expr;)*) => {$(
        mod $name {
            use super::*;
            /// `FIRST` to `FIRST + 9` and `OTHER` belong to this transport.
            const FIRST: u16 = $first;
            const OTHER: u16 = $other;

            fn exchange() -> Exchange {
                $exchange
            }

            #[test]
            fn what_is_said_to_the_echo_comes_back() {
                super::what_is_said_to_the_echo_comes_back(exchange(), FIRST);
            }
            #[test]
            fn a_call_is_taken_and_both_hear_each_other() {
                super::a_call_is_taken_and_both_hear_each_other(exchange(), FIRST + 1, FIRST + 2);
            }
            #[test]
            fn keys_reach_the_exchange() {
                super::keys_reach_the_exchange(exchange(), FIRST + 3);
            }
            #[test]
            fn either_side_can_give_up_while_it_rings() {
                super::either_side_can_give_up_while_it_rings(exchange(), FIRST + 4, FIRST + 5);
            }
            #[test]
            fn either_side_can_hang_up() {
                super::either_side_can_hang_up(exchange(), FIRST + 6);
            }
            #[test]
            fn hold_silences_the_call_and_resume_brings_it_back() {
                super::hold_silences_the_call_and_resume_brings_it_back(exchange(), FIRST + 7);
            }
            #[test]
            fn a_blind_transfer_leaves_the_other_with_the_new_party() {
                super::a_blind_transfer_leaves_the_other_with_the_new_party(exchange(), FIRST + 8, OTHER);
            }
            #[test]
            fn a_second_call_is_shown_and_answering_it_holds_the_first() {
                super::a_second_call_is_shown_and_answering_it_holds_the_first(exchange(), FIRST + 9);
            }
        }
    )*};
}

over! {
    wss: Exchange::lab(Transport::Wss), 1020, 1065;
    tls: Exchange::lab(Transport::Tls), 1030, 1075;
    tcp: Exchange::lab(Transport::Tcp), 1040, 1085;
    udp: Exchange::lab(Transport::Udp), 1050, 1095;
    practice: Exchange::practice(), 1001, 1010;
}

fn what_is_said_to_the_echo_comes_back(exchange: Exchange, extension: u16) {
    let desk = exchange.desk(extension);
    let (said, heard) = (desk.said(), desk.heard());
    sound::listening(|| {
        let (exit, events) = alobar::run(&[
            "call",
            "600",
            "--account",
            text(&desk.account),
            "--play",
            text(&said),
            "--record",
            text(&heard),
            "--for",
            "11",
        ]);
        assert_eq!(exit, 0, "{events:#?}");
        let media = events
            .iter()
            .rfind(|event| event["event"] == "media")
            .expect("statistics");
        assert_eq!(media["codec"], "opus");
        let likeness = desk.likeness(&said);
        (likeness > 0.9)
            .then_some(())
            .ok_or_else(|| format!("likeness {likeness}, {media}"))
    });
}

fn a_call_is_taken_and_both_hear_each_other(exchange: Exchange, called: u16, calling: u16) {
    let (here, there) = (exchange.desk(called), exchange.desk(calling));
    sound::listening(|| {
        let (mut answering, mut dialling) = (here.phone(), there.phone());
        let outgoing = dialling.dial(&called.to_string());
        let incoming = answering.wait_incoming();
        dialling.wait_phase(outgoing, "ringing");
        answering.act("answer", incoming);
        answering.wait_phase(incoming, "established");
        dialling.wait_phase(outgoing, "established");
        listen(&mut answering, incoming, 11);
        dialling.act("hang_up", outgoing);
        let end = answering.wait_phase(incoming, "terminated");
        assert_eq!(end["cause"], "remote_hangup");
        answering.quit();
        dialling.quit();
        let (a, b) = (here.likeness(&there.said()), there.likeness(&here.said()));
        (a > exchange.fidelity() && b > exchange.fidelity())
            .then_some(())
            .ok_or_else(|| format!("likeness {a} and {b}"))
    });
}

fn keys_reach_the_exchange(mut exchange: Exchange, extension: u16) {
    let desk = exchange.desk(extension);
    let (exit, events) = alobar::run(&[
        "call",
        "603",
        "--account",
        text(&desk.account),
        "--play",
        text(&desk.said()),
        "--record",
        text(&desk.heard()),
        "--dtmf",
        "1234*#",
        "--for",
        "20",
    ]);
    assert_eq!(exit, 0, "{events:#?}");
    assert_eq!(exchange.keys_read(extension), "1234*#");
}

fn either_side_can_give_up_while_it_rings(exchange: Exchange, called: u16, calling: u16) {
    let (here, there) = (exchange.desk(called), exchange.desk(calling));
    let (mut ringing, mut dialling) = (here.phone(), there.phone());

    let outgoing = dialling.dial(&called.to_string());
    let incoming = ringing.wait_incoming();
    dialling.wait_phase(outgoing, "ringing");
    dialling.act("hang_up", outgoing);
    assert_eq!(
        ringing.wait_phase(incoming, "terminated")["cause"],
        "canceled_by_caller"
    );
    assert_eq!(
        dialling.wait_phase(outgoing, "terminated")["cause"],
        "canceled_locally"
    );

    let outgoing = dialling.dial(&called.to_string());
    let incoming = ringing.wait_incoming();
    ringing.act("decline", incoming);
    assert_eq!(
        ringing.wait_phase(incoming, "terminated")["cause"],
        "declined"
    );
    dialling.wait_phase(outgoing, "terminated");
    ringing.quit();
    dialling.quit();
}

fn either_side_can_hang_up(exchange: Exchange, extension: u16) {
    let desk = exchange.desk(extension);
    let mut phone = desk.phone();
    let call = phone.dial("609");
    assert_eq!(
        phone.wait_phase(call, "terminated")["cause"],
        "remote_hangup"
    );
    let call = phone.dial("600");
    phone.wait_sound(call);
    phone.act("hang_up", call);
    assert_eq!(
        phone.wait_phase(call, "terminated")["cause"],
        "local_hangup"
    );
    phone.quit();
}

fn hold_silences_the_call_and_resume_brings_it_back(exchange: Exchange, extension: u16) {
    let desk = exchange.desk(extension);
    let mut phone = desk.phone();
    let call = phone.dial("602");
    phone.wait_phase(call, "established");
    listen(&mut phone, call, 3);
    phone.act("hold", call);
    wait_hold(&mut phone, call, "local");
    listen(&mut phone, call, 4);
    phone.act("resume", call);
    wait_hold(&mut phone, call, "none");
    listen(&mut phone, call, 4);
    phone.act("hang_up", call);
    phone.wait_phase(call, "terminated");
    phone.quit();

    let heard = sound::samples(&desk.heard());
    let seconds: Vec<bool> = heard
        .chunks_exact(8_000)
        .map(|second| sound::level(second) > 0.001)
        .collect();
    let first_sound = seconds
        .iter()
        .position(|sound| *sound)
        .expect("music before");
    let silence = first_sound
        + seconds[first_sound..]
            .iter()
            .position(|sound| !sound)
            .expect("a silent second");
    assert!(
        seconds[silence..].contains(&true),
        "music again after the resume: {seconds:?}"
    );
}

fn a_blind_transfer_leaves_the_other_with_the_new_party(
    exchange: Exchange,
    transferor: u16,
    transferee: u16,
) {
    let (here, there) = (exchange.desk(transferor), exchange.desk(transferee));
    let (mut agent, mut customer) = (here.phone(), there.phone());
    let outgoing = agent.dial(&transferee.to_string());
    let incoming = customer.wait_incoming();
    customer.act("answer", incoming);
    agent.wait_phase(outgoing, "established");
    agent.ask(&json!({ "command": "transfer", "call": outgoing, "to": "600" }));
    assert_eq!(
        agent.wait_phase(outgoing, "terminated")["cause"],
        "transferred"
    );
    listen(&mut customer, incoming, 12);
    customer.act("hang_up", incoming);
    customer.wait_phase(incoming, "terminated");
    agent.quit();
    customer.quit();
    // Now the echo is at the other end: the customer hears itself.
    let likeness = there.likeness(&there.said());
    assert!(likeness > 0.5, "likeness {likeness}");
}

fn a_second_call_is_shown_and_answering_it_holds_the_first(mut exchange: Exchange, extension: u16) {
    let desk = exchange.desk(extension);
    let mut phone = desk.phone();
    exchange.call(extension);
    let first = phone.wait_incoming();
    phone.act("answer", first);
    phone.wait_sound(first);

    exchange.call(extension);
    let second = phone.wait_incoming();
    phone.act("answer", second);
    wait_hold(&mut phone, first, "local");
    phone.wait_sound(second);

    phone.act("hang_up", second);
    phone.wait_phase(second, "terminated");
    phone.act("resume", first);
    wait_hold(&mut phone, first, "none");
    phone.act("hang_up", first);
    phone.wait_phase(first, "terminated");
    phone.quit();
}

fn wait_hold(phone: &mut alobar::Phone, call: u64, hold: &str) {
    phone.wait(&format!("hold {hold}"), |event| {
        event["event"] == "call" && event["id"] == call && event["hold"] == hold
    });
}
