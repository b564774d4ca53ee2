//! Where each window was last, per monitor: `windows.json` in the data folder.

use std::{collections::BTreeMap, io, path::Path};

use alobar_app::stored;
use serde::{Deserialize, Serialize};

use super::place::{Rect, Screen};

const FILE: &str = "windows.json";

/// What is remembered of every window, by label.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Memory(BTreeMap<String, Remembered>);

/// One window: the monitor it was on last, and its place on each it has been on.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Remembered {
    last: String,
    spots: BTreeMap<String, Spot>,
}

/// From the corner of the monitor, so that it holds when monitors are arranged anew.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Spot {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Memory {
    pub(crate) fn load(folder: &Path) -> Self {
        stored::load(&folder.join(FILE))
    }

    pub(crate) fn save(&self, folder: &Path) -> io::Result<()> {
        stored::save(self, &folder.join(FILE))
    }

    /// The window stands here now.
    pub(crate) fn note(&mut self, window: &str, screen: &Screen, rect: Rect) {
        let spot = Spot {
            x: rect.x - screen.whole.x,
            y: rect.y - screen.whole.y,
            width: rect.width,
            height: rect.height,
        };
        let remembered = self.0.entry(window.to_owned()).or_default();
        remembered.last.clone_from(&screen.key);
        remembered.spots.insert(screen.key.clone(), spot);
    }

    /// Where the window goes: the monitor it was on last, or the main one when that is gone; its
    /// place there, or the usual one.
    pub(crate) fn place<'a>(
        &self,
        window: &str,
        screens: &'a [Screen],
        usual: fn(Rect) -> Rect,
    ) -> Option<(&'a Screen, Rect)> {
        let remembered = self.0.get(window);
        let last = remembered.map(|window| window.last.as_str());
        let screen = screens
            .iter()
            .find(|screen| Some(screen.key.as_str()) == last)
            .or_else(|| screens.iter().find(|screen| screen.main))
            .or(screens.first())?;
        let rect = match remembered.and_then(|window| window.spots.get(&screen.key)) {
            Some(spot) => Rect {
                x: screen.whole.x + spot.x,
                y: screen.whole.y + spot.y,
                width: spot.width,
                height: spot.height,
            },
            None => usual(screen.work),
        };
        Some((screen, rect.inside(screen.work)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::place::{self, BAR};
    use super::*;

    fn screen(key: &str, x: f64, main: bool) -> Screen {
        let whole = Rect::new((x, 0.0), (1920.0, 1080.0));
        Screen {
            key: key.to_owned(),
            whole,
            work: Rect {
                height: 1040.0,
                ..whole
            },
            scale: 1.0,
            main,
        }
    }

    fn placed(memory: &Memory, screens: &[Screen]) -> Rect {
        memory.place("callbar", screens, place::bar).unwrap().1
    }

    #[test]
    fn a_window_comes_back_to_its_place_on_the_monitor_it_was_on() {
        let screens = [screen("a", 0.0, true), screen("b", 1920.0, false)];
        let mut memory = Memory::default();
        let here = Rect::new((2000.0, 500.0), BAR);
        memory.note("callbar", &screens[1], here);

        let dir = tempfile::tempdir().unwrap();
        memory.save(dir.path()).unwrap();
        assert_eq!(placed(&Memory::load(dir.path()), &screens), here);
    }

    #[test]
    fn without_its_monitor_it_comes_back_to_its_place_on_the_main_one() {
        let both = [screen("a", 0.0, true), screen("b", 1920.0, false)];
        let mut memory = Memory::default();
        let on_main = Rect::new((100.0, 100.0), BAR);
        memory.note("callbar", &both[0], on_main);
        memory.note("callbar", &both[1], Rect::new((2000.0, 500.0), BAR));
        assert_eq!(placed(&memory, &both[..1]), on_main);
    }

    #[test]
    fn on_a_main_monitor_it_has_never_been_on_it_takes_its_usual_place() {
        let mut memory = Memory::default();
        memory.note(
            "callbar",
            &screen("gone", 0.0, false),
            Rect::new((5.0, 5.0), BAR),
        );
        let screens = [screen("a", 0.0, true)];
        assert_eq!(placed(&memory, &screens), place::bar(screens[0].work));
    }

    #[test]
    fn its_place_follows_a_monitor_that_was_arranged_anew() {
        let mut memory = Memory::default();
        let right = screen("b", 1920.0, false);
        memory.note("callbar", &right, Rect::new((2000.0, 500.0), BAR));
        let left = screen("b", -1920.0, false);
        let moved = placed(&memory, &[screen("a", 0.0, true), left]);
        assert_eq!((moved.x, moved.y), (-1840.0, 500.0));
    }

    #[test]
    fn a_place_under_a_new_panel_is_moved_into_the_work_area() {
        let screens = [screen("a", 0.0, true)];
        let mut memory = Memory::default();
        memory.note("callbar", &screens[0], Rect::new((0.0, 1024.0), BAR));
        assert_eq!(placed(&memory, &screens).bottom(), 1040.0);
    }
}
