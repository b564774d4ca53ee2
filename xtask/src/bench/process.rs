//! What a process has used, from Linux's `/proc`.

use std::fs;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

/// How often a process is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// Clock ticks a second in `/proc/PID/stat`: fixed for programs on Linux (`USER_HZ`).
const TICKS: f64 = 100.0;

/// Processor time and memory of a process.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Usage {
    /// User and system time, seconds.
    pub(super) cpu: f64,
    /// Largest resident set, MB (`VmHWM`).
    pub(super) peak: f64,
}

/// The process whose program is `program` and whose command line holds `mark`.
pub(super) fn find(program: &str, mark: &str) -> Result<u32> {
    for _ in 0..200 {
        for entry in fs::read_dir("/proc")?.flatten() {
            let name = fs::read_to_string(entry.path().join("comm")).unwrap_or_default();
            let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
            if name.trim() == program && String::from_utf8_lossy(&line).contains(mark) {
                return Ok(entry.file_name().to_string_lossy().parse()?);
            }
        }
        thread::sleep(LOOK);
    }
    anyhow::bail!("{program} does not run")
}

/// What the process has used so far; `None` once it is gone.
pub(super) fn usage(process: u32) -> Option<Usage> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in parentheses may hold spaces; the fields after it do not (proc(5)).
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |field: usize| fields.get(field)?.parse::<f64>().ok();
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(Usage {
        cpu: (ticks(11)? + ticks(12)?) / TICKS,
        peak: peak.trim().trim_end_matches(" kB").parse::<f64>().ok()? / 1024.0,
    })
}

/// Follows the process to its end; the last figures before it.
pub(super) fn until_end(process: u32) -> Result<Usage> {
    let mut last = None;
    while let Some(usage) = usage(process) {
        last = Some(usage);
        thread::sleep(LOOK);
    }
    last.context("the process ended before it was looked at")
}

/// Processor time of a process and everything it started that still runs, seconds.
pub(super) fn tree_cpu(process: u32) -> Result<f64> {
    let used = tree(process)?.into_iter().filter_map(usage);
    Ok(used.map(|usage| usage.cpu).sum())
}

/// Proportional set size of a process and everything it started, MB: shared pages count once.
pub(super) fn tree_pss(process: u32) -> Result<f64> {
    let pss = |process: u32| {
        let rollup = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.trim().trim_end_matches(" kB").parse::<f64>().ok()
    };
    let kilobytes: f64 = tree(process)?.into_iter().filter_map(pss).sum();
    Ok(kilobytes / 1024.0)
}

/// A process and its descendants.
fn tree(root: u32) -> Result<Vec<u32>> {
    let parents: Vec<(u32, u32)> = fs::read_dir("/proc")?
        .flatten()
        .filter_map(|entry| {
            let process = entry.file_name().to_string_lossy().parse().ok()?;
            Some((process, parent(process)?))
        })
        .collect();
    let mut tree = vec![root];
    let mut next = 0;
    while let Some(process) = tree.get(next).copied() {
        let children = parents.iter().filter(|(_, parent)| *parent == process);
        tree.extend(children.map(|(child, _)| *child));
        next += 1;
    }
    Ok(tree)
}

fn parent(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    fields.nth(1)?.parse().ok()
}
