//! Storing readings with their verdicts: the one way, for terminals and for guards.

use std::collections::{BTreeMap, HashMap, HashSet};

use alarms::{AlarmKind, Raise};
use db::Tx;
use http_api::Platform;
use kernel::Instant64;
use people::{FactKind, NewFact};
use serde_json::json;
use uuid::Uuid;
use vault::{DataKey, Purpose, VaultError};

use crate::detail::{self, DETAIL, Detail};
use crate::events::ScreeningsRecorded;
use crate::model::{
    AlarmWanted, GatePresence, GateRules, Identity, Measurement, Method, Outcome, Passage, Reason, ScreeningId, Verdict,
};
use crate::rules;
use crate::store::counts::{self, Heads, HourKey};
use crate::store::screenings::{self, NewScreening};

/// Where a reading was taken, frozen when it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Spot {
    pub(crate) device: Option<Uuid>,
    pub(crate) gate: Uuid,
    pub(crate) gate_name: String,
    pub(crate) lane: i64,
    pub(crate) site: Uuid,
    pub(crate) enterprise: Option<Uuid>,
    pub(crate) area_code: String,
}

/// One reading, with everything that its verdict depends on.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) event_key: String,
    pub(crate) journal: Option<Uuid>,
    pub(crate) spot: Spot,
    pub(crate) identity: Identity,
    pub(crate) measurement: Measurement,
    pub(crate) at: GatePresence,
    pub(crate) device_at: Option<Instant64>,
    pub(crate) device_time_raw: String,
    pub(crate) received_at: Instant64,
    pub(crate) occurred_at: Instant64,
    pub(crate) occurred_basis: &'static str,
    pub(crate) event_no: Option<i64>,
    pub(crate) rules: GateRules,
    pub(crate) source: String,
}

struct Judged {
    reading: Reading,
    verdict: Verdict,
    row: NewScreening,
}

/// Judges and stores readings in one transaction: screenings, facts, head counts, alarms, news. Readings whose event
/// was stored before change nothing. The ids of the new ones.
pub(crate) async fn record(
    platform: &Platform,
    tx: &mut Tx,
    mut readings: Vec<Reading>,
    now: Instant64,
) -> Result<Vec<ScreeningId>, VaultError> {
    // In the order of keys, so that two processes with the same events wait for each other instead of locking up.
    readings.sort_by(|a, b| a.event_key.cmp(&b.event_key));
    readings.dedup_by(|later, first| later.event_key == first.event_key);
    let people: Vec<Uuid> =
        readings.iter().flat_map(|it| [person_of(&it.identity), guest_of(&it.identity)]).flatten().collect();
    let keys = platform.vault.keys(&people, Purpose::Health).await?;
    let mut judged = Vec::with_capacity(readings.len());
    for reading in readings {
        judged.push(judge(reading, &keys)?);
    }
    let rows: Vec<NewScreening> = judged.iter().map(|it| it.row.clone()).collect();
    let stored: HashSet<Uuid> = screenings::insert(tx, &rows).await?.into_iter().collect();
    judged.retain(|it| stored.contains(&it.row.id.uuid()));
    judged.sort_by_key(|it| (it.reading.received_at, it.row.id));
    write_facts(platform, tx, &judged, now).await?;
    write_counts(tx, &judged).await?;
    visitors::went(tx, &guests_who_passed(&judged)).await?;
    raise_alarms(tx, &judged, now).await?;
    tell(tx, &judged, now).await?;
    Ok(judged.iter().map(|it| it.row.id).collect())
}

pub(crate) const fn person_of(identity: &Identity) -> Option<Uuid> {
    match identity {
        Identity::Known(worker) => Some(worker.person),
        Identity::Guest(guest) => guest.person,
        Identity::Unannounced | Identity::NotOnRoster | Identity::Conflict | Identity::NotStated => None,
    }
}

/// The announcement or the seat of somebody who is expected.
const fn guest_of(identity: &Identity) -> Option<Uuid> {
    match identity {
        Identity::Guest(guest) => Some(guest.id),
        Identity::Known(_)
        | Identity::Unannounced
        | Identity::NotOnRoster
        | Identity::Conflict
        | Identity::NotStated => None,
    }
}

/// Reasons as a column: codes separated by commas.
pub(crate) fn reasons_column(reasons: &[Reason]) -> String {
    reasons.iter().map(|it| it.code()).collect::<Vec<_>>().join(",")
}

/// Whom a reading is tied to: whose key is still there.
struct Whose {
    person: Option<Uuid>,
    employment: Option<Uuid>,
    guest: Option<Uuid>,
}

fn whose(identity: &Identity, keys: &HashMap<Uuid, std::sync::Arc<DataKey>>) -> Whose {
    let person = person_of(identity).filter(|it| keys.contains_key(it));
    let employment = match identity {
        Identity::Known(worker) => person.map(|_| worker.employment),
        _ => None,
    };
    Whose { person, employment, guest: guest_of(identity).filter(|it| keys.contains_key(it)) }
}

fn judge(reading: Reading, keys: &HashMap<Uuid, std::sync::Arc<DataKey>>) -> Result<Judged, VaultError> {
    let verdict =
        rules::verdict(&reading.identity, &reading.measurement, &reading.at, &reading.rules, reading.occurred_at);
    let id = ScreeningId::new(reading.received_at);
    let all: Vec<Reason> = verdict.reasons.iter().chain(&verdict.notes).copied().collect();
    let temperature = reading.measurement.temperature.map(|it| it.degrees());
    let Whose { person, employment, guest } = whose(&reading.identity, keys);
    let detail = Detail { temperature_c: temperature, reasons: all.clone() };
    // A guest whom the register knows is a person like any other: what was measured goes with her file.
    let key = person.or(guest).and_then(|it| keys.get(&it));
    let sealed = key.map(|key| detail::seal(key, DETAIL, id.uuid(), &detail)).transpose()?;
    let against = rules::against_verdict(verdict.outcome, reading.measurement.granted, reading.at.passage);
    let row = NewScreening {
        id,
        event_key: reading.event_key.clone(),
        journal: reading.journal,
        device: reading.spot.device,
        gate: reading.spot.gate,
        lane: reading.spot.lane,
        passage: reading.at.passage,
        site: reading.spot.site,
        enterprise: reading.spot.enterprise,
        area_code: reading.spot.area_code.clone(),
        person,
        employment,
        guest,
        method: reading.measurement.method,
        live: reading.at.live,
        device_at: reading.device_at,
        device_time_raw: reading.device_time_raw.clone(),
        received_at: reading.received_at,
        occurred_at: reading.occurred_at,
        occurred_basis: reading.occurred_basis,
        event_no: reading.event_no,
        // Tied to nobody, a temperature may stand in the clear; outside a response it is not kept at all.
        temperature_c: temperature.filter(|_| key.is_none() && reading.at.response_active),
        mask: reading.measurement.mask,
        outcome: verdict.outcome,
        public_reasons: reasons_column(&rules::public_reasons(&all)),
        detail: sealed,
        rule_version: reading.rules.version,
        terminal_granted: reading.measurement.granted,
        against_verdict: against,
        waiting: reading.at.live && verdict.outcome == Outcome::Hold && reading.at.passage == Passage::In,
    };
    Ok(Judged { reading, verdict, row })
}

async fn write_facts(platform: &Platform, tx: &mut Tx, judged: &[Judged], now: Instant64) -> Result<(), VaultError> {
    let mut facts = Vec::new();
    let mut seen: BTreeMap<Uuid, Instant64> = BTreeMap::new();
    for it in judged {
        let Some(person) = it.row.person else { continue };
        let latest = seen.entry(person).or_insert(it.row.occurred_at);
        *latest = (*latest).max(it.row.occurred_at);
        let reasons: Vec<&str> = it.verdict.reasons.iter().map(|it| it.code()).collect();
        let public: Vec<&str> = it.row.public_reasons.split(',').filter(|it| !it.is_empty()).collect();
        let detail = json!({
            "screening_id": it.row.id, "outcome": it.row.outcome.code(), "reasons": reasons,
            "public_reasons": public, "mask": it.row.mask.code(), "direction": it.row.passage.code(),
            "temperature_c": it.reading.measurement.temperature.map(|it| it.degrees()),
            "live": it.row.live, "method": it.row.method.code(), "gate_name": it.reading.spot.gate_name,
        });
        facts.push(NewFact {
            person,
            kind: FactKind::Screened,
            occurred_at: it.row.occurred_at,
            source: it.reading.source.clone(),
            site: Some(it.row.site),
            detail,
        });
    }
    people::record_facts(platform, tx, facts, now).await?;
    Ok(people::touch_screened(tx, seen).await?)
}

/// Whether somebody passed: what the terminal did, or what the verdict says where a person opens.
fn passed(row: &NewScreening) -> bool {
    row.terminal_granted.unwrap_or(row.method == Method::Manual && row.outcome == Outcome::Admit)
}

/// Hosts see who came and who left.
fn guests_who_passed(judged: &[Judged]) -> Vec<visitors::Went> {
    let went = |it: &Judged| {
        let Judged { row, .. } = it;
        let inwards = row.passage == Passage::In;
        Some(visitors::Went { guest: row.guest?, gate: row.gate, inwards, at: row.occurred_at })
    };
    judged.iter().filter(|it| passed(&it.row)).filter_map(went).collect()
}

async fn write_counts(tx: &mut Tx, judged: &[Judged]) -> Result<(), VaultError> {
    let mut heads: BTreeMap<(Uuid, i64), Heads> = BTreeMap::new();
    let mut hours: BTreeMap<HourKey, (i64, String, Option<Uuid>)> = BTreeMap::new();
    let mut passages: BTreeMap<(Uuid, Uuid), (Instant64, Passage)> = BTreeMap::new();
    for Judged { row, .. } in judged {
        if passed(row) {
            if let Some(person) = row.person {
                let latest = passages.entry((row.site, person)).or_insert((row.occurred_at, row.passage));
                *latest = (*latest).max((row.occurred_at, row.passage));
            }
            let it = heads.entry((row.site, counts::day_of(row.occurred_at))).or_default();
            match row.passage {
                Passage::In => it.entered += 1,
                Passage::Out => it.gone += 1,
            }
            it.nameless += match (row.person, row.passage) {
                (None, Passage::In) => 1,
                (None, Passage::Out) => -1,
                (Some(_), _) => 0,
            };
        }
        let key = (row.site, row.occurred_at.hour_bucket(), row.outcome);
        hours.entry(key).or_insert_with(|| (0, row.area_code.clone(), row.enterprise)).0 += 1;
    }
    counts::add_heads(tx, heads).await?;
    counts::pass(tx, passages).await?;
    Ok(counts::add_hours(tx, hours).await?)
}

async fn raise_alarms(tx: &mut Tx, judged: &[Judged], now: Instant64) -> Result<(), VaultError> {
    let mut raises = Vec::new();
    for it in judged {
        let reading = &it.reading;
        for wanted in rules::alarms_for(&it.verdict, &reading.measurement, &reading.at, &reading.identity) {
            let kind = match wanted {
                AlarmWanted::FeverSuspected => AlarmKind::FeverSuspected,
                AlarmWanted::Stranger => AlarmKind::Stranger,
                AlarmWanted::EnteredAgainstVerdict => AlarmKind::EnteredAgainstVerdict,
                AlarmWanted::DeviceUntrusted => AlarmKind::DeviceUntrusted,
            };
            let (gate, device) = (Some(reading.spot.gate), reading.spot.device);
            raises.push(Raise {
                kind,
                severity: alarms::rules::severity(kind),
                fold_on: alarms::rules::fold_on(kind, it.row.person, gate, device),
                area_code: &reading.spot.area_code,
                enterprise_id: reading.spot.enterprise,
                site_id: Some(reading.spot.site),
                gate_id: gate,
                gate_name: Some(&reading.spot.gate_name),
                device_id: device,
                person_id: it.row.person,
                screening_id: Some(it.row.id.uuid()),
            });
        }
    }
    alarms::raise_all(tx, &raises, now).await?;
    Ok(())
}

/// One piece of news a gate: what was recorded there, in the order in which it arrived.
async fn tell(tx: &mut Tx, judged: &[Judged], now: Instant64) -> Result<(), VaultError> {
    let mut gates: BTreeMap<Uuid, (&Judged, Vec<Uuid>)> = BTreeMap::new();
    for it in judged {
        gates.entry(it.row.gate).or_insert_with(|| (it, Vec::new())).1.push(it.row.id.uuid());
    }
    let news: Vec<(&NewScreening, ScreeningsRecorded)> =
        gates.into_values().map(|(first, ids)| (&first.row, ScreeningsRecorded { ids })).collect();
    let events = news.iter().map(|(row, body)| {
        let at = events::At {
            area: Some(&row.area_code),
            enterprise: row.enterprise,
            site: Some(row.site),
            gate: Some(row.gate),
        };
        (at, body)
    });
    Ok(events::emit_all(tx, events.collect(), now).await?)
}
