//! Which face of a frame continues which track.
//!
//! A face continues the track that is nearest to it, if it is the nearest face of that track as well and no other comes close: with
//! faces that do not overlap and move by less than a third of their size between two frames, that is always the same person.
//! Everything else is doubt, and doubt ends a track.

use std::cmp::Ordering;

use face::Rect;

/// In face sizes: a face that is farther away is another one.
const REACH: f32 = 1.0;
/// In face sizes: what is nearest is so by at least this much.
const MARGIN: f32 = 0.2;
/// What a face that has become e times as large weighs, in face sizes: people do not come nearer in leaps.
const GROWTH: f32 = 0.5;

/// What is known of a track.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) rect: Rect,
    /// Whether the frame before showed it.
    pub(super) is_in_view: bool,
}

/// What becomes of the tracks.
#[derive(Debug)]
pub(super) struct Assignment {
    /// For each track the face that continues it.
    pub(super) faces: Vec<Option<usize>>,
    /// For each track whether it can no longer be told from another.
    pub(super) doubtful: Vec<bool>,
}

struct Pair {
    track: usize,
    face: usize,
    distance: f32,
}

pub(super) fn assign(tracks: &[Seen], faces: &[Rect]) -> Assignment {
    let pairs = pairs(tracks, faces);
    let is_in_view = |it: &Pair| tracks.get(it.track).is_some_and(|it| it.is_in_view);
    let mut assignment = Assignment { faces: vec![None; tracks.len()], doubtful: vec![false; tracks.len()] };
    let nearest = (0..faces.len()).filter_map(|face| nearest(&pairs, face));
    let (in_view, hidden): (Vec<&Pair>, Vec<&Pair>) = nearest.partition(|it| is_in_view(it));
    // Those who were there a moment ago first: then it is known who of them may have stepped before somebody who is hidden.
    for nearest in in_view.into_iter().chain(hidden) {
        let is_free = |it: &Pair| assignment.faces.get(it.track) == Some(&None);
        let is_rival = |it: &&Pair| {
            let is_close = it.distance < nearest.distance + MARGIN;
            it.track != nearest.track && (is_close || !is_in_view(nearest) && is_in_view(it) && is_free(it))
        };
        let rivals: Vec<usize> =
            pairs.iter().filter(|it| it.face == nearest.face).filter(is_rival).map(|it| it.track).collect();
        let is_other_face = |it: &Pair| it.track == nearest.track && it.face != nearest.face;
        let is_shared = pairs.iter().any(|it| is_other_face(it) && it.distance < nearest.distance + MARGIN);
        if rivals.is_empty() && !is_shared {
            assignment.faces.get_mut(nearest.track).into_iter().for_each(|it| *it = Some(nearest.face));
        } else {
            for track in rivals.into_iter().chain([nearest.track]) {
                assignment.doubtful.get_mut(track).into_iter().for_each(|it| *it = true);
            }
        }
    }
    for (face, is_doubtful) in assignment.faces.iter().zip(&mut assignment.doubtful) {
        // One face was surely its own: that another could have been it as well changes nothing.
        *is_doubtful &= face.is_none();
    }
    assignment
}

/// The track that is nearest to a face.
fn nearest(pairs: &[Pair], face: usize) -> Option<&Pair> {
    pairs.iter().filter(|it| it.face == face).min_by(|a, b| a.distance.total_cmp(&b.distance))
}

/// Tracks and faces that can be the same at all.
fn pairs(tracks: &[Seen], faces: &[Rect]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (track, seen) in tracks.iter().enumerate() {
        for (face, rect) in faces.iter().enumerate() {
            let distance = distance(&seen.rect, rect);
            if distance <= REACH {
                pairs.push(Pair { track, face, distance });
            }
        }
    }
    pairs
}

/// How far one rectangle is from another, in the mean of their sizes.
fn distance(a: &Rect, b: &Rect) -> f32 {
    let size = |it: &Rect| (it.width() * it.height()).sqrt();
    let (from, to) = (a.middle(), b.middle());
    let apart = (from.x - to.x).hypot(from.y - to.y) / f32::midpoint(size(a), size(b));
    let distance = apart + GROWTH * (size(a) / size(b)).ln().abs();
    // Of a rectangle without a size, or with numbers that are none.
    if distance.is_finite() { distance } else { f32::INFINITY }
}

/// The larger first; then from the left and from above, so that it never depends on the order in which they were found.
pub(super) fn nearest_first(a: &Rect, b: &Rect) -> Ordering {
    let area = |it: &Rect| it.width() * it.height();
    let corner = |it: &Rect| [it.left, it.top, it.right, it.bottom];
    let by_corner = || {
        let pairs = corner(a).into_iter().zip(corner(b));
        pairs.map(|(a, b)| a.total_cmp(&b)).find(|it| it.is_ne()).unwrap_or(Ordering::Equal)
    };
    area(b).total_cmp(&area(a)).then_with(by_corner)
}

/// Indices of the faces, nearest first.
pub(super) fn order(faces: &[Rect]) -> Vec<usize> {
    let mut order: Vec<(usize, &Rect)> = faces.iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| nearest_first(a, b));
    order.into_iter().map(|(index, _)| index).collect()
}
