//! Our own pass: `RW1:` + base45(zlib(COSE_Sign1(EdDSA))). Issued here, and verified here without a network. One that is
//! bound to a phone is shown as `RW2:`, see [`crate::bound`].

use crate::bound::Bound;
use crate::claims::MAX_LIFE_S;
use crate::cose::{self, Sign1};
use crate::key::Algorithm;
use crate::status_list::{State, StatusList};
use crate::trust::TrustList;
use crate::{Claims, IssuerKey, Refusal, Stage, bound, envelope};

/// What our passes begin with.
pub const PREFIX: &str = "RW1:";

/// A pass that must not be issued.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SignError {
    /// Ends before it begins, or is in force for more than seven days.
    #[error("a pass is in force for at most seven days")]
    Life,
    /// No site and no area.
    #[error("a pass is good somewhere")]
    NoScope,
}

/// The text of a pass with these claims.
///
/// # Errors
/// [`SignError`] when nobody would accept it.
pub fn issue(key: &IssuerKey, claims: &Claims) -> Result<String, SignError> {
    let life_s = claims.expires_at_s.checked_sub(claims.issued_at_s).ok_or(SignError::Life)?;
    if !(1..=MAX_LIFE_S).contains(&life_s) {
        return Err(SignError::Life);
    }
    match &claims.scope {
        crate::Scope::Sites(it) if it.is_empty() => return Err(SignError::NoScope),
        crate::Scope::Area(it) if it.is_empty() => return Err(SignError::NoScope),
        crate::Scope::Sites(_) | crate::Scope::Area(_) => {}
    }
    let cose = cose::sign1(-8, &key.kid(), None, &claims.to_cbor(), |it| key.sign(it));
    Ok(envelope::close(&cose, PREFIX))
}

/// Whose word a pass is and what it claims, from the signature alone: neither its time nor its state is looked at.
pub(crate) fn open(text: &[u8], trust: &TrustList) -> Result<Claims, Refusal> {
    claimed(&envelope::open(text, PREFIX)?, trust)
}

/// The same, and the proof that came with it.
fn open_either(text: &[u8], trust: &TrustList) -> Result<(Claims, Option<Bound>), Refusal> {
    if !text.starts_with(bound::PREFIX.as_bytes()) {
        return Ok((open(text, trust)?, None));
    }
    let bound = Bound::parse(text)?;
    Ok((claimed(&envelope::unpack(&bound.packed)?, trust)?, Some(bound)))
}

fn claimed(cose: &[u8], trust: &TrustList) -> Result<Claims, Refusal> {
    let message = Sign1::parse(cose)?;
    let issuer = signer(&message, trust)?;
    let claims = Claims::from_cbor(&message.payload)?;
    match claims.issuer == issuer {
        true => Ok(claims),
        false => Err(Refusal::cannot_tell(Stage::Claims, "another issuer than the key's")),
    }
}

/// The issuer whose key signed a message of ours.
pub(crate) fn signer<'a>(message: &Sign1, trust: &'a TrustList) -> Result<&'a str, Refusal> {
    if message.alg != Some(Algorithm::EdDsa.cose()) {
        return Err(Refusal::cannot_tell(Stage::Alg, "not EdDSA"));
    }
    let found = message.kid.as_deref().and_then(|it| trust.issuer_key(it));
    let (issuer, key) = found.ok_or(Refusal::cannot_tell(Stage::Kid, "no trusted key of that id"))?;
    match key.verifies(&message.signed_bytes(), &message.signature) {
        true => Ok(issuer),
        false => Err(Refusal::invalid(Stage::Signature, "the signature does not match")),
    }
}

/// Verifies a pass where it is shown.
///
/// `site` is the id of the place and its area code; without it the scope is not asked about. `status` is the list that
/// the place holds: without one, or with one that is stale or another, nobody can say that the pass was not revoked.
///
/// # Errors
/// [`Refusal`]: where it stopped, and whether that means invalid or cannot tell.
pub fn verify(
    text: &[u8],
    trust: &TrustList,
    site: Option<(&[u8; 16], Option<&str>)>,
    status: Option<&StatusList>,
    now_s: i64,
) -> Result<Claims, Refusal> {
    let claims = verify_but_status(text, trust, site, now_s)?;
    let list = status.ok_or(Refusal::cannot_tell(Stage::Status, "no status list"))?;
    match list.state(&claims.issuer, &claims.status, now_s)? {
        State::Valid => Ok(claims),
        State::Revoked => Err(Refusal::invalid(Stage::Status, "revoked")),
        State::Suspended => Err(Refusal::invalid(Stage::Status, "suspended")),
    }
}

/// As [`verify`], for the issuer itself, who knows better than its list whether the pass was revoked.
///
/// # Errors
/// [`Refusal`], never at [`Stage::Status`].
pub fn verify_but_status(
    text: &[u8],
    trust: &TrustList,
    site: Option<(&[u8; 16], Option<&str>)>,
    now_s: i64,
) -> Result<Claims, Refusal> {
    let (claims, proof) = open_either(text, trust)?;
    if now_s < claims.issued_at_s {
        return Err(Refusal::invalid(Stage::NotYet, "not in force yet"));
    }
    if claims.expires_at_s <= now_s {
        return Err(Refusal::invalid(Stage::Expired, "no longer in force"));
    }
    match site.map(|(id, area)| claims.scope.holds(id, area)) {
        None | Some(Some(true)) => {}
        Some(Some(false)) => return Err(Refusal::invalid(Stage::Scope, "good at other places")),
        Some(None) => return Err(Refusal::cannot_tell(Stage::Scope, "good in an area, and the site's is not known")),
    }
    match (&claims.holder_key, proof) {
        (None, None) => {}
        (Some(key), Some(proof)) => proof.prove(key, now_s)?,
        (Some(_), None) => return Err(Refusal::cannot_tell(Stage::Proof, "bound to a phone, and not shown by it")),
        (None, Some(_)) => return Err(Refusal::cannot_tell(Stage::Proof, "bound to no phone, and shown as if")),
    }
    Ok(claims)
}
