//! How soon a newcomer's phone rings.

use std::time::Duration;

use anyhow::{Context, Result};

use crate::{shell, test};

const RUNS: usize = 5;

pub(super) fn main() -> Result<()> {
    test::build()?;
    let file = shell::scratch()?.join("ring-times");
    // A file that is not there is as empty as it should be.
    let _ = std::fs::remove_file(&file);
    for run in 1..=RUNS {
        println!("    practice from an empty home, {run} of {RUNS} …");
        let mut once = shell::cargo("nextest run --workspace");
        once.args([
            "--filterset",
            "binary(desktop) & test(a_newcomer_practises)",
        ])
        .env("ALOBAR_RING_TIMES", &file);
        shell::quiet("bench-practice", &mut once)?;
    }
    let text = std::fs::read_to_string(&file).context("The test notes its times")?;
    let mut times: Vec<Duration> = text
        .lines()
        .map(|line| Ok(Duration::from_millis(line.parse()?)))
        .collect::<Result<_>>()?;
    let table = format!(
        "# From the click to the first ring\n\n\
         `cargo xtask bench practice`: the real window under Xvfb, {RUNS} times from an empty home; one\n\
         click on the practice button, until the call can be answered. Debug build, and WebDriver looks four times\n\
         a second: an upper bound. The customer waits 2 s of it on purpose. Bound: 5 s.\n\n\
         | Milliseconds, least · median · most |\n|---|\n| {} |\n",
        super::spread(&mut times)
    );
    super::keep("practice", &table)
}
