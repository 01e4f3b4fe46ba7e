//! SQL of devices.

use access::Scope;
use db::{Condition, DbError, Read, Tx, Value, query};
use http_api::Sort;
use kernel::Instant64;
use kernel::time::DAY;
use uuid::Uuid;

use crate::SITE;
use crate::model::{DeviceId, DeviceState, Direction, GapId, NewDevice};

pub(crate) const SORTS: &[Sort] =
    &[Sort { name: "-created_at", columns: "d.id", order: "d.id desc", descending: true }];

/// Bytes a device may send in a day: 20,000 pushes with a picture.
pub(crate) const BYTE_QUOTA: i64 = 2 * 1024 * 1024 * 1024;

macro_rules! from_where {
    ($columns:literal) => {
        concat!(
            $columns,
            " from device d join gate g on g.id = d.gate_id join site s on s.id = g.site_id \
             left join enterprise e on e.id = s.enterprise_id where {scope} and {filter}"
        )
    };
}

const LIST: &str = concat!(
    from_where!(
        "select d.id, d.gate_id, g.name as gate_name, g.site_id, s.name as site_name, d.lane, d.direction, d.vendor, \
         d.model, d.serial, d.mac, d.state, d.clock_offset_us, d.clock_samples, d.last_seen_at, d.last_event_no, \
         d.day, d.bytes_today, d.unparseable_today, d.byte_quota, d.created_at, \
         e.credit_code as enterprise_code"
    ),
    " order by {order} limit :limit"
);
const COUNT: &str = from_where!("select count(*)");
const INSERT: &str = "insert into device (id, gate_id, lane, direction, vendor, model, serial, serial_key, mac, \
    secret_digest, state, byte_quota, created_at) values (:id, :gate, :lane, :direction, :vendor, :model, :serial, \
    :serial_key, :mac, :digest, 'new', :quota, :now)";
const UPDATE: &str = "update device set model = :model, serial = :serial, serial_key = :serial_key, mac = :mac, \
    gate_id = :gate, lane = :lane, direction = :direction, state = :state where id = :id and exists \
    (select 1 from gate g join site s on s.id = g.site_id where g.id = device.gate_id and {scope})";
const ROTATE: &str = "update device set previous_secret_digest = secret_digest, previous_secret_until = :until, \
    secret_digest = :digest where id = :id and exists \
    (select 1 from gate g join site s on s.id = g.site_id where g.id = device.gate_id and {scope})";
// Two halves, each on an index of its own: with `or` every device of the vendor would be looked at.
const BY_SECRET: &str = "select id, byte_quota, bytes_today, day from device where secret_digest = :digest \
    and vendor = :vendor and state <> 'disabled' union all \
    select id, byte_quota, bytes_today, day from device where previous_secret_digest = :digest \
    and previous_secret_until > :now and vendor = :vendor and state <> 'disabled'";
const FACTS: &str = "select d.id, d.gate_id, d.lane, d.direction, d.serial, d.mac, d.state, d.clock_samples, \
    d.last_event_no, g.site_id, g.name as gate_name, g.direction as gate_direction, g.closed, s.enterprise_id, \
    s.area_code, s.open_state from device d join gate g on g.id = d.gate_id join site s on s.id = g.site_id \
    where {devices}";
const TOUCH: &str = "with seen (id, seen_at, event_no, clock_offset, samples, new_state, day, bytes, unparseable) \
    as (values {rows}) update device set last_seen_at = seen.seen_at, \
    last_event_no = coalesce(seen.event_no, device.last_event_no), clock_offset_us = seen.clock_offset, \
    clock_samples = seen.samples, state = seen.new_state, \
    bytes_today = case when device.day = seen.day then device.bytes_today else 0 end + seen.bytes, \
    unparseable_today = case when device.day = seen.day then device.unparseable_today else 0 end + seen.unparseable, \
    day = seen.day from seen where device.id = seen.id and device.state <> 'disabled'";
const INSERT_GAP: &str = "insert into device_gap (id, device_id, found_at, expected, got, missing) values {rows}";
const GAPS: &str = "select id, found_at, expected, got, missing from device_gap where device_id = :device and {after} \
    order by id desc limit :limit";
const SILENT: &str = "update device set state = 'silent' where state = 'live' and last_seen_at < :before \
    returning id, gate_id, last_seen_at";

db::row! {
    pub(crate) struct DeviceRow {
        pub(crate) id: Uuid,
        pub(crate) gate_id: Uuid,
        pub(crate) gate_name: String,
        pub(crate) site_id: Uuid,
        pub(crate) site_name: String,
        pub(crate) lane: i64,
        pub(crate) direction: String,
        pub(crate) vendor: String,
        pub(crate) model: String,
        pub(crate) serial: String,
        pub(crate) mac: Option<String>,
        pub(crate) state: String,
        pub(crate) clock_offset_us: Option<i64>,
        pub(crate) clock_samples: String,
        pub(crate) last_seen_at: Option<i64>,
        pub(crate) last_event_no: Option<i64>,
        pub(crate) day: i64,
        pub(crate) bytes_today: i64,
        pub(crate) unparseable_today: i64,
        pub(crate) byte_quota: i64,
        pub(crate) created_at: i64,
        pub(crate) enterprise_code: Option<String>,
    }
}

db::row! {
    /// What ingest needs of a device: where it hangs, frozen into each reading, and what is known of it.
    pub struct DeviceFacts {
        /// The device.
        pub id: Uuid,
        /// Its gate.
        pub gate_id: Uuid,
        /// Its lane.
        pub lane: i64,
        /// Code of its direction.
        pub direction: String,
        /// Registered serial.
        pub serial: String,
        /// Registered MAC.
        pub mac: Option<String>,
        /// Code of its state.
        pub state: String,
        /// Recent clock samples, microseconds, separated by commas.
        pub clock_samples: String,
        /// Newest event number.
        pub last_event_no: Option<i64>,
        /// Its site.
        pub site_id: Uuid,
        /// The gate's name.
        pub gate_name: String,
        /// Code of the gate's direction.
        pub gate_direction: String,
        /// Whether the gate is closed.
        pub closed: bool,
        /// The site's enterprise.
        pub enterprise_id: Option<Uuid>,
        /// The site's area.
        pub area_code: String,
        /// Code of the site's open state.
        pub open_state: String,
    }
}

impl DeviceFacts {
    /// The samples as numbers.
    pub fn samples(&self) -> Vec<i64> {
        self.clock_samples.split(',').filter_map(|it| it.parse().ok()).collect()
    }
}

/// What a batch of pushes changed about a device.
#[derive(Debug, Clone)]
pub struct DeviceTouch {
    /// Which device.
    pub id: Uuid,
    /// Newest event number, if there was one.
    pub event_no: Option<i64>,
    /// All clock samples now kept.
    pub samples: Vec<i64>,
    /// Its state now.
    pub state: DeviceState,
    /// Bytes received.
    pub bytes: i64,
    /// Bodies that no codec could read.
    pub unparseable: i64,
    /// Holes found: expected number, number stated, how many are missing.
    pub gaps: Vec<(i64, i64, i64)>,
}

db::row! {
    pub(crate) struct GapRow {
        pub(crate) id: Uuid,
        pub(crate) found_at: i64,
        pub(crate) expected: i64,
        pub(crate) got: i64,
        pub(crate) missing: i64,
    }
}

pub(crate) async fn list(
    db: &mut impl Read,
    scope: &Scope,
    filter: Condition,
    order: &'static str,
    limit: i64,
) -> Result<Vec<DeviceRow>, DbError> {
    let question = query(LIST).condition("filter", filter).part("order", order).bind("limit", limit);
    db.all(scope.on(question, &SITE)).await
}

pub(crate) async fn count(db: &mut impl Read, scope: &Scope, filter: Condition) -> Result<i64, DbError> {
    db.count(scope.on(query(COUNT).condition("filter", filter), &SITE)).await
}

pub(crate) async fn find(db: &mut impl Read, scope: &Scope, id: DeviceId) -> Result<Option<DeviceRow>, DbError> {
    Ok(list(db, scope, Condition::eq("d.id", id.uuid()), "d.id", 1).await?.pop())
}

pub(crate) async fn insert(tx: &mut Tx, new: &NewDevice, digest: Vec<u8>, now: Instant64) -> Result<DeviceId, DbError> {
    let id = DeviceId::new(now);
    let row = query(INSERT)
        .bind("id", id.uuid())
        .bind("gate", new.gate.uuid())
        .bind("lane", new.lane)
        .bind("direction", new.direction.code())
        .bind("vendor", new.vendor.code())
        .bind("model", new.model.as_str())
        .bind("serial", new.serial.as_str())
        .bind("serial_key", new.serial.key())
        .bind("mac", new.mac.as_ref().map(|it| it.as_str().to_owned()))
        .bind("digest", digest)
        .bind("quota", BYTE_QUOTA)
        .bind("now", now);
    tx.run(row).await?;
    Ok(id)
}

pub(crate) struct DeviceUpdate<'a> {
    pub(crate) model: &'a str,
    pub(crate) serial: &'a kernel::Label,
    pub(crate) mac: Option<String>,
    pub(crate) gate: Uuid,
    pub(crate) lane: u8,
    pub(crate) direction: Direction,
    pub(crate) state: DeviceState,
}

pub(crate) async fn update(tx: &mut Tx, scope: &Scope, id: DeviceId, to: DeviceUpdate<'_>) -> Result<bool, DbError> {
    let row = query(UPDATE)
        .bind("id", id.uuid())
        .bind("model", to.model)
        .bind("serial", to.serial.as_str())
        .bind("serial_key", to.serial.key())
        .bind("mac", to.mac)
        .bind("gate", to.gate)
        .bind("lane", to.lane)
        .bind("direction", to.direction.code())
        .bind("state", to.state.code());
    Ok(tx.run(scope.on(row, &SITE)).await? == 1)
}

/// Puts a new secret in force; the old one stays good until then.
pub(crate) async fn rotate(
    tx: &mut Tx,
    scope: &Scope,
    id: DeviceId,
    digest: Vec<u8>,
    old_until: Instant64,
) -> Result<bool, DbError> {
    let row = query(ROTATE).bind("id", id.uuid()).bind("digest", digest).bind("until", old_until);
    Ok(tx.run(scope.on(row, &SITE)).await? == 1)
}

/// The device with this secret: id, quota, bytes sent today.
pub(crate) async fn by_secret(
    db: &mut impl Read,
    vendor: &str,
    digest: &[u8],
    now: Instant64,
) -> Result<Option<(Uuid, i64, i64)>, DbError> {
    let question = query(BY_SECRET).bind("vendor", vendor).bind("digest", digest).bind("now", now);
    let found: Option<(Uuid, i64, i64, i64)> = db.find(question).await?;
    let today = now.micros().div_euclid(DAY);
    Ok(found.map(|(id, quota, bytes, day)| (id, quota, if day == today { bytes } else { 0 })))
}

/// Where these devices hang and what is known of them.
pub async fn device_for_ingest(db: &mut impl Read, devices: &[Uuid]) -> Result<Vec<DeviceFacts>, DbError> {
    let which = Condition::one_of("d.id", devices.iter().map(|it| Value::from(*it)));
    db.all(query(FACTS).condition("devices", which)).await
}

/// Writes down what a batch of pushes changed, in the order of ids.
pub async fn touch(tx: &mut Tx, touches: &[DeviceTouch], now: Instant64) -> Result<(), DbError> {
    tx.insert(TOUCH, touches.iter().map(|it| touch_row(it, now)).collect()).await?;
    let mut gaps = Vec::new();
    for touch in touches {
        gaps.extend(touch.gaps.iter().map(|(expected, got, missing)| {
            let id = GapId::new(now).uuid();
            vec![id.into(), touch.id.into(), now.into(), (*expected).into(), (*got).into(), (*missing).into()]
        }));
    }
    tx.insert(INSERT_GAP, gaps).await.map(|_| ())
}

fn touch_row(touch: &DeviceTouch, now: Instant64) -> Vec<Value> {
    let samples: Vec<String> = touch.samples.iter().map(i64::to_string).collect();
    vec![
        touch.id.into(),
        now.into(),
        touch.event_no.into(),
        crate::rules::clock_offset(&touch.samples).into(),
        samples.join(",").into(),
        touch.state.code().into(),
        now.micros().div_euclid(DAY).into(),
        touch.bytes.into(),
        touch.unparseable.into(),
    ]
}

pub(crate) async fn gaps(
    db: &mut impl Read,
    device: DeviceId,
    after: Option<GapId>,
    limit: i64,
) -> Result<Vec<GapRow>, DbError> {
    let after = after.map_or_else(Condition::always, |it| Condition::below("id", it.uuid()));
    db.all(query(GAPS).bind("device", device.uuid()).bind("limit", limit).condition("after", after)).await
}

/// Devices that have not been heard of since then fall silent; which they were: device, gate, last heard of.
pub async fn mark_silent(tx: &mut Tx, before: Instant64) -> Result<Vec<(Uuid, Uuid, i64)>, DbError> {
    tx.all(query(SILENT).bind("before", before)).await
}

const PLACE_COUNTS: &str = "select \
    (select count(*) from site s where s.open_state = 'open' and {scope}) as sites_open, \
    (select count(*) from site s where {scope}) as sites_total, \
    (select count(*) from gate g join site s on s.id = g.site_id where {scope}) as gates_total, \
    (select count(*) from device d join gate g on g.id = d.gate_id join site s on s.id = g.site_id \
     where d.state = 'live' and {scope}) as devices_live, \
    (select count(*) from device d join gate g on g.id = d.gate_id join site s on s.id = g.site_id \
     where d.state in ('silent', 'untrusted') and {scope}) as devices_silent";

db::row! {
    /// How many places and devices there are.
    pub struct PlaceCounts {
        /// Sites that are open.
        pub sites_open: i64,
        /// All sites.
        pub sites_total: i64,
        /// All gates.
        pub gates_total: i64,
        /// Devices heard of lately.
        pub devices_live: i64,
        /// Devices that are silent or not trusted.
        pub devices_silent: i64,
    }
}

/// Counts of a scope.
pub async fn place_counts(db: &mut impl Read, scope: &Scope) -> Result<PlaceCounts, DbError> {
    let found = db.find(scope.on(query(PLACE_COUNTS), &SITE)).await?;
    found.ok_or(DbError::Unreadable("place counts"))
}
