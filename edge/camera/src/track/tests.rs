use std::collections::{BTreeMap, BTreeSet};

use face::Point;
use proptest::prelude::*;

use super::*;

/// Ten frames a second.
const STEP: i64 = SECOND / 10;

fn at(index: usize) -> Instant64 {
    Instant64::from_micros(i64::try_from(index).unwrap() * STEP)
}

/// A face of this height, upright like faces are.
fn face(x: f32, y: f32, height: f32) -> Rect {
    Rect::around(Point { x, y }, height * 0.8, height)
}

fn tracker() -> Tracker<()> {
    Tracker::new(2)
}

#[test]
fn a_face_keeps_its_track_through_half_a_second_without_it_and_no_longer() {
    for (n_missing, is_same) in [(0, true), (4, true), (5, false)] {
        let mut tracker = tracker();
        let first = tracker.follow(at(0), &[face(100.0, 100.0, 50.0)]).ids;
        for index in 1..=n_missing {
            assert!(tracker.follow(at(index), &[]).ended.is_empty());
            assert!(!tracker.tracks()[0].is_in_view());
        }
        let then = tracker.follow(at(n_missing + 1), &[face(105.0, 100.0, 52.0)]);
        assert_eq!(then.ids == first, is_same, "{n_missing} frames without it");
        assert_eq!(then.ended.is_empty(), is_same);
    }
}

#[test]
fn the_nearest_comes_first_whoever_came_first() {
    let mut tracker = tracker();
    tracker.follow(at(0), &[face(100.0, 100.0, 50.0), face(300.0, 100.0, 90.0)]);
    let heights: Vec<f32> = tracker.tracks().iter().map(|it| it.rect().height()).collect();
    assert_eq!(heights, [90.0, 50.0]);
    tracker.follow(at(1), &[face(100.0, 100.0, 95.0), face(300.0, 100.0, 90.0)]);
    assert_eq!(tracker.tracks()[0].rect().height(), 95.0);
}

#[test]
fn the_best_looks_are_kept_and_come_with_a_track_that_ends() {
    let mut tracker: Tracker<&str> = Tracker::new(2);
    let id = tracker.follow(at(0), &[face(100.0, 100.0, 50.0)]).ids[0];
    let mut keep = |score, kept| tracker.keep(id, Look { score, at: at(0), kept });
    assert_eq!(keep(0.5, "fair"), Ok(()));
    assert_eq!(keep(f32::NAN, "none"), Err("none"));
    assert_eq!(keep(0.9, "good"), Ok(()));
    assert_eq!(keep(0.5, "as fair"), Err("as fair"));
    assert_eq!(keep(0.7, "better"), Ok(()));
    let ended = tracker.follow(at(10), &[]).ended;
    let kept: Vec<&str> = ended[0].best().iter().map(|it| it.kept).collect();
    assert_eq!((kept, ended[0].id(), ended[0].seen_at()), (vec!["good", "better"], id, at(0)));
    assert_eq!(tracker.keep(id, Look { score: 1.0, at: at(10), kept: "late" }), Err("late"));
}

#[test]
fn a_tracker_that_keeps_nothing_keeps_nothing() {
    let mut tracker = Tracker::new(0);
    let id = tracker.follow(at(0), &[face(1.0, 1.0, 5.0)]).ids[0];
    assert_eq!(tracker.keep(id, Look { score: 1.0, at: at(0), kept: 7 }), Err(7));
}

#[test]
fn two_who_could_be_each_other_are_both_new() {
    let mut tracker = tracker();
    let before = tracker.follow(at(0), &[face(100.0, 100.0, 50.0), face(140.0, 100.0, 50.0)]).ids;
    // One face in the middle: either of them.
    let then = tracker.follow(at(1), &[face(120.0, 100.0, 50.0)]);
    assert!(!before.contains(&then.ids[0]));
    assert_eq!(then.ended.len(), 2);
}

#[test]
fn who_steps_before_somebody_does_not_become_her() {
    let mut tracker = tracker();
    let before = tracker.follow(at(0), &[face(100.0, 100.0, 50.0), face(141.0, 100.0, 50.0)]).ids;
    let stepping = tracker.follow(at(1), &[face(128.0, 100.0, 50.0)]).ids;
    assert_eq!(stepping[0], before[1]);
    // Nearer now to where the other was before she was hidden than to where he was himself.
    let then = tracker.follow(at(2), &[face(108.0, 100.0, 50.0)]);
    assert!(!before.contains(&then.ids[0]));
    assert_eq!(then.ended.len(), 2);
}

#[test]
fn whoever_flickers_beside_somebody_keeps_the_track() {
    let mut tracker = tracker();
    let (one, other) = (face(100.0, 100.0, 50.0), face(142.0, 100.0, 50.0));
    let before = tracker.follow(at(0), &[one, other]).ids;
    tracker.follow(at(1), &[one]);
    assert_eq!(tracker.follow(at(2), &[one, other]).ids, before);
}

#[test]
fn rectangles_of_nothing_are_followed_nowhere() {
    let mut tracker = tracker();
    let odd = [face(f32::NAN, 1.0, 5.0), face(1.0, 1.0, 0.0), face(1.0, f32::INFINITY, 5.0)];
    let (first, then) = (tracker.follow(at(0), &odd).ids, tracker.follow(at(1), &odd).ids);
    assert_eq!((first.len(), then.len()), (3, 3));
    assert!(first.iter().all(|it| !then.contains(it)));
}

/// Somebody who walks about; steps are in shares of the face's own height.
#[derive(Debug, Clone)]
struct Walker {
    x: f32,
    y: f32,
    height: f32,
    steps: Vec<(f32, f32)>,
}

impl Walker {
    fn face(&self) -> Rect {
        face(self.x, self.y, self.height)
    }

    fn moved(&self, step: usize) -> Self {
        let (x, y) = self.steps[step];
        Self { x: self.x + x * self.height, y: self.y + y * self.height, ..self.clone() }
    }
}

fn walkers(n: std::ops::RangeInclusive<usize>, n_steps: usize) -> impl Strategy<Value = Vec<Walker>> {
    // A step of at most 0.26 of the height is 0.29 of the face's size.
    let step = (0.0..0.26_f32, 0.0..std::f32::consts::TAU).prop_map(|(far, way)| (far * way.cos(), far * way.sin()));
    let one = (0.0..400.0_f32, 0.0..150.0_f32, 40.0..110.0_f32, prop::collection::vec(step, n_steps));
    prop::collection::vec(one.prop_map(|(x, y, height, steps)| Walker { x, y, height, steps }), n)
}

fn frame() -> impl Strategy<Value = Vec<Rect>> {
    let one = (0.0..300.0_f32, 0.0..200.0_f32, 10.0..120.0_f32).prop_map(|(x, y, height)| face(x, y, height));
    prop::collection::vec(one, 0..6)
}

proptest! {
    #[test]
    fn no_two_faces_of_a_frame_share_a_track(frames in prop::collection::vec(frame(), 1..12)) {
        let mut tracker = tracker();
        let (mut ended, mut alive) = (BTreeSet::new(), BTreeSet::new());
        for (index, faces) in frames.iter().enumerate() {
            let followed = tracker.follow(at(index), faces);
            prop_assert_eq!(followed.ids.len(), faces.len());
            let ids: BTreeSet<TrackId> = followed.ids.iter().copied().collect();
            prop_assert_eq!(ids.len(), faces.len());
            ended.extend(followed.ended.iter().map(Track::id));
            prop_assert!(ids.is_disjoint(&ended), "an ended track comes back");
            for (id, rect) in followed.ids.iter().zip(faces) {
                let track = tracker.tracks().iter().find(|it| it.id() == *id).unwrap();
                prop_assert!(track.is_in_view() && track.rect() == *rect && track.seen_at() == at(index));
            }
            alive.extend(ids);
            prop_assert_eq!(alive.len(), ended.len() + tracker.tracks().len(), "a track is lost without a word");
        }
    }

    #[test]
    fn the_order_of_the_faces_plays_no_part(
        frames in prop::collection::vec(frame(), 1..10),
        turns in prop::collection::vec(any::<prop::sample::Index>(), 10),
    ) {
        let (mut tracker, mut other) = (tracker(), self::tracker());
        for (index, (faces, turn)) in frames.iter().zip(turns).enumerate() {
            let mut turned: Vec<Rect> = faces.iter().rev().copied().collect();
            let n = turned.len();
            turned.rotate_left(if n == 0 { 0 } else { turn.index(n) });
            let (ids, theirs) = (tracker.follow(at(index), faces).ids, other.follow(at(index), &turned).ids);
            for (face, id) in faces.iter().zip(ids) {
                let place = turned.iter().position(|it| it == face).unwrap();
                prop_assert_eq!(theirs[place], id);
            }
        }
    }

    #[test]
    fn people_whose_faces_do_not_overlap_keep_their_tracks(mut people in walkers(1..=4, 30)) {
        let mut kept: Vec<Walker> = Vec::new();
        for it in people.drain(..) {
            if kept.iter().all(|other| other.face().overlap(&it.face()) == 0.0) {
                kept.push(it);
            }
        }
        let mut tracker = tracker();
        let first = tracker.follow(at(0), &kept.iter().map(Walker::face).collect::<Vec<_>>()).ids;
        for step in 0..30 {
            for one in 0..kept.len() {
                let moved = kept[one].moved(step);
                // Whoever would step into another stays.
                let is_free = |(index, it): (usize, &Walker)| index == one || it.face().overlap(&moved.face()) == 0.0;
                if kept.iter().enumerate().all(is_free) {
                    kept[one] = moved;
                }
            }
            let faces: Vec<Rect> = kept.iter().map(Walker::face).collect();
            prop_assert_eq!(&tracker.follow(at(step + 1), &faces).ids, &first);
        }
    }

    #[test]
    fn of_two_who_hide_each_other_neither_gets_the_others_track(mut people in walkers(2..=2, 60)) {
        let (mut tracker, mut whose) = (tracker(), BTreeMap::new());
        for step in 0..60 {
            people = people.iter().map(|it| it.moved(step)).collect();
            let behind = if people[0].height < people[1].height { 0 } else { 1 };
            let is_hidden = 0.0 < people[0].face().overlap(&people[1].face());
            let seen: Vec<usize> = (0..2).filter(|it| !(is_hidden && *it == behind)).collect();
            let faces: Vec<Rect> = seen.iter().map(|it| people[*it].face()).collect();
            for (id, person) in tracker.follow(at(step), &faces).ids.into_iter().zip(seen) {
                prop_assert_eq!(*whose.entry(id).or_insert(person), person, "swapped at step {}", step);
            }
        }
    }

    #[test]
    fn two_who_walk_past_each_other_are_lost_or_kept_and_never_swapped(
        speed in 0.02..0.26_f32, offset in -0.4..0.4_f32, sizes in (50.0..80.0_f32, 50.0..80.0_f32),
    ) {
        let (mut tracker, mut whose) = (tracker(), BTreeMap::new());
        for step in 0..400_u16 {
            let x = f32::from(step) * speed * 50.0;
            let people = [face(x, 100.0, sizes.0), face(700.0 - x, 100.0 + offset * 50.0, sizes.1)];
            let is_hidden = 0.0 < people[0].overlap(&people[1]);
            let behind = usize::from(sizes.1 < sizes.0);
            let seen: Vec<usize> = (0..2).filter(|it| !(is_hidden && *it == behind)).collect();
            let faces: Vec<Rect> = seen.iter().map(|it| people[*it]).collect();
            for (id, person) in tracker.follow(at(step.into()), &faces).ids.into_iter().zip(seen) {
                prop_assert_eq!(*whose.entry(id).or_insert(person), person, "swapped at step {}", step);
            }
        }
    }
}
