//! What stands on the screen and who has the keyboard, by the X server and the window manager:
//! the programs themselves are not asked. And the hand: a real mouse, real keys.

use std::fs;

use anyhow::{Context, Result};

use super::{Desktop, until};

/// A rectangle of the screen, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

impl Place {
    pub fn right(&self) -> i32 {
        self.x + self.width
    }

    pub fn bottom(&self) -> i32 {
        self.y + self.height
    }

    pub fn overlaps(&self, other: &Place) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }
}

/// A window, shown or not.
#[derive(Debug, Clone)]
pub struct Window<'d> {
    desktop: &'d Desktop,
    id: String,
}

impl Desktop {
    /// The window with exactly this title, waiting until it is shown.
    pub fn window(&self, title: &str) -> Result<Window<'_>> {
        let mut found = None;
        until(&format!("the window {title}"), || {
            found = self.shown(title);
            found.is_some()
        })?;
        found.context("A window")
    }

    /// The window with exactly this title, if it is shown now.
    pub fn shown(&self, title: &str) -> Option<Window<'_>> {
        let name = format!("^{title}$");
        let search = ["search", "--onlyvisible", "--name", &name];
        // It fails when there is none.
        let found = self.ask("xdotool", &search).ok()?;
        let id = found.lines().next()?.to_owned();
        Some(Window { desktop: self, id })
    }

    /// Waits until no window with this title is shown.
    pub fn gone(&self, title: &str) -> Result<()> {
        until(&format!("the window {title} to go"), || {
            self.shown(title).is_none()
        })
    }

    /// The title of the window that has the keyboard.
    pub fn focused(&self) -> Result<String> {
        self.ask("xdotool", &["getwindowfocus", "getwindowname"])
    }

    /// Presses keys one after the other (`a`, `Return`, `ctrl+alt+m`); they go where the
    /// keyboard's focus is, or to whoever has grabbed them.
    pub fn press_keys(&self, keys: &[&str]) -> Result<()> {
        self.ask("xdotool", &[&["key"], keys].concat()).map(drop)
    }

    /// Types a text.
    pub fn type_text(&self, text: &str) -> Result<()> {
        self.ask("xdotool", &["type", "--", text]).map(drop)
    }

    /// Presses keys and leaves them down.
    pub fn key_down(&self, keys: &[&str]) -> Result<()> {
        self.ask("xdotool", &[&["keydown"], keys].concat())
            .map(drop)
    }

    pub fn key_up(&self, keys: &[&str]) -> Result<()> {
        self.ask("xdotool", &[&["keyup"], keys].concat()).map(drop)
    }

    /// Waits until the program with this number has ended.
    pub fn ended(&self, program: u32) -> Result<()> {
        let stat = format!("/proc/{program}/stat");
        until("the program to end", || match fs::read_to_string(&stat) {
            // Ended, but its parent has not asked how.
            Ok(stat) => stat.contains(") Z "),
            Err(_) => true,
        })
    }
}

impl Window<'_> {
    pub fn place(&self) -> Result<Place> {
        let info = self.desktop.ask("xwininfo", &["-id", &self.id])?;
        let number = |label: &str| -> Result<i32> {
            let line = info
                .lines()
                .find_map(|line| line.trim().strip_prefix(label));
            let value = line.with_context(|| format!("{label} in {info}"))?;
            Ok(value.trim().parse()?)
        };
        Ok(Place {
            x: number("Absolute upper-left X:")?,
            y: number("Absolute upper-left Y:")?,
            width: number("Width:")?,
            height: number("Height:")?,
        })
    }

    /// Waits until the window stands so; window managers answer in their own time.
    pub fn comes_to(&self, what: &str, is_so: impl Fn(Place) -> bool) -> Result<Place> {
        let mut place = self.place()?;
        until(what, || {
            place = self.place().unwrap_or(place);
            is_so(place)
        })
        .with_context(|| format!("It is at {place:?}"))?;
        Ok(place)
    }

    /// Whether the window manager keeps it above other windows.
    pub fn is_above(&self) -> Result<bool> {
        let state = ["-id", &self.id, "_NET_WM_STATE"];
        let state = self.desktop.ask("xprop", &state)?;
        Ok(state.contains("_NET_WM_STATE_ABOVE"))
    }

    /// Whether the keyboard is this window's.
    pub fn has_focus(&self) -> Result<bool> {
        Ok(self.desktop.ask("xdotool", &["getwindowfocus"])? == self.id)
    }

    /// Gives it the keyboard, as a click of a person does.
    pub fn activate(&self) -> Result<()> {
        self.act("windowactivate", &[])?;
        self.gets_focus()
    }

    /// Waits until the keyboard is this window's.
    pub fn gets_focus(&self) -> Result<()> {
        until("the window to have the focus", || {
            self.has_focus().is_ok_and(|has| has)
        })
    }

    pub fn minimize(&self) -> Result<()> {
        self.act("windowminimize", &[])
    }

    pub fn move_to(&self, x: i32, y: i32) -> Result<()> {
        self.act("windowmove", &[&x.to_string(), &y.to_string()])?;
        self.comes_to("the window to be moved", |place| {
            (place.x, place.y) == (x, y)
        })
        .map(drop)
    }

    pub fn resize(&self, width: i32, height: i32) -> Result<()> {
        let size = [&*width.to_string(), &height.to_string()];
        self.act("windowsize", &size)?;
        self.comes_to("the window to be resized", |place| {
            (place.width, place.height) == (width, height)
        })
        .map(drop)
    }

    /// Clicks a point of the window as a hand does: the X server decides which window gets it,
    /// and whether it counts.
    pub fn click(&self, x: i32, y: i32) -> Result<()> {
        let (x, y) = (x.to_string(), y.to_string());
        let steps = ["mousemove", "--window", &self.id, &x, &y, "click", "1"];
        self.desktop.ask("xdotool", &steps).map(drop)
    }

    /// The system's number for the program that shows it.
    pub fn program(&self) -> Result<u32> {
        let id = self.desktop.ask("xdotool", &["getwindowpid", &self.id])?;
        Ok(id.parse()?)
    }

    fn act(&self, verb: &str, values: &[&str]) -> Result<()> {
        let steps = [&[verb, &*self.id], values].concat();
        self.desktop.ask("xdotool", &steps).map(drop)
    }
}
