//! What is done with an alarm: each function states what must hold, locks the alarm, moves it, writes the line into
//! its record and tells the others. Who may do it is the caller's to check, with [`rules::may_act`].

use access::{Scope, system_scope};
use db::{DbError, Tx};
use kernel::{Celsius, Instant64};
use uuid::Uuid;
use vault::{Vault, VaultError};

use crate::events::AlarmChanged;
use crate::model::{AlarmId, AlarmOutcome, AlarmState, AlarmStepId, AlarmStepKind, NewStep};
use crate::rules::{self, Act, Refused};
use crate::sealing::{self, StepText};
use crate::store::alarms::{self, AlarmRow};
use crate::store::steps::{self, StepLine};

/// Why an act on an alarm did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// No such alarm inside the scope.
    #[error("no such alarm")]
    NotFound,
    /// The rules refuse it.
    #[error("refused")]
    Refused(#[from] Refused),
    /// Database.
    #[error("store")]
    Store(#[from] DbError),
    /// Keys.
    #[error("vault")]
    Vault(#[from] VaultError),
}

/// A line with its move.
struct Entry<'a> {
    to: AlarmState,
    kind: AlarmStepKind,
    outcome: Option<AlarmOutcome>,
    text: StepText,
    actor: &'a str,
}

/// A clinical thermometer's reading, as its screening's rules judged it.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// What it showed.
    pub temperature: Celsius,
    /// Whether that is a fever.
    pub fever: bool,
    /// What was written beside it; may be empty.
    pub note: &'a str,
}

/// Somebody takes notice.
pub(crate) async fn acknowledge(
    tx: &mut Tx,
    vault: &Vault,
    scope: &Scope,
    id: AlarmId,
    now: Instant64,
) -> Result<(), ActError> {
    let alarm = lock(tx, scope, id).await?;
    let to = rules::next_state(alarm.state()?, Act::Acknowledge).ok_or(Refused::State)?;
    let (kind, text, actor) = (AlarmStepKind::Acknowledged, StepText::default(), scope.actor().name.as_str());
    write(tx, vault, scope, &alarm, Entry { to, kind, outcome: None, text, actor }, now).await
}

/// Somebody does something about it.
pub(crate) async fn take_step(
    tx: &mut Tx,
    vault: &Vault,
    scope: &Scope,
    id: AlarmId,
    step: &NewStep<'_>,
    now: Instant64,
) -> Result<(), ActError> {
    let alarm = lock(tx, scope, id).await?;
    let act = Act::of(step.measure);
    // The reading of a passage changes its verdict and the person's status: it is recorded there, and comes back here.
    if act == Act::Reading && alarm.screening_id.is_some() {
        return Err(Refused::OfScreening.into());
    }
    let to = rules::next_state(alarm.state()?, act).ok_or(Refused::State)?;
    rules::check_step(alarm.kind()?, step)?;
    let fever = step.temperature.filter(|_| act == Act::Reading).map(rules::is_fever);
    let text = StepText { temperature: step.temperature, fever, ..StepText::note(step.note) };
    let actor = scope.actor().name.as_str();
    write(tx, vault, scope, &alarm, Entry { to, kind: step.measure.step(), outcome: None, text, actor }, now).await
}

/// Somebody ends it.
pub(crate) async fn close(
    tx: &mut Tx,
    vault: &Vault,
    scope: &Scope,
    id: AlarmId,
    outcome: AlarmOutcome,
    note: &str,
    now: Instant64,
) -> Result<(), ActError> {
    alarms::find(tx, scope, id).await?.ok_or(ActError::NotFound)?;
    alarms::release(tx, id).await?;
    let alarm = lock(tx, scope, id).await?;
    let to = rules::next_state(alarm.state()?, Act::Close).ok_or(Refused::State)?;
    let last_reading = last_reading(tx, vault, &alarm).await?;
    rules::check_close(alarm.kind()?, outcome, note, last_reading)?;
    let (kind, text, actor) = (AlarmStepKind::Closed, StepText::note(note), scope.actor().name.as_str());
    write(tx, vault, scope, &alarm, Entry { to, kind, outcome: Some(outcome), text, actor }, now).await
}

/// A clinical thermometer's reading of the person of a screening goes into the record of its open fever alarm; one
/// that says no fever closes it. Which alarm, if there was one. The caller writes the audit entry.
pub async fn record_clinical(
    tx: &mut Tx,
    vault: &Vault,
    screening: Uuid,
    reading: Reading<'_>,
    actor: &str,
    now: Instant64,
) -> Result<Option<AlarmId>, ActError> {
    let Reading { temperature, fever, note } = reading;
    let scope = system_scope("screening");
    let Some(id) = alarms::fever_of(tx, &scope, screening).await? else { return Ok(None) };
    if !fever {
        alarms::release(tx, id).await?;
    }
    let alarm = lock(tx, &scope, id).await?;
    // It may have been closed while we waited for it.
    let Some(to) = rules::next_state(alarm.state()?, Act::Reading) else { return Ok(None) };
    let text = StepText { temperature: Some(temperature), fever: Some(fever), ..StepText::note(note) };
    let kind = AlarmStepKind::ClinicalReading;
    write(tx, vault, &scope, &alarm, Entry { to, kind, outcome: None, text, actor }, now).await?;
    if !fever {
        let (to, kind, text) = (AlarmState::Closed, AlarmStepKind::Closed, StepText::default());
        let outcome = Some(AlarmOutcome::Cleared);
        // A microsecond later, so that the record keeps the order.
        write(tx, vault, &scope, &alarm, Entry { to, kind, outcome, text, actor }, now.plus(1)).await?;
    }
    Ok(Some(id))
}

/// Takes a person out of her alarms and deletes what was written about her.
pub async fn erase_person(tx: &mut Tx, person: Uuid) -> Result<(), DbError> {
    alarms::forget_person(tx, person).await?;
    steps::forget_person(tx, person).await
}

async fn lock(tx: &mut Tx, scope: &Scope, id: AlarmId) -> Result<AlarmRow, ActError> {
    alarms::lock(tx, scope, id).await?.ok_or(ActError::NotFound)
}

async fn last_reading(tx: &mut Tx, vault: &Vault, alarm: &AlarmRow) -> Result<Option<bool>, ActError> {
    let Some(step) = steps::last_reading(tx, alarm.id()).await? else { return Ok(None) };
    Ok(sealing::open(vault, alarm, &[step]).await?.pop().and_then(|it| it.fever))
}

async fn write(
    tx: &mut Tx,
    vault: &Vault,
    scope: &Scope,
    alarm: &AlarmRow,
    entry: Entry<'_>,
    now: Instant64,
) -> Result<(), ActError> {
    let (id, step) = (alarm.id(), AlarmStepId::new(now));
    let sealed = sealing::seal(vault, alarm, step, &entry.text, now).await?;
    alarms::set_state(tx, scope, id, entry.to, entry.outcome, entry.actor, now).await?;
    let (kind, outcome, actor) = (entry.kind, entry.outcome, entry.actor);
    steps::insert(tx, vec![StepLine { id: step, alarm: id, at: now, actor, kind, level: None, outcome, sealed }])
        .await?;
    events::emit(tx, alarm.at(), &AlarmChanged { alarm_id: id }, now).await?;
    Ok(())
}
