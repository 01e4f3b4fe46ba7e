//! Is it she (1:1), and who is it (1:N)? With a threshold below which nobody is anybody.

use crate::cover::MaskClass;
use crate::models::Thresholds;

/// 1:1: whether two faces are one person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// The same person.
    Same,
    /// Nobody can tell: look again, or another credential.
    Perhaps,
    /// Another person.
    Different,
}

/// What a cosine means. With a mask on, a low cosine says nothing: the mask has to come down, or another credential.
pub fn verify(cosine: f32, mask: MaskClass, limits: &Thresholds) -> Verification {
    match cosine {
        it if it >= limits.same => Verification::Same,
        it if it >= limits.perhaps || mask == MaskClass::Worn => Verification::Perhaps,
        _ => Verification::Different,
    }
}

/// 1:N: who it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Identification<P> {
    /// One person, well ahead of any other.
    Found {
        /// Who.
        person: P,
        /// How alike.
        cosine: f32,
    },
    /// Two persons are about as alike, as twins are, or one who is enrolled twice: no guess is made.
    Conflict {
        /// The two best, the better one first.
        persons: [P; 2],
        /// How alike each is.
        cosines: [f32; 2],
    },
    /// Somebody is a little alike, or a mask hides who it is: nobody can tell.
    Uncertain {
        /// How alike the best one is.
        cosine: f32,
    },
    /// Nobody of these.
    Unknown,
}
