//! The newest events in memory: by them a feed knows, without asking the database, that what happened elsewhere is none
//! of its business. Each event wakes every feed of the district; only the few it concerns may read.

use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};

use crate::store::Place;

/// How many events are kept: minutes of a busy morning. A feed that was away longer asks the database.
const KEPT: usize = 4_096;

/// Shared by the publisher, which fills it, and the feeds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recent(Arc<RwLock<Window>>);

#[derive(Debug, Default)]
struct Window {
    /// Everything after this position and up to `until` is here.
    from: i64,
    until: i64,
    places: VecDeque<Place>,
}

impl Recent {
    /// Begins at `head`, with nothing known of what was before.
    pub(crate) fn begin(&self, head: i64) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) =
            Window { from: head, until: head, places: VecDeque::new() };
    }

    /// The position up to which everything is known.
    pub(crate) fn until(&self) -> i64 {
        self.0.read().unwrap_or_else(PoisonError::into_inner).until
    }

    /// What was published next, in order.
    pub(crate) fn extend(&self, places: Vec<Place>) {
        let mut window = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for place in places {
            window.until = place.position;
            window.places.push_back(place);
            if window.places.len() > KEPT {
                window.from = window.places.pop_front().map_or(window.from, |it| it.position);
            }
        }
    }

    /// The newest position, if nothing after `after` and up to it `concerns` the reader; none if something does, or if
    /// it cannot be told.
    pub(crate) fn passed_by(&self, after: i64, concerns: impl Fn(&Place) -> bool) -> Option<i64> {
        let window = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if after < window.from {
            return None;
        }
        let newer = window.places.iter().rev().take_while(|it| it.position > after);
        let mut newer = newer.map(concerns);
        (!newer.any(|it| it)).then_some(window.until.max(after))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(position: i64, kind: &str) -> Place {
        Place { position, kind: kind.to_owned(), area_code: None, enterprise_id: None, site_id: None, gate_id: None }
    }

    #[test]
    fn a_reader_is_sent_on_past_what_does_not_concern_it_and_only_past_that() {
        let recent = Recent::default();
        recent.begin(10);
        recent.extend(vec![place(11, "a"), place(12, "b"), place(13, "a")]);
        let passed = |after, kind: &str| recent.passed_by(after, |it| it.kind == kind);
        assert_eq!(passed(10, "c"), Some(13));
        assert_eq!(passed(12, "b"), Some(13), "what lies before the reader is not looked at");
        assert_eq!(passed(11, "b"), None);
        assert_eq!(passed(13, "a"), Some(13));
        assert_eq!(passed(9, "c"), None, "what was before the window is not known");
        assert_eq!(passed(20, "a"), Some(20), "a reader is never sent back");
    }

    #[test]
    fn what_falls_out_of_the_window_is_not_known_any_more() {
        let recent = Recent::default();
        recent.begin(0);
        let last = i64::try_from(KEPT).unwrap() + 5;
        recent.extend((1..=last).map(|it| place(it, "a")).collect());
        assert_eq!(recent.passed_by(4, |_| false), None);
        assert_eq!(recent.passed_by(5, |_| false), Some(last));
    }
}
