//! Whom we believe: keys by format and issuer, as an operator imports them.

use std::collections::{BTreeMap, HashMap};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::Value;

use crate::key::{Certificate, KeyId, VerifyingKey, first_eight};

/// A list that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// Not JSON and not PEM.
    #[error("a trust list is JSON or PEM")]
    Unreadable(#[from] serde_json::Error),
    /// JSON of another form.
    #[error("a trust list is an object with pass, dcc and shc, a map of issuers to JWKS, or an array of certificates")]
    Form,
}

/// Keys whose signatures count.
#[derive(Default)]
pub struct TrustList {
    own: HashMap<KeyId, (String, VerifyingKey)>,
    dcc: HashMap<KeyId, Vec<Certificate>>,
    shc: BTreeMap<String, Vec<(String, VerifyingKey)>>,
    skipped: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    pass: Vec<Issuer>,
    #[serde(default)]
    dcc: Vec<String>,
    #[serde(default)]
    shc: BTreeMap<String, Jwks>,
}

#[derive(Deserialize)]
struct Issuer {
    iss: String,
    x: String,
}

#[derive(Deserialize)]
struct Jwks {
    keys: Vec<Value>,
}

impl TrustList {
    /// The passes of one issuer, and nothing else.
    pub fn of_issuer(issuer: &str, key: &crate::IssuerKey) -> Self {
        let mut list = Self::default();
        if let Some(it) = VerifyingKey::ed25519(key.public_key()) {
            list.own.insert(key.kid(), (issuer.to_owned(), it));
        }
        list
    }

    /// Reads a list: `{"pass": [{iss, x}], "dcc": ["base64 DER"], "shc": {issuer: JWKS}}`, the value of `dcc` or of
    /// `shc` alone, or certificates in PEM.
    ///
    /// # Errors
    /// [`TrustError`] when it is none of these. An entry of a kind that we cannot use is left out and named by
    /// [`Self::skipped`]: the lists of whole unions hold some.
    pub fn parse(bytes: &[u8]) -> Result<Self, TrustError> {
        let mut list = Self::default();
        let text = String::from_utf8_lossy(bytes);
        if text.trim_start().starts_with("-----BEGIN") {
            pem_blocks(&text).for_each(|it| list.add_dcc_base64(&it));
            return Ok(list);
        }
        match serde_json::from_slice(bytes)? {
            Value::Array(certificates) => {
                certificates.iter().for_each(|it| list.add_dcc_base64(it.as_str().unwrap_or_default()));
            }
            Value::Object(map) if !map.is_empty() && map.values().all(|it| it.get("keys").is_some()) => {
                let issuers: BTreeMap<String, Jwks> = serde_json::from_value(Value::Object(map))?;
                issuers.into_iter().for_each(|(issuer, jwks)| list.add_shc(&issuer, &jwks));
            }
            object @ Value::Object(_) => {
                let file: File = serde_json::from_value(object).map_err(|_| TrustError::Form)?;
                file.pass.iter().for_each(|it| list.add_own_base64(it));
                file.dcc.iter().for_each(|it| list.add_dcc_base64(it));
                file.shc.iter().for_each(|(issuer, jwks)| list.add_shc(issuer, jwks));
            }
            _ => return Err(TrustError::Form),
        }
        Ok(list)
    }

    /// Trusts an issuer of our own passes; whether the 32 bytes are a key.
    pub fn add_issuer(&mut self, issuer: &str, public_key: &[u8]) -> bool {
        let key = VerifyingKey::ed25519(public_key);
        let added = key.map(|it| self.own.insert(first_eight(public_key), (issuer.to_owned(), it)));
        added.is_some()
    }

    /// What was left out, and why.
    pub fn skipped(&self) -> &[String] {
        &self.skipped
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.own.len() + self.dcc.values().map(Vec::len).sum::<usize>() + self.shc.values().map(Vec::len).sum::<usize>()
    }

    /// How many certificates of EU issuers, and keys of SMART Health Card issuers.
    pub fn foreign(&self) -> (usize, usize) {
        (self.dcc.values().map(Vec::len).sum(), self.shc.values().map(Vec::len).sum())
    }

    /// Whether nobody is trusted.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(crate) fn issuer_key(&self, kid: &[u8]) -> Option<(&str, &VerifyingKey)> {
        self.own.get(&KeyId::try_from(kid).ok()?).map(|it| (it.0.as_str(), &it.1))
    }

    pub(crate) fn certificates(&self, kid: &[u8]) -> &[Certificate] {
        KeyId::try_from(kid).ok().and_then(|it| self.dcc.get(&it)).map_or(&[], Vec::as_slice)
    }

    /// The keys of an issuer of SMART Health Cards; nothing if it is not trusted.
    pub(crate) fn shc_keys(&self, issuer: &str) -> Option<&[(String, VerifyingKey)]> {
        self.shc.get(issuer).map(Vec::as_slice)
    }

    fn add_own_base64(&mut self, entry: &Issuer) {
        let key = URL_SAFE_NO_PAD.decode(&entry.x).ok();
        if !key.is_some_and(|it| self.add_issuer(&entry.iss, &it)) {
            self.skipped.push(format!("pass {}: not an Ed25519 key", entry.iss));
        }
    }

    fn add_dcc_base64(&mut self, base64: &str) {
        match STANDARD.decode(base64).ok().and_then(|it| Certificate::parse(&it)) {
            // Two certificates may share the first eight bytes of their digests; each is tried.
            Some(it) => self.dcc.entry(it.kid).or_default().push(it),
            None => self.skipped.push(format!("dcc {}…: not a certificate with a P-256 or RSA key", head(base64))),
        }
    }

    fn add_shc(&mut self, issuer: &str, jwks: &Jwks) {
        let to = self.shc.entry(issuer.to_owned()).or_default();
        for jwk in &jwks.keys {
            match jwk_p256(jwk) {
                Some(key) => to.push(key),
                None => self.skipped.push(format!("shc {issuer}: a key that is not P-256 for ES256")),
            }
        }
    }
}

fn head(text: &str) -> String {
    text.chars().take(16).collect()
}

/// Base64 of each block of a PEM file, without its line breaks.
fn pem_blocks(text: &str) -> impl Iterator<Item = String> {
    text.split("-----BEGIN CERTIFICATE-----").skip(1).map(|it| {
        let body = it.split("-----END").next().unwrap_or_default();
        body.chars().filter(|it| !it.is_whitespace()).collect()
    })
}

/// A signing key of a SMART Health Card issuer: `kty` EC, `crv` P-256, `alg` ES256, `use` sig where they are named.
fn jwk_p256(jwk: &Value) -> Option<(String, VerifyingKey)> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    let fits = text("kty") == Some("EC")
        && text("crv") == Some("P-256")
        && text("alg").is_none_or(|it| it == "ES256")
        && text("use").is_none_or(|it| it == "sig");
    let coordinate = |name| text(name).and_then(|it| URL_SAFE_NO_PAD.decode(it).ok()).filter(|it| it.len() == 32);
    let point = fits.then(|| Some([&[4][..], &coordinate("x")?, &coordinate("y")?].concat()))??;
    Some((text("kid")?.to_owned(), VerifyingKey::p256(&point)?))
}
