//! Words and temperatures of an alarm's record, sealed: under the person's key when the alarm is about one, else under
//! the site's.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::{Celsius, Instant64};
use serde::{Deserialize, Serialize};
use tracing::warn;
use uuid::Uuid;
use vault::{DataKey, Place, Purpose, Vault, VaultError};

use crate::model::AlarmStepId;
use crate::store::alarms::AlarmRow;
use crate::store::steps::StepRow;

/// What is sealed of one line.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct StepText {
    pub(crate) note: String,
    pub(crate) temperature: Option<Celsius>,
    /// Whether the temperature was judged a fever when it was recorded.
    pub(crate) fever: Option<bool>,
}

impl StepText {
    pub(crate) fn note(note: &str) -> Self {
        Self { note: note.trim().to_owned(), ..Self::default() }
    }
}

/// The sealed form and the person under whose key it is; nothing when there is nothing to seal.
pub(crate) async fn seal(
    vault: &Vault,
    alarm: &AlarmRow,
    step: AlarmStepId,
    text: &StepText,
    now: Instant64,
) -> Result<Option<(Vec<u8>, Option<Uuid>)>, VaultError> {
    if *text == StepText::default() {
        return Ok(None);
    }
    let (subject, purpose) = match alarm.person_id {
        Some(person) => (person, Purpose::Health),
        None => (site_subject(alarm), Purpose::System),
    };
    let keys = vault.ensure(&[subject], purpose, None, now).await?;
    let key = keys.get(&subject).ok_or(VaultError::Gone)?;
    let plain = serde_json::to_vec(text).map_err(|_| VaultError::Broken)?;
    Ok(Some((key.seal(place(step.uuid()), &plain), alarm.person_id)))
}

/// The lines of one alarm, opened; what was sealed under a key that is gone is empty.
pub(crate) async fn open(vault: &Vault, alarm: &AlarmRow, steps: &[StepRow]) -> Result<Vec<StepText>, VaultError> {
    let mut people: Vec<Uuid> = steps.iter().filter_map(|it| it.note_person).collect();
    people.dedup();
    let of_people = vault.keys(&people, Purpose::Health).await?;
    let of_site = match steps.iter().any(|it| it.note_sealed.is_some() && it.note_person.is_none()) {
        true => vault.keys(&[site_subject(alarm)], Purpose::System).await?,
        false => HashMap::new(),
    };
    let key = |step: &StepRow| match step.note_person {
        Some(person) => of_people.get(&person),
        None => of_site.get(&site_subject(alarm)),
    };
    Ok(steps.iter().map(|it| open_line(key(it), it)).collect())
}

fn open_line(key: Option<&Arc<DataKey>>, step: &StepRow) -> StepText {
    let (Some(key), Some(sealed)) = (key, &step.note_sealed) else { return StepText::default() };
    let opened = key.open(place(step.id), sealed);
    let text = opened.ok().and_then(|it| serde_json::from_slice(&it).ok());
    text.unwrap_or_else(|| {
        warn!(step.id = %AlarmStepId::from_uuid(step.id), "a sealed line of an alarm's record does not open");
        StepText::default()
    })
}

/// Nil for the installation's own alarms.
fn site_subject(alarm: &AlarmRow) -> Uuid {
    alarm.site_id.unwrap_or(Uuid::nil())
}

const fn place(step: Uuid) -> Place {
    Place { column: "alarm_step.note", row: step }
}
