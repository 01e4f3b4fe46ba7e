//! What places do for the rooms below: the door's directory of devices, and the session's extras.

use std::collections::HashSet;
use std::sync::Mutex;

use access::{Caller, system_scope};
use db::{Db, DbError};
use futures_util::future::BoxFuture;
use gateway::{DeviceDoors, Door};
use http_api::{ApiResult, SessionExtras};
use kernel::Instant64;
use kernel::time::SharedClock;
use serde_json::Value as Json;
use tracing::warn;
use uuid::Uuid;

use crate::http::response_in_force;
use crate::model::GateId;
use crate::store::{devices, gates};

/// Devices by their secrets.
pub struct PlaceDoors {
    db: Db,
    clock: SharedClock,
    over: Mutex<HashSet<Uuid>>,
}

impl PlaceDoors {
    /// From the database.
    pub fn new(db: Db, clock: SharedClock) -> Self {
        Self { db, clock, over: Mutex::default() }
    }

    /// Devices that went over their quota since the last call; a reconciler raises their alarms.
    pub fn take_over_quota(&self) -> Vec<Uuid> {
        self.over.lock().unwrap_or_else(std::sync::PoisonError::into_inner).drain().collect()
    }
}

impl DeviceDoors for PlaceDoors {
    fn find<'a>(&'a self, kind: &'a str, digest: &'a [u8]) -> BoxFuture<'a, Result<Option<Door>, DbError>> {
        Box::pin(async move {
            let found = devices::by_secret(&mut self.db.reader(), kind, digest, self.clock.now()).await?;
            Ok(found.map(|(device, byte_quota, bytes_today)| Door { device, byte_quota, bytes_today }))
        })
    }

    fn over_quota(&self, device: Uuid) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            warn!(device.id = %device, "a device is over its byte quota");
            self.over.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(device);
        })
    }
}

/// The gate of the tablet and the response in force, for the session view.
pub struct Extras {
    db: Db,
}

impl Extras {
    /// From the database.
    pub const fn new(db: Db) -> Self {
        Self { db }
    }
}

impl SessionExtras for Extras {
    fn describe<'a>(&'a self, caller: &'a Caller, now: Instant64) -> BoxFuture<'a, ApiResult<(Json, Json)>> {
        Box::pin(async move {
            let mut reader = self.db.reader();
            let gate = match caller.gate() {
                Some(gate) => gates::gate_place(&mut reader, &system_scope("session"), GateId::from_uuid(gate)).await?,
                None => None,
            };
            let gate = gate.map(crate::http::GateBrief::from);
            let response = response_in_force(&mut reader, now).await?;
            let (gate, response) = (serde_json::to_value(gate), serde_json::to_value(response));
            Ok((gate.unwrap_or(Json::Null), response.unwrap_or(Json::Null)))
        })
    }
}
