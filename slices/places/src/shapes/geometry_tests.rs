//! Rings as tables and properties.

use proptest::prelude::*;

use super::*;

fn ring(points: &[(f64, f64)]) -> Ring {
    points.iter().map(|it| [it.0, it.1]).collect()
}

#[test]
fn the_fault_of_a_ring_is_named() {
    use ShapeFault::{Crossing, Empty, Open, Range};
    type Case<'a> = (&'a [(f64, f64)], Option<ShapeFault>);
    let cases: &[Case<'_>] = &[
        (&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)], None),
        (&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)], None),
        (&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)], Some(Open)),
        (&[(0.0, 0.0), (1.0, 1.0), (0.0, 0.0)], Some(Empty)),
        (&[], Some(Empty)),
        (&[(0.0, 0.0), (0.0, 0.0), (1.0, 1.0), (0.0, 0.0)], Some(Empty)),
        // A bow tie, a spike, and a pinch.
        (&[(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)], Some(Crossing)),
        (&[(0.0, 0.0), (2.0, 0.0), (3.0, 0.0), (2.0, 0.0), (2.0, 1.0), (0.0, 0.0)], Some(Crossing)),
        (&[(0.0, 0.0), (2.0, 0.0), (1.0, 1.0), (2.0, 2.0), (0.0, 2.0), (1.0, 1.0), (0.0, 0.0)], Some(Crossing)),
        (&[(0.0, 0.0), (181.0, 0.0), (1.0, 1.0), (0.0, 0.0)], Some(Range)),
        (&[(0.0, 0.0), (1.0, -90.5), (1.0, 1.0), (0.0, 0.0)], Some(Range)),
        (&[(0.0, 0.0), (f64::NAN, 0.0), (1.0, 1.0), (0.0, 0.0)], Some(Range)),
        (&[(0.0, 0.0), (f64::INFINITY, 0.0), (1.0, 1.0), (0.0, 0.0)], Some(Range)),
        // Twice the same point in a row is no fault, nor is a point on a straight side.
        (&[(0.0, 0.0), (1.0, 0.0), (1.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 0.0)], None),
    ];
    for (points, fault) in cases {
        assert_eq!(ring_fault(&ring(points)), *fault, "{points:?}");
    }
}

#[test]
fn points_on_a_straight_side_go_and_corners_stay() {
    let square = ring(&[(0.0, 0.0), (0.5, 0.000_01), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.5), (0.0, 0.0)]);
    let fewer = simplified(&square, TOLERANCE_DEG).unwrap();
    assert_eq!(fewer, ring(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]));
}

#[test]
fn what_polygons_cover_is_their_box() {
    let shape = vec![vec![ring(&[(1.0, 2.0), (3.0, 2.0), (3.0, 5.0), (1.0, 2.0)])]];
    let covered = bounds(&shape).unwrap();
    assert_eq!((covered.west_deg, covered.south_deg, covered.east_deg, covered.north_deg), (1.0, 2.0, 3.0, 5.0));
    assert_eq!(bounds(&[]), None);
}

#[test]
fn an_outline_of_twenty_thousand_points_is_checked_at_once() {
    let around = |n: u32| {
        let angle = f64::from(n) / 20_000.0 * std::f64::consts::TAU;
        let wobble = 1.0 + 0.05 * (angle * 40.0).sin();
        [119.0 + wobble * angle.cos() / 10.0, 26.0 + wobble * angle.sin() / 10.0]
    };
    let mut outline: Ring = (0..20_000).map(around).collect();
    outline.push(outline[0]);
    assert_eq!(ring_fault(&outline), None);
    let fewer = simplified(&outline, TOLERANCE_DEG).unwrap();
    assert!(fewer.len() < 3_000, "{}", fewer.len());
}

/// A ring around a centre: whatever the radii, it does not cross itself.
fn star(radii: &[f64]) -> Ring {
    let count = f64::from(u32::try_from(radii.len()).unwrap());
    let mut ring: Ring = radii
        .iter()
        .enumerate()
        .map(|(n, radius)| {
            let angle = f64::from(u32::try_from(n).unwrap()) / count * std::f64::consts::TAU;
            [119.0 + radius * angle.cos(), 26.0 + radius * angle.sin()]
        })
        .collect();
    ring.push(ring[0]);
    ring
}

proptest! {
    /// What is simplified is sound, has no more points, begins where it began, and no true point lies far from it.
    #[test]
    fn a_simplified_ring_is_sound_and_near(radii in prop::collection::vec(0.001_f64..0.1, 5..60), tolerance in 0.000_01_f64..0.01) {
        let ring = star(&radii);
        prop_assert_eq!(ring_fault(&ring), None);
        let fewer = simplified(&ring, tolerance).unwrap();
        prop_assert_eq!(ring_fault(&fewer), None);
        prop_assert!(fewer.len() <= ring.len());
        prop_assert_eq!(fewer.first(), ring.first());
        for point in &ring {
            let nearest = fewer.windows(2).map(|it| off(it[0], it[1], *point)).fold(f64::MAX, f64::min);
            prop_assert!(nearest <= tolerance, "{nearest} > {tolerance}");
        }
    }

    /// No ring, however wild, makes the check fail; one that is found sound is the same backwards.
    #[test]
    fn any_ring_is_judged(points in prop::collection::vec((-200.0_f64..200.0, -100.0_f64..100.0), 0..20)) {
        let forth = ring(&points);
        let back: Ring = forth.iter().rev().copied().collect();
        prop_assert_eq!(ring_fault(&forth), ring_fault(&back));
    }
}
