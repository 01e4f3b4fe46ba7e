//! What our own pass claims: a CWT (RFC 8392) that names no one. Not responsible for the signature.

use crate::bound::HolderKey;
use crate::cbor::{self, Value};
use crate::cose::encoded;
use crate::{Refusal, Stage};

/// Longest life of a pass: a copied QR code is worth no more than that.
pub(crate) const MAX_LIFE_S: i64 = 7 * 24 * 3600;

/// Claim keys. The last two: Token Status List's `status`, and our own for the scope.
const ISS: i32 = 1;
const EXP: i32 = 4;
const IAT: i32 = 6;
const CTI: i32 = 7;
/// Proof-of-possession key (RFC 8747): a COSE_Key of kind EC2 on P-256.
const CNF: i32 = 8;
const STATUS: i32 = 65535;
const SCOPE: i32 = -70001;

/// What a pass says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claims {
    /// Who issued it.
    pub issuer: String,
    /// From when it is in force, seconds since 1970.
    pub issued_at_s: i64,
    /// Until when, exclusive; at most seven days later.
    pub expires_at_s: i64,
    /// Random; says nothing about whose it is.
    pub pass_id: [u8; 16],
    /// Where its state stands.
    pub status: StatusRef,
    /// Where it is good.
    pub scope: Scope,
    /// The phone it is bound to, if it is bound to one: only that phone can show it.
    pub holder_key: Option<HolderKey>,
}

/// An entry of a status list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatusRef {
    /// Position in the list.
    pub index: u32,
    /// Name of the list, the same as the list's own.
    pub uri: String,
}

/// Where a pass is good.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scope {
    /// At these sites, by the sixteen bytes of their ids.
    Sites(Vec<[u8; 16]>),
    /// In every site whose area code begins so.
    Area(String),
}

impl Scope {
    /// Whether the site is inside. Nothing if that takes the site's area and it is not known.
    pub fn holds(&self, site: &[u8; 16], area_code: Option<&str>) -> Option<bool> {
        match self {
            Self::Sites(sites) => Some(sites.contains(site)),
            Self::Area(prefix) => area_code.map(|it| it.starts_with(prefix.as_str())),
        }
    }
}

impl Claims {
    /// The CWT claims set.
    pub(crate) fn to_cbor(&self) -> Vec<u8> {
        encoded(|to| {
            to.map(if self.holder_key.is_some() { 7 } else { 6 })?
                .i32(ISS)?
                .str(&self.issuer)?
                .i32(EXP)?
                .i64(self.expires_at_s)?
                .i32(IAT)?
                .i64(self.issued_at_s)?;
            to.i32(CTI)?.bytes(&self.pass_id)?;
            if let Some((x, y)) = self.holder_key.as_ref().map(|it| it.split_at(32)) {
                to.i32(CNF)?.map(1)?.i32(1)?.map(4)?.i32(1)?.i32(2)?.i32(-1)?.i32(1)?;
                to.i32(-2)?.bytes(x)?.i32(-3)?.bytes(y)?;
            }
            to.i32(STATUS)?.map(2)?.str("idx")?.u32(self.status.index)?.str("uri")?.str(&self.status.uri)?;
            to.i32(SCOPE)?;
            match &self.scope {
                Scope::Area(prefix) => to.str(prefix)?,
                Scope::Sites(sites) => {
                    to.array(u64::try_from(sites.len()).unwrap_or_default())?;
                    for site in sites {
                        to.bytes(site)?;
                    }
                    to
                }
            };
            Ok(())
        })
    }

    /// Reads a claims set. Claims that we do not know are left alone.
    pub(crate) fn from_cbor(bytes: &[u8]) -> Result<Self, Refusal> {
        let claims = cbor::decode(bytes).ok_or(Refusal::cannot_tell(Stage::Claims, "not CBOR"))?;
        let lacks = |what| Refusal::cannot_tell(Stage::Claims, what);
        let at = |key: i32| claims.at(key.into());
        let seconds = |key| at(key).and_then(Value::int).and_then(|it| i64::try_from(it).ok());
        let it = Self {
            issuer: at(ISS).and_then(Value::text).ok_or(lacks("iss"))?.to_owned(),
            issued_at_s: seconds(IAT).ok_or(lacks("iat"))?,
            expires_at_s: seconds(EXP).ok_or(lacks("exp"))?,
            pass_id: at(CTI).and_then(sixteen).ok_or(lacks("cti"))?,
            status: at(STATUS).and_then(status_ref).ok_or(lacks("status"))?,
            scope: at(SCOPE).and_then(scope).ok_or(lacks("site scope"))?,
            // One that we cannot read binds to nobody who could prove it.
            holder_key: match at(CNF) {
                Some(it) => Some(holder_key(it).ok_or(lacks("cnf"))?),
                None => None,
            },
        };
        match it.expires_at_s.checked_sub(it.issued_at_s) {
            Some(life_s) if life_s <= MAX_LIFE_S => Ok(it),
            _ => Err(lacks("in force for more than seven days")),
        }
    }
}

fn holder_key(cnf: &Value) -> Option<HolderKey> {
    let key = cnf.at(1)?;
    let is_p256 = key.at(1)?.int()? == 2 && key.at(-1)?.int()? == 1;
    let coordinate = |at| key.at(at).and_then(Value::bytes).filter(|it| it.len() == 32);
    let point = [coordinate(-2)?, coordinate(-3)?].concat();
    is_p256.then(|| point.try_into().ok()).flatten()
}

fn sixteen(value: &Value) -> Option<[u8; 16]> {
    value.bytes()?.try_into().ok()
}

fn status_ref(value: &Value) -> Option<StatusRef> {
    let index = u32::try_from(value.named("idx")?.int()?).ok()?;
    Some(StatusRef { index, uri: value.named("uri")?.text()?.to_owned() })
}

fn scope(value: &Value) -> Option<Scope> {
    match value {
        Value::Text(prefix) if !prefix.is_empty() => Some(Scope::Area(prefix.clone())),
        Value::Array(sites) if !sites.is_empty() => sites.iter().map(sixteen).collect::<Option<_>>().map(Scope::Sites),
        _ => None,
    }
}
