//! Background work of people: roster imports, statuses that run out, erasures cut off, files that expire.

use std::collections::{HashMap, HashSet};

use anyhow::Context as _;
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode, Platform};
use kernel::Instant64;
use kernel::time::DAY;
use places::{ShiftWindow, SiteId};
use uuid::Uuid;
use vault::{IndexKey, Place, Purpose};

use crate::file::{NewPerson, document_key, employ, make_keys, register};
use crate::import::{self, FileFault, Refusal, RosterFile, RosterRow};
use crate::model::{Health, ImportId, NewEmployment, PersonId};
use crate::sealed::open_identity;
use crate::store::imports::{self, ImportRow, Progress};
use crate::store::{employments, people};

/// The queue's name for roster imports.
pub const IMPORT_JOB: &str = "people.import";
/// Rows that are stored in one transaction.
const CHUNK: usize = 500;

pub(crate) const FILE: &str = "people_import.file";
pub(crate) const FAILED: &str = "people_import.failed";

#[derive(Default)]
struct Tally {
    done: i64,
    created: i64,
    updated: i64,
    unchanged: i64,
    refused: Vec<(usize, Refusal)>,
}

impl Tally {
    fn add(&mut self, chunk: Self) {
        self.created += chunk.created;
        self.updated += chunk.updated;
        self.unchanged += chunk.unchanged;
        self.refused.extend(chunk.refused);
    }
}

/// What a file has named so far: each number and each document may stand in it once.
#[derive(Default)]
struct Seen {
    employee_nos: HashSet<String>,
    documents: HashSet<String>,
}

/// How often a chunk is planned anew when somebody else registers one of its people meanwhile.
const ATTEMPTS: usize = 3;

/// Works one import. Running it again after a crash is harmless: rows that landed are then unchanged.
pub async fn run_import(platform: Platform, payload: serde_json::Value) -> anyhow::Result<()> {
    let id: ImportId = payload.get("id").and_then(|it| it.as_str()).context("no import id")?.parse()?;
    let Some(row) = imports::find(&mut platform.db.reader(), id).await? else { return Ok(()) };
    if !matches!(row.state.as_str(), "queued" | "running") {
        return Ok(());
    }
    let (sealed, _, created_at) = imports::files(&mut platform.db.reader(), id).await?.context("no file")?;
    let subject = day_subject(Instant64::from_micros(created_at));
    let key = platform.vault.key(subject, Purpose::System).await?;
    let place = |column| Place { column, row: id.uuid() };
    let file = key.open(place(FILE), sealed.as_deref().context("the file is gone")?)?;
    let read = match import::read(&file, platform.now()) {
        Ok(read) => read,
        Err(fault) => return refuse_file(&platform, id, &fault).await,
    };
    let mut tally = Tally::default();
    let windows = places::shift_windows(&mut platform.db.reader(), &[row.site_id]).await?;
    let windows: Vec<ShiftWindow> = windows.into_iter().map(|(_, it)| it).collect();
    let mut seen = Seen::default();
    let total = i64::try_from(read.rows.len())?;
    for start in (0..read.rows.len()).step_by(CHUNK) {
        let chunk = checked_rows(&read, start, &windows, &mut seen, &mut tally);
        store_chunk(&platform, &row, &chunk, &mut tally).await?;
        tally.done = i64::try_from((start + CHUNK).min(read.rows.len()))?;
        if !write_progress(&platform, id, &tally, total, "running", None, None).await? {
            return Ok(());
        }
    }
    let failed = key.seal(place(FAILED), &failed_file(&read, &tally.refused));
    write_progress(&platform, id, &tally, total, "done", Some(failed), Some(platform.now())).await?;
    let mut tx = platform.db.begin().await?;
    imports::drop_file(&mut tx, id).await?;
    Ok(tx.commit().await?)
}

/// The rows of a chunk that passed their own check, with their line; the others go to the tally.
fn checked_rows<'f>(
    file: &'f RosterFile,
    start: usize,
    windows: &[ShiftWindow],
    seen: &mut Seen,
    tally: &mut Tally,
) -> Vec<(usize, &'f RosterRow, Option<Uuid>)> {
    let mut rows = Vec::new();
    for (line, (_, row)) in file.rows.iter().enumerate().skip(start).take(CHUNK) {
        let checked = row.as_ref().map_err(|it| *it).and_then(|row| {
            let shift = shift_of(row, windows)?;
            if !seen.documents.insert(document_key(&row.identity)) {
                return Err(Refusal { column: "document_number", code: ErrorCode::Repeated });
            }
            match seen.employee_nos.insert(row.employee_no.clone()) {
                true => Ok((line, row, shift)),
                false => Err(Refusal { column: "employee_no", code: ErrorCode::Repeated }),
            }
        });
        match checked {
            Ok(checked) => rows.push(checked),
            Err(refusal) => tally.refused.push((line, refusal)),
        }
    }
    rows
}

fn shift_of(row: &RosterRow, windows: &[ShiftWindow]) -> Result<Option<Uuid>, Refusal> {
    let Some(name) = row.shift.as_deref() else { return Ok(None) };
    let window = windows.iter().find(|it| kernel::text::fold(&it.name) == kernel::text::fold(name));
    window.map(|it| Some(it.id.uuid())).ok_or(Refusal { column: "shift", code: ErrorCode::ShiftUnknown })
}

async fn store_chunk(
    platform: &Platform,
    import: &ImportRow,
    rows: &[(usize, &RosterRow, Option<Uuid>)],
    tally: &mut Tally,
) -> anyhow::Result<()> {
    let mut attempt = 1;
    loop {
        match try_chunk(platform, import, rows).await {
            Ok(chunk) => {
                tally.add(chunk);
                return Ok(());
            }
            Err(error) if error.code() == ErrorCode::Taken && attempt < ATTEMPTS => attempt += 1,
            Err(error) => return Err(failed(error)),
        }
    }
}

async fn try_chunk(
    platform: &Platform,
    import: &ImportRow,
    rows: &[(usize, &RosterRow, Option<Uuid>)],
) -> ApiResult<Tally> {
    let mut tally = Tally::default();
    let now = platform.now();
    let (known, strangers) = known_people(platform, rows).await?;
    let named = |(line, ..): &&(usize, &RosterRow, Option<Uuid>)| !strangers.contains(line);
    let mismatch = Refusal { column: "name", code: ErrorCode::IdentityMismatch };
    tally.refused.extend(strangers.iter().map(|line| (*line, mismatch)));
    let rows: Vec<(usize, &RosterRow, Option<Uuid>)> = rows.iter().filter(named).copied().collect();
    let rows = rows.as_slice();
    let newcomers: Vec<(usize, PersonId)> = rows
        .iter()
        .filter(|(line, ..)| !known.contains_key(line))
        .map(|(line, ..)| (*line, PersonId::new(now)))
        .collect();
    if !import.dry_run {
        let ids: Vec<PersonId> = newcomers.iter().map(|(_, id)| *id).collect();
        make_keys(platform, &ids, now).await?;
    }
    let mut tx = platform.db.begin().await?;
    let plan = plan(&mut tx, import, rows, &known, &newcomers, &mut tally).await?;
    if import.dry_run {
        tx.rollback().await?;
        return Ok(tally);
    }
    register(platform, &mut tx, &plan.persons, "import", now).await?;
    employ(platform, &mut tx, plan.employments, "import", now).await?;
    tx.commit().await?;
    Ok(tally)
}

struct Plan {
    persons: Vec<NewPerson>,
    employments: Vec<(PersonId, NewEmployment)>,
}

/// What each row means, given who is known and who already works here.
async fn plan(
    tx: &mut Tx,
    import: &ImportRow,
    rows: &[(usize, &RosterRow, Option<Uuid>)],
    known: &HashMap<usize, PersonId>,
    newcomers: &[(usize, PersonId)],
    tally: &mut Tally,
) -> ApiResult<Plan> {
    let people: Vec<Uuid> = known.values().map(|it| it.uuid()).collect();
    let employee_nos: Vec<String> = rows.iter().map(|(_, it, _)| it.employee_no.clone()).collect();
    let card_nos: Vec<String> = rows.iter().filter_map(|(_, it, _)| it.card_no.clone()).collect();
    let current = employments::current_at_site(tx, import.site_id, &people, &employee_nos, &card_nos).await?;
    let mut plan = Plan { persons: Vec::new(), employments: Vec::new() };
    let mut cards = HashSet::new();
    for (line, row, shift) in rows {
        let newcomer = newcomers.iter().find(|(it, _)| it == line).map(|(_, id)| *id);
        let Some(person) = newcomer.or_else(|| known.get(line).copied()) else { continue };
        let mine = current.iter().find(|it| it.person_id == person.uuid());
        if let Some(mine) = mine {
            match mine.employee_no == row.employee_no {
                true => tally.unchanged += 1,
                false => tally.refused.push((*line, Refusal { column: "employee_no", code: ErrorCode::Taken })),
            }
            continue;
        }
        if let Some(refusal) = number_in_use(row, &current, &mut cards) {
            tally.refused.push((*line, refusal));
            continue;
        }
        match newcomer {
            Some(id) => {
                tally.created += 1;
                plan.persons.push(NewPerson { id, identity: row.identity.clone(), health: health_of(row) });
            }
            None => tally.updated += 1,
        }
        plan.employments.push((person, employment_of(import, row, *shift)));
    }
    Ok(plan)
}

/// Why a row's numbers cannot be given out: somebody here has them already.
fn number_in_use(
    row: &RosterRow,
    current: &[employments::EmploymentRow],
    cards: &mut HashSet<String>,
) -> Option<Refusal> {
    if current.iter().any(|it| it.employee_no == row.employee_no) {
        return Some(Refusal { column: "employee_no", code: ErrorCode::EmployeeNoTaken });
    }
    let card = row.card_no.as_ref()?;
    let taken = current.iter().any(|it| it.card_no.as_ref() == Some(card)) || !cards.insert(card.clone());
    taken.then_some(Refusal { column: "card_no", code: ErrorCode::CardNoTaken })
}

fn health_of(row: &RosterRow) -> Health {
    Health {
        attested_at: row.attested_at,
        attested_well: row.attested_at.is_some(),
        left_affected_area_at: row.left_affected_area_at,
        ..Health::default()
    }
}

fn employment_of(import: &ImportRow, row: &RosterRow, shift: Option<Uuid>) -> NewEmployment {
    NewEmployment {
        site: import.site_id,
        enterprise: import.enterprise_id,
        area_code: import.area_code.clone(),
        employee_no: row.employee_no.clone(),
        card_no: row.card_no.clone(),
        team: row.team.clone(),
        post: row.post.clone(),
        shift_window: shift,
        from: row.from,
    }
}

/// Persons found again by their document, wherever they worked before, by line; and the lines that name somebody else
/// than the document's owner: those are refused, or a guessed number would open a file.
async fn known_people(
    platform: &Platform,
    rows: &[(usize, &RosterRow, Option<Uuid>)],
) -> ApiResult<(HashMap<usize, PersonId>, HashSet<usize>)> {
    let digest = |row: &RosterRow| platform.index.digest(IndexKey::Document, &document_key(&row.identity));
    let digests: Vec<Vec<u8>> = rows.iter().map(|(_, row, _)| digest(row)).collect();
    let mut reader = platform.db.reader();
    let found = people::by_digests(&mut reader, IndexKey::Document, &digests).await?;
    let found: HashMap<Vec<u8>, Uuid> = found.into_iter().collect();
    let ids: Vec<Uuid> = found.values().copied().collect();
    let keys = platform.vault.keys(&ids, Purpose::Identity).await?;
    let mut names = HashMap::new();
    for (id, kind, sealed) in people::identities(&mut reader, &ids).await? {
        let Some(key) = keys.get(&id) else { continue };
        names.insert(id, open_identity(key, id, &kind, &sealed)?.name.key());
    }
    let (mut known, mut strangers) = (HashMap::new(), HashSet::new());
    for ((line, row, _), digest) in rows.iter().zip(&digests) {
        let Some(id) = found.get(digest) else { continue };
        match names.get(id) == Some(&row.identity.name.key()) {
            true => {
                known.insert(*line, PersonId::from_uuid(*id));
            }
            false => {
                strangers.insert(*line);
            }
        }
    }
    Ok((known, strangers))
}

async fn write_progress(
    platform: &Platform,
    id: ImportId,
    tally: &Tally,
    rows: i64,
    state: &'static str,
    failed_file: Option<Vec<u8>>,
    finished_at: Option<Instant64>,
) -> anyhow::Result<bool> {
    let progress = Progress {
        state,
        rows,
        done: tally.done,
        created: tally.created,
        updated: tally.updated,
        unchanged: tally.unchanged,
        failed: i64::try_from(tally.refused.len())?,
        failed_file,
        error: None,
        finished_at,
    };
    let mut tx = platform.db.begin().await?;
    let goes_on = imports::progress(&mut tx, id, progress).await?;
    tx.commit().await?;
    Ok(goes_on)
}

async fn refuse_file(platform: &Platform, id: ImportId, fault: &FileFault) -> anyhow::Result<()> {
    let error = match fault {
        FileFault::Form => ErrorCode::CsvForm.code().to_owned(),
        FileFault::TooManyRows => ErrorCode::TooManyRows.code().to_owned(),
        FileFault::ColumnMissing(column) => format!("{}:{column}", ErrorCode::ColumnMissing.code()),
    };
    let progress = Progress {
        state: "failed",
        rows: 0,
        done: 0,
        created: 0,
        updated: 0,
        unchanged: 0,
        failed: 0,
        failed_file: None,
        error: Some(&error),
        finished_at: Some(platform.now()),
    };
    let mut tx = platform.db.begin().await?;
    imports::progress(&mut tx, id, progress).await?;
    imports::drop_file(&mut tx, id).await?;
    Ok(tx.commit().await?)
}

/// The refused rows as they were, with two columns more: which column, and why.
fn failed_file(file: &RosterFile, refused: &[(usize, Refusal)]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(vec![0xef, 0xbb, 0xbf]);
    let extra = |it: &[String], more: [&str; 2]| {
        it.iter().map(String::as_str).chain(more).map(str::to_owned).collect::<Vec<_>>()
    };
    let _ = writer.write_record(extra(&file.header, ["出错的列 column", "原因 reason"]));
    let mut refused: Vec<_> = refused.iter().collect();
    refused.sort_by_key(|(line, _)| *line);
    for (line, refusal) in refused {
        if let Some((cells, _)) = file.rows.get(*line) {
            let _ = writer.write_record(extra(cells, [refusal.column, refusal.code.code()]));
        }
    }
    writer.into_inner().unwrap_or_default()
}

fn failed(error: ApiError) -> anyhow::Error {
    anyhow::anyhow!("{} {}", error.code().code(), error.field_name().unwrap_or_default())
}

/// Files of one day are sealed under one key, which is destroyed with them.
pub(crate) fn day_subject(at: Instant64) -> Uuid {
    let day = at.micros().div_euclid(DAY);
    Uuid::from_u128(0x696d_706f_7274_0000_0000_0000_0000_0000 | u128::from(day.unsigned_abs()))
}

/// Recomputes statuses whose time has run out.
pub async fn recompute_due(platform: &Platform) -> anyhow::Result<()> {
    while crate::status::recompute_expired(platform, platform.now()).await.map_err(failed)? == 500 {}
    Ok(())
}

/// Finishes erasures that were cut off, writes down those of other processes, and drops files of imports after a day.
pub async fn sweep(platform: &Platform) -> anyhow::Result<()> {
    crate::erasure::finish_erasures(platform).await.map_err(failed)?;
    crate::erasure::share_register(platform, platform.now()).await.map_err(failed)?;
    let mut tx = platform.db.begin().await?;
    imports::sweep(&mut tx, platform.now().plus(-DAY)).await?;
    Ok(tx.commit().await?)
}

/// The people of a site that has moved belong to its new area from now on; whoever watched them from the old one does
/// not any more.
pub async fn follow_site(platform: Platform, payload: serde_json::Value) -> anyhow::Result<()> {
    let id: SiteId = payload.get("site_id").and_then(|it| it.as_str()).context("no site id")?.parse()?;
    let mut tx = platform.db.begin().await?;
    if let Some(site) = places::sites_by_id(&mut tx, &[id.uuid()]).await?.pop() {
        employments::follow_site(&mut tx, site.id, &site.area_code).await?;
        crate::file::roster_changed(&mut tx, &site.area_code, site.enterprise_id, site.id, platform.now()).await?;
    }
    Ok(tx.commit().await?)
}
