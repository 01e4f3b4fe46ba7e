//! SQL of devices that a file calls by their serials.

use db::{Condition, DbError, Read, Tx, Value, query};
use kernel::Instant64;
use uuid::Uuid;

use super::devices::BYTE_QUOTA;
use crate::model::{DeviceId, DeviceState, NewDevice, Vendor};

const SERIALS: &str = "select d.id, d.vendor, d.model, d.serial, d.serial_key, d.mac, d.lane, d.direction, d.gate_id, \
    g.name as gate_name, g.lanes, g.site_id, s.name as site_name, s.area_code, s.enterprise_id, s.premises_id, \
    (select e.credit_code from enterprise e where e.id = s.enterprise_id) as enterprise_code \
    from device d join gate g on g.id = d.gate_id join site s on s.id = g.site_id where {which}";
const INSERT_ALL: &str = "insert into device (id, gate_id, lane, direction, vendor, model, serial, serial_key, mac, \
    secret_digest, state, byte_quota, created_at) values {rows}";

db::row! {
    /// What is known of a device by whose serial a file calls it, whether it lies in reach or not.
    pub(crate) struct SerialRow {
        pub(crate) id: Uuid,
        pub(crate) vendor: String,
        pub(crate) model: String,
        pub(crate) serial: String,
        pub(crate) serial_key: String,
        pub(crate) mac: Option<String>,
        pub(crate) lane: i64,
        pub(crate) direction: String,
        pub(crate) gate_id: Uuid,
        pub(crate) gate_name: String,
        /// How many lanes the gate has.
        pub(crate) lanes: i64,
        pub(crate) site_id: Uuid,
        pub(crate) site_name: String,
        pub(crate) area_code: String,
        pub(crate) enterprise_id: Option<Uuid>,
        pub(crate) premises_id: Option<Uuid>,
        pub(crate) enterprise_code: Option<String>,
    }
}

/// Serials that one question names.
const AT_ONCE: usize = 500;

/// Devices with one of these serials, folded and each once, of whatever vendor: who asks looks herself what lies in her
/// reach.
pub(crate) async fn with_serials(db: &mut impl Read, keys: &[String]) -> Result<Vec<SerialRow>, DbError> {
    let mut rows = Vec::new();
    for some in keys.chunks(AT_ONCE) {
        // The vendors are all there are: the index begins with them.
        let vendors = Condition::one_of("d.vendor", Vendor::ALL.iter().map(|it| Value::from(it.code())));
        let serials = Condition::one_of("d.serial_key", some.iter().map(|it| Value::from(it.as_str())));
        let which = Condition::all([vendors, serials]);
        rows.extend(db.all::<SerialRow>(query(SERIALS).condition("which", which)).await?);
    }
    Ok(rows)
}

/// Registers devices without a secret: what stands where the digest of one would is random, and nothing digests to it.
pub(crate) async fn insert_all(tx: &mut Tx, new: &[(DeviceId, NewDevice)], now: Instant64) -> Result<(), DbError> {
    let row = |(id, it): &(DeviceId, NewDevice)| {
        vec![
            id.uuid().into(),
            it.gate.uuid().into(),
            it.lane.into(),
            it.direction.code().into(),
            it.vendor.code().into(),
            it.model.as_str().into(),
            it.serial.as_str().into(),
            it.serial.key().into(),
            it.mac.as_ref().map(|it| it.as_str().to_owned()).into(),
            vault::random_bytes::<32>().to_vec().into(),
            DeviceState::New.code().into(),
            BYTE_QUOTA.into(),
            now.into(),
        ]
    };
    tx.insert(INSERT_ALL, new.iter().map(row).collect()).await.map(|_| ())
}
