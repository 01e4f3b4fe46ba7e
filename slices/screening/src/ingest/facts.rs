//! What a batch of observations needs to know of the world, asked once for all of them.

use std::collections::HashMap;

use http_api::Platform;
use kernel::{Celsius, Instant64};
use observation::{Fault, Observation};
use people::{RosterHit, RosterKey};
use places::rules::{
    OccurredBasis, add_clock_sample, clock_is_untrusted, clock_offset, hours_of, identity_matches, is_newer,
    missing_events, occurred,
};
use places::{ActiveResponse, DeviceFacts, DeviceState, DeviceTouch, Direction, OpenState, ShiftWindow};
use secrecy::SecretString;
use uuid::Uuid;
use visitors::GuestKey;

use super::Decoded;
use crate::duties::Duties;
use crate::guard::declared_today;
use crate::guests;
use crate::model::{GatePresence, GateRules, HealthStatus, Identity, Measurement, Passage, Worker};
use crate::record::{Reading, Spot};
use crate::store::gate_rules;

/// A live event cannot be older than this when it says nothing about being live.
const RECENT: i64 = 60 * kernel::time::SECOND;

/// Devices, responses, rules, shifts and rosters of one batch.
pub(super) struct Surroundings {
    devices: HashMap<Uuid, DeviceFacts>,
    responses: Vec<ActiveResponse>,
    rules: HashMap<Uuid, GateRules>,
    shifts: HashMap<Uuid, Vec<ShiftWindow>>,
    hits: Vec<RosterHit>,
    by_number: HashMap<(Uuid, String), Vec<usize>>,
    key_secret: SecretString,
    /// What the hits owe.
    duties: Duties,
    /// Who is expected under the codes that were shown.
    guests: HashMap<GuestKey, visitors::Guest>,
    now: Instant64,
}

impl Surroundings {
    /// Asks one question of each kind.
    pub(super) async fn load(platform: &Platform, decoded: &[Decoded], now: Instant64) -> Result<Self, db::DbError> {
        let mut db = platform.db.reader();
        let mut ids: Vec<Uuid> = decoded.iter().map(|it| it.device).collect();
        ids.sort_unstable();
        ids.dedup();
        let devices = places::device_for_ingest(&mut db, &ids).await?;
        let devices: HashMap<Uuid, DeviceFacts> = devices.into_iter().map(|it| (it.id, it)).collect();
        let mut sites: Vec<Uuid> = devices.values().map(|it| it.site_id).collect();
        sites.sort_unstable();
        sites.dedup();
        let responses = places::active_responses(&mut db, now).await?;
        let places: Vec<_> = devices.values().map(|it| (Some(it.site_id), it.area_code.as_str())).collect();
        let in_force = gate_rules::in_force(&mut db, &places).await?;
        let mut rules = HashMap::new();
        for (site, area) in places {
            if let Some(site) = site {
                rules.insert(site, in_force.of((Some(site), area))?);
            }
        }
        let shifts = places::shift_windows(&mut db, &sites).await?;
        let mut by_site: HashMap<Uuid, Vec<ShiftWindow>> = HashMap::new();
        shifts.into_iter().for_each(|(site, it)| by_site.entry(site).or_default().push(it));
        let shifts = by_site;
        let (hits, by_number, key_secret) = (Vec::new(), HashMap::new(), platform.secrets.device_secret.clone());
        let duties = Duties::default();
        let guests = HashMap::new();
        let mut it = Self { devices, responses, rules, shifts, hits, by_number, key_secret, duties, guests, now };
        let keys: Vec<RosterKey> = decoded.iter().flat_map(|body| it.keys(body)).collect();
        it.hits = people::find_on_rosters(&mut db, &keys, now).await?;
        let shown: Vec<GuestKey> =
            keys.iter().flat_map(|it| guests::codes(it.site, [&it.employee_no, &it.card_no])).collect();
        it.guests = visitors::find(platform, &mut db, &shown, now).await?;
        let people: Vec<Uuid> = it.hits.iter().map(|it| it.person).collect();
        it.duties = Duties::load(&mut db, it.rules.values(), &people, now).await?;
        it.index();
        Ok(it)
    }

    pub(super) fn device(&self, id: Uuid) -> Option<&DeviceFacts> {
        self.devices.get(&id)
    }

    /// Whether this device is another than the registered one since this batch.
    pub(super) fn turned_untrusted(&self, touch: &DeviceTouch) -> bool {
        let untrusted = |state: &str| state == DeviceState::Untrusted.code();
        touch.state == DeviceState::Untrusted && self.device(touch.id).is_some_and(|it| !untrusted(&it.state))
    }

    /// Whom to look up; whether she may be looked at is decided with the time of the event.
    fn keys(&self, body: &Decoded) -> Vec<RosterKey> {
        let Some(device) = self.device(body.device) else { return Vec::new() };
        let key = |it: &Observation| RosterKey {
            site: device.site_id,
            employee_no: it.person_ref.clone(),
            card_no: it.card_no.clone(),
        };
        body.observations.iter().map(key).collect()
    }

    fn index(&mut self) {
        for (at, hit) in self.hits.iter().enumerate() {
            let numbers = [Some(format!("e{}", hit.employee_no)), hit.card_no.as_ref().map(|it| format!("c{it}"))];
            for number in numbers.into_iter().flatten() {
                self.by_number.entry((hit.site, number)).or_default().push(at);
            }
        }
    }

    fn response_active(&self, device: &DeviceFacts, at: Instant64) -> bool {
        self.responses.iter().any(|it| it.covers(&device.area_code, "screening", at))
    }

    /// Who it is, by number and by card: two different people are a conflict, not a guess.
    fn identity(&self, device: &DeviceFacts, observation: &Observation) -> Identity {
        if observation.fault == Some(Fault::PassElsewhere) {
            return Identity::NotOnRoster;
        }
        let employee = observation.person_ref.as_ref().map(|it| format!("e{it}"));
        let card = observation.card_no.as_ref().map(|it| format!("c{it}"));
        if employee.is_none() && card.is_none() {
            return Identity::NotStated;
        }
        let mut found: Vec<usize> = [employee, card]
            .into_iter()
            .flatten()
            .filter_map(|number| self.by_number.get(&(device.site_id, number)))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [] => self.guest(device, observation),
            [one] => self.hits.get(*one).map_or(Identity::NotOnRoster, |it| Identity::Known(self.worker(it))),
            [_, _, ..] => Identity::Conflict,
        }
    }

    /// A visitor's code is somebody's who is expected, or nobody's; any other number is on no roster.
    fn guest(&self, device: &DeviceFacts, observation: &Observation) -> Identity {
        match guests::codes(device.site_id, [&observation.person_ref, &observation.card_no]).next() {
            Some(key) => self.guests.get(&key).map_or(Identity::Unannounced, |it| Identity::Guest(guests::guest(it))),
            None => Identity::NotOnRoster,
        }
    }

    fn worker(&self, hit: &RosterHit) -> Worker {
        let windows = self.shifts.get(&hit.site).map_or(&[][..], Vec::as_slice);
        let shift = hours_of(windows, hit.shift_window, hit.team.as_deref());
        Worker {
            person: hit.person,
            employment: hit.employment,
            status: HealthStatus::parse(hit.status.code()).unwrap_or(HealthStatus::Unknown),
            shifts: shift.into_iter().collect(),
            declared_today: declared_today(hit.declared_at, self.now),
            has_pass: self.duties.has_pass(hit.person),
            is_trained: self.duties.is_trained(hit.person, hit.site),
        }
    }

    /// The same event keeps its key however often and in whatever form it comes; an event that names nothing is told
    /// apart by the body it came in. What is stored is a keyed digest: a key alone confirms nobody's number.
    fn event_key(&self, body: &Decoded, index: usize, observation: &Observation) -> String {
        let anonymous = observation.event_no.is_none() && observation.person().is_none();
        let mut device = body.device.as_bytes().to_vec();
        if anonymous {
            device.extend_from_slice(body.id.uuid().as_bytes());
            device.extend_from_slice(&index.to_be_bytes());
        }
        let key = observation::event_key(&device, observation);
        let digest = vault::keyed_digest(&self.key_secret, key.as_bytes());
        digest.iter().map(|it| format!("{it:02x}")).collect()
    }

    /// One access event as a reading.
    pub(super) fn reading(
        &self,
        body: &Decoded,
        index: usize,
        observation: &Observation,
        device: &DeviceFacts,
        touch: &DeviceTouch,
    ) -> Reading {
        let rules = self.rules.get(&device.site_id).cloned().unwrap_or_else(GateRules::default_rules);
        let offset = clock_offset(&touch.samples);
        let device_at = time_of(observation);
        let live = is_live(observation, body.received_at);
        let (occurred_at, basis) = occurred(device_at, body.received_at, offset, live);
        let response_active = self.response_active(device, occurred_at);
        let limit = rules.clock_max_offset_s * kernel::time::SECOND;
        let identity = if response_active { self.identity(device, observation) } else { Identity::NotStated };
        Reading {
            event_key: self.event_key(body, index, observation),
            journal: Some(body.id.uuid()),
            spot: spot(device),
            identity,
            measurement: measurement(observation),
            at: GatePresence {
                open_state: OpenState::parse(&device.open_state).unwrap_or(OpenState::NotOpen),
                gate_closed: device.closed,
                passage: passage(device),
                response_active,
                device_trusted: touch.state != DeviceState::Untrusted,
                clock_trusted: !live || !clock_is_untrusted(device_at, body.received_at, offset, limit),
                live,
                roster_age: None,
                clinical: None,
            },
            device_at,
            device_time_raw: observation.device_time_raw.clone(),
            received_at: body.received_at,
            occurred_at,
            occurred_basis: OccurredBasis::code(basis),
            event_no: observation.event_no,
            rules,
            source: device.serial.clone(),
        }
    }
}

fn spot(device: &DeviceFacts) -> Spot {
    Spot {
        device: Some(device.id),
        gate: device.gate_id,
        gate_name: device.gate_name.clone(),
        lane: device.lane,
        site: device.site_id,
        enterprise: device.enterprise_id,
        area_code: device.area_code.clone(),
    }
}

/// Which way a device looks: its own, or that of its gate.
pub(crate) fn passage(device: &DeviceFacts) -> Passage {
    let own = Direction::parse(&device.direction).unwrap_or(Direction::Both);
    let gate = Direction::parse(&device.gate_direction).unwrap_or(Direction::Both);
    Passage::from(if own == Direction::Both { gate } else { own })
}

fn measurement(observation: &Observation) -> Measurement {
    Measurement {
        temperature: observation.temperature_c.and_then(|it| Celsius::new(it).ok()),
        over_limit: observation.over_limit,
        mask: observation.mask.into(),
        fault: observation.fault,
        method: observation.method.into(),
        granted: crate::rules::granted(observation.kind),
        pass: observation.fault.and_then(crate::rules::pass_fault),
    }
}

fn time_of(observation: &Observation) -> Option<Instant64> {
    observation.device_time.as_ref().map(|it| Instant64::from_micros(it.as_micros()))
}

fn is_live(observation: &Observation, received_at: Instant64) -> bool {
    observation.live.unwrap_or_else(|| time_of(observation).is_some_and(|it| received_at.since(it).abs() <= RECENT))
}

/// What is known of a device before its batch.
pub(super) fn new_touch(device: &DeviceFacts) -> DeviceTouch {
    let untrusted = device.state == DeviceState::Untrusted.code();
    DeviceTouch {
        id: device.id,
        event_no: device.last_event_no,
        samples: device.samples(),
        state: if untrusted { DeviceState::Untrusted } else { DeviceState::Live },
        bytes: 0,
        unparseable: 0,
        gaps: Vec::new(),
    }
}

/// What one observation teaches about its device: its clock, its numbers, whether it is itself.
pub(super) fn learn(touch: &mut DeviceTouch, device: &DeviceFacts, observation: &Observation, received_at: Instant64) {
    let (serial, mac) = (observation.device_serial.as_deref(), observation.device_mac.as_deref());
    if !identity_matches(&device.serial, device.mac.as_deref(), serial, mac) {
        touch.state = DeviceState::Untrusted;
        // Nothing of a stranger is learnt.
        return;
    }
    if observation.live == Some(true)
        && let Some(stated) = time_of(observation)
    {
        add_clock_sample(&mut touch.samples, stated.since(received_at));
    }
    let missing = missing_events(touch.event_no, observation.previous_event_no, observation.event_no);
    if missing != 0 {
        let expected = touch.event_no.unwrap_or(0) % places::rules::SERIAL_RANGE + 1;
        touch.gaps.push((expected, observation.event_no.unwrap_or(0), missing));
    }
    if let Some(number) = observation.event_no.filter(|it| is_newer(touch.event_no, *it)) {
        touch.event_no = Some(number);
    }
}
