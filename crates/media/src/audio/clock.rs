//! A thread that does something every 10 ms.

use std::fmt;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use super::AudioError;
use super::pace::Pace;

/// What a [`Clock`] drives.
pub(crate) trait Clockwork: Send + 'static {
    type Command: Send + 'static;

    /// Whether ticks would change nothing.
    fn is_idle(&self) -> bool;

    fn perform(&mut self, command: Self::Command);

    /// 10 ms of everything.
    fn tick(&mut self);
}

/// Handle of the thread. Dropping it waits for the thread's end, and says so if that was a panic.
pub(crate) struct Clock<C> {
    name: &'static str,
    /// `None` only while dropping: its end is what stops the thread.
    commands: Option<Sender<C>>,
    thread: Option<JoinHandle<()>>,
}

impl<C: Send + 'static> Clock<C> {
    pub(crate) fn start(
        name: &'static str,
        works: impl Clockwork<Command = C>,
    ) -> Result<Clock<C>, AudioError> {
        let (commands, inbox) = channel();
        let thread = thread::Builder::new()
            .name(name.into())
            .spawn(move || run(works, &inbox))
            .map_err(AudioError::Thread)?;
        Ok(Clock {
            name,
            commands: Some(commands),
            thread: Some(thread),
        })
    }

    pub(crate) fn send(&self, command: C) {
        if let Some(commands) = &self.commands {
            // Fails only when the thread has panicked, which `Drop` reports.
            let _ = commands.send(command);
        }
    }
}

impl<C> fmt::Debug for Clock<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl<C> Drop for Clock<C> {
    fn drop(&mut self) {
        self.commands = None;
        if self
            .thread
            .take()
            .is_some_and(|thread| thread.join().is_err())
        {
            tracing::error!(thread = self.name, "A thread of sound has panicked");
        }
    }
}

/// Ticks while there is something to do, sleeps while not, ends when the handle is gone.
fn run<W: Clockwork>(mut works: W, inbox: &Receiver<W::Command>) {
    loop {
        if works.is_idle() {
            let Ok(command) = inbox.recv() else { return };
            works.perform(command);
            continue;
        }
        let mut pace = Pace::start(Instant::now());
        while !works.is_idle() {
            for _ in 0..pace.due(Instant::now()) {
                works.tick();
            }
            thread::sleep(pace.until_next(Instant::now()));
            loop {
                match inbox.try_recv() {
                    Ok(command) => works.perform(command),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => return,
                }
            }
        }
    }
}
