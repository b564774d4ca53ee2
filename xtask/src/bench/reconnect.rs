//! How soon a lost exchange is noticed, and how soon it is found again.

use std::time::Instant;

use alobar_e2e::alobar::Phone;
use alobar_e2e::lab::{Lab, Transport};
use anyhow::Result;

use crate::shell;

/// Nobody else's exchange.
const INSTANCE: u8 = 42;
const RUNS: usize = 5;

pub(super) fn main() -> Result<()> {
    let program = super::build_release()?;
    let lab = Lab::own(INSTANCE)?;
    let account = shell::scratch()?.join("bench-reconnect.toml");
    let mut rows = String::new();
    for transport in [Transport::Wss, Transport::Tls, Transport::Tcp] {
        std::fs::write(&account, lab.account_toml(1001, transport))?;
        let mut phone = Phone::start_program(&program, &account, &[]);
        phone.wait_registration("registered");
        let (mut lost, mut found) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let killed = Instant::now();
            lab.kill()?;
            phone.wait_registration("failed");
            lost.push(killed.elapsed());
            lab.start()?;
            let back = Instant::now();
            phone.wait_registration("registered");
            found.push(back.elapsed());
        }
        phone.quit();
        rows += &format!(
            "| {transport} | {} | {} |\n",
            super::spread(&mut lost),
            super::spread(&mut found)
        );
    }
    let table = format!(
        "# Loss and return of the exchange\n\n\
         `cargo xtask bench reconnect`: release build, Asterisk {} killed and started again {RUNS} times\n\
         over each transport; milliseconds, least · median · most. Bounds: loss shown within 2 s,\n\
         registered within 10 s of the return (Asterisk fully booted).\n\n\
         | Transport | Loss shown after | Registered after the return |\n|---|---|---|\n{rows}",
        lab.version(),
    );
    super::keep("reconnect", &table)
}
