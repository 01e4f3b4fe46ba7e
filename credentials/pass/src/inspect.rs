//! What `fugong inspect pass` prints. Not responsible for reading files.

use serde::{Deserialize, Serialize};

use crate::status_list::StatusList;
use crate::{Outcome, Refusal, Stage, TrustList, bound, dcc, own, shc};

/// Revocations of foreign passes, as their authorities publish them.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Revocations {
    revoked: Vec<DccRevocation>,
    revoked_rids: Vec<String>,
}

#[derive(Deserialize)]
struct DccRevocation {
    #[serde(rename = "type")]
    kind: DccRevocationKind,
    hash: String,
}

#[derive(Clone, Copy, Deserialize)]
enum DccRevocationKind {
    #[serde(rename = "UCI")]
    Uci,
    #[serde(rename = "COUNTRYCODEUCI")]
    CountryUci,
    #[serde(rename = "SIGNATURE")]
    Signature,
}

impl Revocations {
    /// Reads `{"revoked": [{type, hash}], "revoked_rids": [rid]}`; either may be absent.
    ///
    /// # Errors
    /// When it is not that.
    pub fn parse(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.revoked.len() + self.revoked_rids.len()
    }

    /// Whether nothing is revoked.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Of EU certificates. A hash that is not 32 hex digits revokes nothing.
    pub(crate) fn dcc(&self) -> Vec<dcc::Revoked> {
        let known = |it: &DccRevocation| {
            let half = half_digest(&it.hash)?;
            Some(match it.kind {
                DccRevocationKind::Uci => dcc::Revoked::Uci(half),
                DccRevocationKind::CountryUci => dcc::Revoked::CountryUci(half),
                DccRevocationKind::Signature => dcc::Revoked::Signature(half),
            })
        };
        self.revoked.iter().filter_map(known).collect()
    }

    /// Of SMART Health Cards.
    pub(crate) fn rids(&self) -> &[String] {
        &self.revoked_rids
    }
}

fn half_digest(hex: &str) -> Option<[u8; 16]> {
    let number = u128::from_str_radix(hex, 16).ok()?;
    (hex.len() == 32).then_some(number.to_be_bytes())
}

/// What to verify against.
#[derive(Default)]
pub struct Request {
    /// Whom to believe.
    pub trust: TrustList,
    /// The status list of our own passes, if there is one at hand.
    pub status: Option<StatusList>,
    /// Revocations of foreign passes.
    pub revocations: Revocations,
    /// The place, as the sixteen bytes of its id, and its area code.
    pub site: Option<([u8; 16], Option<String>)>,
    /// The time, seconds since 1970.
    pub now_s: i64,
}

#[derive(Serialize)]
struct Line {
    outcome: Outcome,
    stage: Option<Stage>,
    format: Option<&'static str>,
    what: Option<&'static str>,
    issuer: Option<String>,
    expires_at_s: Option<f64>,
    status_age_s: Option<i64>,
}

/// The outcome, and it as one line of JSON: `{outcome, stage, format, what, issuer, expires_at_s, status_age_s}`.
///
/// `format` is `rw1`, `dcc` or `shc`. One line break at the end of `text`, as editors write it, is not part of it.
pub fn inspect(text: &[u8], request: &Request) -> (Outcome, String) {
    let text = text.strip_suffix(b"\n").map_or(text, |it| it.strip_suffix(b"\r").unwrap_or(it));
    let (format, verified) = verify(text, request);
    let line = match verified {
        Ok((issuer, expires_at_s)) => Line {
            outcome: Outcome::Valid,
            stage: None,
            format,
            what: None,
            issuer: Some(issuer),
            expires_at_s,
            status_age_s: (format == Some("rw1"))
                .then(|| request.status.as_ref().map(|it| it.age_s(request.now_s)))
                .flatten(),
        },
        Err(Refusal { stage, outcome, what }) => Line {
            outcome,
            stage: Some(stage),
            format,
            what: Some(what),
            issuer: None,
            expires_at_s: None,
            status_age_s: None,
        },
    };
    (line.outcome, serde_json::to_string(&line).unwrap_or_default())
}

/// The format, and the issuer with the end of validity.
type Verified = (Option<&'static str>, Result<(String, Option<f64>), Refusal>);

fn verify(text: &[u8], with: &Request) -> Verified {
    if text.starts_with(own::PREFIX.as_bytes()) || text.starts_with(bound::PREFIX.as_bytes()) {
        let site = with.site.as_ref().map(|it| (&it.0, it.1.as_deref()));
        let verified = own::verify(text, &with.trust, site, with.status.as_ref(), with.now_s);
        #[expect(clippy::as_conversions, reason = "exact for every date before the year 285,000,000")]
        return (Some("rw1"), verified.map(|it| (it.issuer, Some(it.expires_at_s as f64))));
    }
    if text.starts_with(dcc::PREFIX.as_bytes()) {
        let verified = dcc::verify(text, &with.trust, true, &with.revocations.dcc(), with.now_s);
        return (Some("dcc"), verified.map(|it| (it.issuer, Some(it.expires_at_s))));
    }
    if text.starts_with(shc::PREFIX.as_bytes()) || text.starts_with(b"eyJ") {
        let verified = shc::verify(text, &with.trust, with.revocations.rids(), with.now_s);
        return (Some("shc"), verified.map(|it| (it.issuer, it.expires_at_s)));
    }
    (None, Err(Refusal::cannot_tell(Stage::Prefix, "no pass that we know begins so")))
}
