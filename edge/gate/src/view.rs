//! Who is in view: faces followed from picture to picture, looked at until it is clear who it is, and looked at again in case somebody else has
//! taken her place.

use std::time::{Duration, Instant};

use body_temperature::Refusal;
use face::{Embedding, Face, Faces, Found, MaskClass, ModelsError, Picture, Rect, SpoofClass, Thresholds};
use gate_link::PassageMask;
use screening::Outcome;

use crate::decide::Measured;
use crate::roster::Who;

/// So long a face may be out of sight and still be the same one.
const LOST: Duration = Duration::from_millis(700);
/// A face that is decided about is compared again so often.
const COMPARED_EVERY: Duration = Duration::from_millis(400);
/// Somebody who was not let in is looked at anew after so long.
const ANEW: Duration = Duration::from_secs(4);
/// Looks after which it is decided even if nobody is found.
const LOOKS_MOST: usize = 3;
/// Looks at her with the thermal camera after which it is decided without an estimate.
const LOOKS_FOR_HEAT: usize = 12;
/// How far the middle of a face may move between two pictures, in widths of it.
const STEP: f32 = 0.8;

/// What one look said.
#[derive(Clone)]
struct Look {
    who: Who,
    mask: MaskClass,
    is_copy: bool,
}

struct Track {
    id: u64,
    area: Rect,
    seen_at: Instant,
    compared_at: Instant,
    face: Option<Embedding>,
    looks: Vec<Look>,
    heat: Vec<Result<body_temperature::Look, Refusal>>,
    decided: Option<(Outcome, Instant)>,
}

/// Somebody about whom it is to be decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Her track, to say what was decided.
    pub track: u64,
    /// Who she is.
    pub who: Who,
    /// What was seen of her.
    pub measured: Measured,
    /// What the thermal camera saw of her, look by look; empty where there is none.
    pub heat: Vec<Result<body_temperature::Look, Refusal>>,
    /// How large her face is, for who is nearest.
    pub width_px: f32,
}

/// Everybody in view.
#[derive(Default)]
pub struct View {
    tracks: Vec<Track>,
    last_id: u64,
}

/// What looks at a picture, and who a face is.
pub struct Looker<'a> {
    /// The models.
    pub faces: &'a mut Faces,
    /// Whose a face is.
    pub who: &'a dyn Fn(&Embedding, MaskClass, &Thresholds) -> Who,
    /// What the thermal camera sees of a face, and how many good looks are wanted; none where there is no such camera.
    pub heat: Option<(&'a dyn Fn(&Face) -> Result<body_temperature::Look, Refusal>, usize)>,
}

impl View {
    /// Takes a picture in; those about whom it is to be decided now, the nearest first.
    ///
    /// # Errors
    /// If the models fail.
    pub fn see(
        &mut self,
        picture: &Picture,
        looker: &mut Looker<'_>,
        now: Instant,
    ) -> Result<Vec<Candidate>, ModelsError> {
        self.tracks.retain(|it| now.duration_since(it.seen_at) < LOST);
        let mut candidates = Vec::new();
        let mut taken = Vec::new();
        for found in looker.faces.find(picture)? {
            let at = self.track_of(&found.area, &taken, now);
            taken.push(self.tracks.get(at).map_or(0, |it| it.id));
            candidates.extend(self.look(at, picture, found, looker, now)?);
        }
        candidates.sort_by(|a, b| b.width_px.total_cmp(&a.width_px));
        Ok(candidates)
    }

    /// What was decided about somebody.
    pub fn decided(&mut self, track: u64, outcome: Outcome, now: Instant) {
        if let Some(it) = self.tracks.iter_mut().find(|it| it.id == track) {
            it.decided = Some((outcome, now));
            it.looks.clear();
            it.heat.clear();
        }
    }

    /// The nearest face that was lately in view: who holds a badge to the reader.
    pub fn nearest(&self) -> Option<(Option<&Embedding>, Measured)> {
        let nearest = self.tracks.iter().max_by(|a, b| a.area.width().total_cmp(&b.area.width()))?;
        Some((nearest.face.as_ref(), measured(&nearest.looks)))
    }

    /// The track that a face continues, or a new one.
    fn track_of(&mut self, area: &Rect, taken: &[u64], now: Instant) -> usize {
        let distance = |it: &Track| {
            let (a, b) = (it.area.middle(), area.middle());
            (a.x - b.x).hypot(a.y - b.y) / it.area.width().max(1.0)
        };
        let free = self.tracks.iter().enumerate().filter(|(_, it)| !taken.contains(&it.id));
        let nearest = free.map(|(at, it)| (at, distance(it))).min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((at, _)) = nearest.filter(|it| it.1 < STEP) {
            if let Some(track) = self.tracks.get_mut(at) {
                (track.area, track.seen_at) = (*area, now);
            }
            return at;
        }
        self.begin(*area, now)
    }

    fn begin(&mut self, area: Rect, now: Instant) -> usize {
        self.last_id += 1;
        self.tracks.push(Track {
            id: self.last_id,
            area,
            seen_at: now,
            compared_at: now,
            face: None,
            looks: Vec::new(),
            heat: Vec::new(),
            decided: None,
        });
        self.tracks.len() - 1
    }

    fn look(
        &mut self,
        at: usize,
        picture: &Picture,
        found: Found,
        looker: &mut Looker<'_>,
        now: Instant,
    ) -> Result<Option<Candidate>, ModelsError> {
        let limits = *looker.faces.thresholds();
        let Some(track) = self.tracks.get_mut(at) else { return Ok(None) };
        if let Some((outcome, decided_at)) = track.decided {
            if now.duration_since(track.compared_at) < COMPARED_EVERY {
                return Ok(None);
            }
            track.compared_at = now;
            let fresh = looker.faces.embed(picture, &found)?;
            let is_another = match (&track.face, &fresh) {
                (Some(before), Some(after)) => before.cosine(after).is_some_and(|it| it < limits.perhaps),
                _ => false,
            };
            let is_due = outcome != Outcome::Admit && ANEW <= now.duration_since(decided_at);
            if !is_another && !is_due {
                return Ok(None);
            }
            track.decided = None;
            if is_another {
                // She is gone, and this is somebody else: what was decided about her counts no more.
                self.last_id += 1;
                (track.id, track.face) = (self.last_id, None);
            }
        }
        let face = looker.faces.describe(picture, found)?;
        Ok(track.take_in(face, looker, &limits))
    }
}

impl Track {
    fn take_in(&mut self, face: Face, looker: &Looker<'_>, limits: &Thresholds) -> Option<Candidate> {
        if let Some((heat, _)) = looker.heat {
            self.heat.push(heat(&face));
        }
        let who = match &face.embedding {
            Some(embedding) if face.quality.is_good() => (looker.who)(embedding, face.mask.class, limits),
            _ => Who::Perhaps,
        };
        if let Some(embedding) = face.embedding.filter(|_| face.quality.is_good()) {
            self.face = Some(embedding);
        }
        let is_warm_enough = looker.heat.is_none_or(|(_, wanted)| {
            let good = self.heat.iter().filter(|it| it.is_ok()).count();
            wanted <= good || LOOKS_FOR_HEAT <= self.heat.len()
        });
        let is_copy = face.spoof.class == SpoofClass::Suspected;
        self.looks.push(Look { who: who.clone(), mask: face.mask.class, is_copy });
        let is_clear = matches!(who, Who::One(_)) && !is_copy;
        let is_known = is_clear || LOOKS_MOST <= self.looks.len();
        (is_known && is_warm_enough).then(|| Candidate {
            track: self.id,
            who: best(&self.looks),
            measured: measured(&self.looks),
            heat: self.heat.clone(),
            width_px: self.area.width(),
        })
    }
}

/// One person if any look found one and none another; two people are a doubt, and a doubt is more than nobody.
fn best(looks: &[Look]) -> Who {
    let ones: Vec<&Who> = looks.iter().map(|it| &it.who).filter(|it| matches!(it, Who::One(_))).collect();
    match ones.as_slice() {
        [first, rest @ ..] if rest.iter().all(|it| it == first) => (*first).clone(),
        [_, ..] => Who::Two,
        [] => [Who::Two, Who::Perhaps]
            .into_iter()
            .find(|doubt| looks.iter().any(|it| it.who == *doubt))
            .unwrap_or(Who::Nobody),
    }
}

/// The last look that could tell decides on the mask; a copy is what most looks took for one.
fn measured(looks: &[Look]) -> Measured {
    let mask = looks.iter().rev().find_map(|it| match it.mask {
        MaskClass::Worn => Some(PassageMask::Worn),
        MaskClass::Missing => Some(PassageMask::Missing),
        MaskClass::Unknown => None,
    });
    let copies = looks.iter().filter(|it| it.is_copy).count();
    Measured { mask: mask.unwrap_or(PassageMask::Unknown), is_copy: looks.len() < 2 * copies, ..Measured::default() }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn look(who: Who, mask: MaskClass, is_copy: bool) -> Look {
        Look { who, mask, is_copy }
    }

    #[test]
    fn a_doubt_is_more_than_nobody_and_two_people_are_a_doubt() {
        let (a, b) = (Who::One(Uuid::from_u128(1)), Who::One(Uuid::from_u128(2)));
        let cases = [
            (vec![Who::Nobody, a.clone()], a.clone()),
            (vec![a.clone(), b], Who::Two),
            (vec![Who::Nobody, Who::Perhaps], Who::Perhaps),
            (vec![Who::Two, Who::Perhaps], Who::Two),
            (vec![Who::Nobody; 3], Who::Nobody),
        ];
        for (looks, expected) in cases {
            let looks: Vec<Look> = looks.into_iter().map(|it| look(it, MaskClass::Unknown, false)).collect();
            assert_eq!(best(&looks), expected);
        }
    }

    #[test]
    fn the_last_look_that_could_tell_decides_on_the_mask() {
        let looks = [
            look(Who::Nobody, MaskClass::Missing, true),
            look(Who::Nobody, MaskClass::Worn, true),
            look(Who::Nobody, MaskClass::Unknown, false),
        ];
        assert_eq!(measured(&looks).mask, PassageMask::Worn);
        assert!(measured(&looks).is_copy);
        assert!(!measured(&looks[1..]).is_copy);
        assert_eq!(measured(&[]), Measured::default());
    }
}
