//! What a verification says, and where it stopped. Not responsible for the words that a person reads.

use serde::Serialize;

/// The three answers. An error is never [`Outcome::Invalid`] and never [`Outcome::Valid`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Signed by a trusted issuer, in force, not revoked.
    Valid,
    /// Certainly not a pass to go by: forged, expired, not yet in force, for another place, suspended or revoked.
    Invalid,
    /// Unreadable, of an unknown issuer, or without a status list that is fresh enough.
    CannotTell,
}

/// Where a verification stopped, in the order in which the stages run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The text does not begin as a pass does, or is longer than one can be.
    Prefix,
    /// Not base45; for a SMART Health Card not digit pairs or not base64url.
    Base45,
    /// Not zlib (DEFLATE for a SMART Health Card), too large inside, or followed by something.
    Inflate,
    /// Not a COSE_Sign1 (JWS) that we read.
    Cose,
    /// An algorithm other than the key's own.
    Alg,
    /// No trusted key of that id, or no trusted issuer of that name.
    Kid,
    /// The signature does not match: forged or damaged.
    Signature,
    /// Signed, but a claim is missing or of a wrong form.
    Claims,
    /// Not in force yet.
    NotYet,
    /// No longer in force.
    Expired,
    /// For other places, or signed by a key that may not sign such certificates.
    Scope,
    /// Bound to a phone, and not shown by it now.
    Proof,
    /// Revoked or suspended; or no status list that could say.
    Status,
}

/// Why a pass is not valid.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{stage:?}: {what}")]
pub struct Refusal {
    /// Where it stopped.
    pub stage: Stage,
    /// [`Outcome::Invalid`] or [`Outcome::CannotTell`].
    pub outcome: Outcome,
    /// What was wrong, for an engineer.
    pub what: &'static str,
}

impl Refusal {
    /// The pass says it of itself, under a trusted signature (or bears a false one).
    pub(crate) const fn invalid(stage: Stage, what: &'static str) -> Self {
        Self { stage, outcome: Outcome::Invalid, what }
    }

    /// We cannot read it, or lack what it would take to judge it.
    pub(crate) const fn cannot_tell(stage: Stage, what: &'static str) -> Self {
        Self { stage, outcome: Outcome::CannotTell, what }
    }
}
