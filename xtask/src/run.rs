//! `cargo xtask run`: from a fresh clone to the callbar on the screen.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::{
    node,
    packages::{self, BUILD, LAB, VIRTUAL_DESK},
    platform::{self, Desk},
    prerequisites,
    progress::Stages,
    shell,
};

/// The line that the desktop prints when its first picture is on the screen.
const FIRST_PAINT: &str = "ALOBAR_FIRST_PAINT";

/// From the page's first paint to a picture worth keeping.
const SETTLED: Duration = Duration::from_millis(1500);

pub(crate) fn main(arguments: &[&str]) -> Result<()> {
    let (on, rest) = crate::switches(arguments, &["--lab", "--exit-after-paint"])?;
    if let Some(word) = rest.first() {
        bail!("`{word}` is not understood here");
    }
    let mut stages = Stages::start();
    let headless = cfg!(target_os = "linux") && !has_display();
    let lab = on.contains(&"--lab");
    prepare(&mut stages, headless, lab)?;
    stages.stage("build the desktop", || {
        shell::run(&mut shell::cargo("build --package alobar-desktop"))
    })?;

    let mut desktop = Command::new(program());
    desktop.current_dir(shell::root());
    let desk = if headless {
        Some(stages.stage("virtual desk", Desk::start)?)
    } else {
        None
    };
    if lab {
        let account = stages.stage("lab", platform::lab_account)?;
        desktop.env("ALOBAR_ACCOUNT", account);
    }
    show(desktop, desk.as_ref(), on.contains(&"--exit-after-paint"))
}

fn prepare(stages: &mut Stages, headless: bool, lab: bool) -> Result<()> {
    prerequisites::check()?;
    if cfg!(target_os = "linux") {
        let none: &[&str] = &[];
        let lists = [
            BUILD,
            if headless { VIRTUAL_DESK } else { none },
            if lab { LAB } else { none },
        ];
        stages.stage("system packages", || packages::ensure(&lists))?;
    }
    stages.stage("user interface", node::build_ui)
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn program() -> PathBuf {
    shell::target()
        .join("debug")
        .join(format!("alobar-desktop{}", std::env::consts::EXE_SUFFIX))
}

/// Runs the desktop until its window closes, saying when it can be seen.
fn show(mut desktop: Command, desk: Option<&Desk>, exit_after_paint: bool) -> Result<()> {
    if let Some(desk) = desk {
        desk.seat(&mut desktop)?;
    }
    desktop
        .env("ALOBAR_REPORT_PAINT", "1")
        .stdout(Stdio::piped());
    println!("▸ Alobar (its window closed, or Ctrl-C, ends it)");
    let mut child = desktop.spawn().context("Start the desktop")?;
    let result = watch(&mut child, desk, exit_after_paint);
    if exit_after_paint || result.is_err() {
        shell::stop(&mut child);
        return result;
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("The desktop ended with {status}");
    }
    result
}

/// Reads what the desktop prints to its end (or to the first paint, when that is enough).
fn watch(child: &mut Child, desk: Option<&Desk>, exit_after_paint: bool) -> Result<()> {
    let stdout = child.stdout.take().context("A pipe was asked for")?;
    let mut painted = false;
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        if line.trim() != FIRST_PAINT {
            println!("{line}");
            continue;
        }
        painted = true;
        println!("✓ first paint");
        if let Some(desk) = desk {
            let file = shell::scratch()?.join("screenshot.png");
            // The page has painted; the frame reaches a display drawn in software a little later.
            thread::sleep(SETTLED);
            desk.screenshot(&file)?;
            println!("    screenshot: {}", file.display());
        }
        if exit_after_paint {
            return Ok(());
        }
    }
    if !painted {
        bail!("The desktop ended before it painted anything");
    }
    Ok(())
}
