//! Passes as data.

use kernel::Instant64;
use uuid::Uuid;

kernel::id_type! {
    /// One pass; also the sixteen bytes by which a pass names itself, so that nobody can guess one.
    pub struct PassId; prefix = "pas"
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// On what it is shown.
    pub enum PassKind {
        /// On her phone.
        Phone = "phone",
        /// On paper, for who has no phone.
        Paper = "paper",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Whether it holds (domain dictionary: issued → active → (suspended ↔ active) → expired | revoked; expired follows from
    /// its time).
    pub enum PassState {
        /// It holds until it expires.
        Active = "active",
        /// Not while her status forbids it, or somebody holds it back.
        Suspended = "suspended",
        /// Never again.
        Revoked = "revoked",
    }
}

kernel::coded! {
    #[derive(utoipa::ToSchema)]
    /// Why no pass is issued.
    pub enum NoPass {
        /// No response is in force where she works.
        ResponseInactive = "response_inactive",
        /// Her status does not allow it.
        NotAllowed = "not_allowed",
        /// She works nowhere now.
        NotEmployed = "not_employed",
        /// It is bound to another phone of hers.
        BoundElsewhere = "bound_elsewhere",
    }
}

/// What is wrong with a pass that was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassFault {
    /// Its time is over.
    Expired,
    /// It was taken back or is held back.
    Revoked,
    /// Nobody can tell: not readable, not ours, not yet in force, forged.
    Unverifiable,
}

/// Whether it holds, from what is known of her. What was revoked stays so.
pub(crate) fn state_of(before: PassState, held: bool, allowed: bool, works_there: bool) -> PassState {
    match (before, works_there, held || !allowed) {
        (PassState::Revoked, _, _) | (_, false, _) => PassState::Revoked,
        (_, true, true) => PassState::Suspended,
        (_, true, false) => PassState::Active,
    }
}

/// Ids of sites as a column: without hyphens, separated by commas.
pub(crate) fn sites_column(sites: &[Uuid]) -> String {
    sites.iter().map(|it| it.as_simple().to_string()).collect::<Vec<_>>().join(",")
}

/// Reads [`sites_column`].
pub(crate) fn sites_of(column: &str) -> Vec<Uuid> {
    column.split(',').filter_map(|it| Uuid::try_parse(it).ok()).collect()
}

/// Seconds since 1970, as passes count.
pub(crate) const fn seconds(at: Instant64) -> i64 {
    at.micros().div_euclid(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_holds_while_she_may_work_there() {
        use PassState::{Active, Revoked, Suspended};
        for (before, held, allowed, works_there, expected) in [
            (Active, false, true, true, Active),
            (Active, false, false, true, Suspended),
            (Suspended, false, true, true, Active),
            (Active, true, true, true, Suspended),
            (Suspended, true, true, true, Suspended),
            (Active, false, true, false, Revoked),
            (Suspended, true, false, false, Revoked),
            // Whoever comes back gets another one.
            (Revoked, false, true, true, Revoked),
        ] {
            assert_eq!(state_of(before, held, allowed, works_there), expected);
        }
    }

    #[test]
    fn sites_are_read_as_they_were_written() {
        let sites = [Uuid::from_u128(1), Uuid::from_u128(2)];
        assert_eq!(sites_of(&sites_column(&sites)), sites);
        assert_eq!(sites_of(""), Vec::<Uuid>::new());
    }
}
