//! A program that ends with the value that holds it.

use std::process::{self, ChildStdin, ChildStdout, Command};

use anyhow::{Context, Result};

/// A running program; dropping it kills the program and waits for its end.
#[derive(Debug)]
pub struct Child(process::Child);

impl Child {
    /// Starts the program. What it says on stderr goes to the test's own.
    pub fn spawn(command: &mut Command, name: &str) -> Result<Child> {
        command
            .spawn()
            .map(Child)
            .with_context(|| format!("Start {name} (is the package installed?)"))
    }

    /// The system's number for it.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// What the program reads; once only.
    pub fn input(&mut self) -> Option<ChildStdin> {
        self.0.stdin.take()
    }

    /// What the program prints; once only.
    pub fn output(&mut self) -> Option<ChildStdout> {
        self.0.stdout.take()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // Both fail only when the program has already ended, which is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
