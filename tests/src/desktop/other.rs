//! Another program, in which a person types while the telephone rings.

use std::{
    io::{BufRead, BufReader},
    process::{ChildStdout, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use anyhow::{Context, Result};

use super::{Child, Desktop, Window, until};

/// `xev`: a plain window that says which keys it gets. Ends with the value.
#[derive(Debug)]
pub struct OtherProgram {
    _xev: Child,
    typed: Arc<Mutex<Vec<String>>>,
}

impl OtherProgram {
    const TITLE: &str = "Event Tester";

    /// Starts it and gives it the keyboard.
    pub fn start(desktop: &Desktop) -> Result<OtherProgram> {
        let mut command = desktop.command("xev");
        command.args(["-event", "keyboard"]).stdout(Stdio::piped());
        let mut xev = Child::spawn(&mut command, "xev")?;
        let output = xev.output().context("The output of xev")?;
        let typed = Arc::default();
        let heard = Arc::clone(&typed);
        thread::spawn(move || listen(output, &heard));
        let other = OtherProgram { _xev: xev, typed };
        other.window(desktop)?.activate()?;
        Ok(other)
    }

    pub fn window<'d>(&self, desktop: &'d Desktop) -> Result<Window<'d>> {
        desktop.window(Self::TITLE)
    }

    /// Types keys as a person does (`a`, `ctrl+alt+Return`), and waits until this program has
    /// got them all, in order.
    pub fn gets(&self, desktop: &Desktop, keys: &[&str]) -> Result<()> {
        let before = self.typed().len();
        desktop.press_keys(keys)?;
        let single = keys.iter().flat_map(|keys| keys.split('+'));
        let wanted: Vec<&str> = single.map(name).collect();
        let is_so = || self.typed()[before..] == wanted;
        until(&format!("the other program to get {wanted:?}"), is_so)
            .with_context(|| format!("It got {:?}", &self.typed()[before..]))
    }

    /// The keys it was given, as X names them.
    fn typed(&self) -> Vec<String> {
        let typed = self.typed.lock().unwrap_or_else(PoisonError::into_inner);
        typed.clone()
    }
}

/// What X calls a key that xdotool lets us write shorter.
fn name(key: &str) -> &str {
    match key {
        "ctrl" => "Control_L",
        "alt" => "Alt_L",
        key => key,
    }
}

/// Notes the key of each press: `    state 0x0, keycode 38 (keysym 0x61, a), same_screen YES,`.
fn listen(output: ChildStdout, typed: &Mutex<Vec<String>>) {
    let mut pressed = false;
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if line.ends_with(',') && line.contains("event, serial") {
            pressed = line.starts_with("KeyPress");
        }
        let key = line.split_once("(keysym ").and_then(|(_, key)| {
            let (key, _) = key.split_once(')')?;
            Some(key.split_once(", ")?.1)
        });
        if let (true, Some(key)) = (pressed, key) {
            let mut typed = typed.lock().unwrap_or_else(PoisonError::into_inner);
            typed.push(key.to_owned());
        }
    }
}
