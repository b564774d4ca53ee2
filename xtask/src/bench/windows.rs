//! What the windows cost: first paint, memory, and an idle minute, beside an empty Tauri window.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use alobar_e2e::desktop::{Child, Desktop, Keyring};
use alobar_e2e::practice::PracticeExchange;
use anyhow::{Context, Result};

use super::process;
use crate::{node, shell};

/// Starts of each program; the two take turns, so that a noisy moment hits both.
const RUNS: usize = 7;
/// How long an idle program is watched.
const IDLE: Duration = Duration::from_secs(60);
/// After the first paint, until what is loaded late is loaded.
const SETTLE: Duration = Duration::from_secs(8);
/// The windows of each row, as `ALOBAR_WINDOWS` takes them.
const SETS: [(&str, &str); 4] = [
    ("callbar alone", "callbar"),
    ("callbar and ring window (as it starts)", "callbar,ring"),
    ("callbar and workspace", "callbar,workspace"),
    ("all four", "callbar,ring,popup,workspace"),
];

pub(super) fn main() -> Result<()> {
    let programs = Programs::build()?;
    let (mut empty, mut callbar) = (Vec::new(), Vec::new());
    for run in 1..=RUNS {
        println!("    first paint, {run} of {RUNS} …");
        empty.push(Window::open(&programs.empty, "", None)?.painted);
        callbar.push(Window::open(&programs.desktop, "callbar,ring", None)?.painted);
    }
    let mut table = format!(
        "# The windows\n\n\
         `cargo xtask bench windows`: release build under Xvfb, WebKitGTK drawing in software. An empty Tauri\n\
         window (`src-tauri/examples/empty.rs`) in the same run is the peer.\n\n\
         | First paint, ms after the start of the process | Least · median · most of {RUNS} |\n|---|---|\n\
         | empty Tauri window | {} |\n| callbar | {} |\n| difference of the medians (bound 150) | {} |\n",
        super::spread(&mut empty),
        super::spread(&mut callbar),
        median(&callbar).as_millis() as i64 - median(&empty).as_millis() as i64,
    );
    table += &memory(&programs)?;
    table += &idle(&programs)?;
    super::keep("windows", &table)
}

fn memory(programs: &Programs) -> Result<String> {
    let mut table = String::from("\n| Memory, PSS of all processes, MB | |\n|---|---|\n");
    let mut row = |name: &str, program: &Path, windows: &str| -> Result<()> {
        println!("    memory: {name} …");
        let window = Window::open(program, windows, None)?;
        thread::sleep(SETTLE);
        let pss = process::tree_pss(window.process)?;
        table += &format!("| {name} | {pss:.0} |\n");
        Ok(())
    };
    row("empty Tauri window", &programs.empty, "")?;
    for (name, windows) in SETS {
        row(name, &programs.desktop, windows)?;
    }
    Ok(table)
}

/// Registered at a practice exchange, so that the bar's timer runs as it does all day.
fn idle(programs: &Programs) -> Result<String> {
    let mut table = format!(
        "\n| CPU over {} s idle, ms a second | |\n|---|---|\n",
        IDLE.as_secs()
    );
    let exchange = PracticeExchange::start_program(&programs.alobar, &[]);
    let account = exchange.account_toml(1001);
    let rows = [
        ("empty Tauri window", &programs.empty, "", None),
        (
            "callbar, registered",
            &programs.desktop,
            "callbar",
            Some(&account),
        ),
        (
            "with the hidden ring window",
            &programs.desktop,
            "callbar,ring",
            Some(&account),
        ),
    ];
    for (name, program, windows, account) in rows {
        println!("    idle: {name} …");
        let window = Window::open(program, windows, account.map(String::as_str))?;
        thread::sleep(SETTLE);
        let before = process::tree_cpu(window.process)?;
        thread::sleep(IDLE);
        let used = process::tree_cpu(window.process)? - before;
        table += &format!("| {name} | {:.1} |\n", 1000.0 * used / IDLE.as_secs_f64());
    }
    Ok(table)
}

struct Programs {
    alobar: PathBuf,
    desktop: PathBuf,
    empty: PathBuf,
}

impl Programs {
    fn build() -> Result<Programs> {
        node::build_ui()?;
        let alobar = super::build_release()?;
        let desktop =
            "build --release --package alobar-desktop --bin alobar-desktop --example empty";
        shell::run(&mut shell::cargo(desktop))?;
        let release = shell::target().join("release");
        Ok(Programs {
            alobar,
            desktop: release.join("alobar-desktop"),
            empty: release.join("examples/empty"),
        })
    }
}

/// A program on a desktop of its own, its first paint behind it. Ends with the value.
struct Window {
    process: u32,
    painted: Duration,
    // Ended before the desktop it draws on.
    _program: Child,
    _desktop: Desktop,
}

impl Window {
    fn open(program: &Path, windows: &str, account: Option<&str>) -> Result<Window> {
        let desktop = Desktop::start(Keyring::Absent)?;
        let home = desktop.home().join("alobar");
        std::fs::create_dir_all(&home)?;
        let mut command = desktop.command(program.to_str().context("A path in UTF-8")?);
        command
            .env("ALOBAR_DATA_DIR", &home)
            .env("ALOBAR_REPORT_PAINT", "1")
            .env("ALOBAR_WINDOWS", windows)
            .stdout(Stdio::piped());
        if let Some(account) = account {
            let file = home.join("account.toml");
            std::fs::write(&file, account)?;
            command.env("ALOBAR_ACCOUNT", file);
        }
        let started = Instant::now();
        let mut program = Child::spawn(&mut command, "the program")?;
        let output = program.output().context("The program's output")?;
        let mut lines = BufReader::new(output).lines();
        let painted = lines.any(|line| line.is_ok_and(|line| line == "ALOBAR_FIRST_PAINT"));
        anyhow::ensure!(painted, "the program ended before its first paint");
        Ok(Window {
            process: program.id(),
            painted: started.elapsed(),
            _program: program,
            _desktop: desktop,
        })
    }
}

fn median(sorted: &[Duration]) -> Duration {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
