//! The exchange dies and comes back.

use alobar_e2e::lab::{Lab, Transport};

use crate::Desk;

/// Nobody else's exchange: it is killed.
const INSTANCE: u8 = 31;

#[test]
fn a_lost_exchange_is_noticed_and_found_again_by_itself() {
    let lab = Lab::own(INSTANCE).expect("a lab of our own");
    let mut phones: Vec<_> = [
        (1001, Transport::Wss),
        (1002, Transport::Tls),
        (1003, Transport::Tcp),
    ]
    .into_iter()
    .map(|(extension, transport)| {
        let desk = Desk::new(&lab, extension, transport);
        let phone = desk.phone();
        (desk, phone)
    })
    .collect();
    lab.kill().unwrap();
    for (_, phone) in &mut phones {
        assert_eq!(phone.wait_registration("failed")["code"], "link_lost");
    }
    lab.start().unwrap();
    for (_, phone) in &mut phones {
        phone.wait_registration("registered");
        let call = phone.dial("600");
        phone.wait_sound(call);
        phone.act("hang_up", call);
    }
    for (_, phone) in phones {
        phone.quit();
    }
}
