//! Screenings as their reader may see them. The audience is decided here, before anything leaves the server.

use std::collections::HashMap;

use access::Scope;
use db::Tx;
use http_api::{ApiResult, Platform};
use kernel::Instant64;
use people::{EmploymentLabel, PersonBrief, PersonId};
use places::{DeviceId, GateId, SiteBrief, SiteId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use vault::{DataKey, Purpose, VaultError};
use visitors::GuestBrief;

use crate::detail::{self, CLINICAL, ClinicalDetail, DETAIL, Detail, OVERRIDE, OverrideDetail};
use crate::model::{Mask, Method, Outcome, Passage, Reason, ScreeningId};
use crate::store::screenings::ScreeningRow;

/// A reading with its verdict.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ScreeningView {
    id: String,
    gate_id: String,
    gate_name: String,
    site_id: String,
    site_name: String,
    lane: i64,
    direction: Passage,
    device_id: Option<String>,
    person_id: Option<String>,
    masked_name: Option<String>,
    tail: Option<String>,
    team: Option<String>,
    employee_no: Option<String>,
    /// Whether she was announced as a visitor, or sat in a coach.
    guest: bool,
    method: Method,
    live: bool,
    #[schema(value_type = Option<String>)]
    device_at: Option<Instant64>,
    device_time_raw: String,
    #[schema(value_type = String)]
    received_at: Instant64,
    #[schema(value_type = String)]
    occurred_at: Instant64,
    /// `device`, `corrected` or `received`.
    occurred_basis: String,
    event_no: Option<i64>,
    temperature_c: Option<f64>,
    mask: Mask,
    outcome: Outcome,
    reasons: Vec<Reason>,
    rule_version: i64,
    terminal_granted: Option<bool>,
    against_verdict: bool,
    #[serde(rename = "override")]
    changed: Option<OverrideView>,
    clinical: Option<ClinicalView>,
}

/// A verdict changed by hand.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct OverrideView {
    outcome: Outcome,
    reason: String,
    by: String,
    supervisor: String,
    #[schema(value_type = String)]
    at: Instant64,
}

/// A clinical thermometer's reading.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ClinicalView {
    temperature_c: f64,
    by: String,
    #[schema(value_type = String)]
    at: Instant64,
    fever: bool,
}

impl ScreeningView {
    /// Cells of the exported list.
    pub(crate) fn cells(&self) -> Vec<String> {
        vec![
            self.occurred_at.to_string(),
            self.site_name.clone(),
            self.gate_name.clone(),
            self.direction.code().to_owned(),
            self.masked_name.clone().unwrap_or_default(),
            self.employee_no.clone().unwrap_or_default(),
            self.temperature_c.map(|it| format!("{it:.1}")).unwrap_or_default(),
            self.mask.code().to_owned(),
            self.outcome.code().to_owned(),
            self.reasons.iter().map(|it| it.code()).collect::<Vec<_>>().join(" "),
            self.live.to_string(),
        ]
    }
}

struct Names {
    gates: HashMap<Uuid, String>,
    sites: HashMap<Uuid, String>,
    briefs: HashMap<Uuid, PersonBrief>,
    employments: HashMap<Uuid, EmploymentLabel>,
    guests: HashMap<Uuid, GuestBrief>,
    health: HashMap<Uuid, std::sync::Arc<DataKey>>,
    sites_keys: HashMap<Uuid, std::sync::Arc<DataKey>>,
}

/// Rows that were reached inside the scope, as its reader may see them: one question of each kind, none per row, and all
/// side by side.
pub(crate) async fn views(
    platform: &Platform,
    scope: &Scope,
    rows: Vec<ScreeningRow>,
) -> ApiResult<Vec<ScreeningView>> {
    let ids = Ids::of(&rows);
    let db = platform.db.reader();
    let (mut gates, mut sites, mut people, mut guests, mut employments) =
        (db.clone(), db.clone(), db.clone(), db.clone(), db);
    let (gates, sites, briefs, guests, employments) = tokio::try_join!(
        async { Ok(places::gate_names(&mut gates, &ids.gates).await?) },
        async { Ok(places::sites_by_id(&mut sites, &ids.sites).await?) },
        people::briefs(platform, &mut people, &ids.people),
        visitors::guest_briefs(platform, &mut guests, &ids.guests),
        async { Ok(people::employment_labels(&mut employments, &ids.employments).await?) },
    )?;
    seen(platform, scope, rows, &ids, Found { gates, sites, briefs, guests, employments }).await
}

/// As [`views`], within the transaction that changed the rows.
pub(crate) async fn views_within(
    platform: &Platform,
    tx: &mut Tx,
    scope: &Scope,
    rows: Vec<ScreeningRow>,
) -> ApiResult<Vec<ScreeningView>> {
    let ids = Ids::of(&rows);
    let found = Found {
        gates: places::gate_names(tx, &ids.gates).await?,
        sites: places::sites_by_id(tx, &ids.sites).await?,
        briefs: people::briefs(platform, tx, &ids.people).await?,
        employments: people::employment_labels(tx, &ids.employments).await?,
        guests: visitors::guest_briefs(platform, tx, &ids.guests).await?,
    };
    seen(platform, scope, rows, &ids, found).await
}

/// Whom and what rows name, each once.
struct Ids {
    gates: Vec<Uuid>,
    sites: Vec<Uuid>,
    people: Vec<Uuid>,
    guests: Vec<Uuid>,
    employments: Vec<Uuid>,
}

impl Ids {
    fn of(rows: &[ScreeningRow]) -> Self {
        let distinct = |mut ids: Vec<Uuid>| {
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        Self {
            gates: distinct(rows.iter().map(|it| it.gate_id).collect()),
            sites: distinct(rows.iter().map(|it| it.site_id).collect()),
            people: distinct(rows.iter().filter_map(|it| it.person_id).collect()),
            guests: distinct(rows.iter().filter_map(|it| it.guest_id).collect()),
            employments: distinct(rows.iter().filter_map(|it| it.employment_id).collect()),
        }
    }
}

struct Found {
    gates: Vec<(Uuid, String)>,
    sites: Vec<SiteBrief>,
    briefs: HashMap<Uuid, PersonBrief>,
    guests: HashMap<Uuid, GuestBrief>,
    employments: HashMap<Uuid, EmploymentLabel>,
}

async fn seen(
    platform: &Platform,
    scope: &Scope,
    rows: Vec<ScreeningRow>,
    ids: &Ids,
    found: Found,
) -> ApiResult<Vec<ScreeningView>> {
    let names = Names {
        gates: found.gates.into_iter().collect(),
        sites: found.sites.into_iter().map(|it| (it.id, it.name)).collect(),
        briefs: found.briefs,
        employments: found.employments,
        guests: found.guests,
        health: platform.vault.keys(&[ids.people.as_slice(), &ids.guests].concat(), Purpose::Health).await?,
        sites_keys: platform.vault.keys(&ids.sites, Purpose::System).await?,
    };
    let medical = scope.sees_medical();
    let of_authority = scope.is_of_authority();
    let in_sight = |row: ScreeningRow| match names.has_left(&row) && !of_authority {
        true => row.without_person(),
        false => row,
    };
    rows.into_iter().map(|row| Ok(view(&names, medical, in_sight(row))?)).collect()
}

impl Names {
    /// Whether the person's employment at the site is over: the employer sees the passage, not whose it was.
    fn has_left(&self, row: &ScreeningRow) -> bool {
        row.employment_id.is_some_and(|it| self.employments.get(&it).is_none_or(|it| it.ended))
    }
}

/// What of a row stands sealed, opened as far as the keys are still there.
struct Opened {
    detail: Option<Detail>,
    changed: Option<OverrideView>,
    clinical: Option<ClinicalView>,
}

fn open_row(names: &Names, row: &ScreeningRow) -> Result<Opened, VaultError> {
    let person_key = row.subject().and_then(|it| names.health.get(&it));
    let note_key = person_key.or_else(|| names.sites_keys.get(&row.site_id));
    let detail = open_with(person_key, DETAIL, row.id, row.detail_sealed.as_deref())?;
    let changed: Option<OverrideDetail> = open_with(note_key, OVERRIDE, row.id, row.override_sealed.as_deref())?;
    let clinical: Option<ClinicalDetail> = open_with(note_key, CLINICAL, row.id, row.clinical_sealed.as_deref())?;
    Ok(Opened {
        detail,
        changed: changed.map(|it| OverrideView {
            outcome: it.outcome,
            reason: it.reason,
            by: it.by,
            supervisor: it.supervisor,
            at: it.at,
        }),
        clinical: clinical.map(|it| ClinicalView {
            temperature_c: it.temperature_c,
            by: it.by,
            at: it.at,
            fever: it.fever,
        }),
    })
}

fn open_with<T: serde::de::DeserializeOwned>(
    key: Option<&std::sync::Arc<DataKey>>,
    column: &'static str,
    row: Uuid,
    sealed: Option<&[u8]>,
) -> Result<Option<T>, VaultError> {
    key.zip(sealed).map(|(key, sealed)| detail::open(key, column, row, sealed)).transpose()
}

fn view(names: &Names, medical: bool, row: ScreeningRow) -> Result<ScreeningView, VaultError> {
    let opened = open_row(names, &row)?;
    let public = || row.public_reasons.split(',').filter_map(Reason::parse).collect();
    let reasons = opened.detail.as_ref().filter(|_| medical).map_or_else(public, |it| it.reasons.clone());
    let brief = row.person_id.and_then(|it| names.briefs.get(&it)).cloned();
    // A file that the register has says more than an announcement; to the gate both are a masked name.
    let guest = row.guest_id.and_then(|it| names.guests.get(&it)).cloned();
    let brief = match &guest {
        Some(it) => Some(PersonBrief { masked_name: it.masked_name.clone(), tail: it.tail.clone() }),
        None => brief,
    };
    let label = row.employment_id.and_then(|it| names.employments.get(&it)).cloned();
    let (employee_no, team) = label.map(|it| (it.employee_no, it.team)).unzip();
    let micros = Instant64::from_micros;
    Ok(ScreeningView {
        id: ScreeningId::from_uuid(row.id).to_string(),
        gate_id: GateId::from_uuid(row.gate_id).to_string(),
        gate_name: names.gates.get(&row.gate_id).cloned().unwrap_or_default(),
        site_id: SiteId::from_uuid(row.site_id).to_string(),
        site_name: names.sites.get(&row.site_id).cloned().unwrap_or_default(),
        lane: row.lane,
        direction: Passage::parse(&row.passage).unwrap_or(Passage::In),
        device_id: row.device_id.map(|it| DeviceId::from_uuid(it).to_string()),
        person_id: row.person_id.map(|it| PersonId::from_uuid(it).to_string()),
        masked_name: brief.as_ref().map(|it| it.masked_name.clone()),
        tail: brief.map(|it| it.tail),
        team: team.flatten().or_else(|| guest.and_then(|it| it.company)),
        employee_no,
        guest: row.guest_id.is_some(),
        method: Method::parse(&row.method).unwrap_or(Method::Unknown),
        live: row.live,
        device_at: row.device_at.map(micros),
        device_time_raw: row.device_time_raw,
        received_at: micros(row.received_at),
        occurred_at: micros(row.occurred_at),
        occurred_basis: row.occurred_basis,
        event_no: row.event_no,
        temperature_c: opened.detail.and_then(|it| it.temperature_c).or(row.temperature_c),
        mask: Mask::parse(&row.mask).unwrap_or(Mask::Unknown),
        // What cannot be read is on hold, never admitted.
        outcome: Outcome::parse(&row.outcome).unwrap_or(Outcome::Hold),
        reasons,
        rule_version: row.rule_version,
        terminal_granted: row.terminal_granted,
        against_verdict: row.against_verdict,
        changed: opened.changed,
        clinical: opened.clinical,
    })
}
