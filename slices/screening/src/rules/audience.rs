//! Who may know which reason, and which stop a guard may lift.

use crate::model::Reason;

/// Whether a reason tells something of a person's health or of a measure of the health authority.
///
/// What was measured at the gate (`fever_suspected`, `fever_possible`, `clinical_cleared`) is not: those who see it
/// stood there. A confirmed fever is a status.
pub const fn is_medical(reason: Reason) -> bool {
    use Reason::*;
    match reason {
        StatusRed | StatusAmber | StatusUnknown | QuarantineActive | RestrictedMatch | TestOverdue | FeverConfirmed => {
            true
        }
        NotOnRoster
        | SiteNotOpen
        | GateClosed
        | OutsideShift
        | PassMissing
        | PassExpired
        | PassRevoked
        | PassUnverifiable
        | TrainingMissing
        | DeclarationOverdue
        | FeverSuspected
        | FeverPossible
        | TemperatureUnmeasured
        | TemperatureUnreliable
        | MaskMissing
        | MaskWornWrong
        | MaskUnknown
        | FaceNoMatch
        | FaceUncertain
        | SpoofSuspected
        | IdentityConflict
        | VisitorUnannounced
        | RosterStale
        | ClockUntrusted
        | DeviceUntrusted
        | ResponseEnded
        | NotAllowed
        | ClinicalCleared => false,
    }
}

/// What gates, guards and enterprises see: medical reasons become `not_allowed`, once, where the first of them stood.
pub fn public_reasons(reasons: &[Reason]) -> Vec<Reason> {
    let mut public = Vec::with_capacity(reasons.len());
    for reason in reasons.iter().map(|it| if is_medical(*it) { Reason::NotAllowed } else { *it }) {
        if !public.contains(&reason) {
            public.push(reason);
        }
    }
    public
}

/// Whether a supervised override at the gate may lift these reasons.
///
/// Not where a medical measure denies; a suspected fever waits for the clinical reading, which decides by itself.
/// `not_allowed` may hide any of them.
pub fn may_override(reasons: &[Reason]) -> bool {
    use Reason::*;
    !reasons.iter().any(|it| {
        matches!(it, StatusRed | QuarantineActive | RestrictedMatch | FeverConfirmed | FeverSuspected | NotAllowed)
    })
}
