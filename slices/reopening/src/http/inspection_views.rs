//! Inspections as shown.

use std::collections::BTreeSet;

use access::{AccountId, Permission, Role, Scope};
use db::{DbError, Read};
use http_api::{ApiError, ApiResult};
use kernel::Instant64;
use places::EnterpriseId;
use serde::Serialize;
use utoipa::ToSchema;
use vault::DataKey;

use crate::applications::model::{ApplicationId, ApplicationState};
use crate::inspections::model::{
    Checklist, DefectId, DrawnName, InspectionId, InspectionKind, InspectionMode, InspectionPhotoId, InspectionState,
    ItemFinding, PhonePosition, Report,
};
use crate::inspections::reporting::PhotoFacts;
use crate::inspections::{checklist_of, current_checklist, rules, still_open};
use crate::sealed;
use crate::store::findings::{self, DefectRow, PhotoRow};
use crate::store::inspections::{self as store, InspectionRow, KeptRow};

/// A visit in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct InspectionView {
    #[schema(value_type = String)]
    pub(super) id: InspectionId,
    #[schema(value_type = String)]
    pub(super) application_id: ApplicationId,
    /// The application's number.
    pub(super) number: String,
    pub(super) application_state: ApplicationState,
    #[schema(value_type = String)]
    pub(super) enterprise_id: EnterpriseId,
    pub(super) enterprise_name: String,
    pub(super) area_code: String,
    pub(super) area_name: String,
    pub(super) kind: InspectionKind,
    pub(super) mode: InspectionMode,
    pub(super) state: InspectionState,
    #[schema(value_type = Option<String>)]
    pub(super) officer_id: Option<AccountId>,
    pub(super) officer_name: Option<String>,
    /// Whether who asks is the officer.
    pub(super) mine: bool,
    /// The day, such as `2020-03-06`.
    pub(super) planned_on: Option<String>,
    /// When a video inspection begins.
    #[schema(value_type = Option<String>)]
    pub(super) starts_at: Option<Instant64>,
    /// Where it stands in the day's route, from 1.
    pub(super) stop: Option<i64>,
    #[schema(value_type = String)]
    pub(super) due_at: Instant64,
    #[schema(value_type = Option<String>)]
    pub(super) reported_at: Option<Instant64>,
    pub(super) created_by: String,
    #[schema(value_type = String)]
    pub(super) created_at: Instant64,
}

/// A visit, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct InspectionFile {
    pub(super) inspection: InspectionView,
    pub(super) checklist_version: i64,
    pub(super) checklist: Checklist,
    /// Keys of the items that this visit looks at.
    pub(super) items: Vec<String>,
    pub(super) photos: Vec<PhotoView>,
    pub(super) report: Option<ReportView>,
    /// What was found wanting at the application so far.
    pub(super) defects: Vec<DefectView>,
    /// What officers sent who were replaced before.
    pub(super) kept: Vec<ReportView>,
    /// Whether who asks may report.
    pub(super) may_report: bool,
}

/// A photograph. Its bytes lie under `/inspections/{id}/photos/{photo_id}/content`.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhotoView {
    #[schema(value_type = String)]
    pub(super) id: InspectionPhotoId,
    /// Key of the item.
    pub(super) item: String,
    /// By the phone's clock.
    #[schema(value_type = String)]
    pub(super) taken_at: Instant64,
    pub(super) position: Option<PhonePosition>,
    pub(super) byte_count: i64,
    /// Of the picture as it is kept, in hex.
    pub(super) sha256: String,
    #[schema(value_type = String)]
    pub(super) received_at: Instant64,
}

/// A report as it was signed.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportView {
    pub(super) findings: Vec<ItemFinding>,
    pub(super) summary: Option<String>,
    #[schema(value_type = String)]
    pub(super) begun_at: Instant64,
    #[schema(value_type = String)]
    pub(super) ended_at: Instant64,
    pub(super) position: Option<PhonePosition>,
    pub(super) officer: DrawnName,
    pub(super) witness: DrawnName,
    /// SHA-256 over checklist, words and pictures, in hex; null for what was only kept.
    pub(super) digest: Option<String>,
}

/// Something wanting.
#[derive(Debug, Serialize, ToSchema)]
pub struct DefectView {
    #[schema(value_type = String)]
    pub(super) id: DefectId,
    pub(super) item: String,
    pub(super) critical: bool,
    pub(super) note: String,
    /// By when it is put right.
    pub(super) due_on: String,
    pub(super) late: bool,
    #[schema(value_type = String)]
    pub(super) found_at: Instant64,
    #[schema(value_type = Option<String>)]
    pub(super) fixed_at: Option<Instant64>,
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

pub(super) fn view(scope: &Scope, row: InspectionRow) -> ApiResult<InspectionView> {
    let at = |it: Option<i64>| it.map(Instant64::from_micros);
    let unreadable = || ApiError::from(DbError::Unreadable("inspection"));
    Ok(InspectionView {
        id: InspectionId::from_uuid(row.id),
        application_id: ApplicationId::from_uuid(row.application_id),
        kind: row.kind()?,
        mode: row.mode()?,
        state: row.state()?,
        number: row.number,
        application_state: ApplicationState::parse(&row.application_state).ok_or_else(unreadable)?,
        enterprise_id: EnterpriseId::from_uuid(row.enterprise_id),
        enterprise_name: row.enterprise_name,
        area_code: row.area_code,
        area_name: row.area_name,
        mine: row.officer_id.is_some() && row.officer_id == scope.actor().account,
        officer_id: row.officer_id.map(AccountId::from_uuid),
        officer_name: row.officer_name,
        planned_on: row.planned_on,
        starts_at: at(row.starts_at),
        stop: row.stop,
        due_at: Instant64::from_micros(row.due_at),
        reported_at: at(row.reported_at),
        created_by: row.created_by,
        created_at: Instant64::from_micros(row.created_at),
    })
}

/// A visit that was found inside the scope, whole.
pub(super) async fn file(
    db: &mut impl Read,
    scope: &Scope,
    key: &DataKey,
    row: InspectionRow,
    now: Instant64,
) -> ApiResult<InspectionFile> {
    let version = match row.checklist_version {
        Some(number) => checklist_of(db, number).await?,
        None => current_checklist(db).await?,
    };
    let report = store::sealed(db, scope, row.id).await?;
    let report: Option<Report> = report.map(|it| sealed::open(key, sealed::REPORT, row.id, &it)).transpose()?;
    let defects = findings::defects(db, scope, row.application_id).await?;
    let items = match &report {
        Some(it) => it.findings.iter().map(|it| it.item.clone()).collect(),
        None => looked_at(&version.checklist, row.kind()?, &still_open(&defects)),
    };
    let photos = findings::photos(db, scope, row.id).await?;
    let kept = store::kept(db, scope, row.id).await?;
    let role = Role::parse(&scope.actor().role);
    let may_report = row.state()? == InspectionState::Planned && role.is_some_and(|it| it.may(Permission::Visit));
    let digest = row.digest.as_deref().map(hex);
    Ok(InspectionFile {
        checklist_version: version.version,
        checklist: version.checklist,
        items,
        photos: photos.into_iter().map(|it| photo(key, it)).collect::<ApiResult<_>>()?,
        report: report.map(|it| report_view(it, digest)),
        defects: defects.into_iter().map(|it| defect(key, it, now)).collect::<ApiResult<_>>()?,
        kept: kept.into_iter().filter_map(|it| kept_view(key, row.id, it).transpose()).collect::<ApiResult<_>>()?,
        may_report,
        inspection: view(scope, row)?,
    })
}

fn looked_at(checklist: &Checklist, kind: InspectionKind, open: &BTreeSet<String>) -> Vec<String> {
    let only = (kind == InspectionKind::Recheck).then_some(open);
    rules::looked_at(checklist, only).into_iter().map(|it| it.key.clone()).collect()
}

fn photo(key: &DataKey, row: PhotoRow) -> ApiResult<PhotoView> {
    let facts: PhotoFacts = sealed::open(key, sealed::PHOTO_FACTS, row.id, &row.facts_sealed)?;
    Ok(PhotoView {
        id: InspectionPhotoId::from_uuid(row.id),
        item: row.item,
        taken_at: Instant64::from_micros(facts.taken_at),
        position: facts.position,
        byte_count: row.byte_count,
        sha256: hex(&row.sha256),
        received_at: Instant64::from_micros(row.received_at),
    })
}

fn report_view(it: Report, digest: Option<String>) -> ReportView {
    ReportView {
        findings: it.findings,
        summary: it.summary,
        begun_at: Instant64::from_micros(it.begun_at),
        ended_at: Instant64::from_micros(it.ended_at),
        position: it.position,
        officer: it.officer,
        witness: it.witness,
        digest,
    }
}

fn kept_view(key: &DataKey, inspection: uuid::Uuid, row: KeptRow) -> ApiResult<Option<ReportView>> {
    let Some(words) = row.report_sealed else { return Ok(None) };
    Ok(Some(report_view(sealed::open(key, sealed::REPORT, inspection, &words)?, None)))
}

fn defect(key: &DataKey, row: DefectRow, now: Instant64) -> ApiResult<DefectView> {
    Ok(DefectView {
        id: DefectId::from_uuid(row.id),
        item: row.item,
        critical: row.critical,
        note: sealed::open(key, sealed::DEFECT, row.id, &row.note_sealed)?,
        late: row.fixed_at.is_none() && row.due_on < now.local_date(),
        due_on: row.due_on,
        found_at: Instant64::from_micros(row.found_at),
        fixed_at: row.fixed_at.map(Instant64::from_micros),
    })
}
