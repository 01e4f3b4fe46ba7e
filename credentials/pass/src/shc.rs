//! SMART Health Cards: a JWS (RFC 7515) with a DEFLATE-compressed payload, as such or as the digits of one QR code.
//!
//! Who is named in one is read for the guard, who compares the name with a document.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use crate::dcc::Kind;
use crate::envelope::inflate;
use crate::foreign::{Holder, holder_of_shc};
use crate::{Refusal, Stage, TrustList};

/// What a card in a QR code begins with.
pub const PREFIX: &str = "shc:/";
/// A card in a file may be longer than a QR code holds: the bundle of a hospital stay.
const MAX_TEXT_BYTES: usize = 128 * 1024;
/// What a card may inflate to.
const MAX_CARD_BYTES: usize = 256 * 1024;
/// The type that every card has.
const HEALTH_CARD: &str = "https://smarthealth.cards#health-card";

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    zip: Option<String>,
    crit: Option<IgnoredAny>,
}

/// A key twice in an object is refused by the reader of each of these.
#[derive(Deserialize)]
struct Payload {
    iss: String,
    nbf: f64,
    #[serde(default, deserialize_with = "present")]
    exp: Option<f64>,
    vc: Credential,
}

#[derive(Deserialize)]
struct Credential {
    #[serde(rename = "type")]
    types: Vec<String>,
    #[serde(default, deserialize_with = "present")]
    rid: Option<String>,
    #[serde(rename = "credentialSubject")]
    subject: Option<Subject>,
}

#[derive(Deserialize)]
struct Subject {
    #[serde(rename = "fhirBundle")]
    bundle: BTreeMap<String, IgnoredAny>,
}

/// A member that is there has a value: `null` is not the same as absent.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// What we take from a card that stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Attested {
    /// Who issued it: an address that is a name, and is never called.
    pub issuer: String,
    /// Until when, seconds since 1970; most cards do not say.
    pub expires_at_s: Option<f64>,
    /// What it attests, where its types say so.
    pub kind: Option<Kind>,
    /// Whose it is.
    pub holder: Option<Holder>,
}

/// Verifies a card. In force from `nbf`, included, to `exp`, excluded.
///
/// `revoked` holds ids of revoked cards (`rid`), or `rid.seconds` for those issued before that time.
///
/// # Errors
/// [`Refusal`]: where it stopped, and whether that means invalid or cannot tell.
pub fn verify(text: &[u8], trust: &TrustList, revoked: &[String], now_s: i64) -> Result<Attested, Refusal> {
    let jws = jws(text)?;
    let not_jws = Refusal::cannot_tell(Stage::Cose, "not a JWS");
    let [header, payload, signature] = jws.split('.').collect::<Vec<_>>().try_into().map_err(|_| not_jws)?;
    let decoded =
        |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| Refusal::cannot_tell(Stage::Base45, "not base64url"));
    let (header_bytes, packed, signature) = (decoded(header)?, decoded(payload)?, decoded(signature)?);
    let header_: Header = serde_json::from_slice(&header_bytes).map_err(|_| not_jws)?;
    if header_.alg != "ES256" {
        return Err(Refusal::cannot_tell(Stage::Alg, "not ES256"));
    }
    if header_.crit.is_some() || header_.zip.as_deref() != Some("DEF") {
        return Err(Refusal::cannot_tell(Stage::Cose, "a header that a card does not have, or lacks"));
    }
    let json = inflate(&packed, false, MAX_CARD_BYTES)
        .ok_or(Refusal::cannot_tell(Stage::Inflate, "not DEFLATE, or too large"))?;
    let claims: Result<Payload, _> = serde_json::from_slice(&json);
    let issuer = claims.as_ref().map(|it| it.iss.clone()).ok().or_else(|| issuer_of(&json));
    let issuer = issuer.ok_or(Refusal::cannot_tell(Stage::Claims, "iss"))?;
    let keys = trust.shc_keys(&issuer).ok_or(Refusal::cannot_tell(Stage::Kid, "not a trusted issuer"))?;
    let key = header_.kid.and_then(|kid| keys.iter().find(|it| it.0 == kid));
    let (_, key) = key.ok_or(Refusal::cannot_tell(Stage::Kid, "no trusted key of that id"))?;
    let signed = jws.get(..header.len() + 1 + payload.len()).ok_or(not_jws)?;
    if !key.verifies(signed.as_bytes(), &signature) {
        return Err(Refusal::invalid(Stage::Signature, "the signature does not match"));
    }
    let claims = claims.map_err(|_| Refusal::cannot_tell(Stage::Claims, "the claims are not of the specification"))?;
    stands(&claims, revoked, now_s)?;
    let kind = claims.vc.types.iter().find_map(|it| kind_of(it));
    Ok(Attested { issuer, expires_at_s: claims.exp, kind, holder: holder_of_shc(&json) })
}

/// What a type of a card says that it attests.
fn kind_of(card_type: &str) -> Option<Kind> {
    match card_type {
        "https://smarthealth.cards#immunization" => Some(Kind::Vaccination),
        "https://smarthealth.cards#laboratory" => Some(Kind::Test),
        _ => None,
    }
}

/// Whose word the card claims to be when its other claims cannot be read.
fn issuer_of(json: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Issuer {
        iss: String,
    }
    serde_json::from_slice(json).map(|it: Issuer| it.iss).ok()
}

fn stands(claims: &Payload, revoked: &[String], now_s: i64) -> Result<(), Refusal> {
    #[expect(clippy::as_conversions, reason = "exact for every date before the year 285,000,000")]
    let now = now_s as f64;
    if now < claims.nbf {
        return Err(Refusal::invalid(Stage::NotYet, "not in force yet"));
    }
    if claims.exp.is_some_and(|it| it <= now) {
        return Err(Refusal::invalid(Stage::Expired, "no longer in force"));
    }
    if claims.vc.subject.as_ref().is_none_or(|it| it.bundle.is_empty())
        || !claims.vc.types.iter().any(|it| it == HEALTH_CARD)
    {
        return Err(Refusal::cannot_tell(Stage::Claims, "not a health card"));
    }
    let is_revoked = |rid: &String| revoked.iter().any(|it| revokes(it, rid, claims.nbf));
    match claims.vc.rid.as_ref().is_some_and(is_revoked) {
        true => Err(Refusal::invalid(Stage::Status, "revoked")),
        false => Ok(()),
    }
}

/// Whether an entry of a revocation list, `rid` or `rid.seconds`, names the card `rid` issued at `nbf`.
fn revokes(entry: &str, rid: &str, nbf: f64) -> bool {
    match entry.split_once('.') {
        Some((id, before)) => id == rid && before.parse().is_ok_and(|before: f64| nbf < before),
        None => entry == rid,
    }
}

/// The JWS: the text itself, or what its digit pairs stand for (each the character's code less 45).
fn jws(text: &[u8]) -> Result<String, Refusal> {
    if MAX_TEXT_BYTES < text.len() {
        return Err(Refusal::cannot_tell(Stage::Prefix, "longer than a card"));
    }
    let text = std::str::from_utf8(text).map_err(|_| Refusal::cannot_tell(Stage::Prefix, "not text"))?;
    let Some(digits) = text.strip_prefix(PREFIX) else { return Ok(text.to_owned()) };
    let pairs = digits.as_bytes().chunks(2).map(|pair| match pair {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => {
            let code = (tens - b'0') * 10 + (ones - b'0') + 45;
            (code <= b'z').then_some(char::from(code))
        }
        _ => None,
    });
    pairs.collect::<Option<String>>().ok_or(Refusal::cannot_tell(Stage::Base45, "not digit pairs"))
}
