//! What an officer brings back: photographs first, then one report that signs for all of them.

use std::collections::BTreeMap;

use access::Scope;
use aws_lc_rs::digest::{SHA256, digest};
use db::Tx;
use http_api::{ApiError, ApiResult, ErrorCode};
use kernel::{Instant64, Label, Prose};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::DataKey;

use super::model::{DefectId, DrawnName, Finding, InspectionKind, InspectionState, ItemFinding, PhonePosition, Report};
use super::rules::{self, ReportFault};
use super::{Version, checklist_of, current_checklist, order, pictures, still_open};
use crate::applications::model::{ApplicationAct, ApplicationId, ApplicationState};
use crate::applications::moving::by_visit;
use crate::applications::rules::is_signature;
use crate::sealed;
use crate::store::applications;
use crate::store::findings::{self, NewDefect, NewPhoto};
use crate::store::inspections::{self as store, InspectionRow, Reported};

/// The most photographs of one visit.
pub(crate) const PHOTOS_MOST: usize = 200;

/// What the phone knows of a photograph.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct PhotoFacts {
    /// When it was taken, by the phone's clock.
    pub(crate) taken_at: i64,
    pub(crate) position: Option<PhonePosition>,
}

/// A photograph as it came.
pub(crate) struct Photo {
    pub(crate) id: Uuid,
    pub(crate) item: String,
    /// The checklist that was on the phone; the one in force when it does not say.
    pub(crate) checklist: Option<i64>,
    pub(crate) facts: PhotoFacts,
    pub(crate) bytes: Vec<u8>,
}

/// Stores a photograph without what the camera wrote beside it. One that is there already is left as it is.
///
/// # Errors
/// `file_form` when it is neither JPEG nor PNG, `too_large`, `word_unknown` for an item that is not on the checklist.
pub(crate) async fn add_photo(
    tx: &mut Tx,
    scope: &Scope,
    row: &InspectionRow,
    key: &DataKey,
    photo: Photo,
    now: Instant64,
) -> ApiResult<()> {
    if row.state()? != InspectionState::Planned {
        return Err(ApiError::state());
    }
    if pictures::PICTURE_MOST < photo.bytes.len() {
        return Err(ApiError::field("file", ErrorCode::TooLarge).with("most", pictures::PICTURE_MOST));
    }
    let there = findings::photos(tx, scope, row.id).await?;
    if there.iter().any(|it| it.id == photo.id) {
        return Ok(());
    }
    if PHOTOS_MOST <= there.len() {
        return Err(ApiError::field("file", ErrorCode::TooManyRows).with("most", PHOTOS_MOST));
    }
    let version = match photo.checklist {
        Some(number) => checklist_of(tx, number).await?,
        None => current_checklist(tx).await?,
    };
    if !rules::items(&version.checklist).any(|it| it.key == photo.item) {
        return Err(ApiError::field("item", ErrorCode::WordUnknown));
    }
    if photo.facts.position.is_some_and(|it| !it.is_sound()) {
        return Err(ApiError::field("lon_deg", ErrorCode::OutOfRange));
    }
    let plain = pictures::stripped(photo.bytes).ok_or_else(|| ApiError::field("file", ErrorCode::FileForm))?;
    let new = NewPhoto {
        id: photo.id,
        inspection: row.id,
        item: &photo.item,
        facts: sealed::seal(key, sealed::PHOTO_FACTS, photo.id, &photo.facts)?,
        byte_count: i64::try_from(plain.len()).unwrap_or(i64::MAX),
        sha256: digest(&SHA256, &plain).as_ref().to_vec(),
        bytes: sealed::seal_picture(key, photo.id, &plain),
    };
    Ok(findings::add_photo(tx, new, now).await?)
}

/// What an officer sends.
pub(crate) struct Sent {
    pub(crate) findings: Vec<ItemFinding>,
    pub(crate) summary: Option<String>,
    pub(crate) begun_at: Instant64,
    pub(crate) ended_at: Instant64,
    pub(crate) position: Option<PhonePosition>,
    pub(crate) officer: DrawnName,
    pub(crate) witness: DrawnName,
    /// The checklist that was on the phone.
    pub(crate) checklist_version: i64,
}

/// What became of a report.
pub(crate) enum Taken {
    /// It counts.
    Counts(InspectionState),
    /// Somebody else visits by now, or has visited already: it is kept, and she is told who.
    Kept { by: String, already: bool },
}

/// Takes in a report. One that is no longer hers to make is kept for who visits now, and beside the report of who has visited
/// since; otherwise: what is wanting gets its day, what is put right is closed, and the application moves on.
///
/// # Errors
/// 422 `report_faults` with the items, 422 `signature_form`, 409 `state` when she reported it already or it was cancelled.
pub(crate) async fn report(
    tx: &mut Tx,
    scope: &Scope,
    (row, hers): (&InspectionRow, bool),
    key: &DataKey,
    sent: Sent,
    now: Instant64,
) -> ApiResult<Taken> {
    let already = match row.state()? {
        InspectionState::Planned => false,
        InspectionState::Passed | InspectionState::Failed if !hers => true,
        InspectionState::Passed | InspectionState::Failed | InspectionState::Cancelled => return Err(ApiError::state()),
    };
    let me = scope.actor().account.ok_or_else(ApiError::not_found)?;
    let report = checked_names(&sent)?;
    if !hers {
        let words = sealed::seal(key, sealed::REPORT, row.id, &report)?;
        store::keep(tx, row.id, me, words, now).await?;
        return Ok(Taken::Kept { by: row.officer_name.clone().unwrap_or_default(), already });
    }
    let version = checklist_of(tx, sent.checklist_version).await?;
    let passed = findings_of(tx, scope, row, key, &version, &report, now).await?;
    let photos = findings::photos(tx, scope, row.id).await?;
    let photos: Vec<(Uuid, &str, &[u8])> =
        photos.iter().map(|it| (it.id, it.item.as_str(), it.sha256.as_slice())).collect();
    // Who signs signs for the checklist, every word and every picture.
    let signed = serde_json::to_vec(&(row.id, version.version, &report, photos));
    let signed = signed.map_err(|error| ApiError::internal(&error))?;
    let state = if passed { InspectionState::Passed } else { InspectionState::Failed };
    let reported = Reported {
        state,
        checklist: version.version,
        report: sealed::seal(key, sealed::REPORT, row.id, &report)?,
        digest: digest(&SHA256, &signed).as_ref().to_vec(),
        officer: (me, &scope.actor().name),
    };
    // Whoever was to visit may be under way with a report of her own.
    if let (Some(former), Some(name)) = (row.officer_id.filter(|it| *it != me), row.officer_name.as_deref()) {
        store::replace(tx, row.id, (former, name), now).await?;
    }
    store::report(tx, row.id, reported, now).await?;
    move_on(tx, scope, row, key, passed, now).await?;
    Ok(Taken::Counts(state))
}

fn checked_names(sent: &Sent) -> ApiResult<Report> {
    for (field, drawn) in [("officer", &sent.officer), ("witness", &sent.witness)] {
        Label::parse(&drawn.name).map_err(|it| ApiError::invalid(field, it))?;
        if !is_signature(&drawn.strokes) {
            return Err(ApiError::field(field, ErrorCode::SignatureForm));
        }
    }
    let summary = sent.summary.as_deref().filter(|it| !it.trim().is_empty());
    let summary = summary.map(Prose::parse).transpose().map_err(|it| ApiError::invalid("summary", it))?;
    if sent.ended_at < sent.begun_at {
        return Err(ApiError::field("ended_at", ErrorCode::DateOrder));
    }
    if sent.position.is_some_and(|it| !it.is_sound()) {
        return Err(ApiError::field("position", ErrorCode::OutOfRange));
    }
    Ok(Report {
        findings: sent.findings.clone(),
        summary: summary.map(|it| it.as_str().to_owned()),
        begun_at: sent.begun_at.micros(),
        ended_at: sent.ended_at.micros(),
        position: sent.position,
        officer: sent.officer.clone(),
        witness: sent.witness.clone(),
    })
}

/// Writes down what is wanting and what was put right; whether the site is passed.
async fn findings_of(
    tx: &mut Tx,
    scope: &Scope,
    row: &InspectionRow,
    key: &DataKey,
    version: &Version,
    report: &Report,
    now: Instant64,
) -> ApiResult<bool> {
    let open = still_open(&findings::defects(tx, scope, row.application_id).await?);
    let only = (row.kind()? == InspectionKind::Recheck).then_some(&open);
    let looked_at = rules::looked_at(&version.checklist, only);
    let mut photos = BTreeMap::new();
    for photo in findings::photos(tx, scope, row.id).await? {
        *photos.entry(photo.item).or_insert(0) += 1;
    }
    let faults = rules::faults(&looked_at, &report.findings, &photos, now);
    if !faults.is_empty() {
        return Err(refused(&faults));
    }
    for it in &report.findings {
        let critical = looked_at.iter().any(|item| item.key == it.item && item.critical);
        match (&it.finding, &it.note, &it.due_on) {
            (Finding::Defect, Some(note), Some(due_on)) => {
                let note = Prose::parse(note).map_err(|it| ApiError::invalid("note", it))?;
                let id = DefectId::new(now);
                let new = NewDefect {
                    id,
                    application: row.application_id,
                    inspection: row.id,
                    item: &it.item,
                    critical,
                    note: sealed::seal(key, sealed::DEFECT, id.uuid(), &note.as_str())?,
                    due_on,
                };
                findings::add_defect(tx, new, now).await?;
            }
            _ => findings::fix(tx, row.application_id, &it.item, row.id, now).await?,
        }
    }
    Ok(rules::passes(&looked_at, &report.findings))
}

fn refused(faults: &[ReportFault]) -> ApiError {
    let told: Vec<String> = faults.iter().map(|it| format!("{}:{}", it.item, it.code.code())).collect();
    ApiError::field("findings", ErrorCode::ReportFaults).with("count", faults.len()).with("items", told.join(","))
}

/// The application follows, and what is wanting is looked at again.
async fn move_on(
    tx: &mut Tx,
    scope: &Scope,
    row: &InspectionRow,
    key: &DataKey,
    passed: bool,
    now: Instant64,
) -> ApiResult<()> {
    let id = ApplicationId::from_uuid(row.application_id);
    let Some(application) = applications::lock(tx, scope, id).await? else { return Ok(()) };
    let waits = application.state()? == ApplicationState::InspectionDue;
    if waits {
        let act = if passed { ApplicationAct::PassVisit } else { ApplicationAct::FailVisit };
        by_visit(tx, scope, &application, key, act, now).await?;
    }
    let defects = findings::defects(tx, scope, row.application_id).await?;
    let open = !still_open(&defects).is_empty();
    if open && (waits || crate::applications::rules::is_open_for_work(application.state()?)) {
        order(tx, scope, &application, InspectionKind::Recheck, None, now).await?;
    }
    Ok(())
}
