//! Token Status List (IETF draft-ietf-oauth-status-list): which passes are revoked or suspended, exactly.
//!
//! A list is an array of entries of 1, 2, 4 or 8 bits, the lowest bits of a byte first, compressed with zlib and
//! signed as a CWT. Ours have two bits and live for at most a day; the age is shown to whoever relies on it.

use crate::cbor::{self, Value};
use crate::cose::{self, Sign1, encoded};
use crate::envelope::{deflate, inflate};
use crate::own::signer;
use crate::{IssuerKey, Refusal, Stage, StatusRef, TrustList};

/// What a list may inflate to: sixteen million passes at two bits.
const MAX_LIST_BYTES: usize = 4 * 1024 * 1024;
/// Longest life of a list.
pub const MAX_LIFE_S: i64 = 24 * 3600;
/// `typ` of a list as CWT.
const TYP: &str = "application/statuslist+cwt";

/// Claim keys.
const ISS: i32 = 1;
const SUB: i32 = 2;
const EXP: i32 = 4;
const IAT: i32 = 6;
const STATUS_LIST: i32 = 65533;

/// What an entry of ours says (draft, "Status Types Values": 0 valid, 1 invalid, 2 suspended).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// In force.
    Valid,
    /// Taken back for good.
    Revoked,
    /// Taken back for now.
    Suspended,
}

/// Entries without a signature.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entries {
    bits: u8,
    bytes: Vec<u8>,
}

impl Entries {
    /// Reads the compressed array of a list. Nothing if the width is none of the draft's or it is not zlib.
    pub fn unpack(bits: u8, packed: &[u8]) -> Option<Self> {
        let bytes = matches!(bits, 1 | 2 | 4 | 8).then(|| inflate(packed, true, MAX_LIST_BYTES))??;
        Some(Self { bits, bytes })
    }

    /// Two-bit entries, all valid, with room for `n` of them.
    pub fn all_valid(n: usize) -> Self {
        Self { bits: 2, bytes: vec![0; n.div_ceil(4)] }
    }

    /// Sets an entry of a two-bit list. Positions outside are left alone.
    pub fn set(&mut self, index: u32, state: State) {
        let Some((byte, shift)) = self.place(index) else { return };
        let value = match state {
            State::Valid => 0,
            State::Revoked => 1,
            State::Suspended => 2,
        };
        let mask = self.mask() << shift;
        if let Some(it) = self.bytes.get_mut(byte) {
            *it = *it & !mask | value << shift;
        }
    }

    /// The value of an entry; nothing outside of the list.
    pub fn get(&self, index: u32) -> Option<u8> {
        let (byte, shift) = self.place(index)?;
        self.bytes.get(byte).map(|it| it >> shift & self.mask())
    }

    /// How many entries there is room for.
    pub fn len(&self) -> usize {
        self.bytes.len() * usize::from(8 / self.bits)
    }

    /// Whether there is room for none.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    fn mask(&self) -> u8 {
        u8::MAX >> (8 - self.bits)
    }

    fn place(&self, index: u32) -> Option<(usize, u8)> {
        let (index, each) = (usize::try_from(index).ok()?, usize::from(8 / self.bits));
        Some((index / each, u8::try_from(index % each).ok()? * self.bits))
    }
}

/// A list whose signature was verified.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatusList {
    /// Who made it: it says nothing of another's passes, whatever name it bears.
    pub issuer: String,
    /// Its name, which the passes in it name.
    pub uri: String,
    /// When it was made, seconds since 1970.
    pub issued_at_s: i64,
    /// Until when it may be relied on, exclusive.
    pub expires_at_s: i64,
    /// The entries.
    pub entries: Entries,
}

impl StatusList {
    /// Signs a list.
    pub fn sign(&self, key: &IssuerKey) -> Vec<u8> {
        let claims = encoded(|to| {
            to.map(5)?.i32(ISS)?.str(&self.issuer)?.i32(SUB)?.str(&self.uri)?;
            to.i32(EXP)?.i64(self.expires_at_s)?.i32(IAT)?.i64(self.issued_at_s)?;
            to.i32(STATUS_LIST)?.map(2)?.str("bits")?.u8(self.entries.bits)?;
            to.str("lst")?.bytes(&deflate(&self.entries.bytes))?;
            Ok(())
        });
        cose::sign1(-8, &key.kid(), Some(TYP), &claims, |it| key.sign(it))
    }

    /// Reads a signed list. Whether it is fresh is asked with each pass.
    ///
    /// # Errors
    /// [`Refusal`] that is always "cannot tell": a list that is not trusted says nothing.
    pub fn open(bytes: &[u8], trust: &TrustList) -> Result<Self, Refusal> {
        let unusable = |what| Refusal::cannot_tell(Stage::Status, what);
        let message = Sign1::parse(bytes).map_err(|it| unusable(it.what))?;
        if message.typ.as_deref() != Some(TYP) {
            return Err(unusable("not a status list"));
        }
        let issuer = signer(&message, trust).map_err(|it| unusable(it.what))?;
        let claims = cbor::decode(&message.payload).ok_or(unusable("not CBOR"))?;
        let at = |key: i32| claims.at(key.into());
        let seconds = |key| at(key).and_then(Value::int).and_then(|it| i64::try_from(it).ok());
        if at(ISS).and_then(Value::text) != Some(issuer) {
            return Err(unusable("another issuer than the key's"));
        }
        let list = Self {
            issuer: issuer.to_owned(),
            uri: at(SUB).and_then(Value::text).ok_or(unusable("sub"))?.to_owned(),
            issued_at_s: seconds(IAT).ok_or(unusable("iat"))?,
            expires_at_s: seconds(EXP).ok_or(unusable("exp"))?,
            entries: at(STATUS_LIST).and_then(entries).ok_or(unusable("status_list"))?,
        };
        match list.expires_at_s.checked_sub(list.issued_at_s) {
            Some(life_s) if life_s <= MAX_LIFE_S => Ok(list),
            _ => Err(unusable("meant to live for more than a day")),
        }
    }

    /// What the list says of a pass of this issuer.
    ///
    /// # Errors
    /// [`Refusal`], always "cannot tell": another list, a stale one, one from the future, or a position outside of it.
    pub fn state(&self, issuer: &str, of: &StatusRef, now_s: i64) -> Result<State, Refusal> {
        let unusable = |what| Refusal::cannot_tell(Stage::Status, what);
        if self.issuer != issuer || self.uri != of.uri {
            return Err(unusable("another status list than the pass's"));
        }
        if !(self.issued_at_s..self.expires_at_s).contains(&now_s) {
            return Err(unusable("the status list is stale, or of a later time than ours"));
        }
        match self.entries.get(of.index) {
            Some(0) => Ok(State::Valid),
            Some(1) => Ok(State::Revoked),
            Some(2) => Ok(State::Suspended),
            Some(_) => Err(unusable("a state that we do not know")),
            None => Err(unusable("not in the status list")),
        }
    }

    /// How old it is at `now_s`, in seconds.
    pub fn age_s(&self, now_s: i64) -> i64 {
        now_s.saturating_sub(self.issued_at_s)
    }
}

fn entries(value: &Value) -> Option<Entries> {
    Entries::unpack(u8::try_from(value.named("bits")?.int()?).ok()?, value.named("lst")?.bytes()?)
}
