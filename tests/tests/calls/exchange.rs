//! Which exchange a test's phones are at, where the same must hold at both.

use alobar_e2e::alobar::Phone;
use alobar_e2e::lab::{Lab, Transport};
use alobar_e2e::practice::PracticeExchange;

use crate::{Desk, lab};

pub(crate) enum Exchange {
    /// Asterisk, which everybody uses.
    Lab { lab: Lab, over: Transport },
    /// A practice exchange of the test's own, with the phones of [`Exchange::call`].
    Practice {
        practice: PracticeExchange,
        callers: Vec<(Desk, Phone)>,
    },
}

impl Exchange {
    pub(crate) fn lab(over: Transport) -> Exchange {
        Exchange::Lab { lab: lab(), over }
    }

    pub(crate) fn practice() -> Exchange {
        Exchange::Practice {
            practice: PracticeExchange::start(&[]),
            callers: Vec::new(),
        }
    }

    pub(crate) fn desk(&self, extension: u16) -> Desk {
        match self {
            Exchange::Lab { lab, over } => Desk::new(lab, extension, *over),
            Exchange::Practice { practice, .. } => {
                Desk::with_account(&practice.account_toml(extension))
            }
        }
    }

    /// Somebody calls `extension` and makes a sound: in the lab an echo, in practice 1001 and up.
    pub(crate) fn call(&mut self, extension: u16) {
        let caller = match self {
            Exchange::Lab { lab, .. } => {
                return lab.originate(extension, "0987654321", "Echo", "").unwrap();
            }
            Exchange::Practice { callers, .. } => 1001 + callers.len() as u16,
        };
        let desk = self.desk(caller);
        let mut phone = desk.phone();
        phone.dial(&extension.to_string());
        if let Exchange::Practice { callers, .. } = self {
            callers.push((desk, phone));
        }
    }

    /// How alike the words of two phones arrive at least: practice codes them twice.
    pub(crate) fn fidelity(&self) -> f32 {
        match self {
            Exchange::Lab { .. } => 0.9,
            Exchange::Practice { .. } => 0.8,
        }
    }

    /// What 603 has read from `extension`.
    pub(crate) fn keys_read(&mut self, extension: u16) -> String {
        match self {
            Exchange::Lab { lab, .. } => lab.dtmf_read(extension).unwrap().unwrap_or_default(),
            Exchange::Practice { practice, .. } => practice.wait_keys(extension),
        }
    }
}
