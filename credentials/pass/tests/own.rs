//! Our own pass, as a gate meets it: every way in which it is good, is not, or cannot be told.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use pass::status_list::{Entries, State, StatusList};
use pass::{Claims, IssuerKey, Outcome, Scope, SignError, Stage, StatusRef, TrustList, issue, verify};
use proptest::prelude::*;

const NOW_S: i64 = 1_700_000_000;
const SITE: [u8; 16] = [3; 16];

fn key() -> IssuerKey {
    IssuerKey::from_seed(&[7; 32]).unwrap()
}

fn trust() -> TrustList {
    let mut trust = TrustList::default();
    assert!(trust.add_issuer("district", key().public_key()));
    trust
}

fn claims() -> Claims {
    Claims {
        issuer: "district".into(),
        issued_at_s: NOW_S - 60,
        expires_at_s: NOW_S + 3600,
        pass_id: [1; 16],
        status: StatusRef { index: 9, uri: "list-1".into() },
        scope: Scope::Sites(vec![SITE]),
        holder_key: None,
    }
}

fn list(state: State) -> StatusList {
    let mut entries = Entries::all_valid(100);
    entries.set(9, state);
    StatusList {
        issuer: "district".into(),
        uri: "list-1".into(),
        issued_at_s: NOW_S - 600,
        expires_at_s: NOW_S + 600,
        entries,
    }
}

/// What a gate of `SITE` says.
fn at_gate(text: &str, list: Option<&StatusList>) -> Result<Claims, (Stage, Outcome)> {
    verify(text.as_bytes(), &trust(), Some((&SITE, Some("350104001"))), list, NOW_S)
        .map_err(|it| (it.stage, it.outcome))
}

#[test]
fn a_pass_is_good_where_and_while_it_says_so() {
    use Outcome::{CannotTell, Invalid};
    type Case = (&'static str, fn(&mut Claims), Result<(), (Stage, Outcome)>);
    let cases: [Case; 8] = [
        ("as it is", |_| {}, Ok(())),
        ("the last second", |it| it.expires_at_s = NOW_S + 1, Ok(())),
        ("over", |it| it.expires_at_s = NOW_S, Err((Stage::Expired, Invalid))),
        ("to come", |it| it.issued_at_s = NOW_S + 1, Err((Stage::NotYet, Invalid))),
        ("elsewhere", |it| it.scope = Scope::Sites(vec![[4; 16]]), Err((Stage::Scope, Invalid))),
        ("the street", |it| it.scope = Scope::Area("350104".into()), Ok(())),
        ("another district", |it| it.scope = Scope::Area("350105".into()), Err((Stage::Scope, Invalid))),
        ("not in the list", |it| it.status.index = 100, Err((Stage::Status, CannotTell))),
    ];
    for (what, change, expected) in cases {
        let mut claims = claims();
        change(&mut claims);
        let text = issue(&key(), &claims).unwrap();
        assert_eq!(at_gate(&text, Some(&list(State::Valid))).map(drop), expected, "{what}");
    }
}

#[test]
fn only_a_fresh_list_of_the_passs_own_says_that_it_stands() {
    use Outcome::{CannotTell, Invalid};
    let text = issue(&key(), &claims()).unwrap();
    let verdict = |list: Option<&StatusList>| at_gate(&text, list).map(drop);
    assert_eq!(verdict(None), Err((Stage::Status, CannotTell)), "no list");
    assert_eq!(verdict(Some(&list(State::Revoked))), Err((Stage::Status, Invalid)));
    assert_eq!(verdict(Some(&list(State::Suspended))), Err((Stage::Status, Invalid)));
    let changes: [fn(&mut StatusList); 4] = [
        |it| it.expires_at_s = NOW_S,
        |it| it.issued_at_s = NOW_S + 1,
        |it| it.uri = "list-2".into(),
        |it| it.issuer = "another".into(),
    ];
    for change in changes {
        // Even one that says "revoked": a list that is not to be relied on denies nobody.
        for state in [State::Valid, State::Revoked] {
            let mut unfit = list(state);
            change(&mut unfit);
            assert_eq!(verdict(Some(&unfit)), Err((Stage::Status, CannotTell)));
        }
    }
}

#[test]
fn a_list_is_taken_from_a_trusted_key_only() {
    let signed = list(State::Revoked).sign(&key());
    assert_eq!(StatusList::open(&signed, &trust()), Ok(list(State::Revoked)));
    assert_eq!(list(State::Valid).age_s(NOW_S), 600);
    let other = IssuerKey::from_seed(&[8; 32]).unwrap();
    let mut changed = signed.clone();
    let last = changed.len() - 1;
    changed[last] ^= 1;
    let long = StatusList { expires_at_s: NOW_S + 90_000, ..list(State::Valid) };
    let pass = issue(&key(), &claims()).unwrap();
    for bytes in [
        list(State::Valid).sign(&other),
        StatusList { issuer: "another".into(), ..list(State::Valid) }.sign(&key()),
        changed,
        long.sign(&key()),
        pass.into_bytes(),
    ] {
        let refused = StatusList::open(&bytes, &trust()).unwrap_err();
        assert_eq!((refused.stage, refused.outcome), (Stage::Status, Outcome::CannotTell));
    }
}

#[test]
fn what_nobody_would_accept_is_not_issued() {
    let long = Claims { expires_at_s: NOW_S + 8 * 86_400, ..claims() };
    let backwards = Claims { expires_at_s: NOW_S - 100, ..claims() };
    let nowhere = Claims { scope: Scope::Sites(Vec::new()), ..claims() };
    assert_eq!(issue(&key(), &long), Err(SignError::Life));
    assert_eq!(issue(&key(), &backwards), Err(SignError::Life));
    assert_eq!(issue(&key(), &nowhere), Err(SignError::NoScope));
}

#[test]
fn an_unknown_or_lying_signer_is_told_apart() {
    let other = IssuerKey::from_seed(&[8; 32]).unwrap();
    let unknown = issue(&other, &claims()).unwrap();
    assert_eq!(at_gate(&unknown, None), Err((Stage::Kid, Outcome::CannotTell)));
    let borrowed = issue(&key(), &Claims { issuer: "another".into(), ..claims() }).unwrap();
    assert_eq!(at_gate(&borrowed, None), Err((Stage::Claims, Outcome::CannotTell)));
}

#[test]
fn a_pass_fits_a_qr_code_and_names_nobody() {
    let text = issue(&key(), &claims()).unwrap();
    assert!(text.len() < 320, "{} characters", text.len());
    assert!(text.bytes().all(|it| b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".contains(&it)), "alphanumeric mode");
}

proptest! {
    #[test]
    fn what_is_issued_is_read_the_same(
        index in 0u32..100, id in any::<[u8; 16]>(), sites in prop::collection::vec(any::<[u8; 16]>(), 1..6), life_s in 1i64..=604_800,
    ) {
        let wanted = Claims {
            pass_id: id, scope: Scope::Sites(sites.clone()), status: StatusRef { index, uri: "list-1".into() },
            issued_at_s: NOW_S, expires_at_s: NOW_S + life_s, ..claims()
        };
        let text = issue(&key(), &wanted).unwrap();
        let list = StatusList { entries: Entries::all_valid(100), ..list(State::Valid) };
        let read = verify(text.as_bytes(), &trust(), Some((&sites[0], None)), Some(&list), NOW_S);
        prop_assert_eq!(read, Ok(wanted));
    }

    #[test]
    fn a_list_holds_each_state_where_it_was_put(puts in prop::collection::btree_map(0u32..5_000, 0usize..3, 0..200)) {
        let states = [State::Valid, State::Revoked, State::Suspended];
        let mut entries = Entries::all_valid(5_000);
        puts.iter().for_each(|(index, state)| entries.set(*index, states[*state]));
        let list = StatusList { entries, ..list(State::Valid) };
        let read = StatusList::open(&list.sign(&key()), &trust()).unwrap();
        for index in 0..5_000 {
            let wanted = puts.get(&index).map_or(State::Valid, |it| states[*it]);
            prop_assert_eq!(read.state("district", &StatusRef { index, uri: "list-1".into() }, NOW_S), Ok(wanted));
        }
    }
}

/// A phone's key, as WebCrypto makes one.
struct Phone(EcdsaKeyPair);

impl Phone {
    fn new() -> Self {
        Self(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap())
    }

    fn key(&self) -> [u8; 64] {
        self.0.public_key().as_ref().get(1..).unwrap().try_into().unwrap()
    }

    fn shows(&self, pass: &str, at_s: i64) -> String {
        let sign = |it: &[u8]| self.0.sign(&SystemRandom::new(), it).unwrap().as_ref().to_vec();
        pass::bound::show(pass, u32::try_from(at_s).unwrap(), sign).unwrap()
    }
}

#[test]
fn a_bound_pass_is_good_in_the_hand_of_its_phone_and_for_a_moment() {
    use Outcome::{CannotTell, Invalid};
    let (phone, other) = (Phone::new(), Phone::new());
    let pass = issue(&key(), &Claims { holder_key: Some(phone.key()), ..claims() }).unwrap();
    let free = issue(&key(), &claims()).unwrap();
    let good = list(State::Valid);
    for (what, text, expected) in [
        ("now", phone.shows(&pass, NOW_S), Ok(())),
        ("five minutes ago", phone.shows(&pass, NOW_S - 300), Ok(())),
        ("a photograph", phone.shows(&pass, NOW_S - 301), Err((Stage::Proof, CannotTell))),
        ("a clock that is fast", phone.shows(&pass, NOW_S + 60), Ok(())),
        ("a clock that is wrong", phone.shows(&pass, NOW_S + 61), Err((Stage::Proof, CannotTell))),
        ("another phone", other.shows(&pass, NOW_S), Err((Stage::Proof, Invalid))),
        ("without its proof", pass.clone(), Err((Stage::Proof, CannotTell))),
        ("one that is free, with a proof", phone.shows(&free, NOW_S), Err((Stage::Proof, CannotTell))),
        ("nothing but a proof", "RW2:".to_owned(), Err((Stage::Inflate, CannotTell))),
        ("not base45", "RW2:~".to_owned(), Err((Stage::Base45, CannotTell))),
    ] {
        assert_eq!(at_gate(&text, Some(&good)).map(drop), expected, "{what}");
    }
    assert_eq!(
        at_gate(&phone.shows(&pass, NOW_S), Some(&list(State::Revoked))).map(drop),
        Err((Stage::Status, Invalid))
    );
    assert!(phone.shows(&pass, NOW_S).len() < 560, "{} characters", phone.shows(&pass, NOW_S).len());
}

#[test]
fn whoever_changes_a_byte_of_what_is_shown_shows_nothing() {
    let phone = Phone::new();
    let pass = issue(&key(), &Claims { holder_key: Some(phone.key()), ..claims() }).unwrap();
    let shown = phone.shows(&pass, NOW_S);
    for at in 4..shown.len() {
        let mut bytes = shown.clone().into_bytes();
        let byte = bytes.get_mut(at).unwrap();
        *byte = if *byte == b'0' { b'1' } else { b'0' };
        assert!(at_gate(std::str::from_utf8(&bytes).unwrap(), Some(&list(State::Valid))).is_err(), "byte {at}");
    }
}
