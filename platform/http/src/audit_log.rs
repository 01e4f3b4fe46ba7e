//! The audit log over HTTP; only auditors.

use access::{AccountId, Permission, Scope};
use audit::{AuditFilter, AuditId, EntryRow};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, Read, Reader};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::error::{ApiError, ApiResult, ErrorCode};
use crate::json::{Json, OptionalText, Query};
use crate::listing::{self, ExportQuery, Listing};
use crate::paging::{Count, Cursor, Page, PageQuery, Sort};
use crate::platform::Platform;
use crate::session::Me;
use crate::table_export::Lang;

/// An entry of the audit log. Free text stays sealed: it is about a person, for those who may read her file.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditView {
    #[schema(value_type = String)]
    id: AuditId,
    #[schema(value_type = String)]
    at: Instant64,
    actor_name: String,
    actor_role: String,
    act: String,
    subject: Option<String>,
    /// How many persons it names.
    subjects: i64,
    purpose: String,
    request_id: String,
    detail: Value,
}

/// What narrows the log.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct AuditFilters {
    actor_id: Option<String>,
    /// A person, `per_…`.
    subject_id: Option<String>,
    act: Option<String>,
    /// RFC 3339.
    from: Option<String>,
    /// RFC 3339.
    to: Option<String>,
}

struct Entries;

impl Listing for Entries {
    type Filters = AuditFilters;
    type Row = EntryRow;
    type View = AuditView;
    const PERMISSION: Permission = Permission::ReadAudit;
    const SORTS: &'static [Sort] = &[Sort { name: "-at", columns: "a.id", order: "a.id desc", descending: true }];
    const ID: &'static str = "a.id";
    const NAME: &'static str = "audit";

    fn condition(filters: &AuditFilters) -> ApiResult<Condition> {
        let invalid = |field| move || ApiError::field(field, ErrorCode::Invalid);
        let actor = filters.actor_id.given().map(|it| it.parse::<AccountId>().map_err(|_| invalid("actor_id")()));
        let person = filters.subject_id.given().map(|it| {
            let hex = it.rsplit_once('_').map_or(it, |(_, hex)| hex);
            Uuid::try_parse(hex).map_err(|_| invalid("subject_id")())
        });
        let moment = |text: &Option<String>, field| {
            text.given().map(|it| Instant64::parse(it).ok_or_else(invalid(field))).transpose()
        };
        let filter = AuditFilter {
            actor: actor.transpose()?.map(AccountId::uuid),
            person: person.transpose()?,
            act: filters.act.given().map(str::to_owned),
            from: moment(&filters.from, "from")?,
            until: moment(&filters.to, "to")?,
        };
        Ok(filter.condition())
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        _: Sort,
        limit: i64,
    ) -> ApiResult<Vec<EntryRow>> {
        Ok(db
            .all(audit::list_query(&AuditFilter::default(), within(scope, "(a.area_code || '')", condition), limit))
            .await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(audit::count(db, within(scope, "a.area_code", condition)).await?)
    }

    fn position(row: &EntryRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    async fn views(_: &Platform, _: &Scope, rows: Vec<EntryRow>) -> ApiResult<Vec<AuditView>> {
        Ok(rows.into_iter().map(view).collect())
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["时间", "操作人", "角色", "操作", "对象", "涉及人数", "目的", "请求编号"],
            vec!["at", "actor", "role", "act", "subject", "subjects", "purpose", "request_id"],
        )
    }

    fn cells(view: &AuditView) -> Vec<String> {
        vec![
            view.at.to_string(),
            view.actor_name.clone(),
            view.actor_role.clone(),
            view.act.clone(),
            view.subject.clone().unwrap_or_default(),
            view.subjects.to_string(),
            view.purpose.clone(),
            view.request_id.clone(),
        ]
    }
}

/// Acts of whoever works inside the auditor's area or may act on it.
/// `area` is the column, or an expression of it that no index serves: a page is read newest first until it is full,
/// where the index of areas would have SQLite sort the whole log. A count has no order and wants the index.
fn within(scope: &Scope, area: &'static str, condition: Condition) -> Condition {
    Condition::all([scope.touching(area), condition])
}

fn view(row: EntryRow) -> AuditView {
    AuditView {
        id: AuditId::from_uuid(row.id),
        at: Instant64::from_micros(row.at),
        actor_name: row.actor_name,
        actor_role: row.actor_role,
        act: row.act,
        subject: row.subject,
        subjects: row.subjects,
        purpose: row.purpose,
        request_id: row.request_id,
        detail: serde_json::from_str(&row.detail).unwrap_or(Value::Null),
    }
}

pub(crate) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(checkpoint))
        .routes(routes!(proof))
}

/// Who did what to whom, newest first.
#[utoipa::path(get, path = "/audit", tag = "audit", params(PageQuery, AuditFilters), responses((status = 200, body = Page<AuditView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<AuditFilters>,
) -> ApiResult<Json<Page<AuditView>>> {
    listing::page::<Entries>(&platform, &me, &page, &filters).await
}

/// How many entries the filter meets.
#[utoipa::path(get, path = "/audit/count", tag = "audit", params(AuditFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<AuditFilters>,
) -> ApiResult<Json<Count>> {
    listing::count::<Entries>(&platform, &me, &filters).await
}

/// The filtered entries as CSV or XLSX.
#[utoipa::path(get, path = "/audit/export", tag = "audit", params(AuditFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<AuditFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    listing::export::<Entries>(&platform, &me, &export, &filters).await
}

/// The newest signed checkpoint of the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckpointView {
    /// Entries that it covers.
    size: u64,
    #[schema(value_type = String)]
    at: Instant64,
    /// The signed note: origin, size, root, signature.
    note: String,
    /// What verifies it.
    key: String,
}

/// The newest checkpoint; nothing before the first entry.
#[utoipa::path(get, path = "/audit/checkpoint", tag = "audit", responses((status = 200, body = Option<CheckpointView>)))]
async fn checkpoint(State(platform): State<Platform>, me: Me) -> ApiResult<Json<Option<CheckpointView>>> {
    me.require(Permission::ReadAudit)?;
    let published = audit::published(&platform.db, &platform.vault, platform.now()).await.map_err(unproved)?;
    Ok(Json(published.map(|it| CheckpointView { size: it.size, at: it.at, note: it.note, key: it.key })))
}

/// An entry as it stands in the log, and the proof that it does.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProofView {
    /// The line that is hashed: it names no person.
    line: String,
    /// Its place in the log, from zero.
    index: u64,
    /// C2SP `tlog-proof`: `fugong audit verify-proof` takes it.
    proof: String,
}

/// The proof that an entry stands in the log; 409 while no checkpoint covers it, which takes a second or two.
#[utoipa::path(get, path = "/audit/{id}/proof", tag = "audit", params(("id" = String, Path)), responses((status = 200, body = ProofView)))]
async fn proof(State(platform): State<Platform>, me: Me, Path(id): Path<String>) -> ApiResult<Json<ProofView>> {
    let scope = me.require(Permission::ReadAudit)?;
    let id: AuditId = id.parse().map_err(|_| ApiError::not_found())?;
    let is_this = within(&scope, "a.area_code", Condition::eq("a.id", id.uuid()));
    if audit::count(&mut platform.db.reader(), is_this).await? == 0 {
        return Err(ApiError::not_found());
    }
    let proof = audit::proof(&platform.db, &platform.vault, id, platform.now()).await.map_err(unproved)?;
    let it = proof.ok_or_else(|| ApiError::new(StatusCode::CONFLICT, ErrorCode::AuditUnsealed))?;
    Ok(Json(ProofView { line: it.line, index: it.index, proof: it.text }))
}

fn unproved(error: audit::TreeError) -> ApiError {
    ApiError::internal(&error)
}
