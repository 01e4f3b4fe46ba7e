use uuid::Uuid;

use super::matching::{Compared, Register, Registered};
use super::model::{CensusConflict, CensusKind, CensusOutcome, Judgement};
use super::normal::Regions;
use super::premises::*;

const CODE: &str = "91350100M000100Y43";
const HERE: &str = "350105001001";
const GRID: &str = "350105001001001";
const ELSEWHERE: &str = "350105002001";

use CensusKind::{Building, Compound, Enterprise, Mall};
use CensusOutcome::{Conflict, Likely, Matched, New};

/// A building, two malls of one name, a compound.
fn premises() -> PremisesRegister {
    let mut register = PremisesRegister::default();
    let known = [
        (Building, GRID, "名城大厦", "江滨路12号"),
        (Mall, HERE, "船政商场", "船政路1号"),
        (Mall, ELSEWHERE, "船政商场", "青洲路9号"),
        (Compound, HERE, "榕树新村", "榕树街3号"),
    ];
    for (id, (kind, area, name, address)) in (1..).zip(known) {
        let it = ComparedPremises::of(Some(kind), area, name, address, &Regions::default());
        register.add(Uuid::from_u128(id), it);
    }
    register
}

fn enterprises() -> Register {
    let mut register = Register::default();
    for (id, (code, name)) in (11..).zip([("", "榕树新村"), (CODE, "江滨食品有限公司")]) {
        let is = Compared::of(code, name, "", &Regions::default());
        for key in is.keys() {
            register.add(key, Registered { id: Uuid::from_u128(id), is: is.clone() });
        }
    }
    register
}

type Row = (Option<CensusKind>, &'static str, &'static str, &'static str, &'static str);

fn judged(rows: &[Row]) -> Vec<(CensusKind, Judgement)> {
    let of =
        |(kind, area, code, name, address): &Row| Sought::of(*kind, (code, name, address), area, &Regions::default());
    let sought: Vec<Sought> = rows.iter().map(of).collect();
    judge_each(&sought, &enterprises(), &premises())
}

#[test]
fn premises_are_known_by_name_and_place() {
    let rows: [(Row, CensusKind, CensusOutcome, Option<u128>); 12] = [
        ((Some(Building), HERE, "", "名城大厦", ""), Building, Matched, Some(1)),
        ((Some(Building), ELSEWHERE, "", "名城（大厦）", "江滨路１２号"), Building, Matched, Some(1)),
        ((Some(Building), HERE, "", "名城大厦", "江滨路99号"), Building, Likely, None),
        ((Some(Building), ELSEWHERE, "", "名城大厦", ""), Building, Likely, None),
        ((Some(Mall), HERE, "", "名城大厦", ""), Mall, Likely, None),
        ((Some(Building), HERE, "", "江滨中心", "江滨路12号"), Building, Likely, None),
        ((Some(Building), HERE, "", "青云大厦", "青云路8号"), Building, New, None),
        // A code of whoever runs it is none of theirs.
        ((Some(Building), HERE, CODE, "名城大厦", ""), Building, Matched, Some(1)),
        // Nothing is said of what it is.
        ((None, HERE, "", "名城大厦", ""), Building, Matched, Some(1)),
        ((None, HERE, "", "青云大厦", ""), Enterprise, New, None),
        ((None, HERE, "", "榕树新村", ""), Enterprise, Likely, Some(11)),
        ((Some(Enterprise), HERE, "", "名城大厦", ""), Enterprise, New, None),
    ];
    for (row, kind, outcome, claims) in rows {
        let it = judged(&[row]).remove(0);
        assert_eq!((it.0, it.1.outcome, it.1.claims), (kind, outcome, claims.map(Uuid::from_u128)), "{row:?} {it:?}");
    }
}

#[test]
fn of_two_premises_of_one_name_none_is_sure() {
    // The area tells them apart; the district, which holds both, does not.
    let [near, far] = judged(&[(Some(Mall), HERE, "", "船政商场", ""), (Some(Mall), "350105", "", "船政商场", "")])
        .try_into()
        .unwrap_or_else(|it| panic!("{it:?}"));
    assert_eq!((near.1.outcome, near.1.claims), (Matched, Some(Uuid::from_u128(2))));
    assert_eq!((far.1.outcome, far.1.claims, far.1.candidates.len()), (Likely, None, 2));
}

#[test]
fn two_rows_of_a_file_cannot_be_the_same_premises() {
    let row = (Some(Building), HERE, "", "名城大厦", "");
    let judged =
        judged(&[row, (Some(Building), HERE, "", "名城大厦", "江滨路12号"), (Some(Mall), HERE, "", "船政商场", "")]);
    let are: Vec<_> = judged.iter().map(|it| (it.1.outcome, it.1.conflict)).collect();
    let twice = (Conflict, Some(CensusConflict::ClaimedTwice));
    assert_eq!(are, [twice, twice, (Matched, None)]);
}
