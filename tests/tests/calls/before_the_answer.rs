//! What the caller notices before anybody answers, in the lab and at the practice exchange.

use alobar_e2e::lab::Transport;
use alobar_e2e::sound;

use crate::exchange::Exchange;

macro_rules! at_both {
    ($($name:ident: $extension:literal;)*) => {
        $(
            #[test]
            fn $name() {
                before::$name(&Exchange::lab(Transport::Wss), $extension);
            }
        )*

        mod practice {
            use super::*;
            $(
                #[test]
                fn $name() {
                    before::$name(&Exchange::practice(), 1001);
                }
            )*
        }
    };
}

at_both! {
    a_prompt_before_the_answer_is_heard: 1074;
    a_line_that_rings_is_answered_later: 1076;
    a_line_that_nobody_answers_rings_until_the_caller_gives_up: 1077;
}

mod before {
    use super::*;

    pub(super) fn a_prompt_before_the_answer_is_heard(exchange: &Exchange, extension: u16) {
        let desk = exchange.desk(extension);
        // After the answer comes an echo: whoever says nothing hears the prompt alone.
        sound::say_nothing(&desk.said_path());
        let mut phone = desk.phone();
        let call = phone.dial("608");
        phone.wait_phase(call, "established");
        phone.act("hang_up", call);
        phone.wait_phase(call, "terminated");
        phone.quit();
        let level = sound::level(&sound::samples(&desk.heard()));
        assert!(level > 0.001, "level {level}");
    }

    pub(super) fn a_line_that_rings_is_answered_later(exchange: &Exchange, extension: u16) {
        let mut phone = exchange.desk(extension).phone();
        let call = phone.dial("610");
        phone.wait_phase(call, "ringing");
        phone.wait_phase(call, "established");
        phone.wait_sound(call);
        phone.act("hang_up", call);
        phone.wait_phase(call, "terminated");
        phone.quit();
    }

    pub(super) fn a_line_that_nobody_answers_rings_until_the_caller_gives_up(
        exchange: &Exchange,
        extension: u16,
    ) {
        let mut phone = exchange.desk(extension).phone();
        let call = phone.dial("607");
        phone.wait_phase(call, "ringing");
        phone.act("hang_up", call);
        let end = phone.wait_phase(call, "terminated");
        assert_eq!(end["cause"], "canceled_locally");
        phone.quit();
    }
}
