//! Several people in view, each followed from frame to frame.
//!
//! What is followed is a place in the picture, not a person: a track says "the face that was there is now here". Where two faces
//! could have become each other, both tracks end and new ones begin, so that what was seen of one person is not added to another's.
//! It knows no pixels: whoever needs to be sure compares the looks of a track with one another.

mod assign;

use face::Rect;
use kernel::Instant64;
use kernel::time::SECOND;

use assign::{Seen, order};

/// How long, in microseconds, a face may be missing before its track ends.
pub const MAX_MISSING: i64 = SECOND / 2;

/// One track of one tracker; never given again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrackId(u64);

impl std::fmt::Display for TrackId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Something worth keeping of a face in one frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Look<T> {
    /// More is better.
    pub score: f32,
    /// When the frame was taken.
    pub at: Instant64,
    /// What is kept.
    pub kept: T,
}

/// A face that is followed.
#[derive(Debug, Clone)]
pub struct Track<T> {
    id: TrackId,
    rect: Rect,
    began_at: Instant64,
    seen_at: Instant64,
    is_in_view: bool,
    best: Vec<Look<T>>,
}

impl<T> Track<T> {
    /// Its number.
    pub const fn id(&self) -> TrackId {
        self.id
    }

    /// Where the face was last seen, in pixels.
    pub const fn rect(&self) -> Rect {
        self.rect
    }

    /// When it was first seen.
    pub const fn began_at(&self) -> Instant64 {
        self.began_at
    }

    /// When it was last seen.
    pub const fn seen_at(&self) -> Instant64 {
        self.seen_at
    }

    /// Whether the last frame showed it; otherwise it is missing, for [`MAX_MISSING`] at most.
    pub const fn is_in_view(&self) -> bool {
        self.is_in_view
    }

    /// The best looks at it, best first.
    pub fn best(&self) -> &[Look<T>] {
        &self.best
    }
}

/// What became of the faces of one frame.
#[derive(Debug)]
pub struct Followed<T> {
    /// The track of each face, in the order in which the faces were given.
    pub ids: Vec<TrackId>,
    /// Tracks that have ended: missing for too long, or no longer to be told apart.
    pub ended: Vec<Track<T>>,
}

/// Follows faces. It never reads a clock: the time of each frame is an argument.
#[derive(Debug)]
pub struct Tracker<T> {
    tracks: Vec<Track<T>>,
    n_given: u64,
    n_best: usize,
}

impl<T> Tracker<T> {
    /// One that keeps up to `n_best` looks of each track.
    pub const fn new(n_best: usize) -> Self {
        Self { tracks: Vec::new(), n_given: 0, n_best }
    }

    /// Gives each face of a frame its track. The order of the faces plays no part in which is given.
    pub fn follow(&mut self, now: Instant64, faces: &[Rect]) -> Followed<T> {
        let is_gone = |it: &Track<T>| MAX_MISSING < now.since(it.seen_at);
        let mut ended: Vec<Track<T>> = self.tracks.extract_if(.., |it| is_gone(it)).collect();
        let seen: Vec<Seen> = self.tracks.iter().map(|it| Seen { rect: it.rect, is_in_view: it.is_in_view }).collect();
        let assignment = assign::assign(&seen, faces);
        let mut ids: Vec<Option<TrackId>> = vec![None; faces.len()];
        for (track, face) in self.tracks.iter_mut().zip(&assignment.faces) {
            let found = face.and_then(|index| Some((faces.get(index)?, ids.get_mut(index)?)));
            track.is_in_view = found.is_some();
            if let Some((rect, id)) = found {
                (track.rect, track.seen_at, *id) = (*rect, now, Some(track.id));
            }
        }
        let mut doubtful = assignment.doubtful.iter();
        ended.extend(self.tracks.extract_if(.., |_| doubtful.next().copied().unwrap_or_default()));
        for index in order(faces) {
            if let (Some(rect), Some(id @ None)) = (faces.get(index), ids.get_mut(index)) {
                *id = Some(self.begin(now, *rect));
            }
        }
        self.tracks.sort_by(|a, b| assign::nearest_first(&a.rect, &b.rect).then(a.id.cmp(&b.id)));
        Followed { ids: ids.into_iter().flatten().collect(), ended }
    }

    /// The tracks, the nearest face (the largest) first.
    pub fn tracks(&self) -> &[Track<T>] {
        &self.tracks
    }

    /// Offers a look at a track. It is kept if it is among the best; one that is not, or whose track has ended, comes back.
    ///
    /// # Errors
    /// What was not kept.
    pub fn keep(&mut self, id: TrackId, look: Look<T>) -> Result<(), T> {
        let Some(track) = self.tracks.iter_mut().find(|it| it.id == id) else {
            return Err(look.kept);
        };
        if look.score.is_nan() {
            return Err(look.kept);
        }
        // Behind those of the same score: the earlier one stays.
        let place = track.best.partition_point(|it| look.score <= it.score);
        if self.n_best <= place {
            return Err(look.kept);
        }
        track.best.insert(place, look);
        track.best.truncate(self.n_best);
        Ok(())
    }

    fn begin(&mut self, now: Instant64, rect: Rect) -> TrackId {
        let id = TrackId(self.n_given);
        self.n_given += 1;
        self.tracks.push(Track { id, rect, began_at: now, seen_at: now, is_in_view: true, best: Vec::new() });
        id
    }
}

#[cfg(test)]
mod tests;
