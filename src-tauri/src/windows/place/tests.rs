use proptest::prelude::*;

use super::*;

/// 1920 × 1080 with a panel of 40 px at the foot, right of a small screen.
const WORK: Rect = Rect {
    x: 1366.0,
    y: 0.0,
    width: 1920.0,
    height: 1040.0,
};

fn rect(x: f64, y: f64, size: (f64, f64)) -> Rect {
    Rect::new((x, y), size)
}

#[test]
fn the_callbar_starts_at_the_top_centre_eight_pixels_down() {
    assert_eq!(bar(WORK), rect(1366.0 + 780.0, 8.0, BAR));
}

#[test]
fn the_callbar_grows_down_and_its_top_edge_stays() {
    let bar = rect(1400.0, 300.0, BAR);
    assert_eq!(grown(bar, WORK), rect(1400.0, 300.0, (360.0, 620.0)));
}

#[test]
fn in_the_lower_half_the_callbar_grows_up_and_its_bottom_edge_stays() {
    let bar = rect(1400.0, 900.0, BAR);
    let grown = grown(bar, WORK);
    assert_eq!((grown.y, grown.bottom()), (336.0, bar.bottom()));
}

#[test]
fn the_ring_window_stands_centred_under_the_callbar() {
    let bar = bar(WORK);
    let ring = ring(bar, WORK, Corner::TopRight);
    assert_eq!(ring, rect(bar.x - 10.0, bar.bottom() + 8.0, RING));
}

#[test]
fn the_ring_window_stands_above_a_callbar_in_the_lower_half() {
    let bar = rect(2000.0, 900.0, BAR);
    assert_eq!(
        ring(bar, WORK, Corner::BottomRight).bottom(),
        bar.y - 8.0,
        "also where notifications come up"
    );
}

#[test]
fn the_ring_window_stands_beside_a_grown_callbar() {
    let bar = grown(bar(WORK), WORK);
    let right = ring(bar, WORK, Corner::BottomRight);
    assert_eq!((right.x, right.y), (bar.right() + 8.0, bar.y));
    let left = ring(bar, WORK, Corner::TopRight);
    assert_eq!((left.right(), left.y), (bar.x - 8.0, bar.y));
}

#[test]
fn the_ring_window_leaves_the_corner_of_the_notifications() {
    let bar = rect(WORK.right() - 360.0, 8.0, BAR);
    let ring = ring(bar, WORK, Corner::TopRight);
    assert!(ring.right() <= WORK.right() - 420.0, "{ring:?}");
}

#[test]
fn the_call_window_stands_at_the_right_edge_and_is_no_higher_than_the_screen() {
    let small = rect(0.0, 0.0, (1366.0, 728.0));
    let popup = popup(small);
    assert_eq!(popup.right(), small.right());
    assert_eq!((popup.width, popup.y), (440.0, 72.0));
    assert!(small.contains(&popup));
}

#[test]
fn a_window_is_on_the_screen_that_holds_its_middle() {
    let screen = Screen {
        key: "left".to_owned(),
        whole: rect(0.0, 0.0, (1000.0, 800.0)),
        work: rect(0.0, 0.0, (1000.0, 760.0)),
        scale: 1.0,
        main: true,
    };
    assert!(screen.holds(&rect(810.0, 0.0, BAR)));
    assert!(!screen.holds(&rect(830.0, 0.0, BAR)));
    assert!(!screen.holds(&rect(-32000.0, -32000.0, BAR)), "minimised");
}

/// Work areas from a small notebook to a wall of screens, anywhere in the layout.
fn work_areas() -> impl Strategy<Value = Rect> {
    (
        -4000.0..4000.0f64,
        -2000.0..2000.0f64,
        1136.0..7680.0f64,
        640.0..4320.0f64,
    )
        .prop_map(|(x, y, width, height)| rect(x, y, (width, height)))
}

fn corners() -> impl Strategy<Value = Corner> {
    prop_oneof![Just(Corner::TopRight), Just(Corner::BottomRight)]
}

proptest! {
    #[test]
    fn every_window_lies_inside_the_work_area(
        work in work_areas(),
        at in (-1.0..2.0f64, -1.0..2.0f64),
    ) {
        let place = (work.x + at.0 * work.width, work.y + at.1 * work.height);
        let stood = Rect::new(place, BAR).inside(work);
        for window in [bar(work), stood, grown(stood, work), popup(work), workspace(work)] {
            prop_assert!(work.contains(&window), "{window:?}");
        }
    }

    #[test]
    fn the_ring_window_is_never_off_the_screen_over_the_callbar_or_in_the_toasts_corner(
        work in work_areas(),
        at in (0.0..1.0f64, 0.0..1.0f64),
        corner in corners(),
        is_grown: bool,
    ) {
        let place = (work.x + at.0 * work.width, work.y + at.1 * work.height);
        let small = Rect::new(place, BAR).inside(work);
        let bar = if is_grown { grown(small, work) } else { small };
        let ring = ring(bar, work, corner);
        prop_assert!(work.contains(&ring), "{ring:?}");
        prop_assert!(!ring.overlaps(&bar), "{ring:?} over {bar:?}");
        prop_assert!(!ring.overlaps(&corner.toasts(work)), "{ring:?}");
        prop_assert_eq!((ring.width, ring.height), RING);
    }
}
