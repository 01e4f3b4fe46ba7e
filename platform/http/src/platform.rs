//! What every handler and task is given.

use std::sync::Arc;

use access::AccessConfig;
use db::{Db, DbError, Tx};
use events::Feed;
use futures_util::future::BoxFuture;
use jobs::Supervisor;
use kernel::Instant64;
use kernel::time::SharedClock;
use notify::messages::Messenger;
use paper::Paper;
use secrecy::SecretString;
use uuid::Uuid;
use vault::{BlindIndex, Vault};

use crate::operations::HealthFacts;
use crate::session::SessionExtras;

/// A room that keeps rows about persons. Called inside the erasing transaction, before the person's own rows go.
pub trait ErasePerson: Send + Sync {
    /// Removes or anonymises its rows; how many.
    fn erase<'a>(&'a self, tx: &'a mut Tx, person: Uuid) -> BoxFuture<'a, Result<u64, DbError>>;
}

/// A room that keeps something which follows from how people stand. Called in the transaction of a change of somebody's
/// status or employment, with her files.
pub trait FollowPeople: Send + Sync {
    /// Brings what it keeps up to date.
    fn changed<'a>(&'a self, tx: &'a mut Tx, files: &'a [Uuid], now: Instant64) -> BoxFuture<'a, Result<(), DbError>>;
}

/// Configured secrets beside the vault's.
#[derive(Clone)]
pub struct Secrets {
    /// Keys the digests of device secrets in paths.
    pub device_secret: SecretString,
}

/// Host and port of the devices' listener, as terminals see it.
#[derive(Debug, Clone)]
pub struct DevicesAddress {
    /// Host name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
}

/// The rooms under the slices, wired together. Cheap to clone.
#[derive(Clone)]
pub struct Platform {
    /// The database.
    pub db: Db,
    /// Where the raw bytes of devices are journalled: on SQLite a file of its own, so that storing them does not wait
    /// for what is done with them; on PostgreSQL the same database.
    pub journal: Db,
    /// Keys.
    pub vault: Vault,
    /// Blind indexes.
    pub index: BlindIndex,
    /// Sign-in.
    pub access: AccessConfig,
    /// Other secrets.
    pub secrets: Secrets,
    /// The clock.
    pub clock: SharedClock,
    /// Paper.
    pub paper: Paper,
    /// The way to phones.
    pub messages: Messenger,
    /// New events.
    pub feed: Feed,
    /// Background tasks.
    pub supervisor: Supervisor,
    /// What the session view shows that later rooms know.
    pub session_extras: Arc<dyn SessionExtras>,
    /// Who removes what of a person when she is erased.
    pub erasers: Arc<[Arc<dyn ErasePerson>]>,
    /// Who is told that somebody's status or employment has changed.
    pub followers: Arc<[Arc<dyn FollowPeople>]>,
    /// What the process knows about itself.
    pub health: Arc<HealthFacts>,
    /// The register of erasures: a file beside the data, which no restore rolls back.
    pub erasure_register: std::path::PathBuf,
    /// Where terminals reach this server; printed on set-up sheets.
    pub devices_address: DevicesAddress,
    /// Whether cookies are marked `Secure`: true unless the page is served on loopback without TLS.
    pub secure_cookies: bool,
}

impl Platform {
    /// The present moment.
    pub fn now(&self) -> Instant64 {
        self.clock.now()
    }
}
