//! EU Digital COVID Certificates: `HC1:` (hcert specification, version 3; value schema 1.3).
//!
//! Who is named in one is read for the guard, who compares the name with a document.

use aws_lc_rs::digest::{SHA256, digest};

use crate::cbor::{self, Value};
use crate::cose::Sign1;
use crate::foreign::{Holder, holder_of_dcc};
use crate::key::{Algorithm, Certificate};
use crate::{Refusal, Stage, TrustList, envelope};

/// What a certificate begins with.
pub const PREFIX: &str = "HC1:";

/// Claim keys (RFC 8392; −260 is `hcert`).
const ISS: i128 = 1;
const EXP: i128 = 4;
const NBF: i128 = 5;
const IAT: i128 = 6;
const HCERT: i128 = -260;

/// What a certificate attests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `t`
    Test,
    /// `v`
    Vaccination,
    /// `r`
    Recovery,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Test, Self::Vaccination, Self::Recovery];

    fn field(self) -> &'static str {
        match self {
            Self::Test => "t",
            Self::Vaccination => "v",
            Self::Recovery => "r",
        }
    }

    /// Extended key usages of a key that may sign it: as specified, and with the stray `0` that some issuers use.
    fn usages(self) -> [&'static str; 2] {
        match self {
            Self::Test => ["1.3.6.1.4.1.1847.2021.1.1", "1.3.6.1.4.1.0.1847.2021.1.1"],
            Self::Vaccination => ["1.3.6.1.4.1.1847.2021.1.2", "1.3.6.1.4.1.0.1847.2021.1.2"],
            Self::Recovery => ["1.3.6.1.4.1.1847.2021.1.3", "1.3.6.1.4.1.0.1847.2021.1.3"],
        }
    }
}

/// A revoked certificate: the first sixteen bytes of a SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Revoked {
    /// Of the unique certificate identifier.
    Uci([u8; 16]),
    /// Of the issuing country and the identifier.
    CountryUci([u8; 16]),
    /// Of the signature; for ES256 of its `r` alone, since anyone can write the same signature with another `s`.
    Signature([u8; 16]),
}

/// What we take from a certificate that stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Attested {
    /// What it attests.
    pub kind: Kind,
    /// Who issued it, a country's code.
    pub issuer: String,
    /// Until when its signature counts, seconds since 1970.
    pub expires_at_s: f64,
    /// Whose it is.
    pub holder: Option<Holder>,
}

/// Verifies a certificate. In force from `iat` (and `nbf`, if it has one) to `exp`, both included.
///
/// # Errors
/// [`Refusal`]: where it stopped, and whether that means invalid or cannot tell.
pub fn verify(
    text: &[u8],
    trust: &TrustList,
    check_key_usage: bool,
    revoked: &[Revoked],
    now_s: i64,
) -> Result<Attested, Refusal> {
    let message = Sign1::parse(&envelope::open(text, PREFIX)?)?;
    let signer = signer(&message, trust)?;
    let claims = cbor::decode(&message.payload).ok_or(Refusal::cannot_tell(Stage::Claims, "not CBOR"))?;
    let expires_at_s = in_force(&claims, now_s)?;
    let certificate = claims.at(HCERT).and_then(|it| it.at(1)).filter(|it| it.entries().is_some());
    let certificate = certificate.ok_or(Refusal::cannot_tell(Stage::Claims, "hcert"))?;
    let (kind, entry) = entry(certificate).ok_or(Refusal::cannot_tell(Stage::Claims, "hcert is not of the schema"))?;
    let known = |usage: &&String| Kind::ALL.iter().any(|it| it.usages().contains(&usage.as_str()));
    let allowed: Vec<&String> = signer.usages.iter().filter(known).collect();
    if check_key_usage && !allowed.is_empty() && !allowed.iter().any(|it| kind.usages().contains(&it.as_str())) {
        return Err(Refusal::invalid(Stage::Scope, "signed with a key for other certificates"));
    }
    let issuer = claims.at(ISS).and_then(Value::text).unwrap_or_default();
    if digests(entry, issuer, &message, signer.key.algorithm).iter().any(|it| revoked.contains(it)) {
        return Err(Refusal::invalid(Stage::Status, "revoked"));
    }
    Ok(Attested { kind, issuer: issuer.to_owned(), expires_at_s, holder: holder_of_dcc(certificate) })
}

fn signer<'a>(message: &Sign1, trust: &'a TrustList) -> Result<&'a Certificate, Refusal> {
    let Some(alg) = message.alg else { return Err(Refusal::cannot_tell(Stage::Alg, "no algorithm")) };
    if ![Algorithm::Es256, Algorithm::Ps256].iter().any(|it| it.cose() == alg) {
        return Err(Refusal::cannot_tell(Stage::Alg, "neither ES256 nor PS256"));
    }
    let found = message.kid.as_deref().map_or(&[][..], |it| trust.certificates(it));
    if found.is_empty() {
        return Err(Refusal::cannot_tell(Stage::Kid, "no trusted certificate of that id"));
    }
    let fitting: Vec<&Certificate> = found.iter().filter(|it| it.key.algorithm.cose() == alg).collect();
    if fitting.is_empty() {
        return Err(Refusal::cannot_tell(Stage::Alg, "another algorithm than the key's"));
    }
    let signed = message.signed_bytes();
    let signer = fitting.into_iter().find(|it| it.key.verifies(&signed, &message.signature));
    signer.ok_or(Refusal::invalid(Stage::Signature, "the signature does not match"))
}

/// `exp`, when the certificate is in force. A missing date is never "for ever".
fn in_force(claims: &Value, now_s: i64) -> Result<f64, Refusal> {
    let seconds = |key| claims.at(key).and_then(Value::seconds);
    let issued = seconds(IAT).ok_or(Refusal::cannot_tell(Stage::Claims, "iat"))?;
    let begins = match claims.at(NBF) {
        Some(it) => it.seconds().ok_or(Refusal::cannot_tell(Stage::Claims, "nbf"))?.max(issued),
        None => issued,
    };
    let expires = seconds(EXP).ok_or(Refusal::cannot_tell(Stage::Claims, "exp"))?;
    #[expect(clippy::as_conversions, reason = "exact for every date before the year 285,000,000")]
    let now = now_s as f64;
    match (now < begins, expires < now) {
        (_, true) => Err(Refusal::invalid(Stage::Expired, "no longer in force")),
        (true, false) => Err(Refusal::invalid(Stage::NotYet, "not in force yet")),
        (false, false) => Ok(expires),
    }
}

/// The one entry of a certificate: exactly one of test, vaccination and recovery.
fn entry(certificate: &Value) -> Option<(Kind, &Value)> {
    certificate.named("ver").and_then(Value::text)?;
    certificate.named("dob").and_then(Value::text)?;
    certificate.named("nam")?.entries()?;
    let mut found = Kind::ALL.iter().flat_map(|kind| {
        let entries = certificate.named(kind.field()).and_then(Value::array).unwrap_or_default();
        entries.iter().map(|it| (*kind, it))
    });
    let one = found.next().filter(|it| it.1.entries().is_some())?;
    found.next().is_none().then_some(one)
}

fn digests(entry: &Value, issuer: &str, message: &Sign1, algorithm: Algorithm) -> Vec<Revoked> {
    let text = |name| entry.named(name).and_then(Value::text).unwrap_or_default();
    let signature = match algorithm {
        Algorithm::Es256 => message.signature.get(..32).unwrap_or(&message.signature),
        Algorithm::Ps256 | Algorithm::EdDsa => &message.signature,
    };
    vec![
        Revoked::Uci(half_digest(text("ci").as_bytes())),
        // The country that issued it and the one where it happened are the same, save for a few; either is heeded.
        Revoked::CountryUci(half_digest(format!("{issuer}{}", text("ci")).as_bytes())),
        Revoked::CountryUci(half_digest(format!("{}{}", text("co"), text("ci")).as_bytes())),
        Revoked::Signature(half_digest(signature)),
    ]
}

fn half_digest(bytes: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.iter_mut().zip(digest(&SHA256, bytes).as_ref()).for_each(|(to, from)| *to = *from);
    half
}
