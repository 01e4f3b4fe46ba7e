//! What must hold for any bytes at all. libFuzzer drives these functions through the crate in `fuzz/`, and a test
//! drives them on stable Rust; they panic when an invariant is broken. Not part of the product's own code paths.

use crate::status_list::{Entries, StatusList};
use crate::{Claims, IssuerKey, Outcome, Request, Scope, StatusRef, TrustList, dcc, inspect, issue, shc, verify};

/// An issuer for tests: its key and who believes it.
fn issuer() -> (IssuerKey, TrustList) {
    let Some(key) = IssuerKey::from_seed(&[7; 32]) else { unreachable!("32 bytes are a seed") };
    let mut trust = TrustList::default();
    trust.add_issuer("fuzz", key.public_key());
    (key, trust)
}

/// Nothing that anyone writes is valid unless a trusted key signed it, and every reader ends.
///
/// # Panics
/// When that is not so.
pub fn verify_target(data: &[u8]) {
    let (_, trust) = issuer();
    let request = Request { trust, now_s: 1_700_000_000, ..Request::default() };
    let (outcome, line) = inspect(data, &request);
    assert!(outcome != Outcome::Valid, "a signature was guessed");
    assert!(
        !line.contains('\n') && serde_json::from_str::<serde_json::Value>(&line).is_ok(),
        "a line is a JSON object"
    );
    // The foreign readers are reached whatever the prefix, and the list's reader too.
    let prefixed = |prefix: &str| [prefix.as_bytes(), data].concat();
    assert!(verify(&prefixed(crate::bound::PREFIX), &request.trust, None, None, request.now_s).is_err());
    assert!(dcc::verify(&prefixed(dcc::PREFIX), &request.trust, true, &[], request.now_s).is_err());
    assert!(shc::verify(data, &request.trust, &[], request.now_s).is_err());
    assert!(shc::verify(&prefixed(shc::PREFIX), &request.trust, &[], request.now_s).is_err());
    assert!(StatusList::open(data, &request.trust).is_err(), "a list was forged");
}

/// A pass with these bytes inside a true envelope: the readers behind the signature meet anything, too.
///
/// # Panics
/// When an invariant is broken.
pub fn signed_target(data: &[u8]) {
    let (key, trust) = issuer();
    let cose = crate::cose::sign1(-8, &key.kid(), None, data, |it| key.sign(it));
    let text = crate::envelope::close(&cose, crate::PREFIX);
    if let Ok(claims) = crate::own::open(text.as_bytes(), &trust) {
        let again = Claims::from_cbor(&claims.to_cbor());
        assert!(again.as_ref() == Ok(&claims), "what is read is written the same");
    }
    for bits in [1, 2, 4, 8] {
        if let Some(list) = Entries::unpack(bits, data) {
            let beyond = u32::try_from(list.len()).unwrap_or(u32::MAX);
            assert!(list.get(beyond).is_none(), "nothing stands outside of a list");
        }
    }
}

/// Changing any byte of a good pass makes it anything but valid.
///
/// # Panics
/// When that is not so.
pub fn tamper_target(data: &[u8]) {
    let (key, trust) = issuer();
    let claims = Claims {
        issuer: "fuzz".to_owned(),
        issued_at_s: 0,
        expires_at_s: 100,
        pass_id: [1; 16],
        status: StatusRef { index: 1, uri: "list".to_owned() },
        scope: Scope::Area("999999".to_owned()),
        holder_key: None,
    };
    let list = StatusList {
        issuer: "fuzz".to_owned(),
        uri: "list".to_owned(),
        issued_at_s: 0,
        expires_at_s: 100,
        entries: Entries::all_valid(8),
    };
    let Ok(text) = issue(&key, &claims) else { unreachable!("seven days at most") };
    let mut bytes = text.clone().into_bytes();
    for pair in data.chunks_exact(2) {
        let at = pair.first().map_or(0, |it| usize::from(*it)) % bytes.len();
        if let (Some(byte), Some(value)) = (bytes.get_mut(at), pair.last()) {
            *byte = *value;
        }
    }
    let verified = verify(&bytes, &trust, None, Some(&list), 50);
    assert!(verified.is_err() || verified.is_ok_and(|it| it == claims), "a changed pass says something else");
}
