//! COSE_Sign1 (RFC 9052) and the headers that we read. Not responsible for keys.

use minicbor::Encoder;

use crate::cbor::{self, Value};
use crate::{Refusal, Stage};

/// Header labels (RFC 9052, table 3).
const ALG: i128 = 1;
const CRIT: i128 = 2;
const KID: i128 = 4;
/// `typ` (RFC 9596).
const TYP: i128 = 16;
/// Tags of COSE_Sign1 and of a CWT around it (RFC 8392).
const TAG_SIGN1: u64 = 18;
const TAG_CWT: u64 = 61;

/// A signed message, not verified yet.
pub(crate) struct Sign1 {
    protected: Vec<u8>,
    /// The algorithm that the header names, if any.
    pub(crate) alg: Option<i128>,
    /// The key that the header names, if any.
    pub(crate) kid: Option<Vec<u8>>,
    /// The protected `typ`.
    pub(crate) typ: Option<String>,
    /// What was signed.
    pub(crate) payload: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

const NOT_COSE: Refusal = Refusal::cannot_tell(Stage::Cose, "not a COSE_Sign1");

impl Sign1 {
    /// Reads a message, bare or under the tags of COSE_Sign1 and CWT.
    ///
    /// A header that is protected goes before one that is not: whoever re-wraps a pass can only write the latter.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut value = cbor::decode(bytes).ok_or(NOT_COSE)?;
        for tag in [TAG_CWT, TAG_SIGN1] {
            value = match value {
                Value::Tag(found, inner) if found == tag => *inner,
                other => other,
            };
        }
        let Value::Array(parts) = value else { return Err(NOT_COSE) };
        let [Value::Bytes(protected), unprotected, Value::Bytes(payload), Value::Bytes(signature)] = parts.as_slice()
        else {
            return Err(NOT_COSE);
        };
        let headers = match protected.is_empty() {
            true => Value::Map(Vec::new()),
            false => cbor::decode(protected).ok_or(NOT_COSE)?,
        };
        if headers.entries().is_none() || unprotected.entries().is_none() {
            return Err(NOT_COSE);
        }
        if unprotected.at(CRIT).is_some() || !headers.at(CRIT).is_none_or(|it| all_known(it, &headers)) {
            return Err(Refusal::cannot_tell(Stage::Cose, "a critical header that we do not know"));
        }
        let either = |label| headers.at(label).or_else(|| unprotected.at(label));
        Ok(Self {
            alg: either(ALG).map(|it| it.int().ok_or(NOT_COSE)).transpose()?,
            kid: either(KID).map(|it| it.bytes().map(<[u8]>::to_vec).ok_or(NOT_COSE)).transpose()?,
            typ: headers.at(TYP).and_then(Value::text).map(str::to_owned),
            protected: protected.clone(),
            payload: payload.clone(),
            signature: signature.clone(),
        })
    }

    /// The bytes under the signature: `["Signature1", protected, external_aad, payload]`.
    pub(crate) fn signed_bytes(&self) -> Vec<u8> {
        sig_structure(&self.protected, &self.payload)
    }
}

/// Whether we heed every header that `crit` names, each of which must be there and protected (RFC 9052, 3.1).
fn all_known(crit: &Value, headers: &Value) -> bool {
    let heeded =
        |it: &Value| it.int().is_some_and(|it| [ALG, CRIT, KID, TYP].contains(&it) && headers.at(it).is_some());
    crit.array().is_some_and(|it| !it.is_empty() && it.iter().all(heeded))
}

/// A tagged COSE_Sign1 over `payload`; `sign` is given the bytes to sign.
pub(crate) fn sign1(
    alg: i32,
    kid: &[u8],
    typ: Option<&str>,
    payload: &[u8],
    sign: impl FnOnce(&[u8]) -> Vec<u8>,
) -> Vec<u8> {
    let protected = encoded(|to| {
        to.map(if typ.is_some() { 3 } else { 2 })?.u8(1)?.i32(alg)?.u8(4)?.bytes(kid)?;
        if let Some(typ) = typ {
            to.u8(16)?.str(typ)?;
        }
        Ok(())
    });
    let signature = sign(&sig_structure(&protected, payload));
    encoded(|to| {
        to.tag(minicbor::data::Tag::new(TAG_SIGN1))?.array(4)?;
        to.bytes(&protected)?.map(0)?.bytes(payload)?.bytes(&signature)?;
        Ok(())
    })
}

fn sig_structure(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    encoded(|to| {
        to.array(4)?.str("Signature1")?.bytes(protected)?.bytes(&[])?.bytes(payload)?;
        Ok(())
    })
}

type Writer<'a> = Encoder<&'a mut Vec<u8>>;

/// The bytes that `write` writes.
pub(crate) fn encoded(
    write: impl FnOnce(&mut Writer<'_>) -> Result<(), minicbor::encode::Error<std::convert::Infallible>>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing to memory cannot fail, and nothing we write has an encoder that refuses.
    let _: Result<(), _> = write(&mut Encoder::new(&mut bytes));
    bytes
}
