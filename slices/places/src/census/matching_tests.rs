use proptest::prelude::*;
use uuid::Uuid;

use super::matching::*;
use super::model::*;
use super::normal::*;

const CODE: &str = "91350100M000100Y43";
const OTHER_CODE: &str = "91350000158142711F";

fn regions() -> Regions {
    Regions::of([
        ("35", "福建省"),
        ("3501", "福州市"),
        ("350105", "马尾区"),
        ("350105001", "罗星街道"),
        ("350105001001", "青洲社区"),
    ])
}

fn compared(code: &str, name: &str, address: &str) -> Compared {
    Compared::of(code, name, address, &regions())
}

fn register(of: &[(&str, &str, &str)]) -> Register {
    let mut register = Register::default();
    for (id, (code, name, address)) in (1..).zip(of) {
        let is = compared(code, name, address);
        for key in is.keys() {
            register.add(key, Registered { id: Uuid::from_u128(id), is: is.clone() });
        }
    }
    register
}

#[test]
fn names_are_compared_without_how_they_are_written() {
    for (name, core) in [
        ("江滨食品有限公司", "江滨食品"),
        ("江滨食品 有限责任公司", "江滨食品"),
        ("福州市江滨食品股份有限公司", "江滨食品"),
        ("福建福州（马尾）江滨食品有限公司", "江滨食品"),
        ("江滨食品(个体工商户)", "江滨食品"),
        ("江滨食品有限公司（个体工商户）", "江滨食品"),
        ("ＪＢ Food Co., Ltd.", "jbfood"),
        ("江滨食品有限公司马尾分公司", "江滨食品有限公司马尾分"),
        ("马尾", "马尾"),
        ("有限公司", "有限公司"),
        ("新华超市", "新华超市"),
    ] {
        assert_eq!(name_core(name, &regions()), core, "{name}");
    }
}

#[test]
fn addresses_are_compared_without_how_they_are_written() {
    for (address, core) in [
        ("江滨路12号", "江滨路12"),
        ("福建省福州市马尾区江滨路１２号", "江滨路12"),
        ("马尾区罗星街道青洲社区江滨路12号3幢101室", "江滨路12-3-101"),
        ("江滨路12弄3号楼101", "江滨路12-3-101"),
        ("江滨路 12-3-101", "江滨路12-3-101"),
        ("江滨路12号（原糖厂）", "江滨路12"),
        ("", ""),
    ] {
        assert_eq!(address_core(address, &regions()), core, "{address}");
    }
}

#[test]
fn a_finding_is_what_its_code_name_and_address_say() {
    use CensusOutcome::{Conflict, Likely, Matched, New};
    let known = [(CODE, "福州江滨食品有限公司", "江滨路12号"), (OTHER_CODE, "马尾造船有限公司", "船政路1号")];
    let register = register(&known);
    for (found, outcome, conflict, first) in [
        ((CODE, "江滨食品", "江滨路12号"), Matched, None, Some(1)),
        (("91350100m000100y43", "江滨食品厂", ""), Matched, None, Some(1)),
        ((CODE, "马尾造船有限公司", ""), Conflict, Some(CensusConflict::CodeAndName), Some(1)),
        ((CODE, "大榕树理发店", ""), Conflict, Some(CensusConflict::CodeAndName), Some(1)),
        (("91350100M000100Y44", "江滨食品", ""), Conflict, Some(CensusConflict::CodeCheck), Some(1)),
        (("9135", "大榕树理发店", ""), Conflict, Some(CensusConflict::CodeForm), None),
        (("", "江滨食品（福州）有限公司", ""), Likely, None, Some(1)),
        (("", "江滨食口有限公司", "江滨路12号"), Likely, None, Some(1)),
        (("", "江滨食品有限公司", "船政路9号"), Likely, None, Some(1)),
        (("", "大榕树理发店", "江滨路12号"), New, None, Some(1)),
        (("", "大榕树理发店", "榕树街3号"), New, None, None),
    ] {
        let (code, name, address) = found;
        let judged = judge_all(&[compared(code, name, address)], &register).pop().unwrap();
        let top = judged.candidates.first().map(|it| it.id.as_u128());
        assert_eq!((judged.outcome, judged.conflict, top), (outcome, conflict, first), "{found:?}: {judged:?}");
    }
}

#[test]
fn candidates_say_what_speaks_for_and_against_them() {
    let register = register(&[(CODE, "江滨食品有限公司", "江滨路12号")]);
    let signs = |code, name, address| {
        judge_all(&[compared(code, name, address)], &register).remove(0).candidates.remove(0).signs
    };
    use MatchSign::*;
    assert_eq!(signs(CODE, "江滨食品", "江滨路12号"), [SameCode, SameName, SameAddress]);
    assert_eq!(signs(OTHER_CODE, "江滨食品", "江滨路12号3室"), [OtherCode, SameName, NearAddress]);
    assert_eq!(signs("", "江滨食品厂", "船政路1号"), [NearName, OtherAddress]);
    assert_eq!(signs("", "榕树理发店", "江滨路12号"), [OtherName, SameAddress]);
}

#[test]
fn two_rows_that_claim_one_enterprise_contradict_each_other() {
    let register = register(&[(CODE, "江滨食品有限公司", "")]);
    let rows = [compared(CODE, "江滨食品", ""), compared("", "江滨食品公司", ""), compared("", "榕树", "")];
    let judged = judge_all(&rows, &register);
    let conflicts: Vec<_> = judged.iter().map(|it| it.conflict).collect();
    assert_eq!(conflicts, [Some(CensusConflict::ClaimedTwice), Some(CensusConflict::ClaimedTwice), None]);
    // A code that nobody has yet cannot be two enterprises' either.
    let rows = [compared(OTHER_CODE, "甲", ""), compared(OTHER_CODE, "乙", "")];
    assert!(judge_all(&rows, &register).iter().all(|it| it.conflict == Some(CensusConflict::ClaimedTwice)));
}

#[test]
fn a_beginning_that_many_share_tells_nothing() {
    let names: Vec<String> = (0..300).map(|it| format!("新世纪{it}号店铺")).collect();
    let all: Vec<(&str, &str, &str)> = names.iter().map(|it| ("", it.as_str(), "")).collect();
    let judged = judge_all(&[compared("", "新世纪大药房", ""), compared("", "新世纪7号店铺", "")], &register(&all));
    assert_eq!((judged[0].outcome, judged[0].candidates.len()), (CensusOutcome::New, 0));
    assert_eq!(judged[1].candidates.first().map(|it| it.id), Some(Uuid::from_u128(8)), "the whole name still does");
}

fn name() -> impl Strategy<Value = String> {
    proptest::collection::vec(prop_oneof!["[江滨食品厂店福州（）()ａB1 ]{0,8}", ".{0,6}"], 1..4)
        .prop_map(|it| it.concat())
}

proptest! {
    #[test]
    fn what_is_bare_stays_so(text in name()) {
        let regions = regions();
        let (name, address) = (name_core(&text, &regions), address_core(&text, &regions));
        prop_assert!(name.chars().all(char::is_alphanumeric));
        prop_assert_eq!(address_core(&address, &regions), address);
    }

    #[test]
    fn likeness_is_mutual_and_whole_only_for_equals(one in name(), other in name()) {
        let alike = likeness(&one, &other);
        prop_assert_eq!(alike, likeness(&other, &one));
        prop_assert!(alike <= 100);
        prop_assert_eq!(alike == 100, one == other && !one.is_empty());
    }

    #[test]
    fn an_enterprise_found_as_it_is_registered_matches(text in "[江滨食品厂店]{1,8}", address in name()) {
        let register = register(&[(CODE, &text, &address), (OTHER_CODE, "船政", "")]);
        let judged = judge_all(&[compared(CODE, &text, &address)], &register);
        prop_assert_eq!(judged[0].outcome, CensusOutcome::Matched);
        prop_assert_eq!(judged[0].claims, Some(Uuid::from_u128(1)));
    }

    #[test]
    fn the_order_of_the_register_changes_nothing(found in name(), names in proptest::collection::vec(name(), 0..12)) {
        let found = compared("", &found, "江滨路1号");
        let all: Vec<Registered> = (1..).zip(&names)
            .map(|(id, it)| Registered { id: Uuid::from_u128(id), is: compared("", it, "江滨路1号") }).collect();
        let (there, back): (Vec<_>, Vec<_>) = (all.iter().collect(), all.iter().rev().collect());
        let judged = judge(&found, &there);
        prop_assert_eq!(&judged, &judge(&found, &back));
        prop_assert!(judged.candidates.windows(2).all(|it| it[1].score <= it[0].score));
    }
}
