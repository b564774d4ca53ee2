//! A network that lets the signalling through and no sound.

use alobar_e2e::lab::{Lab, Relay, Transport};

use crate::Desk;

/// Nobody else's exchange: its sound is walled off.
const INSTANCE: u8 = 32;

#[test]
fn where_no_sound_comes_through_the_accounts_turn_server_carries_it() {
    let lab = Lab::own(INSTANCE).expect("a lab of our own");
    lab.close_media_ports().unwrap();
    let account = lab.account_toml(1001, Transport::Wss);

    let desk = Desk::with_account(&account);
    let mut phone = desk.phone();
    let call = phone.dial("600");
    let end = phone.wait_phase(call, "terminated");
    assert_eq!(end["cause"], "media_no_path");
    phone.quit();

    let relay = Relay::start(&lab).unwrap();
    let desk = Desk::with_account(&(account + &relay.account_line()));
    let mut phone = desk.phone();
    let call = phone.dial("600");
    phone.wait_sound(call);
    phone.act("hang_up", call);
    phone.wait_phase(call, "terminated");
    phone.quit();
}
