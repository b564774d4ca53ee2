//! A foreign program beside an exchange that never outlives the test.

use std::fs::File;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use std::{io::Read, io::Seek, io::SeekFrom};

use anyhow::{Context, Result};

use super::Site;
use super::netns::root;

/// Ends the peer of a test that was itself killed.
const LIMIT: &str = "120";

/// A process under `timeout`, in a process group of its own; dropping it ends the group.
#[derive(Debug)]
pub(super) struct Peer {
    child: Mutex<Child>,
    output: File,
}

impl Peer {
    /// Starts `program` with what `arguments` adds to its command line.
    pub(super) fn start(
        site: &Site,
        program: &str,
        arguments: impl FnOnce(&mut Command),
    ) -> Result<Self> {
        let output = tempfile::tempfile()?;
        let mut command = site.command("timeout");
        command.args(["--kill-after=2", LIMIT, program]);
        arguments(&mut command);
        let child = command
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output.try_clone()?)
            .process_group(0)
            .spawn()
            .with_context(|| format!("{program} could not be started"))?;
        Ok(Self {
            child: Mutex::new(child),
            output,
        })
    }

    pub(super) fn has_ended(&self) -> Result<bool> {
        Ok(self.poll()?.is_some())
    }

    /// Waits for the program to end by itself; `timeout` bounds it.
    pub(super) fn wait(&self) -> Result<ExitStatus> {
        Ok(self.child()?.wait()?)
    }

    /// What it printed so far.
    pub(super) fn said(&self) -> String {
        let mut text = Vec::new();
        let mut output = &self.output;
        let read = output
            .seek(SeekFrom::Start(0))
            .and_then(|_| output.read_to_end(&mut text));
        match read {
            Ok(_) => String::from_utf8_lossy(&text).trim().to_owned(),
            Err(error) => format!("(its output could not be read: {error})"),
        }
    }

    fn poll(&self) -> Result<Option<ExitStatus>> {
        Ok(self.child()?.try_wait()?)
    }

    fn child(&self) -> Result<std::sync::MutexGuard<'_, Child>> {
        self.child
            .lock()
            .map_err(|_| anyhow::anyhow!("a thread died holding the peer"))
    }

    fn signal(&self, signal: &str) -> Result<()> {
        let group = format!("-{}", self.child()?.id());
        root("kill")
            .args([signal, "--", &group])
            .stderr(Stdio::null())
            .status()?;
        Ok(())
    }

    fn end(&self) -> Result<()> {
        if self.has_ended()? {
            return Ok(());
        }
        self.signal("-TERM")?;
        let end = Instant::now() + Duration::from_secs(3);
        while Instant::now() < end {
            if self.has_ended()? {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.signal("-KILL")?;
        self.wait().map(drop)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // A peer that cannot be ended here is ended by `timeout`, or by `lab down`.
        let _ = self.end();
    }
}
