//! How a call that never comes about ends: each in its own code, none in a hang.

use alobar_e2e::alobar;
use alobar_e2e::lab::Transport;

use crate::exchange::Exchange;
use crate::{Desk, lab, text};

macro_rules! ends {
    ($($name:ident: $extension:literal, $number:literal, $cause:literal;)*) => {
        $(
            #[test]
            fn $name() {
                ends(&Exchange::lab(Transport::Wss), $extension, $number, $cause);
            }
        )*

        mod practice {
            use super::*;
            $(
                #[test]
                fn $name() {
                    ends(&Exchange::practice(), 1001, $number, $cause);
                }
            )*
        }
    };
}

ends! {
    a_busy_line_is_no_error_but_a_cause: 1060, "604", "remote_busy";
    an_unavailable_party_is_told_apart: 1061, "605", "unavailable";
    a_declining_party_is_told_apart: 1062, "606", "remote_declined";
    a_number_that_does_not_exist_is_told_apart: 1063, "699", "not_found";
    an_extension_where_nobody_is_signed_in_is_unavailable: 1073, "1010", "unavailable";
}

fn ends(exchange: &Exchange, extension: u16, number: &str, cause: &str) {
    let desk = exchange.desk(extension);
    let (exit, events) = alobar::run(&[
        "call",
        number,
        "--account",
        text(&desk.account),
        "--play",
        text(&desk.said()),
        "--record",
        text(&desk.heard()),
    ]);
    let result = events.last().expect("a result");
    assert_eq!(result["event"], "result");
    assert_eq!(
        (exit, result["cause"].as_str()),
        (4, Some(cause)),
        "{events:#?}"
    );
}

#[test]
fn what_is_no_number_is_refused_before_anything_is_sent() {
    let desk = Desk::new(&lab(), 1064, Transport::Wss);
    let (exit, events) = alobar::run(&["call", "not a number", "--account", text(&desk.account)]);
    assert_eq!(exit, 2, "{events:#?}");
}

/// CB-20: no silent call.
#[test]
fn without_a_microphone_the_call_ends_and_says_so() {
    let desk = Desk::new(&lab(), 1072, Transport::Wss);
    let account = text(&desk.account);
    let no_sound = [
        ("PULSE_SERVER", "unix:/nonexistent"),
        ("ALSA_CONFIG_PATH", "/nonexistent"),
    ];
    let (exit, events) = alobar::run_in(&no_sound, &["call", "600", "--account", account]);
    let result = events.last().expect("a result");
    assert_eq!(
        (exit, result["cause"].as_str()),
        (5, Some("media_no_microphone")),
        "{events:#?}"
    );
}
