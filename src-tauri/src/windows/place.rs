//! Where windows go: arithmetic in logical pixels, told the screens.

#[cfg(test)]
mod tests;

/// Sizes from the design brief, section 5.
pub(crate) const BAR: (f64, f64) = (360.0, 56.0);
pub(crate) const GROWN: f64 = 620.0;
pub(crate) const RING: (f64, f64) = (380.0, 190.0);
pub(crate) const POPUP: (f64, f64) = (440.0, 752.0);
pub(crate) const WORKSPACE: (f64, f64) = (1368.0, 836.0);

/// Between the callbar and what stands beside it, and above it.
const GAP: f64 = 8.0;
/// Above the call window: room for the title bars of other programs; on macOS for the toasts.
const POPUP_TOP: f64 = if cfg!(target_os = "macos") {
    120.0
} else {
    72.0
};
/// The corner that belongs to the system's notifications.
const TOASTS: (f64, f64) = (420.0, 180.0);

/// A scaled screen has fractions of pixels; half a one is nothing.
const SLACK: f64 = 0.5;

#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Rect {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Rect {
    pub(crate) fn new((x, y): (f64, f64), (width, height): (f64, f64)) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }

    pub(crate) fn right(&self) -> f64 {
        self.x + self.width
    }

    pub(crate) fn bottom(&self) -> f64 {
        self.y + self.height
    }

    fn middle(&self) -> (f64, f64) {
        (self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    pub(crate) fn overlaps(&self, other: &Rect) -> bool {
        self.x + SLACK < other.right()
            && other.x + SLACK < self.right()
            && self.y + SLACK < other.bottom()
            && other.y + SLACK < self.bottom()
    }

    pub(crate) fn contains(&self, other: &Rect) -> bool {
        self.x <= other.x + SLACK
            && self.y <= other.y + SLACK
            && other.right() <= self.right() + SLACK
            && other.bottom() <= self.bottom() + SLACK
    }

    fn is_as_large_as(&self, other: Rect) -> bool {
        (self.width, self.height) == (other.width, other.height)
    }

    /// Moved as little as possible to lie inside `area`; smaller only where it cannot fit.
    pub(crate) fn inside(self, area: Rect) -> Rect {
        let width = self.width.min(area.width);
        let height = self.height.min(area.height);
        Rect {
            x: self.x.min(area.right() - width).max(area.x),
            y: self.y.min(area.bottom() - height).max(area.y),
            width,
            height,
        }
    }
}

/// A monitor. Positions of windows on it are logical in its own scale.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Screen {
    /// Tells it from others, today and at the next start: name and size.
    pub(crate) key: String,
    pub(crate) whole: Rect,
    /// Without the panels of the system.
    pub(crate) work: Rect,
    pub(crate) scale: f64,
    /// The one the system calls primary.
    pub(crate) main: bool,
}

impl Screen {
    /// Whether most of the window is here.
    pub(crate) fn holds(&self, window: &Rect) -> bool {
        let (x, y) = window.middle();
        let whole = self.whole;
        (whole.x..whole.right()).contains(&x) && (whole.y..whole.bottom()).contains(&y)
    }
}

/// The callbar where nobody has moved it: top centre, clear of the notifications of all systems.
pub(crate) fn bar(work: Rect) -> Rect {
    let x = work.x + (work.width - BAR.0) / 2.0;
    Rect::new((x, work.y + GAP), BAR).inside(work)
}

/// The callbar with its panel: it grows down, in the lower half of the screen up.
pub(crate) fn grown(bar: Rect, work: Rect) -> Rect {
    let y = if in_lower_half(&bar, &work) {
        bar.bottom() - GROWN
    } else {
        bar.y
    };
    Rect::new((bar.x, y), (BAR.0, GROWN)).inside(work)
}

fn in_lower_half(window: &Rect, work: &Rect) -> bool {
    window.middle().1 > work.middle().1
}

/// The call window where nobody has moved it: at the right edge.
pub(crate) fn popup(work: Rect) -> Rect {
    let height = POPUP.1.min(work.height - POPUP_TOP);
    let place = (work.right() - POPUP.0, work.y + POPUP_TOP);
    Rect::new(place, (POPUP.0, height)).inside(work)
}

/// The workspace where nobody has moved it: in the middle.
pub(crate) fn workspace(work: Rect) -> Rect {
    let width = WORKSPACE.0.min(work.width);
    let height = WORKSPACE.1.min(work.height);
    let x = work.x + (work.width - width) / 2.0;
    let y = work.y + (work.height - height) / 2.0;
    Rect::new((x, y), (width, height))
}

/// Where the system puts its notifications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Corner {
    TopRight,
    BottomRight,
}

impl Corner {
    pub(crate) const HERE: Corner = if cfg!(windows) {
        Corner::BottomRight
    } else {
        Corner::TopRight
    };

    fn toasts(self, work: Rect) -> Rect {
        let y = match self {
            Corner::TopRight => work.y,
            Corner::BottomRight => work.bottom() - TOASTS.1,
        };
        Rect::new((work.right() - TOASTS.0, y), TOASTS)
    }
}

/// The ring window: centred under the callbar, above it in the lower half, beside it when it is
/// grown; never over the callbar, never where a notification would cover it. Only a screen too
/// small for both gets it over the callbar.
pub(crate) fn ring(bar: Rect, work: Rect, corner: Corner) -> Rect {
    let wish = Rect::new((bar.middle().0 - RING.0 / 2.0, bar.y), RING);
    let toasts = corner.toasts(work);
    let sides = around(bar, work);
    // Beside a grown callbar both sides are as good; under or above it, one is meant.
    let as_good = if bar.height > BAR.1 { 2 } else { 1 };
    let unmoved = sides[..as_good].iter().find_map(|free| {
        let near = wish.inside(*free);
        (near.is_as_large_as(wish) && !near.overlaps(&toasts)).then_some(near)
    });
    unmoved
        .or_else(|| {
            let mut places = sides.into_iter().chain([work]);
            places.find_map(|free| clear_of(wish, free, toasts))
        })
        .unwrap_or_else(|| wish.inside(work))
}

/// The parts of the work area on the four sides of the callbar, the preferred first.
fn around(bar: Rect, work: Rect) -> [Rect; 4] {
    let below = Rect {
        y: bar.bottom() + GAP,
        height: work.bottom() - bar.bottom() - GAP,
        ..work
    };
    let above = Rect {
        height: bar.y - GAP - work.y,
        ..work
    };
    let right = Rect {
        x: bar.right() + GAP,
        width: work.right() - bar.right() - GAP,
        ..work
    };
    let left = Rect {
        width: bar.x - GAP - work.x,
        ..work
    };
    if bar.height > BAR.1 {
        [right, left, below, above]
    } else if in_lower_half(&bar, &work) {
        [above, below, right, left]
    } else {
        [below, above, right, left]
    }
}

/// `wish` moved into `free` and out of the notifications' corner, if there is room.
fn clear_of(wish: Rect, free: Rect, toasts: Rect) -> Option<Rect> {
    let near = wish.inside(free);
    if !near.is_as_large_as(wish) {
        return None;
    }
    let tries = [
        near,
        Rect {
            x: toasts.x - near.width,
            ..near
        },
        Rect {
            y: toasts.bottom(),
            ..near
        },
        Rect {
            y: toasts.y - near.height,
            ..near
        },
    ];
    tries
        .into_iter()
        .find(|place| free.contains(place) && !place.overlaps(&toasts))
}
