//! Who is in view: faces followed from picture to picture, looked at until it is clear who it is, and looked at again in case somebody else has
//! taken her place.

use std::collections::BTreeMap;

use body_temperature::Refusal;
use camera::{TrackId, Tracker};
use face::{Embedding, Face, Faces, Found, MaskClass, ModelsError, Picture, Rect, SpoofClass, Thresholds};
use gate_link::PassageMask;
use kernel::Instant64;
use kernel::time::SECOND;
use screening::Outcome;

use crate::decide::Measured;
use crate::roster::Who;

/// A face that is decided about is compared again so often.
const COMPARED_EVERY: i64 = 2 * SECOND / 5;
/// Somebody who was not let in is looked at anew after so long.
const ANEW: i64 = 4 * SECOND;
/// Looks after which it is decided even if nobody is found.
const LOOKS_MOST: usize = 3;
/// Looks at her with the thermal camera after which it is decided without an estimate.
const LOOKS_FOR_HEAT: usize = 12;

/// What one look said.
#[derive(Clone)]
struct Look {
    who: Who,
    mask: MaskClass,
    is_copy: bool,
}

/// What is known of a face that is followed.
#[derive(Default)]
struct Person {
    width_px: f32,
    compared_at: Instant64,
    face: Option<Embedding>,
    looks: Vec<Look>,
    heat: Vec<Result<body_temperature::Look, Refusal>>,
    decided: Option<(Outcome, Instant64)>,
}

/// Somebody about whom it is to be decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Her track, to say what was decided.
    pub track: TrackId,
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
pub struct View {
    tracker: Tracker<()>,
    people: BTreeMap<TrackId, Person>,
}

impl Default for View {
    fn default() -> Self {
        Self { tracker: Tracker::new(0), people: BTreeMap::new() }
    }
}

/// What looks at a picture, and who a face is.
pub struct Looker<'a> {
    /// The models.
    pub faces: &'a mut Faces,
    /// Whose a face is.
    pub who: &'a dyn Fn(&Embedding, MaskClass, &Thresholds) -> Who,
    /// What the thermal camera sees of a face, and how many good looks are wanted; none where there is no such camera.
    pub heat: Option<(&'a Warmth<'a>, usize)>,
}

/// What a thermal camera sees of a face that was found in a picture.
pub type Warmth<'a> = dyn Fn(&Face) -> Result<body_temperature::Look, Refusal> + 'a;

impl View {
    /// Takes a picture in; those about whom it is to be decided now, the nearest first.
    ///
    /// # Errors
    /// If the models fail.
    pub fn see(
        &mut self,
        picture: &Picture,
        looker: &mut Looker<'_>,
        now: Instant64,
    ) -> Result<Vec<Candidate>, ModelsError> {
        let found = looker.faces.find(picture)?;
        let areas: Vec<Rect> = found.iter().map(|it| it.area).collect();
        let followed = self.tracker.follow(now, &areas);
        for ended in &followed.ended {
            self.people.remove(&ended.id());
        }
        let mut candidates = Vec::new();
        for (found, id) in found.into_iter().zip(followed.ids) {
            let person = self.people.entry(id).or_default();
            person.width_px = found.area.width();
            if person.is_to_be_looked_at(picture, &found, looker, now)? {
                let face = looker.faces.describe(picture, found)?;
                let limits = *looker.faces.thresholds();
                candidates.extend(person.take_in(id, face, looker, &limits));
            }
        }
        candidates.sort_by(|a, b| b.width_px.total_cmp(&a.width_px));
        Ok(candidates)
    }

    /// What was decided about somebody.
    pub fn decided(&mut self, track: TrackId, outcome: Outcome, now: Instant64) {
        if let Some(it) = self.people.get_mut(&track) {
            it.decided = Some((outcome, now));
            it.looks.clear();
            it.heat.clear();
        }
    }

    /// The nearest face that was lately in view: who holds a badge to the reader.
    pub fn nearest(&self) -> Option<(Option<&Embedding>, Measured)> {
        let nearest = self.people.values().max_by(|a, b| a.width_px.total_cmp(&b.width_px))?;
        Some((nearest.face.as_ref(), measured(&nearest.looks)))
    }
}

impl Person {
    /// Whoever is not decided about; whoever was, when it may be somebody else by now, or was not let in a while ago.
    fn is_to_be_looked_at(
        &mut self,
        picture: &Picture,
        found: &Found,
        looker: &mut Looker<'_>,
        now: Instant64,
    ) -> Result<bool, ModelsError> {
        let Some((outcome, decided_at)) = self.decided else { return Ok(true) };
        if now.since(self.compared_at) < COMPARED_EVERY {
            return Ok(false);
        }
        self.compared_at = now;
        let fresh = looker.faces.embed(picture, found)?;
        let is_another = match (&self.face, &fresh) {
            (Some(before), Some(after)) => {
                before.cosine(after).is_some_and(|it| it < looker.faces.thresholds().perhaps)
            }
            _ => false,
        };
        if is_another {
            // She is gone, and this is somebody else: what was decided about her counts no more.
            *self = Self { width_px: self.width_px, compared_at: now, ..Self::default() };
        }
        let is_due = outcome != Outcome::Admit && ANEW <= now.since(decided_at);
        if is_due {
            self.decided = None;
        }
        Ok(is_another || is_due)
    }

    fn take_in(&mut self, id: TrackId, face: Face, looker: &Looker<'_>, limits: &Thresholds) -> Option<Candidate> {
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
            track: id,
            who: best(&self.looks),
            measured: measured(&self.looks),
            heat: self.heat.clone(),
            width_px: self.width_px,
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
