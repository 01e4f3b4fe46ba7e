//! The rules of officers as tables and properties.

use proptest::prelude::*;

use super::*;

const ENTERPRISE: Target = Target::Enterprise(Uuid::from_u128(0xe));

fn at(hour: i64) -> Instant64 {
    Instant64::from_micros(hour * 3_600_000_000)
}

fn officer(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn account(n: u128) -> AccountId {
    AccountId::from_uuid(officer(n))
}

fn assigned(id: u128, whose: u128, from: i64, until: Option<i64>) -> Assigned {
    Assigned {
        id: Uuid::from_u128(id),
        officer: officer(whose),
        kind: OfficerKind::EnterpriseOfficer,
        target: ENTERPRISE,
        name: "甲厂".to_owned(),
        area: "999999001001001".to_owned(),
        from: at(from),
        until: until.map(at),
    }
}

fn substitution(id: u128, whose: u128, by: u128, from: i64, until: i64) -> Substitution {
    Substitution {
        id: Uuid::from_u128(id),
        officer: officer(whose),
        substitute: officer(by),
        from: at(from),
        until: at(until),
    }
}

/// The hours in which an account sees what is assigned to 1 from hour 10 to `until`.
fn seen(by: u128, until: Option<i64>, away: &[Substitution]) -> Vec<i64> {
    let all = duties(account(by), &[assigned(1, 1, 10, until)], away, at(0));
    let sees = |hour| all.iter().any(|it| it.from <= at(hour) && it.until.is_none_or(|until| at(hour) < until));
    (0..=40).filter(|hour| sees(*hour)).collect()
}

#[test]
fn an_assignment_is_seen_from_its_beginning_to_its_end() {
    assert_eq!(seen(1, Some(20), &[]), (10..20).collect::<Vec<_>>());
    assert_eq!(seen(1, None, &[]), (10..=40).collect::<Vec<_>>());
    assert_eq!(seen(2, None, &[]), Vec::<i64>::new());
}

#[test]
fn who_stands_in_sees_it_while_both_hold_and_so_does_the_other() {
    let cases = [((5, 15), 10..15), ((12, 18), 12..18), ((18, 30), 18..20), ((30, 35), 0..0), ((1, 10), 0..0)];
    for ((from, until), sees) in cases {
        let away = [substitution(9, 1, 2, from, until)];
        assert_eq!(seen(2, Some(20), &away), sees.collect::<Vec<_>>(), "{from}..{until}");
        assert_eq!(seen(1, Some(20), &away), (10..20).collect::<Vec<_>>(), "both see");
        assert_eq!(seen(3, Some(20), &away), Vec::<i64>::new());
    }
}

#[test]
fn what_is_over_leaves_no_duty() {
    let over = [assigned(1, 1, 10, Some(20))];
    assert!(duties(account(1), &over, &[], at(20)).is_empty());
    assert!(duties(account(2), &over, &[substitution(9, 1, 2, 0, 30)], at(20)).is_empty());
    let open = [assigned(1, 1, 10, None)];
    assert!(duties(account(2), &open, &[substitution(9, 1, 2, 0, 30)], at(30)).is_empty());
}

#[test]
fn nobody_is_stood_in_for_twice_nor_by_somebody_who_is_away() {
    use SubstituteFault::{Chain, Oneself, Order, Taken, TooLong};
    let known = [substitution(1, 1, 2, 10, 20)];
    let cases = [
        (substitution(9, 1, 1, 10, 20), Some(Oneself)),
        (substitution(9, 3, 4, 20, 20), Some(Order)),
        (substitution(9, 3, 4, -9, 0), Some(Order)),
        (substitution(9, 3, 4, 0, 24 * 367), Some(TooLong)),
        (substitution(9, 1, 3, 15, 25), Some(Taken)),
        (substitution(9, 1, 3, 20, 25), None),
        (substitution(9, 3, 1, 15, 25), Some(Chain)),
        (substitution(9, 2, 3, 15, 25), Some(Chain)),
        (substitution(9, 3, 2, 15, 25), None),
        (substitution(9, 2, 3, 20, 25), None),
    ];
    for (new, fault) in cases {
        assert_eq!(substitute_fault(&new, &known, at(0)), fault, "{new:?}");
    }
}

#[test]
fn an_enterprises_officer_has_enterprises() {
    let premises = Target::Premises(Uuid::nil());
    for kind in OfficerKind::ALL {
        assert!(kind_fits(*kind, ENTERPRISE));
        assert_eq!(kind_fits(*kind, premises), *kind != OfficerKind::EnterpriseOfficer);
    }
}

#[test]
fn an_assigning_relieves_others_of_the_same_if_it_is_to() {
    let supervisor = Assigned { kind: OfficerKind::Supervisor, ..assigned(3, 3, 0, None) };
    let known = [assigned(1, 1, 0, None), assigned(2, 2, 0, Some(5)), supervisor];
    let plan = |by: u128, relieve: bool| {
        let who = (officer(by), OfficerKind::EnterpriseOfficer);
        assign(&known, who, &[ENTERPRISE], (at(10), None), relieve)
    };
    let ids = |it: &Planned| it.relieved.iter().map(|it| it.id.as_u128()).collect::<Vec<_>>();
    let same = plan(1, true);
    assert_eq!((same.new.len(), same.already.len(), ids(&same)), (0, 1, vec![]));
    let other = plan(4, true);
    assert_eq!((other.new.len(), other.already.len(), ids(&other)), (1, 0, vec![1]));
    assert_eq!((plan(4, false).new.len(), ids(&plan(4, false))), (1, vec![]));
}

#[test]
fn a_hand_over_moves_what_is_chosen_and_doubles_nothing() {
    let known = [assigned(1, 1, 0, None), assigned(2, 1, 30, Some(40)), assigned(3, 2, 5, Some(12))];
    let id = HandoverId::from_uuid(Uuid::nil());
    let all = hand_over(&known, (officer(1), officer(2)), None, id, at(10));
    assert_eq!(all.ended, [Uuid::from_u128(1), Uuid::from_u128(2)]);
    // The receiver has the first already, for now; the second begins later.
    let made: Vec<_> = all.made.iter().map(|it| (it.officer, it.from, it.until, it.handover)).collect();
    assert_eq!(made, [(officer(2), at(30), Some(at(40)), Some(id))]);
    let chosen = HashSet::from([Uuid::from_u128(1), Uuid::from_u128(3)]);
    let some = hand_over(&known, (officer(1), officer(4)), Some(&chosen), id, at(10));
    assert_eq!((some.ended.len(), some.made.len(), some.made[0].from), (1, 1, at(10)));
    assert!(hand_over(&known, (officer(5), officer(4)), None, id, at(10)).ended.is_empty());
}

proptest! {
    /// Whatever is assigned: at any moment an account sees a target exactly when it, or one whom it then stands in for,
    /// is then assigned to it; and no duty is over.
    #[test]
    fn duties_say_who_sees_what_at_any_moment(
        rows in prop::collection::vec((1_u128..5, 0_i64..30, prop::option::of(0_i64..30)), 0..6),
        away in prop::collection::vec((1_u128..5, 1_u128..5, 0_i64..30, 0_i64..30), 0..4),
        who in 1_u128..5,
        now in 0_i64..30,
    ) {
        let rows: Vec<_> =
            rows.iter().enumerate().map(|(n, (whose, from, until))| assigned(100 + u128::try_from(n).unwrap(), *whose, *from, *until)).collect();
        let away: Vec<_> = away
            .iter()
            .enumerate()
            .map(|(n, (whose, by, from, until))| substitution(200 + u128::try_from(n).unwrap(), *whose, *by, *from, *until))
            .collect();
        let found = duties(account(who), &rows, &away, at(now));
        for hour in now..32 {
            let holds = |from: Instant64, until: Option<Instant64>| from <= at(hour) && until.is_none_or(|it| at(hour) < it);
            let sees = found.iter().any(|it| holds(it.from, it.until));
            let expected = rows.iter().filter(|it| holds(it.from, it.until)).any(|it| {
                it.officer == officer(who)
                    || away.iter().any(|sub| {
                        sub.officer == it.officer && sub.substitute == officer(who) && holds(sub.from, Some(sub.until))
                    })
            });
            prop_assert_eq!(sees, expected, "hour {}", hour);
        }
        let mut bases: Vec<_> = found.iter().map(|it| it.basis.as_str()).collect();
        bases.sort_unstable();
        bases.dedup();
        prop_assert_eq!(bases.len(), found.len(), "each duty has a basis of its own");
        prop_assert!(found.iter().all(|it| it.until.is_none_or(|until| at(now) < until)));
    }
}
