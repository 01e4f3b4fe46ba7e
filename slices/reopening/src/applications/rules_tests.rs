use std::collections::BTreeMap;

use kernel::Instant64;
use proptest::prelude::*;

use super::*;
use crate::forms::model::Answer;

fn number(it: i64) -> Option<Answer> {
    Some(Answer::Number(it))
}

fn changes(of: &[(&str, Option<Answer>)]) -> BTreeMap<String, Option<Answer>> {
    of.iter().map(|(key, answer)| ((*key).to_owned(), answer.clone())).collect()
}

#[test]
fn every_state_is_reached_and_what_is_decided_is_not_undone_by_the_applicant() {
    let reached: Vec<State> = MOVES.iter().map(|it| it.to).collect();
    for state in [
        State::Submitted,
        State::InReview,
        State::Returned,
        State::Approved,
        State::Rejected,
        State::Suspended,
        State::Revoked,
        State::InspectionDue,
        State::Inspected,
        State::Filed,
    ] {
        assert!(reached.contains(&state), "{state:?}");
    }
    for it in MOVES.iter().filter(|it| it.by == Mover::May(Permission::Apply)) {
        assert!(is_open(it.from), "{it:?}");
    }
    // One act leads from a state to one other: whoever made it.
    for it in MOVES {
        assert_eq!(move_of(it.from, it.act), Some(it));
    }
    // Whatever is under way can be filed and can go back, whoever has it.
    for state in State::ALL.iter().filter(|it| crate::rulebook::rules::is_under_way(**it)) {
        assert!(move_of(*state, Act::File).is_some() && move_of(*state, Act::Recall).is_some(), "{state:?}");
    }
    // Whoever is refused something reads why.
    for it in MOVES.iter().filter(|it| matches!(it.act, Act::SendBack | Act::Reject | Act::Suspend | Act::Revoke)) {
        assert!(it.note, "{it:?}");
    }
}

#[test]
fn a_move_that_is_not_in_the_table_is_refused() {
    for (from, act) in [
        (State::Draft, Act::Claim),
        (State::Submitted, Act::Approve),
        (State::Approved, Act::Submit),
        (State::Approved, Act::Revoke),
        (State::Rejected, Act::Claim),
        (State::Revoked, Act::Reinstate),
    ] {
        assert_eq!(move_of(from, act), None, "{from:?} {act:?}");
    }
}

#[test]
fn what_keeps_an_application_from_being_approved() {
    let at = Instant64::from_micros;
    let heard = |opinion, due| Heard { opinion, due: at(due) };
    let (agrees, objects, silent, late) =
        (heard(Some(Opinion::Agree), 10), heard(Some(Opinion::Object), 10), heard(None, 10), heard(None, 5));
    for (state, visit, heard, expected) in [
        (State::InReview, false, vec![], None),
        (State::InReview, true, vec![], Some(Hindrance::Visit)),
        (State::Inspected, true, vec![], None),
        (State::InReview, false, vec![agrees, silent], Some(Hindrance::OpinionMissing)),
        (State::InReview, false, vec![agrees, late], None),
        (State::InReview, false, vec![silent, objects], Some(Hindrance::Objection)),
        (State::Inspected, true, vec![objects], Some(Hindrance::Objection)),
    ] {
        assert_eq!(hindrance(state, visit, &heard, at(5)), expected, "{state:?} {heard:?}");
    }
}

#[test]
fn what_another_tab_has_changed_is_not_overwritten() {
    let mut kept = KeptAnswers::new();
    assert_eq!(save(&mut kept, changes(&[("a", number(1)), ("b", number(1))]), 0, 1), Ok(true));
    // Seen before that: another question goes in, the same answer too, another answer does not.
    assert_eq!(save(&mut kept, changes(&[("c", number(3))]), 0, 2), Ok(true));
    assert_eq!(save(&mut kept, changes(&[("a", number(1))]), 0, 3), Ok(false));
    assert_eq!(save(&mut kept, changes(&[("a", number(2)), ("d", number(4))]), 0, 3), Err("a".to_owned()));
    assert_eq!(answers(&kept).len(), 3, "a refused save leaves nothing behind");
    // Taken back is a change as any other; taking back what was never there is none.
    assert_eq!(save(&mut kept, changes(&[("b", None), ("e", None)]), 2, 3), Ok(true));
    assert_eq!(save(&mut kept, changes(&[("b", number(9))]), 2, 4), Err("b".to_owned()));
    assert_eq!(answers(&kept).get("b"), None);
}

#[test]
fn a_signature_is_a_line_of_some_size_inside_its_frame() {
    let line = |n: u16, step: u16| vec![(0..n).map(|it| (it * step, it, u32::from(it))).collect::<Vec<StrokePoint>>()];
    for (strokes, expected) in [
        (line(20, 10), true),
        (Vec::new(), false),
        (line(4, 100), false),
        (line(20, 1), false),
        (line(120, 10), false),
        (vec![vec![(500, 500, 0); 30]], false),
        (vec![line(20, 10).remove(0); 101], false),
    ] {
        assert_eq!(is_signature(&strokes), expected, "{} strokes", strokes.len());
    }
}

proptest! {
    /// Two tabs save in any order: whatever was taken in is there afterwards, and nothing else.
    #[test]
    fn nothing_that_was_saved_is_lost(saves in prop::collection::vec((0_usize..6, 0_i64..4, 0_i64..20), 1..40)) {
        let (mut kept, mut model, mut revision) = (KeptAnswers::new(), BTreeMap::new(), 0);
        for (question, value, behind) in saves {
            let key = format!("q{question}");
            let from = (revision - behind).max(0);
            if let Ok(true) = save(&mut kept, changes(&[(&key, number(value))]), from, revision + 1) {
                revision += 1;
                model.insert(key, Answer::Number(value));
            }
        }
        prop_assert_eq!(answers(&kept), model);
    }
}
