//! Short messages to phones: written with the act they belong to, sent after its commit, by whichever provider the
//! installation has.
//!
//! A message at rest is sealed under its day's key and gone after a day. What it says follows from its template; no
//! template takes free text, so nobody can send words of her own through the district's number.

mod gateway;
mod mail;
mod screen;
mod store;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use db::{Db, DbError, Tx};
use futures_util::future::BoxFuture;
use kernel::time::{DAY, SharedClock};
use kernel::{Instant64, Phone};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use uuid::Uuid;
use vault::{Place, Purpose, Vault, VaultError};

pub use gateway::{Gateway, GatewaySettings, signature};
pub use mail::{Mail, MailSettings, Security};
pub use screen::{Screen, Shown};

kernel::id_type! {
    /// One message to one phone.
    pub struct MessageId; prefix = "msg"
}

kernel::coded! {
    /// What a message is about.
    pub enum Template {
        /// A one-time code: `code`, `minutes`.
        SignInCode = "sign_in_code",
        /// The phone in the file was replaced; goes to the old one.
        PhoneReplaced = "phone_replaced",
        /// Somebody opened the file with an activation code.
        Activated = "activated",
        /// A code for the guardian of a minor who is asked to consent: `code`, `minutes`, `purpose`.
        GuardianCode = "guardian_code",
        /// Today's declaration is missing.
        DeclarationDue = "declaration_due",
        /// The temperature of this half day is missing.
        TemperatureDue = "temperature_due",
        /// A code by which a learner shows who she is: `code`, `minutes`.
        TrainingCode = "training_code",
        /// A required training is missing: `title`.
        TrainingDue = "training_due",
        /// A code that proves a phone to the account that is to be told things on it: `code`, `minutes`.
        NoticeCode = "notice_code",
        /// An application was returned, decided, or is visited: `number`, `act`.
        ApplicationMoved = "application_moved",
        /// A visit has its day: `number`, `day`.
        VisitPlanned = "visit_planned",
        /// The daily report is missing: `day`.
        ReportDue = "report_due",
    }
}

/// The queue's name for sending.
pub const MESSAGE_JOB: &str = "notify.message";
/// How long a message is kept, sealed, whatever became of it.
const KEPT: i64 = DAY;
const COLUMN: &str = "message.body";

/// One message, in the clear. `Debug` shows neither to whom nor what.
#[derive(Clone, Serialize, Deserialize)]
pub struct Message {
    /// What it is about.
    pub template: Template,
    /// To which phone.
    pub to: String,
    /// Values of the template.
    pub params: BTreeMap<String, String>,
}

impl Message {
    /// To a phone.
    pub fn new(template: Template, to: &Phone) -> Self {
        Self { template, to: to.as_str().to_owned(), params: BTreeMap::new() }
    }

    /// With a value for the template.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// As text, both languages: for providers that do not keep templates of their own.
    pub fn text(&self) -> String {
        words::text(self)
    }
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Message({})", self.template.code())
    }
}

/// Why a provider did not take a message.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// It may work later.
    #[error("not now: {0}")]
    Later(String),
    /// It will never work.
    #[error("refused: {0}")]
    Never(String),
}

/// Who carries messages out of the house.
pub trait Provider: Send + Sync {
    /// Hands one over. `id` is the same in every attempt, so that the other side can drop a second one.
    fn send<'a>(&'a self, id: MessageId, message: &'a Message, now: Instant64) -> BoxFuture<'a, Result<(), SendError>>;
}

/// What can go wrong on this side.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// The database.
    #[error("the store")]
    Store(#[from] DbError),
    /// The keys.
    #[error("the keys")]
    Keys(#[from] VaultError),
}

/// The door. Cheap to clone.
#[derive(Clone)]
pub struct Messenger {
    db: Db,
    vault: Vault,
    clock: SharedClock,
    provider: Option<Arc<dyn Provider>>,
    screen: Option<Screen>,
}

impl Messenger {
    /// With the installation's provider; without one nothing can be sent.
    pub fn new(db: Db, vault: Vault, clock: SharedClock, provider: Option<Arc<dyn Provider>>) -> Self {
        Self { db, vault, clock, provider, screen: None }
    }

    /// The demo's: messages are shown instead of sent.
    pub fn on_screen(db: Db, vault: Vault, clock: SharedClock) -> Self {
        let screen = Screen::default();
        Self { screen: Some(screen.clone()), ..Self::new(db, vault, clock, Some(Arc::new(screen))) }
    }

    /// Whether this installation can reach phones at all.
    pub fn can_send(&self) -> bool {
        self.provider.is_some()
    }

    /// Where the demo shows what would have been sent.
    pub const fn screen(&self) -> Option<&Screen> {
        self.screen.as_ref()
    }

    /// Writes a message with the rest of the transaction; it leaves after the commit, and not after `good_for`.
    pub async fn send(
        &self,
        tx: &mut Tx,
        message: &Message,
        good_for: i64,
        now: Instant64,
    ) -> Result<(), MessageError> {
        if self.provider.is_none() {
            return Ok(());
        }
        let id = MessageId::new(now);
        let day = day_subject(now);
        let keys = self.vault.ensure(&[day], Purpose::System, Some(2 * KEPT), now).await?;
        let key = keys.get(&day).ok_or(VaultError::Gone)?;
        let plain = serde_json::to_vec(message).map_err(|_| VaultError::Broken)?;
        let sealed = key.seal(Place { column: COLUMN, row: id.uuid() }, &plain);
        store::insert(tx, id, message.template.code(), sealed, now, now.plus(good_for)).await?;
        jobs::enqueue(tx, MESSAGE_JOB, &json!({ "message_id": id.to_string() }), None, now).await?;
        Ok(())
    }

    /// Sends one that is due.
    ///
    /// # Errors
    /// When it should be tried again.
    pub async fn deliver(self, payload: Json) -> anyhow::Result<()> {
        let id = payload.get("message_id").and_then(Json::as_str).and_then(|it| it.parse::<MessageId>().ok());
        let Some(id) = id else { return Ok(()) };
        let Some(row) = store::find(&mut self.db.reader(), id).await? else { return Ok(()) };
        let now = self.clock.now();
        if row.state != "queued" {
            return Ok(());
        }
        if row.expires_at <= now.micros() {
            return self.settle(id, Err("too late")).await;
        }
        let key = self.vault.key(day_subject(Instant64::from_micros(row.created_at)), Purpose::System).await?;
        let plain = key.open(Place { column: COLUMN, row: id.uuid() }, &row.body_sealed)?;
        let message: Message = serde_json::from_slice(&plain)?;
        let Some(provider) = &self.provider else { return self.settle(id, Err("no provider")).await };
        match provider.send(id, &message, now).await {
            Ok(()) => self.settle(id, Ok(())).await,
            Err(SendError::Never(cause)) => {
                tracing::warn!(message.id = %id, cause, "the provider refused a message");
                self.settle(id, Err(&cause)).await
            }
            Err(SendError::Later(cause)) => anyhow::bail!("{cause}"),
        }
    }

    async fn settle(&self, id: MessageId, outcome: Result<(), &str>) -> anyhow::Result<()> {
        let mut tx = self.db.begin().await?;
        store::settle(&mut tx, id, outcome, self.clock.now()).await?;
        Ok(tx.commit().await?)
    }
}

/// Removes messages after a day.
pub async fn prune(tx: &mut Tx, now: Instant64) -> Result<u64, DbError> {
    store::prune(tx, now.plus(-KEPT)).await
}

/// Messages of one day are sealed under one key, which is destroyed with the day.
fn day_subject(now: Instant64) -> Uuid {
    let day = now.micros().div_euclid(DAY);
    Uuid::from_u128(0x6d65_7373_6167_6500_0000_0000_0000_0000 | u128::from(day.unsigned_abs()))
}
