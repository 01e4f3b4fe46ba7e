//! One alarm with its record, on the wire.

use db::{DbError, Read};
use http_api::{ApiError, ApiResult, ErrorCode, OptionalText};
use kernel::{Celsius, Instant64};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vault::Vault;

use super::{AlarmView, views_in};
use crate::acts::ActError;
use crate::model::{AlarmLevel, AlarmMeasure, AlarmOutcome, AlarmStepId, AlarmStepKind, NewStep};
use crate::rules::Refused;
use crate::sealing::{self, StepText};
use crate::store::alarms::AlarmRow;
use crate::store::steps::{self, StepRow};

/// An alarm with its record, oldest line first.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlarmFile {
    alarm: AlarmView,
    steps: Vec<AlarmStep>,
}

/// One line of the record.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlarmStep {
    #[schema(value_type = String)]
    id: AlarmStepId,
    #[schema(value_type = String)]
    at: Instant64,
    /// Display name; empty for the system.
    actor: String,
    kind: AlarmStepKind,
    /// Whom `raised` and `escalated` called.
    level: Option<AlarmLevel>,
    /// How `closed` ended it.
    outcome: Option<AlarmOutcome>,
    /// Empty when there is none, or when the person was erased.
    note: String,
    /// As measured, for those who handle alarms.
    temperature_c: Option<f64>,
}

/// A line to be written.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AlarmStepNew {
    pub(super) kind: AlarmMeasure,
    note: Option<String>,
    temperature_c: Option<f64>,
}

/// How an alarm ends.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AlarmClose {
    pub(super) outcome: AlarmOutcome,
    pub(super) note: Option<String>,
}

impl AlarmStepNew {
    pub(super) fn step(&self) -> ApiResult<NewStep<'_>> {
        let temperature = match self.temperature_c {
            Some(it) => Some(Celsius::new(it).map_err(|_| ApiError::from(ActError::from(Refused::TemperatureRange)))?),
            None => None,
        };
        Ok(NewStep { measure: self.kind, note: self.note.given().unwrap_or_default(), temperature })
    }
}

impl From<ActError> for ApiError {
    fn from(error: ActError) -> Self {
        match error {
            ActError::NotFound => Self::not_found(),
            ActError::Refused(refused) => match refused {
                Refused::State => Self::state(),
                Refused::ReadingWanted => Self::state().with("wanted", AlarmStepKind::ClinicalReading.code()),
                Refused::Measure => Self::field("kind", ErrorCode::Invalid),
                Refused::OfScreening => Self::state().with("wanted", "screening"),
                Refused::Outcome => Self::field("outcome", ErrorCode::Invalid),
                Refused::NoteWanted => Self::field("note", ErrorCode::Required),
                Refused::NoteTooLong => Self::field("note", ErrorCode::TooLong),
                Refused::TemperatureWanted => Self::field("temperature_c", ErrorCode::Required),
                Refused::TemperatureUnwanted => Self::field("temperature_c", ErrorCode::Invalid),
                Refused::TemperatureRange => Self::field("temperature_c", ErrorCode::TemperatureRange),
            },
            ActError::Store(error) => error.into(),
            ActError::Vault(error) => error.into(),
        }
    }
}

/// The record of an alarm; temperatures only for those who handle alarms. Also whether it shows anything about a
/// person.
pub(super) async fn file(
    db: &mut impl Read,
    vault: &Vault,
    alarm: AlarmRow,
    shows_temperatures: bool,
) -> ApiResult<(AlarmFile, bool)> {
    let rows = steps::list(db, alarm.id()).await?;
    let discloses = rows.iter().any(|it| it.note_sealed.is_some() && it.note_person.is_some());
    let texts = sealing::open(vault, &alarm, &rows).await?;
    let lines = rows.into_iter().zip(texts).map(|(row, text)| line(row, text, shows_temperatures));
    let steps = lines.collect::<ApiResult<Vec<_>>>()?;
    let alarm = views_in(db, vec![alarm]).await?.pop().ok_or_else(ApiError::not_found)?;
    Ok((AlarmFile { alarm, steps }, discloses))
}

fn line(row: StepRow, text: StepText, shows_temperatures: bool) -> ApiResult<AlarmStep> {
    let unreadable = || DbError::Unreadable("alarm_step");
    let level = row.level.map(|it| AlarmLevel::parse(&it).ok_or_else(unreadable)).transpose()?;
    let outcome = row.outcome.map(|it| AlarmOutcome::parse(&it).ok_or_else(unreadable)).transpose()?;
    Ok(AlarmStep {
        id: AlarmStepId::from_uuid(row.id),
        at: Instant64::from_micros(row.at),
        actor: row.actor,
        kind: AlarmStepKind::parse(&row.kind).ok_or_else(unreadable)?,
        level,
        outcome,
        note: text.note,
        temperature_c: text.temperature.filter(|_| shows_temperatures).map(Celsius::degrees),
    })
}
