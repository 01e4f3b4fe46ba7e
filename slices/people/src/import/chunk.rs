//! A chunk of rows: checked, planned, and stored in one transaction with what it adds to the counts.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::Instant64;
use places::ShiftWindow;
use tables::Row;
use uuid::Uuid;
use vault::DataKey;

use super::columns::ImportLayout;
use super::named::named;
use super::plan::{Plan, Ready, plan};
use super::refused::seal_refused;
use super::row::{Refusal, RosterRow, check};
use crate::file::{document_key, employ, leave_many, make_keys, register, roster_changed};
use crate::model::{ImportId, ImportState};
use crate::store::imports::{self, ImportRow, Part};
use crate::store::{employments, people};

/// Rows that are stored in one transaction.
pub(super) const CHUNK: usize = 500;

/// How often a chunk is planned anew when somebody else registers one of its people meanwhile.
const ATTEMPTS: usize = 3;

/// What the source of a fact from a file is called.
const SOURCE: &str = "import";

/// What a file has named so far: each number and each document may stand in it once. Eight bytes are kept of each; that
/// two of a million differ and look the same is one chance in thirty million.
#[derive(Default)]
pub(super) struct Seen {
    hasher: RandomState,
    employee_nos: HashSet<u64>,
    documents: HashSet<u64>,
}

impl Seen {
    fn note(&mut self, row: &RosterRow) -> Result<(), Refusal> {
        let repeated = |column| Refusal { column, code: ErrorCode::Repeated };
        if !self.documents.insert(self.hasher.hash_one(document_key(&row.identity.document))) {
            return Err(repeated("document_number"));
        }
        match self.employee_nos.insert(self.hasher.hash_one(row.employee_no.as_str())) {
            true => Ok(()),
            false => Err(repeated("employee_no")),
        }
    }
}

/// Rows as read, and what their own check said of them.
pub(super) struct Chunk {
    rows: Vec<Row>,
    ready: Vec<Ready>,
    refused: Vec<(usize, Refusal)>,
}

/// Everything that stays the same from chunk to chunk.
pub(super) struct Work {
    pub(super) platform: Platform,
    pub(super) import: ImportRow,
    pub(super) state: ImportState,
    pub(super) layout: ImportLayout,
    pub(super) windows: Vec<ShiftWindow>,
    pub(super) key: std::sync::Arc<DataKey>,
}

impl Work {
    fn id(&self) -> ImportId {
        ImportId::from_uuid(self.import.id)
    }

    /// Checks each row by itself.
    pub(super) fn checked(&self, rows: Vec<Row>, seen: &mut Seen, now: Instant64) -> Chunk {
        let (mut ready, mut refused) = (Vec::with_capacity(rows.len()), Vec::new());
        for (index, row) in rows.iter().enumerate() {
            let checked = check(row, &self.layout, now).and_then(|row| {
                let shift = self.shift_of(&row)?;
                seen.note(&row)?;
                Ok(Ready { index, row, shift })
            });
            match checked {
                Ok(it) => ready.push(it),
                Err(refusal) => refused.push((index, refusal)),
            }
        }
        Chunk { rows, ready, refused }
    }

    fn shift_of(&self, row: &RosterRow) -> Result<Option<Uuid>, Refusal> {
        let Some(name) = row.shift.as_deref() else { return Ok(None) };
        let folded = kernel::text::fold(name);
        let window = self.windows.iter().find(|it| kernel::text::fold(&it.name) == folded);
        window.map(|it| Some(it.id.uuid())).ok_or(Refusal { column: "shift", code: ErrorCode::ShiftUnknown })
    }

    /// Stores a chunk, the `done` rows from the first on being looked at with it; false when the import was stopped.
    pub(super) async fn store(&self, chunk: &Chunk, done: i64) -> ApiResult<bool> {
        let mut attempt = 1;
        loop {
            match self.try_store(chunk, done).await {
                Err(error) if error.code() == ErrorCode::Taken && attempt < ATTEMPTS => attempt += 1,
                outcome => return outcome,
            }
        }
    }

    async fn try_store(&self, Chunk { rows, ready, refused }: &Chunk, done: i64) -> ApiResult<bool> {
        let now = self.platform.now();
        let named = named(&self.platform, ready, now).await?;
        let lands = self.state == ImportState::Landing;
        if lands {
            make_keys(&self.platform, &named.newcomers(), now).await?;
        }
        let mut tx = self.platform.db.begin().await?;
        let employee_nos: Vec<String> = ready.iter().map(|it| it.row.employee_no.clone()).collect();
        let card_nos: Vec<String> = ready.iter().filter_map(|it| it.row.card_no.clone()).collect();
        let site = self.import.site_id;
        let current = employments::current_at_site(&mut tx, site, &named.known(), &employee_nos, &card_nos).await?;
        let mut plan = plan(&self.import, ready, &named.people, &current);
        let mismatch = Refusal { column: "name", code: ErrorCode::IdentityMismatch };
        plan.refused.extend(named.strangers.iter().map(|it| (*it, mismatch)));
        plan.refused.extend(refused);
        if lands {
            self.take_known(&mut tx, &plan).await?;
            self.land(&mut tx, &plan, now).await?;
        }
        self.note_refused(&mut tx, rows, &mut plan).await?;
        let from = done - i64::try_from(rows.len()).map_err(|error| ApiError::internal(&error))?;
        if imports::progress(&mut tx, self.id(), self.state, (from, done), plan.counts).await? {
            tx.commit().await?;
            return Ok(true);
        }
        tx.rollback().await?;
        let row = imports::find(&mut self.platform.db.reader(), self.id()).await?;
        match row.is_some_and(|it| it.state == self.state.code()) {
            // A run that was cut off had its commit on its way: another attempt begins behind it.
            true => Err(ApiError::state()),
            false => Ok(false),
        }
    }

    /// Takes those who were known and are employed here now: whoever was merged away since the documents were looked up is
    /// looked up again.
    async fn take_known(&self, tx: &mut db::Tx, plan: &Plan) -> ApiResult<()> {
        let new: HashSet<Uuid> = plan.persons.iter().map(|it| it.id.uuid()).collect();
        let mut known: Vec<Uuid> =
            plan.employments.iter().map(|it| it.0.uuid()).filter(|it| !new.contains(it)).collect();
        known.sort_unstable();
        known.dedup();
        match people::lock_standing(tx, &known).await? {
            true => Ok(()),
            false => Err(db::DbError::Unique("person.merged_into".to_owned()).into()),
        }
    }

    async fn land(&self, tx: &mut db::Tx, plan: &Plan, now: Instant64) -> ApiResult<()> {
        let platform = &self.platform;
        register(platform, tx, &plan.persons, SOURCE, now).await?;
        if !plan.employments.is_empty() {
            employ(platform, tx, plan.employments.clone(), SOURCE, now).await?;
        }
        if !plan.changes.is_empty() {
            employments::change(tx, self.import.site_id, &plan.changes).await.map_err(crate::file::number_taken)?;
            let (area, enterprise) = (&self.import.area_code, self.import.enterprise_id);
            roster_changed(tx, (area, enterprise, self.import.site_id), &[], now).await?;
        }
        leave_many(platform, tx, &plan.leaves, SOURCE, now).await
    }

    async fn note_refused(&self, tx: &mut db::Tx, rows: &[Row], plan: &mut Plan) -> ApiResult<()> {
        plan.counts.failed = i64::try_from(plan.refused.len()).map_err(|error| ApiError::internal(&error))?;
        if plan.refused.is_empty() {
            return Ok(());
        }
        plan.refused.sort_by_key(|(index, _)| *index);
        let seq = imports::count_pieces(tx, self.id(), Part::Refused).await?;
        let sealed = seal_refused(&self.key, self.id(), seq, rows, &plan.refused)?;
        Ok(imports::add_pieces(tx, self.id(), Part::Refused, vec![(seq, sealed)]).await?)
    }
}
