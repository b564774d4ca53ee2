//! Blind transfers that a phone asks for.

use alobar_core::{CallId, Command, EndCause, Peer, Pii};

use super::driver::{Driver, status_of};
use super::leg::Joined;
use crate::number::Number;
use crate::voice::Ringback;

/// A transfer whose new party has not answered.
#[derive(Debug, Clone, Copy)]
pub(super) struct Transfer {
    /// The call whose phone has asked for it.
    transferor: CallId,
    transferee: Transferee,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transferee {
    Leg(CallId),
    /// Filed under the transferor's call until the new party answers.
    Customer,
}

impl Driver {
    /// The phone of `call` wants its peer to be connected with `to`.
    pub(super) fn transfer(&mut self, call: CallId, to: &Pii<String>) {
        let Some(joined) = self.legs.get(&call).map(|leg| leg.joined) else {
            return;
        };
        let number = Number::of(to.reveal());
        if let Some(status) = number.refusal() {
            return self.switch.tell_transfer(call, status);
        }
        self.switch.tell_transfer(call, 100);
        match (joined, number) {
            (Joined::Leg(other), Number::Extension(extension)) => {
                let from = self.peer_of(other);
                self.set_joined(call, Joined::Nobody);
                self.voices.open(other, Box::new(Ringback::default()));
                let transferee = Transferee::Leg(other);
                let new = self.ring(call, &extension.to_string(), from, transferee);
                self.set_joined(other, Joined::Leg(new));
            }
            (Joined::Customer, Number::Extension(extension)) => {
                let from = self.customer_peer(call).unwrap_or_default();
                self.ring(call, &extension.to_string(), from, Transferee::Customer);
            }
            (Joined::Leg(other), number) => {
                self.set_joined(call, Joined::Nobody);
                self.set_joined(other, Joined::Service(number));
                self.service_begins(other, number);
                self.switch.tell_transfer(call, 200);
            }
            // The customer has no business there and hangs up when the agent does.
            (Joined::Customer, _) => self.switch.tell_transfer(call, 200),
            // An announcement cannot be handed on.
            (Joined::Service(_) | Joined::Nobody, _) => self.switch.tell_transfer(call, 603),
        }
    }

    fn ring(
        &mut self,
        transferor: CallId,
        extension: &str,
        from: Peer,
        transferee: Transferee,
    ) -> CallId {
        let new = self.ids.next_id();
        let transfer = Transfer {
            transferor,
            transferee,
        };
        self.transfers.insert(new, transfer);
        let joined = match transferee {
            Transferee::Leg(other) => Joined::Leg(other),
            Transferee::Customer => Joined::Customer,
        };
        self.dial(new, extension, from, joined);
        new
    }

    fn peer_of(&self, call: CallId) -> Peer {
        let number = self.legs.get(&call).map(|leg| leg.extension.clone());
        Peer {
            number: Pii::new(number.unwrap_or_default()),
            name: None,
        }
    }

    fn set_joined(&mut self, call: CallId, joined: Joined) {
        if let Some(leg) = self.legs.get_mut(&call) {
            leg.joined = joined;
        }
    }

    /// The new party has answered.
    pub(super) fn transferred(&mut self, new: CallId) {
        let Some(transfer) = self.transfers.remove(&new) else {
            return;
        };
        if transfer.transferee == Transferee::Customer {
            self.hand_on_customer(transfer.transferor, new);
        }
        self.switch.tell_transfer(transfer.transferor, 200);
    }

    fn hand_on_customer(&mut self, transferor: CallId, new: CallId) {
        if let Some(extension) = self.legs.get(&new).map(|leg| leg.extension.clone()) {
            self.move_customer(transferor, new, &extension);
        }
        self.set_joined(transferor, Joined::Nobody);
    }

    /// The agent has hung up before the new party took the customer: who waits on alone.
    pub(super) fn customer_left_behind(&mut self, transferor: CallId) {
        let new = self.transfers.iter().find_map(|(new, transfer)| {
            let theirs = transfer.transferor == transferor;
            (theirs && transfer.transferee == Transferee::Customer).then_some(*new)
        });
        if let Some(new) = new {
            self.transfers.remove(&new);
            self.hand_on_customer(transferor, new);
        }
    }

    /// Whether the call that has ended was to a new party; then the old ones are joined again.
    pub(super) fn transfer_failed(&mut self, new: CallId, cause: EndCause) -> bool {
        let Some(transfer) = self.transfers.remove(&new) else {
            return false;
        };
        let transferor = transfer.transferor;
        self.switch.tell_transfer(transferor, status_of(cause));
        if let Transferee::Leg(other) = transfer.transferee {
            let both = self.legs.contains_key(&transferor) && self.legs.contains_key(&other);
            if both {
                self.set_joined(other, Joined::Leg(transferor));
                self.set_joined(transferor, Joined::Leg(other));
                self.join(transferor, other);
            } else {
                self.command(Command::HangUp { call: transferor });
                self.command(Command::HangUp { call: other });
            }
        }
        true
    }
}
