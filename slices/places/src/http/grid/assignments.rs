//! Who answers for what, over HTTP.

use access::{Permission, Role, Scope};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use db::{Condition, DbError, Read, Reader};
use http_api::{
    ApiError, ApiResult, Count, Cursor, ErrorCode, ExportQuery, Json, Lang, Listing, Me, OptionalText, Page, PageQuery,
    Platform, Query, Sort, Write, listing,
};
use kernel::Instant64;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::super::{note, note_plain};
use super::{officer_at_work, parsed, subtree};
use crate::model::EnterpriseId;
use crate::officers::model::{AssignmentId, OfficerKind, PremisesId, Target};
use crate::officers::{self, Assigning};
use crate::store::assignments::{self as store, AssignmentRow};
use crate::store::{enterprises, premises};

/// That an officer answers for something.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssignmentView {
    #[schema(value_type = String)]
    id: AssignmentId,
    #[schema(value_type = String)]
    officer_id: access::AccountId,
    officer_name: String,
    kind: OfficerKind,
    #[schema(value_type = Option<String>)]
    enterprise_id: Option<EnterpriseId>,
    #[schema(value_type = Option<String>)]
    premises_id: Option<PremisesId>,
    target_name: String,
    /// Of the enterprise, if it is one.
    credit_code: Option<String>,
    area_code: String,
    #[schema(value_type = String)]
    from: Instant64,
    #[schema(value_type = Option<String>)]
    until: Option<Instant64>,
    /// Whether it is in force at this moment.
    in_force: bool,
    set_by: String,
    #[schema(value_type = String)]
    set_at: Instant64,
    ended_by: Option<String>,
    /// What was written when it was handed over.
    handover_note: Option<String>,
}

/// An assignment to be made: for an enterprise or for premises, not for both.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AssignmentNew {
    officer_id: String,
    kind: OfficerKind,
    enterprise_id: Option<String>,
    premises_id: Option<String>,
    /// From now if it is not given.
    #[schema(value_type = Option<String>)]
    from: Option<Instant64>,
    #[schema(value_type = Option<String>)]
    until: Option<Instant64>,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default)]
pub struct AssignmentFilters {
    /// One officer's.
    officer_id: Option<String>,
    /// Who answers for this enterprise.
    enterprise_id: Option<String>,
    /// Who answers for these premises.
    premises_id: Option<String>,
    /// As what.
    kind: Option<String>,
    /// An area and all below it.
    area: Option<String>,
    /// `in_force`, `planned`, `over`; all of them if it is not given.
    state: Option<String>,
}

/// The filters, and the moment for which they are asked.
struct Asked {
    filters: AssignmentFilters,
    now: Instant64,
}

struct Assignments;

impl Listing for Assignments {
    type Filters = Asked;
    type Row = AssignmentRow;
    type View = AssignmentView;
    const PERMISSION: Permission = Permission::ReadPlaces;
    const SORTS: &'static [Sort] = store::SORTS;
    const ID: &'static str = "x.id";
    const NAME: &'static str = "assignments";

    fn condition(Asked { filters, now }: &Asked) -> ApiResult<Condition> {
        let officer = parsed::<access::AccountId>("officer_id", filters.officer_id.given())?;
        let enterprise = parsed::<EnterpriseId>("enterprise_id", filters.enterprise_id.given())?;
        let premises = parsed::<PremisesId>("premises_id", filters.premises_id.given())?;
        let area = subtree(filters.area.given())?;
        let parts = [
            officer.map(|it| Condition::eq("x.officer_id", it.uuid())),
            enterprise.map(|it| Condition::eq("x.enterprise_id", it.uuid())),
            premises.map(|it| Condition::eq("x.premises_id", it.uuid())),
            filters.kind.given().map(|it| Condition::eq("x.kind", it)),
            area.map(|(from, until)| Condition::range("coalesce(e.area_code, m.area_code)", from, until)),
            state_condition(filters.state.given(), *now)?,
        ];
        Ok(Condition::all(parts.into_iter().flatten()))
    }

    async fn fetch(
        db: &mut Reader,
        scope: &Scope,
        condition: Condition,
        sort: Sort,
        limit: i64,
    ) -> ApiResult<Vec<AssignmentRow>> {
        Ok(store::list(db, scope, condition, sort.order, limit).await?)
    }

    async fn count(db: &mut Reader, scope: &Scope, condition: Condition) -> ApiResult<i64> {
        Ok(store::count(db, scope, condition).await?)
    }

    fn position(row: &AssignmentRow, _: &Sort) -> Cursor {
        Cursor::id(row.id)
    }

    async fn views(platform: &Platform, scope: &Scope, rows: Vec<AssignmentRow>) -> ApiResult<Vec<AssignmentView>> {
        views(&mut platform.db.reader(), scope, rows, platform.now()).await
    }

    fn header(lang: Lang) -> Vec<&'static str> {
        lang.pick(
            vec!["人员", "身份", "负责", "统一社会信用代码", "区域", "起", "止", "安排人"],
            vec!["officer", "kind", "target", "enterprise_code", "area_code", "from", "until", "set_by"],
        )
    }

    fn cells(view: &AssignmentView) -> Vec<String> {
        vec![
            view.officer_name.clone(),
            view.kind.code().to_owned(),
            view.target_name.clone(),
            view.credit_code.clone().unwrap_or_default(),
            view.area_code.clone(),
            view.from.to_string(),
            view.until.map(|it| it.to_string()).unwrap_or_default(),
            view.set_by.clone(),
        ]
    }
}

fn state_condition(text: Option<&str>, now: Instant64) -> ApiResult<Option<Condition>> {
    match text {
        None => Ok(None),
        Some("in_force") => Ok(Some(store::in_force(now))),
        Some("planned") => {
            Ok(Some(Condition::all([Condition::at_least("x.from_at", now.plus(1)), store::not_over(now)])))
        }
        Some("over") => Ok(Some(Condition::below("x.until_at", now.plus(1)))),
        Some(_) => Err(ApiError::field("state", ErrorCode::Invalid)),
    }
}

pub(super) fn router() -> OpenApiRouter<Platform> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(count))
        .routes(routes!(export))
        .routes(routes!(end))
}

/// Who answers for what.
#[utoipa::path(get, path = "/assignments", tag = "places", params(PageQuery, AssignmentFilters), responses((status = 200, body = Page<AssignmentView>)))]
async fn list(
    State(platform): State<Platform>,
    me: Me,
    Query(page): Query<PageQuery>,
    Query(filters): Query<AssignmentFilters>,
) -> ApiResult<Json<Page<AssignmentView>>> {
    let asked = Asked { filters, now: platform.now() };
    listing::page::<Assignments>(&platform, &me, &page, &asked).await
}

/// How many assignments the filter meets.
#[utoipa::path(get, path = "/assignments/count", tag = "places", params(AssignmentFilters), responses((status = 200, body = Count)))]
async fn count(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<AssignmentFilters>,
) -> ApiResult<Json<Count>> {
    let asked = Asked { filters, now: platform.now() };
    listing::count::<Assignments>(&platform, &me, &asked).await
}

/// The filtered assignments as CSV or XLSX.
#[utoipa::path(get, path = "/assignments/export", tag = "places", params(AssignmentFilters, ExportQuery), responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>)))]
async fn export(
    State(platform): State<Platform>,
    me: Me,
    Query(filters): Query<AssignmentFilters>,
    Query(export): Query<ExportQuery>,
) -> ApiResult<Response> {
    let asked = Asked { filters, now: platform.now() };
    listing::export::<Assignments>(&platform, &me, &export, &asked).await
}

/// Assign an enterprise or premises to an officer, who sees it from then on.
#[utoipa::path(post, path = "/assignments", tag = "places", request_body = AssignmentNew, responses((status = 201, body = AssignmentView)))]
async fn create(
    State(platform): State<Platform>,
    me: Me,
    Json(body): Json<AssignmentNew>,
) -> ApiResult<(StatusCode, Json<AssignmentView>)> {
    let scope = me.require(Permission::ManageGrid)?;
    let mut write = Write::begin(&platform, &me).await?;
    let now = write.now;
    let target = target(&mut write, &scope, &body).await?;
    let officer = officer_at_work(&mut write.tx, &scope, "officer_id", &body.officer_id).await?.id;
    let from = body.from.unwrap_or(now);
    let assigning =
        Assigning { officer, kind: body.kind, targets: vec![target], from, until: body.until, relieve: false };
    let (_, made) = officers::assign(&mut write.tx, &scope, &assigning, false, now).await?;
    let field = if target.enterprise().is_some() { "enterprise_id" } else { "premises_id" };
    let id = *made.first().ok_or_else(|| ApiError::field(field, ErrorCode::AlreadyAssigned))?;
    let detail = json!({ "officer_id": officer, "kind": body.kind.code() });
    note(&mut write, &scope, "assignment.created", id, detail).await?;
    let view = one(&mut write, &scope, id).await?;
    write.finish(StatusCode::CREATED, view).await
}

/// End an assignment: the officer no longer sees what it was for.
#[utoipa::path(post, path = "/assignments/{id}/end", tag = "places", params(("id" = String, Path)), responses((status = 200, body = AssignmentView)))]
async fn end(
    State(platform): State<Platform>,
    me: Me,
    Path(id): Path<String>,
) -> ApiResult<(StatusCode, Json<AssignmentView>)> {
    let scope = me.require(Permission::ManageGrid)?;
    let id: AssignmentId = id.parse().map_err(|_| ApiError::not_found())?;
    let mut write = Write::begin(&platform, &me).await?;
    let row = store::find(&mut write.tx, &scope, id).await?.ok_or_else(ApiError::not_found)?;
    let now = write.now;
    if !officers::end(&mut write.tx, &scope, (id, row.officer_id), now).await? {
        return Err(ApiError::state());
    }
    note_plain(&mut write, &scope, "assignment.ended", id).await?;
    let view = one(&mut write, &scope, id).await?;
    write.finish(StatusCode::OK, view).await
}

async fn target(write: &mut Write, scope: &Scope, body: &AssignmentNew) -> ApiResult<Target> {
    match (body.enterprise_id.given(), body.premises_id.given()) {
        (Some(id), None) => {
            let unknown = || ApiError::field("enterprise_id", ErrorCode::EnterpriseUnknown);
            let id: EnterpriseId = id.parse().map_err(|_| unknown())?;
            enterprises::find(&mut write.tx, scope, id).await?.ok_or_else(unknown)?;
            Ok(Target::Enterprise(id.uuid()))
        }
        (None, Some(id)) => {
            let unknown = || ApiError::field("premises_id", ErrorCode::PremisesUnknown);
            let id: PremisesId = id.parse().map_err(|_| unknown())?;
            premises::find(&mut write.tx, scope, id).await?.ok_or_else(unknown)?;
            Ok(Target::Premises(id.uuid()))
        }
        (None, None) => Err(ApiError::field("enterprise_id", ErrorCode::Required)),
        (Some(_), Some(_)) => Err(ApiError::field("premises_id", ErrorCode::Invalid)),
    }
}

async fn one(write: &mut Write, scope: &Scope, id: AssignmentId) -> ApiResult<AssignmentView> {
    let row = store::find(&mut write.tx, scope, id).await?.ok_or_else(ApiError::not_found)?;
    let now = write.now;
    views(&mut write.tx, scope, vec![row], now).await?.pop().ok_or_else(ApiError::not_found)
}

async fn views(
    db: &mut impl Read,
    scope: &Scope,
    rows: Vec<AssignmentRow>,
    now: Instant64,
) -> ApiResult<Vec<AssignmentView>> {
    // What one officer wrote for the next is theirs, not the enterprise's.
    let role = Role::parse(&scope.actor().role);
    let among_officers = role.is_some_and(|it| it.may(Permission::ManageGrid) || it.may(Permission::Visit));
    let ids: Vec<Uuid> = rows.iter().map(|it| it.officer_id).collect();
    let names = access::officer_names(db, &ids).await?;
    let view = |row: AssignmentRow| {
        let (from, until) = (Instant64::from_micros(row.from_at), row.until_at.map(Instant64::from_micros));
        Ok(AssignmentView {
            id: AssignmentId::from_uuid(row.id),
            officer_id: access::AccountId::from_uuid(row.officer_id),
            officer_name: names.get(&row.officer_id).cloned().unwrap_or_default(),
            kind: OfficerKind::parse(&row.kind).ok_or(DbError::Unreadable("officer_assignment.kind"))?,
            enterprise_id: row.enterprise_id.map(EnterpriseId::from_uuid),
            premises_id: row.premises_id.map(PremisesId::from_uuid),
            target_name: row.target_name,
            credit_code: row.credit_code,
            area_code: row.area_code,
            from,
            until,
            in_force: from <= now && until.is_none_or(|it| now < it),
            set_by: row.set_by,
            set_at: Instant64::from_micros(row.set_at),
            ended_by: row.ended_by,
            handover_note: row.handover_note.filter(|_| among_officers),
        })
    };
    rows.into_iter().map(view).collect()
}
