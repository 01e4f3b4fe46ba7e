//! Rings of points on the earth: what is wrong with them, and the same with fewer points. Pure.
//!
//! A district is so small that degrees are taken as a plane: nothing here measures, it only compares.

/// East of Greenwich and north of the equator, in degrees (WGS-84).
pub type Point = [f64; 2];
/// A closed line: its last point is its first.
pub type Ring = Vec<Point>;
/// An outline and its holes.
pub type Polygon = Vec<Ring>;

/// What is wrong with a polygon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShapeFault {
    /// A ring of fewer than three different points.
    Empty,
    /// A ring whose last point is not its first.
    Open,
    /// A ring that crosses or touches itself.
    Crossing,
    /// A coordinate that is nowhere on the earth.
    Range,
}

/// What a shape covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Least longitude.
    pub west_deg: f64,
    /// Least latitude.
    pub south_deg: f64,
    /// Greatest longitude.
    pub east_deg: f64,
    /// Greatest latitude.
    pub north_deg: f64,
}

/// How far a simplified outline may lie from the true one: about five metres.
pub const TOLERANCE_DEG: f64 = 0.000_05;
/// A ring that crosses itself when it is made simpler is tried again this often, each time half as simple.
const ATTEMPTS: u32 = 4;
/// The fewest points of a ring, the last being the first.
const FEWEST: usize = 4;

/// The first fault of a ring.
pub fn ring_fault(ring: &[Point]) -> Option<ShapeFault> {
    let on_earth = |it: &Point| (-180.0..=180.0).contains(&it[0]) && (-90.0..=90.0).contains(&it[1]);
    if !ring.iter().all(on_earth) {
        return Some(ShapeFault::Range);
    }
    if ring.len() < FEWEST {
        return Some(ShapeFault::Empty);
    }
    if ring.first() != ring.last() {
        return Some(ShapeFault::Open);
    }
    let ring = without_repeats(ring);
    match ring.len() < FEWEST {
        true => Some(ShapeFault::Empty),
        false => crosses_itself(&ring).then_some(ShapeFault::Crossing),
    }
}

/// The same ring without points that stand twice in a row.
fn without_repeats(ring: &[Point]) -> Ring {
    let mut kept = ring.to_vec();
    kept.dedup();
    kept
}

/// Which side of the line from `a` to `b` the point lies on: positive on its left, nought on it.
fn side(a: Point, b: Point, it: Point) -> f64 {
    (b[0] - a[0]) * (it[1] - a[1]) - (b[1] - a[1]) * (it[0] - a[0])
}

/// Whether two segments have a point in common.
fn meet(a: (Point, Point), b: (Point, Point)) -> bool {
    let between = |(from, until): (Point, Point), it: Point| {
        (from[0].min(until[0])..=from[0].max(until[0])).contains(&it[0])
            && (from[1].min(until[1])..=from[1].max(until[1])).contains(&it[1])
    };
    let sides = [side(a.0, a.1, b.0), side(a.0, a.1, b.1), side(b.0, b.1, a.0), side(b.0, b.1, a.1)];
    let apart = |one: f64, other: f64| (one > 0.0 && other < 0.0) || (one < 0.0 && other > 0.0);
    let [first, second, third, fourth] = sides;
    (apart(first, second) && apart(third, fourth))
        || (first == 0.0 && between(a, b.0))
        || (second == 0.0 && between(a, b.1))
        || (third == 0.0 && between(b, a.0))
        || (fourth == 0.0 && between(b, a.1))
}

/// A segment of a ring, by its place in it.
#[derive(Clone, Copy)]
struct Segment {
    at: usize,
    ends: (Point, Point),
    west: f64,
    east: f64,
}

/// Whether any two segments meet that are not neighbours. They are compared from west to east, each with those that begin
/// before it ends: an outline of thousands of points is seen through in milliseconds.
fn crosses_itself(ring: &[Point]) -> bool {
    let mut segments: Vec<Segment> = ring
        .windows(2)
        .enumerate()
        .filter_map(|(at, ends)| match ends {
            [a, b] => Some(Segment { at, ends: (*a, *b), west: a[0].min(b[0]), east: a[0].max(b[0]) }),
            _ => None,
        })
        .collect();
    let last = segments.len().saturating_sub(1);
    segments.sort_by(|a, b| a.west.total_cmp(&b.west));
    let neighbours = |a: usize, b: usize| a.abs_diff(b) <= 1 || a.abs_diff(b) == last;
    segments.iter().enumerate().any(|(index, it)| {
        let later = segments.iter().skip(index + 1).take_while(|other| other.west <= it.east);
        // Neighbours meet in one point; they fold back on each other where their other ends lie on one line.
        later.into_iter().any(|other| match neighbours(it.at, other.at) {
            true => folds_back(it.ends, other.ends),
            false => meet(it.ends, other.ends),
        })
    })
}

/// Whether two neighbours run over each other.
fn folds_back(a: (Point, Point), b: (Point, Point)) -> bool {
    let (tip, joint, other) = match (a.1 == b.0, a.0 == b.1) {
        (true, _) => (a.0, a.1, b.1),
        (false, true) => (a.1, a.0, b.0),
        (false, false) => return false,
    };
    let along = (tip[0] - joint[0]) * (other[0] - joint[0]) + (tip[1] - joint[1]) * (other[1] - joint[1]);
    side(tip, joint, other) == 0.0 && along > 0.0
}

/// The ring with fewer points, none of the true ones farther from it than the tolerance; never one that crosses itself.
/// None for a hole so small that nothing of it is left.
pub fn simplified(ring: &[Point], tolerance: f64) -> Option<Ring> {
    let ring = without_repeats(ring);
    let mut tolerance = tolerance;
    for _ in 0..ATTEMPTS {
        let fewer = thinned(&ring, tolerance);
        if FEWEST <= fewer.len() && !crosses_itself(&fewer) {
            return Some(fewer);
        }
        tolerance /= 2.0;
    }
    (FEWEST <= ring.len()).then_some(ring)
}

/// After Douglas and Peucker: between two kept points the farthest is kept too, if it is far enough. A ring begins with two,
/// its first point and the one that is farthest from it.
fn thinned(ring: &[Point], tolerance: f64) -> Ring {
    let Some(first) = ring.first() else { return Ring::new() };
    let distance = |it: &Point| (it[0] - first[0]).hypot(it[1] - first[1]);
    let farthest = ring.iter().enumerate().max_by(|a, b| distance(a.1).total_cmp(&distance(b.1)));
    let middle = farthest.map_or(0, |it| it.0);
    let mut kept = vec![false; ring.len()];
    let mut open = vec![(0, middle), (middle, ring.len().saturating_sub(1))];
    while let Some((from, until)) = open.pop() {
        let (Some(a), Some(b)) = (ring.get(from).copied(), ring.get(until).copied()) else { continue };
        for index in [from, until] {
            if let Some(it) = kept.get_mut(index) {
                *it = true;
            }
        }
        let between = ring.iter().enumerate().take(until).skip(from + 1);
        let farthest = between.map(|(index, it)| (index, off(a, b, *it))).max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((index, far)) = farthest
            && tolerance < far
        {
            open.push((from, index));
            open.push((index, until));
        }
    }
    ring.iter().zip(kept).filter(|(_, kept)| *kept).map(|(it, _)| *it).collect()
}

/// How far a point lies from a segment.
fn off(a: Point, b: Point, it: Point) -> f64 {
    let (x, y) = (b[0] - a[0], b[1] - a[1]);
    let length = x.mul_add(x, y * y);
    let along = match length > 0.0 {
        true => ((it[0] - a[0]).mul_add(x, (it[1] - a[1]) * y) / length).clamp(0.0, 1.0),
        false => 0.0,
    };
    (it[0] - along.mul_add(x, a[0])).hypot(it[1] - along.mul_add(y, a[1]))
}

/// What polygons cover; none without a point.
pub fn bounds(polygons: &[Polygon]) -> Option<Bounds> {
    let mut points = polygons.iter().flatten().flatten();
    let first = points.next()?;
    let start = Bounds { west_deg: first[0], south_deg: first[1], east_deg: first[0], north_deg: first[1] };
    Some(points.fold(start, |it, point| Bounds {
        west_deg: it.west_deg.min(point[0]),
        south_deg: it.south_deg.min(point[1]),
        east_deg: it.east_deg.max(point[0]),
        north_deg: it.north_deg.max(point[1]),
    }))
}

#[cfg(test)]
#[path = "geometry_tests.rs"]
mod tests;
