//! Rules of alarms: folding, states, escalation, what must be filled in. Pure.

use access::{Permission, Role};
use kernel::time::MINUTE;
use kernel::{Celsius, Instant64};
use uuid::Uuid;

use crate::model::{AlarmKind, AlarmLevel, AlarmMeasure, AlarmOutcome, AlarmState, NewStep, Severity};

/// How long after its first raise an alarm takes further ones of the same key.
pub const FOLD_WINDOW: i64 = 10 * MINUTE;
/// Whom an alarm calls when nobody has acknowledged it so long after its first raise.
pub const ESCALATION: &[(i64, AlarmLevel)] = &[(2 * MINUTE, AlarmLevel::Site), (7 * MINUTE, AlarmLevel::Area)];
/// A clinical thermometer at or above this says fever, °C: the default of domain.md. A reading recorded with a
/// screening brings the judgement of its gate's rules instead.
pub const FEVER_C: f64 = 37.3;
/// The longest note, in characters.
pub const NOTE_LIMIT: usize = 500;

/// The usual severity of a kind.
pub const fn severity(kind: AlarmKind) -> Severity {
    match kind {
        AlarmKind::FeverSuspected
        | AlarmKind::EnteredAgainstVerdict
        | AlarmKind::DeviceUntrusted
        | AlarmKind::DiskSpace => Severity::Critical,
        AlarmKind::Stranger
        | AlarmKind::DeviceSilent
        | AlarmKind::ClockOffset
        | AlarmKind::DeviceQuota
        | AlarmKind::AppealLate => Severity::Warning,
    }
}

/// Whose raises of a kind are one alarm. Nil stands for the installation, and for what is not known.
pub fn fold_on(kind: AlarmKind, person: Option<Uuid>, gate: Option<Uuid>, device: Option<Uuid>) -> Uuid {
    let subject = match kind {
        AlarmKind::FeverSuspected | AlarmKind::EnteredAgainstVerdict => person.or(gate),
        AlarmKind::Stranger => gate,
        AlarmKind::DeviceSilent | AlarmKind::DeviceUntrusted | AlarmKind::ClockOffset | AlarmKind::DeviceQuota => {
            device
        }
        AlarmKind::DiskSpace | AlarmKind::AppealLate => None,
    };
    subject.unwrap_or(Uuid::nil())
}

/// The key whose raises fold. An alarm belongs to one site: the same person at another site is that site's alarm, or
/// its guard would not see it.
pub fn fold_key(kind: AlarmKind, fold_on: Uuid, site: Option<Uuid>) -> String {
    format!("{}:{}:{}", kind.code(), fold_on.as_simple(), site.unwrap_or(Uuid::nil()).as_simple())
}

/// Whom an alarm calls first.
pub const fn first_level(has_gate: bool, has_site: bool) -> AlarmLevel {
    match (has_gate, has_site) {
        (true, _) => AlarmLevel::Gate,
        (false, true) => AlarmLevel::Site,
        (false, false) => AlarmLevel::Area,
    }
}

/// Whom an alarm calls now. Once acknowledged it stays where it is; it never goes back.
pub fn level_at(level: AlarmLevel, state: AlarmState, first_raised_at: Instant64, now: Instant64) -> AlarmLevel {
    let waited = now.since(first_raised_at);
    let due = ESCALATION.iter().filter(|(after, _)| state == AlarmState::Raised && *after <= waited);
    due.map(|(_, to)| *to).max().map_or(level, |to| to.max(level))
}

/// What somebody does with an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Takes notice.
    Acknowledge,
    /// Writes something down.
    Note,
    /// Takes a measure.
    Measure,
    /// Records a clinical thermometer's reading.
    Reading,
    /// Ends it.
    Close,
}

impl Act {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Acknowledge, Self::Note, Self::Measure, Self::Reading, Self::Close];

    /// The act that a measure is.
    pub const fn of(measure: AlarmMeasure) -> Self {
        match measure {
            AlarmMeasure::Note => Self::Note,
            AlarmMeasure::ClinicalReading => Self::Reading,
            AlarmMeasure::Recheck | AlarmMeasure::Isolate | AlarmMeasure::Disinfect | AlarmMeasure::Hospital => {
                Self::Measure
            }
        }
    }
}

/// Every allowed move: from, act, to. What is not here is refused. Each move acknowledges what nobody had
/// acknowledged, and tells the alarm's gate, site and area.
pub const MOVES: &[(AlarmState, Act, AlarmState)] = {
    use AlarmState::{Acknowledged, Closed, Handling, Raised};
    &[
        (Raised, Act::Acknowledge, Acknowledged),
        (Raised, Act::Note, Acknowledged),
        (Raised, Act::Measure, Handling),
        (Raised, Act::Reading, Handling),
        (Raised, Act::Close, Closed),
        (Acknowledged, Act::Note, Acknowledged),
        (Acknowledged, Act::Measure, Handling),
        (Acknowledged, Act::Reading, Handling),
        (Acknowledged, Act::Close, Closed),
        (Handling, Act::Note, Handling),
        (Handling, Act::Measure, Handling),
        (Handling, Act::Reading, Handling),
        (Handling, Act::Close, Closed),
    ]
};

/// Who may make a move: all who handle alarms, but only those who may hold a thermometer record its reading.
pub fn may_act(role: Role, act: Act) -> bool {
    let reads = || role.may(Permission::RecordScreening) || role.may(Permission::ConfirmClinical);
    role.may(Permission::HandleAlarms) && (act != Act::Reading || reads())
}

/// Where an act leads; none when it is not possible from here.
pub fn next_state(from: AlarmState, act: Act) -> Option<AlarmState> {
    MOVES.iter().find(|(known, by, _)| *known == from && *by == act).map(|(_, _, to)| *to)
}

/// Why an act was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not possible in this state.
    #[error("the alarm's state does not allow it")]
    State,
    /// A fever is cleared by a clinical thermometer only.
    #[error("a clinical reading below the limit is wanted first")]
    ReadingWanted,
    /// The measure does not go with this kind of alarm.
    #[error("the measure does not go with this kind of alarm")]
    Measure,
    /// The outcome does not go with this kind of alarm.
    #[error("the outcome does not go with this kind of alarm")]
    Outcome,
    /// A note is wanted.
    #[error("a note is wanted")]
    NoteWanted,
    /// The note is too long.
    #[error("the note is too long")]
    NoteTooLong,
    /// A temperature is wanted.
    #[error("a temperature is wanted")]
    TemperatureWanted,
    /// A temperature does not go with this measure.
    #[error("a temperature does not go with this measure")]
    TemperatureUnwanted,
    /// No body has this temperature.
    #[error("no body has this temperature")]
    TemperatureRange,
    /// A clinical reading of a passage is recorded with the passage.
    #[error("a clinical reading of a passage is recorded with the passage")]
    OfScreening,
}

/// Whether an alarm is about somebody rather than something.
pub const fn is_about_a_person(kind: AlarmKind) -> bool {
    matches!(kind, AlarmKind::FeverSuspected | AlarmKind::Stranger | AlarmKind::EnteredAgainstVerdict)
}

/// How a kind of alarm may end.
pub const fn outcomes(kind: AlarmKind) -> &'static [AlarmOutcome] {
    match kind {
        AlarmKind::FeverSuspected => &[AlarmOutcome::Cleared, AlarmOutcome::FeverConfirmed, AlarmOutcome::FalseAlarm],
        AlarmKind::Stranger | AlarmKind::EnteredAgainstVerdict => {
            &[AlarmOutcome::Cleared, AlarmOutcome::Removed, AlarmOutcome::FalseAlarm]
        }
        AlarmKind::DeviceSilent
        | AlarmKind::DeviceUntrusted
        | AlarmKind::DiskSpace
        | AlarmKind::ClockOffset
        | AlarmKind::DeviceQuota => &[AlarmOutcome::Repaired, AlarmOutcome::FalseAlarm],
        AlarmKind::AppealLate => &[AlarmOutcome::Settled],
    }
}

/// Whether a clinical thermometer says fever.
pub fn is_fever(temperature: Celsius) -> bool {
    FEVER_C <= temperature.degrees()
}

/// What a step must have: its kind fits, a note has words, a clinical reading its temperature.
pub fn check_step(kind: AlarmKind, step: &NewStep<'_>) -> Result<(), Refused> {
    if !is_about_a_person(kind) && step.measure != AlarmMeasure::Note {
        return Err(Refused::Measure);
    }
    match (step.measure, step.temperature) {
        (AlarmMeasure::ClinicalReading, None) => return Err(Refused::TemperatureWanted),
        (AlarmMeasure::ClinicalReading | AlarmMeasure::Recheck, Some(it)) if !it.is_bodily() => {
            return Err(Refused::TemperatureRange);
        }
        (AlarmMeasure::ClinicalReading | AlarmMeasure::Recheck, _) | (_, None) => {}
        (_, Some(_)) => return Err(Refused::TemperatureUnwanted),
    }
    check_note(step.note, step.measure == AlarmMeasure::Note)
}

/// What a closing must have: an outcome of its kind and a note. A suspected fever is cleared or confirmed only as the
/// last clinical reading said; `last_reading` is whether it said fever.
pub fn check_close(
    kind: AlarmKind,
    outcome: AlarmOutcome,
    note: &str,
    last_reading: Option<bool>,
) -> Result<(), Refused> {
    if !outcomes(kind).contains(&outcome) {
        return Err(Refused::Outcome);
    }
    check_note(note, true)?;
    let wanted = match outcome {
        AlarmOutcome::Cleared => Some(false),
        AlarmOutcome::FeverConfirmed => Some(true),
        AlarmOutcome::Removed | AlarmOutcome::Repaired | AlarmOutcome::FalseAlarm | AlarmOutcome::Settled => None,
    };
    match kind == AlarmKind::FeverSuspected && wanted.is_some() && last_reading != wanted {
        true => Err(Refused::ReadingWanted),
        false => Ok(()),
    }
}

fn check_note(note: &str, wanted: bool) -> Result<(), Refused> {
    match note.trim().chars().count() {
        0 if wanted => Err(Refused::NoteWanted),
        0..=NOTE_LIMIT => Ok(()),
        _ => Err(Refused::NoteTooLong),
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
