//! What people do at a gate: enter a reading by hand, record a clinical thermometer, change a verdict.

use std::sync::Arc;

use access::Scope;
use db::{Read, Tx};
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::time::DAY;
use kernel::{Celsius, Instant64};
use passes::Shown;
use people::{FactKind, NewFact, RosterKey};
use places::rules::hours_of;
use places::{GateId, GatePlace, OpenState, ShiftWindow};
use serde_json::json;
use uuid::Uuid;
use vault::{DataKey, Purpose};

use crate::detail::{self, CLINICAL, ClinicalDetail, DETAIL, Detail, OVERRIDE, OverrideDetail};
use crate::duties::Duties;
use crate::events::ScreeningsRecorded;
use crate::guests;
use crate::model::{
    GatePresence, GateRules, HealthStatus, Identity, Mask, Measurement, Method, Outcome, Passage, Reason, ScreeningId,
    Worker,
};
use crate::record::{Reading, Spot, reasons_column, record};
use crate::rules;
use crate::store::counts::{self, Heads};
use crate::store::gate_rules;
use crate::store::screenings::{self, ClinicalChange, ScreeningRow};

/// A reading as a guard types it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) client_key: String,
    pub(crate) occurred_at: Instant64,
    pub(crate) passage: Passage,
    pub(crate) lane: i64,
    pub(crate) employee_no: Option<String>,
    pub(crate) card_no: Option<String>,
    /// The text of a pass that was scanned.
    pub(crate) pass: Option<String>,
    pub(crate) temperature: Option<Celsius>,
    pub(crate) mask: Mask,
    pub(crate) offline: bool,
}

/// Judges and stores an entry. One that was made without the server is stored as what it is: told later.
pub(crate) async fn enter(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    gate: &GatePlace,
    mut entry: Entry,
    now: Instant64,
) -> ApiResult<ScreeningId> {
    // An entry cannot be from the future, nor from before the tablet's queue is kept.
    let occurred_at = entry.occurred_at.min(now).max(now.plus(-7 * DAY));
    let occurred_at = if entry.offline { occurred_at } else { now };
    let pass = read_pass(platform, tx, gate, &mut entry, occurred_at).await?;
    let rules = rules_at(tx, gate.site_id, &gate.area_code).await?;
    let identity = match pass {
        Some(Shown { elsewhere: true, .. }) => Identity::NotOnRoster,
        Some(_) | None => identify(platform, tx, gate, &entry, &rules, now).await?,
    };
    let responses = places::active_responses(tx, now).await?;
    let response_active = responses.iter().any(|it| it.covers(&gate.area_code, "screening", occurred_at));
    let reading = Reading {
        event_key: format!("manual:{}", entry.client_key),
        journal: None,
        spot: spot(gate, entry.lane),
        identity: if response_active { identity } else { Identity::NotStated },
        measurement: Measurement {
            temperature: entry.temperature,
            over_limit: None,
            mask: entry.mask,
            fault: None,
            method: Method::Manual,
            granted: None,
            pass: pass.and_then(|it| it.fault),
        },
        at: GatePresence { live: !entry.offline, ..presence(gate, entry.passage, response_active) },
        device_at: None,
        device_time_raw: String::new(),
        received_at: now,
        occurred_at,
        occurred_basis: if entry.offline { "device" } else { "received" },
        event_no: None,
        rules,
        source: scope.actor().name.clone(),
    };
    let key = reading.event_key.clone();
    if let Some(id) = record(platform, tx, vec![reading], now).await?.first() {
        return Ok(*id);
    }
    // Sent before, perhaps by the guard of the shift before: the answer was lost, the entry was not.
    screenings::find_by_key(tx, scope, gate.id, &key).await?.ok_or_else(ApiError::state)
}

/// Whether the day has its declaration.
pub(crate) fn declared_today(at: Option<Instant64>, now: Instant64) -> bool {
    at.is_some_and(|at| now.local().day_start <= at)
}

/// What the scanned pass tells; the number that it leads to takes the place of what was typed.
async fn read_pass(
    platform: &Platform,
    tx: &mut Tx,
    gate: &GatePlace,
    entry: &mut Entry,
    at: Instant64,
) -> ApiResult<Option<Shown>> {
    let Some(text) = entry.pass.as_deref() else { return Ok(None) };
    let shown = passes::shown(platform, tx, text, gate.site_id, at).await?;
    entry.employee_no.clone_from(&shown.employee_no);
    entry.card_no = None;
    Ok(Some(shown))
}

/// A gate at which a person stands beside the guard: nothing is to be doubted about device or clock.
pub(crate) fn presence(gate: &GatePlace, passage: Passage, response_active: bool) -> GatePresence {
    GatePresence {
        open_state: OpenState::parse(&gate.open_state).unwrap_or(OpenState::NotOpen),
        gate_closed: gate.closed,
        passage,
        response_active,
        device_trusted: true,
        clock_trusted: true,
        live: true,
        roster_age: None,
        clinical: None,
    }
}

async fn identify(
    platform: &Platform,
    tx: &mut Tx,
    gate: &GatePlace,
    entry: &Entry,
    rules: &GateRules,
    now: Instant64,
) -> ApiResult<Identity> {
    let key = RosterKey { site: gate.site_id, employee_no: entry.employee_no.clone(), card_no: entry.card_no.clone() };
    if key.employee_no.is_none() && key.card_no.is_none() {
        return Ok(Identity::NotStated);
    }
    let hits = people::find_on_rosters(tx, std::slice::from_ref(&key), now).await?;
    let windows = places::shift_windows(tx, &[gate.site_id]).await?;
    let windows: Vec<ShiftWindow> = windows.into_iter().map(|(_, it)| it).collect();
    let mut hits = hits.into_iter().filter(|it| it.meets(&key));
    match (hits.next(), hits.next()) {
        (None, _) => Ok(guests::expected(platform, tx, gate.site_id, [&key.employee_no, &key.card_no], now).await?),
        (Some(hit), None) => {
            let duties = Duties::load(tx, std::iter::once(rules), &[hit.person], now).await?;
            Ok(Identity::Known(Worker {
                person: hit.person,
                employment: hit.employment,
                status: HealthStatus::parse(hit.status.code()).unwrap_or(HealthStatus::Unknown),
                shifts: hours_of(&windows, hit.shift_window, hit.team.as_deref()).into_iter().collect(),
                declared_today: declared_today(hit.declared_at, now),
                has_pass: duties.has_pass(hit.person),
                is_trained: duties.is_trained(hit.person, hit.site),
            }))
        }
        (Some(_), Some(_)) => Ok(Identity::Conflict),
    }
}

fn spot(gate: &GatePlace, lane: i64) -> Spot {
    Spot {
        device: None,
        gate: gate.id,
        gate_name: gate.name.clone(),
        lane,
        site: gate.site_id,
        enterprise: gate.enterprise_id,
        area_code: gate.area_code.clone(),
    }
}

/// All reasons of a screening, medical ones included.
pub(crate) async fn all_reasons(platform: &Platform, row: &ScreeningRow) -> ApiResult<Vec<Reason>> {
    match (row.subject(), row.detail_sealed.as_deref()) {
        (Some(person), Some(sealed)) => {
            let key = platform.vault.key(person, Purpose::Health).await?;
            let detail: Detail = detail::open(&key, DETAIL, row.id, sealed)?;
            Ok(detail.reasons)
        }
        _ => Ok(row.public_reasons.split(',').filter_map(Reason::parse).collect()),
    }
}

/// Records a clinical thermometer's reading, which decides about fever; of a stranger too, under the site's key. A
/// second reading counts in place of the first, except that it does not lift a confirmed fever: that is the health
/// authority's.
pub(crate) async fn clinical(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    id: ScreeningId,
    temperature: Celsius,
    note: &str,
    now: Instant64,
) -> ApiResult<()> {
    let row = screenings::find(tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    // Nobody is measured on the way home.
    if row.passage != Passage::In.code() {
        return Err(ApiError::state());
    }
    let rules = rules_at(tx, row.site_id, &row.area_code).await?;
    let before = all_reasons(platform, &row).await?;
    let fever = rules.fever_suspected <= temperature;
    let reasons = after_clinical(&before, fever || before.contains(&Reason::FeverConfirmed));
    let outcome = reasons.iter().map(|it| rules.outcome_of(*it)).max().unwrap_or(Outcome::Admit);
    let by = scope.actor().name.clone();
    let key = note_key(platform, &row, now).await?;
    let clinical = ClinicalDetail { temperature_c: temperature.degrees(), by: by.clone(), at: now, fever };
    let change = ClinicalChange {
        sealed: detail::seal(&key, CLINICAL, row.id, &clinical)?,
        outcome,
        public_reasons: reasons_column(&rules::public_reasons(&reasons)),
        detail: detail_after(&key, &row, reasons)?,
        waiting: outcome == Outcome::Hold,
    };
    if !screenings::set_clinical(tx, scope, id, change).await? {
        return Err(ApiError::state());
    }
    if let Some(person) = row.person_id {
        let reading = people::ClinicalReading { person, site: row.site_id, temperature, fever };
        people::record_clinical(platform, tx, reading, &by, now).await?;
    }
    let reading = alarms::Reading { temperature, fever, note };
    alarms::record_clinical(tx, &platform.vault, row.id, reading, &by, now).await?;
    let changed = changed_outcome(&key, &row)?;
    let after = ScreeningRow { outcome: outcome.code().to_owned(), clinical_sealed: Some(Vec::new()), ..row.clone() };
    settle_presence(tx, &row, is_in(&row, changed), is_in(&after, changed), now).await?;
    tell(tx, &row, now).await
}

/// The detail of a known person with these reasons; of a stranger the row itself says all there is.
fn detail_after(key: &DataKey, row: &ScreeningRow, reasons: Vec<Reason>) -> ApiResult<Option<Vec<u8>>> {
    let Some(sealed) = row.detail_sealed.as_deref().filter(|_| row.subject().is_some()) else { return Ok(None) };
    let detail: Detail = detail::open(key, DETAIL, row.id, sealed)?;
    Ok(Some(detail::seal(key, DETAIL, row.id, &Detail { reasons, ..detail })?))
}

/// Under which key an act on a screening is sealed: a person's goes with her, a stranger's stays with the site.
async fn note_key(platform: &Platform, row: &ScreeningRow, now: Instant64) -> ApiResult<Arc<DataKey>> {
    let (subject, purpose) = row.subject().map_or((row.site_id, Purpose::System), |it| (it, Purpose::Health));
    let mut keys = platform.vault.ensure(&[subject], purpose, None, now).await?;
    keys.remove(&subject).ok_or_else(ApiError::not_found)
}

/// What a supervised override made of the verdict, if there was one.
fn changed_outcome(key: &DataKey, row: &ScreeningRow) -> ApiResult<Option<Outcome>> {
    let Some(sealed) = row.override_sealed.as_deref() else { return Ok(None) };
    let detail: OverrideDetail = detail::open(key, OVERRIDE, row.id, sealed)?;
    Ok(Some(detail.outcome))
}

/// Whether the person of a passage inwards went in: what the terminal did, else what a person decided.
fn is_in(row: &ScreeningRow, changed: Option<Outcome>) -> bool {
    let decided = row.method == Method::Manual.code() || row.clinical_sealed.is_some();
    let admitted = decided && row.outcome == Outcome::Admit.code();
    let by_people = changed.map_or(admitted, |it| it == Outcome::Admit);
    row.passage == Passage::In.code() && (row.terminal_granted == Some(true) || by_people)
}

/// A clinical reading takes the place of everything that the gate's own sensor said.
fn after_clinical(reasons: &[Reason], fever: bool) -> Vec<Reason> {
    let measured = [
        Reason::FeverSuspected,
        Reason::FeverPossible,
        Reason::TemperatureUnmeasured,
        Reason::TemperatureUnreliable,
        Reason::ClinicalCleared,
        Reason::FeverConfirmed,
    ];
    let mut left: Vec<Reason> = reasons.iter().copied().filter(|it| !measured.contains(it)).collect();
    left.push(if fever { Reason::FeverConfirmed } else { Reason::ClinicalCleared });
    left
}

/// A change of a verdict, with a supervisor who was checked.
pub(crate) struct Change {
    pub(crate) outcome: Outcome,
    pub(crate) reason: String,
    pub(crate) supervisor: String,
}

/// Changes a verdict by hand. Medical grounds are not a gate's to override.
pub(crate) async fn change(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    id: ScreeningId,
    change: Change,
    now: Instant64,
) -> ApiResult<()> {
    let row = screenings::find(tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    let reasons = all_reasons(platform, &row).await?;
    if change.outcome == Outcome::Admit && !rules::may_override(&reasons) {
        return Err(ApiError::new(axum::http::StatusCode::CONFLICT, ErrorCode::OverrideMedical));
    }
    let by = scope.actor().name.clone();
    let detail = OverrideDetail {
        outcome: change.outcome,
        reason: change.reason,
        by: by.clone(),
        supervisor: change.supervisor,
        at: now,
    };
    let key = note_key(platform, &row, now).await?;
    let sealed = detail::seal(&key, OVERRIDE, row.id, &detail)?;
    if !screenings::set_override(tx, scope, id, (sealed, change.outcome == Outcome::Admit)).await? {
        return Err(ApiError::state());
    }
    if let Some(person) = row.person_id {
        let fact = NewFact {
            person,
            kind: FactKind::Overridden,
            occurred_at: now,
            source: by,
            site: Some(row.site_id),
            detail: json!({ "screening_id": id, "outcome": change.outcome.code(), "reason": detail.reason }),
        };
        people::record_facts(platform, tx, vec![fact], now).await?;
    }
    settle_presence(tx, &row, is_in(&row, None), is_in(&row, Some(change.outcome)), now).await?;
    tell(tx, &row, now).await
}

/// Counts somebody in whom a person let in after all, and out again who was not let in after all.
async fn settle_presence(tx: &mut Tx, row: &ScreeningRow, was_in: bool, is_in: bool, now: Instant64) -> ApiResult<()> {
    let (step, passage) = match (was_in, is_in) {
        (false, true) => (1, Passage::In),
        (true, false) => (-1, Passage::Out),
        (true, true) | (false, false) => return Ok(()),
    };
    let nameless = if row.person_id.is_none() { step } else { 0 };
    let heads = Heads { entered: step, gone: 0, nameless };
    counts::add_heads(tx, [((row.site_id, counts::day_of(now)), heads)].into()).await?;
    if let Some(guest) = row.guest_id {
        let went = visitors::Went { guest, gate: row.gate_id, inwards: passage == Passage::In, at: now };
        visitors::went(tx, &[went]).await?;
    }
    let passages = row.person_id.map(|it| ((row.site_id, it), (now, passage)));
    Ok(counts::pass(tx, passages.into_iter().collect()).await?)
}

async fn tell(tx: &mut Tx, row: &ScreeningRow, now: Instant64) -> ApiResult<()> {
    let at = events::At {
        area: Some(&row.area_code),
        enterprise: row.enterprise_id,
        site: Some(row.site_id),
        gate: Some(row.gate_id),
    };
    events::emit(tx, at, &ScreeningsRecorded { ids: vec![row.id] }, now).await?;
    Ok(())
}

/// A gate inside the scope; on an enrolled tablet only its own.
pub(crate) async fn gate_in_reach(
    db: &mut impl Read,
    scope: &Scope,
    tablet: Option<Uuid>,
    id: &str,
) -> ApiResult<GatePlace> {
    let id: GateId = id.parse().map_err(|_| ApiError::not_found())?;
    if tablet.is_some_and(|it| it != id.uuid()) {
        return Err(ApiError::not_found());
    }
    places::gate_place(db, scope, id).await?.ok_or_else(ApiError::not_found)
}

/// The rules of a gate.
pub(crate) async fn rules_of(db: &mut impl Read, gate: &GatePlace) -> ApiResult<GateRules> {
    rules_at(db, gate.site_id, &gate.area_code).await
}

async fn rules_at(db: &mut impl Read, site: Uuid, area: &str) -> ApiResult<GateRules> {
    let place = (Some(site), area);
    Ok(gate_rules::in_force(db, &[place]).await?.of(place)?)
}
