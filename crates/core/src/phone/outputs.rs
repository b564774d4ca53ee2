//! The queue of what is to be done.

use std::collections::VecDeque;

use crate::id::CallId;
use crate::output::{Event, MediaAction, Output, SipAction};

#[derive(Debug, Default)]
pub(crate) struct Outputs(VecDeque<Output>);

impl Outputs {
    pub(crate) fn sip(&mut self, call: CallId, action: SipAction) {
        self.0.push_back(Output::Sip { call, action });
    }

    pub(crate) fn media(&mut self, call: CallId, action: MediaAction) {
        self.0.push_back(Output::Media { call, action });
    }

    pub(crate) fn event(&mut self, event: Event) {
        self.0.push_back(Output::Event(event));
    }

    pub(super) fn push(&mut self, output: Output) {
        self.0.push_back(output);
    }

    pub(super) fn pop(&mut self) -> Option<Output> {
        self.0.pop_front()
    }
}
