//! Background work of screening: devices that fall silent, devices over their quota, people who no longer wait.

use std::sync::atomic::Ordering;

use access::system_scope;
use alarms::{AlarmKind, Raise};
use db::{DbError, Tx};
use futures_util::future::BoxFuture;
use http_api::{ErasePerson, Platform};
use kernel::Instant64;
use kernel::time::{HOUR, MINUTE};
use places::{GateId, GatePlace, PlaceDoors};
use uuid::Uuid;

use crate::store::{counts, screenings};

/// A terminal says something at least every half minute; after this it is silent.
const SILENT_AFTER: i64 = 3 * MINUTE;
/// Nobody waits beside a gate for longer than this.
const WAITING: i64 = 2 * HOUR;

/// Raises an alarm for each device that has fallen silent, and lets go of people who no longer wait.
pub async fn watch_devices(platform: &Platform) -> anyhow::Result<()> {
    let now = platform.now();
    let mut tx = platform.db.begin().await?;
    // While nobody listened no terminal could be heard: silence counts from the start of this process on.
    let listening_since = Instant64::from_micros(platform.health.started_at.load(Ordering::Relaxed));
    if SILENT_AFTER <= now.since(listening_since) {
        for (device, gate, _) in places::mark_silent(&mut tx, now.plus(-SILENT_AFTER)).await? {
            raise_for_device(&mut tx, AlarmKind::DeviceSilent, device, gate, now).await?;
        }
    }
    screenings::stop_waiting(&mut tx, now.plus(-WAITING)).await?;
    Ok(tx.commit().await?)
}

/// Raises an alarm for each device that has used up its byte quota.
pub async fn watch_quota(platform: &Platform, doors: &PlaceDoors) -> anyhow::Result<()> {
    let over = doors.take_over_quota();
    if over.is_empty() {
        return Ok(());
    }
    let mut tx = platform.db.begin().await?;
    for device in places::device_for_ingest(&mut tx, &over).await? {
        raise_for_device(&mut tx, AlarmKind::DeviceQuota, device.id, device.gate_id, platform.now()).await?;
    }
    Ok(tx.commit().await?)
}

pub(crate) async fn raise_for_device(
    tx: &mut Tx,
    kind: AlarmKind,
    device: Uuid,
    gate: Uuid,
    now: Instant64,
) -> Result<(), DbError> {
    let place: Option<GatePlace> = places::gate_place(tx, &system_scope("watch"), GateId::from_uuid(gate)).await?;
    let Some(place) = place else { return Ok(()) };
    let raise = Raise {
        kind,
        severity: alarms::rules::severity(kind),
        fold_on: alarms::rules::fold_on(kind, None, Some(gate), Some(device)),
        area_code: &place.area_code,
        enterprise_id: place.enterprise_id,
        site_id: Some(place.site_id),
        gate_id: Some(gate),
        gate_name: Some(&place.name),
        device_id: Some(device),
        person_id: None,
        screening_id: None,
    };
    alarms::raise(tx, &raise, now).await.map(|_| ())
}

/// Forgets who passed: of an erased person's screenings stay site, hour and outcome; of her alarms, that they were.
pub struct ScreeningEraser;

impl ErasePerson for ScreeningEraser {
    fn erase<'a>(&'a self, tx: &'a mut Tx, person: Uuid) -> BoxFuture<'a, Result<u64, DbError>> {
        Box::pin(async move {
            alarms::erase_person(tx, person).await?;
            counts::forget(tx, person).await?;
            screenings::forget_person(tx, person).await
        })
    }
}
