//! Foreign certificates at a gate: one of the two formats, whether it stands, and whose it is, so that the guard can
//! compare the name with a document. What is printed beside the code is nobody's word; what is signed is.

use serde_json::Value as Json;

use crate::cbor::Value;
use crate::{Refusal, Revocations, Stage, TrustList, dcc, shc};

/// Which format it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// An EU Digital COVID Certificate.
    Dcc,
    /// A SMART Health Card.
    Shc,
}

/// Whose a certificate is, as it is signed. `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Holder {
    /// Given names and family name.
    pub name: String,
    /// As the certificate writes it: a day, a month or a year.
    pub birth_date: String,
}

impl std::fmt::Debug for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Holder(…)")
    }
}

/// A certificate that stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Foreign {
    /// Its format.
    pub format: Format,
    /// What it attests, where it says so.
    pub kind: Option<dcc::Kind>,
    /// Who issued it.
    pub issuer: String,
    /// Until when, seconds since 1970.
    pub expires_at_s: Option<f64>,
    /// Whose it is, where that can be read.
    pub holder: Option<Holder>,
}

/// The format a scanned text claims to be of.
pub fn format_of(text: &[u8]) -> Option<Format> {
    if text.starts_with(dcc::PREFIX.as_bytes()) {
        return Some(Format::Dcc);
    }
    (text.starts_with(shc::PREFIX.as_bytes()) || text.starts_with(b"eyJ")).then_some(Format::Shc)
}

/// Verifies a certificate of either format.
///
/// # Errors
/// [`Refusal`]: where it stopped, and whether that means invalid or cannot tell.
pub fn verify(text: &[u8], trust: &TrustList, revoked: &Revocations, now_s: i64) -> Result<Foreign, Refusal> {
    match format_of(text) {
        Some(Format::Dcc) => {
            let it = dcc::verify(text, trust, true, &revoked.dcc(), now_s)?;
            let (kind, expires_at_s) = (Some(it.kind), Some(it.expires_at_s));
            Ok(Foreign { format: Format::Dcc, kind, issuer: it.issuer, expires_at_s, holder: it.holder })
        }
        Some(Format::Shc) => {
            let it = shc::verify(text, trust, revoked.rids(), now_s)?;
            let format = Format::Shc;
            Ok(Foreign { format, kind: it.kind, issuer: it.issuer, expires_at_s: it.expires_at_s, holder: it.holder })
        }
        None => Err(Refusal::cannot_tell(Stage::Prefix, "no foreign certificate begins so")),
    }
}

/// `nam` and `dob` of an EU certificate: the name as it is written, else as it stands in a passport.
pub(crate) fn holder_of_dcc(certificate: &Value) -> Option<Holder> {
    let names = certificate.named("nam")?;
    let name = |written: &str, passport: &str| {
        let text = |field: &str| names.named(field).and_then(Value::text).filter(|it| !it.trim().is_empty());
        text(written).map(str::to_owned).or_else(|| text(passport).map(|it| it.replace('<', " ")))
    };
    let parts = [name("gn", "gnt"), name("fn", "fnt")];
    let birth_date = certificate.named("dob").and_then(Value::text)?;
    holder(parts.into_iter().flatten(), birth_date)
}

/// The first patient of a card's bundle.
pub(crate) fn holder_of_shc(claims: &[u8]) -> Option<Holder> {
    let claims: Json = serde_json::from_slice(claims).ok()?;
    let entries = claims.pointer("/vc/credentialSubject/fhirBundle/entry")?.as_array()?;
    let resources = entries.iter().filter_map(|it| it.get("resource"));
    let patient = resources.into_iter().find(|it| it.get("resourceType").and_then(Json::as_str) == Some("Patient"))?;
    let name = patient.pointer("/name/0")?;
    let given = name.get("given").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    let family = name.get("family").and_then(Json::as_str);
    let birth_date = patient.get("birthDate").and_then(Json::as_str).unwrap_or_default();
    holder(given.chain(family).map(str::to_owned), birth_date)
}

fn holder(parts: impl Iterator<Item = String>, birth_date: &str) -> Option<Holder> {
    let name = parts.map(|it| it.trim().to_owned()).collect::<Vec<_>>().join(" ");
    // Shown on a screen: nothing that would turn its lines around.
    let plain = |text: &str| text.chars().filter(|it| !it.is_control() && !is_direction(*it)).take(120).collect();
    (!name.trim().is_empty()).then(|| Holder { name: plain(&name), birth_date: plain(birth_date) })
}

/// Characters that change the direction of what stands around them (Unicode, bidirectional formatting).
const fn is_direction(it: char) -> bool {
    matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patient_of_a_bundle_is_its_holder() {
        let card = |name: &str| {
            format!(
                r#"{{"vc":{{"credentialSubject":{{"fhirBundle":{{"entry":[{{"resource":{{"resourceType":"Immunization"}}}},
                {{"resource":{{"resourceType":"Patient","name":[{name}],"birthDate":"1951-01-20"}}}}]}}}}}}}}"#
            )
        };
        let holder = holder_of_shc(card(r#"{"family":"Anyperson","given":["John","B."]}"#).as_bytes()).unwrap();
        assert_eq!((holder.name.as_str(), holder.birth_date.as_str()), ("John B. Anyperson", "1951-01-20"));
        assert_eq!(holder_of_shc(card(r#"{"given":[]}"#).as_bytes()), None);
        let turned = holder_of_shc(card(r#"{"family":"a\u202eb\u0007"}"#).as_bytes()).unwrap();
        assert_eq!(turned.name, "ab");
        assert_eq!(holder_of_shc(b"{}"), None);
    }
}
